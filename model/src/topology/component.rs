//! A component with every default filled in: from the plan, else from the offer, else from its type.

use crate::catalog::{Catalog, Cpu, Extra, Offer, Volume};
use crate::components::{self, ComponentType, Parameter};
use crate::plan::{self, Assumptions, Disk, HostingKind, Plan};
use crate::units::{Gigabytes, HOURS_PER_MONTH, Probability, Range, Seconds};

use super::disk::{self, Bought, DiskSpeed};
use super::numbers::Numbers;
use super::{Placement, Problem, Protection, Stated, failure, protection, stated};

/// A component with every default filled in.
#[derive(Clone, Debug)]
pub struct Component<'a> {
    /// As the plan has it.
    pub source: &'a plan::Component,
    /// Its type; an external service stands in for a type that is not known.
    pub kind: &'static ComponentType,
    /// The kind of hosting, if chosen.
    pub hosting: Option<HostingKind>,
    /// The offer it runs on, if chosen and known.
    pub offer: Option<&'a Offer>,
    /// The software that is run on it, if chosen and known.
    pub software: Option<&'a Offer>,
    /// How many there are.
    pub instances: usize,
    /// How many of its instances carry load; replicas that only wait do not.
    pub serving: usize,
    /// How many of its instances have to work.
    pub redundancy: Redundancy,
    /// The component that this one waits to replace.
    pub standby_for: Option<usize>,
    /// The failure domains of each instance, from the narrowest to the widest.
    pub placement: Placement,
    /// Connections that leave it.
    pub calls: Vec<usize>,
    /// Connections that reach it.
    pub callers: Vec<usize>,
    /// Dependency groups of the connections that leave it.
    pub groups: Vec<usize>,
    /// Mean time one visit keeps one server busy, where neither the caller nor the journey says otherwise.
    pub service_time: Sourced<Seconds>,
    /// Parallel servers of one instance.
    pub servers: Sourced<f64>,
    /// Squared coefficient of variation of the service time.
    pub scv: f64,
    /// Whether all instances serve one line.
    pub shares_line: bool,
    /// Workers of one instance that a visit holds for its whole stay, calls to others included; none without limit.
    pub pool: Option<usize>,
    /// Visits that may be at one instance, waiting and being served; none without limit.
    pub room: Option<usize>,
    /// Share of visits that it answers itself.
    pub hit_ratio: f64,
    /// Disk operations of one visit, where the caller does not say otherwise.
    pub ios_per_visit: f64,
    /// Bytes from and to the disk of one visit.
    pub disk_bytes_per_visit: f64,
    /// The disk of one instance, if its disk can limit it.
    pub disk: Option<DiskSpeed>,
    /// Share of the processor that goes to the hypervisor; 0 where nothing of it is known or asked for.
    pub virtualisation: Sourced<f64>,
    /// Share of the work that only one server of an instance at a time can do.
    pub contention: f64,
    /// What every pair of servers of an instance loses to keep in step.
    pub coherency: f64,
    /// Servers that one instance has for good, and the server-seconds that it can save up, where its cores are
    /// only lent for a while.
    pub cpu_credit: Option<(f64, f64)>,
    /// What one instance takes up, and what it has room for.
    pub footprint: Footprint,
    /// Bytes per second that the network of one instance carries in each direction, if known.
    pub bytes_per_second: Option<f64>,
    /// Processor time and disk operations of one read and one write.
    pub access: Access,
    /// How old a job may get before it is done, if the plan says so.
    pub max_age: Option<Seconds>,
    /// Units by the hour; none where there would be none of them.
    pub burst: Option<Burst>,
    /// What protects its data.
    pub protection: Protection,
    /// How long resolvers remember its answers; none for what answers no names.
    pub time_to_live: Option<Seconds>,
    /// Where the disk of one instance is; none where nobody says so and the hosting does not tell.
    pub disk_kind: Option<Disk>,
    /// The disk that its provider sells for it: the one that the plan names, or else the usual one of its kind.
    pub volume: Option<&'a Volume>,
    /// What is bought with the disk.
    pub bought: Bought,
    /// What its provider charges beside the offer, each once.
    pub beside: Vec<&'a Extra>,
    /// Share of time that one instance is down by itself.
    pub unavailability: Sourced<Range>,
    /// How often one instance fails; `None` where only a share of time is known.
    pub failures_per_hour: Option<Range>,
    /// Time that the plan states for the repair of one instance.
    pub repair_time: Option<Seconds>,
    /// How many instances are repaired at the same time, whole numbers of at least 1.
    pub repair_crews: Range,
    /// What the plan states of its bill, its work and its way out.
    pub stated: Stated,
}

impl Component<'_> {
    /// Data that every instance keeps.
    pub fn data(&self) -> Gigabytes {
        Gigabytes(self.footprint.storage / 1e9)
    }
}

/// Units that run only in busy hours.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Burst {
    /// How many.
    pub instances: usize,
    /// Hours of the month that are paid for.
    pub hours_month: f64,
    /// From the decision to add them until they serve: noticing and starting.
    pub start_up: Sourced<Seconds>,
}

/// What one instance takes up, and what it has room for; room that is not known is absent.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Footprint {
    /// Bytes of memory without any request.
    pub memory: f64,
    /// Bytes of memory of each request that is present.
    pub memory_per_request: f64,
    /// Bytes of memory that there are.
    pub memory_room: Option<f64>,
    /// Bytes of data; every instance has all of it.
    pub storage: f64,
    /// Share by which these grow every month: 0.05 is 5 %.
    pub storage_growth: f64,
    /// Bytes of disk space that there are; absent where space is bought by the gigabyte.
    pub storage_room: Option<f64>,
    /// Connections that may be open at once.
    pub connections_room: Option<f64>,
}

/// Work of a database for one read and one write.
#[derive(Clone, Copy, Debug, Default)]
pub struct Access {
    /// Processor time of a read.
    pub read: Seconds,
    /// Processor time of a write.
    pub write: Seconds,
    /// Disk operations of a read.
    pub ios_per_read: f64,
    /// Disk operations of a write.
    pub ios_per_write: f64,
}

/// A value and where it comes from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sourced<T> {
    /// The value.
    pub value: T,
    /// Who says so.
    pub origin: Origin,
}

/// Who says what a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The plan.
    Stated,
    /// The offer in the catalogue.
    Offer,
    /// The component type's default: the reference machine.
    Default,
    /// The planner's estimate for this kind of hosting.
    Assumed,
}

/// How many instances have to work.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Redundancy {
    /// As many as the peak needs.
    Capacity,
    /// This many, from 1 to the number of instances.
    AtLeast(usize),
    /// The primary, or a replica that has taken over.
    PrimaryReplica {
        /// Until the failure is noticed.
        detect: Seconds,
        /// Until a replica has taken over.
        switch: Seconds,
        /// Probability that the switch works.
        coverage: Probability,
    },
}

pub(super) fn resolve<'a>(
    source: &'a plan::Component,
    plan: &'a Plan,
    catalog: &'a Catalog,
    problems: &mut Vec<Problem>,
) -> Component<'a> {
    let kind = components::component_type(&source.kind).unwrap_or_else(|| {
        problems.push(Problem::unknown_type(&source.id, &source.kind));
        components::component_type("external_service").unwrap_or(components::ALL[0])
    });
    let (hosting, offer, software) = resolve_hosting(source, kind, catalog, problems);
    let mut numbers = Numbers {
        subject: &source.id,
        problems,
    };
    let instances = numbers.count("instances", source.instances, 1, 1_000);
    let redundancy = resolve_redundancy(source, instances, &mut numbers);
    let serving = match redundancy {
        Redundancy::PrimaryReplica { .. } => 1,
        _ => instances,
    };

    let burst = resolve_burst(source, offer, &mut numbers);
    let demand = resolve_demand(source, kind, offer, &mut numbers);
    let named = disk::named(source, offer, catalog, numbers.problems);
    let disk_kind = disk::kind(source, hosting, offer, named);
    let volume = named.or_else(|| disk::usual(disk_kind, offer, catalog));
    let bought = disk::bought(source, volume, &mut numbers);
    let assumptions = &plan.assumptions;
    let sold = (offer, volume, bought);
    let disk = disk::speed(source, kind, disk_kind, sold, assumptions, &mut numbers);
    let footprint = footprint(source, kind, offer, disk_kind, &mut numbers);
    let protection = protection::resolve(source, kind, offer, &mut numbers);
    let mut setting = |id: &str| numbers.setting(source, kind, id).value;
    let (contention, coherency) = (setting("contention"), setting("coherency"));
    let disk_bytes_per_visit = setting("disk_kb_per_request") * 1e3;
    let scv = numbers.setting(source, kind, "scv").value;
    let hit_ratio = if kind.behaviour.caches {
        numbers.setting(source, kind, "hit_ratio").value
    } else {
        0.0
    };
    let [pool, room] = ["pool", "room"].map(|id| limit(numbers.setting(source, kind, id).value));
    let is_stated = |parameter: &&Parameter| source.settings.contains_key(parameter.id);
    for parameter in kind.parameters.iter().filter(is_stated) {
        numbers.setting(source, kind, parameter.id);
    }
    let time_to_live = kind
        .parameter("ttl_seconds")
        .map(|parameter| Seconds(numbers.setting(source, kind, parameter.id).value));
    let balancing = source
        .settings
        .get("balancing")
        .and_then(serde_json::Value::as_str);
    let max_age = numbers.setting(source, kind, "max_age_seconds").value;
    let unavailability =
        failure::unavailability(source, kind, hosting, &plan.assumptions, &mut numbers);
    Component {
        source,
        kind,
        hosting,
        offer,
        software,
        instances,
        serving,
        redundancy,
        standby_for: None,
        placement: Placement::default(),
        calls: Vec::new(),
        callers: Vec::new(),
        groups: Vec::new(),
        service_time: demand.service_time,
        servers: demand.servers,
        scv,
        shares_line: balancing.map_or(kind.behaviour.pulls_work, |word| word == "shared"),
        pool,
        room,
        hit_ratio,
        ios_per_visit: demand.ios_per_visit,
        disk_bytes_per_visit,
        disk,
        virtualisation: virtualisation(source, plan, hosting),
        contention,
        coherency,
        cpu_credit: cpu_credit(offer, demand.servers, assumptions),
        footprint,
        bytes_per_second: offer
            .and_then(|offer| offer.network_mbit)
            .map(|mbit| mbit * 1e6 / 8.0),
        access: demand.access,
        burst,
        protection,
        time_to_live,
        disk_kind,
        volume,
        bought,
        beside: resolve_beside(source, offer, catalog, numbers.problems),
        max_age: Some(max_age).filter(|&seconds| seconds > 0.0).map(Seconds),
        unavailability,
        failures_per_hour: failure::failures_per_hour(source, kind, hosting, &plan.assumptions),
        repair_time: failure::repair_time(source),
        repair_crews: failure::repair_crews(source, &plan.assumptions, &mut numbers),
        stated: stated::resolve(source, &mut numbers),
    }
}

fn resolve_redundancy(
    source: &plan::Component,
    instances: usize,
    numbers: &mut Numbers,
) -> Redundancy {
    match &source.redundancy {
        None | Some(plan::Redundancy::Capacity) => Redundancy::Capacity,
        Some(plan::Redundancy::All) => Redundancy::AtLeast(instances),
        Some(plan::Redundancy::K(k) | plan::Redundancy::Quorum(k)) => {
            Redundancy::AtLeast(numbers.count("redundancy", Some(*k), 1, instances))
        }
        Some(plan::Redundancy::PrimaryReplica(how)) => Redundancy::PrimaryReplica {
            detect: Seconds(numbers.or("detect_seconds", how.detect_seconds, 30.0, 0.0, 1e7)),
            switch: Seconds(numbers.or("switch_seconds", how.switch_seconds, 60.0, 0.0, 1e7)),
            coverage: Probability(numbers.or("coverage", how.coverage, 0.95, 0.0, 1.0)),
        },
    }
}

/// A limit of at least 1; 0 means that there is none.
fn limit(stated: f64) -> Option<usize> {
    (stated > 0.0).then(|| (stated as usize).max(1))
}

/// What one visit takes, and what one instance gives.
struct ResolvedDemand {
    service_time: Sourced<Seconds>,
    servers: Sourced<f64>,
    ios_per_visit: f64,
    access: Access,
}

fn resolve_demand(
    source: &plan::Component,
    kind: &ComponentType,
    offer: Option<&Offer>,
    numbers: &mut Numbers,
) -> ResolvedDemand {
    let says_service_time = source.settings.contains_key("service_time_ms");
    let service_time = numbers.setting(source, kind, "service_time_ms");
    let servers = match (
        source.settings.contains_key("servers"),
        offer.and_then(|offer| offer.vcpu),
    ) {
        (false, Some(vcpu)) => Sourced {
            value: vcpu.max(f64::MIN_POSITIVE),
            origin: Origin::Offer,
        },
        _ => numbers.setting(source, kind, "servers"),
    };
    // Who states the service time replaces the type's whole default demand, its disk work included.
    let ios_per_visit = numbers.setting(source, kind, "iops_per_request");
    let ios_per_visit = if says_service_time && ios_per_visit.origin != Origin::Stated {
        0.0
    } else {
        ios_per_visit.value
    };
    let access = Access {
        read: Seconds::from_millis(numbers.setting(source, kind, "read_ms").value),
        write: Seconds::from_millis(numbers.setting(source, kind, "write_ms").value),
        ios_per_read: numbers.setting(source, kind, "ios_per_read").value,
        ios_per_write: numbers.setting(source, kind, "ios_per_write").value,
    };
    ResolvedDemand {
        service_time: Sourced {
            value: Seconds::from_millis(service_time.value),
            origin: service_time.origin,
        },
        servers,
        ios_per_visit,
        access,
    }
}

/// Seconds to notice that more is needed, where nobody says otherwise.
const DETECT_SECONDS: f64 = 60.0;

/// Seconds from order to first use, where neither the plan nor the offer says so.
const START_SECONDS: f64 = 120.0;

fn resolve_burst(
    source: &plan::Component,
    offer: Option<&Offer>,
    numbers: &mut Numbers,
) -> Option<Burst> {
    let burst = source.hosting.as_ref()?.extra.as_ref()?.burst.as_ref()?;
    let instances = numbers.clamped("instances", burst.instances, 0.0, 1_000.0);
    let detect = numbers.or(
        "detect_seconds",
        burst.detect_seconds,
        DETECT_SECONDS,
        0.0,
        1e6,
    );
    let offered = offer.and_then(|offer| offer.provision_seconds);
    let (start, origin) = match (burst.start_seconds, offered) {
        (Some(stated), _) => (stated, Origin::Stated),
        (None, Some(offered)) => (offered, Origin::Offer),
        (None, None) => (START_SECONDS, Origin::Default),
    };
    let start = numbers.clamped("start_seconds", start, 0.0, 1e6);
    Some(Burst {
        instances: instances.floor() as usize,
        hours_month: numbers.clamped("hours_month", burst.hours_month, 0.0, HOURS_PER_MONTH),
        start_up: Sourced {
            value: Seconds(detect + start),
            origin,
        },
    })
    .filter(|burst| burst.instances > 0)
}

/// Share of the processor that the hypervisor takes: where the plan states it, or where the time of a visit is
/// not the plan's own; nothing on metal and on platforms.
fn virtualisation(
    source: &plan::Component,
    plan: &Plan,
    hosting: Option<HostingKind>,
) -> Sourced<f64> {
    let is_virtual = matches!(hosting, Some(HostingKind::Vps | HostingKind::Iaas));
    let times = ["service_time_ms", "read_ms", "write_ms"];
    let states_time = times.iter().any(|time| source.settings.contains_key(*time))
        || plan
            .journeys
            .iter()
            .any(|journey| journey.demands.contains_key(&source.id));
    let stated = plan.assumptions.stated("virtualisation_overhead");
    match stated {
        Some(stated) if is_virtual => Sourced {
            value: stated.base,
            origin: Origin::Stated,
        },
        None if is_virtual && !states_time => Sourced {
            value: plan.assumptions.get("virtualisation_overhead").base,
            origin: Origin::Assumed,
        },
        _ => Sourced {
            value: 0.0,
            origin: Origin::Default,
        },
    }
}

/// What a machine with burstable cores has for good, and what it can save up. A machine of less than a core is
/// sold by what it has for good.
fn cpu_credit(
    offer: Option<&Offer>,
    servers: Sourced<f64>,
    assumptions: &Assumptions,
) -> Option<(f64, f64)> {
    let offer = offer.filter(|offer| offer.cpu == Some(Cpu::Burstable))?;
    offer.vcpu.filter(|&vcpu| vcpu >= 1.0)?;
    let baseline = servers.value * assumptions.get("burst_baseline").base;
    let hours = assumptions.get("burst_credit_hours").base;
    Some((baseline, baseline * hours * 3600.0))
}

fn footprint(
    source: &plan::Component,
    kind: &ComponentType,
    offer: Option<&Offer>,
    disk: Option<Disk>,
    numbers: &mut Numbers,
) -> Footprint {
    let mut setting = |id: &str| numbers.setting(source, kind, id).value;
    // Space on a disk behind the network is bought by the gigabyte, beside what comes with a machine.
    let has_own_volume = source
        .hosting
        .as_ref()
        .is_some_and(|hosting| hosting.disk.is_some() || hosting.volume.is_some())
        && matches!(disk, Some(Disk::Network | Disk::Provisioned));
    let most = setting("max_connections");
    Footprint {
        memory: setting("memory_mb") * 1e6,
        memory_per_request: setting("memory_mb_per_request") * 1e6,
        memory_room: offer
            .and_then(|offer| offer.memory_gib)
            .map(|gib| gib * 1_073_741_824.0),
        storage: setting("data_gb") * 1e9,
        storage_growth: setting("data_growth_percent_month") / 100.0,
        storage_room: offer
            .filter(|_| !has_own_volume)
            .and_then(|offer| offer.disk_gb)
            .map(|gb| gb * 1e9),
        connections_room: (most > 0.0).then_some(most),
    }
}

/// What its provider charges beside the offer, as far as the provider has it.
fn resolve_beside<'a>(
    source: &plan::Component,
    offer: Option<&Offer>,
    catalog: &'a Catalog,
    problems: &mut Vec<Problem>,
) -> Vec<&'a Extra> {
    let asked = source.hosting.iter().flat_map(|hosting| &hosting.with);
    let provider = offer.and_then(|offer| catalog.provider_of(offer));
    let mut beside: Vec<&Extra> = Vec::new();
    for id in asked {
        let found = provider.and_then(|provider| provider.beside().find(|one| one.id == *id));
        match found {
            Some(extra) if beside.iter().all(|known| known.id != extra.id) => beside.push(extra),
            Some(_) => {}
            None if catalog.providers.is_empty() => {}
            None => {
                let provider = provider.map(|provider| provider.name.as_str());
                problems.push(Problem::not_sold(&source.id, "with", id, provider));
            }
        }
    }
    beside
}

type ResolvedHosting<'a> = (Option<HostingKind>, Option<&'a Offer>, Option<&'a Offer>);

fn resolve_hosting<'a>(
    source: &plan::Component,
    kind: &ComponentType,
    catalog: &'a Catalog,
    problems: &mut Vec<Problem>,
) -> ResolvedHosting<'a> {
    let Some(hosting) = &source.hosting else {
        return (None, None, None);
    };
    let mut find = |id: &Option<String>, what| {
        let id = id.as_deref()?;
        let offer = catalog.offer(id);
        if offer.is_none() && !catalog.providers.is_empty() {
            problems.push(Problem::unknown_offer(&source.id, what, id));
        }
        offer
    };
    let offer = find(&hosting.offer, "offer");
    let software = find(&hosting.software, "software");
    if let Some(offer) = offer
        && !offer.fits(kind.id)
    {
        problems.push(Problem::unfit_offer(&source.id, &offer.name, kind.name));
    }
    let offered = offer.and_then(|offer| offer.kind.hosting());
    if let (Some(stated), Some(offered)) = (hosting.kind, offered)
        && stated != offered
    {
        problems.push(Problem::kind_mismatch(
            &source.id,
            stated.name(),
            offered.name(),
        ));
    }
    (hosting.kind.or(offered), offer, software)
}
