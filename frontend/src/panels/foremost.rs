//! Which journey speaks for the plan: the one that is nearest to its limits, and the one that takes longest.

use model::evaluate::{Evaluation, JourneyEvaluation};

/// The journey that comes closest to what can be carried; before those that can only wait, of fixed numbers of
/// users, and those that the others squeeze out.
pub(super) fn tightest(evaluation: &Evaluation) -> Option<&JourneyEvaluation> {
    let headroom = |journey: &JourneyEvaluation| match journey.capacity {
        Some(_) if is_squeezed_out(journey) => 1.0,
        Some(_) if journey.population.is_some() => f64::MAX / 4.0,
        Some(capacity) if journey.arrival_rate.0 > 0.0 => capacity / journey.arrival_rate,
        Some(_) => f64::MAX / 2.0,
        None => f64::MAX,
    };
    evaluation
        .journeys
        .iter()
        .min_by(|a, b| headroom(a).total_cmp(&headroom(b)))
}

/// Whether the other journeys alone use up something that this one needs.
pub(super) fn is_squeezed_out(journey: &JourneyEvaluation) -> bool {
    journey.capacity.is_some_and(|capacity| capacity.0 <= 0.0)
}

/// What a time is of all times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Of {
    /// The 95th percentile.
    P95,
    /// The 95th percentile, not exactly.
    AboutP95,
    /// The mean.
    Mean,
}

impl Of {
    /// A unit of time with what the time is: `ms p95`.
    pub(super) fn unit(self, unit: &str) -> String {
        match self {
            Self::P95 => t!("{unit} p95", unit),
            Self::AboutP95 => t!("{unit} p95, about", unit),
            Self::Mean => t!("{unit} on average", unit),
        }
    }
}

/// The journey that takes longest, how long, and what that time is of all times; none where one has no end.
pub(super) fn slowest(evaluation: &Evaluation) -> Option<(&JourneyEvaluation, f64, Of)> {
    if endless(evaluation).is_some() {
        return None;
    }
    evaluation
        .journeys
        .iter()
        .filter_map(|journey| {
            let response = journey.response?;
            Some(match response.p95 {
                Some(p95) if response.is_about() => (journey, p95.0, Of::AboutP95),
                Some(p95) => (journey, p95.0, Of::P95),
                None => (journey, response.mean.0, Of::Mean),
            })
        })
        .max_by(|a, b| a.1.total_cmp(&b.1))
}

/// A journey whose answers take ever longer, since more comes than can be done.
pub(super) fn endless(evaluation: &Evaluation) -> Option<&JourneyEvaluation> {
    let mut journeys = evaluation.journeys.iter();
    journeys.find(|journey| journey.saturated && journey.response.is_none())
}
