//! How long several calls take that run at the same time: the maximum of independent times.
//!
//! **Question.** A caller starts calls together and goes on when the last one has answered: how long is that, and how
//! much does it vary?
//!
//! **Model.** Independent durations; a call made `n + f` times on average is made `n` times, and once more with
//! probability `f`. Each duration is a constant and a gamma time of given mean and variance after it: exponential
//! where the deviation is the mean.
//!
//! **Formula.** `P(max <= t) = Π_k F_k(t)`, so `E[max] = ∫₀^∞ (1 - Π_k F_k(t)) dt` and `E[max²] = 2 ∫ t (1 - Π_k F_k(t)) dt`.
//! Exponential times: with `t = eᵘ` and the trapezoidal rule, which converges exponentially for such integrands; all
//! terms are positive, so that any number of calls can be had. A few go by inclusion and exclusion,
//! `Σ_S (-1)^(|S|+1) Π p / Σ 1/m`. Other times: the same rule from the last constant on, and between two constants, where
//! the integrand has its corners, with `t` as the hyperbolic tangent of a hyperbolic sine. The slowest of `n` alike: `t = -m ln(1 - q^(1/n))` at the quantile `q`.
//!
//! **Reference.** Order statistics of exponential times: David & Nagaraja, *Order Statistics* (2003); the rule:
//! Trefethen & Weideman, *The exponentially convergent trapezoidal rule*, SIAM Review 56 (2014); Takahasi & Mori,
//! *Double exponential formulas for numerical integration*, Publ. RIMS 9 (1974).
//!
//! **Complexity.** `O(connections)` times about a thousand points, or `2^calls` for a few calls; other than exponential
//! times about 40 points, and as many more for each call that begins later than the others.

use super::gamma::Gamma;
use crate::order::Order as _;

/// A call that overlaps with others.
#[derive(Clone, Copy, Debug)]
pub struct Overlapping {
    /// How often it is made on average.
    pub calls: f64,
    /// How long it takes on average.
    pub mean: f64,
}

/// Up to this many calls at once, the finite sum is shorter than the integral and as exact.
const FEW: f64 = 8.0;

/// Mean time until the last of the calls has answered.
pub fn expected_maximum(overlapping: &[Overlapping]) -> f64 {
    let overlapping: Vec<Overlapping> = overlapping
        .iter()
        .copied()
        .filter(|call| call.calls > 0.0 && call.mean > 0.0)
        .collect();
    let at_most: f64 = overlapping.iter().map(|call| call.calls.ceil()).sum();
    if at_most <= FEW {
        return by_inclusion_and_exclusion(&overlapping);
    }
    let longest = overlapping.iter().map(|call| call.mean).fold(0.0, f64::max);
    let least = overlapping
        .iter()
        .map(|call| call.calls.min(1.0) * call.mean)
        .fold(0.0, f64::max);
    if least <= 0.0 || !longest.is_finite() {
        return longest;
    }
    let crowd = at_most.ln();
    let (from, to) = (least.ln() - 40.0, longest.ln() + (crowd + 40.0).ln());
    let step = 1.0 / (16.0 + 8.0 * crowd);
    let points = ((to - from) / step).ceil() as usize;
    let mut sum = 0.0;
    for point in 0..=points {
        let t = (from + point as f64 * step).exp();
        let all_done: f64 = overlapping
            .iter()
            .map(|call| {
                let open = (-t / call.mean).exp();
                let whole = call.calls.floor();
                let rest = (-(call.calls - whole) * open).ln_1p();
                if whole > 0.0 {
                    whole * (-open).ln_1p() + rest
                } else {
                    rest
                }
            })
            .sum();
        sum -= all_done.exp_m1() * t;
    }
    sum * step
}

/// The time that the slowest of `count` like exponential times of this mean exceeds with probability `late`.
///
/// `count` of 1 and more, `late` between 0 and 1.
pub fn slowest_of(count: f64, mean: f64, late: f64) -> f64 {
    let each = -((-late).ln_1p() / count.max(1.0)).exp_m1();
    -mean * each.ln()
}

/// A call of any duration that overlaps with others.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Timed {
    /// How often it is made on average.
    pub calls: f64,
    /// Seconds that it takes at least.
    pub constant: f64,
    /// How long it takes beyond that.
    pub beyond: Gamma,
}

/// How long the slowest of several calls takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Slowest {
    /// Mean, in seconds.
    pub mean: f64,
    /// Variance, in seconds squared.
    pub variance: f64,
    /// What it takes at least.
    pub constant: f64,
    /// What it takes at least where any call is made.
    pub least: f64,
    /// Probability that any call is made.
    pub made: f64,
}

/// Mean and variance of the time until the last of the calls has answered.
pub fn slowest(calls: &[Timed]) -> Slowest {
    let calls: Vec<Timed> = calls
        .iter()
        .copied()
        .filter(|call| call.calls > 0.0)
        .collect();
    let constant = calls
        .iter()
        .filter(|call| call.calls >= 1.0)
        .map(|call| call.constant)
        .fold(0.0, f64::max);
    let none: f64 = calls
        .iter()
        .map(|call| (1.0 - call.calls).max(0.0))
        .product();
    let earliest = calls.iter().map(|call| call.constant).reduce(f64::min);
    let least = earliest.map_or(0.0, |earliest| earliest.max(constant));
    let mut corners: Vec<f64> = calls
        .iter()
        .flat_map(Timed::corners)
        .filter(|corner| *corner > least)
        .collect();
    corners.insert(0, least);
    corners.order_by(f64::total_cmp);
    corners.dedup();
    let last = corners[corners.len() - 1];
    let scale = calls
        .iter()
        .map(|call| call.beyond.mean() + call.beyond.variance().sqrt())
        .fold(0.0, f64::max);
    let until_least = least - constant;
    let mut sums = Sums {
        first: (1.0 - none) * until_least,
        second: (1.0 - none) * until_least * until_least,
    };
    for pair in corners.windows(2) {
        sums.add_between(&calls, constant, pair[0], pair[1]);
    }
    if scale > 0.0 && scale.is_finite() {
        sums.add_from(&calls, constant, last, scale);
    }
    let Sums { first, second } = sums;
    let is_exponential = |call: &Timed| {
        let (mean, variance) = (call.beyond.mean(), call.beyond.variance());
        call.constant <= 0.0 && (variance - mean * mean).abs() <= 1e-9 * mean * mean
    };
    let mean = if calls.iter().all(is_exponential) {
        let exponential: Vec<Overlapping> = calls
            .iter()
            .map(|call| Overlapping {
                calls: call.calls,
                mean: call.beyond.mean(),
            })
            .collect();
        expected_maximum(&exponential)
    } else {
        constant + first
    };
    Slowest {
        mean,
        variance: (second - first * first).max(0.0),
        constant,
        least,
        made: 1.0 - none,
    }
}

impl Timed {
    /// Where its distribution has a corner: it begins, or it is always over.
    fn corners(&self) -> impl Iterator<Item = f64> + use<> {
        let (mean, variance) = (self.beyond.mean(), self.beyond.variance());
        let over = (variance <= 1e-9 * mean * mean).then_some(self.constant + mean);
        std::iter::once(self.constant).chain(over)
    }
}

/// Mean and mean square of the time beyond a constant, as far as they are added up.
struct Sums {
    first: f64,
    second: f64,
}

/// Where the rules begin, and how many steps they take per unit.
const FROM: f64 = -3.5;
const STEPS: f64 = 5.0;
const FROM_BETWEEN: f64 = -3.2;
const STEPS_BETWEEN: f64 = 5.0;

impl Sums {
    /// What lies between two times at which calls begin.
    fn add_between(&mut self, calls: &[Timed], constant: f64, from: f64, to: f64) {
        let points = (-2.0 * FROM_BETWEEN * STEPS_BETWEEN) as usize;
        for point in 0..=points {
            let x = FROM_BETWEEN + point as f64 / STEPS_BETWEEN;
            let inner = std::f64::consts::FRAC_PI_2 * x.sinh();
            let part = 1.0 / (1.0 + (-2.0 * inner).exp());
            let weight = std::f64::consts::PI * x.cosh() * part * (1.0 - part) * (to - from);
            let time = from + part * (to - from);
            let open = not_all_done(calls, time) * weight / STEPS_BETWEEN;
            self.first += open;
            self.second += open * 2.0 * (time - constant);
        }
    }

    /// What lies behind the time at which the last call begins: `t = scale exp(x - e^-x)` makes the integrand die away
    /// doubly exponentially at 0; the logarithm of the number of calls says how far the slowest reaches.
    fn add_from(&mut self, calls: &[Timed], constant: f64, from: f64, scale: f64) {
        let crowd = calls
            .iter()
            .map(|call| call.calls.max(1.0))
            .sum::<f64>()
            .ln();
        let to = (40.0 + crowd).ln() + 3.0;
        let points = (STEPS * (to - FROM)).ceil() as usize;
        for point in 0..=points {
            let x = FROM + point as f64 / STEPS;
            let time = scale * (x - (-x).exp()).exp();
            let weight = time * (1.0 + (-x).exp()) / STEPS;
            let open = not_all_done(calls, from + time) * weight;
            let squares = open * 2.0 * (from - constant + time);
            self.first += open;
            self.second += squares;
            if time > scale && squares <= f64::EPSILON * 1e-3 * self.second {
                break;
            }
        }
    }
}

/// Probability that at least one call has not answered yet: no difference of nearly the same numbers, however small.
fn not_all_done(calls: &[Timed], time: f64) -> f64 {
    let either = |one: f64, other: f64| one + other * (1.0 - one);
    calls.iter().fold(0.0, |open, call| {
        let each = call.beyond.tail(time - call.constant);
        let whole = call.calls.floor();
        let all = if whole <= 1.0 {
            whole * each
        } else {
            -(whole * (-each).ln_1p()).exp_m1()
        };
        either(either(open, all), (call.calls - whole) * each)
    })
}

/// `Σ_S ±Π p / Σ 1/m` over all sets of calls, each call of a connection by itself.
fn by_inclusion_and_exclusion(overlapping: &[Overlapping]) -> f64 {
    let mut single: Vec<(f64, f64)> = Vec::new();
    for call in overlapping {
        let whole = call.calls.floor();
        single.extend(std::iter::repeat_n((1.0, 1.0 / call.mean), whole as usize));
        if call.calls > whole {
            single.push((call.calls - whole, 1.0 / call.mean));
        }
    }
    let mut sum = 0.0;
    for set in 1..1_u32 << single.len() {
        let (mut probability, mut rate) = (1.0, 0.0);
        for (index, &(made, speed)) in single.iter().enumerate() {
            if set & (1 << index) != 0 {
                probability *= made;
                rate += speed;
            }
        }
        let sign = if set.count_ones() % 2 == 1 { 1.0 } else { -1.0 };
        sum += sign * probability / rate;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(calls: &[(f64, f64)], expected: f64) {
        let overlapping: Vec<Overlapping> = calls
            .iter()
            .map(|&(calls, mean)| Overlapping { calls, mean })
            .collect();
        let found = expected_maximum(&overlapping);
        assert!(
            (found / expected - 1.0).abs() < 1e-10,
            "{calls:?}: {found}, not {expected}"
        );
    }

    #[test]
    fn two_calls_take_the_sum_less_the_mean_minimum() {
        for ratio in [1.0, 0.3, 1e-3, 1e-9, 1e-15] {
            check(
                &[(1.0, 1.0), (1.0, ratio)],
                1.0 + ratio - ratio / (1.0 + ratio),
            );
        }
    }

    #[test]
    fn like_calls_take_the_harmonic_number_of_their_mean() {
        for n in [1, 2, 3, 10, 100, 10_000] {
            let harmonic: f64 = (1..=n).map(|k| 1.0 / f64::from(k)).sum();
            check(&[(f64::from(n), 0.2)], 0.2 * harmonic);
        }
        let gamma = 0.577_215_664_901_532_9;
        let n = 1e9_f64;
        check(&[(n, 1.0)], n.ln() + gamma + 0.5 / n);
    }

    #[test]
    fn the_finite_sum_and_the_integral_agree() {
        // The ninth call takes no time worth speaking of, but makes it the integral.
        for extra in [8.5, 9.0] {
            let few: Vec<(f64, f64)> = (1..=7).map(|k| (1.0, f64::from(k))).collect();
            let overlapping: Vec<Overlapping> = few
                .iter()
                .map(|&(calls, mean)| Overlapping { calls, mean })
                .collect();
            let mut many = few.clone();
            many.push((extra, 1e-300));
            check(&many, by_inclusion_and_exclusion(&overlapping));
        }
    }

    #[test]
    fn three_calls_follow_inclusion_and_exclusion() {
        let (a, b, c) = (2.0, 5.0, 0.5);
        let least = |means: &[f64]| 1.0 / means.iter().map(|mean| 1.0 / mean).sum::<f64>();
        let expected =
            a + b + c - least(&[a, b]) - least(&[a, c]) - least(&[b, c]) + least(&[a, b, c]);
        check(&[(1.0, a), (1.0, b), (1.0, c)], expected);
    }

    #[test]
    fn a_call_made_sometimes_counts_sometimes() {
        check(&[(0.25, 4.0)], 1.0);
        check(&[(1.0, 1.0), (0.5, 1.0)], 0.5 * 1.0 + 0.5 * 1.5);
        check(
            &[(1e-9, 1e3), (1.0, 1e-6)],
            1e-6 * (1.0 - 1e-9) + 1e-9 * 1e3,
        );
    }

    fn exponential(calls: f64, mean: f64) -> Timed {
        Timed {
            calls,
            constant: 0.0,
            beyond: Gamma::new(mean, mean * mean).unwrap(),
        }
    }

    #[test]
    fn both_ways_agree_on_exponential_times() {
        for calls in [
            vec![(1.0, 1.0), (1.0, 0.3)],
            vec![(100.0, 1.0)],
            vec![(0.25, 4.0), (2.5, 1.0)],
            vec![(1.0, 1e-3), (1.0, 1.0), (1e-3, 10.0)],
        ] {
            let timed: Vec<Timed> = calls.iter().map(|&(n, m)| exponential(n, m)).collect();
            let overlapping: Vec<Overlapping> = calls
                .iter()
                .map(|&(calls, mean)| Overlapping { calls, mean })
                .collect();
            let (found, expected) = (slowest(&timed).mean, expected_maximum(&overlapping));
            assert!(
                (found / expected - 1.0).abs() < 1e-6,
                "{calls:?}: {found}, not {expected}"
            );
        }
    }

    #[test]
    fn the_slowest_of_alike_varies_as_order_statistics_say() {
        // Variance of the maximum of n exponential times of mean 1: the sum of 1/k².
        let expected: f64 = (1..=50).map(|k| 1.0 / f64::from(k * k)).sum();
        let found = slowest(&[exponential(50.0, 1.0)]).variance;
        assert!(
            (found / expected - 1.0).abs() < 1e-6,
            "{found}, not {expected}"
        );
    }

    #[test]
    fn constant_times_end_together() {
        let constant = |constant: f64| Timed {
            calls: 1.0,
            constant,
            beyond: Gamma::new(0.0, 0.0).unwrap(),
        };
        let found = slowest(&[constant(3.0), constant(5.0)]);
        assert!((found.mean - 5.0).abs() < 1e-12 && found.variance <= 0.0);
    }
}
