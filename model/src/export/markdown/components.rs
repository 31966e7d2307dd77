//! What there is, where it runs, what it costs and what leaving takes.

use super::super::figures;
use super::page::{NOTHING, Page, optional, spread};
use super::text::text;
use crate::components::component_type;
use crate::evaluate::ComponentEvaluation;
use crate::plan::{Component, HostingKind};

pub(super) fn write(page: &mut Page) {
    let components = page.components();
    let rows: Vec<[String; 6]> = components
        .map(|(component, evaluated)| row(page, component, evaluated))
        .collect();
    page.table_section(
        "Components",
        [
            "Component",
            "Type",
            "Instances:",
            "Runs on",
            "Per month:",
            "Days to leave:",
        ],
        rows,
    );
}

fn row(page: &Page, component: &Component, evaluated: &ComponentEvaluation) -> [String; 6] {
    let kind = component_type(&component.kind).map_or(component.kind.as_str(), |kind| kind.name);
    let cost = |amount| figures::money(amount, page.currency());
    [
        page.name_of(&component.id),
        text(kind),
        evaluated.instances.to_string(),
        runs_on(component, evaluated),
        evaluated.cost_month.map_or("not known".to_owned(), cost),
        optional(evaluated.exit.as_ref(), |exit| spread(exit.days)),
    ]
}

fn runs_on(component: &Component, evaluated: &ComponentEvaluation) -> String {
    let stated = component.hosting.as_ref().and_then(|hosting| hosting.kind);
    let kind = evaluated.hosting.or(stated).map(HostingKind::name);
    let offers = text(&evaluated.offers.join(" with "));
    let runs_elsewhere = component_type(&component.kind)
        .is_none_or(|kind| kind.behaviour.is_source || kind.behaviour.is_external);
    match kind {
        None if offers.is_empty() && runs_elsewhere => NOTHING.to_owned(),
        None if offers.is_empty() => "not chosen yet".to_owned(),
        None => offers,
        Some(kind) if offers.is_empty() => kind.to_owned(),
        Some(kind) => format!("{kind}: {offers}"),
    }
}
