//! What becomes of the peak when one thing is gone.

use model::evaluate::{Failure, JourneyEvaluation, Level, Survival};
use model::order::Order as _;
use model::scenarios::Scenario;
use yew::prelude::*;

use super::super::Shown;
use super::super::words::{about_unless, in_sentence, resource_words};
use super::{dash, lead, note, optional, text};
use crate::state::{Message, TakeAway};
use crate::widgets::format;
use crate::widgets::icon::{Size, icon};
use crate::widgets::severity::{Weight, tag};
use crate::widgets::table::{Column, Row, table};

/// Losses in the table of one journey; what is beyond is no worse.
const MOST: usize = 12;

/// Losses that the sentence names.
const NAMED: usize = 3;

/// Draws what every journey survives, the worst loss first.
pub(super) fn failures(shown: &Shown, send: &Callback<Message>) -> Html {
    let unchecked = shown.evaluation.unchecked_losses;
    html! {
        <section class="results__group" aria-label={t!("When one thing is gone")}>
            { for shown.evaluation.journeys.iter().filter(|journey| !journey.failures.is_empty()).map(|journey| html! {
                <div class="results__journey" key={journey.id.as_str()}>
                    { lead(&sentence(shown, journey)) }
                    { losses(shown, journey, send) }
                </div>
            }) }
            <div class="slot">
                { for (unchecked > 0).then(|| note(&tn!(unchecked; "{count} loss was not looked at: the plan is too large.", "{count} losses were not looked at: the plan is too large."))) }
            </div>
        </section>
    }
}

/// Whether the journey goes on and its peak is carried.
fn is_survived(verdict: Survival) -> bool {
    matches!(verdict, Survival::Ok | Survival::Degraded)
}

/// What it survives, and the worst that it does not.
fn sentence(shown: &Shown, journey: &JourneyEvaluation) -> String {
    let survived: Vec<_> = journey
        .worst_losses
        .iter()
        .filter(|worst| is_survived(worst.verdict))
        .map(|worst| in_sentence(worst.level.name()))
        .collect();
    let mut fatal: Vec<String> = worst_first(journey)
        .into_iter()
        .filter(|failure| !is_survived(failure.verdict))
        .map(|failure| lost(shown, &failure.event))
        .collect();
    let more = fatal.len() > NAMED;
    fatal.truncate(NAMED);
    if more {
        fatal.push(t!("others").to_owned());
    }
    let name = &journey.name;
    let survived = format::list(&survived);
    let fatal = match &fatal[..] {
        [first @ .., last] if !first.is_empty() => {
            t!("{first} or {last}", first = first.join(", "), last)
        }
        _ => fatal.concat(),
    };
    match (survived.is_empty(), fatal.is_empty()) {
        (_, true) => t!(
            "The peak of {name} survives the loss of any one {survived}.",
            name,
            survived
        ),
        (true, false) => t!(
            "The peak of {name} does not survive the loss of {fatal}.",
            name,
            fatal
        ),
        (false, false) => t!(
            "The peak of {name} survives the loss of any one {survived}, but not of {fatal}.",
            name,
            survived,
            fatal
        ),
    }
}

/// What is gone: one of several, or the only one there is.
fn lost(shown: &Shown, event: &str) -> String {
    let name = shown.event_name(event);
    let has_more = event
        .strip_prefix("component:")
        .and_then(|id| shown.evaluation.components.get(id))
        .is_some_and(|component| component.instances > 1);
    if has_more {
        t!("one {name}", name)
    } else {
        name
    }
}

/// The losses of a journey by what becomes of it, then by how busy that makes the rest.
fn worst_first(journey: &JourneyEvaluation) -> Vec<&Failure> {
    let busy = |failure: &Failure| failure.busiest.as_ref().map_or(0.0, |busiest| busiest.2);
    let mut all: Vec<&Failure> = journey.failures.iter().collect();
    all.order_by(|a, b| {
        let verdict = b.verdict.cmp(&a.verdict);
        verdict.then_with(|| busy(b).total_cmp(&busy(a)))
    });
    all
}

fn losses(shown: &Shown, journey: &JourneyEvaluation, send: &Callback<Message>) -> Html {
    let all = worst_first(journey);
    let more = all.len().saturating_sub(MOST);
    let rows: Vec<Row> = all
        .iter()
        .take(MOST)
        .map(|failure| Row {
            key: failure.event.to_string(),
            cells: vec![
                text(lost(shown, &failure.event)),
                text(match failure.level {
                    Level::Instance => t!("instance").into(),
                    level @ Level::Place(_) => in_sentence(level.name()),
                }),
                verdict(failure.verdict),
                failure
                    .busiest
                    .as_ref()
                    .map_or_else(dash, |(id, resource, share)| {
                        text(t!(
                            "{resource} of {name} {share}",
                            resource = resource_words(*resource),
                            name = shown.name(id),
                            share = format::percent(*share)
                        ))
                    }),
                optional(failure.p95, |p95| {
                    about_unless(failure.p95_is_exact, format::duration(p95.0))
                }),
                show(shown, &failure.event, send),
            ],
        })
        .collect();
    html! {
        <>
            { table(
                &t!("When one thing is gone: {name}", name = journey.name),
                &[
                    Column::text(t!("What is gone")),
                    Column::text(t!("Kind")),
                    Column::text(t!("The peak")),
                    Column::text(t!("Busiest then")),
                    Column::number(t!("p95 then")),
                    Column::text(t!("In the drawing")),
                ],
                &rows,
                None,
            ) }
            <div class="slot">
                { for (more > 0).then(|| note(&tn!(more; "{count} more is no worse.", "{count} more are no worse."))) }
            </div>
        </>
    }
}

/// A button that shows in the drawing what a loss does.
fn show(shown: &Shown, event: &str, send: &Callback<Message>) -> Html {
    let scenario = Scenario::of_events([event]);
    let name = lost(shown, event);
    html! {
        <button
            type="button"
            class="button button--small"
            aria-label={t!("Show the drawing without {name}", name)}
            onclick={send.reform(move |_: MouseEvent| Message::TakeAway(TakeAway::Show(scenario.clone())))}
        >
            { icon("scissors", Size::Small) }
            <span>{ t!("Show") }</span>
        </button>
    }
}

/// A verdict with its icon and word.
fn verdict(verdict: Survival) -> Html {
    match verdict {
        Survival::Ok => tag(Weight::Good, t!("carries on")),
        Survival::Degraded => tag(Weight::Medium, t!("degraded")),
        Survival::Overloaded => tag(Weight::High, t!("overloaded")),
        Survival::Down => tag(Weight::Error, t!("down")),
    }
}
