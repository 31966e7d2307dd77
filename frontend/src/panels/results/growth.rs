//! How long the load and the stored data can go on growing.

use model::evaluate::{JourneyEvaluation, Resource, ResourceUse};
use model::order::Order as _;
use model::plan::Id;
use yew::prelude::*;

use super::super::Shown;
use super::carries::place;
use crate::widgets::chart::{Lines, Look, Measure, Series};
use crate::widgets::format;

/// Journeys with a line of their own.
const MOST: usize = 3;
/// A line shows at least and at most this many months.
const MONTHS: (f64, f64) = (12.0, 120.0);

/// Draws the load of every journey that grows, month by month, up to where something gives way, and the data of every
/// disk that fills up.
pub(super) fn growth(shown: &Shown, as_table: bool) -> Html {
    let growing = shown.evaluation.journeys.iter().filter(|journey| {
        let growth = &journey.growth;
        let is_of_data = growth
            .saturates
            .as_ref()
            .is_some_and(|first| first.resource == Resource::Storage);
        journey.arrival_rate.0 > 0.0
            && growth.percent_month > 0.0
            && !is_of_data
            && growth
                .months_to_saturation
                .is_some_and(|months| months > 0.0)
    });
    let components = shown.evaluation.components.iter();
    let mut filling: Vec<(&Id, &ResourceUse, f64)> = components
        .flat_map(|(id, component)| component.resources.iter().map(move |used| (id, used)))
        .filter(|(_, used)| used.resource == Resource::Storage)
        .filter_map(|(id, used)| Some((id, used, used.months_to_saturation?)))
        .filter(|(_, _, months)| *months > 0.0)
        .collect();
    filling.order_by(|a, b| a.2.total_cmp(&b.2));
    html! {
        <div class="results__group">
            <div class="slot">{ for growing.take(MOST).map(|journey| html! {
                <div key={journey.id.as_str()}>{ line(shown, journey, as_table) }</div>
            }) }</div>
            <div class="slot">{ for filling.into_iter().take(MOST).map(|(id, used, months)| html! {
                <div key={id.as_str()}>{ stored(shown, id, used, months, as_table) }</div>
            }) }</div>
        </div>
    }
}

/// The load of a journey: requests per second, or users where they are a fixed number.
fn line(shown: &Shown, journey: &JourneyEvaluation, as_table: bool) -> Html {
    let full = journey.growth.months_to_saturation.unwrap_or(0.0);
    let percent = journey.growth.percent_month;
    let (now, measure, name) = match &journey.population {
        Some(users) => (users.users as f64, Measure::Count, t!("users")),
        None => (journey.arrival_rate.0, Measure::Rate, t!("load")),
    };
    let growing = Growing {
        title: t!(
            "{name} grows {percent} % a month",
            name = journey.name,
            percent = format::short(percent)
        ),
        sentence: sentence(shown, journey),
        name,
        now,
        factor: 1.0 + percent / 100.0,
        full,
        measure,
    };
    growing.draw(as_table)
}

/// The data on a disk, in gigabytes.
fn stored(shown: &Shown, id: &Id, used: &ResourceUse, months: f64, as_table: bool) -> Html {
    let factor = (used.capacity / used.demand).powf(1.0 / months);
    let name = shown.name(id);
    let growing = Growing {
        title: t!(
            "The data of {name} grows {percent} % a month",
            name,
            percent = format::short((factor - 1.0) * 100.0)
        ),
        sentence: t!(
            "{months} until the disk is full.",
            months = format::months(months)
        ),
        name: t!("GB stored"),
        now: used.demand / 1e9,
        factor,
        full: months,
        measure: Measure::Count,
    };
    growing.draw(as_table)
}

/// What grows month by month, until something is full.
struct Growing {
    title: String,
    sentence: String,
    name: &'static str,
    now: f64,
    factor: f64,
    full: f64,
    measure: Measure,
}

impl Growing {
    fn draw(self, as_table: bool) -> Html {
        let Self {
            title,
            sentence,
            name,
            now,
            factor,
            full,
            measure,
        } = self;
        let last = (full * 1.2).ceil().clamp(MONTHS.0, MONTHS.1) as usize;
        let series = vec![
            Series {
                name: name.into(),
                values: (0..=last)
                    .map(|month| now * factor.powf(month as f64))
                    .collect(),
                look: Look::Area,
            },
            Series {
                name: t!("what fits").into(),
                values: vec![now * factor.powf(full); last + 1],
                look: Look::Limit,
            },
        ];
        let points = (0..=last)
            .map(|month| match month {
                0 => t!("now").into(),
                month => t!("month {month}", month).into(),
            })
            .collect::<Vec<AttrValue>>();
        let mark = (full <= last as f64).then_some(full.ceil() as usize);
        let every = match last {
            ..18 => 6,
            18..36 => 12,
            36..72 => 24,
            _ => 48,
        };
        html! {
            <Lines {title} {sentence} along={t!("Month")} {points} {every} {series} {measure} {mark} {as_table} />
        }
    }
}

/// When something gives way, and what.
fn sentence(shown: &Shown, journey: &JourneyEvaluation) -> String {
    let growth = &journey.growth;
    let full = match (growth.months_to_saturation, &growth.saturates) {
        (Some(months), Some(bottleneck)) if months > 0.0 => t!(
            "{months} until {place} is full.",
            months = format::months(months),
            place = place(shown, bottleneck)
        ),
        _ => t!("This growth fills nothing.").to_owned(),
    };
    match growth.months_to_target {
        Some(months) if months > 0.0 => {
            let target = t!(
                "The target holds for {months}.",
                months = format::months(months)
            );
            format!("{full} {target}")
        }
        Some(_) => format!("{full} {}", t!("The target is missed today.")),
        None => full,
    }
}
