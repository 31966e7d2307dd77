//! The calls of a journey with the distribution of every time in them.
//!
//! **Question.** What adds up to the response time, how long is it on average, and how much does it vary?
//!
//! **Model.** The response time is a sum of independent times: waits, services, round trips. Who finds a free server
//! does not wait, who waits waits an exponential time; services are gamma times with the component's
//! variation, exponential at 1. The slowest of parallel calls has mean and variance of its own: a gamma time as if nobody
//! waited, and what the waiting adds.
//!
//! **Assumptions.** Visits do not know of each other but for what one request waits in the same line, see `again`: exact
//! for stations in a row, an approximation where requests overtake each other.
//!
//! **Formula.** Mean and variance: sums along the calls; circles by linear equations. Constant times on every way are
//! taken out before and added after.
//!
//! **Reference.** Whitt, *The queueing network analyzer*, Bell System Technical Journal 62 (1983).
//!
//! **Complexity.** `O(connections)`.

mod again;

use std::collections::BTreeMap;
use std::mem::take;
use std::ops::Range;

use super::Path;
use super::attempts::{answered, with_attempts};
use super::node::{CONSTANT, Call, Moments, Node, Time, Together, Visit};
use crate::analysis::queueing::gamma::Gamma;
use crate::analysis::queueing::limited_line::LimitedLine;
use crate::analysis::queueing::parallel::{Slowest, Timed, slowest};
use crate::analysis::traffic::{Term, hit_ratio, solve};
use crate::plan::Mode;
use crate::topology::Need;
use crate::units::Seconds;

/// The calls of a journey with the distribution of every time in them, callees first.
pub(in crate::analysis) struct Tree {
    pub(super) nodes: Vec<Node>,
    /// The nodes in the order in which they are known: one by one, or several in a circle.
    pub(super) sets: Vec<Range<usize>>,
    /// Mean and variance of the time from the line of a node on, its service and what is constant left out.
    times: Vec<Time>,
    /// The same if nobody waited, where calls are made at the same time.
    idle: Option<Vec<Time>>,
    /// The place of every component among the nodes.
    node_of: Vec<usize>,
    /// The constant time of the calls of every node.
    constants: Vec<f64>,
    /// By how much timeouts shorten the calls of a connection, or failed attempts that take no time.
    shortened: BTreeMap<usize, f64>,
    /// What is known of parallel calls, while the tree grows.
    slowest: Slowests,
    /// By how much the variance could grow if waits that count as independent were all alike.
    pub(super) more_variance: f64,
    /// What every request takes at least.
    pub(super) constant: f64,
    /// The first visit.
    pub(super) entry: Visit,
    /// How many connections are used.
    pub(super) calls: usize,
    /// Whether any request is answered.
    pub(in crate::analysis) is_answered: bool,
}

/// Parallel calls as they are and if nobody waited, and how long they take together, by their first target.
pub(in crate::analysis) type Slowests = BTreeMap<usize, [Option<(Vec<Timed>, Slowest)>; 2]>;

impl Tree {
    /// The tree of a journey; none where its mean is none.
    pub(in crate::analysis) fn new(path: &Path) -> Option<Self> {
        Self::knowing(path, &mut Slowests::new())
    }

    /// The same, given what others with the same stations found out about parallel calls, to which it adds its own.
    pub(in crate::analysis) fn knowing(path: &Path, slowest: &mut Slowests) -> Option<Self> {
        let topology = path.topology;
        let flow = &path.traffic.journeys[path.journey];
        let visits = flow.synchronous_visits.iter();
        let visited = visits.filter(|visits| **visits > 0.0).count();
        let mut tree = Self {
            nodes: Vec::with_capacity(visited),
            sets: Vec::with_capacity(visited),
            times: Vec::with_capacity(visited),
            idle: topology
                .connections
                .iter()
                .any(|edge| edge.mode == Mode::Parallel)
                .then(|| Vec::with_capacity(visited)),
            node_of: vec![usize::MAX; topology.components.len()],
            constants: Vec::with_capacity(visited),
            shortened: BTreeMap::new(),
            slowest: take(slowest),
            more_variance: 0.0,
            constant: 0.0,
            entry: Visit {
                node: None,
                service: 0.0,
                scv: 0.0,
                longer: 0.0,
                elsewhere: 0.0,
            },
            calls: flow
                .synchronous_calls
                .iter()
                .filter(|calls| **calls > 0.0)
                .count(),
            is_answered: true,
        };
        for members in &topology.order {
            let first = tree.constants.len();
            for &component in members {
                if flow.synchronous_visits[component] > 0.0 {
                    tree.node_of[component] = tree.constants.len();
                    tree.constants.push(0.0);
                }
            }
            let set = first..tree.constants.len();
            let in_circle = members.len() > 1;
            for &component in members {
                if tree.node_of[component] == usize::MAX {
                    continue;
                }
                let (node, constant) = tree.node(path, component, in_circle)?;
                tree.constants[tree.node_of[component]] = constant;
                tree.nodes.push(node);
                tree.times.push(Time::default());
                if let Some(idle) = &mut tree.idle {
                    idle.push(Time::default());
                }
            }
            if set.is_empty() {
                continue;
            }
            let times = take(&mut tree.times);
            tree.times = tree.settled(path, set.clone(), times, false)?;
            if let Some(idle) = tree.idle.take() {
                tree.idle = Some(tree.settled(path, set.clone(), idle, true)?);
            }
            tree.sets.push(set);
        }
        let entry = topology.journeys[path.journey].entry;
        let node = tree.place(entry)?;
        let (visit, constant) = visit(path, None, entry, node);
        tree.constant = constant + tree.constants[node];
        tree.entry = visit;
        tree.come_back(path)?;
        *slowest = take(&mut tree.slowest);
        Some(tree)
    }

    /// Mean and variance of the response time.
    pub(in crate::analysis) fn moments(&self) -> Moments {
        let beyond = self.entry.time(&self.times);
        Moments {
            mean: Seconds(self.constant + beyond.mean),
            variance: beyond.variance,
            constant: Seconds(self.constant),
        }
    }

    /// How long the parallel calls of a component take together; none where it makes none.
    pub(in crate::analysis) fn together(&self, component: usize) -> Option<f64> {
        let node = self.nodes.get(*self.node_of.get(component)?)?;
        node.together.as_ref().map(|together| together.slowest.mean)
    }

    /// Mean and variance of one attempt to call over a connection, when nobody gives up.
    pub(in crate::analysis) fn attempt(&self, path: &Path, connection: usize) -> Option<Moments> {
        self.attempt_in(path, connection, &self.times)
    }

    fn attempt_in(&self, path: &Path, connection: usize, times: &[Time]) -> Option<Moments> {
        let edge = &path.topology.connections[connection];
        let node = self.place(edge.to)?;
        let (visit, constant) = visit(path, Some(connection), edge.to, node);
        let constant = constant + edge.rtt.0 + self.constants[node];
        let beyond = visit.time(times);
        Some(Moments {
            mean: Seconds(constant + beyond.mean),
            variance: beyond.variance,
            constant: Seconds(constant),
        })
    }

    /// By how much less the calls over a connection count, because callers give up or attempts fail at once.
    pub(in crate::analysis) fn shortened(&self, connection: usize) -> f64 {
        self.shortened.get(&connection).copied().unwrap_or(1.0)
    }

    /// A call with all its attempts; none where callers wait for ever and try once.
    fn whole_call(&mut self, path: &Path, connection: usize, in_circle: bool) -> Option<Moments> {
        let timeout = path.topology.connections[connection].timeout;
        let calls = path.calls(connection);
        if in_circle || path.calls.is_empty() || (timeout.is_none() && calls.attempts <= 1.0) {
            return None;
        }
        let attempt = self.attempt(path, connection)?;
        let group = path.topology.connections[connection].group;
        let is_optional = path.topology.groups[group].need == Need::Optional;
        let answered = answered(attempt, timeout, calls).filter(|_| !is_optional);
        self.is_answered &= is_optional || answered.is_some();
        let whole = answered.unwrap_or_else(|| with_attempts(attempt, timeout, calls));
        let all = calls.attempts * attempt.mean.0;
        if all > 0.0 {
            self.shortened.insert(connection, whole.mean.0 / all);
        }
        Some(whole)
    }

    fn place(&self, component: usize) -> Option<usize> {
        let place = self.node_of[component];
        (place != usize::MAX).then_some(place)
    }

    /// The times with those of the members of a set, given those of all that they call.
    fn settled(
        &self,
        path: &Path,
        set: Range<usize>,
        mut times: Vec<Time>,
        is_idle: bool,
    ) -> Option<Vec<Time>> {
        let only = set.start;
        if set.len() == 1 && !self.nodes[only].calls_itself(only) {
            times[only] = self.time_of(only, &times, is_idle);
        } else {
            self.go_round(path, set, &mut times, is_idle)?;
        }
        Some(times)
    }

    /// Mean and variance from the line of a node on, as far as those of what it calls are known.
    fn time_of(&self, node: usize, times: &[Time], is_idle: bool) -> Time {
        let node = &self.nodes[node];
        let mut time = node
            .calls
            .iter()
            .map(|call| call.time(times))
            .fold(Time::default(), Time::plus)
            .later(node.held_back)
            .sometimes(1.0 - node.hit);
        if let Some(together) = &node.together {
            time = time.plus(together.time(is_idle));
        }
        if is_idle {
            time
        } else {
            time.plus(node.wait())
        }
    }

    /// Mean and variance of the members of a circle: both are linear in those of the others.
    fn go_round(
        &self,
        path: &Path,
        set: Range<usize>,
        times: &mut [Time],
        is_idle: bool,
    ) -> Option<()> {
        let nodes = &self.nodes[set.clone()];
        let members: Vec<usize> = nodes.iter().map(|node| node.component).collect();
        let terms: Vec<Term> = path
            .inner_calls(&members)
            .map(|(from, to, connection)| Term {
                row: from,
                column: to,
                weight: path.calls_per_visit(connection),
            })
            .collect();
        let known: Vec<f64> = set
            .clone()
            .map(|node| self.time_of(node, times, is_idle).mean)
            .collect();
        for (node, mean) in set.clone().zip(solve(&terms, &known)?) {
            times[node].mean = mean;
        }
        let known: Vec<f64> = set
            .clone()
            .map(|node| self.time_of(node, times, is_idle).variance)
            .collect();
        for (node, variance) in set.zip(solve(&terms, &known)?) {
            times[node].variance = variance.max(0.0);
        }
        Some(())
    }

    /// A component with its calls, and the constant time of them all; none where a call leads nowhere.
    fn node(&mut self, path: &Path, component: usize, in_circle: bool) -> Option<(Node, f64)> {
        let topology = path.topology;
        let serving = &path.traffic.serving;
        let hit = hit_ratio(topology, serving, component, path.journey);
        let parallel = if in_circle {
            Vec::new()
        } else {
            path.overlapping(component)
        };
        let mut calls = Vec::new();
        for &group in &topology.components[component].groups {
            let group = &topology.groups[group];
            let mut divided: Option<Call> = None;
            for &connection in &group.members {
                let edge = &topology.connections[connection];
                let per_visit = path.calls_per_visit(connection);
                if per_visit <= 0.0 || parallel.contains(&connection) {
                    continue;
                }
                let node = self.place(edge.to)?;
                let spared = edge.only_on_miss_of.map_or(0.0, |cache| {
                    hit_ratio(topology, serving, cache, path.journey)
                });
                let asked = per_visit / (1.0 - hit) / (1.0 - spared);
                let branch = if let Some(call) = self.whole_call(path, connection, in_circle) {
                    let count = whole_if_near(asked / path.calls(connection).attempts);
                    (count, call.beyond(), call.constant.0)
                } else {
                    let (mut visit, constant) = visit(path, Some(connection), edge.to, node);
                    let wait = path.waiting(edge.to).map_or(0.0, |waiting| waiting.0);
                    let behind = self.times.get(node).map_or(0.0, |time| time.mean);
                    visit.elsewhere += edge.rtt.0 + self.constants[node] + (behind - wait).max(0.0);
                    let constant = constant + edge.rtt.0 + self.constants[node];
                    (whole_if_near(asked), visit, constant)
                };
                match &mut divided {
                    Some(call) if spared <= 0.0 && call.spared <= 0.0 => call.add(branch),
                    _ => {
                        calls.extend(divided.take());
                        divided = Some(Call::new(spared, branch));
                    }
                }
                if !group.divides {
                    calls.extend(divided.take());
                }
            }
            calls.extend(divided);
        }
        let together = if parallel.is_empty() {
            None
        } else {
            Some(self.overlapping(path, &parallel, in_circle)?)
        };
        let certain: f64 = calls.iter().map(Call::certain).sum();
        let station = &path.stations[component];
        let waiting = station.waiting_probability.unwrap_or(0.0);
        let mean = path.waiting(component);
        let whole = mean.map_or(0.0, |waiting| waiting.0);
        let (lines, waiting, mean) = match path.own_waiting {
            None if whole > 0.0 => beside_lines(station.limited_lines, waiting, whole),
            _ => ([None; 2], waiting, whole),
        };
        let waits = waiting > 0.0 && mean > 0.0 && serving[component] > 0;
        let (held_back, constant) = if hit > 0.0 || in_circle {
            (certain, 0.0)
        } else {
            (0.0, certain)
        };
        let least = together.as_ref().map_or(0.0, |both| both.slowest.constant);
        let node = Node {
            component,
            waiting: if waits { waiting } else { 0.0 },
            release: if waits { waiting / mean } else { 1.0 },
            lines,
            alike: 1.0,
            hit,
            held_back,
            calls,
            together,
        };
        Some((node, constant + least))
    }

    /// How long parallel calls take together, had only once for callers that make the same; none where one leads
    /// nowhere.
    fn overlapping(
        &mut self,
        path: &Path,
        parallel: &[usize],
        in_circle: bool,
    ) -> Option<Together> {
        let mut timed = [const { Vec::new() }; 2];
        for &connection in parallel {
            let calls = path.calls_per_visit(connection);
            let whole = self.whole_call(path, connection, in_circle);
            let calls = match whole {
                Some(_) => calls / path.calls(connection).attempts,
                None => calls,
            };
            let idle = self.idle.as_deref().unwrap_or(&self.times);
            for (timed, times) in timed.iter_mut().zip([&self.times, idle]) {
                let call = match whole {
                    Some(call) => call,
                    None => self.attempt_in(path, connection, times)?,
                };
                timed.push(Timed {
                    calls,
                    constant: call.constant.0,
                    beyond: Gamma::new((call.mean.0 - call.constant.0).max(0.0), call.variance)?,
                });
            }
        }
        let target = path.topology.connections[*parallel.first()?].to;
        let known = self.slowest.entry(target).or_default();
        for (known, timed) in known.iter_mut().zip(timed) {
            if known.as_ref().is_none_or(|(calls, _)| *calls != timed) {
                let found = slowest(&timed);
                *known = Some((timed, found));
            }
        }
        let [Some((_, now)), Some((_, idle))] = *known else {
            return None;
        };
        Some(Together::new(now, idle))
    }
}

/// The lines with limited room, and probability and mean of the wait that is left beside them.
fn beside_lines(
    lines: [Option<LimitedLine>; 2],
    waiting: f64,
    mean: f64,
) -> ([Option<LimitedLine>; 2], f64, f64) {
    let each = lines.iter().flatten();
    let not_there: f64 = each.clone().map(|line| 1.0 - line.probability).product();
    let there: f64 = each.map(|line| line.probability * line.mean().0).sum();
    let left = mean - there;
    if left <= ROUNDING * mean {
        return (lines, 0.0, 0.0);
    }
    let probability = if not_there > 0.0 {
        1.0 - (1.0 - waiting) / not_there
    } else {
        1.0
    };
    (lines, probability.clamp(LEAST_WAITING, 1.0), left)
}

/// What rounding leaves of a wait.
const ROUNDING: f64 = 1e-6;

/// Who waits at all does so with this probability at least.
const LEAST_WAITING: f64 = 1e-6;

/// A count that rounding has moved off a whole number is put back.
fn whole_if_near(count: f64) -> f64 {
    let whole = count.round();
    if (count - whole).abs() <= 1e-9 * whole {
        whole
    } else {
        count
    }
}

/// One visit of a component, and the constant time in it.
fn visit(path: &Path, connection: Option<usize>, component: usize, node: usize) -> (Visit, f64) {
    let (service, transfer) = path.service_and_transfer(connection, component);
    let scv = path.topology.components[component].scv;
    let varies = scv > CONSTANT;
    let visit = Visit {
        node: Some(node),
        service: if varies { service } else { 0.0 },
        scv,
        longer: 0.0,
        elsewhere: transfer,
    };
    let constant = if varies { transfer } else { transfer + service };
    (visit, constant)
}
