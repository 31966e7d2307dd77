//! What machines, platforms and services cost by time: by the month, by the hour, committed to, or for busy hours.

use std::rc::Rc;

use super::ledger::{Ledger, Quantity};
use super::line::{ChargeKind, PriceOrigin};
use super::origin;
use super::tariff::{commitment_pays_after, hours_up_to};
use crate::catalog::{Billing, Commitment, Offer, Price};
use crate::topology::{Component, Topology};
use crate::units::{HOURS_PER_MONTH, Money};
use crate::words::{Words, fixed};

/// Charges the time of all instances of a component.
pub(super) fn charge(
    ledger: &mut Ledger,
    component: &Component,
    offer: &Offer,
    price: &Price,
    list: &Rc<PriceOrigin>,
) {
    let instances = component.instances as f64;
    if let Some(commitment) = committed(component, price) {
        charge_committed(ledger, instances, commitment, price, list);
    } else if let Some(month) = price.month {
        ledger.add(
            Quantity {
                charge: ChargeKind::Instances,
                amount: instances,
                unit: "instance-month",
                price: month,
                origin: list,
            },
            || times(component.instances, words!("the price of a month")),
        );
    } else if let Some(hour) = price.per_hour {
        ledger.add(
            Quantity {
                charge: ChargeKind::InstanceHours,
                amount: instances * HOURS_PER_MONTH,
                unit: "instance-hour",
                price: hour,
                origin: list,
            },
            || times(component.instances, words!("730 hours of a month")),
        );
    }
    charge_burst(ledger, component, offer, price, list);
}

/// The longest commitment that is offered for the months that the plan commits to.
pub(super) fn committed<'a>(component: &Component, price: &'a Price) -> Option<&'a Commitment> {
    let months = component.stated.commitment?;
    let offered = price.commitments.iter();
    offered
        .filter(|commitment| commitment.months <= months && commitment.months >= 1.0)
        .max_by(|a, b| a.months.total_cmp(&b.months))
}

fn charge_committed(
    ledger: &mut Ledger,
    instances: f64,
    commitment: &Commitment,
    price: &Price,
    list: &Rc<PriceOrigin>,
) {
    let months = commitment.months;
    let pays = || {
        let committed = commitment.by_month();
        let after = commitment_pays_after(price.by_month()?, committed, months)?;
        Some(fixed(after, 1))
    };
    let quantity = |price| Quantity {
        charge: ChargeKind::Committed,
        amount: instances,
        unit: "instance-month",
        price,
        origin: list,
    };
    if let Some(month) = commitment.month {
        ledger.add(quantity(month), || match pays() {
            Some(after) => words!(
                "promised for {months} months; pays after {after} months of use",
                months,
                after
            ),
            None => words!("promised for {months} months", months),
        });
    }
    if let Some(upfront) = commitment.upfront {
        let spread = || match pays() {
            Some(after) => words!(
                "paid in advance, spread over {months} months; pays after {after} months of use",
                months,
                after
            ),
            None => words!("paid in advance, spread over {months} months", months),
        };
        ledger.add_spread(quantity(upfront / months), upfront * instances, spread);
    }
}

/// Instances that run only in busy hours: whole months where the offer is billed by the month.
fn charge_burst(
    ledger: &mut Ledger,
    component: &Component,
    offer: &Offer,
    price: &Price,
    list: &Rc<PriceOrigin>,
) {
    let Some(burst) = component.burst else {
        return;
    };
    let (extra, hours) = (burst.instances as f64, burst.hours_month);
    if let (Some(Billing::Monthly), Some(month)) = (offer.billing, price.month) {
        ledger.add(
            Quantity {
                charge: ChargeKind::Burst,
                amount: if hours > 0.0 { extra } else { 0.0 },
                unit: "instance-month",
                price: month,
                origin: list,
            },
            || words!("{extra} extra, billed by whole months", extra),
        );
        return;
    }
    let hourly = price.month.map(|month| month / HOURS_PER_MONTH);
    let Some(hour) = price.per_hour.or(hourly) else {
        return;
    };
    let each = hours_up_to(hour, price.month, hours);
    ledger.add(
        Quantity {
            charge: ChargeKind::Burst,
            amount: extra * hours,
            unit: "instance-hour",
            price: if hours > 0.0 {
                each / hours
            } else {
                Money(0.0)
            },
            origin: list,
        },
        || {
            words!(
                "{extra} extra for {hours} hours, no more than a month each",
                extra,
                hours
            )
        },
    );
}

/// Automatic backups of whole machines, where the plan asks for backups and the offer has them.
pub(super) fn charge_backups(
    ledger: &mut Ledger,
    component: &Component,
    price: &Price,
    list: &Rc<PriceOrigin>,
) {
    let hosting = component.source.hosting.as_ref();
    let asked = hosting.and_then(|hosting| hosting.backup_interval_hours);
    if let (Some(month), Some(_)) = (price.backup_month, asked) {
        ledger.add(
            Quantity {
                charge: ChargeKind::Backups,
                amount: component.instances as f64,
                unit: "instance-month",
                price: month,
                origin: list,
            },
            || times(component.instances, words!("the price of its backups")),
        );
    }
}

/// Adds what is missing to the least that a month of an offer costs, traffic to the internet not counted.
pub(super) fn charge_minimum(ledger: &mut Ledger, price: &Price, list: &Rc<PriceOrigin>) {
    let Some(least) = price.minimum_month else {
        return;
    };
    let missing = least - ledger.month();
    if missing.0 > 0.0 {
        ledger.add(
            Quantity {
                charge: ChargeKind::Minimum,
                amount: 1.0,
                unit: "month",
                price: missing,
                origin: list,
            },
            || words!("what is used costs less than the least of a month"),
        );
    }
}

/// Software that is run on machines of your own, where it has a price.
pub(super) fn charge_software(ledger: &mut Ledger, topology: &Topology, component: &Component) {
    let Some(software) = component.software else {
        return;
    };
    let month = software.price.as_ref().and_then(|price| price.month);
    if let Some(month) = month.filter(|month| month.0 > 0.0) {
        let list = ledger.origin(|| origin::of_offer(topology, software));
        ledger.add(
            Quantity {
                charge: ChargeKind::Software,
                amount: component.instances as f64,
                unit: "instance-month",
                price: month,
                origin: &list,
            },
            || times(component.instances, words!("the price of a month")),
        );
    }
}

/// `3 instances × what`.
pub(super) fn times(instances: usize, what: Words) -> Words {
    counted!(instances; "1 instance × {what}", "{count} instances × {what}", what)
}
