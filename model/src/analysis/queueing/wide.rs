//! Positive numbers with a wide range of exponents: what a logarithm would give, without its rounding and time.

use std::ops::{Add, Mul};

/// A number of at least 0, `mantissa × 2^(256 exponent)`: sums and products of thousands of factors neither
/// overflow nor vanish, and every step is as exact as that of an `f64`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wide {
    mantissa: f64,
    exponent: i64,
}

const STEP: f64 = f64::from_bits((1023 + 256) << 52);
const BACK: f64 = f64::from_bits((1023 - 256) << 52);
const HIGH: f64 = f64::from_bits((1023 + 128) << 52);
const LOW: f64 = f64::from_bits((1023 - 128) << 52);

impl Wide {
    pub(super) const ZERO: Self = Self {
        mantissa: 0.0,
        exponent: i64::MIN / 2,
    };
    pub(super) const ONE: Self = Self {
        mantissa: 1.0,
        exponent: 0,
    };

    /// Any number; what is negative, infinite or no number counts as 0.
    pub(super) fn new(value: f64) -> Self {
        if value > 0.0 && value.is_finite() {
            Self {
                mantissa: value,
                exponent: 0,
            }
            .normalised()
            .normalised()
            .normalised()
            .normalised()
        } else {
            Self::ZERO
        }
    }

    fn normalised(self) -> Self {
        if self.mantissa >= HIGH {
            Self {
                mantissa: self.mantissa * BACK,
                exponent: self.exponent + 1,
            }
        } else if self.mantissa < LOW && self.mantissa > 0.0 {
            Self {
                mantissa: self.mantissa * STEP,
                exponent: self.exponent - 1,
            }
        } else {
            self
        }
    }

    /// This number over another; 0 where it is beyond the smallest `f64`, the largest one beyond that.
    pub(super) fn over(self, other: Self) -> f64 {
        if self.mantissa == 0.0 {
            return 0.0;
        }
        let ratio = self.mantissa / other.mantissa;
        match self.exponent - other.exponent {
            0 => ratio,
            1..=3 => (ratio * STEP.powi((self.exponent - other.exponent) as i32)).min(f64::MAX),
            -3..=-1 => ratio * BACK.powi((other.exponent - self.exponent) as i32),
            above if above > 0 => f64::MAX,
            _ => 0.0,
        }
    }
}

impl Mul for Wide {
    type Output = Self;

    fn mul(self, other: Self) -> Self {
        if self.mantissa == 0.0 || other.mantissa == 0.0 {
            return Self::ZERO;
        }
        Self {
            mantissa: self.mantissa * other.mantissa,
            exponent: self.exponent + other.exponent,
        }
        .normalised()
    }
}

impl Add for Wide {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        if self.exponent == other.exponent {
            return Self {
                mantissa: self.mantissa + other.mantissa,
                exponent: self.exponent,
            }
            .normalised();
        }
        let (large, small) = if self.exponent > other.exponent {
            (self, other)
        } else {
            (other, self)
        };
        if large.exponent - small.exponent > 1 {
            return large;
        }
        Self {
            mantissa: large.mantissa + small.mantissa * BACK,
            exponent: large.exponent,
        }
        .normalised()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_of_thousands_of_factors_stay_exact() {
        let mut product = Wide::ONE;
        for _ in 0..10_000 {
            product = product * Wide::new(1e30);
        }
        for _ in 0..10_000 {
            product = product * Wide::new(1e-30);
        }
        assert!((product.over(Wide::ONE) - 1.0).abs() < 1e-11);
    }

    #[test]
    fn sums_keep_what_an_f64_keeps() {
        let large = Wide::new(1e300) * Wide::new(1e300);
        assert!(((large + large).over(large) - 2.0).abs() < 1e-15);
        assert!(((large + Wide::ONE).over(large) - 1.0).abs() < 1e-15);
        let near = Wide::new(3e38) + Wide::new(4e38);
        assert!((near.over(Wide::new(7e38)) - 1.0).abs() < 1e-15);
        assert!((Wide::new(5e-324).over(Wide::new(5e-324)) - 1.0).abs() < 1e-15);
        assert!(Wide::ZERO.over(large).abs() < 1e-300);
        assert!((Wide::ZERO + Wide::ONE).over(Wide::ONE) > 0.99);
    }
}
