//! What each component gets at the peak, and what its visits wait for.

use super::super::figures;
use super::page::{NOTHING, Page, optional, share};
use crate::evaluate::ComponentEvaluation;
use crate::plan::Component;

pub(super) fn write(page: &mut Page) {
    let rows: Vec<[String; 9]> = page
        .components()
        .filter(|(_, evaluated)| !evaluated.resources.is_empty() && evaluated.arrival_rate.0 > 0.0)
        .map(|(component, evaluated)| row(page, component, evaluated))
        .collect();
    page.table_section(
        "Load at the peak",
        [
            "Component",
            "Visits:",
            "Carries up to:",
            "Busiest resource",
            "Used:",
            "Instances needed:",
            "Waiting:",
            "Waiting and service:",
            "Refused:",
        ],
        rows,
    );
}

fn row(page: &Page, component: &Component, evaluated: &ComponentEvaluation) -> [String; 9] {
    let (busiest, used) = evaluated.busiest().map_or_else(
        || (NOTHING.to_owned(), NOTHING.to_owned()),
        |(resource, used)| (resource.name().to_owned(), figures::percent(used)),
    );
    [
        page.name_of(&component.id),
        figures::rate(evaluated.arrival_rate),
        optional(evaluated.capacity, figures::rate),
        busiest,
        used,
        format!("{} of {}", evaluated.needed, evaluated.instances),
        match evaluated.waiting {
            None if evaluated.saturated => "**saturated**".to_owned(),
            waiting => optional(waiting, figures::time),
        },
        optional(evaluated.residence, figures::time),
        share(evaluated.refused),
    ]
}
