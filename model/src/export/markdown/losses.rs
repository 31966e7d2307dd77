//! What becomes of the peak when one instance or everything in one place is gone.

use super::super::figures;
use super::page::{NOTHING, Page};
use super::text::text;
use crate::evaluate::{Failure, JourneyEvaluation, Survival, WorstLoss};
use crate::units::Seconds;

/// So many losses of a journey have a line of their own, the worst first.
const MOST: usize = 20;

pub(super) fn write(page: &mut Page) {
    let journeys = &page.evaluation.journeys;
    let worst: Vec<[String; 5]> = journeys
        .iter()
        .flat_map(|journey| {
            let losses = journey.worst_losses.iter();
            losses.map(|loss| worst_row(page, &journey.name, loss))
        })
        .collect();
    if worst.is_empty() {
        return;
    }
    page.section("After a loss at the peak");
    page.table(["Journey", "Lost", "Worst", "Then", "95 % within:"], worst);
    let hurting: Vec<[String; 5]> = journeys
        .iter()
        .flat_map(|journey| hurting(page, journey))
        .collect();
    page.table(
        [
            "Journey",
            "Without",
            "It is",
            "Busiest then",
            "95 % within:",
        ],
        hurting,
    );
    if page.evaluation.unchecked_losses > 0 {
        let count = page.evaluation.unchecked_losses;
        page.note(&format!(
            "{count} losses were not looked at: the plan is too large."
        ));
    }
}

/// The worst loss of a level, with the longest time of any.
fn worst_row(page: &Page, journey: &str, loss: &WorstLoss) -> [String; 5] {
    let event = loss.event.as_ref();
    [
        text(journey),
        format!("Any one {}", loss.level.name().to_lowercase()),
        event.map_or("any".to_owned(), |event| lost(page, event)),
        loss.verdict.name().to_lowercase(),
        within(loss.p95, loss.p95_is_exact),
    ]
}

/// The losses that a journey does not get over as if nothing had happened, the worst first.
fn hurting(page: &Page, journey: &JourneyEvaluation) -> Vec<[String; 5]> {
    let losses = |verdict| {
        let losses = journey.failures.iter();
        losses.filter(move |loss| loss.verdict == verdict)
    };
    let all = [Survival::Down, Survival::Overloaded, Survival::Degraded].map(losses);
    let mut all = all.into_iter().flatten();
    let row = |loss: &Failure| {
        let busiest = loss.busiest.as_ref();
        [
            text(&journey.name),
            lost(page, &loss.event),
            loss.verdict.name().to_lowercase(),
            busiest.map_or(NOTHING.to_owned(), |(component, resource, used)| {
                let component = page.name_of(component);
                let used = figures::percent(*used);
                format!("{} of {component}, {used}", resource.name())
            }),
            within(loss.p95, loss.p95_is_exact),
        ]
    };
    let mut rows: Vec<[String; 5]> = all.by_ref().take(MOST).map(row).collect();
    let more = all.count();
    if more > 0 {
        let nothing = || NOTHING.to_owned();
        rows.push([
            text(&journey.name),
            format!("{more} more"),
            nothing(),
            nothing(),
            nothing(),
        ]);
    }
    rows
}

fn lost(page: &Page, event: &str) -> String {
    match event.split_once(':') {
        Some(("component", id)) => page.name_of(id),
        Some((_, id)) => page.place(id),
        None => text(event),
    }
}

fn within(p95: Option<Seconds>, is_exact: bool) -> String {
    let about = if is_exact { "" } else { "about " };
    p95.map_or(NOTHING.to_owned(), |p95| {
        format!("{about}{}", figures::time(p95))
    })
}
