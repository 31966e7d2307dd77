//! What takes a journey down by itself.

use super::page::Page;
use super::text::text;
use crate::evaluate::{Cause, SinglePoint};

pub(super) fn write(page: &mut Page) {
    let mut entries = Vec::new();
    for journey in &page.evaluation.journeys {
        let name = text(&journey.name);
        if journey.single_points.is_empty() {
            entries.push(format!("Nothing takes {name} down by itself."));
        }
        let points = journey.single_points.iter();
        entries.extend(points.map(|point| sentence(page, point, &name)));
    }
    page.list("Single points of failure", entries);
}

fn sentence(page: &Page, point: &SinglePoint, journey: &str) -> String {
    let why = match point.cause {
        Cause::Structural => "nothing takes over from it",
        Cause::Capacity => "what is left cannot carry the peak",
        Cause::Domain => "everything that could take over stands in it too",
    };
    let subject = match point.event.split_once(':') {
        Some(("component", id)) => page.name_of(id),
        Some(("place", id)) if page.plan.place(id).is_some() => {
            format!("The place {}", page.place(id))
        }
        // Only the provider behind an offer is a place without standing in the plan.
        Some(("place", id)) => format!("The provider {}", text(id)),
        Some(("connection", id)) => match page.plan.connection(id) {
            Some(connection) => format!(
                "The connection from {}",
                page.connection(&connection.from, &connection.to)
            ),
            None => format!("The connection {}", text(id)),
        },
        _ => text(&point.event),
    };
    format!("{subject} takes {journey} down when it fails: {why}.")
}
