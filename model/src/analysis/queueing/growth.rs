//! How long a load can grow by the same share every month until something is full.
//!
//! **Question.** In how many months does what grows reach a limit?
//!
//! **Model.** Compound growth; several loads on one resource grow each at its own rate.
//!
//! **Assumptions.** Growth stays what it is today.
//!
//! **Formula.** One load: `ln(limit ÷ now) ÷ ln(1 + g)`. Several: the first root of `Σ aⱼ (1 + gⱼ)^t = limit`; the
//! sum is convex in `t`, so from below the limit it is crossed once, and bisection finds it.
//!
//! **Reference.** Compound interest; Gunther, *Guerrilla Capacity Planning* (2007), ch. 2.
//!
//! **Complexity.** `O(loads)` per step, about 60 steps.

/// Months beyond which growth is not followed: a hundred years.
pub const MOST_MONTHS: f64 = 1200.0;

/// Months until a load that grows by the share `growth` (0.05 is 5 %) every month reaches a limit.
///
/// 0 if it is there already; `None` if it never gets there, not in [`MOST_MONTHS`], or for numbers that are not.
pub fn months_until(limit: f64, now: f64, growth: f64) -> Option<f64> {
    if now >= limit {
        return Some(0.0);
    }
    let months = (limit / now).ln() / growth.ln_1p();
    let grows = now > 0.0 && growth > 0.0;
    (grows && months <= MOST_MONTHS).then_some(months)
}

/// Months until several loads, each with its own growth, reach a limit together: pairs of what one is now and
/// the share that it grows by every month.
///
/// As [`months_until`] for the rest; loads and growth that are not finite or shrink to nothing count as 0.
pub fn months_until_together(limit: f64, loads: &[(f64, f64)]) -> Option<f64> {
    let mut rates = loads.iter().filter(|load| load.0 > 0.0).map(|load| load.1);
    let first = rates.next().unwrap_or(0.0);
    if rates.all(|rate| rate.total_cmp(&first).is_eq()) {
        let now = loads.iter().map(|load| load.0.max(0.0)).sum();
        return months_until(limit, now, first);
    }
    let after = |months: f64| -> f64 {
        loads
            .iter()
            .filter(|(now, growth)| *now > 0.0 && *growth > -1.0)
            .map(|(now, growth)| now * (months * growth.ln_1p()).exp())
            .sum()
    };
    first_month(MOST_MONTHS, 1e-6, |months| after(months) >= limit)
}

/// The first month at which something holds that holds from then on; `None` where it does not hold after `most`
/// months. It is found to within `precision` months, never earlier than it is.
pub fn first_month(most: f64, precision: f64, holds: impl Fn(f64) -> bool) -> Option<f64> {
    if holds(0.0) {
        return Some(0.0);
    }
    if !holds(most) {
        return None;
    }
    let (mut before, mut after) = (0.0, most);
    while after - before > precision.max(most * f64::EPSILON) {
        let middle = 0.5 * (before + after);
        if holds(middle) {
            after = middle;
        } else {
            before = middle;
        }
    }
    Some(after)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_does_not_grow_or_is_not_there_never_fills() {
        assert_eq!(months_until(1.0, 0.5, 0.0), None);
        assert_eq!(months_until(1.0, 0.5, -0.1), None);
        assert_eq!(months_until(1.0, 0.0, 0.1), None);
        assert_eq!(months_until(1.0, f64::NAN, 0.1), None);
        assert_eq!(months_until(1.0, 0.5, 1e-9), None);
        assert_eq!(months_until(1.0, 1.5, -0.1), Some(0.0));
        assert_eq!(months_until_together(1.0, &[]), None);
    }

    #[test]
    fn the_faster_growth_decides_in_the_end() {
        // 0.4 shrinks to 0.1 in two months, 0.1 grows to 0.9 in 23 months and a half.
        let months = months_until_together(1.0, &[(0.4, -0.5), (0.1, 0.1)]).unwrap();
        let then = 0.4 * 0.5_f64.powf(months) + 0.1 * 1.1_f64.powf(months);
        assert!((then - 1.0).abs() < 1e-6, "{months} {then}");
        assert_eq!(months_until_together(1.0, &[(0.4, -0.5), (0.1, 0.0)]), None);
    }

    proptest! {
        #[test]
        fn together_is_as_alone_for_the_same_growth(now in 0.01..0.9_f64, growth in 0.001..1.0_f64, part in 0.0..1.0_f64) {
            let alone = months_until(1.0, now, growth);
            let parts = [(now * part, growth), (now * (1.0 - part), growth)];
            match (alone, months_until_together(1.0, &parts)) {
                (Some(alone), Some(together)) => prop_assert!((alone - together).abs() < 1e-6),
                (alone, together) => prop_assert_eq!(alone, together),
            }
            let nearly = [(now * part, growth), (now * (1.0 - part), growth * (1.0 + 1e-12))];
            if let Some(alone) = alone {
                prop_assert!((months_until_together(1.0, &nearly).unwrap() - alone).abs() < 1e-4);
            }
        }

        #[test]
        fn months_decrease_with_growth(now in 0.01..0.9_f64, growth in 0.001..1.0_f64, more in 1.0..3.0_f64) {
            let slow = months_until(1.0, now, growth).unwrap_or(f64::INFINITY);
            let fast = months_until(1.0, now, growth * more).unwrap_or(f64::INFINITY);
            prop_assert!(fast <= slow && fast >= 0.0);
        }
    }
}
