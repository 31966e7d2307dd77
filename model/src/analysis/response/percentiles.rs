//! Times within which a share of the requests is answered.
//!
//! **Question.** At the peak, within which time are 50, 95, 99 and 99.9 of 100 requests answered?
//!
//! **Model.** The distribution of the [`Tree`], by its transform: see `formula`.
//!
//! **Assumptions.** A journey of more than [`MOST_CALLS`] connections, a circle that does not settle, and times that
//! vary by less than [`NARROW`] of their mean are taken as gamma times of the same mean and variance.
//!
//! **Formula.** [`inversion`] of the transform, to ten digits up to [`SMALL`] connections, to five up to [`LARGE`], to
//! three beyond.
//!
//! **Reference.** Abate & Whitt (1995), see [`inversion`].
//!
//! **Complexity.** 100 to 300 evaluations of the transform per journey, each `O(connections)`; up to 2,000 more where
//! the distribution is not smooth.

use super::formula::Formula;
use super::node::Moments;
use super::tree::Tree;
use crate::analysis::queueing::gamma::Gamma;
use crate::analysis::queueing::inversion;
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
    /// From the distribution, with waits of one request that may belong together taken as independent: high percentiles
    /// may be too low.
    Independent,
    /// Estimated from its mean and variance.
    TwoMoments,
}

impl PercentileMethod {
    /// The name in files.
    pub fn id(self) -> &'static str {
        match self {
            Self::Inversion => "inversion",
            Self::Independent => "independent_waits",
            Self::TwoMoments => "two_moments",
        }
    }
}

/// Journeys that use more connections are estimated: each takes hundreds of transforms.
const MOST_CALLS: usize = 20_000;

/// Journeys of so many connections get ten digits, larger ones five.
const SMALL: usize = 20;

/// Journeys of more connections than this get three digits.
const LARGE: usize = 100;

/// Times that vary less than this, relative to their mean, are sums of very many and nearly normal.
const NARROW: f64 = 0.004;

/// Waits that may belong together are said to count as independent where that may be this part of the variance.
const MATTERS: f64 = 0.02;

/// Shares of the requests that do not keep within the percentiles.
const LATE: [f64; 4] = [0.5, 0.05, 0.01, 0.001];

impl Tree {
    /// The percentiles of the response time; none beyond all numbers.
    pub(in crate::analysis) fn percentiles(&self) -> Option<Percentiles> {
        let moments = self.moments();
        let inverted = self.quantiles(&LATE, self.tolerance());
        let is_inverted = inverted.is_some();
        let times = inverted.unwrap_or_else(|| {
            let estimates = LATE.iter().map(|&late| moments.quantile(late).0);
            estimates.collect()
        });
        let [p50, p95, p99, p999] = times.try_into().ok()?;
        let known = p999.is_finite() && p50 >= 0.0;
        known.then_some(Percentiles {
            p50: Seconds(p50),
            p95: Seconds(p95),
            p99: Seconds(p99),
            p999: Seconds(p999),
            method: self.method(is_inverted),
        })
    }

    /// The 95th percentile alone, to three digits, and whether it comes from the distribution; none beyond all
    /// numbers.
    pub(in crate::analysis) fn p95(&self) -> Option<(Seconds, bool)> {
        const LATE: f64 = 0.05;
        let moments = self.moments();
        let inverted = self.quantiles(&[LATE], inversion::ROUGH);
        let is_inverted = inverted.is_some();
        let time = match inverted.as_deref() {
            Some(&[time]) => Seconds(time),
            _ => moments.quantile(LATE),
        };
        let is_exact = self.method(is_inverted) == PercentileMethod::Inversion;
        time.0.is_finite().then_some((time, is_exact))
    }

    fn method(&self, is_inverted: bool) -> PercentileMethod {
        if !is_inverted {
            PercentileMethod::TwoMoments
        } else if self.more_variance > MATTERS * self.moments().variance {
            PercentileMethod::Independent
        } else {
            PercentileMethod::Inversion
        }
    }

    /// Probability that a request takes longer than this: one inversion, where percentiles take many.
    pub(in crate::analysis) fn tail(&self, time: Seconds) -> f64 {
        let moments = self.moments();
        let beyond = time.0 - self.constant;
        let inverted = self
            .shape(moments)
            .and_then(|shape| inversion::tail(self.formula(), shape, beyond, self.tolerance()));
        inverted.unwrap_or_else(|| moments.tail(time))
    }

    /// The times that so many do not keep within, by inversion; none where the journey is too large, hardly varies or
    /// does not settle.
    pub(in crate::analysis) fn quantiles(&self, late: &[f64], tolerance: f64) -> Option<Vec<f64>> {
        let moments = self.moments();
        let beyond = moments.mean.0 - self.constant;
        if self.calls <= MOST_CALLS && beyond <= 1e-12 * moments.mean.0 {
            return Some(vec![moments.mean.0; late.len()]);
        }
        let shape = self.shape(moments)?;
        let times = inversion::quantiles(self.formula(), shape, late, tolerance)?;
        Some(times.iter().map(|time| self.constant + time).collect())
    }

    /// The digits that a journey of this size gets.
    fn tolerance(&self) -> f64 {
        match self.calls {
            calls if calls <= SMALL => inversion::EXACT,
            calls if calls <= LARGE => inversion::QUICK,
            _ => inversion::ROUGH,
        }
    }

    /// What there is to invert beyond the constant part; none where the journey is too large or hardly varies.
    fn shape(&self, moments: Moments) -> Option<Gamma> {
        let beyond = moments.mean.0 - self.constant;
        let varies = beyond > 1e-12 * moments.mean.0
            && moments.variance.sqrt() >= NARROW * beyond
            && self.calls <= MOST_CALLS;
        Gamma::new(beyond.max(0.0), moments.variance).filter(|_| varies)
    }

    fn formula(&self) -> Formula {
        Formula::new(&self.nodes, &self.sets, &self.entry)
    }
}
