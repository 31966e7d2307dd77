//! How many units to own by the month, and how many to add by the hour.
//!
//! **Question.** A load needs so many units in some hours and fewer in others: which number of units by the
//! month, with the rest by the hour, is the cheapest?
//!
//! **Model.** A unit by the month costs the same whether it works or not; a unit by the hour costs only the hours
//! in which the load is above what is owned.
//!
//! **Assumptions.** Units by the hour are there at once and charged by the hour.
//!
//! **Formula.** Owning one more than `B` pays while `hours(load > B) ≥ month price ÷ hour price`: the load that is
//! exceeded or met in that many hours of the load-duration curve.
//!
//! **Reference.** The newsvendor on a load-duration curve: Arrow, Harris and Marschak, *Optimal inventory
//! policy*, Econometrica 19 (1951).
//!
//! **Complexity.** `O(h log h)` for `h` hours.

use crate::order::Order as _;

/// The cheapest way to carry a load.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Split {
    /// Units by the month.
    pub owned: f64,
    /// Unit-hours by the hour.
    pub extra_unit_hours: f64,
    /// Hours in which more than the owned units are needed.
    pub hours_above: f64,
    /// Money per month.
    pub cost: f64,
}

/// The cheapest number of units to own: `load` is pairs of the units needed and for how many hours of the month;
/// parts of units count as whole ones, what is negative or not a number as nothing.
///
/// `None` for prices that are negative or not finite.
pub fn cheapest_split(load: &[(f64, f64)], unit_month: f64, unit_hour: f64) -> Option<Split> {
    let usable = |price: f64| price.is_finite() && price >= 0.0;
    if !usable(unit_month) || !usable(unit_hour) {
        return None;
    }
    let mut curve: Vec<(f64, f64)> = load
        .iter()
        .filter(|(units, hours)| units.is_finite() && hours.is_finite())
        .filter(|(units, hours)| *units > 0.0 && *hours > 0.0)
        .map(|(units, hours)| (units.ceil(), *hours))
        .collect();
    curve.order_by(|a, b| b.0.total_cmp(&a.0));
    let mut hours = 0.0;
    let owned = curve.iter().find_map(|&(units, lasts)| {
        hours += lasts;
        (hours * unit_hour >= unit_month).then_some(units)
    });
    let owned = owned.unwrap_or(0.0);
    let above = curve.iter().filter(|(units, _)| *units > owned);
    let hours_above = above.clone().map(|(_, hours)| hours).sum();
    let extra_unit_hours = above.map(|(units, hours)| (units - owned) * hours).sum();
    Some(Split {
        owned,
        extra_unit_hours,
        hours_above,
        cost: owned * unit_month + extra_unit_hours * unit_hour,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn nothing_to_carry_costs_nothing() {
        assert_eq!(cheapest_split(&[], 10.0, 1.0).unwrap().cost, 0.0);
        assert_eq!(
            cheapest_split(&[(f64::NAN, 1.0)], 10.0, 1.0).unwrap().owned,
            0.0
        );
        assert_eq!(cheapest_split(&[(1.0, 1.0)], f64::NAN, 1.0), None);
    }

    proptest! {
        #[test]
        fn no_other_number_of_units_is_cheaper(
            load in proptest::collection::vec(0_u8..40, 1..60),
            unit_month in 0.0..50.0_f64,
            unit_hour in 0.01..5.0_f64,
        ) {
            let load: Vec<(f64, f64)> = load.iter().map(|&units| (f64::from(units), 1.5)).collect();
            let best = cheapest_split(&load, unit_month, unit_hour).unwrap();
            for owned in 0..=41 {
                let extra: f64 = load
                    .iter()
                    .map(|(units, hours)| (units - f64::from(owned)).max(0.0) * hours)
                    .sum();
                let cost = f64::from(owned) * unit_month + extra * unit_hour;
                prop_assert!(best.cost <= cost + 1e-9);
            }
        }
    }
}
