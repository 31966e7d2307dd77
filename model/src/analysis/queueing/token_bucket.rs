//! What may be used faster for a while: credit that fills at one rate and is spent at another.
//!
//! **Question.** How long can more be used than is given for good, and what is left after that?
//!
//! **Model.** A bucket fills with `baseline` tokens per second up to its size; every unit of use takes one. While
//! there is credit, use goes up to `burst`; without, up to `baseline`. Burstable cores and small network disks
//! are sold so.
//!
//! **Assumptions.** The use is constant over the time looked at, and nothing else spends the credit.
//!
//! **Formula.** Throttled after `level ÷ (min(use, burst) − baseline)`; from then on `min(use, baseline)`.
//!
//! **Reference.** Turner, *New directions in communications*, IEEE Communications Magazine 24 (1986); *I/O
//! credits and burst performance*: Amazon EBS user guide.
//!
//! **Complexity.** `O(1)`.

use crate::units::Seconds;

/// Credit that fills at one rate and is spent at another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TokenBucket {
    baseline: f64,
    burst: f64,
    size: f64,
}

/// What a time of constant use takes from a bucket, and gets for it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spent {
    /// Tokens in the bucket afterwards.
    pub level: f64,
    /// Units that were used: less than asked for once the credit is gone.
    pub used: f64,
    /// Until the credit was gone; none if it lasted.
    pub throttled_after: Option<Seconds>,
}

impl TokenBucket {
    /// A bucket that fills with `baseline` per second, is spent with up to `burst` per second, and holds `size`
    /// tokens. `None` for numbers that are negative or not finite; a burst below the baseline counts as the
    /// baseline.
    pub fn new(baseline: f64, burst: f64, size: f64) -> Option<Self> {
        let usable = |number: f64| number.is_finite() && number >= 0.0;
        [baseline, burst, size]
            .into_iter()
            .all(usable)
            .then_some(Self {
                baseline,
                burst: burst.max(baseline),
                size,
            })
    }

    /// Tokens per second that come in: what can be used for good.
    pub fn baseline(&self) -> f64 {
        self.baseline
    }

    /// What can be used per second while there is credit.
    pub fn burst(&self) -> f64 {
        self.burst
    }

    /// Tokens in the full bucket.
    pub fn size(&self) -> f64 {
        self.size
    }

    /// What is got per second for good by a use of so much per second.
    pub fn sustained(&self, wanted: f64) -> f64 {
        wanted.clamp(0.0, self.baseline)
    }

    /// How long a use of so much per second lasts from a full bucket; `None` if for ever.
    pub fn throttled_after(&self, wanted: f64) -> Option<Seconds> {
        self.lasts(self.size, wanted)
    }

    /// What is left of `level` tokens after `duration` of a use of `wanted` per second.
    pub fn spend(&self, level: f64, wanted: f64, duration: Seconds) -> Spent {
        let level = level.clamp(0.0, self.size);
        let duration = duration.0.max(0.0);
        let rate = wanted.clamp(0.0, self.burst);
        match self.lasts(level, wanted) {
            Some(credit) if credit.0 < duration => Spent {
                level: 0.0,
                used: rate * credit.0 + self.baseline * (duration - credit.0),
                throttled_after: Some(credit),
            },
            _ => Spent {
                level: (level + (self.baseline - rate) * duration).clamp(0.0, self.size),
                used: rate * duration,
                throttled_after: None,
            },
        }
    }

    fn lasts(&self, level: f64, wanted: f64) -> Option<Seconds> {
        let drain = wanted.min(self.burst) - self.baseline;
        let lasts = level / drain;
        (drain > 0.0 && lasts.is_finite()).then_some(Seconds(lasts))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credit_is_spent_then_the_baseline_is_left() {
        let bucket = TokenBucket::new(10.0, 30.0, 100.0).unwrap();
        assert_eq!(bucket.throttled_after(30.0), Some(Seconds(5.0)));
        assert_eq!(bucket.throttled_after(50.0), Some(Seconds(5.0)));
        let spent = bucket.spend(100.0, 30.0, Seconds(8.0));
        assert_eq!(spent.level, 0.0);
        assert_eq!(spent.used, 30.0 * 5.0 + 10.0 * 3.0);
        assert_eq!(spent.throttled_after, Some(Seconds(5.0)));
        assert_eq!(bucket.sustained(30.0), 10.0);
    }

    #[test]
    fn an_idle_hour_fills_it_up_to_its_size() {
        let bucket = TokenBucket::new(10.0, 30.0, 100.0).unwrap();
        let filled = bucket.spend(0.0, 4.0, Seconds(10.0));
        assert_eq!((filled.level, filled.used), (60.0, 40.0));
        assert_eq!(filled.throttled_after, None);
        assert_eq!(bucket.spend(0.0, 0.0, Seconds(3600.0)).level, 100.0);
    }

    #[test]
    fn nothing_is_lost_on_the_way() {
        let bucket = TokenBucket::new(3.0, 9.0, 50.0).unwrap();
        for wanted in [0.0, 2.0, 3.0, 7.0, 20.0] {
            let once = bucket.spend(25.0, wanted, Seconds(12.0));
            let half = bucket.spend(25.0, wanted, Seconds(6.0));
            let twice = bucket.spend(half.level, wanted, Seconds(6.0));
            assert!((once.level - twice.level).abs() < 1e-9);
            assert!((once.used - half.used - twice.used).abs() < 1e-9);
            assert!(once.used <= 25.0 + 3.0 * 12.0 + 1e-9);
        }
    }

    #[test]
    fn what_is_no_bucket_is_refused() {
        assert_eq!(TokenBucket::new(-1.0, 2.0, 3.0), None);
        assert_eq!(TokenBucket::new(1.0, f64::NAN, 3.0), None);
        assert_eq!(TokenBucket::new(1.0, 2.0, f64::INFINITY), None);
        let slow = TokenBucket::new(5.0, 2.0, 3.0).unwrap();
        assert_eq!(
            (slow.burst(), slow.baseline(), slow.size()),
            (5.0, 5.0, 3.0)
        );
        assert_eq!(slow.throttled_after(9.0), None);
    }
}
