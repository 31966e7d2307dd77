//! Quantities with their unit in the type, so that seconds never meet requests per second by accident.

use serde::{Deserialize, Serialize};

macro_rules! units {
    ($($(#[$doc:meta])* $name:ident,)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(transparent)]
        pub struct $name(pub f64);

        impl std::ops::Add for $name {
            type Output = Self;
            fn add(self, other: Self) -> Self {
                Self(self.0 + other.0)
            }
        }

        impl std::ops::AddAssign for $name {
            fn add_assign(&mut self, other: Self) {
                self.0 += other.0;
            }
        }

        impl std::ops::Sub for $name {
            type Output = Self;
            fn sub(self, other: Self) -> Self {
                Self(self.0 - other.0)
            }
        }

        impl std::ops::Mul<f64> for $name {
            type Output = Self;
            fn mul(self, factor: f64) -> Self {
                Self(self.0 * factor)
            }
        }

        impl std::ops::Div<f64> for $name {
            type Output = Self;
            fn div(self, divisor: f64) -> Self {
                Self(self.0 / divisor)
            }
        }

        impl std::ops::Div for $name {
            type Output = f64;
            fn div(self, other: Self) -> f64 {
                self.0 / other.0
            }
        }

        impl std::iter::Sum for $name {
            fn sum<I: Iterator<Item = Self>>(quantities: I) -> Self {
                Self(quantities.fold(0.0, |sum, quantity| sum + quantity.0))
            }
        }
    )*};
}

units! {
    /// Requests or calls per second.
    RequestsPerSecond,
    /// Seconds.
    Seconds,
    /// Gigabytes of 10⁹ bytes.
    Gigabytes,
    /// An amount in the plan's currency.
    Money,
    /// A probability from 0 to 1; for availability always the failure side.
    Probability,
    /// Days of one person's work.
    PersonDays,
}

/// Hours in a month of the bill: 8,760 h ÷ 12, as cloud price lists count.
pub const HOURS_PER_MONTH: f64 = 730.0;

/// Hours of a day: a profile has one number for each.
pub const HOURS_PER_DAY: usize = 24;

/// Hours in the average year, leap days included; downtime per year counts with it.
pub const HOURS_PER_YEAR: f64 = 8766.0;

impl Probability {
    /// Expected hours per year in the state that has this probability.
    pub fn hours_per_year(self) -> f64 {
        self.0 * HOURS_PER_YEAR
    }
}

impl Seconds {
    /// The same time, given in milliseconds.
    pub fn from_millis(millis: f64) -> Self {
        Self(millis / 1000.0)
    }

    /// This time in milliseconds.
    pub fn millis(self) -> f64 {
        self.0 * 1000.0
    }
}

/// A low, a base and a high estimate of one quantity, `low <= base <= high`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Range {
    /// The estimate if things go well.
    pub low: f64,
    /// The estimate shown.
    pub base: f64,
    /// The estimate if things go badly.
    pub high: f64,
}

impl Range {
    /// A quantity that is known: all three estimates are the same.
    pub const fn exactly(value: f64) -> Self {
        Self {
            low: value,
            base: value,
            high: value,
        }
    }

    /// Three estimates of one quantity.
    pub const fn new(low: f64, base: f64, high: f64) -> Self {
        Self { low, base, high }
    }

    /// The same function of all three estimates.
    pub fn map(self, f: impl Fn(f64) -> f64) -> Self {
        Self {
            low: f(self.low),
            base: f(self.base),
            high: f(self.high),
        }
    }
}

impl std::ops::Add for Range {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self {
            low: self.low + other.low,
            base: self.base + other.base,
            high: self.high + other.high,
        }
    }
}
