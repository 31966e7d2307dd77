//! What happens at the peak when one thing is gone: whether the rest still answers, and how busy it is then.
//!
//! **Question.** One instance, place or provider is lost while every journey is at its peak: does each journey
//! go on, do the survivors carry its load, and how slow does it get?
//!
//! **Model.** What is lost takes down what cannot work without it ([`crate::analysis::structure`]). Nothing is
//! asked of what is down: the survivors take over its share, and the traffic and the stations behind it are
//! computed again. Users go on asking.
//!
//! **Assumptions.** The survivors are known to be alive, the load is at its peak, and nothing scales by itself
//! (static stability). What settles under load (retries, closed populations, limited rooms, held workers) stays
//! as it is at the peak in the sweep over all losses; where a response time is computed exactly, the whole
//! operating point is found anew, and in plans with any of these that is done for every loss as far as it is
//! affordable.
//!
//! **Formula.** `down` if the journey's success function is false; `overloaded` if something it waits for is
//! used to 1 or more; `degraded` if something is above the planning ceiling, or an optional part is gone; else
//! `ok`. The 95th percentile after a loss by [`crate::analysis::latency`] where that is affordable, else
//! estimated from two moments, see `estimate`.
//!
//! **Reference.** N-1 criterion of power systems; *static stability*: AWS Builders' Library, *Static stability
//! using Availability Zones*.
//!
//! **Complexity.** Per loss, what changes behind it: what gets the same load from as many instances is left as it
//! is, and losses that requests cannot tell apart (of any part behind the same entrance) are computed once. All
//! together at most [`MOST_WORK`] steps, and the report says how many losses were not looked at. Exact response
//! times take at most [`MOST_EXACT`] steps; one counts for all losses that requests cannot tell apart.

mod estimate;
mod exact;
mod losses;
mod sweep;

use std::rc::Rc;

use crate::analysis::operating_point::{OperatingPoint, operating_point};
use crate::analysis::structure::Structure;
use crate::analysis::traffic::Resource;
use crate::plan::{Id, PlaceKind};
use crate::topology::Topology;
use crate::units::Seconds;

use exact::Exact;
use losses::losses;
use sweep::{Found, Sweep};

/// What every single loss does to every journey.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FailureReport {
    /// Per journey, in the order of the topology.
    pub journeys: Vec<JourneyFailures>,
    /// How many losses were not looked at because the plan is too large.
    pub unchecked: usize,
}

/// What single losses do to one journey.
#[derive(Clone, Debug, PartialEq)]
pub struct JourneyFailures {
    /// What it is while everything is there.
    pub before: Survival,
    /// The losses that touch what the journey uses: instances in the order of the plan, then places.
    pub failures: Vec<Failure>,
    /// The worst loss of each level at which the plan can lose anything, instances first, then places from the
    /// widest to the narrowest.
    pub worst: Vec<WorstLoss>,
}

impl JourneyFailures {
    /// The losses that overload the journey, unless it is overloaded anyway.
    pub fn overloads(&self) -> impl Iterator<Item = &Failure> {
        let overloads = |failure: &&Failure| failure.verdict == Survival::Overloaded;
        let is_carried = self.before < Survival::Overloaded;
        self.failures
            .iter()
            .filter(overloads)
            .filter(move |_| is_carried)
    }
}

/// What one loss does to one journey at its peak.
#[derive(Clone, Debug, PartialEq)]
pub struct Failure {
    /// What is lost: `component:ID` for one instance of a component, `place:ID`.
    pub event: Rc<str>,
    /// How much is lost at once.
    pub level: Level,
    /// What becomes of the journey.
    pub verdict: Survival,
    /// What the journey waits for that is then the busiest: the component, its resource, and how much of it is
    /// used, 1 and more is saturated. None if the journey is down.
    pub busiest: Option<(Id, Resource, f64)>,
    /// 95 of 100 responses are faster then; none if the journey is down or overloaded, or where it cannot be
    /// computed.
    pub p95: Option<Seconds>,
    /// Whether that time is computed from the distribution; otherwise it is estimated from mean and variance.
    pub p95_is_exact: bool,
    /// Whether it is the loss of a provider of nothing but DNS.
    pub is_dns_only: bool,
}

/// The worst that losses of one level do to a journey.
#[derive(Clone, Debug, PartialEq)]
pub struct WorstLoss {
    /// How much is lost at once.
    pub level: Level,
    /// What becomes of the journey.
    pub verdict: Survival,
    /// The loss, as in [`Failure::event`]; none if no loss of this level touches the journey.
    pub event: Option<Rc<str>>,
    /// The longest of [`Failure::p95`] of this level; none where one leaves no time.
    pub p95: Option<Seconds>,
    /// As [`Failure::p95_is_exact`].
    pub p95_is_exact: bool,
}

/// How much is lost at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// One instance of a component.
    Instance,
    /// Everything in a place.
    Place(PlaceKind),
}

/// What becomes of a journey, from the best to the worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Survival {
    /// It goes on, and everything it waits for stays below the planning ceiling.
    Ok,
    /// It goes on with little room, or without an optional part.
    Degraded,
    /// It goes on, but something it waits for gets more than it can do.
    Overloaded,
    /// It cannot be made.
    Down,
}

impl Level {
    /// The word in files.
    pub fn id(self) -> &'static str {
        match self {
            Self::Instance => "instance",
            Self::Place(kind) => kind.id(),
        }
    }

    /// The word on screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Instance => "Instance",
            Self::Place(kind) => kind.name(),
        }
    }

    /// All levels, instances first, then places from the widest to the narrowest.
    pub fn all() -> impl Iterator<Item = Self> {
        std::iter::once(Self::Instance).chain(PlaceKind::ALL.into_iter().map(Self::Place))
    }
}

impl Survival {
    /// The word in files.
    pub fn id(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Degraded => "degraded",
            Self::Overloaded => "overloaded",
            Self::Down => "down",
        }
    }

    /// The word on screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ok => "Carries on",
            Self::Degraded => "Degraded",
            Self::Overloaded => "Overloaded",
            Self::Down => "Down",
        }
    }
}

/// Steps after which no further loss is looked at; a step is a component or connection of one journey.
pub const MOST_WORK: usize = 2_000_000;

/// Steps that exact response times after losses may take; each takes one for every component and connection.
pub const MOST_EXACT: usize = 2_000;

/// The 95th percentile of a response time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ResponseTime {
    /// 95 of 100 responses are faster.
    pub p95: Seconds,
    /// Whether it is computed from the distribution; otherwise it is estimated from mean and variance.
    pub is_exact: bool,
}

/// What every single loss does to every journey. `at_peak_takes` says how fast each journey is at the peak, where it
/// has an answer at all, and `p95` how fast one is at another operating point.
pub fn failures(
    topology: &Topology,
    peak: &OperatingPoint,
    at_peak_takes: &[Option<ResponseTime>],
    structure: &Structure,
    p95: impl Fn(&OperatingPoint, usize) -> Option<ResponseTime>,
) -> FailureReport {
    let has_burst = peak.conditions.extra.iter().any(|&extra| extra > 0);
    let settled = has_burst.then(|| {
        let conditions = peak.conditions.clone();
        let removed = conditions.removed.clone();
        operating_point(topology, conditions.without(removed))
    });
    let base = settled.as_ref().unwrap_or(peak);
    let before: Vec<Option<ResponseTime>> = match &settled {
        None => at_peak_takes.to_vec(),
        Some(base) => (0..topology.journeys.len())
            .map(|journey| p95(base, journey))
            .collect(),
    };
    let losses = losses(topology, structure);
    let mut sweep = Sweep::new(topology, base, structure, &before);
    let mut found: Vec<Vec<Found>> = Vec::new();
    found.resize_with(topology.journeys.len(), Vec::new);
    let mut unchecked = 0;
    for (index, loss) in losses.iter().enumerate() {
        if sweep.work > MOST_WORK {
            unchecked = losses.len() - index;
            break;
        }
        sweep.without(index, loss, &mut found);
    }
    Exact::new(topology, base, &losses, &mut sweep, &p95).look(&mut found);
    let levels: Vec<Level> = Level::all()
        .filter(|level| {
            losses
                .iter()
                .any(|loss| loss.level == *level && !loss.is_dns_only)
        })
        .collect();
    let journeys = found
        .into_iter()
        .enumerate()
        .map(|(journey, found)| {
            let failures: Vec<Failure> = found.into_iter().map(|found| found.failure).collect();
            let untouched = if sweep.is_up(journey) {
                sweep.standing(peak, journey).0
            } else {
                Survival::Down
            };
            let worst = levels
                .iter()
                .map(|&level| worst_of(level, &failures, untouched, before[journey]))
                .collect();
            JourneyFailures {
                before: untouched,
                failures,
                worst,
            }
        })
        .collect();
    FailureReport {
        journeys,
        unchecked,
    }
}

/// The worst loss of a level: by verdict, then the slowest, then the first; and the longest time of any.
fn worst_of(
    level: Level,
    failures: &[Failure],
    untouched: Survival,
    before: Option<ResponseTime>,
) -> WorstLoss {
    let of_level = failures
        .iter()
        .filter(|failure| failure.level == level && !failure.is_dns_only);
    let slowest = of_level
        .clone()
        .reduce(|worst, next| if is_worse(next, worst) { next } else { worst });
    let worst = of_level.reduce(|worst, next| {
        let is_next = next.verdict > worst.verdict
            || (next.verdict == worst.verdict && is_worse(next, worst));
        if is_next { next } else { worst }
    });
    match worst.zip(slowest) {
        Some((failure, slowest)) => WorstLoss {
            level,
            verdict: failure.verdict,
            event: Some(failure.event.clone()),
            p95: slowest.p95,
            p95_is_exact: slowest.p95_is_exact,
        },
        None => WorstLoss {
            level,
            verdict: untouched,
            event: None,
            p95: before
                .filter(|_| untouched < Survival::Overloaded)
                .map(|before| before.p95),
            p95_is_exact: before.is_some_and(|before| before.is_exact),
        },
    }
}

/// Whether a loss is worse than another: one after which there is no time, then the slower, then the busier.
fn is_worse(failure: &Failure, other: &Failure) -> bool {
    let seconds = |failure: &Failure| failure.p95.map_or(-1.0, |p95| p95.0);
    let busy = |failure: &Failure| failure.busiest.as_ref().map_or(0.0, |busiest| busiest.2);
    let class = |failure: &Failure| failure.verdict.max(Survival::Degraded);
    class(failure)
        .cmp(&class(other))
        .then(seconds(failure).total_cmp(&seconds(other)))
        .then(busy(failure).total_cmp(&busy(other)))
        .is_gt()
}

#[cfg(test)]
mod tests;
