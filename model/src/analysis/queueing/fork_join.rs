//! How long work takes that is split over several queues and put together again.
//!
//! **Question.** A request goes to all of `K` like queues at once and is done when the last one is: how long is
//! that, and how likely is it that any of them is slow?
//!
//! **Model.** `K` M/M/1 queues that get the same arrivals at the same moments.
//!
//! **Assumptions.** The queues are alike. Exact for one and two; for 3 to 32 fitted by simulation, 1 % to 4 % short.
//! The chance that any is slow takes them as independent.
//!
//! **Formula.** `R_K = (H_K/H_2 + (1 - H_K/H_2) 4ρ/11) (12-ρ)/8 1/(μ-λ)`, `H_K` the harmonic number;
//! `P(any of N) = 1 - (1-p)^N`.
//!
//! **Reference.** Nelson & Tantawi, *Approximate analysis of fork/join synchronization in parallel queues*, IEEE
//! Transactions on Computers 37 (1988); Flatto & Hahn (1984); Dean & Barroso, *The tail at scale*, CACM 56 (2013).
//!
//! **Complexity.** `O(K)`.

use super::SATURATED;
use crate::units::{RequestsPerSecond, Seconds};

/// Mean time until all of `queues` like queues have done their part; `None` when they cannot keep up or there
/// are none.
///
/// `service_time` is the mean time at one queue; more than 32 queues are beyond what was measured.
pub fn fork_join(
    arrival_rate: RequestsPerSecond,
    service_time: Seconds,
    queues: usize,
) -> Option<Seconds> {
    let utilisation = arrival_rate.0 * service_time.0;
    let makes_sense = arrival_rate.0 >= 0.0 && service_time.0 >= 0.0 && service_time.0.is_finite();
    if !makes_sense || queues == 0 || utilisation.is_nan() || utilisation >= SATURATED {
        return None;
    }
    let alone = service_time.0 / (1.0 - utilisation);
    if queues == 1 {
        return Some(Seconds(alone));
    }
    let spread = harmonic(queues) / 1.5;
    let shared = spread + (1.0 - spread) * 4.0 * utilisation / 11.0;
    Some(Seconds(shared * (12.0 - utilisation) / 8.0 * alone))
}

/// Probability that at least one of so many independent things happens, each with probability `each`.
///
/// `each` is taken to lie between 0 and 1, `count` from 0.
pub fn any_of(count: f64, each: f64) -> f64 {
    if each.is_nan() || each <= 0.0 || count.is_nan() || count <= 0.0 {
        return 0.0;
    }
    -(count * (-each.min(1.0)).ln_1p()).exp_m1()
}

fn harmonic(number: usize) -> f64 {
    (1..=number).rev().map(|k| 1.0 / k as f64).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_queue_is_an_ordinary_one() {
        let found = fork_join(RequestsPerSecond(8.0), Seconds(0.1), 1).unwrap();
        assert!((found.0 - 0.5).abs() < 1e-12);
    }

    #[test]
    fn queues_that_cannot_keep_up_are_never_done() {
        assert_eq!(fork_join(RequestsPerSecond(10.0), Seconds(0.1), 3), None);
        assert_eq!(
            fork_join(RequestsPerSecond(f64::NAN), Seconds(0.1), 3),
            None
        );
        assert_eq!(fork_join(RequestsPerSecond(1.0), Seconds(0.1), 0), None);
    }

    #[test]
    fn any_of_none_never_happens_and_a_certain_one_always() {
        assert_eq!(any_of(0.0, 0.5).to_bits(), 0.0_f64.to_bits());
        assert_eq!(any_of(3.0, 1.0).to_bits(), 1.0_f64.to_bits());
        assert!((any_of(2.0, 1e-20) / 2e-20 - 1.0).abs() < 1e-12);
    }
}
