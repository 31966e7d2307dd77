//! How long a visit waits in line: the M/G/c queue.
//!
//! **Question.** Visits arrive at random at a group of like servers with one line: how long until one is free?
//!
//! **Model.** Poisson arrivals, `c` servers, independent service times with mean `S` and squared coefficient of
//! variation `cs²`, first come, first served, unlimited line.
//!
//! **Assumptions.** The probability of waiting is taken from the M/M/c queue whatever the variation.
//!
//! **Formula.** With `a = λ S` and `ρ = a / c`: Erlang's loss `B`, summed as `1/B = Σ_j c!/(c-j)! a^-j`; Erlang's
//! delay `C = 1 / (ρ + (1-ρ)/B)`; `W_MMc = C S / (c (1-ρ))`. Constant service: Cosmetatos'
//! `W_MDc = ½ W_MMc (1+g)`, `g = min(0.24, (1-ρ)(c-1)(√(4+5c)-2) / (16 c ρ))`. General service: Kimura's
//! `W = (1+cs²) / (2 cs²/W_MMc + (1-cs²)/W_MDc)`. Exact for M/M/c and, as Pollaczek-Khinchine, for one server;
//! else the response time is within 0.4 % for `cs² ≤ 2` and 1.4 % at 4 (against exact solutions).
//!
//! **Reference.** Erlang (1917); Cosmetatos, *Approximate explicit formulae for the average queueing time in
//! the processes M/D/r and D/M/r* (1975); Kimura, *A two-moment approximation for the mean waiting time in the
//! GI/G/s queue*, Management Science 32 (1986).
//!
//! **Complexity.** `O(c)`, less where waiting is rare.

use super::SATURATED;
use crate::units::{RequestsPerSecond, Seconds};

/// Larger groups of servers wait as little as this many at the same utilisation, or less: nothing to speak of.
const MOST_SERVERS: f64 = 1e6;

/// What a visit meets in line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Waiting {
    /// Mean time until a server is free, over all visits.
    pub mean: Seconds,
    /// Probability that no server is free on arrival.
    pub probability: f64,
}

impl Waiting {
    /// The time in line that so many of the visits exceed: 0.01 for what 99 of 100 wait at most.
    ///
    /// Who waits waits an exponential time: exact for exponential service, Kimura's mean otherwise.
    pub fn quantile(self, late: f64) -> Seconds {
        if self.probability <= late || late <= 0.0 {
            return Seconds(0.0);
        }
        let of_those_that_wait = self.mean.0 / self.probability;
        Seconds(of_those_that_wait * (self.probability / late).ln())
    }
}

/// Waiting in one line before `servers` like servers; `None` when they cannot keep up.
///
/// `servers` is a whole number of 1 or more, `scv` the squared coefficient of variation of the service time.
pub fn waiting(
    arrival_rate: RequestsPerSecond,
    service_time: Seconds,
    scv: f64,
    servers: f64,
) -> Option<Waiting> {
    let utilisation = arrival_rate.0 * service_time.0 / servers;
    if utilisation.is_nan() || utilisation >= SATURATED {
        return None;
    }
    if utilisation <= 0.0 {
        return Some(Waiting {
            mean: Seconds(0.0),
            probability: 0.0,
        });
    }
    let c = servers.min(MOST_SERVERS);
    let idle = 1.0 - utilisation;
    let probability = 1.0 / (utilisation + idle * inverse_erlang_b(utilisation * c, c as usize));
    let exponential = probability * service_time.0 / (c * idle);
    let g =
        (idle * (c - 1.0) * ((4.0 + 5.0 * c).sqrt() - 2.0) / (16.0 * c * utilisation)).min(0.24);
    let general = exponential * (1.0 + scv) / (2.0 * scv + (1.0 - scv) * 2.0 / (1.0 + g));
    Some(Waiting {
        mean: Seconds(general),
        probability,
    })
}

/// Erlang's loss: the share of arrivals that finds all of `servers` servers without a line busy.
///
/// `offered_load` in erlangs, from 0.
pub fn erlang_b(offered_load: f64, servers: usize) -> f64 {
    if offered_load > 0.0 {
        1.0 / inverse_erlang_b(offered_load, servers)
    } else if servers == 0 {
        1.0
    } else {
        0.0
    }
}

/// One over Erlang's loss probability; infinite where that is too small to matter.
fn inverse_erlang_b(offered_load: f64, servers: usize) -> f64 {
    let (mut term, mut sum) = (1.0, 1.0);
    for busy in (1..=servers).rev() {
        let ratio = busy as f64 / offered_load;
        term *= ratio;
        sum += term;
        let is_last = ratio < 1.0 && term < sum * 1e-18;
        if is_last || sum > 1e300 {
            break;
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mean(arrival_rate: f64, service_time: f64, scv: f64, servers: f64) -> f64 {
        waiting(
            RequestsPerSecond(arrival_rate),
            Seconds(service_time),
            scv,
            servers,
        )
        .unwrap()
        .mean
        .0
    }

    #[test]
    fn the_sum_is_erlangs_recurrence_turned_round() {
        for (offered_load, servers) in [(0.1, 1), (2.0, 3), (7.9, 8), (90.0, 100), (900.0, 1_000)] {
            let mut loss = 1.0;
            for k in 1..=servers {
                loss = offered_load * loss / (f64::from(k) + offered_load * loss);
            }
            let sum = inverse_erlang_b(offered_load, servers as usize);
            assert!(
                (loss * sum - 1.0).abs() < 1e-12,
                "{offered_load} on {servers}"
            );
        }
    }

    #[test]
    fn one_server_waits_as_pollaczek_and_khinchine_say() {
        for scv in [0.0, 0.5, 1.0, 4.0, 1000.0] {
            let expected = 0.8 * 0.1 * (1.0 + scv) / (2.0 * 0.2);
            assert!((mean(8.0, 0.1, scv, 1.0) / expected - 1.0).abs() < 1e-12);
        }
    }

    #[test]
    fn a_group_at_its_limit_has_no_waiting_time() {
        let at = |rate: f64| waiting(RequestsPerSecond(rate), Seconds(0.1), 1.0, 4.0);
        assert!(at(39.9).is_some());
        assert_eq!(at(40.0), None);
        assert_eq!(at(1e300), None);
    }

    #[test]
    fn a_million_servers_are_as_quick_as_few() {
        assert!(mean(9.99e8, 1.0, 1.0, 1e9) < 1e-2);
        assert!(mean(1e-300, 1.0, 1.0, 1e9) < 1e-30);
    }
}
