//! The load at which a plan settles: what is asked of every component, and how it stands it.
//!
//! **Question.** Under these conditions, what reaches each component, and how busy does that make it?
//!
//! **Model.** The traffic of the conditions meets the stations.
//!
//! **Assumptions.** Steady state: the conditions last long enough for lines to settle.
//!
//! **Formula.** [`crate::analysis::traffic`], then [`crate::analysis::stations`].
//!
//! **Reference.** Lazowska et al., *Quantitative System Performance* (1984), ch. 4.
//!
//! **Complexity.** That of the traffic and the stations.

use crate::analysis::stations::{Station, stations};
use crate::analysis::traffic::{Conditions, Traffic, traffic};
use crate::topology::Topology;

/// A plan under load.
#[derive(Clone, Debug, PartialEq)]
pub struct OperatingPoint {
    /// How much is asked of the plan, and what is missing.
    pub conditions: Conditions,
    /// What reaches every component and connection.
    pub traffic: Traffic,
    /// How busy every component is, and how long its line.
    pub stations: Vec<Station>,
}

/// Where a plan settles under these conditions.
pub fn operating_point(topology: &Topology, conditions: Conditions) -> OperatingPoint {
    settled(topology, conditions)
}

/// Times that what is refused is computed again: once for each component with limited room behind another.
const MOST_PASSES: usize = 50;

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
        conditions,
    }
}
