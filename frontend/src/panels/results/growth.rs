//! How long the load can go on growing.

use model::evaluate::JourneyEvaluation;
use yew::prelude::*;

use super::super::Shown;
use super::carries::place;
use crate::widgets::chart::{Lines, Look, Measure, Series};
use crate::widgets::format;

/// Journeys with a line of their own.
const MOST: usize = 3;
/// A line shows at least and at most this many months.
const MONTHS: (f64, f64) = (12.0, 120.0);

/// Draws the load of every journey that grows, month by month, up to where something gives way.
pub(super) fn growth(shown: &Shown, as_table: bool) -> Html {
    let growing = shown.evaluation.journeys.iter().filter(|journey| {
        let growth = &journey.growth;
        journey.arrival_rate.0 > 0.0
            && growth.percent_month > 0.0
            && growth
                .months_to_saturation
                .is_some_and(|months| months > 0.0)
    });
    html! {
        <div class="results__group">
            { for growing.take(MOST).map(|journey| html! {
                <div key={journey.id.as_str()}>{ line(shown, journey, as_table) }</div>
            }) }
        </div>
    }
}

fn line(shown: &Shown, journey: &JourneyEvaluation, as_table: bool) -> Html {
    let full = journey.growth.months_to_saturation.unwrap_or(0.0);
    let rate = journey.arrival_rate.0;
    let factor = 1.0 + journey.growth.percent_month / 100.0;
    let last = (full * 1.2).ceil().clamp(MONTHS.0, MONTHS.1) as usize;
    let series = vec![
        Series {
            name: "load".into(),
            values: (0..=last)
                .map(|month| rate * factor.powf(month as f64))
                .collect(),
            look: Look::Area,
        },
        Series {
            name: "what fits".into(),
            values: vec![rate * factor.powf(full); last + 1],
            look: Look::Limit,
        },
    ];
    let points = (0..=last)
        .map(|month| match month {
            0 => "now".into(),
            month => format!("month {month}").into(),
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
        <Lines
            title={format!("{} grows {} % a month", journey.name, format::short(journey.growth.percent_month))}
            sentence={sentence(shown, journey)}
            along="Month"
            {points}
            {every}
            {series}
            measure={Measure::Rate}
            {mark}
            {as_table}
        />
    }
}

/// When something gives way, and what.
fn sentence(shown: &Shown, journey: &JourneyEvaluation) -> String {
    let growth = &journey.growth;
    let full = match (growth.months_to_saturation, &growth.saturates) {
        (Some(months), Some(bottleneck)) if months > 0.0 => format!(
            "{} until {} is full.",
            format::months(months),
            place(shown, bottleneck)
        ),
        _ => "Growth fills nothing.".to_owned(),
    };
    match growth.months_to_target {
        Some(months) if months > 0.0 => {
            format!("{full} The target holds for {}.", format::months(months))
        }
        Some(_) => format!("{full} The target is missed today."),
        None => full,
    }
}
