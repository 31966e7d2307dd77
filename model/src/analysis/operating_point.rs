//! The load at which a plan settles: what is asked of every component, and how it stands it.
//!
//! **Question.** Under these conditions, what reaches each component, and how busy does that make it?
//!
//! **Model.** The traffic of the conditions meets the stations. What a component has no room for calls nobody, and
//! users who wait for an answer ask nothing meanwhile: both are part of what settles. What is refused or late is tried
//! again, which is traffic: the point at which both agree is sought from no retries up and from all retries down.
//! Where the two ends differ, an overload that has begun keeps itself alive (metastable); the lower one is given.
//!
//! **Assumptions.** Steady state: the conditions last long enough for lines to settle.
//!
//! **Formula.** [`crate::analysis::traffic`], then [`crate::analysis::stations`].
//!
//! **Reference.** Lazowska et al., *Quantitative System Performance* (1984), ch. 4.
//!
//! **Complexity.** That of the traffic and the stations.

mod populations;

use crate::analysis::response::{Calls, Outcomes, calls_can_fail, outcomes, retries};
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
    /// What becomes of the calls over every connection; nothing where nobody tries again, gives up or is refused.
    pub calls: Vec<Calls>,
    /// Per journey the share of its requests that fail after all attempts, outages not counted.
    pub failed: Vec<f64>,
    /// Whether an overload, once begun, would keep itself alive by what it makes callers try again.
    pub metastable: bool,
}

impl OperatingPoint {
    /// Mean time that a visit of a journey waits at a component; none where it is saturated.
    pub fn waiting(&self, journey: usize, component: usize) -> Option<Seconds> {
        let station = self.stations[component].waiting?;
        match self.own_waiting(journey) {
            Some(own) => own.get(component).copied(),
            None => Some(station),
        }
    }

    /// Mean times that the users of a journey wait at every component, where they are a fixed number.
    pub fn own_waiting(&self, journey: usize) -> Option<&[Seconds]> {
        let users = self.populations.get(journey)?.as_ref()?;
        Some(&users.waiting)
    }
}

/// Where a plan settles under these conditions.
pub fn operating_point(topology: &Topology, conditions: Conditions) -> OperatingPoint {
    let once = vec![1.0; topology.connections.len()];
    let conditions = Conditions {
        attempts: once,
        ..conditions
    };
    let can_retry = topology
        .connections
        .iter()
        .any(|edge| edge.most_attempts > 1.0);
    if !can_retry {
        let mut point = with_populations(topology, conditions);
        if calls_can_fail(topology, &point.stations) {
            // Calls behind others that give up are known first; a few rounds settle what is cut short.
            let mut known = Vec::new();
            for _ in 0..ROUNDS_WITHOUT_RETRIES {
                let found = found(topology, &point, &known);
                point.failed = found.failed;
                known = found.calls;
            }
            point.calls = known;
        }
        return point;
    }
    let most: Vec<f64> = topology
        .connections
        .iter()
        .map(|edge| retries(edge).most())
        .collect();
    let mut healthy = with_retries(topology, conditions.clone());
    let overloaded = with_retries(
        topology,
        Conditions {
            attempts: most,
            ..conditions
        },
    );
    for (low, high) in healthy.calls.iter_mut().zip(&overloaded.calls) {
        low.metastable = high.attempts > low.attempts * (1.0 + APART);
        healthy.metastable |= low.metastable;
    }
    healthy
}

/// Rounds in which failures and times agree where nobody tries again.
const ROUNDS_WITHOUT_RETRIES: usize = 2;

/// Rounds in which attempts and load agree, and how little they may still change.
const MOST_ROUNDS: usize = 60;
const AGREED: f64 = 1e-10;

/// Attempts that differ by more than this from below and from above are two states.
const APART: f64 = 0.01;

/// Where load and attempts agree, beginning at the attempts of the conditions.
fn with_retries(topology: &Topology, conditions: Conditions) -> OperatingPoint {
    let mut point = with_populations(topology, conditions);
    let mut known: Vec<Calls> = Vec::new();
    let mut moves = vec![0.0; topology.connections.len()];
    for round in 1.. {
        let now: Vec<Calls> = (0..topology.connections.len())
            .map(|connection| Calls {
                attempts: point.conditions.attempts(connection),
                ..known.get(connection).copied().unwrap_or_default()
            })
            .collect();
        let found = found(topology, &point, &now);
        let each = now.iter().zip(&found.calls).zip(&mut moves);
        let next: Vec<f64> = each
            .map(|((now, then), before)| {
                let whole = then.attempts - now.attempts;
                // More attempts make more attempts, so that full steps do not pass the point; where they do, half.
                *before = if whole * *before < 0.0 {
                    whole / 2.0
                } else {
                    whole
                };
                now.attempts + *before
            })
            .collect();
        let moved = |(now, next): (&Calls, &f64)| (now.attempts - next).abs() > AGREED * next;
        let is_settled = round > 2 && !now.iter().zip(&next).any(moved);
        known = found.calls;
        if is_settled || round == MOST_ROUNDS {
            for (calls, now) in known.iter_mut().zip(&now) {
                calls.attempts = now.attempts;
            }
            point.calls = known;
            point.failed = found.failed;
            break;
        }
        let conditions = Conditions {
            attempts: next,
            ..point.conditions
        };
        point = with_populations(topology, conditions);
    }
    point
}

fn found(topology: &Topology, point: &OperatingPoint, known: &[Calls]) -> Outcomes {
    let own_waiting: Vec<Option<&[Seconds]>> = (0..topology.journeys.len())
        .map(|journey| point.own_waiting(journey))
        .collect();
    outcomes(
        topology,
        &point.traffic,
        &point.stations,
        &own_waiting,
        known,
    )
}

/// Where load and populations agree.
fn with_populations(topology: &Topology, conditions: Conditions) -> OperatingPoint {
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
        calls: Vec::new(),
        failed: vec![0.0; topology.journeys.len()],
        metastable: false,
        conditions,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;
    use crate::plan::sketch::sketch;

    fn at_peak(text: &str) -> OperatingPoint {
        let plan = sketch(text).unwrap();
        let catalog = Catalog::default();
        let topology = Topology::new(&plan, &catalog);
        assert_eq!(topology.problems, [], "{text}");
        operating_point(&topology, Conditions::peak(&topology))
    }

    fn close(found: f64, expected: f64, tolerance: f64) {
        assert!(
            (found - expected).abs() <= tolerance * expected.abs(),
            "{found}, not {expected}"
        );
    }

    /// A call to one exponential server of 10 ms.
    fn called(rate: f64, options: &str) -> OperatingPoint {
        at_peak(&format!(
            "users[rps={rate}] -[{options}]-> app[service_time_ms=10 servers=1 unavailability=0]"
        ))
    }

    #[test]
    fn nothing_changes_where_nobody_gives_up() {
        let point = called(50.0, "retries=0");
        assert!(point.calls.is_empty() && !point.metastable);
        assert_eq!(point.failed, [0.0]);
    }

    #[test]
    fn who_gives_up_fails_as_often_as_the_answer_is_late() {
        let point = called(50.0, "timeout_ms=60");
        close(point.calls[0].failing, (-3.0_f64).exp(), 1e-9);
        close(point.failed[0], (-3.0_f64).exp(), 1e-9);
    }

    #[test]
    fn attempts_and_load_agree() {
        let point = called(50.0, "retries=3 timeout_ms=100");
        let attempts = point.calls[0].attempts;
        let late = (-(100.0 - 50.0 * attempts) * 0.1).exp();
        close(attempts, (1.0 - late.powi(4)) / (1.0 - late), 1e-6);
        close(point.stations[1].arrival_rate.0, 50.0 * attempts, 1e-9);
        close(point.failed[0], late.powi(4), 1e-6);
        assert!(!called(20.0, "retries=3 timeout_ms=100").metastable);
    }

    #[test]
    fn an_overload_that_retries_keep_alive_is_known() {
        let point = called(70.0, "retries=3 timeout_ms=300");
        assert!(point.metastable && point.calls[0].metastable);
        assert!(!called(70.0, "retries=3 timeout_ms=300 retry_budget=0.1").metastable);
        assert!(!called(20.0, "retries=3 timeout_ms=300").metastable);
    }

    #[test]
    fn retries_of_two_layers_multiply() {
        let text = "users[rps=1] -[retries=1 unavailability=0.5]-> a:app-server[service_time_ms=0 unavailability=0] -[retries=1 unavailability=0.5]-> b:app-server[service_time_ms=0 unavailability=0]";
        let point = at_peak(text);
        close(point.traffic.connections[0].arrival_rate.0, 1.5, 1e-6);
        close(point.traffic.connections[1].arrival_rate.0, 2.25, 1e-6);
        assert_eq!(point.failed, [0.0]);
    }

    #[test]
    fn what_is_refused_fails_unless_it_gets_in_later() {
        let text = |options: &str| {
            format!(
                "users[rps=80] -[{options}]-> app[service_time_ms=10 servers=1 room=1 unavailability=0]"
            )
        };
        let once = at_peak(&text("retries=0"));
        close(once.failed[0], 0.8 / 1.8, 1e-9);
        let again = at_peak(&text("retries=1"));
        let refused = again.stations[1].refused;
        close(again.calls[0].attempts, 1.0 + refused, 1e-6);
        close(again.failed[0], refused * refused, 1e-6);
    }
}
