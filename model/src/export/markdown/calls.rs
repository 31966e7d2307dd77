//! Calls that are made more than once or fail: refused, late, or for what is behind them.

use std::collections::BTreeSet;

use super::super::figures;
use super::page::{Page, SMALL, share};
use crate::plan::Connection;

pub(super) fn write(page: &mut Page) {
    let mut seen = BTreeSet::new();
    let connections = page.plan.connections.iter();
    let rows: Vec<[String; 4]> = connections
        .filter(|connection| seen.insert(&connection.id))
        .filter_map(|connection| row(page, connection))
        .collect();
    page.table_section(
        "Calls made again or failing at the peak",
        ["Connection", "Attempts:", "For each call:", "That fail:"],
        rows,
    );
    let lasting: Vec<String> = page
        .plan
        .connections
        .iter()
        .filter(|connection| {
            let found = page.evaluation.connections.get(&connection.id);
            found.is_some_and(|calls| calls.metastable)
        })
        .map(|connection| page.connection(&connection.from, &connection.to))
        .collect();
    if !lasting.is_empty() {
        let lasting = lasting.join(", ");
        page.note(&format!(
            "Attempts that would keep an overload alive once it has begun: {lasting}."
        ));
    }
    let journeys = page.evaluation.journeys.iter();
    let mut journeys = journeys.filter(|journey| journey.failed_share >= SMALL);
    if journeys.next().is_some() {
        page.note("What fails after all attempts stands with the journeys; outages come on top.");
    }
}

fn row(page: &Page, connection: &Connection) -> Option<[String; 4]> {
    let calls = page.evaluation.connections.get(&connection.id)?;
    (calls.attempts - 1.0 >= SMALL || calls.fails >= SMALL).then(|| {
        [
            page.connection(&connection.from, &connection.to),
            figures::rate(calls.arrival_rate),
            figures::number(calls.attempts),
            share(calls.fails),
        ]
    })
}
