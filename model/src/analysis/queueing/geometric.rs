//! Sums over the first terms of a geometric series, also of terms that grow, and the distribution of that shape.
//!
//! **Question.** How much are `r + r² + … + rⁿ` and `r + 2 r² + … + n rⁿ`?
//!
//! **Formula.** Two series, one after the other, are a series: `sum(a + b) = sum(a) + rᵃ sum(b)`. Nothing is ever
//! taken away, so no digits are lost near `r = 1`, where the closed forms lose all.
//!
//! **Complexity.** `O(log n)`.

use super::wide::Wide;

/// The first terms of a geometric series.
#[derive(Clone, Copy, Debug)]
pub(super) struct Series {
    terms: f64,
    /// The last term, `rⁿ`; 1 without any.
    pub(super) last: Wide,
    /// All terms together.
    pub(super) sum: Wide,
    /// The same with every term as many times as its place in the series.
    pub(super) weighted: Wide,
}

impl Series {
    /// So many terms, the first of which is the ratio.
    pub(super) fn new(ratio: f64, terms: usize) -> Self {
        let ratio = Wide::new(ratio);
        let mut found = Self {
            terms: 0.0,
            last: Wide::ONE,
            sum: Wide::ZERO,
            weighted: Wide::ZERO,
        };
        let mut next = Self {
            terms: 1.0,
            last: ratio,
            sum: ratio,
            weighted: ratio,
        };
        let mut left = terms;
        while left > 0 {
            if left % 2 == 1 {
                found = found.followed_by(next);
            }
            next = next.followed_by(next);
            left /= 2;
        }
        found
    }

    fn followed_by(self, other: Self) -> Self {
        let later = other.weighted + other.sum * Wide::new(self.terms);
        Self {
            terms: self.terms + other.terms,
            last: self.last * other.last,
            sum: self.sum + self.last * other.sum,
            weighted: self.weighted + self.last * later,
        }
    }
}

/// Mean and variance of how often something happens that happens again with this probability, if that is less often
/// than `limit`.
pub(super) fn truncated(again: f64, limit: f64) -> (f64, f64) {
    if limit <= 1.0 || again <= 0.0 {
        return (0.0, 0.0);
    }
    // With x = e^(-h): 1/(e^h - 1) - n/(e^(nh) - 1); towards h = 0 both terms grow, and all counts are alike.
    let h = -again.ln();
    if limit * h < 1e-3 {
        let variance = (limit * limit - 1.0) / 12.0;
        return ((limit - 1.0) / 2.0 - h * variance, variance);
    }
    let mean = |n: f64| n / (n * h).exp_m1();
    let variance = |n: f64| {
        let (grown, beyond) = ((n * h).exp(), (n * h).exp_m1());
        if grown.is_finite() {
            n / beyond * (n / beyond) * grown
        } else {
            0.0
        }
    };
    (
        (mean(1.0) - mean(limit)).max(0.0),
        (variance(1.0) - variance(limit)).max(0.0),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sums_are_those_of_their_terms() {
        for ratio in [0.0, 1e-9, 0.5, 1.0 - 1e-12, 1.0, 1.0 + 1e-9, 3.0] {
            for terms in [0, 1, 2, 7, 64, 500] {
                let (mut last, mut sum, mut weighted) = (Wide::ONE, Wide::ZERO, Wide::ZERO);
                for place in 1..=terms {
                    last = last * Wide::new(ratio);
                    sum = sum + last;
                    weighted = weighted + last * Wide::new(place as f64);
                }
                let found = Series::new(ratio, terms);
                let pairs = [
                    (found.last, last),
                    (found.sum, sum),
                    (found.weighted, weighted),
                ];
                for (found, expected) in pairs {
                    let [found, expected] =
                        [found, expected].map(|one| (one + Wide::ONE).over(last + Wide::ONE));
                    assert!((found / expected - 1.0).abs() < 1e-12, "{ratio} {terms}");
                }
            }
        }
    }
}
