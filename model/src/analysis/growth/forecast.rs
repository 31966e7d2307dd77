//! How much every journey asks in months to come: more users do not ask as many times more.
//!
//! **Formula.** A rate grows by its share every month. A population grows in users; what they ask is found at the
//! operating point of [`MONTHS`] and taken to be straight between them, for ten years. In plans too large for that it
//! grows like the users, which is the most it can.

use crate::analysis::operating_point::{OperatingPoint, operating_point};
use crate::analysis::queueing::growth::{first_month, months_until_together};
use crate::analysis::traffic::Conditions;
use crate::topology::Topology;

/// Months from now at which the populations are looked at.
const MONTHS: [f64; 16] = [
    1.0, 2.0, 3.0, 4.0, 6.0, 8.0, 10.0, 12.0, 16.0, 20.0, 24.0, 36.0, 48.0, 60.0, 84.0, 120.0,
];

/// Months to which it is found when users fill something.
const PRECISION: f64 = 0.01;

/// What every journey asks in months to come.
pub(super) struct Forecast {
    /// By which share each journey grows every month.
    growth: Vec<f64>,
    /// Per journey with a population that was followed: as many times what it asks now, now and in [`MONTHS`].
    factors: Vec<Option<Vec<f64>>>,
}

impl Forecast {
    /// Follows the populations of a plan, if anything grows and that takes no more than so many steps.
    pub(super) fn new(topology: &Topology, at_peak: &OperatingPoint, most_work: usize) -> Self {
        let growth = topology.journeys.iter().map(|journey| journey.growth);
        let mut forecast = Self {
            growth: growth.collect(),
            factors: vec![None; topology.journeys.len()],
        };
        let size = topology.components.len() + topology.connections.len();
        let work = MONTHS.len() * size * topology.journeys.len();
        let is_closed: Vec<bool> = topology
            .journeys
            .iter()
            .map(|journey| journey.population.is_some())
            .collect();
        if !forecast.grows() || work > most_work || !is_closed.contains(&true) {
            return forecast;
        }
        let mut factors = vec![vec![1.0]; topology.journeys.len()];
        for months in MONTHS {
            let point = operating_point(topology, forecast.conditions(topology, months));
            for (journey, found) in factors.iter_mut().enumerate() {
                let now = at_peak.traffic.journeys[journey].arrival_rate.0;
                let then = point.traffic.journeys[journey].arrival_rate.0;
                found.push(if now > 0.0 { then / now } else { 0.0 });
            }
        }
        for ((factors, is_closed), found) in forecast.factors.iter_mut().zip(is_closed).zip(factors)
        {
            *factors = is_closed.then_some(found);
        }
        forecast
    }

    /// Whether any journey grows.
    pub(super) fn grows(&self) -> bool {
        self.growth.iter().any(|&growth| growth > 0.0)
    }

    /// The peak in so many months.
    pub(super) fn conditions(&self, topology: &Topology, months: f64) -> Conditions {
        let factors: Vec<f64> = self
            .growth
            .iter()
            .map(|&growth| grown(growth, months))
            .collect();
        Conditions::peak(topology).times(topology, &factors)
    }

    /// Months until journeys use a resource up to a limit together: pairs of a journey and what it uses now.
    pub(super) fn months_until(&self, limit: f64, used: &[(usize, f64)]) -> Option<f64> {
        let is_followed = |journey: usize| self.factors[journey].is_some();
        if !used
            .iter()
            .any(|&(journey, now)| now > 0.0 && is_followed(journey))
        {
            let loads: Vec<(f64, f64)> = used
                .iter()
                .map(|&(journey, now)| (now, self.growth[journey]))
                .collect();
            return months_until_together(limit, &loads);
        }
        first_month(MONTHS[MONTHS.len() - 1], PRECISION, |months| {
            let each = used.iter();
            each.map(|&(journey, now)| now * self.factor(journey, months))
                .sum::<f64>()
                >= limit
        })
    }

    /// How many times what it asks now a journey asks in so many months.
    fn factor(&self, journey: usize, months: f64) -> f64 {
        let Some(known) = &self.factors[journey] else {
            return grown(self.growth[journey], months);
        };
        let after = MONTHS.partition_point(|&month| month < months);
        let (Some(&then), Some(&end)) = (known.get(after + 1), MONTHS.get(after)) else {
            return known.last().copied().unwrap_or(1.0);
        };
        let start = after.checked_sub(1).map_or(0.0, |before| MONTHS[before]);
        known[after] + (then - known[after]) * (months - start) / (end - start)
    }
}

fn grown(growth: f64, months: f64) -> f64 {
    (months * growth.max(-0.999).ln_1p()).exp()
}
