//! How long several calls take that run at the same time: the expected maximum of exponential times.
//!
//! **Question.** A caller starts calls together and goes on when the last one has answered: how long is that?
//!
//! **Model.** Independent, exponentially distributed durations; a call made `n + f` times on average is made `n`
//! times, and once more with probability `f`.
//!
//! **Formula.** `E[max] = ∫₀^∞ (1 - Π_k F_k(t)) dt`, with `t = eᵘ` and the trapezoidal rule, which converges
//! exponentially for such integrands; all terms are positive, so that any number of calls can be had. A few
//! calls go by inclusion and exclusion, `Σ_S (-1)^(|S|+1) Π p / Σ 1/m`.
//!
//! **Reference.** Order statistics of exponential times: David & Nagaraja, *Order Statistics* (2003); the rule:
//! Trefethen & Weideman, *The exponentially convergent trapezoidal rule*, SIAM Review 56 (2014).
//!
//! **Complexity.** `O(connections)` times about a thousand points, or `2^calls` for a few calls.

/// A call that overlaps with others.
#[derive(Clone, Copy, Debug)]
pub(super) struct Overlapping {
    /// How often it is made on average.
    pub(super) calls: f64,
    /// How long it takes on average.
    pub(super) mean: f64,
}

/// Up to this many calls at once, the finite sum is shorter than the integral and as exact.
const FEW: f64 = 8.0;

/// Mean time until the last of the calls has answered.
pub(super) fn expected_maximum(overlapping: &[Overlapping]) -> f64 {
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
}
