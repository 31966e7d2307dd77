//! Retries at once: the next attempt meets the line that made the last one late.
//!
//! **Question.** Callers give up after a while and try again without a pause. An attempt was late because the line is
//! long: how likely is the next one late, too?
//!
//! **Model.** What an attempt that is given up leaves ahead of the next one: the rest of its wait, and what has arrived
//! meanwhile, which in such a spell are not only first attempts but retries, too. Attempts that are late because they
//! take long by themselves are as independent as services are.
//!
//! **Assumptions.** One line is to blame, at which every attempt of a call has the same chance to arrive. The wait of who
//! is late is exponential beyond the timeout. First attempts suffer from the retries of others as far as these come in
//! the same spell. Spells that overload begins by itself and that retries keep alive are not in it: where
//! `ρ n ≥ 1` with `n` attempts, they come sooner or later.
//!
//! **Formula.** With `τ` the timeout, `u` the share of late attempts at the mean load, `w` that part of it which waiting
//! causes: `P(late again) = P(E + A + S > τ)`, `E` exponential, of mean `1/δ` after the first attempt and then that of
//! `E + A + S - τ` beyond `τ`; `A` what arrives in `τ` at `ρ' = ρ_others + ρ_first (1 + (n-1) √c)`, `c` the largest of these
//! probabilities, `c = 1` from the third attempt on. First attempts: `u (1 - w) + u w / (1 - G)`, `G = ρ_first / (1 - ρ) · R c_2`,
//! `R` the retries of a late call.
//!
//! **Reference.** Own approximation, measured against simulation; the spells: Bronson et al., *Metastable failures in
//! distributed systems* (2021).
//!
//! **Complexity.** `O(n)` gamma tails in `ROUNDS` rounds, `n` at most `MOST_ATTEMPTS`.

use super::gamma::Gamma;

/// A line, and calls that come back to it when they were late.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Line {
    /// Utilisation by all others.
    pub others: f64,
    /// Utilisation by first attempts of these calls.
    pub first: f64,
    /// Mean service time over the number of servers, in seconds.
    pub service: f64,
    /// Servers.
    pub servers: f64,
    /// Squared coefficient of variation of the service time.
    pub scv: f64,
    /// Rate at which those who wait come to their turn, per second.
    pub release: f64,
    /// Probability that the next attempt stands in the same line.
    pub same: f64,
}

/// Attempts beyond this many are late as often as this one.
const MOST_ATTEMPTS: usize = 16;

/// Rounds in which lateness and load of a spell agree.
const ROUNDS: usize = 25;

/// A spell makes first attempts late at most this many times as often as the mean load does.
const MOST_OFTEN: f64 = 20.0;

impl Line {
    /// Probability that an attempt is late, if all before it were: of the first attempt, the second, and so on.
    ///
    /// `late` is the share of late attempts at the mean load, `caused` the part of it that waiting causes; both from 0 to
    /// 1. `timeout` is in seconds.
    pub fn late(self, late: f64, caused: f64, timeout: f64, attempts: f64) -> Vec<f64> {
        let attempts = if attempts >= 1.0 {
            attempts.min(MOST_ATTEMPTS as f64) as usize
        } else {
            1
        };
        let independent = vec![late; attempts];
        let makes_sense = late > 0.0
            && caused > 0.0
            && timeout > 0.0
            && timeout.is_finite()
            && self.service > 0.0
            && self.release > 0.0
            && self.release.is_finite()
            && self.others >= 0.0
            && self.first >= 0.0
            && self.others + self.first < 1.0;
        if attempts < 2 || !makes_sense {
            return independent;
        }
        let mut again = independent;
        for _ in 0..ROUNDS {
            let most = again.iter().copied().fold(0.0, f64::max);
            let mut left = 1.0 / self.release;
            for (place, again) in again.iter_mut().enumerate().skip(1) {
                let coming = if place == 1 { most.sqrt() } else { 1.0 };
                let Some(next) = self.next(left, coming, attempts as f64, timeout) else {
                    break;
                };
                let found = late + self.same * (next.0 - late).max(0.0);
                *again = f64::midpoint(*again, found.min(1.0));
                left = next.1;
            }
        }
        let mut retries = 0.0;
        let mut reached = 1.0;
        for again in again.iter().skip(1) {
            retries += reached;
            reached *= again;
        }
        let idle = 1.0 - self.others - self.first;
        let grows = self.same * self.first / idle * retries * again.get(1).copied().unwrap_or(0.0);
        let often = if grows < 1.0 {
            (1.0 / (1.0 - grows)).min(MOST_OFTEN)
        } else {
            MOST_OFTEN
        };
        again[0] = (late * (1.0 - caused + caused * often)).min(1.0);
        // Who was late for other reasons than the line is late again by chance alone.
        let (mut in_line, mut otherwise) =
            (again[0] - late * (1.0 - caused), late * (1.0 - caused));
        for again in again.iter_mut().skip(1) {
            let before = in_line + otherwise;
            in_line *= *again;
            otherwise *= late;
            *again = if before > 0.0 {
                ((in_line + otherwise) / before).min(1.0)
            } else {
                late
            };
        }
        again
    }

    /// Probability that the next attempt is late, and what it leaves of its wait then; `left` is what the last one left
    /// on average.
    fn next(self, left: f64, coming: f64, attempts: f64, timeout: f64) -> Option<(f64, f64)> {
        let utilisation = self.others + self.first * (1.0 + (attempts - 1.0) * coming);
        let arriving = utilisation * timeout;
        let own = self.service * self.servers;
        let mean = left + arriving + own;
        let variance =
            left * left + arriving * self.service * (1.0 + self.scv) + self.scv * own * own;
        // The service that is given up ends beside the line where there are several servers.
        let limit = timeout + own - self.service;
        let time = Gamma::new(mean, variance)?;
        let late = time.tail(limit);
        if late <= 0.0 {
            return Some((0.0, 0.0));
        }
        let scale = variance / mean;
        let heavier = Gamma::new(mean + scale, variance + scale * scale)?;
        let beyond = mean * heavier.tail(limit) / late - limit;
        Some((late, beyond.max(0.0)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One exponential server of mean 1 whose callers give up after `timeout`, with the share that is late at the load
    /// that the retries make, and the share of calls that fail.
    fn failed(utilisation: f64, timeout: f64, attempts: usize, same: f64) -> f64 {
        let mut load = utilisation;
        let mut chain = Vec::new();
        for _ in 0..50 {
            let line = Line {
                others: 0.0,
                first: utilisation,
                service: 1.0,
                servers: 1.0,
                scv: 1.0,
                release: 1.0 - load,
                same,
            };
            let late = (-(1.0 - load) * timeout).exp();
            chain = line.late(late, 1.0, timeout, attempts as f64);
            let mut reached = 1.0;
            let mut all = 0.0;
            for late in &chain {
                all += reached;
                reached *= late;
            }
            load = f64::midpoint(load, (utilisation * all).min(0.99));
        }
        chain.iter().product()
    }

    /// Shares of failed calls over 4,000,000 calls of an own simulation of one exponential server.
    #[test]
    fn calls_fail_about_as_often_as_in_simulation() {
        for (utilisation, timeout, attempts, seen) in [
            (0.1, 4.0, 2, 0.0062),
            (0.25, 4.0, 2, 0.0293),
            (0.25, 7.0, 2, 0.0014),
            (0.4, 4.0, 2, 0.1485),
            (0.4, 7.0, 2, 0.0171),
            (0.15, 4.0, 3, 0.0077),
            (0.25, 4.0, 3, 0.0436),
            (0.25, 7.0, 3, 0.0016),
            (0.2, 4.0, 4, 0.0305),
        ] {
            let found = failed(utilisation, timeout, attempts, 1.0);
            assert!(
                found > 0.5 * seen && found < 2.0 * seen,
                "{utilisation} {timeout} {attempts}: {found}, not {seen}"
            );
        }
    }

    #[test]
    fn attempts_elsewhere_are_independent() {
        let line = Line {
            others: 0.3,
            first: 0.2,
            service: 1.0,
            servers: 1.0,
            scv: 1.0,
            release: 0.5,
            same: 0.0,
        };
        let chain = line.late(0.1, 1.0, 4.0, 3.0);
        assert!(
            chain.iter().all(|late| (late - 0.1).abs() < 1e-12),
            "{chain:?}"
        );
        let not_waiting = Line { same: 1.0, ..line };
        assert_eq!(not_waiting.late(0.1, 0.0, 4.0, 3.0), [0.1; 3]);
    }

    #[test]
    fn a_later_attempt_is_late_more_often_than_the_first() {
        for first in [0.05, 0.2, 0.4] {
            for timeout in [2.0, 5.0, 20.0] {
                let line = Line {
                    others: 0.1,
                    first,
                    service: 1.0,
                    servers: 2.0,
                    scv: 0.5,
                    release: 0.6,
                    same: 0.5,
                };
                let chain = line.late(0.05, 0.8, timeout, 5.0);
                assert_eq!(chain.len(), 5);
                assert!(
                    chain[0] > 0.05 - 1e-12
                        && chain.iter().all(|late| (0.05 - 1e-12..=1.0).contains(late)),
                    "{chain:?}"
                );
            }
        }
    }

    #[test]
    fn nonsense_is_independent() {
        let line = Line {
            others: 0.1,
            first: 0.2,
            service: 1.0,
            servers: 1.0,
            scv: 1.0,
            release: 0.7,
            same: 1.0,
        };
        for wrong in [f64::NAN, f64::INFINITY, -1.0] {
            for line in [
                Line {
                    others: wrong,
                    ..line
                },
                Line {
                    first: wrong,
                    ..line
                },
                Line {
                    service: wrong,
                    ..line
                },
                Line {
                    release: wrong,
                    ..line
                },
                Line { scv: wrong, ..line },
            ] {
                let chain = line.late(0.1, 1.0, 3.0, 3.0);
                assert!(
                    chain.iter().all(|late| (0.0..=1.0).contains(late)),
                    "{line:?} {chain:?}"
                );
            }
        }
    }
}
