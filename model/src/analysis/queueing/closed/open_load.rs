//! What a station with load from outside leaves to the users of a closed network.

use super::super::SATURATED;
use super::MOST_USERS;

/// How fast a station of so many servers works for 1, 2, … closed customers while `open_load` erlangs of others
/// use it, too; `None` if these alone use it up, or without servers.
pub fn rates_left(open_load: f64, servers: usize) -> Option<Vec<f64>> {
    let all = servers as f64;
    let idle = 1.0 - open_load / all;
    if servers == 0 || idle.is_nan() || idle <= 1.0 - SATURATED {
        return None;
    }
    let servers_left = servers.min(MOST_USERS);
    if open_load <= 0.0 {
        return Some((1..=servers_left).map(|busy| busy as f64).collect());
    }
    if open_load > 700.0 || servers > 10_000 {
        // Groups this large are as fast as they are free.
        let free = (all * idle).min(MOST_USERS as f64);
        let whole = (free as usize).max(1);
        let mut rates: Vec<f64> = (1..=whole).map(|busy| (busy as f64).min(free)).collect();
        rates.push(free);
        return Some(rates);
    }
    // Poisson terms a^i/i! and their sums.
    let mut terms = vec![1.0];
    let mut sums = vec![1.0];
    for i in 1..=servers {
        let term = terms[i - 1] * open_load / i as f64;
        terms.push(term);
        sums.push(sums[i - 1] + term);
    }
    let mut rates = Vec::with_capacity(servers);
    let mut busy_part = terms[servers] / idle;
    let mut before = sums[servers - 1] + busy_part;
    for k in 1..=servers {
        busy_part = (k as f64 / all * busy_part + terms[servers - k]) / idle;
        let free_part = if k < servers {
            sums[servers - 1 - k]
        } else {
            0.0
        };
        let now = free_part + busy_part;
        let rate = k as f64 * before / now;
        rates.push(rate.max(rates.last().copied().unwrap_or(0.0)));
        before = now;
    }
    Some(rates)
}
