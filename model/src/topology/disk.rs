//! The disk of one instance: how many operations and bytes a second it carries, and what an operation takes.

use crate::catalog::{Catalog, Offer, Volume};
use crate::components::ComponentType;
use crate::plan::{self, Assumptions, Disk, HostingKind, Neighbour};
use crate::units::{Gigabytes, Seconds};

use super::numbers::Numbers;
use super::{Origin, Problem, Sourced};

/// The disk of one instance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DiskSpeed {
    /// Where it is; none on the reference machine.
    pub kind: Option<Disk>,
    /// Operations per second that it carries, the neighbours' share taken off; while there is credit, where it
    /// has a [`DiskSpeed::credit`].
    pub operations_per_second: Sourced<f64>,
    /// Bytes per second that it carries, the neighbours' share taken off: what the provider's disk of this kind
    /// includes or what is bought with it, or else what is assumed of the kind; none on the reference machine.
    pub bytes_per_second: Option<f64>,
    /// Time of one operation on an idle disk, lengthened by the neighbours; none where the time of a visit
    /// counts it already: only who states the disk or its neighbours asks for it.
    pub operation_time: Option<Seconds>,
    /// The neighbours that take their share, and the share of the disk that they leave.
    pub neighbour: Option<(Neighbour, f64)>,
    /// Operations per second that are left for good, and the operations that can be saved up, where more can be
    /// had for a while.
    pub credit: Option<(f64, f64)>,
}

/// The kind of disk: that of the disk that the plan names, or else what the plan says, or else the offer, or else
/// what such hosting usually has.
pub(super) fn kind(
    source: &plan::Component,
    hosting: Option<HostingKind>,
    offer: Option<&Offer>,
    named: Option<&Volume>,
) -> Option<Disk> {
    let stated = source.hosting.as_ref().and_then(|hosting| hosting.disk);
    let stated = named.map(|volume| volume.disk).or(stated);
    let usual = match hosting {
        Some(HostingKind::BareMetal) => Some(Disk::Local),
        Some(HostingKind::Vps) => Some(Disk::Shared),
        Some(HostingKind::Iaas) => Some(Disk::Network),
        Some(HostingKind::Paas) | None => None,
    };
    stated.or(offer.and_then(|offer| offer.disk)).or(usual)
}

/// The disk that the plan names, of those that the provider of the offer sells.
pub(super) fn named<'a>(
    source: &plan::Component,
    offer: Option<&Offer>,
    catalog: &'a Catalog,
    problems: &mut Vec<Problem>,
) -> Option<&'a Volume> {
    let id = source.hosting.as_ref()?.volume.as_ref()?;
    let provider = offer.and_then(|offer| catalog.provider_of(offer));
    let found = provider.and_then(|provider| {
        let mut sold = provider.storage.iter();
        sold.find(|volume| volume.id == *id)
    });
    if found.is_none() && !catalog.providers.is_empty() {
        let provider = provider.map(|provider| provider.name.as_str());
        problems.push(Problem::not_sold(&source.id, "volume", id, provider));
    }
    found
}

/// The disk behind the network that the provider of an offer sells under the word for this kind.
pub(super) fn usual<'a>(
    kind: Option<Disk>,
    offer: Option<&Offer>,
    catalog: &'a Catalog,
) -> Option<&'a Volume> {
    let kind = kind.filter(|kind| matches!(kind, Disk::Network | Disk::Provisioned))?;
    catalog.provider_of(offer?)?.volume(kind)
}

/// What is bought with a disk beyond what it includes.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Bought {
    /// Operations per second, those that are included among them.
    pub iops: Option<f64>,
    /// MiB/s, those that are included among them.
    pub mebibytes_per_second: Option<f64>,
}

/// What the plan buys with the disk, no more than can be had.
pub(super) fn bought(
    source: &plan::Component,
    volume: Option<&Volume>,
    numbers: &mut Numbers,
) -> Bought {
    let Some(hosting) = &source.hosting else {
        return Bought::default();
    };
    let most = |most: Option<f64>, otherwise: f64| most.map_or(otherwise, |most| most.max(1.0));
    let most_iops = most(volume.and_then(|volume| volume.max_iops), 1e8);
    let most_speed = most(volume.and_then(|volume| volume.max_throughput_mib_s), 1e6);
    let speed = hosting.throughput_mib_s;
    Bought {
        iops: hosting
            .iops
            .map(|iops| numbers.clamped("iops", iops, 1.0, most_iops)),
        mebibytes_per_second: speed
            .map(|speed| numbers.clamped("throughput_mib_s", speed, 1.0, most_speed)),
    }
}

/// The disk of one instance of a component; `None` for a type that does no disk work.
pub(super) fn speed(
    source: &plan::Component,
    component_type: &ComponentType,
    kind: Option<Disk>,
    (offer, volume, bought): (Option<&Offer>, Option<&Volume>, Bought),
    assumptions: &Assumptions,
    numbers: &mut Numbers,
) -> Option<DiskSpeed> {
    component_type.parameter("iops")?;
    let hosting = source.hosting.as_ref();
    let stated = numbers.setting(source, component_type, "iops");
    let size = Gigabytes(numbers.setting(source, component_type, "data_gb").value);
    let included = volume.and_then(|volume| volume.included_iops(size));
    let names_volume = hosting.is_some_and(|hosting| hosting.volume.is_some());
    let is_own = |offer: &&Offer| {
        !(names_volume && volume.is_some()) && offer.disk.is_none_or(|disk| Some(disk) == kind)
    };
    let of_machine = offer.filter(is_own).and_then(|offer| offer.iops);
    let offered = of_machine.or(included);
    let known = match (stated.origin, bought.iops, offered, kind) {
        (Origin::Stated, ..) => stated,
        (_, Some(bought), ..) => Sourced {
            value: bought,
            origin: Origin::Stated,
        },
        (_, None, Some(offered), _) => Sourced {
            value: offered.max(1.0),
            origin: Origin::Offer,
        },
        (_, None, None, Some(kind)) => Sourced {
            value: assumptions.get(assumed(kind).operations).base.max(1.0),
            origin: Origin::Assumed,
        },
        _ => stated,
    };
    let burst = numbers.setting(source, component_type, "burst_iops");
    let of_volume = volume.filter(|_| known.origin == Origin::Offer);
    let burst = match of_volume.and_then(|volume| volume.burst_iops) {
        Some(offered) if burst.origin != Origin::Stated => offered,
        _ => burst.value,
    };
    let megabytes = |kind| assumptions.get(assumed(kind).megabytes).base * 1e6;
    let offered_bytes = bought
        .mebibytes_per_second
        .or(volume.and_then(|volume| volume.throughput_mib_s))
        .map(|mebibytes| mebibytes * 1_048_576.0);
    let credit = numbers
        .setting(source, component_type, "burst_credits")
        .value;
    let neighbour = neighbour(hosting, kind, known.origin, assumptions);
    let left = neighbour.map_or(1.0, |(_, left)| left);
    let names_disk = hosting.is_some_and(|hosting| hosting.disk.is_some())
        || names_volume && volume.is_some()
        || neighbour.is_some() && hosting.is_some_and(|hosting| hosting.neighbour.is_some());
    Some(DiskSpeed {
        kind,
        operations_per_second: Sourced {
            value: burst.max(known.value) * left,
            origin: known.origin,
        },
        bytes_per_second: offered_bytes
            .or(kind.map(megabytes))
            .map(|bytes| bytes * left),
        operation_time: kind
            .filter(|_| names_disk)
            .map(|kind| Seconds::from_millis(assumptions.get(assumed(kind).millis).base / left)),
        neighbour,
        credit: (burst > known.value).then_some((known.value * left, credit)),
    })
}

/// The neighbours on a shared disk, and what they leave: those that the plan states, and typical ones where the
/// disk's speed is an assumption. A speed that is stated or offered has nothing taken off unasked.
fn neighbour(
    hosting: Option<&plan::Hosting>,
    kind: Option<Disk>,
    origin: Origin,
    assumptions: &Assumptions,
) -> Option<(Neighbour, f64)> {
    if kind != Some(Disk::Shared) {
        return None;
    }
    let stated = hosting.and_then(|hosting| hosting.neighbour);
    let neighbour = stated.or((origin == Origin::Assumed).then_some(Neighbour::Typical))?;
    let left = match neighbour {
        Neighbour::Quiet => 1.0,
        Neighbour::Typical => assumptions.get("neighbour_typical").base,
        Neighbour::Noisy => assumptions.get("neighbour_noisy").base,
    };
    Some((neighbour, left))
}

/// The names of what is assumed about a kind of disk.
struct Assumed {
    operations: &'static str,
    megabytes: &'static str,
    millis: &'static str,
}

fn assumed(kind: Disk) -> Assumed {
    match kind {
        Disk::Local | Disk::Ephemeral => Assumed {
            operations: "disk_local_iops",
            megabytes: "disk_local_mb_s",
            millis: "disk_local_ms",
        },
        Disk::Shared => Assumed {
            operations: "disk_shared_iops",
            megabytes: "disk_shared_mb_s",
            millis: "disk_shared_ms",
        },
        Disk::Network => Assumed {
            operations: "disk_network_iops",
            megabytes: "disk_network_mb_s",
            millis: "disk_network_ms",
        },
        Disk::Provisioned => Assumed {
            operations: "disk_network_iops",
            megabytes: "disk_network_mb_s",
            millis: "disk_provisioned_ms",
        },
    }
}
