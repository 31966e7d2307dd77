//! A day, hour by hour: the load, how busy it makes what it meets, and what waits for a quieter hour.

use model::evaluate::{ComponentDay, Jobs};
use model::order::Order as _;
use yew::prelude::*;

use super::super::Shown;
use super::{note, part};
use crate::widgets::chart::{Lines, Look, Measure, Series};
use crate::widgets::format;

/// Lines in one chart: more cannot be told apart.
const MOST: usize = 4;
const HOURS: usize = 24;

/// Draws a day; where every hour is the peak, says so.
pub(super) fn day(shown: &Shown, as_table: bool) -> Html {
    if !shown.evaluation.day.has_profile {
        return part(
            t!("A day"),
            note(t!(
                "Every hour is the peak. Give a journey its hours, and the day shows here."
            )),
        );
    }
    html! {
        <div class="results__group">
            <div class="slot">{ for load(shown, as_table) }</div>
            <div class="slot">{ for busy(shown, as_table) }</div>
            <div class="slot">{ for late(shown, as_table) }</div>
        </div>
    }
}

fn chart(
    title: &'static str,
    sentence: String,
    series: Vec<Series>,
    measure: Measure,
    as_table: bool,
) -> Html {
    let points = (0..HOURS)
        .map(|hour| format!("{hour}:00").into())
        .collect::<Vec<AttrValue>>();
    html! {
        <Lines {title} {sentence} along={t!("Hour")} {points} every=6 {series} {measure} {as_table} />
    }
}

/// Requests per second of each journey, against what fits where there is one.
fn load(shown: &Shown, as_table: bool) -> Option<Html> {
    let journeys = &shown.evaluation.journeys;
    let look = if journeys.len() == 1 {
        Look::Area
    } else {
        Look::Line
    };
    let mut series: Vec<Series> = journeys
        .iter()
        .zip(&shown.evaluation.day.journeys)
        .map(|(journey, day)| Series {
            name: journey.name.clone().into(),
            values: day.rates.iter().map(|rate| rate.0).collect(),
            look,
        })
        .collect();
    if as_table {
        series.truncate(MOST * MOST);
    } else {
        series.order_by(|a, b| largest(&b.values).1.total_cmp(&largest(&a.values).1));
        series.truncate(MOST);
    }
    let (hour, rate) = series.first().map(|first| largest(&first.values))?;
    let sentence = t!(
        "{name} comes most at {hour}:00, with {rate}.",
        name = series.first()?.name,
        hour,
        rate = format::rate(rate)
    );
    if let [journey] = &journeys[..]
        && let Some(capacity) = journey.capacity
    {
        series.push(Series {
            name: t!("what fits").into(),
            values: vec![capacity.0; HOURS],
            look: Look::Limit,
        });
    }
    Some(chart(
        t!("A day"),
        sentence,
        series,
        Measure::Rate,
        as_table,
    ))
}

/// The busiest resource of the busiest components.
fn busy(shown: &Shown, as_table: bool) -> Option<Html> {
    let mut series: Vec<Series> = shown
        .evaluation
        .day
        .components
        .iter()
        .map(|(id, day)| Series {
            name: shown.name(id).into(),
            values: busiest(day),
            look: Look::Line,
        })
        .filter(|series| largest(&series.values).1 > 0.0)
        .collect();
    series.order_by(|a, b| largest(&b.values).1.total_cmp(&largest(&a.values).1));
    series.truncate(MOST);
    let (hour, share) = series.first().map(|first| largest(&first.values))?;
    let sentence = t!(
        "{name} is busiest at {hour}:00, with {share}.",
        name = series.first()?.name,
        hour,
        share = format::percent(share)
    );
    series.push(Series {
        name: t!("full").into(),
        values: vec![1.0; HOURS],
        look: Look::Limit,
    });
    Some(chart(
        t!("How busy, hour by hour"),
        sentence,
        series,
        Measure::Share,
        as_table,
    ))
}

/// The busiest resource of a component in each hour.
fn busiest(day: &ComponentDay) -> Vec<f64> {
    (0..HOURS)
        .map(|hour| {
            let shares = day
                .utilisation
                .iter()
                .filter_map(|(_, shares)| shares.get(hour));
            shares.copied().fold(0.0, f64::max)
        })
        .collect()
}

/// What waits for a quieter hour.
fn late(shown: &Shown, as_table: bool) -> Option<Html> {
    let jobs: Vec<(String, &Jobs)> = shown
        .evaluation
        .day
        .components
        .iter()
        .filter_map(|(id, day)| Some((shown.name(id), day.jobs.as_ref()?)))
        .collect();
    let series: Vec<Series> = jobs
        .iter()
        .filter(|(_, jobs)| jobs.hours.iter().any(|hour| hour.backlog >= 1.0))
        .take(MOST)
        .map(|(name, jobs)| Series {
            name: name.clone().into(),
            values: jobs.hours.iter().map(|hour| hour.backlog).collect(),
            look: if jobs.hours.len() == 1 {
                Look::Area
            } else {
                Look::Line
            },
        })
        .collect();
    let sentences: Vec<String> = jobs
        .iter()
        .filter_map(|(name, jobs)| lateness(name, jobs))
        .collect();
    if sentences.is_empty() {
        return None;
    }
    let sentence = sentences.join(" ");
    Some(if series.is_empty() {
        part(t!("Work that waits"), note(&sentence))
    } else {
        chart(
            t!("Work that waits"),
            sentence,
            series,
            Measure::Count,
            as_table,
        )
    })
}

/// How late the work of one component is; none where nothing ever waits.
fn lateness(name: &str, jobs: &Jobs) -> Option<String> {
    if let Some(growth) = jobs.growth_day {
        return Some(t!(
            "{name} never catches up: {growth} jobs more wait every day.",
            name,
            growth = format::short(growth)
        ));
    }
    let behind = jobs.behind?;
    let (from, until) = (clock(behind.from), clock(behind.until));
    Some(match jobs.oldest {
        Some(oldest) => t!(
            "Jobs of {name} wait from {from} to {until}, the oldest for {time}.",
            name,
            from,
            until,
            time = format::duration(oldest.0)
        ),
        None => t!(
            "Jobs of {name} wait from {from} to {until}.",
            name,
            from,
            until
        ),
    })
}

/// An hour of the day with its minutes.
fn clock(hour: f64) -> String {
    let minutes = (hour * 60.0).round() as u32;
    format!("{}:{:02}", minutes / 60, minutes % 60)
}

/// Which of the values is the largest, and it; the first of equals.
fn largest(values: &[f64]) -> (usize, f64) {
    values
        .iter()
        .copied()
        .enumerate()
        .fold((0, f64::NEG_INFINITY), |best, (index, value)| {
            if value > best.1 { (index, value) } else { best }
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_hour_has_its_minutes_and_the_first_of_equal_peaks_counts() {
        assert_eq!(clock(7.5), "7:30");
        assert_eq!(clock(24.0), "24:00");
        assert_eq!(clock(0.051), "0:03");
        assert_eq!(largest(&[1.0, 3.0, 3.0]), (1, 3.0));
    }
}
