//! How long a request takes: what every component and round trip adds to it.
//!
//! **Question.** At the peak, how long does a user wait for the answer of a journey, and where does the time go?
//!
//! **Model.** A visit of a component takes its residence time there (waiting and service) and the time of the
//! calls it makes and waits for, one after the other; parallel calls of one caller overlap. Each call takes
//! its round trip, the transfer of its bytes and a visit of its target. Alternatives count by their share of
//! the calls, and what a cache answers is not asked further.
//!
//! **Assumptions.** The network of stations has product form, so that mean times add up. Parallel calls are
//! independent and exponentially distributed; in a circle of calls they count one after the other, which is an
//! upper bound. Bytes take time where they and the bandwidth of the called machine are known, and where its
//! service time is not stated: who states that states the whole time of a visit.
//!
//! **Formula.** `R_i = W_i + S_i + Σ_e c_e (rtt_e + R_to(e))`, parallel calls with `E[max]` in place of their sum;
//! circles by solving the linear equations. Transfer of `B` bytes: `B / b / (1 - U)`, a processor-sharing link.
//!
//! **Reference.** Jackson, *Jobshop-like queueing systems*, Management Science 10 (1963); Lazowska et al.,
//! *Quantitative System Performance* (1984), ch. 7.
//!
//! **Complexity.** `O(components + connections)` per journey, plus the overlaps and the circles.

use crate::analysis::operating_point::OperatingPoint;
use crate::analysis::response::{Path, Slowests, Tree};
use crate::analysis::traffic::{Term, solve};
use crate::order::Order as _;
use crate::plan::Id;
use crate::topology::Topology;
use crate::units::Seconds;

pub use crate::analysis::response::{PercentileMethod, Percentiles};

/// How long the journeys take.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LatencyReport {
    /// Per journey, in the order of the topology.
    pub journeys: Vec<JourneyLatency>,
}

/// How long one journey takes at the peak.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct JourneyLatency {
    /// Whether something that the user waits for is used up: there is no steady state and no time.
    pub saturated: bool,
    /// Mean response time of the requests that are answered; none when saturated, where nobody answers in time, or beyond
    /// all numbers.
    pub mean: Option<Seconds>,
    /// What all but a few requests keep within; none where there is no mean.
    pub percentiles: Option<Percentiles>,
    /// What each component adds to the mean, its round trips and transfers included, the largest first; they
    /// add up to the mean.
    pub shares: Vec<(Id, Seconds)>,
    /// How much of the mean is round trips.
    pub round_trips: Seconds,
}

impl JourneyLatency {
    /// The computed time that a target on a percentile is held against, and what it says.
    pub fn measured(&self, percentile: f64) -> Option<(Seconds, &'static str)> {
        Some(match self.percentiles {
            None => (self.mean?, text!("the mean response takes")),
            Some(times) if percentile <= 50.0 => {
                (times.p50, text!("half of the responses take up to"))
            }
            Some(times) if percentile <= 95.0 => {
                (times.p95, text!("95 of 100 responses take up to"))
            }
            Some(times) if percentile <= 99.0 => {
                (times.p99, text!("99 of 100 responses take up to"))
            }
            Some(times) => (times.p999, text!("999 of 1,000 responses take up to")),
        })
    }
}

/// The response times of all journeys at an operating point.
pub fn latency(topology: &Topology, point: &OperatingPoint) -> LatencyReport {
    let mut slowest = Slowests::new();
    LatencyReport {
        journeys: (0..topology.journeys.len())
            .map(|journey| journey_latency(topology, point, journey, &mut slowest))
            .collect(),
    }
}

/// The mean response time of one journey alone; none when saturated or where nobody answers.
pub fn mean_response(
    topology: &Topology,
    point: &OperatingPoint,
    journey: usize,
) -> Option<Seconds> {
    let path = Path::unless_saturated(topology, point, journey)?;
    path.times(&path.tree()?).map(|times| Seconds(times.mean))
}

/// The 95th percentile of the response time of one journey alone, and whether it comes from the distribution;
/// none when saturated.
pub fn p95(topology: &Topology, point: &OperatingPoint, journey: usize) -> Option<(Seconds, bool)> {
    p95_knowing(topology, point, journey, &mut Slowests::new())
}

/// The same, given what other operating points found out about parallel calls, to which it adds its own.
pub(in crate::analysis) fn p95_knowing(
    topology: &Topology,
    point: &OperatingPoint,
    journey: usize,
    slowest: &mut Slowests,
) -> Option<(Seconds, bool)> {
    Path::unless_saturated(topology, point, journey)?
        .tree_knowing(slowest)?
        .p95()
}

/// Whether one journey misses its target, or has no response time at all. Asks only how many are late, which is
/// much quicker than the percentiles, and agrees with [`JourneyLatency::measured`].
pub fn misses_target(topology: &Topology, point: &OperatingPoint, journey: usize) -> bool {
    let Some(target) = topology.journeys[journey].target else {
        return false;
    };
    let late = match target.percentile {
        percentile if percentile <= 50.0 => 0.5,
        percentile if percentile <= 95.0 => 0.05,
        percentile if percentile <= 99.0 => 0.01,
        _ => 0.001,
    };
    let path = Path::unless_saturated(topology, point, journey);
    let tree = path.as_ref().and_then(Path::tree);
    tree.is_none_or(|tree| tree.tail(target.time) > late)
}

fn journey_latency(
    topology: &Topology,
    point: &OperatingPoint,
    journey: usize,
    slowest: &mut Slowests,
) -> JourneyLatency {
    let path = Path::unless_saturated(topology, point, journey);
    let saturated = path.is_none();
    let tree = path.as_ref().and_then(|path| path.tree_knowing(slowest));
    let times = tree
        .as_ref()
        .zip(path)
        .and_then(|(tree, path)| Some((tree, path.times(tree)?)));
    let Some((tree, times)) = times else {
        return JourneyLatency {
            saturated,
            ..JourneyLatency::default()
        };
    };
    let mut shares: Vec<(Id, Seconds)> = times
        .shares
        .iter()
        .enumerate()
        .filter(|(_, share)| **share > 0.0)
        .map(|(component, &share)| (topology.id(component).clone(), Seconds(share)))
        .collect();
    shares.order_by(|a, b| b.1.0.total_cmp(&a.1.0).then_with(|| a.0.cmp(&b.0)));
    JourneyLatency {
        saturated: false,
        mean: Some(Seconds(times.mean)),
        percentiles: tree.percentiles(),
        shares,
        round_trips: Seconds(times.round_trips),
    }
}

/// Seconds that a request takes, and where.
struct Times {
    mean: f64,
    shares: Vec<f64>,
    round_trips: f64,
}

/// Seconds behind every component, and what counts of the calls over every connection per visit of its caller.
struct Behind {
    seconds: Vec<f64>,
    weights: Vec<f64>,
}

impl<'a> Path<'a> {
    /// The way of a journey; none where something that is waited for is used up.
    fn unless_saturated(
        topology: &'a Topology<'a>,
        point: &'a OperatingPoint,
        journey: usize,
    ) -> Option<Self> {
        let visits = &point.traffic.journeys[journey].synchronous_visits;
        let mut pairs = visits.iter().zip(&point.stations);
        let saturated = pairs.any(|(&visits, station)| visits > 0.0 && station.saturated);
        (!saturated).then_some(Self {
            topology,
            traffic: &point.traffic,
            stations: &point.stations,
            journey,
            calls: &point.calls,
            own_waiting: point.own_waiting(journey),
        })
    }

    /// The distribution of its times; none where nobody answers.
    fn tree(&self) -> Option<Tree> {
        self.tree_knowing(&mut Slowests::new())
    }

    fn tree_knowing(&self, slowest: &mut Slowests) -> Option<Tree> {
        let entry = self.topology.journeys[self.journey].entry;
        let visits = &self.traffic.journeys[self.journey].synchronous_visits;
        let mut others = visits.iter().enumerate().filter(|(one, _)| *one != entry);
        let is_answered = !self.topology.components[entry].kind.behaviour.is_source
            || others.any(|(_, &visits)| visits > 0.0);
        let tree = is_answered.then(|| Tree::knowing(self, slowest)).flatten();
        tree.filter(|tree| tree.is_answered)
    }

    fn times(&self, tree: &Tree) -> Option<Times> {
        let entry = self.topology.journeys[self.journey].entry;
        let behind = self.behind(tree)?;
        let arrivals = self.weighted_visits(&behind.weights)?;
        let mut shares = vec![0.0; self.topology.components.len()];
        let mut round_trips = 0.0;
        let flow = &self.traffic.journeys[self.journey];
        if flow.synchronous_visits[entry] > 0.0 {
            shares[entry] = self.stay(None, entry);
        }
        let mean = shares[entry] + behind.seconds[entry];
        for (connection, edge) in self.topology.connections.iter().enumerate() {
            let calls = arrivals[edge.from] * behind.weights[connection];
            if calls > 0.0 {
                shares[edge.to] += calls * (edge.rtt.0 + self.stay(Some(connection), edge.to));
                round_trips += calls * edge.rtt.0;
            }
        }
        let known = mean.is_finite() && shares.iter().all(|share| share.is_finite());
        known.then_some(Times {
            mean,
            shares,
            round_trips,
        })
    }

    /// The time behind every component, callees first.
    fn behind(&self, tree: &Tree) -> Option<Behind> {
        let mut behind = Behind {
            seconds: vec![0.0; self.topology.components.len()],
            weights: (0..self.topology.connections.len())
                .map(|connection| self.calls_per_visit(connection) * tree.shortened(connection))
                .collect(),
        };
        for members in &self.topology.order {
            if let [only] = members[..] {
                self.overlap(only, tree, &mut behind);
                behind.seconds[only] = self.calls_of(only, &behind);
            } else {
                self.go_round(members, &mut behind)?;
            }
        }
        Some(behind)
    }

    /// Makes the parallel calls of a component count only as much as they last together.
    fn overlap(&self, component: usize, tree: &Tree, behind: &mut Behind) {
        let Some(together) = tree.together(component) else {
            return;
        };
        let parallel = self.overlapping(component);
        let one_by_one: f64 = parallel
            .iter()
            .map(|&call| behind.weights[call] * self.call(call, behind))
            .sum();
        if one_by_one > 0.0 {
            let together = (together / one_by_one).min(1.0);
            for call in parallel {
                behind.weights[call] *= together;
            }
        }
    }

    /// Seconds that one call takes, from asking to the answer.
    fn call(&self, connection: usize, behind: &Behind) -> f64 {
        let edge = &self.topology.connections[connection];
        edge.rtt.0 + self.stay(Some(connection), edge.to) + behind.seconds[edge.to]
    }

    /// Seconds that all calls of one visit of a component take, as far as the time behind them is known.
    fn calls_of(&self, component: usize, behind: &Behind) -> f64 {
        self.topology.components[component]
            .calls
            .iter()
            .filter(|&&call| behind.weights[call] > 0.0)
            .map(|&call| behind.weights[call] * self.call(call, behind))
            .sum()
    }

    /// The time behind components that call each other in a circle.
    fn go_round(&self, members: &[usize], behind: &mut Behind) -> Option<()> {
        let once: Vec<f64> = members
            .iter()
            .map(|&member| self.calls_of(member, behind))
            .collect();
        let terms: Vec<Term> = self
            .inner_calls(members)
            .map(|(from, to, connection)| Term {
                row: from,
                column: to,
                weight: behind.weights[connection],
            })
            .collect();
        let seconds = solve(&terms, &once)?;
        for (&member, seconds) in members.iter().zip(seconds) {
            behind.seconds[member] = seconds;
        }
        Some(())
    }

    /// Visits of every component per request, as far as they add to the time, callers first.
    fn weighted_visits(&self, weights: &[f64]) -> Option<Vec<f64>> {
        let entry = self.topology.journeys[self.journey].entry;
        let flow = &self.traffic.journeys[self.journey];
        let mut visits = vec![0.0; self.topology.components.len()];
        if flow.synchronous_visits[entry] > 0.0 {
            visits[entry] = 1.0;
        }
        for members in self.topology.order.iter().rev() {
            if members.len() > 1 {
                let arriving: Vec<f64> = members.iter().map(|&member| visits[member]).collect();
                let terms: Vec<Term> = self
                    .inner_calls(members)
                    .map(|(from, to, connection)| Term {
                        row: to,
                        column: from,
                        weight: weights[connection],
                    })
                    .collect();
                for (&member, visit) in members.iter().zip(solve(&terms, &arriving)?) {
                    visits[member] = visit;
                }
            }
            for &member in members {
                for &call in &self.topology.components[member].calls {
                    let target = self.topology.connections[call].to;
                    if members.len() == 1 || members.binary_search(&target).is_err() {
                        visits[target] += visits[member] * weights[call];
                    }
                }
            }
        }
        Some(visits)
    }
}

#[cfg(test)]
mod tests;
