//! Two plans side by side in money: which is cheaper, and from which month on.

use crate::units::Money;

/// Where the money of two plans crosses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BreakEven {
    /// The first month at whose end the plan that was dearer has cost no more than the other; the first day is 0.
    pub month: usize,
    /// Whether the first of the two plans is the one that pays for itself.
    pub first_pays: bool,
}

/// What has been paid up to the end of each month.
pub fn cumulative(flows: &[Money]) -> Vec<Money> {
    let mut paid = Money(0.0);
    flows
        .iter()
        .map(|flow| {
            paid += *flow;
            paid
        })
        .collect()
}

/// The first month in which the plan that is dearer at first has cost no more than the other; none if that never
/// happens as long as both are known, or if both cost the same throughout.
///
/// Sums that differ by less than a billionth are the same.
pub fn break_even(first: &[Money], second: &[Money]) -> Option<BreakEven> {
    let sums = cumulative(first).into_iter().zip(cumulative(second));
    let mut first_was_dearer = None;
    for (month, (first, second)) in sums.enumerate() {
        let apart = 1e-9 * first.0.abs().max(second.0.abs());
        let difference = first.0 - second.0;
        match first_was_dearer {
            None if difference.abs() > apart => first_was_dearer = Some(difference > 0.0),
            Some(true) if difference <= apart => {
                return Some(BreakEven {
                    month,
                    first_pays: true,
                });
            }
            Some(false) if difference >= -apart => {
                return Some(BreakEven {
                    month,
                    first_pays: false,
                });
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn flows(upfront: f64, month: f64, months: usize) -> Vec<Money> {
        std::iter::once(Money(upfront))
            .chain(std::iter::repeat_n(Money(month), months))
            .collect()
    }

    #[test]
    fn a_server_pays_for_itself_in_the_month_after_the_payback() {
        let found = break_even(&flows(8000.0, 320.0, 36), &flows(0.0, 900.0, 36));
        assert_eq!(
            found,
            Some(BreakEven {
                month: 14,
                first_pays: true
            })
        );
        let other_way = break_even(&flows(0.0, 900.0, 36), &flows(8000.0, 320.0, 36));
        assert_eq!(other_way.map(|found| found.first_pays), Some(false));
    }

    #[test]
    fn what_saves_nothing_never_pays() {
        let same = flows(0.0, 900.0, 36);
        assert_eq!(break_even(&flows(8000.0, 900.0, 36), &same), None);
        assert_eq!(break_even(&same, &same), None);
        assert_eq!(break_even(&[], &same), None);
    }

    /// The first month in which the order of the sums is no longer the one they began with, found the long way.
    fn by_brute_force(first: &[i32], second: &[i32]) -> Option<(usize, bool)> {
        let sum = |flows: &[i32], month: usize| flows[..=month].iter().sum::<i32>();
        let apart = |month: &usize| sum(first, *month) != sum(second, *month);
        let months = first.len().min(second.len());
        let start = (0..months).find(apart)?;
        let began = sum(first, start) > sum(second, start);
        (start..months)
            .find(|&month| {
                if began {
                    sum(first, month) <= sum(second, month)
                } else {
                    sum(first, month) >= sum(second, month)
                }
            })
            .map(|month| (month, began))
    }

    proptest! {
        #[test]
        fn the_month_is_the_one_that_brute_force_finds(
            first in proptest::collection::vec(0..2000_i32, 1..40),
            second in proptest::collection::vec(0..2000_i32, 1..40),
        ) {
            let money = |flows: &[i32]| flows.iter().map(|flow| Money(f64::from(*flow))).collect::<Vec<_>>();
            let found = break_even(&money(&first), &money(&second));
            let found = found.map(|found| (found.month, found.first_pays));
            prop_assert_eq!(found, by_brute_force(&first, &second));
        }
    }
}
