//! The load at which a plan settles: what is asked of every component, and how it stands it.
//!
//! **Question.** Under these conditions, what reaches each component, and how busy does that make it?
//!
//! **Model.** The traffic of the conditions meets the stations. What a component has no room for calls nobody, and
//! users who wait for an answer ask nothing meanwhile: both are part of what settles.
//!
//! **Assumptions.** Steady state: the conditions last long enough for lines to settle.
//!
//! **Formula.** [`crate::analysis::traffic`], then [`crate::analysis::stations`].
//!
//! **Reference.** Lazowska et al., *Quantitative System Performance* (1984), ch. 4.
//!
//! **Complexity.** That of the traffic and the stations.

mod populations;

use crate::analysis::stations::{Station, stations};
use crate::analysis::traffic::{Conditions, Traffic, traffic};
use crate::topology::{Journey, Topology};
use crate::units::Seconds;

pub use populations::PopulationUse;

/// A plan under load.
#[derive(Clone, Debug, PartialEq)]
pub struct OperatingPoint {
    /// How much is asked of the plan, and what is missing.
    pub conditions: Conditions,
    /// What reaches every component and connection.
    pub traffic: Traffic,
    /// How busy every component is, and how long its line.
    pub stations: Vec<Station>,
    /// Per journey, in the order of the topology: its users, where it is a fixed number of them.
    pub populations: Vec<Option<PopulationUse>>,
}

impl OperatingPoint {
    /// Mean time that a visit of a journey waits at a component; none where it is saturated.
    pub fn waiting(&self, journey: usize, component: usize) -> Option<Seconds> {
        let station = self.stations[component].waiting?;
        match self.populations.get(journey) {
            Some(Some(users)) => users.waiting.get(component).copied(),
            _ => Some(station),
        }
    }
}

/// Where a plan settles under these conditions.
pub fn operating_point(topology: &Topology, conditions: Conditions) -> OperatingPoint {
    let is_closed = |journey: &Journey| journey.population.is_some();
    if topology.journeys.iter().any(is_closed) {
        populations::settle(topology, conditions)
    } else {
        settled(topology, conditions)
    }
}

/// Times that what is refused is computed again: once for each component with limited room behind another.
const MOST_PASSES: usize = 12;

/// The point at which what every component refuses is what the others do not get.
fn settled(topology: &Topology, conditions: Conditions) -> OperatingPoint {
    let mut point = pass(topology, conditions);
    if topology
        .components
        .iter()
        .all(|component| component.room.is_none())
    {
        return point;
    }
    for _ in 0..MOST_PASSES {
        let refused: Vec<f64> = point
            .stations
            .iter()
            .map(|station| station.refused)
            .collect();
        let known = &point.conditions.refused;
        let change = refused
            .iter()
            .enumerate()
            .map(|(component, now)| (now - known.get(component).copied().unwrap_or(0.0)).abs())
            .fold(0.0, f64::max);
        if change <= 1e-12 {
            break;
        }
        let conditions = Conditions {
            refused,
            ..point.conditions
        };
        point = pass(topology, conditions);
    }
    point
}

fn pass(topology: &Topology, conditions: Conditions) -> OperatingPoint {
    let traffic = traffic(topology, &conditions);
    OperatingPoint {
        stations: stations(topology, &traffic),
        traffic,
        populations: vec![None; topology.journeys.len()],
        conditions,
    }
}
