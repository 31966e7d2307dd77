//! How often something too large for a diagram fails: by drawing states, the same ones every time.
//!
//! **Model.** States of independent leaves, drawn many at a time; which of them fail is asked of the gates. Draws
//! jump from one failure of a leaf to the next, so that rare failures cost nothing.
//!
//! **Formula.** Jumps are geometric: `1 + ⌊ln u ÷ ln(1 - q)⌋`. The interval is Wilson's at 95 %, which holds
//! also where few or none of the states fail.
//!
//! **Reference.** Wilson, *Probable inference, the law of succession, and statistical inference* (1927).

use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{Rng, SeedableRng};

use crate::analysis::structure::lanes::Lanes;

/// Gates that may be looked at, [`Lanes::COUNT`] states at once.
const MOST_WORK: usize = 1_500_000;

/// Fewest and most times that so many states are drawn.
const PASSES: (usize, usize) = (8, 1024);

const SEED: u64 = 0x05ee_d0fa_5a11;

/// What a sample says about a probability.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Sample {
    /// Share of the states that fail; none if not a single one does.
    pub(super) share: Option<f64>,
    /// Lower end of the interval.
    pub(super) low: f64,
    /// Upper end of the interval.
    pub(super) high: f64,
    /// How many states were drawn.
    pub(super) size: usize,
}

/// Draws states of leaves that fail with probabilities `q`, and looks at `gates` gates for each.
pub(super) fn sample(q: &[f64], gates: usize, fails: impl Fn(&[Lanes]) -> Lanes) -> Sample {
    let passes = (MOST_WORK / gates.max(1)).clamp(PASSES.0, PASSES.1);
    let mut random = Xoshiro256PlusPlus::seed_from_u64(SEED);
    let mut jump = |q: f64| {
        if q <= 0.0 {
            return usize::MAX;
        }
        if q >= 1.0 {
            return 0;
        }
        // 53 bits in (0, 1].
        let uniform = ((random.next_u64() >> 11) + 1) as f64 * (0.5_f64).powi(53);
        let jump = libm::log(uniform) / libm::log1p(-q);
        if jump < 1e15 {
            jump as usize
        } else {
            usize::MAX
        }
    };
    let mut next: Vec<usize> = q.iter().map(|&q| jump(q)).collect();
    let mut failed = vec![Lanes::default(); q.len()];
    let mut hits = 0;
    for pass in 0..passes {
        let end = (pass + 1) * Lanes::COUNT;
        for ((lanes, next), &q) in failed.iter_mut().zip(&mut next).zip(q) {
            *lanes = Lanes::default();
            while *next < end {
                lanes.set(*next % Lanes::COUNT);
                *next = next.saturating_add(1).saturating_add(jump(q));
            }
        }
        hits += fails(&failed).ones();
    }
    let size = passes * Lanes::COUNT;
    let (low, high) = wilson(hits as f64, size as f64);
    Sample {
        share: (hits > 0).then(|| hits as f64 / size as f64),
        low,
        high,
        size,
    }
}

/// Wilson's interval of a share at 95 %.
fn wilson(hits: f64, size: f64) -> (f64, f64) {
    const Z: f64 = 1.959_963_984_540_054;
    let square = Z * Z;
    let middle = (hits + 0.5 * square) / (size + square);
    let half = Z * (hits * (size - hits) / size + 0.25 * square).sqrt() / (size + square);
    ((middle - half).max(0.0), (middle + half).min(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wilsons_interval_is_that_of_the_literature() {
        // Newcombe (1998), table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
        for (hits, size, low, high) in [
            (81.0, 263.0, 0.2553, 0.3662),
            (15.0, 148.0, 0.0624, 0.1605),
            (0.0, 20.0, 0.0, 0.1611),
            (1.0, 29.0, 0.0061, 0.1718),
        ] {
            let found = wilson(hits, size);
            assert!(
                (found.0 - low).abs() < 5e-5 && (found.1 - high).abs() < 5e-5,
                "{found:?}"
            );
        }
    }

    #[test]
    fn leaves_fail_as_often_as_they_are_said_to() {
        for q in [0.0, 1e-4, 0.03, 0.5, 0.999, 1.0] {
            let found = sample(&[0.7, q], 1, |failed| failed[1]);
            assert!(found.low <= q && q <= found.high, "{q}: {found:?}");
            assert_eq!(found.share.is_none(), q == 0.0);
        }
    }

    #[test]
    fn leaves_are_independent_and_draws_repeat() {
        let both = || sample(&[0.2, 0.3], 1, |failed| failed[0].and(failed[1]));
        let found = both();
        assert!(found.low <= 0.06 && 0.06 <= found.high);
        assert_eq!(found, both());
    }
}
