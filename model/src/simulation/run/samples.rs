//! What is seen of journeys and components, slice by slice of the simulated time.

use super::super::estimate::quantiles;
use super::super::program::Station;

/// What was seen of a journey.
#[derive(Clone, Debug, Default)]
pub(in super::super) struct JourneySample {
    /// Response times of the slice that is measured.
    pub(super) times: Vec<f64>,
    pub(super) failures: u64,
    pub(in super::super) mean: Vec<f64>,
    pub(in super::super) quantiles: [Vec<f64>; 4],
    pub(in super::super) rate: Vec<f64>,
    pub(in super::super) failed: Vec<f64>,
}

/// The quantiles that are measured, the lowest first.
const SHARES: [f64; 4] = [0.5, 0.95, 0.99, 0.999];

/// What was seen of a component.
#[derive(Clone, Debug, Default)]
pub(in super::super) struct StationSample {
    pub(super) visits: u64,
    pub(super) waited: f64,
    pub(super) busy: f64,
    pub(in super::super) utilisation: Vec<f64>,
    pub(in super::super) waiting: Vec<f64>,
}

impl JourneySample {
    /// Ends a slice of so many seconds; what was seen before the first measured one is forgotten.
    pub(super) fn close_slice(&mut self, seconds: f64, measured: bool) {
        if measured {
            let answers = self.times.len() as f64;
            let all = answers + self.failures as f64;
            self.rate.push(all / seconds);
            if all > 0.0 {
                self.failed.push(self.failures as f64 / all);
            }
            if !self.times.is_empty() {
                let sum: f64 = self.times.iter().sum();
                self.mean.push(sum / answers);
            }
            let found = quantiles(&mut self.times, SHARES);
            for (quantile, found) in self.quantiles.iter_mut().zip(found) {
                quantile.extend(found);
            }
        }
        self.times.clear();
        self.failures = 0;
    }
}

impl StationSample {
    /// As [`JourneySample::close_slice`].
    pub(super) fn close_slice(&mut self, station: &Station, seconds: f64, measured: bool) {
        if measured {
            let servers = f64::from(station.servers) * f64::from(station.lines);
            if servers > 0.0 {
                self.utilisation.push(self.busy / seconds / servers);
            }
            if self.visits > 0 {
                self.waiting.push(self.waited / self.visits as f64);
            }
        }
        (self.visits, self.waited, self.busy) = (0, 0.0, 0.0);
    }
}
