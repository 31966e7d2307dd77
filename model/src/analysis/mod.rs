//! What a plan does: pure functions from the topology to one report each.
//!
//! Analyses are total and do not know each other; what several of them need is [`queueing`], [`traffic`],
//! [`stations`] and the [`operating_point`] at which both agree.

pub mod availability;
pub mod capacity;
pub mod cost;
pub mod latency;
pub mod lock_in;
pub mod operating_point;
pub mod queueing;
pub mod removal;
pub mod stations;
pub mod traffic;
pub mod work;

use crate::topology::Topology;

/// What all analyses say about one plan, in the order in which they are computed.
#[derive(Clone, Debug)]
pub struct Reports {
    /// The plan with everything there and every journey at its peak.
    pub at_peak: operating_point::OperatingPoint,
    /// How many instances of each component the peak needs.
    pub needed: Vec<usize>,
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
        let at_peak =
            operating_point::operating_point(topology, traffic::Conditions::peak(topology));
        let needed = traffic::needed_instances(topology, &at_peak.traffic);
        Self {
            capacity: capacity::capacity(topology, &at_peak.traffic),
            latency: latency::latency(topology, &at_peak),
            availability: availability::availability(topology, &needed),
            removal: removal::removal(topology, &at_peak),
            cost: cost::cost(topology, &at_peak.traffic),
            work: work::work(topology),
            lock_in: lock_in::lock_in(topology),
            at_peak,
            needed,
        }
    }
}
