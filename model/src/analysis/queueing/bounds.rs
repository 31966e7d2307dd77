//! Between which limits the throughput and response of a fixed number of users lie, without solving anything.
//!
//! **Question.** `N` users share some stations: how much can they get at best, and at worst?
//!
//! **Model.** As for [`super::closed`], every station with one server; divide demands by the servers for upper
//! bounds of groups.
//!
//! **Assumptions.** Asymptotic bounds hold for any distribution; those of balanced systems for product form.
//!
//! **Formula.** With `D = Σ D_m`, `D_max` the largest and `D_avg` the mean demand. Asymptotic:
//! `N / (N D + Z) ≤ X ≤ min(N / (D + Z), 1 / D_max)`, `max(D, N D_max - Z) ≤ R ≤ N D`. Balanced:
//! `N / (D + Z + (N-1) D_max / (1 + Z/(N D))) ≤ X ≤ min(1/D_max, N / (D + Z + (N-1) D_avg / (1 + Z/D)))`,
//! and `R` likewise. From `N* = (D + Z) / D_max` users on they get in each other's way.
//!
//! **Reference.** Lazowska et al., *Quantitative System Performance* (1984), ch. 5.
//!
//! **Complexity.** `O(stations)`.

use crate::units::Seconds;

/// Limits of a closed network; each pair is lower, upper.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    /// Passages per second, whatever the distributions.
    pub throughput: [f64; 2],
    /// Mean seconds of one passage, whatever the distributions.
    pub response: [f64; 2],
    /// Passages per second, given product form.
    pub balanced_throughput: [f64; 2],
    /// Mean seconds of one passage, given product form.
    pub balanced_response: [f64; 2],
    /// From so many users on they get in each other's way.
    pub knee: f64,
}

/// The bounds for so many users; `None` without users or demand, or where a number is negative or no number.
pub fn bounds(users: usize, think: Seconds, demands: &[Seconds]) -> Option<Bounds> {
    let legal = |seconds: f64| seconds.is_finite() && seconds >= 0.0;
    let total: f64 = demands.iter().map(|demand| demand.0).sum();
    let largest = demands.iter().map(|demand| demand.0).fold(0.0, f64::max);
    let (n, z) = (users as f64, think.0);
    let all_legal = demands.iter().all(|demand| legal(demand.0)) && legal(z) && legal(n * total);
    if !all_legal || users == 0 || largest <= 0.0 {
        return None;
    }
    let mean = total / demands.len() as f64;
    let most = 1.0 / largest;
    let others = n - 1.0;
    let slow = total + others * largest / (1.0 + z / (n * total));
    let fast = total + others * mean / (1.0 + z / total);
    let queued = n * largest - z;
    Some(Bounds {
        throughput: [n / (n * total + z), most.min(n / (total + z))],
        response: [total.max(queued), n * total],
        balanced_throughput: [n / (z + slow), most.min(n / (z + fast))],
        balanced_response: [queued.max(fast), slow],
        knee: (total + z) / largest,
    })
}
