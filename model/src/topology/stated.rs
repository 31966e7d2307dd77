//! What a plan states about the bill, the work and the way out of a component, instead of having it derived.

use super::Numbers;
use crate::plan;
use crate::units::{Money, PersonDays, Range};

/// The most money, the most person-days and the longest commitment that a plan may state.
const MOST_MONEY: f64 = 1e12;
const MOST_DAYS: f64 = 1e6;
const MOST_MONTHS: f64 = 1200.0;

/// Sums are for all instances together; what is absent is derived.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Stated {
    /// Money per month.
    pub cost_month: Option<Money>,
    /// Money on the first day.
    pub cost_upfront: Option<Money>,
    /// Person-days of care per month.
    pub work_month: Option<PersonDays>,
    /// Person-days to move it elsewhere.
    pub exit_days: Option<Range>,
    /// Months committed to in advance.
    pub commitment: Option<f64>,
}

pub(super) fn resolve(source: &plan::Component, numbers: &mut Numbers) -> Stated {
    let commitment = source.hosting.as_ref().and_then(|hosting| {
        let months = hosting.commitment?;
        Some(numbers.clamped("commitment", months, 0.0, MOST_MONTHS))
    });
    let Some(overrides) = &source.overrides else {
        return Stated {
            commitment,
            ..Stated::default()
        };
    };
    let mut sum = |field, stated: Option<f64>, most| {
        stated.map(|stated| numbers.clamped(field, stated, 0.0, most))
    };
    Stated {
        cost_month: sum("cost_month", overrides.cost_month, MOST_MONEY).map(Money),
        cost_upfront: sum("cost_upfront", overrides.cost_upfront, MOST_MONEY).map(Money),
        work_month: sum("work_days_month", overrides.work_days_month, MOST_DAYS).map(PersonDays),
        exit_days: overrides.exit_days.map(|days| {
            let [low, base, high] =
                days.map(|days| numbers.clamped("exit_days", days, 0.0, MOST_DAYS));
            Range::new(low, base, high)
        }),
        commitment,
    }
}
