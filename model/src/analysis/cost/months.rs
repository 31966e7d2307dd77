//! Money over time: what is paid on the first day and in each month after it, while the load grows.
//!
//! The plan stays as it is drawn: what is charged by use grows with each journey, machines do not get more. Bought
//! hardware is paid on the first day and lasts. From the month on in which something is full, the plan would have
//! to change; [`Months::outgrown`] says which.

use super::capital::present_value;
use super::usage::usage;
use super::{ComponentCost, bills};
use crate::analysis::traffic::Traffic;
use crate::topology::Topology;
use crate::units::Money;

/// Months that are looked ahead.
pub const MONTHS: usize = 36;

/// What is paid, from the first day to the last month.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Months {
    /// What the providers get: on the first day, then in each of the [`MONTHS`] months.
    pub cash: Vec<Money>,
    /// The same with the work at the day rate and the expected cost of outages.
    pub loaded: Vec<Money>,
    /// By how much money is worth less a year later, 0.05 is 5 %.
    pub discount_rate: f64,
    /// The month in which something is full; none if that does not happen in these months.
    pub outgrown: Option<f64>,
}

impl Months {
    /// All that is paid to providers.
    pub fn total_cash(&self) -> Money {
        self.cash.iter().copied().sum()
    }

    /// All that is paid, work and outages included: the total cost of ownership.
    pub fn total_loaded(&self) -> Money {
        self.loaded.iter().copied().sum()
    }

    /// What all of it is worth today.
    pub fn present_value(&self) -> Money {
        present_value(self.loaded.iter().copied(), self.discount_rate)
    }
}

/// What is paid month by month. `beside` is what each month costs besides: work and outages. `full` is in how many
/// months of growth something is full.
pub(super) fn months(
    topology: &Topology,
    traffic: &Traffic,
    today: &[ComponentCost],
    beside: Money,
    full: Option<f64>,
) -> Months {
    let upfront: Money = today.iter().map(|cost| cost.upfront).sum();
    let grows = topology
        .journeys
        .iter()
        .any(|journey| journey.growth != 0.0 && journey.population.is_none());
    let paid = |month: usize| -> Money {
        if !grows || month == 0 {
            return today.iter().map(|cost| cost.paid_month).sum();
        }
        let grown = usage(topology, traffic, |journey| {
            let journey = &topology.journeys[journey];
            match journey.population {
                Some(_) => 1.0,
                None => (1.0 + journey.growth).max(0.0).powf(month as f64),
            }
        });
        let bills = bills(topology, &grown, false);
        bills.iter().map(|cost| cost.paid_month).sum()
    };
    let cash: Vec<Money> = std::iter::once(upfront)
        .chain((0..MONTHS).map(paid))
        .collect();
    let loaded = cash.iter().enumerate().map(|(month, cash)| match month {
        0 => *cash,
        _ => *cash + beside,
    });
    Months {
        loaded: loaded.collect(),
        cash,
        discount_rate: topology.plan.assumptions.get("discount_rate").base,
        outgrown: full.filter(|months| *months <= MONTHS as f64),
    }
}
