//! What a component can run out of: rates that queue and fill up, and room that something fits into or not.

use super::{Load, Traffic};
use crate::analysis::queueing::SATURATED;
use crate::analysis::queueing::scalability::Scalability;
use crate::topology::{Origin, Topology};

/// What a component can run out of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Resource {
    /// Servers: cores, workers.
    Cpu,
    /// Memory: what its program and the requests present take.
    Memory,
    /// Disk operations.
    Disk,
    /// Bytes from and to the disk.
    DiskThroughput,
    /// Bytes received.
    NetworkIn,
    /// Bytes sent.
    NetworkOut,
    /// Disk space: what its data takes.
    Storage,
    /// Connections that its callers keep open.
    Connections,
    /// Workers that visits hold for their whole stay; what they are good for depends on what else is asked.
    Workers,
}

impl Resource {
    /// Those that a component has by itself, in the order of reports.
    pub const ALL: [Self; 8] = [
        Self::Cpu,
        Self::Memory,
        Self::Disk,
        Self::DiskThroughput,
        Self::NetworkIn,
        Self::NetworkOut,
        Self::Storage,
        Self::Connections,
    ];

    /// Those that carry so much per second: they fill up with the load, and at 1 there is no steady state.
    pub const RATES: [Self; 5] = [
        Self::Cpu,
        Self::Disk,
        Self::DiskThroughput,
        Self::NetworkIn,
        Self::NetworkOut,
    ];

    /// Whether it is room that something fits into or not; nothing waits for it.
    pub fn is_fit(self) -> bool {
        matches!(self, Self::Memory | Self::Storage | Self::Connections)
    }

    /// The word in sentences.
    pub fn name(self) -> &'static str {
        match self {
            Self::Cpu => "processor",
            Self::Memory => "memory",
            Self::Disk => "disk",
            Self::DiskThroughput => "disk throughput",
            Self::NetworkIn => "network (in)",
            Self::NetworkOut => "network (out)",
            Self::Storage => "storage",
            Self::Connections => "connections",
            Self::Workers => "workers",
        }
    }

    /// The name in files.
    pub fn id(self) -> &'static str {
        match self {
            Self::Cpu => "cpu",
            Self::Memory => "memory",
            Self::Disk => "disk",
            Self::DiskThroughput => "disk_throughput",
            Self::NetworkIn => "network_in",
            Self::NetworkOut => "network_out",
            Self::Storage => "storage",
            Self::Connections => "connections",
            Self::Workers => "workers",
        }
    }

    /// The unit of its demand and its capacity.
    pub fn unit(self) -> &'static str {
        match self {
            Self::Cpu => "servers",
            Self::Memory | Self::Storage => "bytes",
            Self::Disk => "operations/s",
            Self::DiskThroughput | Self::NetworkIn | Self::NetworkOut => "bytes/s",
            Self::Connections => "connections",
            Self::Workers => "visits/s",
        }
    }

    /// What a load asks of a rate: erlangs, operations or bytes per second; 0 for room.
    pub fn demand(self, load: &Load) -> f64 {
        match self {
            Self::Cpu => load.offered_load,
            Self::Disk => load.disk_operations_per_second,
            Self::DiskThroughput => load.disk_bytes_per_second,
            Self::NetworkIn => load.bytes_in_per_second,
            Self::NetworkOut => load.bytes_out_per_second,
            Self::Workers => load.arrival_rate.0,
            Self::Memory | Self::Storage | Self::Connections => 0.0,
        }
    }

    /// What one instance of a component carries of a rate, in the unit of [`Resource::demand`]; `None` if it is
    /// not known, if the component has no such resource, and for room.
    pub fn capacity(self, topology: &Topology, component: usize) -> Option<f64> {
        let resolved = &topology.components[component];
        let disk = resolved.disk.as_ref();
        let capacity = match self {
            Self::Cpu => Some(resolved.servers.value * speed(topology, component)),
            Self::Disk => disk.map(|disk| disk.operations_per_second.value),
            Self::DiskThroughput => disk.and_then(|disk| disk.bytes_per_second),
            Self::NetworkIn | Self::NetworkOut => resolved.bytes_per_second,
            Self::Memory | Self::Storage | Self::Connections | Self::Workers => None,
        };
        capacity
            .filter(|&capacity| capacity > 0.0)
            .map(|capacity| capacity.max(LEAST_CAPACITY))
    }
}

/// Smaller capacities of one instance count as this much, so that no utilisation is without limit.
const LEAST_CAPACITY: f64 = 1e-9;

/// What makes a server slower than the one that a service time is given for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SpeedFactor {
    /// What it is, in a few words.
    pub name: &'static str,
    /// Share of the speed that is left, above 0 and up to 1: the service time is divided by it.
    pub factor: f64,
    /// Who says so.
    pub origin: Origin,
}

/// What makes the servers of a component slower; empty where nothing does.
pub fn speed_factors(topology: &Topology, component: usize) -> Vec<SpeedFactor> {
    let origin = topology.components[component].virtualisation.origin;
    let factors = [
        SpeedFactor {
            name: "virtualisation",
            factor: share_left(topology, component),
            origin,
        },
        SpeedFactor {
            name: "servers in each other's way",
            factor: efficiency(topology, component),
            origin: Origin::Stated,
        },
    ];
    let slows = |factor: &SpeedFactor| factor.factor < 1.0;
    factors.into_iter().filter(slows).collect()
}

/// Speed of the servers of a component against the one that a service time is given for.
fn speed(topology: &Topology, component: usize) -> f64 {
    share_left(topology, component) * efficiency(topology, component)
}

/// Share of the processor that the hypervisor leaves.
fn share_left(topology: &Topology, component: usize) -> f64 {
    (1.0 - topology.components[component].virtualisation.value).max(LEAST_CAPACITY)
}

fn efficiency(topology: &Topology, component: usize) -> f64 {
    let servers = topology.components[component].servers.value;
    scalability(topology, component).efficiency(servers)
}

/// What the servers of an instance lose to each other.
pub fn scalability(topology: &Topology, component: usize) -> Scalability {
    let resolved = &topology.components[component];
    Scalability::new(resolved.contention, resolved.coherency).unwrap_or_default()
}

/// The share of a resource in use when `serving` instances carry the load; `None` if nothing limits it.
pub fn utilisation(
    topology: &Topology,
    component: usize,
    resource: Resource,
    load: &Load,
    serving: usize,
) -> Option<f64> {
    let capacity = resource.capacity(topology, component)? * serving as f64;
    share(resource.demand(load), capacity)
}

/// The utilisation of the busiest of the resources that carry so much per second; 0 if nothing limits it.
pub fn busiest(topology: &Topology, component: usize, load: &Load, serving: usize) -> f64 {
    Resource::RATES
        .into_iter()
        .filter_map(|resource| utilisation(topology, component, resource, load, serving))
        .fold(0.0, f64::max)
}

/// The share of a capacity that a demand takes; `None` where there is a demand and nothing for it.
pub(in crate::analysis) fn share(demand: f64, capacity: f64) -> Option<f64> {
    if demand <= 0.0 {
        return Some(0.0);
    }
    (capacity > 0.0).then(|| demand / capacity)
}

/// For every component the smallest number of instances that carries the peak with no resource saturated,
/// from 1 to all instances: also all of them where even these do not suffice.
pub fn needed_instances(topology: &Topology, traffic: &Traffic) -> Vec<usize> {
    (0..topology.components.len())
        .map(|component| {
            let most = topology.components[component].instances;
            // The instances that are needed are those that refuse nobody.
            let load = &traffic.loads[component].times(1.0 / traffic.let_in[component]);
            Resource::RATES
                .iter()
                .filter_map(|&resource| utilisation(topology, component, resource, load, 1))
                .map(|utilisation| instances_for(utilisation, most))
                .fold(1, usize::max)
        })
        .collect()
}

/// The smallest number of instances below saturation, given the utilisation of a single one.
fn instances_for(utilisation: f64, most: usize) -> usize {
    if utilisation >= most as f64 {
        return most;
    }
    let whole = (utilisation as usize).max(1);
    let enough = |instances: usize| utilisation / (instances as f64) < SATURATED;
    (whole..most).find(|&n| enough(n)).unwrap_or(most)
}
