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
    let traffic = traffic(topology, &conditions);
    OperatingPoint {
        stations: stations(topology, &traffic),
        traffic,
        conditions,
    }
}
