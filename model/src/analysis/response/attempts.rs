//! What becomes of calls whose callers give up and try again.
//!
//! **Question.** How many attempts does a call need, how many calls fail in the end, and how long does that take?
//!
//! **Model.** An attempt fails when it finds no room, when what it asks fails in its turn, when the line or the called
//! instance is down, or when it takes longer than the caller waits. The caller tries again as often as it may; an
//! attempt that nobody waits for any more still does its work. What fails after all attempts fails its caller, unless
//! it is optional.
//!
//! A request is answered when all that it requires is answered, and response times are those of requests that are: of a
//! call that is not optional only the attempts up to the one that comes in time count.
//!
//! **Assumptions.** Attempts are independent where callers wait for a time of their own before they try again. Where they
//! try again at once, the line of the called component is the same, see [`late_again`](crate::analysis::queueing::late_again).
//! How likely an attempt is late follows from mean and variance of its time, a gamma time after the constant part.
//! Failures other than late ones take no time. The wait before trying again is
//! not counted, and timeouts do not shorten calls within a circle. Outages cause retries, but no failures here: they
//! are part of the availability.
//!
//! **Formula.** `p = 1 - (1 - q)(1 - refused)(1 - failed behind)(1 - P(T > timeout))`; attempts and failures as in
//! [`retries`](crate::analysis::queueing::retries). A call that is answered takes `E[failures] · P(late | fails) · timeout + E[T | T < timeout]`,
//! an optional one with `φ` attempts `φ (late · timeout + (1-p) E[T | T < timeout])`.
//!
//! **Reference.** Bronson et al., *Metastable failures in distributed systems* (2021).
//!
//! **Complexity.** That of mean and variance of every journey.

use super::{Moments, Path, Tree};
use crate::analysis::queueing::gamma::Gamma;
use crate::analysis::queueing::late_again::Line;
use crate::analysis::queueing::retries::Retries;
use crate::analysis::stations::Station;
use crate::analysis::traffic::{Resource, Traffic};
use crate::topology::{Connection, Need, Topology};
use crate::units::Seconds;

/// What becomes of the calls over a connection.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Calls {
    /// Mean attempts per call: 1 and more.
    pub attempts: f64,
    /// Share of the attempts that fail for any reason.
    pub failing: f64,
    /// Share of the attempts that fail at once: no room, no connection, or a failure behind.
    pub refused: f64,
    /// Share of the calls that fail after all attempts, outages not counted.
    pub failed: f64,
    /// Mean and variance of the attempts that fail before the one that is answered, of calls that are.
    pub in_vain: f64,
    /// The variance.
    pub in_vain_variance: f64,
    /// Whether an overload, once begun, would keep more attempts going than these (metastable).
    pub metastable: bool,
}

impl Default for Calls {
    fn default() -> Self {
        Self {
            attempts: 1.0,
            failing: 0.0,
            refused: 0.0,
            failed: 0.0,
            in_vain: 0.0,
            in_vain_variance: 0.0,
            metastable: false,
        }
    }
}

/// What becomes of all calls, and of the requests of every journey.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outcomes {
    /// Per connection, in the order of the topology.
    pub calls: Vec<Calls>,
    /// Per journey the share of its requests that fail after all attempts, outages not counted.
    pub failed: Vec<f64>,
}

/// How often callers over a connection try.
pub fn retries(connection: &Connection) -> Retries {
    Retries {
        most_attempts: connection.most_attempts,
        budget: connection.retry_budget,
    }
}

/// Whether anybody in a plan tries again, gives up or is refused.
pub fn calls_can_fail(topology: &Topology, stations: &[Station]) -> bool {
    let mut connections = topology.connections.iter();
    connections.any(|edge| edge.most_attempts > 1.0 || edge.timeout.is_some())
        || stations.iter().any(|station| station.refused > 0.0)
}

/// What becomes of all calls at this load, given what became of them before: the attempts that are part of the load.
///
/// `own_waiting` is, per journey, how long its visits wait at every component where that is not how long all wait.
pub fn outcomes(
    topology: &Topology,
    traffic: &Traffic,
    stations: &[Station],
    own_waiting: &[Option<&[Seconds]>],
    known: &[Calls],
) -> Outcomes {
    let mut sums = vec![Sum::default(); topology.connections.len()];
    let mut failed = Vec::new();
    for journey in 0..topology.journeys.len() {
        let path = Path {
            topology,
            traffic,
            stations,
            journey,
            calls: known,
            own_waiting: own_waiting.get(journey).copied().flatten(),
        };
        let behind = Fates::new(&path);
        let rate = traffic.journeys[journey].arrival_rate.0.max(LEAST_RATE);
        for (connection, sum) in sums.iter_mut().enumerate() {
            let calls = traffic.journeys[journey].synchronous_calls[connection];
            if calls > 0.0 {
                sum.add(rate * calls, behind.connections[connection]);
            }
        }
        failed.push(behind.components[topology.journeys[journey].entry]);
    }
    let calls = sums
        .iter()
        .zip(&topology.connections)
        .map(|(sum, edge)| sum.calls(edge))
        .collect();
    Outcomes { calls, failed }
}

/// Journeys without load count this much, so that the shares of their calls are known, too.
const LEAST_RATE: f64 = 1e-9;

/// Shares of the attempts over one connection.
#[derive(Clone, Copy, Default)]
struct Fate {
    failing: f64,
    refused: f64,
    failed: f64,
    /// Attempts beyond those that independent ones of this share of failures make.
    more_attempts: f64,
    in_vain: f64,
    in_vain_variance: f64,
}

#[derive(Clone, Copy, Default)]
struct Sum {
    weight: f64,
    fate: Fate,
}

impl Sum {
    fn add(&mut self, weight: f64, fate: Fate) {
        self.weight += weight;
        self.fate.failing += weight * fate.failing;
        self.fate.refused += weight * fate.refused;
        self.fate.failed += weight * fate.failed;
        self.fate.more_attempts += weight * fate.more_attempts;
        self.fate.in_vain += weight * fate.in_vain;
        self.fate.in_vain_variance += weight * fate.in_vain_variance;
    }

    fn calls(&self, edge: &Connection) -> Calls {
        if self.weight <= 0.0 {
            return Calls::default();
        }
        let share = |sum: f64| (sum / self.weight).clamp(0.0, 1.0);
        let failing = share(self.fate.failing);
        let retries = retries(edge);
        let more = self.fate.more_attempts / self.weight;
        Calls {
            attempts: (retries.attempts(failing) + more).clamp(1.0, retries.most()),
            failing,
            refused: share(self.fate.refused),
            failed: share(self.fate.failed),
            in_vain: self.fate.in_vain / self.weight,
            in_vain_variance: self.fate.in_vain_variance / self.weight,
            metastable: false,
        }
    }
}

/// What fails on one journey.
struct Fates {
    connections: Vec<Fate>,
    /// Share of the visits of every component that fail.
    components: Vec<f64>,
}

/// Rounds through components that call each other in a circle.
const ROUNDS: usize = 20;

impl Fates {
    fn new(path: &Path) -> Self {
        let topology = path.topology;
        let mut fates = Self {
            connections: vec![Fate::default(); topology.connections.len()],
            components: vec![0.0; topology.components.len()],
        };
        let tree = Tree::new(path);
        let flow = &path.traffic.journeys[path.journey];
        let mut stuck = vec![false; topology.components.len()];
        for members in &topology.order {
            let rounds = if members.len() > 1 { ROUNDS } else { 1 };
            for _ in 0..rounds {
                for &component in members {
                    if flow.synchronous_visits[component] <= 0.0 {
                        continue;
                    }
                    stuck[component] |= path.stations[component].saturated;
                    let mut passing = 1.0 - path.stations[component].refused;
                    for &connection in &topology.components[component].calls {
                        let edge = &topology.connections[connection];
                        let known = path.calls(connection);
                        let calls = path.calls_per_visit(connection) / known.attempts;
                        if calls <= 0.0 {
                            continue;
                        }
                        let late = match edge.timeout {
                            None => {
                                stuck[component] |= stuck[edge.to];
                                vec![0.0]
                            }
                            Some(_) if stuck[edge.to] => vec![1.0],
                            Some(timeout) => tree
                                .as_ref()
                                .and_then(|tree| tree.attempt(path, connection))
                                .map_or(vec![0.0], |attempt| {
                                    late(path, connection, attempt, timeout)
                                }),
                        };
                        let fate = fate(topology, edge, fates.components[edge.to], &late);
                        fates.connections[connection] = fate;
                        if topology.groups[edge.group].need != Need::Optional {
                            passing *= (1.0 - fate.failed).powf(calls);
                        }
                    }
                    fates.components[component] = (1.0 - passing).clamp(0.0, 1.0);
                }
            }
        }
        fates
    }
}

/// Probability that an attempt is late, if all before it were: of the first, the second, and so on; the last one holds
/// for all further attempts.
fn late(path: &Path, connection: usize, attempt: Moments, timeout: Seconds) -> Vec<f64> {
    let edge = &path.topology.connections[connection];
    let late = attempt.tail(timeout);
    let station = &path.stations[edge.to];
    let resolved = &path.topology.components[edge.to];
    let at_once = edge.most_attempts > 1.0 && !edge.is_jittered;
    let line = station
        .waiting_probability
        .zip(path.waiting(edge.to))
        .zip(station.utilisation(Resource::Cpu));
    let Some(((probability, waiting), utilisation)) = line.filter(|_| at_once) else {
        return vec![late];
    };
    let all = path.traffic.loads[edge.to].arrival_rate.0;
    let own = path.traffic.connections[connection].arrival_rate.0 / all;
    let instances = path.traffic.serving[edge.to].max(1) as f64;
    let lines = if resolved.shares_line { 1.0 } else { instances };
    let known = path.calls(connection).attempts;
    if probability <= 0.0 || waiting.0 <= 0.0 || !own.is_finite() {
        return vec![late];
    }
    let release = probability / waiting.0;
    let without_waiting = Moments {
        mean: Seconds((attempt.mean.0 - waiting.0).max(attempt.constant.0)),
        variance: (attempt.variance - probability * (2.0 - probability) / release / release)
            .max(0.0),
        constant: attempt.constant,
    };
    let by_itself = (1.0 - probability) * without_waiting.tail(timeout);
    let service = utilisation * lines / all;
    let line = Line {
        others: utilisation * (1.0 - own).max(0.0),
        first: utilisation * own / known,
        service,
        servers: (station.service_time.0 / service).max(1.0),
        scv: station.scv,
        release,
        same: 1.0 / lines,
    };
    line.late(
        late,
        (1.0 - by_itself / late).clamp(0.0, 1.0),
        timeout.0,
        edge.most_attempts,
    )
}

fn fate(topology: &Topology, edge: &Connection, behind: f64, late: &[f64]) -> Fate {
    let instance = topology.components[edge.to].unavailability.value.base;
    let up = (1.0 - edge.unavailability.0) * (1.0 - instance.clamp(0.0, 1.0));
    let without_outages: Vec<f64> = late
        .iter()
        .map(|late| 1.0 - (1.0 - behind) * (1.0 - late))
        .collect();
    let failing: Vec<f64> = without_outages
        .iter()
        .map(|failing| 1.0 - up * (1.0 - failing))
        .collect();
    let refused = 1.0 - up * (1.0 - behind);
    let retries = retries(edge);
    match (&failing[..], &without_outages[..]) {
        (&[failing], &[without_outages]) => {
            let (in_vain, in_vain_variance) = retries.in_vain(failing);
            Fate {
                failing,
                refused,
                failed: retries.failed(without_outages),
                more_attempts: 0.0,
                in_vain,
                in_vain_variance,
            }
        }
        (failing, without_outages) => {
            let tried = retries.one_after_another(failing);
            let failing = (1.0 - (1.0 - tried.failed) / tried.attempts).clamp(0.0, 1.0);
            Fate {
                failing,
                refused,
                failed: retries.one_after_another(without_outages).failed,
                more_attempts: tried.attempts - retries.attempts(failing),
                in_vain: tried.in_vain,
                in_vain_variance: tried.in_vain_variance,
            }
        }
    }
}

/// How long a call that is answered takes with all its attempts, of which each takes this long when nobody gives up;
/// none where no call is answered.
pub(super) fn answered(
    attempt: Moments,
    timeout: Option<Seconds>,
    calls: Calls,
) -> Option<Moments> {
    let constant = attempt.constant.0;
    let limit = timeout.map_or(f64::INFINITY, |timeout| timeout.0);
    let late = timeout.map_or(0.0, |timeout| attempt.tail(timeout));
    if late >= MOSTLY || calls.failing >= MOSTLY {
        return None;
    }
    let (mean, variance) = of_those_in_time(attempt, limit, late);
    // Of the attempts in vain some took as long as the caller waits, the others no time.
    let late = if calls.failing > 0.0 && limit.is_finite() {
        ((calls.failing - calls.refused) / calls.failing).clamp(0.0, 1.0)
    } else {
        0.0
    };
    let lost = if late > 0.0 { late * limit } else { 0.0 };
    let varies = if late > 0.0 {
        lost * (limit - lost)
    } else {
        0.0
    };
    Some(Moments {
        mean: Seconds(calls.in_vain * lost + mean),
        variance: calls.in_vain_variance * lost * lost + calls.in_vain * varies + variance,
        constant: Seconds(constant.min(limit)),
    })
}

/// Mean and variance of an attempt, of those that come before the limit.
fn of_those_in_time(attempt: Moments, limit: f64, late: f64) -> (f64, f64) {
    let constant = attempt.constant.0;
    let beyond = (attempt.mean.0 - constant).max(0.0);
    match Gamma::new(beyond, attempt.variance) {
        Some(time) if limit.is_finite() && beyond > 0.0 && limit > constant => {
            let (mean, variance) = in_time(time, limit - constant, late);
            ((constant + mean).min(limit), variance)
        }
        _ => (attempt.mean.0, attempt.variance),
    }
}

/// How long a call takes with all its attempts, answered or not, of which each takes this long when nobody gives up.
pub(super) fn with_attempts(attempt: Moments, timeout: Option<Seconds>, calls: Calls) -> Moments {
    let constant = attempt.constant.0;
    let limit = timeout.map_or(f64::INFINITY, |timeout| timeout.0);
    let late = timeout.map_or(0.0, |timeout| attempt.tail(timeout));
    let (mean, variance) = if late >= MOSTLY {
        (limit, 0.0)
    } else {
        of_those_in_time(attempt, limit, late)
    };
    let in_line = 1.0 - calls.refused;
    let failing = 1.0 - in_line * (1.0 - late);
    let answered = calls.attempts * (1.0 - failing);
    let wasted = if late > 0.0 {
        in_line * late * limit
    } else {
        0.0
    };
    let lost = if failing > 0.0 { wasted / failing } else { 0.0 };
    let passing = (1.0 - failing).max(1e-9);
    let varying = (failing / passing / passing).min(calls.attempts * calls.attempts);
    let answered_at_most = answered.min(1.0);
    Moments {
        mean: Seconds(calls.attempts * wasted + answered * mean),
        variance: varying * lost * lost
            + answered * variance
            + answered_at_most * (1.0 - answered_at_most) * mean * mean,
        constant: if calls.refused > 0.0 {
            Seconds(0.0)
        } else {
            Seconds(constant.min(limit))
        },
    }
}

/// From this share of late attempts on, none comes in time.
const MOSTLY: f64 = 1.0 - 1e-12;

/// Mean and variance of the time beyond the constant part, of those that come in time.
fn in_time(time: Gamma, limit: f64, late: f64) -> (f64, f64) {
    let within = 1.0 - late;
    let scale = time.variance() / time.mean();
    let share = |more: f64| {
        let heavier = Gamma::new(
            time.mean() + more * scale,
            time.variance() + more * scale * scale,
        );
        heavier.map_or(1.0, |heavier| 1.0 - heavier.tail(limit))
    };
    let mean = time.mean() * share(1.0) / within;
    let square = (time.variance() + time.mean() * time.mean()) * share(2.0) / within;
    (mean, (square - mean * mean).max(0.0))
}
