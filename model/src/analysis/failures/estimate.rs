//! An estimate of the 95th percentile from mean and variance, where the distribution is too much work.
//!
//! **Question.** The mean and the variance of a response time change: what becomes of its 95th percentile?
//!
//! **Model.** A gamma distribution of the same mean and variance, scaled so that it gives the exact percentile
//! before the change.
//!
//! **Assumptions.** Visits follow one another and are independent; calls that overlap count one after the other.
//!
//! **Formula.** [`Gamma::rough_quantile`]. A station that is visited `n + f` times on average, with stays of mean `r`
//! and variance `s`, adds `(n + f) r` to the mean and `(n + f) s + f (1 − f) r²` to the variance.
//!
//! **Reference.** Wilson and Hilferty, *The distribution of chi-square*, PNAS 17 (1931).
//!
//! **Complexity.** Constant.

use crate::analysis::queueing::gamma::Gamma;
use crate::analysis::stations::Station;

/// Mean and variance of a time, in seconds and their square.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Moments {
    pub(super) mean: f64,
    pub(super) variance: f64,
}

/// Mean and variance of one stay at a station, in seconds and their square; 0 where it gives no time.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Stay {
    mean: f64,
    variance: f64,
}

impl Stay {
    pub(super) fn at(station: &Station) -> Self {
        let (Some(stay), Some(waiting)) = (station.residence, station.waiting) else {
            return Self::default();
        };
        let has_to_wait = station.waiting_probability.unwrap_or(0.0);
        let waiting_variance = if has_to_wait > 0.0 {
            waiting.0 * waiting.0 * (2.0 / has_to_wait - 1.0).max(0.0)
        } else {
            0.0
        };
        let service = station.service_time.0;
        Self {
            mean: stay.0,
            variance: waiting_variance + station.scv * service * service,
        }
    }

    /// So many of them, one after the other.
    pub(super) fn times(self, visits: f64) -> Moments {
        let part = visits.fract();
        Moments {
            mean: visits * self.mean,
            variance: visits * self.variance + part * (1.0 - part) * self.mean * self.mean,
        }
    }
}

impl Moments {
    pub(super) fn plus(self, other: Self) -> Self {
        Self {
            mean: self.mean + other.mean,
            variance: self.variance + other.variance,
        }
    }

    pub(super) fn minus(self, other: Self) -> Self {
        Self {
            mean: self.mean - other.mean,
            variance: self.variance - other.variance,
        }
    }

    /// About the 95th percentile of a gamma distribution; `None` without a mean.
    pub(super) fn p95(self) -> Option<f64> {
        let quantile = Gamma::new(self.mean, self.variance.max(0.0))?.rough_quantile(0.05);
        (quantile > 0.0 && quantile.is_finite()).then_some(quantile)
    }
}

/// The 95th percentile after a change, given the exact one before it, and what [`Moments::p95`] was then.
pub(super) fn p95(
    exact: f64,
    (before, estimated): (Moments, Option<f64>),
    after: Moments,
) -> Option<f64> {
    if after == before {
        return Some(exact);
    }
    let estimate = match (estimated, after.p95()) {
        (Some(before), Some(after)) => exact * after / before,
        _ => exact + after.mean - before.mean,
    };
    (estimate.is_finite() && estimate >= 0.0).then_some(estimate)
}
