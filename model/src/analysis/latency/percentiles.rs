//! How long all but a few requests take: quantiles of the response time.
//!
//! **Question.** Within which time are half, 95 and 99 of 100 requests of a journey answered?
//!
//! **Model.** The response time is a sum of independent times along the calls, so its Laplace transform is a
//! product. A visit waits an exponential time with the probability that nobody is free, and is served an
//! exponential, gamma or, without variation, constant time. Calls made `n + f` times on average are made `n`
//! times and once more with probability `f`; a cache answers with its hit ratio and asks nothing then; divided
//! calls go to one of their targets. Round trips and transfers are constant.
//!
//! **Assumptions.** Times at successive visits are independent (exact without overtaking, e.g. M/M/1 in a row;
//! against simulation of a web architecture within the 99 % confidence interval). Not given for overlapping
//! calls, circles and journeys of more than [`MOST_CALLS`] connections.
//!
//! **Formula.** `P(T > t)` is the inverse of `(1 - f(z)) / z`, the density that of `f(z)`, by Euler summation of the
//! Fourier series; the quantile by Newton's method within a bracket. Constant times on every way are taken out
//! before and added after.
//!
//! **Reference.** Abate & Whitt, *Numerical inversion of Laplace transforms of probability distributions*, ORSA
//! Journal on Computing 7 (1995).
//!
//! **Complexity.** About 500 evaluations of the transform per journey, each `O(connections)`.

use num_complex::Complex64;

use super::Path;
use crate::analysis::traffic::hit_ratio;
use crate::plan::Mode;
use crate::units::Seconds;

/// Times that a share of the requests keeps within; not given for journeys whose calls overlap or go in circles,
/// and for very large ones.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Percentiles {
    /// Half of the requests are faster.
    pub p50: Seconds,
    /// 95 of 100 requests are faster.
    pub p95: Seconds,
    /// 99 of 100 requests are faster.
    pub p99: Seconds,
}

/// Journeys that use more connections get no percentiles: each takes thousands of transforms.
const MOST_CALLS: usize = 1_000;

/// The percentiles of a journey of this mean response time, if its calls neither overlap nor go in circles.
pub(super) fn percentiles(path: &Path, mean: f64) -> Option<Percentiles> {
    let tree = Tree::new(path)?;
    let rest = mean - tree.constant;
    let variation = tree.variation(rest);
    let mut fastest = 0.0_f64;
    let [p50, p95, p99] =
        [(0.5, 0.0), (0.95, 1.644_853_627), (0.99, 2.326_347_874)].map(|(share, normal)| {
            let beyond = if rest <= 1e-12 * mean {
                0.0
            } else if variation < NARROW {
                rest * (1.0 + normal * variation)
            } else {
                tree.quantile(share, rest, (2.0 / variation).ceil() as usize)
            };
            // Where the distribution jumps, two quantiles are the same up to the error of the inversion.
            fastest = fastest.max(tree.constant + beyond);
            Seconds(fastest)
        });
    let known = p99.0.is_finite() && p50.0 >= 0.0;
    known.then_some(Percentiles { p50, p95, p99 })
}

/// Times that vary less than this, relative to their mean, are sums of very many and count as normal.
const NARROW: f64 = 0.004;

/// The calls of a journey with the distribution of every time in them, callees first.
struct Tree {
    stations: Vec<Node>,
    /// What every request takes at least.
    constant: f64,
    /// The first visit.
    entry: Visit,
}

/// A component: its line, and what it calls.
struct Node {
    /// Probability that a visit waits, and the rate at which it then comes to its turn.
    waiting: f64,
    release: f64,
    /// Probability that it answers without calling anybody.
    hit: f64,
    /// Constant time of its calls, counted where it cannot be taken out because of hits.
    held_back: f64,
    calls: Vec<Call>,
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
    /// The component's place in the tree.
    node: usize,
    /// Mean and squared coefficient of variation of the service time; constant ones are not in here.
    service: f64,
    scv: f64,
    /// Constant time beyond that of the quickest target of the call.
    longer: f64,
}

/// Service times that vary less than this count as constant.
const CONSTANT: f64 = 1e-6;

impl Tree {
    fn new(path: &Path) -> Option<Self> {
        let topology = path.topology;
        let flow = &path.traffic.journeys[path.journey];
        let is_called = |connection: &usize| flow.synchronous_calls[*connection] > 0.0;
        if (0..topology.connections.len()).filter(is_called).count() > MOST_CALLS {
            return None;
        }
        let mut tree = Self {
            stations: Vec::new(),
            constant: 0.0,
            entry: Visit {
                node: 0,
                service: 0.0,
                scv: 0.0,
                longer: 0.0,
            },
        };
        let mut node_of = vec![usize::MAX; topology.components.len()];
        let mut constant_of = Vec::new();
        for members in &topology.order {
            for &component in members {
                if flow.synchronous_visits[component] <= 0.0 {
                    continue;
                }
                let (node, constant) = node(path, component, &node_of, &constant_of)?;
                node_of[component] = tree.stations.len();
                tree.stations.push(node);
                constant_of.push(constant);
            }
        }
        let entry = topology.journeys[path.journey].entry;
        if node_of[entry] == usize::MAX {
            return None;
        }
        let (visit, constant) = visit(path, None, entry, node_of[entry]);
        tree.constant = constant + constant_of[node_of[entry]];
        tree.entry = visit;
        Some(tree)
    }

    /// The transform of the response time without its constant part.
    fn transform(&self, z: Complex64, behind: &mut Vec<Complex64>) -> Complex64 {
        behind.clear();
        for node in &self.stations {
            let mut product = Complex64::ONE;
            for call in &node.calls {
                product *= call.transform(z, behind);
            }
            if node.hit > 0.0 {
                product = node.hit + (1.0 - node.hit) * product * (-z * node.held_back).exp();
            }
            let wait = 1.0 - node.waiting + node.waiting * node.release / (node.release + z);
            behind.push(wait * product);
        }
        self.entry.transform(z, behind)
    }

    /// About how much the time beyond the constant part varies relative to its mean: its standard deviation by
    /// the second difference of the cumulant function.
    fn variation(&self, mean: f64) -> f64 {
        let mut behind = Vec::with_capacity(self.stations.len());
        let mut cumulant = |steps: f64| {
            let transform = self.transform(Complex64::new(steps / mean, 0.0), &mut behind);
            -transform.re.ln()
        };
        (2.0 * cumulant(1.0) - cumulant(2.0)).max(0.0).sqrt()
    }

    /// The time, beyond the constant part, within which this share of the requests is answered.
    ///
    /// `mean` is that of the time beyond the constant part; `P(T > t) <= mean / t` bounds the search. The more
    /// `terms`, the steeper a distribution is seen.
    fn quantile(&self, share: f64, mean: f64, terms: usize) -> f64 {
        let late = 1.0 - share;
        let (mut low, mut high) = (0.0, mean / late);
        let mut time = -late.ln() * mean;
        for _ in 0..MOST_STEPS {
            let (tail, density) = self.tail_and_density(time, terms.max(TERMS));
            if tail > late {
                low = time;
            } else {
                high = time;
            }
            let newton = time + (tail - late) / density;
            let next = if newton > low && newton < high {
                newton
            } else {
                f64::midpoint(low, high)
            };
            let moved = (next - time).abs();
            time = next;
            if moved <= 1e-12 * time || high - low <= 1e-12 * mean {
                break;
            }
        }
        time
    }

    /// Probability that it takes longer than this, and the density there.
    fn tail_and_density(&self, time: f64, terms: usize) -> (f64, f64) {
        let mut behind = Vec::with_capacity(self.stations.len());
        let scale = (DISCRETISATION / 2.0).exp() / time;
        let (mut tail, mut density) = (0.0, 0.0);
        let (mut tails, mut densities) = (0.0, 0.0);
        for k in 0..terms + BINOMIAL.len() {
            let z = Complex64::new(DISCRETISATION / 2.0, k as f64 * std::f64::consts::PI) / time;
            let value = self.transform(z, &mut behind);
            let sign = match k {
                0 => 0.5,
                k if k % 2 == 0 => 1.0,
                _ => -1.0,
            };
            tail += sign * ((1.0 - value) / z).re;
            density += sign * value.re;
            if k >= terms {
                tails += BINOMIAL[k - terms] * tail;
                densities += BINOMIAL[k - terms] * density;
            }
        }
        (scale * tails, scale * densities)
    }
}

/// The error of the Fourier series is `e^-DISCRETISATION` times the tail at three times the time.
const DISCRETISATION: f64 = 20.0;

/// Terms of the series, at least, before its partial sums are averaged.
const TERMS: usize = 32;

/// Weights of that average: binomial coefficients of 11 over 2¹¹.
const BINOMIAL: [f64; 12] = [
    1.0 / 2048.0,
    11.0 / 2048.0,
    55.0 / 2048.0,
    165.0 / 2048.0,
    330.0 / 2048.0,
    462.0 / 2048.0,
    462.0 / 2048.0,
    330.0 / 2048.0,
    165.0 / 2048.0,
    55.0 / 2048.0,
    11.0 / 2048.0,
    1.0 / 2048.0,
];

/// Steps of the search for a quantile.
const MOST_STEPS: usize = 60;

/// A component with its calls, and the constant time of them all; none where calls overlap or go back.
fn node(
    path: &Path,
    component: usize,
    node_of: &[usize],
    constant_of: &[f64],
) -> Option<(Node, f64)> {
    let topology = path.topology;
    let serving = &path.traffic.serving;
    let hit = hit_ratio(topology, serving, component, path.journey);
    let mut calls = Vec::new();
    let mut parallel = 0.0;
    for &group in &topology.components[component].groups {
        let group = &topology.groups[group];
        let mut divided: Option<Call> = None;
        for &connection in &group.members {
            let edge = &topology.connections[connection];
            let per_visit = path.calls_per_visit(connection);
            if per_visit <= 0.0 {
                continue;
            }
            if node_of[edge.to] == usize::MAX {
                return None;
            }
            let spared = edge.only_on_miss_of.map_or(0.0, |cache| {
                hit_ratio(topology, serving, cache, path.journey)
            });
            let count = whole_if_near(per_visit / (1.0 - hit) / (1.0 - spared));
            if edge.mode == Mode::Parallel {
                parallel += count.ceil();
            }
            let node = node_of[edge.to];
            let (visit, constant) = visit(path, Some(connection), edge.to, node);
            let branch = (count, visit, constant + edge.rtt.0 + constant_of[node]);
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
    if parallel > 1.0 {
        return None;
    }
    let certain: f64 = calls.iter().map(Call::certain).sum();
    let station = &path.stations[component];
    let waiting = station.waiting_probability.unwrap_or(0.0);
    let mean = station.waiting.map_or(0.0, |waiting| waiting.0);
    let waits = waiting > 0.0 && mean > 0.0 && serving[component] > 0;
    let (held_back, constant) = if hit > 0.0 {
        (certain, 0.0)
    } else {
        (0.0, certain)
    };
    let node = Node {
        waiting: if waits { waiting } else { 0.0 },
        release: if waits { waiting / mean } else { 1.0 },
        hit,
        held_back,
        calls,
    };
    Some((node, constant))
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
        node,
        service: if varies { service } else { 0.0 },
        scv,
        longer: 0.0,
    };
    let constant = if varies { transfer } else { transfer + service };
    (visit, constant)
}

impl Visit {
    fn transform(&self, z: Complex64, behind: &[Complex64]) -> Complex64 {
        let mut product = behind[self.node];
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

    fn transform(&self, z: Complex64, behind: &[Complex64]) -> Complex64 {
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
