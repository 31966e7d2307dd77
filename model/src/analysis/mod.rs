//! What a plan does: pure functions from the topology to one report each.
//!
//! Analyses are total and do not know each other; what several of them need is [`traffic`] and [`stations`].

pub mod availability;
pub mod capacity;
pub mod cost;
pub mod latency;
pub mod lock_in;
pub mod removal;
pub mod stations;
pub mod traffic;
pub mod work;

use crate::topology::Topology;

/// What all analyses say about one plan, in the order in which they are computed.
#[derive(Clone, Debug)]
pub struct Reports {
    /// What reaches every component and connection.
    pub traffic: traffic::Traffic,
    /// How many instances of each component the peak needs.
    pub needed: Vec<usize>,
    /// How busy every component is, and how long its line.
    pub stations: Vec<stations::Station>,
    /// What gives way first.
    pub capacity: capacity::CapacityReport,
    /// How long responses take.
    pub latency: latency::LatencyReport,
    /// How often every journey is down, and why.
    pub availability: availability::AvailabilityReport,
    /// What the rest carries when one thing is gone.
    pub removal: removal::RemovalReport,
    /// What is charged.
    pub cost: cost::CostReport,
    /// What there is to do, and whose work it is.
    pub work: work::WorkReport,
    /// What leaving takes.
    pub lock_in: lock_in::LockInReport,
}

impl Reports {
    /// Runs all analyses.
    pub fn new(topology: &Topology) -> Self {
        let traffic = traffic::traffic(topology, &traffic::Removed::nothing());
        let needed = traffic::needed_instances(topology, &traffic);
        let stations = stations::stations(topology, &traffic);
        Self {
            capacity: capacity::capacity(topology, &traffic),
            latency: latency::latency(topology, &traffic, &stations),
            availability: availability::availability(topology, &needed),
            removal: removal::removal(topology, &traffic, &stations),
            cost: cost::cost(topology, &traffic),
            work: work::work(topology),
            lock_in: lock_in::lock_in(topology),
            traffic,
            needed,
            stations,
        }
    }
}
