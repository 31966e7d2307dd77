//! What trying again costs: more load, fewer failures, and an overload that keeps itself alive.
//!
//! **Question.** Callers try again when an attempt fails: how many attempts is that per call, how many calls fail
//! in the end, and can the load that retries add keep the failures going once they have begun?
//!
//! **Model.** Attempts fail independently with probability `p`; a call makes up to `n` attempts. A retry budget `b`
//! caps the attempts at `1 + b` per call on average. Servers without a line (Cohen): refused arrivals come back
//! until they are let in.
//!
//! **Assumptions.** Attempts are as independent as backoff with jitter makes them. In the overloaded state every
//! attempt fails, and all of them are work.
//!
//! **Formula.** `φ = (1 - pⁿ) / (1 - p)`, `min(φ, 1 + b)` with a budget; failed in the end `1 - φ (1 - p)`, `pⁿ`
//! without one. Vulnerable to a metastable failure iff `ρ₀ min(n, 1 + b) ≥ 1`. Layers multiply. Cohen: the total
//! rate `Λ` with `Λ (1 - B(Λ)) = λ`, `B` Erlang's loss.
//!
//! **Reference.** Bronson et al., *Metastable failures in distributed systems*, workshop on hot topics in operating
//! systems (2021); Huang et al., *Metastable failures in the wild*, OSDI (2022); Cohen, *Basic problems of telephone
//! traffic theory* (1957).
//!
//! **Complexity.** `O(1)`; Cohen's point about 200 Erlang losses.

use super::geometric::truncated;
use super::waiting::erlang_b;
use crate::units::{RequestsPerSecond, Seconds};

/// How often a caller tries.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Retries {
    /// Attempts that a call makes at most, the first one included: 1 or more.
    pub most_attempts: f64,
    /// Retries per call that are allowed on average; none without a limit.
    pub budget: Option<f64>,
}

impl Retries {
    /// Mean attempts per call when each attempt fails with this probability: 1 and more.
    pub fn attempts(self, failing: f64) -> f64 {
        self.unlimited(failing).min(self.most())
    }

    /// Share of the calls that fail after all attempts.
    pub fn failed(self, failing: f64) -> f64 {
        let failing = probability(failing);
        let attempts = self.unlimited(failing);
        if attempts > self.most() {
            (1.0 - self.most() * (1.0 - failing)).clamp(0.0, 1.0)
        } else {
            failing.powf(self.tries())
        }
    }

    /// Mean and variance of the attempts that fail before the one that succeeds, of calls that succeed in the end.
    pub fn in_vain(self, failing: f64) -> (f64, f64) {
        let failing = probability(failing);
        let tries = self.tries();
        if self.unlimited(failing) <= self.most() {
            return truncated(failing, tries);
        }
        // The budget lets a part of the failures be tried again: the ratio at which the attempts are what it allows.
        let (mut low, mut high) = (0.0, failing);
        for _ in 0..BISECTIONS {
            let middle = f64::midpoint(low, high);
            if self.unlimited(middle) > self.most() {
                high = middle;
            } else {
                low = middle;
            }
        }
        truncated(low, tries)
    }

    /// What becomes of a call whose first attempt fails with the first of these probabilities, and each further one
    /// with the next of them, if all before it have failed; the last one holds for all further attempts.
    pub fn one_after_another(self, failing: &[f64]) -> Tried {
        let tries = self.tries().min(failing.len() as f64) as usize;
        let all = |ratio: f64| {
            let mut tried = Tried::default();
            let (mut reached, mut vain, mut square) = (1.0, 0.0, 0.0);
            for (before, failing) in failing.iter().take(tries).enumerate() {
                let failing = probability(*failing);
                let succeeding = reached * (1.0 - failing);
                tried.attempts += reached;
                tried.failed += succeeding;
                vain += before as f64 * succeeding;
                square += (before * before) as f64 * succeeding;
                reached *= ratio * failing;
            }
            let succeeding = tried.failed;
            if succeeding > 0.0 {
                tried.in_vain = vain / succeeding;
                tried.in_vain_variance =
                    (square / succeeding - tried.in_vain * tried.in_vain).max(0.0);
            }
            tried.failed = (1.0 - succeeding).clamp(0.0, 1.0);
            tried
        };
        let freely = all(1.0);
        if freely.attempts <= self.most() {
            return freely;
        }
        let (mut low, mut high) = (0.0, 1.0);
        for _ in 0..BISECTIONS {
            let middle = f64::midpoint(low, high);
            if all(middle).attempts > self.most() {
                high = middle;
            } else {
                low = middle;
            }
        }
        all(low)
    }

    /// Attempts per call when all of them fail.
    pub fn most(self) -> f64 {
        let budget = self.budget.filter(|budget| *budget >= 0.0);
        self.tries()
            .min(budget.map_or(f64::INFINITY, |budget| 1.0 + budget))
    }

    /// Whether the retries alone keep servers overloaded that are this busy without them: a metastable failure.
    pub fn sustains_overload(self, utilisation: f64) -> bool {
        utilisation * self.most() >= 1.0
    }

    fn unlimited(self, failing: f64) -> f64 {
        let failing = probability(failing);
        let tries = self.tries();
        let passing = 1.0 - failing;
        if passing <= 0.0 {
            return tries;
        }
        // 1 - pⁿ without cancellation near p = 1.
        let some = if failing > 0.5 {
            -(tries * (-passing).ln_1p()).exp_m1()
        } else {
            1.0 - failing.powf(tries)
        };
        (some / passing).clamp(1.0, tries)
    }

    fn tries(self) -> f64 {
        if self.most_attempts >= 1.0 {
            self.most_attempts.min(MOST_ATTEMPTS)
        } else {
            1.0
        }
    }
}

/// What becomes of a call in all its attempts, on average.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Tried {
    /// Mean attempts: 1 and more.
    pub attempts: f64,
    /// Share of the calls that fail after all of them.
    pub failed: f64,
    /// Mean and variance of the attempts that fail before the one that succeeds, of calls that succeed.
    pub in_vain: f64,
    /// The variance.
    pub in_vain_variance: f64,
}

/// Halvings of an interval until it has no number inside.
const BISECTIONS: usize = 60;

/// More attempts count as this many.
const MOST_ATTEMPTS: f64 = 1e9;

/// Attempts that reach the last of several layers, each of which tries again, per call to the first.
pub fn layers(attempts: impl IntoIterator<Item = f64>) -> f64 {
    attempts.into_iter().product()
}

/// Servers without a line whose refused arrivals come back until they are let in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Returning {
    /// Arrivals per second, those that come back included.
    pub total_rate: RequestsPerSecond,
    /// Share of all arrivals that is refused.
    pub refused: f64,
}

/// Where arrivals and refusals agree; `None` when the servers cannot carry the fresh load or a number makes no sense.
pub fn returning(
    fresh_rate: RequestsPerSecond,
    service_time: Seconds,
    servers: usize,
) -> Option<Returning> {
    let fresh = fresh_rate.0 * service_time.0;
    let makes_sense = fresh_rate.0 >= 0.0 && service_time.0 >= 0.0 && servers > 0;
    if !makes_sense || !fresh.is_finite() || fresh >= super::SATURATED * servers as f64 {
        return None;
    }
    if fresh <= 0.0 {
        return Some(Returning {
            total_rate: fresh_rate,
            refused: 0.0,
        });
    }
    let carried = |offered: f64| offered * (1.0 - erlang_b(offered, servers));
    let (mut low, mut high) = (fresh, 2.0 * fresh);
    while carried(high) < fresh && high < 1e300 {
        low = high;
        high *= 2.0;
    }
    for _ in 0..200 {
        let middle = f64::midpoint(low, high);
        if middle <= low || middle >= high {
            break;
        }
        if carried(middle) < fresh {
            low = middle;
        } else {
            high = middle;
        }
    }
    Some(Returning {
        total_rate: RequestsPerSecond(high / service_time.0),
        refused: erlang_b(high, servers),
    })
}

fn probability(number: f64) -> f64 {
    if number.is_nan() {
        1.0
    } else {
        number.clamp(0.0, 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_budget_caps_the_load_and_fails_the_rest() {
        let retries = Retries {
            most_attempts: 4.0,
            budget: Some(0.1),
        };
        assert!((retries.attempts(0.5) - 1.1).abs() < 1e-15);
        assert!((retries.failed(0.5) - 0.45).abs() < 1e-15);
        assert!((retries.attempts(0.05) - 1.052_631_25).abs() < 1e-3);
        assert!((retries.failed(0.05) - 0.05_f64.powi(4)).abs() < 1e-15);
    }

    #[test]
    fn attempts_grow_with_the_failures_up_to_all() {
        let retries = Retries {
            most_attempts: 1000.0,
            budget: None,
        };
        let mut least = 1.0;
        for step in 0..=1000 {
            let attempts = retries.attempts(f64::from(step) / 1000.0);
            assert!(attempts >= least && attempts <= 1000.0);
            least = attempts;
        }
        assert!((retries.attempts(1.0 - 1e-12) - 1000.0).abs() < 1e-3);
    }

    #[test]
    fn attempts_in_vain_are_those_before_the_one_that_succeeds() {
        let close = |found: f64, expected: f64| {
            assert!(
                (found - expected).abs() <= 1e-9 * expected.max(1e-3),
                "{found}, not {expected}"
            );
        };
        for failing in [1e-6, 0.05, 0.5, 0.9, 0.999, 1.0 - 1e-9] {
            for tries in [1_u32, 2, 4, 40] {
                for budget in [None, Some(0.3)] {
                    let retries = Retries {
                        most_attempts: f64::from(tries),
                        budget,
                    };
                    let chain = vec![failing; tries as usize];
                    let tried = retries.one_after_another(&chain);
                    let (mean, variance) = retries.in_vain(failing);
                    close(tried.attempts, retries.attempts(failing));
                    assert!((tried.failed - retries.failed(failing)).abs() < 1e-9);
                    assert!(
                        (tried.in_vain - mean).abs() <= 1e-3 * mean.max(1e-9),
                        "{failing} {tries} {tried:?} {mean}"
                    );
                    assert!(
                        (tried.in_vain_variance - variance).abs() <= 2e-3 * variance.max(1e-9),
                        "{failing} {tries} {tried:?} {variance}"
                    );
                }
            }
        }
    }

    #[test]
    fn attempts_that_fail_together_fail_more_often() {
        let retries = Retries {
            most_attempts: 3.0,
            budget: None,
        };
        let tried = retries.one_after_another(&[0.1, 0.6, 0.8]);
        assert!((tried.failed - 0.1 * 0.6 * 0.8).abs() < 1e-15);
        assert!((tried.attempts - 1.16).abs() < 1e-15);
        let in_vain = (0.1 * 0.4 + 2.0 * 0.06 * 0.2) / (1.0 - 0.048);
        assert!((tried.in_vain - in_vain).abs() < 1e-15);
    }

    #[test]
    fn what_makes_no_sense_counts_as_the_worst_or_as_nothing() {
        let none = Retries {
            most_attempts: f64::NAN,
            budget: Some(f64::NAN),
        };
        assert!((none.attempts(f64::NAN) - 1.0).abs() < 1e-15);
        assert!((none.failed(2.0) - 1.0).abs() < 1e-15);
        assert_eq!(
            returning(RequestsPerSecond(f64::NAN), Seconds(1.0), 3),
            None
        );
        assert_eq!(returning(RequestsPerSecond(3.0), Seconds(1.0), 3), None);
    }
}
