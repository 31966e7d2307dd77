//! Memory, storage and connections: what is taken of the room that there is.
//!
//! **Question.** Does what a component needs at the peak fit into what it has?
//!
//! **Model.** Room is taken, not waited for: it fits, or it does not. Memory is what an instance takes by itself and
//! for each request that is present; every instance keeps all the data; callers hold their connections open.
//!
//! **Assumptions.** Where the plan limits the workers of an instance, all of them hold their memory, and each has a
//! connection of its own to everything that it calls. Elsewhere requests present are those in line and in service
//! there, on average, when saturated as many as there are servers, and as many connections are open as calls are on
//! their way.
//!
//! **Formula.** Little's law, `L = λ R`, for what is present or on its way.
//!
//! **Reference.** Little, *A proof for the queuing formula L = λ W*, Operations Research 9 (1961).
//!
//! **Complexity.** `O(components + connections)`.

use super::{ResourceUse, Station};
use crate::analysis::traffic::{Resource, Traffic};
use crate::order::Order as _;
use crate::topology::Topology;

/// Adds what is taken of the room of every component, where the room is known.
pub(super) fn add(topology: &Topology, traffic: &Traffic, stations: &mut [Station]) {
    for (component, station) in stations.iter_mut().enumerate() {
        let footprint = topology.components[component].footprint;
        let serving = traffic.serving[component].max(1) as f64;
        let memory = footprint.memory * serving
            + footprint.memory_per_request * present(topology, component, station, serving);
        let taken = [
            (Resource::Memory, memory, footprint.memory_room),
            (
                Resource::Storage,
                footprint.storage * serving,
                footprint.storage_room,
            ),
            (
                Resource::Connections,
                connections(topology, traffic, component, station),
                footprint.connections_room,
            ),
        ];
        let known = taken.into_iter().filter_map(|(resource, demand, room)| {
            let capacity = room.filter(|room| *room > 0.0)? * serving;
            let demand = demand.min(f64::MAX);
            (demand > 0.0).then_some(ResourceUse {
                resource,
                demand,
                capacity,
                utilisation: (demand / capacity).min(f64::MAX),
                throttled: None,
            })
        });
        station.resources.extend(known);
        station.resources.order_by_key(|used| used.resource);
    }
}

/// Requests that are in line or in service at all instances.
fn present(topology: &Topology, component: usize, station: &Station, serving: f64) -> f64 {
    let resolved = &topology.components[component];
    match (resolved.pool, station.residence) {
        (Some(pool), _) => pool as f64 * serving,
        (None, Some(residence)) => station.arrival_rate.0 * residence.0,
        (None, None) => resolved.servers.value.ceil() * serving,
    }
}

/// Connections that the callers of a component hold open to all its instances.
fn connections(topology: &Topology, traffic: &Traffic, component: usize, station: &Station) -> f64 {
    let callers = topology.components[component].callers.iter();
    callers
        .map(|&connection| {
            let edge = &topology.connections[connection];
            let rate = traffic.connections[connection].arrival_rate.0;
            match (topology.components[edge.from].pool, station.residence) {
                (Some(pool), _) => pool as f64 * traffic.serving[edge.from] as f64,
                (None, Some(residence)) => rate * (edge.rtt.0 + residence.0),
                (None, None) => topology.components[component].servers.value.ceil(),
            }
        })
        .sum()
}
