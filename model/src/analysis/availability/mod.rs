//! How often every journey is down, and why.

use crate::topology::Topology;
use crate::units::{Probability, Range};

/// How often every journey is down.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AvailabilityReport {
    /// Per journey, in the order of the topology.
    pub journeys: Vec<JourneyAvailability>,
}

/// How often one journey is down, and why.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct JourneyAvailability {
    /// Share of time that it is down.
    pub unavailability: Probability,
    /// The same, if things go well and if they go badly.
    pub unavailability_range: Range,
    /// Whether the unavailability is exact; otherwise it is bounded.
    pub exact: bool,
    /// What takes it down by itself.
    pub single_points: Vec<SinglePoint>,
    /// Smallest sets of failures that take it down, by size and name.
    pub minimal_cut_sets: Vec<Vec<String>>,
    /// How much each event matters, the one that costs most hours first.
    pub importance: Vec<Importance>,
}

/// Something that takes a journey down by itself.
#[derive(Clone, Debug, PartialEq)]
pub struct SinglePoint {
    /// The event: `component:ID`, `place:ID` or `connection:ID`.
    pub event: String,
    /// Why it does.
    pub cause: Cause,
}

/// Why one event takes a journey down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// There is one of it.
    Structural,
    /// There are several, but the peak needs them all.
    Capacity,
    /// A place takes several at once.
    Domain,
}

/// How much one event matters to a journey.
#[derive(Clone, Debug, PartialEq)]
pub struct Importance {
    /// The event.
    pub event: String,
    /// How much the unavailability changes with the event's own.
    pub birnbaum: f64,
    /// Share of the unavailability in which the event takes part.
    pub fussell_vesely: f64,
    /// Hours per year saved if it never happened.
    pub hours_year_if_perfect: f64,
}

/// How often every journey is down.
pub fn availability(topology: &Topology, _: &[usize]) -> AvailabilityReport {
    AvailabilityReport {
        journeys: topology
            .journeys
            .iter()
            .map(|_| JourneyAvailability::default())
            .collect(),
    }
}
