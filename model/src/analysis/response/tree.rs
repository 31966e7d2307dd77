//! Times within which a share of the requests is answered.
//!
//! **Question.** At the peak, within which time are 50, 95, 99 and 99.9 of 100 requests answered?
//!
//! **Model.** The response time is a sum of independent times: waits, services, round trips. Who finds a free server
//! does not wait, who waits waits an exponential time; services are gamma times with the component's
//! variation, exponential at 1. The Laplace transform of the whole is built along the calls: `k` calls are the
//! `k`-th power, a call made with probability `m` is `1 - m + m T`, alternatives are a mixture. In a circle of calls the
//! transforms of its members are the solution of these equations, found by going round until nothing changes.
//! The slowest of parallel calls has mean and variance of its own, and is a gamma time after its constant part.
//!
//! **Assumptions.** Visits do not know of each other: exact for stations in a row, an approximation where requests
//! overtake each other. A journey of more than [`MOST_CALLS`] connections, a circle that does not settle, and times that
//! vary by less than [`NARROW`] of their mean are taken as gamma times of the same mean and variance.
//!
//! **Formula.** Mean and variance: sums along the calls, with `Var[N T] = E[N] Var[T] + Var[N] E[T]²`; circles by linear
//! equations. Quantiles: [`inversion`]. Constant times on every way are taken out before and added after.
//!
//! **Reference.** Abate & Whitt (1995), see [`inversion`]; Whitt, *The queueing network analyzer*, Bell System
//! Technical Journal 62 (1983), for two-moment fits.
//!
//! **Complexity.** Mean and variance `O(connections)`; quantiles 250 to 1,000 evaluations of the transform per journey,
//! each `O(connections)`.

use std::collections::BTreeMap;

use num_complex::Complex64;

use super::Path;
use super::attempts::with_attempts;
use crate::analysis::queueing::gamma::Gamma;
use crate::analysis::queueing::inversion;
use crate::analysis::queueing::parallel::{Slowest, Timed, slowest};
use crate::analysis::traffic::{Term, hit_ratio, solve};
use crate::units::Seconds;

/// Times that a share of the requests keeps within.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Percentiles {
    /// Half of the requests are faster.
    pub p50: Seconds,
    /// 95 of 100 requests are faster.
    pub p95: Seconds,
    /// 99 of 100 requests are faster.
    pub p99: Seconds,
    /// 999 of 1,000 requests are faster.
    pub p999: Seconds,
    /// How they were found.
    pub method: PercentileMethod,
}

/// How percentiles were found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PercentileMethod {
    /// From the distribution of the whole response time.
    Inversion,
    /// Estimated from its mean and variance.
    TwoMoments,
}

impl PercentileMethod {
    /// The name in files.
    pub fn id(self) -> &'static str {
        match self {
            Self::Inversion => "inversion",
            Self::TwoMoments => "two_moments",
        }
    }
}

/// Mean and variance of a response time, and what every request takes at least.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Moments {
    /// The mean, the constant part included.
    pub mean: Seconds,
    /// The variance, in seconds squared.
    pub variance: f64,
    /// What every request takes at least.
    pub constant: Seconds,
}

impl Moments {
    /// The time that so many do not keep within (0.01: what 99 of 100 keep within), estimated: a gamma time of
    /// this mean and variance after the constant part.
    pub fn quantile(self, late: f64) -> Seconds {
        let beyond = (self.mean.0 - self.constant.0).max(0.0);
        match Gamma::new(beyond, self.variance) {
            Some(gamma) if beyond > 0.0 => Seconds(self.constant.0 + gamma.quantile(late)),
            _ => self.mean,
        }
    }

    /// Probability that it takes longer than this, estimated in the same way.
    pub fn tail(self, time: Seconds) -> f64 {
        let beyond = (self.mean.0 - self.constant.0).max(0.0);
        match Gamma::new(beyond, self.variance) {
            Some(gamma) if beyond > 0.0 => gamma.tail(time.0 - self.constant.0),
            _ if time.0 < self.mean.0 => 1.0,
            _ => 0.0,
        }
    }
}

/// Journeys that use more connections are estimated: each takes hundreds of transforms.
const MOST_CALLS: usize = 1_000;

/// Journeys of so many connections get ten digits, larger ones five.
const SMALL: usize = 20;

/// Journeys of more connections than this get three digits.
const LARGE: usize = 100;

/// Times that vary less than this, relative to their mean, are sums of very many and nearly normal.
const NARROW: f64 = 0.004;

/// Shares of the requests that do not keep within the percentiles.
const LATE: [f64; 4] = [0.5, 0.05, 0.01, 0.001];

/// The calls of a journey with the distribution of every time in them, callees first.
pub(in crate::analysis) struct Tree {
    nodes: Vec<Node>,
    /// The nodes in the order in which they are known: one by one, or several in a circle.
    sets: Vec<Vec<usize>>,
    /// Mean and variance of the time from the line of a node on, its service and what is constant left out.
    times: Vec<Time>,
    /// The place of every component among the nodes.
    node_of: Vec<usize>,
    /// The constant time of the calls of every node.
    constants: Vec<f64>,
    /// By how much timeouts shorten the calls of a connection, or failed attempts that take no time.
    shortened: BTreeMap<usize, f64>,
    /// What every request takes at least.
    constant: f64,
    /// The first visit.
    entry: Visit,
    /// How many connections are used.
    calls: usize,
}

/// Mean and variance of a time.
#[derive(Clone, Copy, Debug, Default)]
struct Time {
    mean: f64,
    variance: f64,
}

impl Time {
    /// One after the other.
    fn plus(self, other: Self) -> Self {
        Self {
            mean: self.mean + other.mean,
            variance: self.variance + other.variance,
        }
    }

    fn later(self, seconds: f64) -> Self {
        Self {
            mean: self.mean + seconds,
            ..self
        }
    }

    /// With this probability, and nothing otherwise.
    fn sometimes(self, probability: f64) -> Self {
        Self {
            mean: probability * self.mean,
            variance: probability * self.variance
                + probability * (1.0 - probability) * self.mean * self.mean,
        }
    }
}

/// A component: its line, and what it calls.
#[derive(Default)]
struct Node {
    component: usize,
    /// Probability that a visit waits, and the rate at which it then comes to its turn.
    waiting: f64,
    release: f64,
    /// Probability that it answers without calling anybody.
    hit: f64,
    /// Constant time of its calls, counted where it cannot be taken out.
    held_back: f64,
    /// Calls one after the other.
    calls: Vec<Call>,
    /// Calls at the same time, as one time.
    together: Option<Together>,
}

/// The slowest of parallel calls.
struct Together {
    slowest: Slowest,
    beyond: Visit,
}

/// Calls of a component that go to one of several targets each.
struct Call {
    /// How often on average, when asked at all.
    count: f64,
    /// Probability that a look-aside cache spares them.
    spared: f64,
    /// Constant time of one call.
    constant: f64,
    branches: Vec<(f64, Visit)>,
}

/// A visit of a component.
struct Visit {
    /// The component's place in the tree; none where nothing follows.
    node: Option<usize>,
    /// Mean and squared coefficient of variation of the service time; constant ones are not in here.
    service: f64,
    scv: f64,
    /// Constant time beyond that of the quickest target of the call.
    longer: f64,
}

/// Service times that vary less than this count as constant.
const CONSTANT: f64 = 1e-6;

/// Rounds that a circle is given to settle, and how little must change.
const MOST_ROUNDS: usize = 400;
const SETTLED: f64 = 1e-13;

impl Tree {
    /// The tree of a journey; none where its mean is none.
    pub(in crate::analysis) fn new(path: &Path) -> Option<Self> {
        let topology = path.topology;
        let flow = &path.traffic.journeys[path.journey];
        let mut tree = Self {
            nodes: Vec::new(),
            sets: Vec::new(),
            times: Vec::new(),
            node_of: vec![usize::MAX; topology.components.len()],
            constants: Vec::new(),
            shortened: BTreeMap::new(),
            constant: 0.0,
            entry: Visit {
                node: None,
                service: 0.0,
                scv: 0.0,
                longer: 0.0,
            },
            calls: flow
                .synchronous_calls
                .iter()
                .filter(|calls| **calls > 0.0)
                .count(),
        };
        for members in &topology.order {
            let mut set = Vec::new();
            for &component in members {
                if flow.synchronous_visits[component] > 0.0 {
                    tree.node_of[component] = tree.constants.len();
                    set.push(tree.constants.len());
                    tree.constants.push(0.0);
                }
            }
            let in_circle = members.len() > 1;
            for &component in members {
                if tree.node_of[component] == usize::MAX {
                    continue;
                }
                let (node, constant) = tree.node(path, component, in_circle)?;
                tree.constants[tree.node_of[component]] = constant;
                tree.nodes.push(node);
                tree.times.push(Time::default());
            }
            match set[..] {
                [] => continue,
                [only] if !in_circle => tree.times[only] = tree.time_of(only),
                _ => tree.go_round(path, &set)?,
            }
            tree.sets.push(set);
        }
        let entry = topology.journeys[path.journey].entry;
        let node = tree.place(entry)?;
        let (visit, constant) = visit(path, None, entry, node);
        tree.constant = constant + tree.constants[node];
        tree.entry = visit;
        Some(tree)
    }

    /// The percentiles of the response time; none beyond all numbers.
    pub(in crate::analysis) fn percentiles(&self) -> Option<Percentiles> {
        let moments = self.moments();
        let inverted = self.inverted(moments);
        let is_inverted = inverted.is_some();
        let [p50, p95, p99, p999] =
            inverted.unwrap_or_else(|| LATE.map(|late| moments.quantile(late).0));
        let known = p999.is_finite() && p50 >= 0.0;
        known.then_some(Percentiles {
            p50: Seconds(p50),
            p95: Seconds(p95),
            p99: Seconds(p99),
            p999: Seconds(p999),
            method: if is_inverted {
                PercentileMethod::Inversion
            } else {
                PercentileMethod::TwoMoments
            },
        })
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
        let edge = &path.topology.connections[connection];
        let node = self.place(edge.to)?;
        let (visit, constant) = visit(path, Some(connection), edge.to, node);
        let constant = constant + edge.rtt.0 + self.constants[node];
        let beyond = visit.time(&self.times);
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
        let whole = with_attempts(attempt, timeout, calls);
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

    /// The 95th percentile alone, to three digits, and whether it comes from the distribution; none beyond all
    /// numbers.
    pub(in crate::analysis) fn p95(&self) -> Option<(Seconds, bool)> {
        const LATE: f64 = 0.05;
        let moments = self.moments();
        let inverted = self.shape(moments).and_then(|shape| {
            let mut behind = vec![Complex64::ZERO; self.nodes.len()];
            let transform = |z: Complex64| self.transform(z, &mut behind);
            inversion::quantile(transform, shape, LATE, inversion::ROUGH)
        });
        let is_inverted = inverted.is_some();
        let time = inverted.map_or_else(
            || moments.quantile(LATE),
            |beyond| Seconds(self.constant + beyond),
        );
        time.0.is_finite().then_some((time, is_inverted))
    }

    /// The times of [`LATE`] by inversion; none where the journey is too large, hardly varies or does not settle.
    fn inverted(&self, moments: Moments) -> Option<[f64; 4]> {
        let beyond = moments.mean.0 - self.constant;
        if self.calls <= MOST_CALLS && beyond <= 1e-12 * moments.mean.0 {
            return Some([moments.mean.0; 4]);
        }
        let shape = self.shape(moments)?;
        let tolerance = match self.calls {
            calls if calls <= SMALL => inversion::EXACT,
            calls if calls <= LARGE => inversion::QUICK,
            _ => inversion::ROUGH,
        };
        let mut behind = vec![Complex64::ZERO; self.nodes.len()];
        let transform = |z: Complex64| self.transform(z, &mut behind);
        let times = inversion::quantiles(transform, shape, &LATE, tolerance)?;
        let times: [f64; 4] = times.try_into().ok()?;
        Some(times.map(|time| self.constant + time))
    }

    /// What there is to invert beyond the constant part; none where the journey is too large or hardly varies.
    fn shape(&self, moments: Moments) -> Option<Gamma> {
        let beyond = moments.mean.0 - self.constant;
        let varies = beyond > 1e-12 * moments.mean.0
            && moments.variance.sqrt() >= NARROW * beyond
            && self.calls <= MOST_CALLS;
        Gamma::new(beyond.max(0.0), moments.variance).filter(|_| varies)
    }

    /// Probability that a request takes longer than this: one inversion, where percentiles take many.
    pub(in crate::analysis) fn tail(&self, time: Seconds) -> f64 {
        let moments = self.moments();
        let inverted = self.shape(moments).and_then(|shape| {
            let mut behind = vec![Complex64::ZERO; self.nodes.len()];
            let transform = |z: Complex64| self.transform(z, &mut behind);
            inversion::tail(transform, shape, time.0 - self.constant)
        });
        inverted.unwrap_or_else(|| moments.tail(time))
    }

    /// The transform of the response time without its constant part; no number where a circle does not settle.
    fn transform(&self, z: Complex64, behind: &mut [Complex64]) -> Complex64 {
        for set in &self.sets {
            if let [only] = set[..] {
                behind[only] = self.nodes[only].transform(z, behind);
                if !self.nodes[only].calls_itself(only) {
                    continue;
                }
            }
            for &member in set {
                behind[member] = Complex64::ZERO;
            }
            let mut rounds = 0;
            loop {
                let mut change = 0.0_f64;
                for &member in set {
                    let next = self.nodes[member].transform(z, behind);
                    change = change.max((next - behind[member]).l1_norm());
                    behind[member] = next;
                }
                rounds += 1;
                if change <= SETTLED {
                    break;
                }
                if rounds == MOST_ROUNDS || change.is_nan() {
                    return Complex64::new(f64::NAN, f64::NAN);
                }
            }
        }
        self.entry.transform(z, behind)
    }

    /// Mean and variance from the line of a node on, as far as those of what it calls are known.
    fn time_of(&self, node: usize) -> Time {
        let node = &self.nodes[node];
        let mut time = node
            .calls
            .iter()
            .map(|call| call.time(&self.times))
            .fold(Time::default(), Time::plus)
            .later(node.held_back)
            .sometimes(1.0 - node.hit);
        if let Some(together) = &node.together {
            time = time.plus(together.beyond.time(&self.times));
        }
        let wait = Time {
            mean: 1.0 / node.release,
            variance: 1.0 / node.release / node.release,
        };
        time.plus(wait.sometimes(node.waiting))
    }

    /// Mean and variance of the members of a circle: both are linear in those of the others.
    fn go_round(&mut self, path: &Path, set: &[usize]) -> Option<()> {
        let members: Vec<usize> = set.iter().map(|&node| self.nodes[node].component).collect();
        let terms: Vec<Term> = path
            .inner_calls(&members)
            .map(|(from, to, connection)| Term {
                row: from,
                column: to,
                weight: path.calls_per_visit(connection),
            })
            .collect();
        let known: Vec<f64> = set.iter().map(|&node| self.time_of(node).mean).collect();
        for (&node, mean) in set.iter().zip(solve(&terms, &known)?) {
            self.times[node].mean = mean;
        }
        let known: Vec<f64> = set
            .iter()
            .map(|&node| self.time_of(node).variance)
            .collect();
        for (&node, variance) in set.iter().zip(solve(&terms, &known)?) {
            self.times[node].variance = variance.max(0.0);
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
                    let (visit, constant) = visit(path, Some(connection), edge.to, node);
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
        let mut timed = Vec::new();
        for connection in parallel {
            let calls = path.calls_per_visit(connection);
            let (calls, call) = match self.whole_call(path, connection, in_circle) {
                Some(call) => (calls / path.calls(connection).attempts, call),
                None => (calls, self.attempt(path, connection)?),
            };
            timed.push(Timed {
                calls,
                constant: call.constant.0,
                beyond: Gamma::new((call.mean.0 - call.constant.0).max(0.0), call.variance)?,
            });
        }
        let together = (!timed.is_empty()).then(|| Together::new(slowest(&timed)));
        let certain: f64 = calls.iter().map(Call::certain).sum();
        let station = &path.stations[component];
        let waiting = station.waiting_probability.unwrap_or(0.0);
        let mean = path.waiting(component);
        let mean = mean.map_or(0.0, |waiting| waiting.0);
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
            hit,
            held_back,
            calls,
            together,
        };
        Some((node, constant + least))
    }
}

impl Moments {
    /// The time after the constant part, as a gamma time.
    fn beyond(self) -> Visit {
        let beyond = self.mean.0 - self.constant.0;
        let varies = beyond > 0.0 && self.variance > CONSTANT * beyond * beyond;
        Visit {
            node: None,
            service: if varies { beyond } else { 0.0 },
            scv: if varies {
                self.variance / beyond / beyond
            } else {
                0.0
            },
            longer: if varies { 0.0 } else { beyond.max(0.0) },
        }
    }
}

impl Node {
    fn transform(&self, z: Complex64, behind: &[Complex64]) -> Complex64 {
        let mut product = Complex64::ONE;
        for call in &self.calls {
            product *= call.transform(z, behind);
        }
        if self.held_back > 0.0 {
            product *= (-z * self.held_back).exp();
        }
        if self.hit > 0.0 {
            product = self.hit + (1.0 - self.hit) * product;
        }
        if let Some(together) = &self.together {
            product *= together.beyond.transform(z, behind);
        }
        if self.waiting > 0.0 {
            product *= 1.0 - self.waiting + self.waiting * self.release / (self.release + z);
        }
        product
    }

    fn calls_itself(&self, place: usize) -> bool {
        let mut branches = self.calls.iter().flat_map(|call| &call.branches);
        branches.any(|(_, visit)| visit.node == Some(place))
    }
}

impl Together {
    fn new(slowest: Slowest) -> Self {
        let moments = Moments {
            mean: Seconds(slowest.mean),
            variance: slowest.variance,
            constant: Seconds(slowest.constant),
        };
        Self {
            slowest,
            beyond: moments.beyond(),
        }
    }
}

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
    };
    let constant = if varies { transfer } else { transfer + service };
    (visit, constant)
}

impl Visit {
    fn transform(&self, z: Complex64, behind: &[Complex64]) -> Complex64 {
        let mut product = self.node.map_or(Complex64::ONE, |node| behind[node]);
        if self.service > 0.0 {
            let base = 1.0 + z * (self.scv * self.service);
            product *= if (self.scv - 1.0).abs() < 1e-12 {
                1.0 / base
            } else {
                base.powf(-1.0 / self.scv)
            };
        }
        if self.longer > 0.0 {
            product *= (-z * self.longer).exp();
        }
        product
    }

    fn time(&self, times: &[Time]) -> Time {
        let behind = self.node.map_or(Time::default(), |node| times[node]);
        let service = Time {
            mean: self.service,
            variance: self.scv * self.service * self.service,
        };
        let service = if self.service > 0.0 {
            service
        } else {
            Time::default()
        };
        behind.plus(service).later(self.longer)
    }
}

impl Call {
    fn new(spared: f64, branch: (f64, Visit, f64)) -> Self {
        let (count, visit, constant) = branch;
        Self {
            count,
            spared,
            constant,
            branches: vec![(count, visit)],
        }
    }

    /// Adds a target among which the calls are divided; the constant time is that of the quickest.
    fn add(&mut self, branch: (f64, Visit, f64)) {
        let (count, mut visit, constant) = branch;
        let shift = self.constant - constant;
        if shift > 0.0 {
            for (_, other) in &mut self.branches {
                other.longer += shift;
            }
            self.constant = constant;
        } else {
            visit.longer = -shift;
        }
        self.count += count;
        self.branches.push((count, visit));
    }

    /// The constant time that every request takes for these calls.
    fn certain(&self) -> f64 {
        if self.spared > 0.0 {
            0.0
        } else {
            self.count.floor() * self.constant
        }
    }

    /// Mean and variance of all calls, without the constant time that is certain.
    fn time(&self, times: &[Time]) -> Time {
        let (mut mean, mut square) = (0.0, 0.0);
        let mut variance = 0.0;
        for (count, visit) in &self.branches {
            let (share, time) = (count / self.count, visit.time(times));
            mean += share * time.mean;
            variance += share * time.variance;
            square += share * time.mean * time.mean;
        }
        let one = Time {
            mean,
            variance: variance + (square - mean * mean).max(0.0),
        };
        let whole = self.count.floor();
        let always = Time {
            mean: whole * one.mean,
            variance: whole * one.variance,
        };
        let rest = one.later(self.constant).sometimes(self.count - whole);
        let all = always.plus(rest);
        if self.spared > 0.0 {
            all.later(whole * self.constant)
                .sometimes(1.0 - self.spared)
        } else {
            all
        }
    }

    fn transform(&self, z: Complex64, behind: &[Complex64]) -> Complex64 {
        if let [(_, visit)] = &self.branches[..]
            && self.count == 1.0
            && self.spared <= 0.0
        {
            return visit.transform(z, behind);
        }
        let one = self
            .branches
            .iter()
            .map(|(count, visit)| visit.transform(z, behind) * (count / self.count))
            .sum::<Complex64>();
        let whole = self.count.floor();
        let rest = self.count - whole;
        let mut all = if whole <= f64::from(u16::MAX) {
            one.powu(whole as u32)
        } else {
            one.powf(whole)
        };
        if rest > 0.0 {
            all *= 1.0 - rest + rest * one * (-z * self.constant).exp();
        }
        if self.spared > 0.0 {
            let held_back = (-z * (whole * self.constant)).exp();
            all = self.spared + (1.0 - self.spared) * all * held_back;
        }
        all
    }
}
