//! The parts of a tree of calls: components with their lines, the calls they make, and how long each takes.
//!
//! **Formula.** Means and variances add up along the calls; `Var[N T] = E[N] Var[T] + Var[N] E[T]²` for calls made `n` times, and once more with probability `f`.

use crate::analysis::queueing::gamma::Gamma;
use crate::analysis::queueing::limited_line::LimitedLine;
use crate::analysis::queueing::parallel::Slowest;
use crate::units::Seconds;

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

/// Mean and variance of a time.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Time {
    pub(super) mean: f64,
    pub(super) variance: f64,
}

impl Time {
    /// One after the other.
    pub(super) fn plus(self, other: Self) -> Self {
        Self {
            mean: self.mean + other.mean,
            variance: self.variance + other.variance,
        }
    }

    pub(super) fn later(self, seconds: f64) -> Self {
        Self {
            mean: self.mean + seconds,
            ..self
        }
    }

    /// With this probability, and nothing otherwise.
    pub(super) fn sometimes(self, probability: f64) -> Self {
        Self {
            mean: probability * self.mean,
            variance: probability * self.variance
                + probability * (1.0 - probability) * self.mean * self.mean,
        }
    }
}

/// A component: its line, and what it calls.
#[derive(Default)]
pub(super) struct Node {
    pub(super) component: usize,
    /// Probability that a visit waits, and the rate at which it then comes to its turn.
    pub(super) waiting: f64,
    pub(super) release: f64,
    /// Waits in lines with limited room, before that.
    pub(super) lines: [Option<LimitedLine>; 2],
    /// How many waits of one request count as one that is so many times as long.
    pub(super) alike: f64,
    /// Probability that it answers without calling anybody.
    pub(super) hit: f64,
    /// Constant time of its calls, counted where it cannot be taken out.
    pub(super) held_back: f64,
    /// Calls one after the other.
    pub(super) calls: Vec<Call>,
    /// Calls at the same time, as one time.
    pub(super) together: Option<Together>,
}

/// The slowest of parallel calls: if any is made, what it takes where nobody waits, and then what the waiting adds.
///
/// Mean and variance are those of the slowest. Its parts are chosen so that more load makes none of them quicker: a
/// gamma time of the whole would have a middle that falls where the variance grows more than the mean.
pub(super) struct Together {
    pub(super) slowest: Slowest,
    idle: Slowest,
    /// Probability that any call is made.
    pub(super) made: f64,
    /// What it then takes where nobody waits.
    pub(super) bare: Visit,
    /// What is added with this probability, exponential with this mean.
    pub(super) wait: (f64, f64),
    /// What is always added.
    pub(super) more: Visit,
}

/// Calls of a component that go to one of several targets each.
#[derive(PartialEq)]
pub(super) struct Call {
    /// How often on average, when asked at all.
    pub(super) count: f64,
    /// Probability that a look-aside cache spares them.
    pub(super) spared: f64,
    /// Constant time of one call.
    pub(super) constant: f64,
    pub(super) branches: Vec<(f64, Visit)>,
}

/// A visit of a component.
#[derive(Default, PartialEq)]
pub(super) struct Visit {
    /// The component's place in the tree; none where nothing follows.
    pub(super) node: Option<usize>,
    /// Mean and squared coefficient of variation of the service time; constant ones are not in here.
    pub(super) service: f64,
    pub(super) scv: f64,
    /// Constant time beyond that of the quickest target of the call.
    pub(super) longer: f64,
    /// Mean time of the call that it is neither in line nor being served at the component.
    pub(super) elsewhere: f64,
}

/// What is added to a time that is less than this part of it is nothing.
const NOTHING: f64 = 1e-12;

/// Service times that vary less than this count as constant.
pub(super) const CONSTANT: f64 = 1e-6;

impl Moments {
    /// The time after the constant part, as a gamma time.
    pub(super) fn beyond(self) -> Visit {
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
            elsewhere: 0.0,
        }
    }
}

impl Node {
    /// Mean and variance of the wait of one visit.
    pub(super) fn wait(&self) -> Time {
        let wait = Time {
            mean: 1.0 / self.release,
            variance: 1.0 / self.release / self.release,
        };
        let wait = wait.sometimes(self.waiting);
        let wait = Time {
            variance: self.alike * wait.variance,
            ..wait
        };
        let lines = self.lines.iter().flatten().map(|line| {
            let wait = Time {
                mean: line.mean().0,
                variance: line.variance(),
            };
            wait.sometimes(line.probability)
        });
        lines.fold(wait, Time::plus)
    }

    pub(super) fn calls_itself(&self, place: usize) -> bool {
        let mut branches = self.calls.iter().flat_map(|call| &call.branches);
        branches.any(|(_, visit)| visit.node == Some(place))
    }
}

impl Together {
    /// Of calls as they are, and as they would be if nobody waited.
    pub(super) fn new(slowest: Slowest, idle: Slowest) -> Self {
        let made = slowest.made;
        let where_made = |slowest: Slowest| {
            let (mean, square) = (
                slowest.mean - slowest.constant,
                slowest.variance + (slowest.mean - slowest.constant).powi(2),
            );
            let (mean, square) = (mean / made, square / made);
            Time {
                mean,
                variance: (square - mean * mean).max(0.0),
            }
        };
        let mut together = Self {
            slowest,
            idle,
            made,
            bare: Visit::default(),
            wait: (0.0, 0.0),
            more: Visit::default(),
        };
        if made <= 0.0 {
            return together;
        }
        let (now, bare) = (where_made(slowest), where_made(idle));
        let later = slowest.least - slowest.constant;
        let moments = |time: Time, constant: f64| Moments {
            mean: Seconds(time.mean),
            variance: time.variance,
            constant: Seconds(constant),
        };
        together.bare = moments(bare, later).beyond();
        together.bare.longer += later;
        let more = Time {
            mean: now.mean - bare.mean,
            variance: (now.variance - bare.variance).max(0.0),
        };
        let square = more.mean * more.mean;
        if more.mean <= NOTHING * now.mean {
            return together;
        }
        if more.variance >= square {
            let both = more.variance + square;
            together.wait = (2.0 * square / both, 0.5 * both / more.mean);
        } else {
            together.more = moments(more, 0.0).beyond();
        }
        together
    }

    /// Mean and variance beyond the constant part, where nobody waits or as it is.
    pub(super) fn time(&self, is_idle: bool) -> Time {
        let slowest = if is_idle { self.idle } else { self.slowest };
        Time {
            mean: slowest.mean - slowest.constant,
            variance: slowest.variance,
        }
    }
}

impl Visit {
    pub(super) fn time(&self, times: &[Time]) -> Time {
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
    pub(super) fn new(spared: f64, branch: (f64, Visit, f64)) -> Self {
        let (count, visit, constant) = branch;
        Self {
            count,
            spared,
            constant,
            branches: vec![(count, visit)],
        }
    }

    /// Adds a target among which the calls are divided; the constant time is that of the quickest.
    pub(super) fn add(&mut self, branch: (f64, Visit, f64)) {
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
    pub(super) fn certain(&self) -> f64 {
        if self.spared > 0.0 {
            0.0
        } else {
            self.count.floor() * self.constant
        }
    }

    /// Mean and variance of all calls, without the constant time that is certain.
    pub(super) fn time(&self, times: &[Time]) -> Time {
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
}
