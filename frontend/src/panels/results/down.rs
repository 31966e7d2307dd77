//! How often nobody gets an answer, and why.

use model::analysis::availability::Cause;
use model::evaluate::JourneyEvaluation;
use yew::prelude::*;

use super::super::Shown;
use super::{failures, note, text};
use crate::widgets::format;
use crate::widgets::table::{Column, Row, table};

/// How many sentences and rows are shown of a long list.
const MOST: usize = 12;

pub(super) fn down(shown: &Shown) -> Html {
    let rows: Vec<Row> = shown
        .evaluation
        .journeys
        .iter()
        .map(|journey| {
            let range = journey.unavailability_range;
            let low = model::units::Probability(range.low).hours_per_year();
            let high = model::units::Probability(range.high).hours_per_year();
            Row {
                key: journey.id.to_string(),
                cells: vec![
                    text(&journey.name),
                    text(format::downtime(journey.unavailability.hours_per_year()).to_string()),
                    text(format!("{} to {}", format::hours(low), format::hours(high))),
                    text(format::availability(journey.unavailability.0)),
                    text(if journey.exact { "exact" } else { "bounded" }),
                ],
            }
        })
        .collect();
    html! {
        <>
            { failures::failures(shown) }
            { table("Journeys", &[
                    Column::text("Journey"), Column::number("Down"), Column::number("If things go well, and badly"),
                    Column::number("In order"), Column::text("Computed"),
                ], &rows, None) }
            <div class="results__group">
                { for shown.evaluation.journeys.iter().map(|journey| causes(shown, journey)) }
            </div>
            { note("Each failure has a probability: what the plan states, or else an assumption for its kind of hosting. What stops a journey is found from the drawing; nothing is added by hand.") }
        </>
    }
}

fn causes(shown: &Shown, journey: &JourneyEvaluation) -> Html {
    let alone = journey.single_points.iter().map(|point| {
        let why = match point.cause {
            Cause::Structural => "there is one of it",
            Cause::Capacity => "there are several, but the peak needs them all",
            Cause::Domain => "what stands in it goes with it",
        };
        let name = shown.event_name(&point.event);
        let sentence = format!("{name} fails → {} is down; {why}", journey.name);
        (point.event.clone(), sentence)
    });
    let together = journey
        .minimal_cut_sets
        .iter()
        .filter(|set| set.len() > 1)
        .map(|set| {
            let names: Vec<String> = set.iter().map(|event| shown.event_name(event)).collect();
            let sentence = format!(
                "{} fail together → {} is down",
                format::list(&names),
                journey.name
            );
            (set.join(" "), sentence)
        });
    let all: Vec<(String, String)> = alone.chain(together).collect();
    let more = all.len().saturating_sub(MOST);
    let rows: Vec<Row> = journey
        .importance
        .iter()
        .take(MOST)
        .map(|importance| Row {
            key: importance.event.to_string(),
            cells: vec![
                text(shown.event_name(&importance.event)),
                text(format::hours(importance.hours_year_if_perfect).to_string()),
                text(format::percent(importance.fussell_vesely)),
            ],
        })
        .collect();
    html! {
        <div class="results__journey" key={journey.id.as_str()}>
            <h3 class="results__heading">{ format!("What stops {}", journey.name) }</h3>
            <ul class="results__list">
                { for all.iter().take(MOST).map(|(key, sentence)| html! { <li key={key.as_str()}>{ sentence }</li> }) }
                { for all.is_empty().then(|| html! { <li key="none">{ "No failure of up to three parts stops it." }</li> }) }
                { for (more > 0).then(|| html! { <li key="more">{ format!("and {more} more") }</li> }) }
            </ul>
            <div class="slot">
                { for (!rows.is_empty()).then(|| html! {
                    { table("What it would save if it never failed", &[
                            Column::text("What fails"), Column::number("Saved in a year"), Column::number("Part in the downtime"),
                        ], &rows, None) }
                }) }
            </div>
        </div>
    }
}
