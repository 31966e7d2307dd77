//! What bought hardware costs a month, and what money is worth later.

use crate::units::{HOURS_PER_MONTH, Money};

const MONTHS_PER_YEAR: f64 = 12.0;

/// What has to be put aside every month to pay for a purchase and its interest:
/// `P·i ÷ (1 − (1+i)⁻ⁿ)` with `i` = yearly rate ÷ 12, of the price less what it is sold for, and the interest on
/// that; the price spread evenly where the rate is 0.
///
/// `months` below one counts as one; a rate that is negative or not finite as 0.
pub fn recovery(price: Money, resale: Money, months: f64, rate_year: f64) -> Money {
    let months = if months.is_finite() {
        months.max(1.0)
    } else {
        1.0
    };
    let rate = monthly(rate_year);
    let used_up = price - resale;
    if rate <= 0.0 {
        return used_up / months;
    }
    let factor = rate / -(-months * rate.ln_1p()).exp_m1();
    used_up * factor + resale * rate
}

/// What flows of money are worth today: `Σ flow(m) ÷ (1+i)^m` with `i` = yearly rate ÷ 12; the first is paid at
/// once, each next one a month later. Income counts as positive, and what is paid as negative, or the other way
/// round.
pub fn present_value(flows: impl IntoIterator<Item = Money>, rate_year: f64) -> Money {
    let discount = 1.0 / (1.0 + monthly(rate_year));
    let (sum, _) = flows.into_iter().fold((0.0, 1.0), |(sum, worth), flow| {
        (sum + flow.0 * worth, worth * discount)
    });
    Money(sum)
}

/// After how many months a purchase has paid for itself: price ÷ what is saved every month. `None` if nothing is
/// saved.
pub fn payback_months(price: Money, month: Money, other_month: Money) -> Option<f64> {
    let saved = other_month - month;
    (saved.0 > 0.0).then(|| (price / saved).max(0.0))
}

/// What the power of a machine costs a month: kW × PUE × price of a kWh × 730.
pub fn power_month(watts: f64, usage_effectiveness: f64, kwh: Money) -> Money {
    kwh * (watts / 1000.0 * usage_effectiveness * HOURS_PER_MONTH)
}

/// What repairs and spare parts cost a month: a share of the price every year.
pub fn upkeep_month(price: Money, share_year: f64) -> Money {
    price * (share_year / MONTHS_PER_YEAR)
}

fn monthly(rate_year: f64) -> f64 {
    if rate_year.is_finite() {
        rate_year.max(0.0) / MONTHS_PER_YEAR
    } else {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn no_rate_and_no_time_are_not_the_end() {
        assert_eq!(
            recovery(Money(120.0), Money(0.0), 0.0, f64::NAN),
            Money(120.0)
        );
        assert_eq!(
            present_value([Money(1.0), Money(1.0)], f64::INFINITY),
            Money(2.0)
        );
    }

    proptest! {
        #[test]
        fn what_is_put_aside_is_worth_the_purchase(
            price in 0.0..1e6_f64,
            kept in 0.0..1.0_f64,
            months in 1_usize..120,
            rate in 0.0..0.5_f64,
        ) {
            let resale = price * kept;
            let month = recovery(Money(price), Money(resale), months as f64, rate);
            let flows = (0..=months).map(|m| match m {
                0 => Money(0.0),
                m if m == months => month + Money(resale),
                _ => month,
            });
            let worth = present_value(flows, rate);
            prop_assert!((worth.0 - price).abs() <= 1e-9 * price.max(1.0));
        }

        #[test]
        fn interest_only_ever_makes_it_dearer(
            price in 0.0..1e6_f64,
            months in 1.0..120.0_f64,
            rate in 0.0..0.5_f64,
            more in 1e-9..0.5_f64,
        ) {
            let month = |rate| recovery(Money(price), Money(0.0), months, rate).0;
            prop_assert!(month(rate) <= month(rate + more) * (1.0 + 1e-9));
        }
    }
}
