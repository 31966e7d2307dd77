//! How long several exponential times take one after the other.
//!
//! **Question.** A request passes stages that each take an exponential time: within which time are 99 of 100 through?
//!
//! **Model.** A sum of independent exponential times with given rates; sojourn times of M/M/1 queues in a row are
//! such times.
//!
//! **Formula.** Mean `Σ 1/r`, variance `Σ 1/r²`; quantiles by inversion of `Π r/(r + z)`. Never by partial
//! fractions, which cancel where rates are nearly the same.
//!
//! **Reference.** Reich (1957), Burke (1956) on tandem queues; [`inversion`] for the method.
//!
//! **Complexity.** A few hundred times the number of stages.

use num_complex::Complex64;

use super::gamma::Gamma;
use super::inversion;
use crate::units::Seconds;

/// A sum of independent exponential times.
#[derive(Clone, Debug, PartialEq)]
pub struct Stages {
    rates: Vec<f64>,
}

impl Stages {
    /// Stages of these rates, per second; `None` without any, or if one is not a positive number.
    pub fn new(rates: &[f64]) -> Option<Self> {
        let makes_sense = |rate: &f64| *rate > 0.0 && rate.is_finite();
        (!rates.is_empty() && rates.iter().all(makes_sense)).then(|| Self {
            rates: rates.to_vec(),
        })
    }

    /// The mean.
    pub fn mean(&self) -> Seconds {
        Seconds(self.rates.iter().map(|rate| 1.0 / rate).sum())
    }

    /// The variance, in seconds squared.
    pub fn variance(&self) -> f64 {
        self.rates.iter().map(|rate| 1.0 / rate / rate).sum()
    }

    /// The times that so many do not keep within: 0.01 for what 99 of 100 keep within. The larger shares first.
    pub fn quantiles(&self, late: &[f64]) -> Option<Vec<Seconds>> {
        let shape = Gamma::new(self.mean().0, self.variance())?;
        let transform = |z: Complex64| {
            self.rates
                .iter()
                .map(|rate| rate / (rate + z))
                .product::<Complex64>()
        };
        let times = inversion::quantiles(transform, shape, late, inversion::EXACT)?;
        Some(times.into_iter().map(Seconds).collect())
    }
}
