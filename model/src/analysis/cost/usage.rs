//! What a plan uses in a month.

use crate::analysis::traffic::{Traffic, bytes_per_call};
use crate::topology::{Connection, Topology};
use crate::units::{Gigabytes, HOURS_PER_MONTH};

pub(super) const SECONDS_PER_MONTH: f64 = HOURS_PER_MONTH * 3600.0;

/// What is used in a month.
#[derive(Clone, Debug, Default)]
pub(super) struct Usage {
    /// Requests of all journeys from outside.
    pub(super) requests: f64,
    /// Per component.
    pub(super) components: Vec<ComponentUse>,
    /// Per connection.
    pub(super) connections: Vec<ConnectionUse>,
}

/// What a component does in a month.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct ComponentUse {
    pub(super) requests: f64,
    /// Requests that read: as many as the callers state, or each request where they state nothing.
    pub(super) reads: f64,
    /// Requests that write.
    pub(super) writes: f64,
    /// Visits × service time.
    pub(super) busy_seconds: f64,
    pub(super) disk_operations: f64,
    /// Received from and sent to callers.
    pub(super) processed: Gigabytes,
    /// Sent to where a journey comes from that starts here.
    pub(super) answered: Gigabytes,
    /// Sent to and received from what it calls beyond its provider.
    pub(super) fetched: Gigabytes,
}

/// What goes over a connection in a month.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct ConnectionUse {
    /// From the caller to the called.
    pub(super) requests: Gigabytes,
    /// From the called to the caller.
    pub(super) responses: Gigabytes,
}

/// What is used in a month in which every journey has so many times its requests of today.
pub(super) fn usage(topology: &Topology, traffic: &Traffic, times: impl Fn(usize) -> f64) -> Usage {
    let mut usage = Usage {
        requests: 0.0,
        components: vec![ComponentUse::default(); topology.components.len()],
        connections: vec![ConnectionUse::default(); topology.connections.len()],
    };
    for (index, (journey, flow)) in topology.journeys.iter().zip(&traffic.journeys).enumerate() {
        let requests =
            flow.arrival_rate.0 * journey.mean_share() * SECONDS_PER_MONTH * times(index);
        if !(requests > 0.0 && requests.is_finite()) {
            continue;
        }
        usage.requests += requests;
        for (component, used) in usage.components.iter_mut().enumerate() {
            if flow.visits[component] <= 0.0 {
                continue;
            }
            let load = traffic.load_per_request(topology, index, component);
            used.requests += requests * flow.visits[component];
            used.busy_seconds += requests * load.offered_load;
            used.disk_operations += requests * load.disk_operations_per_second;
        }
        let entry = &topology.components[journey.entry];
        if !entry.kind.behaviour.is_source {
            let used = &mut usage.components[journey.entry];
            used.reads += requests;
            used.answered += Gigabytes(requests * journey.response_bytes / 1e9);
            used.processed +=
                Gigabytes(requests * (journey.request_bytes + journey.response_bytes) / 1e9);
        }
        for (connection, edge) in topology.connections.iter().enumerate() {
            let calls = requests * flow.calls[connection];
            if calls <= 0.0 {
                continue;
            }
            let (request, response) = bytes_per_call(topology, index, connection);
            let sent = &mut usage.connections[connection];
            sent.requests += Gigabytes(calls * request / 1e9);
            sent.responses += Gigabytes(calls * response / 1e9);
            if is_beyond(topology, edge) {
                let caller = &mut usage.components[edge.from];
                caller.fetched += Gigabytes(calls * (request + response) / 1e9);
            }
            let called = &mut usage.components[edge.to];
            called.processed += Gigabytes(calls * (request + response) / 1e9);
            let (reads, writes) = edge.accesses.unwrap_or((1.0, 0.0));
            called.reads += calls * reads;
            called.writes += calls * writes;
        }
    }
    usage
}

/// Whether a connection leads to what stands outside the plan or with another provider.
fn is_beyond(topology: &Topology, edge: &Connection) -> bool {
    let (from, to) = (
        &topology.components[edge.from],
        &topology.components[edge.to],
    );
    let leads_out = to.kind.behaviour.is_external;
    leads_out || matches!((from.offer, to.offer), (Some(a), Some(b)) if a.provider != b.provider)
}
