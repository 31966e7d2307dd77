//! What data costs: what a service keeps, and the disks behind the network that machines keep it on.

use std::rc::Rc;

use super::instances::times;
use super::ledger::{Ledger, Quantity};
use super::line::{ChargeKind, Missing, PriceOrigin};
use super::origin;
use super::usage::ComponentUse;
use crate::catalog::{Offer, Price, Provider, Volume};
use crate::plan::Disk;
use crate::topology::{Component, Topology};
use crate::words::{Value, Words, small};

/// Charges what a service keeps, beyond what its price includes.
pub(super) fn charge_kept(
    ledger: &mut Ledger,
    component: &Component,
    price: &Price,
    list: &Rc<PriceOrigin>,
) {
    let Some(per_gb) = price.per_gb_month else {
        return;
    };
    let size = component.data().0;
    let included = price.included_gb.unwrap_or(0.0);
    ledger.add(
        Quantity {
            charge: ChargeKind::Storage,
            amount: size - included,
            unit: "GB-month",
            price: per_gb,
            origin: list,
        },
        || {
            if included > 0.0 {
                words!("{size} GB kept − {included} GB included", size, included)
            } else {
                words!("{size} GB kept", size)
            }
        },
    );
}

fn no_price(component: &Component, disk: Option<Disk>, provider: Option<&Provider>) -> Words {
    let what: Value = match component.volume {
        Some(volume) => (&volume.name).into(),
        None => words!("a {kind} disk", kind = small(disk.map_or("", Disk::name))).into(),
    };
    match provider {
        Some(provider) => words!(
            "no price of {what} is known from {provider}",
            what,
            provider = &provider.name
        ),
        None => words!("no price of {what} is known from its provider", what),
    }
}

/// Charges the disk behind the network that a machine keeps its data on, one per instance; what the system itself
/// takes is not counted.
pub(super) fn charge_disk(
    ledger: &mut Ledger,
    topology: &Topology,
    component: &Component,
    offer: &Offer,
    used: &ComponentUse,
) {
    let hosting = component.source.hosting.as_ref();
    let is_named = hosting.is_some_and(|hosting| hosting.volume.is_some());
    let disk = hosting.and_then(|hosting| hosting.disk).or(offer.disk);
    let is_behind = matches!(disk, Some(Disk::Network | Disk::Provisioned));
    let is_bought = offer.kind.is_machine() && is_behind || is_named && component.volume.is_some();
    let size = component.data();
    if !is_bought || size.0 <= 0.0 {
        return;
    }
    let instances = component.instances as f64;
    let provider = topology.catalog.provider_of(offer);
    let found = component
        .volume
        .and_then(|volume| Some((volume, volume.price.as_ref()?)));
    let (Some(provider), Some((volume, price))) = (provider, found) else {
        ledger.miss(|| Missing {
            charge: ChargeKind::Disk,
            connection: None,
            pricing_quantity: Some(size.0 * instances),
            pricing_unit: "GB-month",
            why: no_price(component, disk, provider),
        });
        return;
    };
    let list = ledger.origin(|| origin::of_volume(provider, volume));
    let mut add = |charge, amount, unit, price: Option<_>, formula: &dyn Fn() -> Words| {
        if let Some(price) = price {
            let quantity = Quantity {
                charge,
                amount,
                unit,
                price,
                origin: &list,
            };
            ledger.add(quantity, formula);
        }
    };
    add(
        ChargeKind::Disk,
        instances,
        "disk-month",
        price.month.filter(|month| month.0 > 0.0),
        &|| times(component.instances, words!("one disk")),
    );
    add(
        ChargeKind::Disk,
        size.0 * instances,
        "GB-month",
        price.per_gb_month,
        &|| times(component.instances, words!("{size} GB", size = size.0)),
    );
    add(
        ChargeKind::DiskOperations,
        used.disk_operations / 1e6,
        "million operations",
        price.per_million_ios,
        &|| words!("operations of a month"),
    );
    charge_speed(ledger, component, volume, &list);
}

/// Charges the speed that is bought for a disk beyond what it includes.
fn charge_speed(
    ledger: &mut Ledger,
    component: &Component,
    volume: &Volume,
    list: &Rc<PriceOrigin>,
) {
    let (instances, list_price) = (component.instances as f64, volume.price.as_ref());
    let bought = component.bought;
    let speeds = [
        (
            ChargeKind::DiskSpeed,
            "IOPS-month",
            bought.iops,
            volume.included_iops(component.data()),
            list_price.and_then(|price| price.per_iops_month),
        ),
        (
            ChargeKind::DiskThroughput,
            "MiB/s-month",
            bought.mebibytes_per_second,
            volume.throughput_mib_s,
            list_price.and_then(|price| price.per_mib_s_month),
        ),
    ];
    for (charge, unit, bought, included, price) in speeds {
        let (bought, included) = (bought.unwrap_or(0.0), included.unwrap_or(0.0));
        let amount = (bought - included) * instances;
        match price {
            Some(price) => {
                let quantity = Quantity {
                    charge,
                    amount,
                    unit,
                    price,
                    origin: list,
                };
                ledger.add(quantity, || {
                    let more = words!("({bought} bought − {included} included)", bought, included);
                    times(component.instances, more)
                });
            }
            None if amount > 0.0 => ledger.miss(|| Missing {
                charge,
                connection: None,
                pricing_quantity: Some(amount),
                pricing_unit: unit,
                why: words!(
                    "no price of more speed of {volume} is known",
                    volume = &volume.name
                ),
            }),
            None => {}
        }
    }
}
