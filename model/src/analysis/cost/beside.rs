//! What providers charge beside offers and disks where the plan asks for it: addresses, gateways, clusters.

use std::collections::BTreeMap;

use super::instances::times;
use super::ledger::{Ledger, Quantity};
use super::line::{ChargeKind, Missing};
use super::origin;
use super::usage::ComponentUse;
use crate::catalog::{Extra, Per};
use crate::plan::PlaceKind;
use crate::topology::{Component, Topology};
use crate::words::Words;

/// How many instances share each thing that is charged beside, by its id and the place that has one of its own.
pub(super) type Shared<'a> = BTreeMap<(&'a str, Option<usize>), usize>;

/// Counts who shares what.
pub(super) fn shared<'a>(topology: &Topology<'a>) -> Shared<'a> {
    let mut shared = Shared::new();
    for component in &topology.components {
        for &extra in &component.beside {
            for (place, instances) in places(topology, component, extra.per) {
                *shared.entry((extra.id.as_str(), place)).or_insert(0) += instances;
            }
        }
    }
    shared
}

/// Charges what a component asks for beside its offer: one for each instance or for the component, or its share of one for each place.
/// A gateway takes what the component calls beyond its provider.
pub(super) fn charge(
    ledger: &mut Ledger,
    topology: &Topology,
    component: &Component,
    used: &ComponentUse,
    shared: &Shared,
) {
    for &extra in &component.beside {
        let Some(price) = &extra.price else {
            ledger.miss(|| Missing {
                charge: ChargeKind::Beside,
                connection: None,
                pricing_quantity: Some(share(topology, component, extra, shared)),
                pricing_unit: "month of one",
                why: words!("no price of {extra} is known", extra = &extra.name),
            });
            continue;
        };
        let list = ledger.origin(|| origin::of_extra(topology, component, extra));
        if let Some(month) = price.by_month() {
            let amount = share(topology, component, extra, shared);
            ledger.add(
                Quantity {
                    charge: ChargeKind::Beside,
                    amount,
                    unit: "month of one",
                    price: month,
                    origin: &list,
                },
                || match extra.per {
                    Some(Per::Zone) => shared_by_zone(component.instances),
                    Some(Per::Region) => shared_by_region(component.instances),
                    Some(Per::Component) => words!("one for all its instances"),
                    Some(Per::Instance) | None => {
                        times(component.instances, words!("one of its own"))
                    }
                },
            );
        }
        if let Some(per_gb) = price.per_gb {
            ledger.add(
                Quantity {
                    charge: ChargeKind::Processed,
                    amount: used.fetched.0,
                    unit: "GB",
                    price: per_gb,
                    origin: &list,
                },
                || words!("all that goes to and comes from what it calls beyond its provider"),
            );
        }
    }
}

fn shared_by_zone(instances: usize) -> Words {
    counted!(
        instances;
        "its share of one for each zone: 1 instance of those that share it",
        "its share of one for each zone: {count} instances of those that share it"
    )
}

fn shared_by_region(instances: usize) -> Words {
    counted!(
        instances;
        "its share of one for each region: 1 instance of those that share it",
        "its share of one for each region: {count} instances of those that share it"
    )
}

/// How many of it are for this component: one for each instance or for all, or in each place its share of one.
fn share(topology: &Topology, component: &Component, extra: &Extra, shared: &Shared) -> f64 {
    match extra.per {
        Some(Per::Instance) => return component.instances as f64,
        Some(Per::Component) => return 1.0,
        Some(Per::Zone | Per::Region) | None => {}
    }
    places(topology, component, extra.per)
        .map(|(place, instances)| {
            let all = shared.get(&(extra.id.as_str(), place)).copied();
            instances as f64 / all.unwrap_or(instances).max(1) as f64
        })
        .sum()
}

/// The places that have one of their own, and how many instances of a component stand in each; none where nothing
/// is drawn.
fn places<'t>(
    topology: &'t Topology,
    component: &'t Component,
    per: Option<Per>,
) -> impl Iterator<Item = (Option<usize>, usize)> + use<'t> {
    let wanted: &[PlaceKind] = match per {
        Some(Per::Zone) => &[PlaceKind::Zone, PlaceKind::Region],
        Some(Per::Region) => &[PlaceKind::Region],
        Some(Per::Instance | Per::Component) | None => &[],
    };
    component.placement.paths().map(move |(path, instances)| {
        let place = path
            .iter()
            .copied()
            .find(|&domain| wanted.contains(&topology.domains[domain].kind));
        (place, instances)
    })
}
