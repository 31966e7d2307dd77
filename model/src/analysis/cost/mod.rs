//! What the plan costs per month and on the first day, line by line.
//!
//! **Question.** What is charged, for how much of what, at which price, and where is that price from?
//!
//! **Model.** A component's bill is the sum of its lines; a plan's bill is the sum of its components' bills.
//! Traffic that crosses a boundary is a line of the component that pays for it, with the connection it came over.
//!
//! **Assumptions.** List prices without tax; a month has 730 hours; use follows the daily profile of the
//! journeys; what a provider includes in transfer is pooled over its machines; bought hardware is spread over the
//! write-off, and takes power, room, a line and repairs where its offer states no month.
//!
//! **Formula.** Quantity × unit price per line; transfer by marginal tiers; capital by [`capital::recovery`].
//!
//! **Reference.** Line items as in FOCUS 1.1; 730 hours and marginal tiers as in public price lists; capital as in
//! Koomey et al., *A simple model for determining true total cost of ownership for data centers* (2007).
//!
//! **Complexity.** `O(components + connections × journeys)`.
//!
//! What has no price is never counted as nothing: it is a [`Missing`] line, and the component then has no monthly
//! cost, only what is known of it.

mod beside;
mod bill;
mod instances;
mod ledger;
mod line;
mod months;
mod origin;
mod own;
mod requests;
mod storage;
mod transfer;
mod usage;
mod variants;

pub mod capital;
pub mod tariff;

pub use bill::{Beside, Bill, bill};
pub use line::{ChargeGroup, ChargeKind, LineItem, Missing, PriceOrigin};
pub use months::{MONTHS, Months};
pub use variants::{BreakEven, break_even, cumulative};

use std::collections::BTreeMap;

use crate::analysis::traffic::Traffic;
use crate::catalog::Price;
use crate::topology::{Component, Topology};
use crate::units::Money;

use ledger::{Ledger, Quantity};
use usage::{ComponentUse, Usage, usage};

/// The bill of a plan.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CostReport {
    /// The bill of each component.
    pub components: Vec<ComponentCost>,
    /// Requests of all journeys in a month.
    pub requests_month: f64,
}

/// The bill of one component.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ComponentCost {
    /// What is charged every month, the write-off of bought hardware included.
    pub line_items: Vec<LineItem>,
    /// What is charged at a price that is not known.
    pub missing: Vec<Missing>,
    /// How many charges have no known price.
    pub not_priced: usize,
    /// What is known of its cost a month: the sum of its lines.
    pub known_month: Money,
    /// What is known of what is paid every month: the same without the write-off.
    pub paid_month: Money,
    /// What is paid on the first day.
    pub upfront: Money,
}

impl ComponentCost {
    /// Money per month; `None` where a price is not known.
    pub fn month(&self) -> Option<Money> {
        (self.not_priced == 0).then_some(self.known_month)
    }
}

/// Computes the bill of every component.
pub fn cost(topology: &Topology, traffic: &Traffic) -> CostReport {
    let usage = usage(topology, traffic, |_| 1.0);
    CostReport {
        components: bills(topology, &usage, true),
        requests_month: usage.requests,
    }
}

/// What one more instance of a component would cost a month, at the same load; `None` where a price is not known.
pub fn another(topology: &Topology, traffic: &Traffic, component: usize) -> Option<Money> {
    let resolved = &topology.components[component];
    let sharing = Sharing::of(topology);
    let used = usage(topology, traffic, |_| 1.0).components[component];
    let month_of = |resolved: &Component| {
        let mut ledger = Ledger::new(false);
        charge(&mut ledger, topology, resolved, &used, &sharing);
        ledger.finish().month()
    };
    let today = month_of(resolved)?;
    if resolved.stated.cost_month.is_some() {
        return Some(today * (1.0 / resolved.instances.max(1) as f64));
    }
    let mut more = resolved.clone();
    more.instances += 1;
    Some(Money((month_of(&more)?.0 - today.0).max(0.0)))
}

/// The bills of all components for what is used in a month: with their lines, or only the sums.
fn bills(topology: &Topology, usage: &Usage, keeps_lines: bool) -> Vec<ComponentCost> {
    let sharing = Sharing::of(topology);
    let mut ledgers: Vec<Ledger> = topology
        .components
        .iter()
        .zip(&usage.components)
        .map(|(component, used)| {
            let mut ledger = Ledger::new(keeps_lines);
            charge(&mut ledger, topology, component, used, &sharing);
            ledger
        })
        .collect();
    transfer::charge(topology, usage, &mut ledgers);
    ledgers.into_iter().map(Ledger::finish).collect()
}

/// What instances of several components pay together.
struct Sharing<'a> {
    machines: BTreeMap<Option<usize>, usize>,
    beside: beside::Shared<'a>,
}

impl<'a> Sharing<'a> {
    fn of(topology: &Topology<'a>) -> Self {
        Self {
            machines: own::machines_by_place(topology),
            beside: beside::shared(topology),
        }
    }
}

/// Charges everything but traffic that crosses a boundary.
fn charge(
    ledger: &mut Ledger,
    topology: &Topology,
    component: &Component,
    used: &ComponentUse,
    sharing: &Sharing,
) {
    let price = component.offer.and_then(|offer| offer.price.as_ref());
    let bought = price.and_then(|price| price.upfront);
    let upfront = component
        .stated
        .cost_upfront
        .or(bought.map(|each| each * component.instances as f64))
        .unwrap_or(Money(0.0));
    if let Some(month) = component.stated.cost_month {
        let stated = ledger.origin(|| origin::of_plan(text!("the plan")));
        ledger.add(
            Quantity {
                charge: ChargeKind::Stated,
                amount: 1.0,
                unit: "month",
                price: month,
                origin: &stated,
            },
            || words!("stated for all instances together"),
        );
        ledger.pay_at_once(upfront);
        return;
    }
    let behaviour = component.kind.behaviour;
    if behaviour.is_source || behaviour.is_external {
        ledger.pay_at_once(upfront);
        return;
    }
    charge_offer(ledger, topology, component, used);
    beside::charge(ledger, topology, component, used, &sharing.beside);
    own::charge(ledger, topology, component, upfront, &sharing.machines);
}

/// Charges what the chosen offer charges; notes it where none is chosen or it has no price.
fn charge_offer(
    ledger: &mut Ledger,
    topology: &Topology,
    component: &Component,
    used: &ComponentUse,
) {
    let Some(offer) = component.offer else {
        ledger.miss(|| Missing {
            charge: ChargeKind::Hosting,
            connection: None,
            pricing_quantity: Some(component.instances as f64),
            pricing_unit: "instance-month",
            why: words!("no offer is chosen, or none that the catalogue knows"),
        });
        return;
    };
    let stamp = topology.plan.catalogue.as_ref();
    let kept = stamp.and_then(|stamp| stamp.price(&offer.id));
    match (&offer.price, kept) {
        (Some(price), kept) => {
            let list = ledger.origin(|| origin::of_offer(topology, offer));
            if let Some(month) = kept {
                let kept = ledger.origin(|| origin::of_plan(text!("the plan's own prices")));
                let price = Price {
                    month: Some(month),
                    commitments: Vec::new(),
                    ..price.clone()
                };
                instances::charge(ledger, component, offer, &price, &kept);
            } else {
                instances::charge(ledger, component, offer, price, &list);
            }
            storage::charge_kept(ledger, component, price, &list);
            requests::charge(ledger, component, offer, price, &list, used);
            instances::charge_backups(ledger, component, price, &list);
            instances::charge_minimum(ledger, price, &list);
        }
        (None, Some(month)) => {
            let kept = ledger.origin(|| origin::of_plan(text!("the plan's own prices")));
            ledger.add(
                Quantity {
                    charge: ChargeKind::Instances,
                    amount: component.instances as f64,
                    unit: "instance-month",
                    price: month,
                    origin: &kept,
                },
                || instances::times(component.instances, words!("the price that the plan keeps")),
            );
        }
        (None, None) => ledger.miss(|| Missing {
            charge: ChargeKind::Instances,
            connection: None,
            pricing_quantity: Some(component.instances as f64),
            pricing_unit: "instance-month",
            why: words!("no price of {offer} is known", offer = &offer.name),
        }),
    }
    instances::charge_software(ledger, topology, component);
    storage::charge_disk(ledger, topology, component, offer, used);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::traffic::{Conditions, traffic};
    use crate::catalog::Catalog;
    use crate::plan::sketch::sketch;
    use crate::plan::{Disk, Plan};

    fn bill(text: &str, component: &str) -> ComponentCost {
        bill_of(&sketch(text).unwrap(), component)
    }

    fn bill_of(plan: &Plan, component: &str) -> ComponentCost {
        let catalog = Catalog::embedded();
        let topology = Topology::new(plan, &catalog);
        let report = cost(&topology, &traffic(&topology, &Conditions::peak(&topology)));
        report.components[topology.component_index(component).unwrap()].clone()
    }

    #[test]
    fn instances_cost_their_list_price() {
        assert_eq!(
            bill("users -> app*3[offer=linode-dedicated-2]", "app").month(),
            Some(Money(108.0))
        );
    }

    #[test]
    fn an_unknown_price_is_not_a_price_of_nothing() {
        assert_eq!(bill("users -> app[kind=vps]", "app").month(), None);
        assert_eq!(bill("users -> app", "users").month(), Some(Money(0.0)));
    }

    #[test]
    fn bought_hardware_is_paid_at_once_and_spread() {
        let bill = bill("users -> app*2[offer=dell-pe2950-2008]", "app");
        assert_eq!(bill.upfront, Money(4912.0));
        let month = |charge| {
            let mut lines = bill.line_items.iter();
            lines
                .find(|line| line.charge == charge)
                .map(|line| line.month.0)
        };
        for (charge, expected) in [
            (ChargeKind::WriteOff, Some(4912.0 / 36.0)),
            (ChargeKind::Power, Some(2.0 * 0.365 * 1.4 * 730.0 * 0.2)),
            (ChargeKind::Line, Some(50.0)),
            (ChargeKind::Upkeep, Some(4912.0 * 0.05 / 12.0)),
            (ChargeKind::Space, None),
        ] {
            match (month(charge), expected) {
                (Some(found), Some(expected)) => assert!((found - expected).abs() < 1e-9),
                (found, expected) => assert_eq!(found, expected, "{charge:?}"),
            }
        }
        let running = bill.month().unwrap() - Money(4912.0 / 36.0);
        assert!((bill.paid_month.0 - running.0).abs() < 1e-9);
    }

    #[test]
    fn machines_that_state_a_month_pay_no_power_twice() {
        let bill = bill("users -> app[offer=own-tower-2026]", "app");
        let charges: Vec<ChargeKind> = bill.line_items.iter().map(|line| line.charge).collect();
        assert_eq!(charges, [ChargeKind::Instances, ChargeKind::WriteOff]);
    }

    #[test]
    fn storage_is_charged_by_what_is_kept() {
        let bill = bill(
            "users -> app -> files:object-storage[offer=aws-s3 data_gb=1000]",
            "files",
        );
        let storage = bill
            .line_items
            .iter()
            .find(|item| item.charge == ChargeKind::Storage)
            .unwrap();
        assert!((storage.month.0 - 23.0).abs() < 1e-9);
    }

    #[test]
    fn data_on_a_disk_behind_the_network_is_charged_for_every_copy() {
        for (text, expected) in [
            (
                "users -> app -> db[offer=aws-m5-large data_gb=100]",
                70.08 + 8.0,
            ),
            (
                "users -> app -> db*2[offer=aws-m5-large data_gb=100]",
                140.16 + 16.0,
            ),
            (
                "users -> app -> db[offer=linode-dedicated-2 data_gb=100]",
                36.0,
            ),
        ] {
            let month = bill(text, "db").month().unwrap();
            assert!((month.0 - expected).abs() < 1e-9, "{text}: {month:?}");
        }
    }

    #[test]
    fn disk_operations_beyond_the_included_ones_are_charged() {
        for (offer, disk, iops, expected) in [
            ("aws-m5-large", Disk::Network, 4000.0, Some(70.08 + 13.0)),
            (
                "aws-m5-large",
                Disk::Provisioned,
                10_000.0,
                Some(70.08 + 662.5),
            ),
            ("linode-dedicated-2", Disk::Provisioned, 10_000.0, None),
        ] {
            let text = format!("users -> app -> db[offer={offer} data_gb=100]");
            let mut plan = sketch(&text).unwrap();
            let component = plan
                .components
                .last_mut()
                .map(std::rc::Rc::make_mut)
                .unwrap();
            let hosting = component.hosting.as_mut().unwrap();
            hosting.disk = Some(disk);
            hosting.iops = Some(iops);
            let month = bill_of(&plan, "db")
                .month()
                .map(|month| (month.0 * 100.0).round());
            assert_eq!(
                month,
                expected.map(|month: f64| (month * 100.0).round()),
                "{offer}"
            );
        }
    }

    #[test]
    fn an_object_store_charges_for_what_leaves_beyond_its_allowance() {
        let text = "users[rps=1000] -> files:object-storage[offer=do-spaces data_gb=0]";
        let mut plan = sketch(text).unwrap();
        for (response_bytes, expected) in [(380.0, 5.0), (2000.0, 5.0 + (5256.0 - 1000.0) * 0.01)] {
            let journey = plan
                .journeys
                .first_mut()
                .map(std::rc::Rc::make_mut)
                .unwrap();
            journey.response_bytes = Some(response_bytes);
            let month = bill_of(&plan, "files").month().unwrap();
            assert!(
                (month.0 - expected).abs() < 1e-6,
                "{response_bytes}: {month:?}"
            );
        }
    }
}
