//! How long a visit waits when arrivals come in bunches or evenly: the GI/G/c queue.
//!
//! **Question.** Arrivals vary more or less than at random: how long until one of `c` like servers is free?
//!
//! **Model.** Independent gaps between arrivals with squared coefficient of variation `ca²`, independent service
//! times with mean `S` and `cs²`, first come, first served, unlimited line.
//!
//! **Assumptions.** Two moments of each say enough. For Poisson arrivals (`ca² = 1`) Kimura's formula in
//! [`waiting`](super::waiting) is closer, and exact for one server, where this one is 20 % short at `cs² = 10`.
//!
//! **Formula.** Whitt's (2.16)-(2.25): `W = φ (ca² + cs²)/2 W_MMc`. With `γ = min(0.24, (1-ρ)(c-1)(√(4+5c)-2)/(16cρ))`,
//! `φ₁ = 1+γ`, `φ₃ = (1-4γ) e^(-2(1-ρ)/(3ρ))`, `φ₄ = min(1, (φ₁+φ₃)/2)` and `ψ = φ₄^(2(1-c²))` below `c² = (ca²+cs²)/2 = 1`,
//! else 1: `φ = (4(ca²-cs²) φ₁ + cs² ψ) / (4ca²-3cs²)` where arrivals vary more, and
//! `φ = ((cs²-ca²) φ₃ + (cs²+3ca²) ψ) / (2(ca²+cs²))` where service does. Allen and Cunneen: `φ = 1`.
//!
//! **Reference.** Whitt, *Approximations for the GI/G/m queue*, Production and Operations Management 2 (1993);
//! Allen, *Probability, Statistics, and Queueing Theory* (1990).
//!
//! **Complexity.** That of the M/M/c queue.

use super::waiting::waiting;
use crate::units::{RequestsPerSecond, Seconds};

/// What arrives at like servers, and how it varies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Arrivals {
    /// Visits per second.
    pub rate: RequestsPerSecond,
    /// Squared coefficient of variation of the gaps between arrivals: 1 for arrivals at random.
    pub arrival_scv: f64,
    /// Mean service time.
    pub service_time: Seconds,
    /// Squared coefficient of variation of the service time.
    pub service_scv: f64,
    /// Like servers with one line, a whole number of 1 or more.
    pub servers: f64,
}

impl Arrivals {
    /// Mean time in line after Whitt; `None` when the servers cannot keep up or a number makes no sense.
    pub fn whitt(self) -> Option<Seconds> {
        let random = self.at_random()?;
        let (ca, cs) = (self.arrival_scv, self.service_scv);
        if random <= 0.0 || ca + cs <= 0.0 {
            return Some(Seconds(0.0));
        }
        let mixed = f64::midpoint(ca, cs);
        let even = self.when_nothing_varies()?;
        let bunched = 1.0 - 4.0 * (even - 1.0);
        let utilisation = self.utilisation();
        let bunched = bunched * (-2.0 * (1.0 - utilisation) / (3.0 * utilisation)).exp();
        let same = if mixed >= 1.0 {
            1.0
        } else {
            f64::midpoint(even, bunched)
                .min(1.0)
                .powf(2.0 * (1.0 - mixed))
        };
        let factor = if ca >= cs {
            (4.0 * (ca - cs) * even + cs * same) / (4.0 * ca - 3.0 * cs)
        } else {
            ((cs - ca) * bunched + (cs + 3.0 * ca) * same) / (2.0 * (ca + cs))
        };
        finite(factor * mixed * random)
    }

    /// Mean time in line after Allen and Cunneen; `None` as for [`Arrivals::whitt`].
    pub fn allen_cunneen(self) -> Option<Seconds> {
        finite(f64::midpoint(self.arrival_scv, self.service_scv) * self.at_random()?)
    }

    /// Twice the mean time in line of constant service over that of exponential service, by Cosmetatos; `None`
    /// as for [`Arrivals::whitt`].
    pub fn when_nothing_varies(self) -> Option<f64> {
        let random = self.at_random()?;
        if random <= 0.0 {
            return Some(1.0);
        }
        let constant = waiting(self.rate, self.service_time, 0.0, self.servers)?;
        Some(2.0 * constant.mean.0 / random)
    }

    /// Mean time in line with arrivals at random and exponential service.
    fn at_random(self) -> Option<f64> {
        let variations = [self.arrival_scv, self.service_scv];
        let makes_sense = variations.iter().all(|scv| *scv >= 0.0 && scv.is_finite())
            && self.servers >= 1.0
            && self.service_time.0 >= 0.0
            && self.rate.0 >= 0.0;
        if !makes_sense {
            return None;
        }
        let waiting = waiting(self.rate, self.service_time, 1.0, self.servers)?;
        Some(waiting.mean.0)
    }

    fn utilisation(self) -> f64 {
        self.rate.0 * self.service_time.0 / self.servers
    }
}

fn finite(seconds: f64) -> Option<Seconds> {
    seconds.is_finite().then_some(Seconds(seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arrivals(arrival_scv: f64, service_scv: f64) -> Arrivals {
        Arrivals {
            rate: RequestsPerSecond(3.2),
            arrival_scv,
            service_time: Seconds(1.0),
            service_scv,
            servers: 4.0,
        }
    }

    #[test]
    fn both_agree_where_arrivals_and_service_are_at_random() {
        let found = arrivals(1.0, 1.0);
        let expected = waiting(found.rate, found.service_time, 1.0, 4.0).unwrap();
        assert!((found.whitt().unwrap().0 / expected.mean.0 - 1.0).abs() < 1e-12);
        assert!((found.allen_cunneen().unwrap().0 / expected.mean.0 - 1.0).abs() < 1e-12);
    }

    #[test]
    fn a_clock_that_serves_a_clock_never_waits() {
        assert_eq!(arrivals(0.0, 0.0).whitt(), Some(Seconds(0.0)));
    }

    #[test]
    fn what_makes_no_sense_has_no_answer() {
        for (ca, cs) in [(-1.0, 1.0), (1.0, f64::NAN), (f64::INFINITY, 1.0)] {
            assert_eq!(arrivals(ca, cs).whitt(), None);
        }
        let full = Arrivals {
            rate: RequestsPerSecond(4.0),
            ..arrivals(1.0, 1.0)
        };
        assert_eq!(full.whitt(), None);
    }
}
