//! What each journey carries, and how often it is down.

use super::super::figures;
use super::page::{Page, share};
use super::text::text;
use crate::evaluate::JourneyEvaluation;

pub(super) fn write(page: &mut Page) {
    let rows: Vec<[String; 7]> = page
        .evaluation
        .journeys
        .iter()
        .map(|journey| row(page, journey))
        .collect();
    page.table_section(
        "Journeys",
        [
            "Journey",
            "Peak:",
            "Carries up to:",
            "Saturates first",
            "Fails at the peak:",
            "Available:",
            "Down in a year:",
        ],
        rows,
    );
}

fn row(page: &Page, journey: &JourneyEvaluation) -> [String; 7] {
    let bottleneck = journey.bottleneck.as_ref();
    [
        text(&journey.name),
        figures::rate(journey.arrival_rate),
        journey
            .capacity
            .map_or("no limit".to_owned(), figures::rate),
        bottleneck.map_or("nothing".to_owned(), |found| page.bottleneck(found)),
        share(journey.failed_share),
        figures::availability(journey.unavailability),
        figures::journey_downtime(journey),
    ]
}
