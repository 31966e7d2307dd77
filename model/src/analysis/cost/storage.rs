//! What data costs: what a service keeps, and the disks behind the network that machines keep it on.

use std::rc::Rc;

use super::instances::times;
use super::ledger::{Ledger, Quantity};
use super::line::{ChargeKind, Missing, PriceOrigin};
use super::origin;
use super::usage::ComponentUse;
use crate::catalog::{Offer, Price};
use crate::plan::Disk;
use crate::topology::{Component, Topology};

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
                format!("{size} GB kept − {included} GB included")
            } else {
                format!("{size} GB kept")
            }
        },
    );
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
    let disk = hosting.and_then(|hosting| hosting.disk).or(offer.disk);
    let size = component.data();
    let (true, Some(disk @ (Disk::Network | Disk::Provisioned)), true) =
        (offer.kind.is_machine(), disk, size.0 > 0.0)
    else {
        return;
    };
    let instances = component.instances as f64;
    let provider = topology.catalog.provider_of(offer);
    let found = provider.and_then(|provider| {
        let volume = provider.volume(disk)?;
        Some((provider, volume, volume.price.as_ref()?))
    });
    let Some((provider, volume, price)) = found else {
        ledger.miss(|| Missing {
            charge: ChargeKind::Disk,
            connection: None,
            pricing_quantity: Some(size.0 * instances),
            pricing_unit: "GB-month",
            why: format!(
                "no price of a {} disk is known from {}",
                disk.name().to_lowercase(),
                provider.map_or("its provider", |provider| &provider.name)
            ),
        });
        return;
    };
    let list = ledger.origin(|| origin::of_volume(provider, volume));
    let mut add = |charge, amount, unit, price: Option<_>, formula: &dyn Fn() -> String| {
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
        &|| times(component.instances, "one disk"),
    );
    add(
        ChargeKind::Disk,
        size.0 * instances,
        "GB-month",
        price.per_gb_month,
        &|| times(component.instances, &format!("{} GB", size.0)),
    );
    let included = volume.included_iops(size).unwrap_or(0.0);
    let bought = hosting.and_then(|hosting| hosting.iops).unwrap_or(0.0);
    let bought = bought.clamp(0.0, 1e8);
    add(
        ChargeKind::DiskSpeed,
        (bought - included) * instances,
        "IOPS-month",
        price.per_iops_month,
        &|| {
            times(
                component.instances,
                &format!("({bought} bought − {included} included)"),
            )
        },
    );
    add(
        ChargeKind::DiskOperations,
        used.disk_operations / 1e6,
        "million operations",
        price.per_million_ios,
        &|| "operations of a month".to_owned(),
    );
}
