//! How often every component is visited and every connection is used, per request and per second.
//!
//! **Question.** A journey starts so many requests per second: what reaches each component?
//!
//! **Model.** Traffic equations of an open network: visits of a component are what enters there plus what its
//! callers send, `v_j = e_j + Σ_i v_i · c_ij`, with `c_ij` the mean calls per visit. A cache passes on what it
//! misses; alternatives divide calls by weight; a look-aside cache spares its caller the hits; a standby gets
//! nothing while its primary is there. A CDN's hits are limited to the journey's static share.
//!
//! **Assumptions.** Calls per visit are means and do not depend on the load. Optional and asynchronous calls
//! are made as drawn. While a cache is gone, its callers reach what it called with the calls they made to it.
//! A cache that loses one of several instances keeps its hit ratio.
//!
//! **Formula.** Sets of components that call each other in a circle are solved together, `(I - Aᵀ) v = e`;
//! everything else follows in call order. A circle that sends round as much as it gets has no solution: it is
//! a problem, its calls that do not lead onward are left out, and the rest is computed.
//!
//! **Reference.** Jackson, *Jobshop-like queueing systems*, Management Science 10 (1963); forced-flow law:
//! Denning & Buzen, *The operational analysis of queueing network models*, ACM Computing Surveys 10 (1978).
//!
//! **Complexity.** `O(components + connections)` per journey, plus `O(s³)` per circle of `s` components.

mod conditions;
mod linear;
mod load;
mod network;
mod resource;

use std::collections::BTreeSet;

use crate::plan::Id;
use crate::topology::{Problem, Topology};
use crate::units::RequestsPerSecond;

pub use conditions::{Conditions, Removed};
pub use load::{Load, bytes_per_call};
pub use resource::{
    Resource, SpeedFactor, busiest, needed_instances, scalability, speed_factors, utilisation,
};

pub(in crate::analysis) use linear::{Term, solve};
pub(crate) use load::service_time;
pub(crate) use network::hit_ratio;

pub(in crate::analysis) use load::{disk_operations, load_per_request};
pub(in crate::analysis) use network::{Calls, Change, Detour, Flow, Network};
pub(in crate::analysis) use resource::share;

/// What reaches every component and connection.
#[derive(Clone, Debug, PartialEq)]
pub struct Traffic {
    /// Per journey, in the order of the topology.
    pub journeys: Vec<JourneyTraffic>,
    /// How many instances of each component carry load.
    pub serving: Vec<usize>,
    /// Whether somebody waits for any visit of each component: a journey that is not in the background.
    pub waited_for: Vec<bool>,
    /// Share of the visits of each component that are let in; 1 where there is room for all.
    pub let_in: Vec<f64>,
    /// What all journeys together ask of each component; what is refused does not count.
    pub loads: Vec<Load>,
    /// What all journeys together send over each connection.
    pub connections: Vec<ConnectionTraffic>,
    /// Circles of calls that multiply themselves.
    pub problems: Vec<Problem>,
}

/// What one request of a journey causes.
#[derive(Clone, Debug, PartialEq)]
pub struct JourneyTraffic {
    /// Requests per second.
    pub arrival_rate: RequestsPerSecond,
    /// Mean visits of every component.
    pub visits: Vec<f64>,
    /// Mean calls over every connection.
    pub calls: Vec<f64>,
    /// Mean visits of every component that the user waits for.
    pub synchronous_visits: Vec<f64>,
    /// Mean calls over every connection that the user waits for.
    pub synchronous_calls: Vec<f64>,
    /// Components of circles that multiply themselves: their visits are without limit, and what is given for
    /// them leaves out the calls that lead back.
    pub multiplying: BTreeSet<usize>,
    /// Bytes per second from outside where it starts.
    pub request_bytes_per_second: f64,
    /// Bytes per second to outside where it starts.
    pub response_bytes_per_second: f64,
}

impl Traffic {
    /// What one request of a journey asks of a component.
    pub fn load_per_request(&self, topology: &Topology, journey: usize, component: usize) -> Load {
        let flow = &self.journeys[journey];
        if flow.visits[component] <= 0.0 || self.serving[component] == 0 {
            return Load::default();
        }
        load_per_request(topology, journey, &flow.calls, component).times(self.let_in[component])
    }
}

/// What goes over a connection.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ConnectionTraffic {
    /// Calls per second.
    pub arrival_rate: RequestsPerSecond,
    /// Bytes of requests per second, from the caller to the called.
    pub request_bytes_per_second: f64,
    /// Bytes of responses per second, from the called to the caller.
    pub response_bytes_per_second: f64,
}

/// The traffic of a topology under these conditions.
pub fn traffic(topology: &Topology, conditions: &Conditions) -> Traffic {
    let mut network = Network::new(topology, conditions);
    network.remove(&conditions.removed, &mut Change::default());
    let mut traffic = Traffic {
        journeys: Vec::new(),
        serving: (0..topology.components.len())
            .map(|component| match network.serving(component) {
                0 => 0,
                serving => serving + conditions.extra(component),
            })
            .collect(),
        waited_for: vec![false; topology.components.len()],
        let_in: (0..topology.components.len())
            .map(|component| conditions.let_in(component))
            .collect(),
        loads: vec![Load::default(); topology.components.len()],
        connections: vec![ConnectionTraffic::default(); topology.connections.len()],
        problems: Vec::new(),
    };
    let mut multiplying: BTreeSet<usize> = BTreeSet::new();
    for journey in 0..topology.journeys.len() {
        let flow = network.flow(journey, Calls::All);
        let waited_for = topology
            .may_call_asynchronously(journey)
            .then(|| network.flow(journey, Calls::Synchronous));
        let arrival_rate = conditions.rate(journey);
        for (component, load) in traffic.loads.iter_mut().enumerate() {
            if flow.visits[component] > 0.0 && network.serving(component) > 0 {
                let per_request = load_per_request(topology, journey, &flow.calls, component);
                *load = load.plus(per_request.times(arrival_rate.0 * traffic.let_in[component]));
            }
        }
        for (connection, sum) in traffic.connections.iter_mut().enumerate() {
            if flow.calls[connection] <= 0.0 {
                continue;
            }
            let rate = arrival_rate * flow.calls[connection];
            let (request, response) = bytes_per_call(topology, journey, connection);
            sum.arrival_rate += rate;
            sum.request_bytes_per_second += rate.0 * request;
            sum.response_bytes_per_second += rate.0 * response;
        }
        multiplying.extend(&flow.multiplying);
        let found = journey_traffic(topology, arrival_rate, flow, waited_for);
        if !topology.journeys[journey].background {
            for (component, is_waited_for) in traffic.waited_for.iter_mut().enumerate() {
                *is_waited_for |= found.synchronous_visits[component] > 0.0;
            }
        }
        traffic.journeys.push(found);
    }
    traffic.problems = multiplying
        .into_iter()
        .map(|set| multiplying_loop(topology, &topology.order[set]))
        .collect();
    traffic
}

fn journey_traffic(
    topology: &Topology,
    arrival_rate: RequestsPerSecond,
    flow: Flow,
    waited_for: Option<Flow>,
) -> JourneyTraffic {
    let journey = &topology.journeys[flow.journey];
    let multiplying = flow
        .multiplying
        .iter()
        .flat_map(|&set| &topology.order[set])
        .copied()
        .filter(|&component| flow.visits[component] > 0.0)
        .collect();
    let (synchronous_visits, synchronous_calls) = match waited_for {
        Some(waited_for) => (waited_for.visits, waited_for.calls),
        None => (flow.visits.clone(), flow.calls.clone()),
    };
    JourneyTraffic {
        arrival_rate,
        visits: flow.visits,
        calls: flow.calls,
        synchronous_visits,
        synchronous_calls,
        multiplying,
        request_bytes_per_second: arrival_rate.0 * journey.request_bytes,
        response_bytes_per_second: arrival_rate.0 * journey.response_bytes,
    }
}

fn multiplying_loop(topology: &Topology, members: &[usize]) -> Problem {
    let subjects: Vec<&Id> = members.iter().map(|&member| topology.id(member)).collect();
    let shown: Vec<&str> = subjects.iter().take(5).map(|id| id.as_str()).collect();
    let mut members = shown.join(", ");
    if subjects.len() > shown.len() {
        members.push_str(", …");
    }
    let message = words!(
        "{members} call each other in a circle, and every round causes at least as many calls as the one before: no machine can carry that. The calls that lead back are left out. An answer needs no connection of its own: delete the one back, or give it fewer calls.",
        members
    );
    Problem::new("multiplying-loop", &subjects, message)
}

#[cfg(test)]
mod tests;
