//! Journeys that are made by a fixed number of users, who wait for each answer before they ask again.

use super::super::figures;
use super::page::{NOTHING, Page, optional};
use super::text::text;

pub(super) fn write(page: &mut Page) {
    let journeys = page.evaluation.journeys.iter();
    let rows: Vec<[String; 8]> = journeys
        .filter_map(|journey| {
            let users = journey.population.as_ref()?;
            let bounds = users
                .limits
                .map(|[low, high]| format!("{} to {}", figures::rate(low), figures::rate(high)));
            Some([
                text(&journey.name),
                users.users.to_string(),
                figures::time(users.think),
                figures::rate(journey.arrival_rate),
                bounds.unwrap_or_else(|| NOTHING.to_owned()),
                optional(users.knee, figures::number),
                optional(users.busy_share, figures::percent),
                if users.exact {
                    "exactly"
                } else {
                    "approximately"
                }
                .to_owned(),
            ])
        })
        .collect();
    page.table_section(
        "Users who wait for each answer",
        [
            "Journey",
            "Users:",
            "Think for:",
            "Come to:",
            "At least and at most:",
            "In each other's way from:",
            "Bottleneck busy:",
            "Solved",
        ],
        rows,
    );
}
