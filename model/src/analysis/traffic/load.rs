//! What visits ask of a component: processor time, disk operations, bytes.

use crate::plan::Mode;
use crate::topology::Topology;
use crate::units::{RequestsPerSecond, Seconds};

/// What is asked of all instances of a component together.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Load {
    /// Visits per second.
    pub arrival_rate: RequestsPerSecond,
    /// Visits × service time: full-speed servers kept busy, in erlangs.
    pub offered_load: f64,
    /// Visits × mean square of the service time, in seconds.
    pub squared_service: f64,
    /// Visits × how many others the same caller makes right after or before, one after the
    /// other: these do not come at random.
    pub in_a_row: f64,
    /// The same × the pause between two of them, in seconds.
    pub row_pauses: f64,
    /// Disk operations per second.
    pub disk_operations_per_second: f64,
    /// Bytes per second from and to its disk.
    pub disk_bytes_per_second: f64,
    /// Bytes per second that reach it: requests to it and responses to its own calls.
    pub bytes_in_per_second: f64,
    /// Bytes per second that leave it.
    pub bytes_out_per_second: f64,
}

/// Share of a load by which it may differ from another and be taken for the same.
const ROUNDING: f64 = 1e-12;

impl Load {
    /// Both loads together.
    pub fn plus(self, other: Self) -> Self {
        Self {
            arrival_rate: self.arrival_rate + other.arrival_rate,
            offered_load: self.offered_load + other.offered_load,
            squared_service: self.squared_service + other.squared_service,
            in_a_row: self.in_a_row + other.in_a_row,
            row_pauses: self.row_pauses + other.row_pauses,
            disk_operations_per_second: self.disk_operations_per_second
                + other.disk_operations_per_second,
            disk_bytes_per_second: self.disk_bytes_per_second + other.disk_bytes_per_second,
            bytes_in_per_second: self.bytes_in_per_second + other.bytes_in_per_second,
            bytes_out_per_second: self.bytes_out_per_second + other.bytes_out_per_second,
        }
    }

    /// Whether both differ by rounding only.
    pub(in crate::analysis) fn is_about(&self, other: &Self) -> bool {
        let numbers = |load: &Self| {
            [
                load.arrival_rate.0,
                load.offered_load,
                load.squared_service,
                load.in_a_row,
                load.row_pauses,
                load.disk_operations_per_second,
                load.disk_bytes_per_second,
                load.bytes_in_per_second,
                load.bytes_out_per_second,
            ]
        };
        let pairs = numbers(self).into_iter().zip(numbers(other));
        pairs
            .into_iter()
            .all(|(one, other)| (one - other).abs() <= ROUNDING * other)
    }

    /// The same mix at `factor` times the rate.
    pub fn times(self, factor: f64) -> Self {
        Self {
            arrival_rate: self.arrival_rate * factor,
            offered_load: self.offered_load * factor,
            squared_service: self.squared_service * factor,
            in_a_row: self.in_a_row * factor,
            row_pauses: self.row_pauses * factor,
            disk_operations_per_second: self.disk_operations_per_second * factor,
            disk_bytes_per_second: self.disk_bytes_per_second * factor,
            bytes_in_per_second: self.bytes_in_per_second * factor,
            bytes_out_per_second: self.bytes_out_per_second * factor,
        }
    }
}

/// What one request of a journey asks of a component that carries load, given the calls it causes.
pub(in crate::analysis) fn load_per_request(
    topology: &Topology,
    journey_index: usize,
    calls_per_request: &[f64],
    component: usize,
) -> Load {
    let resolved = &topology.components[component];
    let journey = &topology.journeys[journey_index];
    let mut load = Load::default();
    let stated = journey.demands.get(&component).copied();
    let mut visit = |visits: f64, demand: Option<(Seconds, f64)>| {
        let time = stated.or(demand.map(|(time, _)| time));
        let time = time.unwrap_or(resolved.service_time.value).0;
        let operations = demand.map_or(resolved.ios_per_visit, |(_, operations)| operations);
        load.arrival_rate += RequestsPerSecond(visits);
        load.offered_load += visits * time;
        load.squared_service += visits * time * time * (1.0 + resolved.scv);
        load.disk_operations_per_second += visits * operations;
        load.disk_bytes_per_second += visits * resolved.disk_bytes_per_visit;
    };
    let (mut bytes_in, mut bytes_out) = (0.0, 0.0);
    let (mut in_a_row, mut row_pauses) = (0.0, 0.0);
    if journey.entry == component {
        visit(1.0, None);
        if !resolved.kind.behaviour.is_source {
            bytes_in += journey.request_bytes;
            bytes_out += journey.response_bytes;
        }
    }
    for &connection in &resolved.callers {
        let calls = calls_per_request[connection];
        if calls > 0.0 {
            let (request, response) = bytes_per_call(topology, journey_index, connection);
            visit(calls, topology.connections[connection].demand);
            let (others, pause) = row(topology, connection);
            in_a_row += calls * others;
            row_pauses += calls * others * pause;
            bytes_in += calls * request;
            bytes_out += calls * response;
        }
    }
    for &connection in &resolved.calls {
        let calls = calls_per_request[connection];
        if calls > 0.0 {
            let (request, response) = bytes_per_call(topology, journey_index, connection);
            bytes_out += calls * request;
            bytes_in += calls * response;
        }
    }
    load.in_a_row = in_a_row;
    load.row_pauses = row_pauses;
    load.bytes_in_per_second = bytes_in;
    load.bytes_out_per_second = bytes_out;
    load
}

/// How many other calls over a connection follow or precede one of it at once, and the time between two of them.
fn row(topology: &Topology, connection: usize) -> (f64, f64) {
    let edge = &topology.connections[connection];
    let group = &topology.groups[edge.group];
    let targets = if group.divides {
        group.members.len().max(1) as f64
    } else {
        1.0
    };
    let others = (edge.undivided_calls / targets - 1.0).max(0.0);
    if others <= 0.0 || edge.mode != Mode::Sync {
        return (0.0, 0.0);
    }
    let behind = topology.components[edge.to].calls.iter();
    let behind = behind
        .map(|&call| &topology.connections[call])
        .filter(|call| call.mode != Mode::Async)
        .map(|call| {
            let service = topology.components[call.to].service_time.value;
            call.undivided_calls * (call.rtt + service).0
        });
    (others, edge.rtt.0 + behind.sum::<f64>())
}

/// Mean time that a call keeps one server of its target busy: what the journey says of the component, or
/// else the connection, or else the component. `None` is the arrival from outside.
pub(crate) fn service_time(
    topology: &Topology,
    journey: usize,
    connection: Option<usize>,
    component: usize,
) -> Seconds {
    let stated = topology.journeys[journey].demands.get(&component).copied();
    let called = || connection.and_then(|connection| topology.connections[connection].demand);
    stated
        .or_else(|| called().map(|(time, _)| time))
        .unwrap_or(topology.components[component].service_time.value)
}

/// Disk operations of a call: what its reads and writes ask for, or else the component's. `None` is the arrival
/// from outside.
pub(in crate::analysis) fn disk_operations(
    topology: &Topology,
    connection: Option<usize>,
    component: usize,
) -> f64 {
    connection
        .and_then(|connection| topology.connections[connection].demand)
        .map_or(
            topology.components[component].ios_per_visit,
            |(_, operations)| operations,
        )
}

/// Bytes of one request and one response over a connection: what it states; from a client the journey's.
#[inline]
pub fn bytes_per_call(topology: &Topology, journey: usize, connection: usize) -> (f64, f64) {
    let edge = &topology.connections[connection];
    let journey = &topology.journeys[journey];
    (
        edge.request_bytes.unwrap_or(journey.request_bytes),
        edge.response_bytes.unwrap_or(journey.response_bytes),
    )
}
