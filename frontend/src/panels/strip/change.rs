//! How a number moved since the plan that was shown before.

use model::evaluate::Evaluation;

use super::super::Shown;
use super::super::foremost::{slowest, tightest};
use super::super::words::most_down;
use crate::state::Quantity;
use crate::widgets::format;

/// How one number moved.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Change {
    /// How far, in words: `2.1 h worse`.
    pub words: String,
    /// Whether the number grew.
    pub is_more: bool,
    /// Whether that is good.
    pub is_better: bool,
}

impl Change {
    /// The change of one number; none where there is none to see.
    pub(super) fn between(quantity: Quantity, before: &Shown, after: &Shown) -> Option<Self> {
        let old = measure(quantity, &before.evaluation)?;
        let new = measure(quantity, &after.evaluation)?;
        let size = (new - old).abs();
        let (is_more, amount) = (new > old, amount(quantity, size, after.currency()));
        let is_seen = size > 1e-9 * old.abs().max(new.abs())
            && amount.bytes().any(|digit| (b'1'..=b'9').contains(&digit));
        is_seen.then(|| {
            let more_is_better = quantity == Quantity::Carries;
            let words = match (quantity, is_more) {
                (Quantity::Response, true) => t!("{amount} slower", amount),
                (Quantity::Response, false) => t!("{amount} faster", amount),
                (Quantity::Down, true) => t!("{amount} worse", amount),
                (Quantity::Down, false) => t!("{amount} better", amount),
                (Quantity::WayOut, true) => t!("{amount} longer", amount),
                (Quantity::WayOut, false) => t!("{amount} shorter", amount),
                (_, true) => t!("{amount} more", amount),
                (_, false) => t!("{amount} less", amount),
            };
            Self {
                words,
                is_more,
                is_better: is_more == more_is_better,
            }
        })
    }
}

/// The number behind a tile, in SI units, the plan's currency or days.
fn measure(quantity: Quantity, evaluation: &Evaluation) -> Option<f64> {
    let totals = &evaluation.totals;
    match quantity {
        Quantity::Carries => tightest(evaluation)?.capacity.map(|capacity| capacity.0),
        Quantity::Response => slowest(evaluation).map(|(_, seconds, _)| seconds),
        Quantity::Down => {
            most_down(evaluation).map(|journey| journey.unavailability.hours_per_year())
        }
        Quantity::Costs => Some(totals.cost_month.0),
        Quantity::Work => Some(totals.work_month.0),
        Quantity::WayOut => Some(totals.exit_days.base),
    }
}

fn amount(quantity: Quantity, size: f64, currency: &str) -> String {
    match quantity {
        Quantity::Carries => format::rate(size).to_string(),
        Quantity::Response => format::duration(size).to_string(),
        Quantity::Down => format::duration(size * 3600.0).to_string(),
        Quantity::Costs => format::money(size, currency),
        Quantity::Work | Quantity::WayOut => format::days(size).to_string(),
    }
}
