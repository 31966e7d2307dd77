//! How much every part matters to a journey: the measures of reliability engineering, each in plain words.

use model::evaluate::JourneyEvaluation;
use yew::prelude::*;

use super::super::Shown;
use super::{dash, optional, text};
use crate::texts::say;
use crate::widgets::format;
use crate::widgets::icon::{Size, icon};
use crate::widgets::table::{Column, Row, table};

/// Parts in the table.
const MOST: usize = 20;

const MEASURES: [(&str, &str); 5] = [
    (
        text!("Birnbaum"),
        text!("How likely it is that everything hangs on this part right now: 1 means always."),
    ),
    (
        text!("Criticality"),
        text!("The share of the down time that would go away if this part never failed."),
    ),
    (
        text!("Fussell-Vesely"),
        text!("How often this part is among what is broken while the journey is down."),
    ),
    (
        text!("Risk achievement worth"),
        text!(
            "How many times as often the journey is down once this part is broken: what you must not touch on a Friday."
        ),
    ),
    (
        text!("Risk reduction worth"),
        text!(
            "By which factor the down time shrinks if this part never fails: what is worth money."
        ),
    ),
];

/// Draws the measures behind a heading that opens them; none where nothing can fail.
pub(super) fn measures(shown: &Shown, journey: &JourneyEvaluation) -> Option<Html> {
    let rows: Vec<Row> = journey
        .importance
        .iter()
        .take(MOST)
        .map(|importance| Row {
            key: importance.event.to_string(),
            cells: vec![
                text(shown.event_name(&importance.event)),
                text(format::percent(importance.unavailability.0)),
                text(format::hours(importance.hours_year_if_perfect).to_string()),
                text(format::short(importance.birnbaum)),
                text(format::percent(importance.criticality)),
                text(format::percent(importance.fussell_vesely)),
                optional(importance.risk_achievement_worth, format::times),
                match importance.risk_reduction_worth {
                    Some(factor) => text(format::times(factor)),
                    None if importance.hours_year_if_perfect > 0.0 => text(t!("all of it")),
                    None => dash(),
                },
            ],
        })
        .collect();
    let more = journey.importance.len().saturating_sub(MOST);
    (!rows.is_empty()).then(|| {
        let name = &journey.name;
        let (heading, caption) = if journey.exact {
            (
                t!("How much each part matters to {name}", name),
                t!("Importance for {name}", name),
            )
        } else {
            (
                t!("How much each part matters to {name}, about", name),
                t!("Importance for {name}, about", name),
            )
        };
        html! {
            <details class="measures">
                <summary class="measures__heading">
                    { heading }
                    { icon("chevron-down", Size::Normal) }
                </summary>
                { table(
                    &caption,
                    &[
                        Column::text(t!("What fails")),
                        Column::number(t!("Of the time")),
                        Column::number(t!("Saved a year if it never failed")),
                        Column::number(t!("Birnbaum")),
                        Column::number(t!("Criticality")),
                        Column::number(t!("Fussell-Vesely")),
                        Column::number(t!("Risk achievement worth")),
                        Column::number(t!("Risk reduction worth")),
                    ],
                    &rows,
                    None,
                ) }
                <div class="slot">
                    { for (more > 0).then(|| super::note(&tn!(more; "{count} more matters less.", "{count} more matter less."))) }
                </div>
                <dl class="measures__words">
                    { for MEASURES.iter().map(|(name, words)| html! {
                        <div key={*name}><dt>{ say(name) }</dt><dd>{ say(words) }</dd></div>
                    }) }
                </dl>
            </details>
        }
    })
}
