//! What is charged by use: requests, reads, writes, computing time, units of a balancer, traffic that passes.

use std::rc::Rc;

use super::ledger::{Ledger, Quantity};
use super::line::{ChargeKind, Missing, PriceOrigin};
use super::usage::{ComponentUse, SECONDS_PER_MONTH};
use crate::catalog::{Offer, Price};
use crate::topology::Component;
use crate::units::{HOURS_PER_MONTH, Money};
use crate::words::Words;

/// Charges what a component does.
pub(super) fn charge(
    ledger: &mut Ledger,
    component: &Component,
    offer: &Offer,
    price: &Price,
    list: &Rc<PriceOrigin>,
    used: &ComponentUse,
) {
    let mut add = |charge, amount, unit, price: Option<Money>, formula: &dyn Fn() -> Words| {
        if let Some(price) = price {
            let quantity = Quantity {
                charge,
                amount,
                unit,
                price,
                origin: list,
            };
            ledger.add(quantity, formula);
        }
    };
    let of_a_month = || words!("all requests of a month");
    add(
        ChargeKind::Requests,
        used.requests / 1e6,
        "million requests",
        price.per_million_requests,
        &of_a_month,
    );
    add(
        ChargeKind::Reads,
        used.reads / 1e6,
        "million reads",
        price.per_million_reads,
        &|| words!("what callers read; a call that states neither reads nor writes is one read"),
    );
    add(
        ChargeKind::Writes,
        used.writes / 1e6,
        "million writes",
        price.per_million_writes,
        &|| words!("what callers write"),
    );
    add(
        ChargeKind::Processor,
        used.busy_seconds * component.servers.value,
        "vCPU-second",
        price.per_vcpu_second,
        &|| words!("visits × service time × cores"),
    );
    add(
        ChargeKind::Memory,
        used.busy_seconds * offer.memory_gib.unwrap_or(1.0),
        "GiB-second",
        price.per_gib_second,
        &|| words!("visits × service time × memory"),
    );
    if let Some(unit) = price.unit {
        let by_connections = used.requests / SECONDS_PER_MONTH / unit.connections_per_second;
        let by_traffic = used.processed.0 / HOURS_PER_MONTH / unit.gb_per_hour;
        add(
            ChargeKind::CapacityUnits,
            by_connections.max(by_traffic) * HOURS_PER_MONTH,
            "unit-hour",
            price.per_unit_hour,
            &|| {
                words!(
                    "the mean over the month of connections ({connections} a second each) or traffic ({traffic} GB an hour each), whichever is more",
                    connections = unit.connections_per_second,
                    traffic = unit.gb_per_hour
                )
            },
        );
    }
    add(
        ChargeKind::Processed,
        used.processed.0,
        "GB",
        price.per_gb,
        &|| words!("all that is received and sent"),
    );
    let charges_reads_only = price.per_million_reads.is_some()
        && price.per_million_writes.is_none()
        && price.per_million_requests.is_none();
    if charges_reads_only && used.writes > 0.0 {
        ledger.miss(|| Missing {
            charge: ChargeKind::Writes,
            connection: None,
            pricing_quantity: Some(used.writes / 1e6),
            pricing_unit: "million writes",
            why: words!(
                "reads of {offer} have a price, writes have none",
                offer = &offer.name
            ),
        });
    }
}
