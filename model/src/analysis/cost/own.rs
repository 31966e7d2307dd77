//! What hardware of your own costs: its price spread over its use, power, space, line, repairs.

use std::collections::BTreeMap;

use super::capital::{power_month, recovery, upkeep_month};
use super::instances::times;
use super::ledger::{Ledger, Quantity};
use super::line::ChargeKind;
use super::origin;
use crate::plan::Site;
use crate::topology::{Component, Topology};
use crate::units::{HOURS_PER_MONTH, Money};
use crate::words::Words;

/// How many machines that pay for a line of their own stand in each place; those of no place stand together.
pub(super) fn machines_by_place(topology: &Topology) -> BTreeMap<Option<usize>, usize> {
    let mut machines = BTreeMap::new();
    for component in &topology.components {
        if runs_alone(component) {
            *machines.entry(site(topology, component).0).or_insert(0) += component.instances;
        }
    }
    machines
}

/// Charges what was bought: the price itself, and what runs it where no monthly price says that.
pub(super) fn charge(
    ledger: &mut Ledger,
    topology: &Topology,
    component: &Component,
    upfront: Money,
    machines: &BTreeMap<Option<usize>, usize>,
) {
    if upfront.0 <= 0.0 {
        return;
    }
    let assume = |id| topology.plan.assumptions.get(id).base;
    let months = assume("write_off_months").max(1.0);
    let rate = assume("capital_rate");
    let assumed = ledger.origin(|| origin::of_assumption("write_off_months"));
    ledger.add_spread(
        Quantity {
            charge: ChargeKind::WriteOff,
            amount: 1.0,
            unit: "month",
            price: recovery(upfront, Money(0.0), months, rate),
            origin: &assumed,
        },
        upfront,
        || {
            if rate > 0.0 {
                words!(
                    "the price, spread over {months} months at {rate} % interest a year",
                    months,
                    rate = rate * 100.0
                )
            } else {
                words!("the price, spread over {months} months", months)
            }
        },
    );
    if runs_alone(component) {
        charge_running(ledger, topology, component, upfront, machines);
    }
}

/// Whether its machines were bought at a price that says nothing of what runs them.
fn runs_alone(component: &Component) -> bool {
    let is_stated = component.stated.cost_month.is_some();
    let price = component.offer.and_then(|offer| offer.price.as_ref());
    !is_stated
        && price.is_some_and(|price| {
            price.upfront.is_some() && price.month.is_none() && price.per_hour.is_none()
        })
}

fn charge_running(
    ledger: &mut Ledger,
    topology: &Topology,
    component: &Component,
    upfront: Money,
    machines: &BTreeMap<Option<usize>, usize>,
) {
    let assume = |id| topology.plan.assumptions.get(id).base;
    let mut add = |charge, amount, unit, price, assumption, formula: &dyn Fn() -> Words| {
        let origin = &ledger.origin(|| origin::of_assumption(assumption));
        let quantity = Quantity {
            charge,
            amount,
            unit,
            price,
            origin,
        };
        ledger.add(quantity, formula);
    };
    let instances = component.instances as f64;
    let (place, site) = site(topology, component);
    let (watts, overhead) = (assume("server_watts"), assume("power_overhead"));
    add(
        ChargeKind::Power,
        instances * power_month(watts, overhead, Money(1.0)).0,
        "kWh",
        Money(assume("power_price")),
        "power_price",
        &|| {
            times(
                component.instances,
                words!(
                    "{watts} W × {overhead} × {hours} hours",
                    watts,
                    overhead,
                    hours = HOURS_PER_MONTH
                ),
            )
        },
    );
    if site == Some(Site::Colocation) {
        add(
            ChargeKind::Space,
            instances,
            "machine-month",
            Money(assume("space_month")),
            "space_month",
            &|| times(component.instances, words!("the rent of its place")),
        );
    }
    if site != Some(Site::Home) {
        let sharing = machines.get(&place).copied().unwrap_or(1).max(1);
        add(
            ChargeKind::Line,
            instances / sharing as f64,
            "line-month",
            Money(assume("line_month")),
            "line_month",
            &|| {
                words!(
                    "{instances} of {sharing} machines that share it",
                    instances = component.instances,
                    sharing
                )
            },
        );
    }
    let share = assume("upkeep_rate");
    add(
        ChargeKind::Upkeep,
        1.0,
        "month",
        upkeep_month(upfront, share),
        "upkeep_rate",
        &|| words!("{share} % of the price a year", share = share * 100.0),
    );
}

/// Where its machines stand: the place that is a site, and what kind of site.
fn site(topology: &Topology, component: &Component) -> (Option<usize>, Option<Site>) {
    let chain = component.placement.first().into_iter().flatten();
    let drawn = chain.copied().find_map(|domain| {
        let site = topology.domains[domain].source?.site?;
        Some((Some(domain), Some(site)))
    });
    drawn.unwrap_or((None, component.offer.and_then(|offer| offer.site)))
}
