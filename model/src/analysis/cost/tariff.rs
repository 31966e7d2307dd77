//! How time and traffic become money: hours up to a monthly price, both ends of a boundary, and when a commitment
//! pays.

use crate::units::{Gigabytes, Money};

/// What so many hours cost at a price per hour of which a month's price is the most: `min(hours × hour, month)`.
///
/// Hours that are negative or not a number count as none.
pub fn hours_up_to(hour: Money, month: Option<Money>, hours: f64) -> Money {
    let metered = hour * hours.max(0.0);
    match month {
        Some(month) if month.0 < metered.0 => month,
        _ => metered,
    }
}

/// The gigabytes that are billed where a provider charges traffic at both ends, as between two zones: each
/// counts once where it leaves and once where it arrives.
pub fn both_ends(traffic: Gigabytes) -> Gigabytes {
    Gigabytes(2.0 * traffic.0.max(0.0))
}

/// The share of the time that a machine has to be busy for a commitment to pay: committed price ÷ price on
/// demand, as `on demand × share = committed` where both cost the same. `None` where on demand is free.
pub fn commitment_pays_from(on_demand: Money, committed: Money) -> Option<f64> {
    (on_demand.0 > 0.0 && committed.0 >= 0.0).then(|| committed / on_demand)
}

/// The months of use after which all that is promised for `months` has cost no more than as many months without a
/// promise: months × committed price ÷ price on demand. `None` where on demand stays cheaper to the end.
pub fn commitment_pays_after(on_demand: Money, committed: Money, months: f64) -> Option<f64> {
    let share = commitment_pays_from(on_demand, committed)?;
    (share <= 1.0).then_some(share * months)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn without_a_monthly_price_every_hour_counts() {
        assert_eq!(hours_up_to(Money(0.5), None, 730.0), Money(365.0));
        assert_eq!(hours_up_to(Money(0.5), None, f64::NAN), Money(0.0));
    }

    #[test]
    fn a_commitment_never_pays_against_what_is_free() {
        assert_eq!(commitment_pays_from(Money(0.0), Money(1.0)), None);
    }

    proptest! {
        #[test]
        fn a_commitment_pays_in_the_month_that_brute_force_finds(
            on_demand in 1..2000_i32,
            committed in 0..2000_i32,
            months in 1..60_i32,
        ) {
            let promised = committed * months;
            let found = (0..=months).find(|month| on_demand * month >= promised);
            let after = commitment_pays_after(
                Money(f64::from(on_demand)),
                Money(f64::from(committed)),
                f64::from(months),
            );
            prop_assert_eq!(after.map(|after| (after - 1e-9).ceil() as i32), found);
        }

        #[test]
        fn more_hours_never_cost_less_and_never_more_than_a_month(
            hour in 0.0..10.0_f64,
            month in 0.0..1000.0_f64,
            hours in 0.0..730.0_f64,
            more in 0.0..730.0_f64,
        ) {
            let cost = |hours| hours_up_to(Money(hour), Some(Money(month)), hours).0;
            prop_assert!(cost(hours) <= cost(hours + more));
            prop_assert!(cost(hours + more) <= month);
            prop_assert!(cost(hours + more) - cost(hours) <= hour * more + 1e-9);
        }
    }
}
