//! One request on its way: which calls it waits for, and how long each of them takes.
//!
//! **Question.** What does a request of a journey go through, one after the other and at once?
//!
//! **Model.** A tree of calls over stations whose load is known; how its times add up and vary is in `tree`, how they
//! are distributed in `formula` and `percentiles`.
//!
//! **Assumptions.** Bytes take time where they and the bandwidth of the called machine are known, and where its
//! service time is not stated: who states that states the whole time of a visit.
//!
//! **Formula.** Transfer of `B` bytes: `B / b / (1 - U)`, a processor-sharing link.
//!
//! **Reference.** Kleinrock, *Queueing Systems* II (1976), ch. 4.
//!
//! **Complexity.** `O(1)` per call.

mod attempts;
mod formula;
mod node;
mod percentiles;
mod tree;

use crate::analysis::queueing::processor_sharing::shared;
use crate::analysis::stations::Station;
use crate::analysis::traffic::{Resource, Traffic, bytes_per_call, disk_operations, service_time};
use crate::plan::Mode;
use crate::topology::{Origin, Topology};
use crate::units::Seconds;

pub use attempts::{Calls, Outcomes, calls_can_fail, outcomes, retries};
pub use node::Moments;
pub use percentiles::{PercentileMethod, Percentiles};

pub(in crate::analysis) use tree::{Slowests, Tree};

/// One journey on its way through the stations.
pub(in crate::analysis) struct Path<'a> {
    pub(in crate::analysis) topology: &'a Topology<'a>,
    pub(in crate::analysis) traffic: &'a Traffic,
    pub(in crate::analysis) stations: &'a [Station],
    pub(in crate::analysis) journey: usize,
    /// What becomes of the calls over every connection; nothing where none can fail.
    pub(in crate::analysis) calls: &'a [Calls],
    /// Mean times that its visits wait at every component, where these are not those of the stations.
    pub(in crate::analysis) own_waiting: Option<&'a [Seconds]>,
}

impl Path<'_> {
    /// What becomes of the calls over a connection.
    pub(in crate::analysis) fn calls(&self, connection: usize) -> Calls {
        self.calls.get(connection).copied().unwrap_or_default()
    }

    /// Mean time that a visit waits at a component; none where it is saturated.
    pub(in crate::analysis) fn waiting(&self, component: usize) -> Option<Seconds> {
        let station = self.stations[component].waiting?;
        match self.own_waiting {
            Some(own) => own.get(component).copied(),
            None => Some(station),
        }
    }

    /// Seconds that one visit spends at a component itself; `None` is the arrival from outside.
    pub(in crate::analysis) fn stay(&self, connection: Option<usize>, component: usize) -> f64 {
        let waiting = match self.traffic.serving[component] {
            0 => None,
            _ => self.waiting(component),
        };
        let (service, transfer) = self.service_and_transfer(connection, component);
        waiting.map_or(0.0, |waiting| waiting.0) + service + transfer
    }

    /// Seconds of service at a component, and those that the bytes of the call take.
    pub(in crate::analysis) fn service_and_transfer(
        &self,
        connection: Option<usize>,
        component: usize,
    ) -> (f64, f64) {
        if self.traffic.serving[component] == 0 {
            return (0.0, 0.0);
        }
        let service = service_time(self.topology, self.journey, connection, component).0;
        (
            service * self.stations[component].slowdown,
            transfer_seconds(
                self.topology,
                self.stations,
                self.journey,
                connection,
                component,
            ),
        )
    }

    /// Calls that are waited for over a connection, per visit of its caller that is let in.
    pub(in crate::analysis) fn calls_per_visit(&self, connection: usize) -> f64 {
        let flow = &self.traffic.journeys[self.journey];
        let caller = self.topology.connections[connection].from;
        let visits = flow.synchronous_visits[caller] * self.traffic.let_in[caller];
        if visits > 0.0 {
            flow.synchronous_calls[connection] / visits
        } else {
            0.0
        }
    }

    /// The parallel calls of a component that overlap: more than one.
    pub(in crate::analysis) fn overlapping(&self, component: usize) -> Vec<usize> {
        let parallel: Vec<usize> = self.topology.components[component]
            .calls
            .iter()
            .copied()
            .filter(|&call| self.topology.connections[call].mode == Mode::Parallel)
            .filter(|&call| self.calls_per_visit(call) > 0.0)
            .collect();
        let most: f64 = parallel
            .iter()
            .map(|&call| self.calls_per_visit(call).ceil())
            .sum();
        if most > 1.0 { parallel } else { Vec::new() }
    }

    /// The calls between the members of one set: the place of the caller and the called, and the connection.
    pub(in crate::analysis) fn inner_calls(
        &self,
        members: &[usize],
    ) -> impl Iterator<Item = (usize, usize, usize)> {
        members.iter().enumerate().flat_map(move |(from, &member)| {
            self.topology.components[member]
                .calls
                .iter()
                .filter_map(move |&call| {
                    let target = self.topology.connections[call].to;
                    let to = members.binary_search(&target).ok()?;
                    Some((from, to, call))
                })
        })
    }
}

/// Seconds that the bytes and the disk work of one call take at its target, beside its servers; `None` is the
/// arrival from outside.
pub(crate) fn transfer_seconds(
    topology: &Topology,
    stations: &[Station],
    journey: usize,
    connection: Option<usize>,
    component: usize,
) -> f64 {
    let disk = stations[component].disk_operation.map_or(0.0, |each| {
        disk_operations(topology, connection, component) * each.0
    });
    disk + network_seconds(topology, stations, journey, connection, component)
}

fn network_seconds(
    topology: &Topology,
    stations: &[Station],
    journey: usize,
    connection: Option<usize>,
    component: usize,
) -> f64 {
    let resolved = &topology.components[component];
    let arriving = &topology.journeys[journey];
    let stated =
        resolved.service_time.origin == Origin::Stated || arriving.demands.contains_key(&component);
    let Some(bandwidth) = resolved.bytes_per_second.filter(|_| !stated) else {
        return 0.0;
    };
    let (request, response) = match connection {
        Some(connection) => bytes_per_call(topology, journey, connection),
        None => (arriving.request_bytes, arriving.response_bytes),
    };
    let on_its_way = |bytes: f64, resource| {
        let utilisation = stations[component].utilisation(resource).unwrap_or(0.0);
        shared(Seconds(bytes / bandwidth), utilisation).map_or(f64::INFINITY, |time| time.0)
    };
    on_its_way(request, Resource::NetworkIn) + on_its_way(response, Resource::NetworkOut)
}
