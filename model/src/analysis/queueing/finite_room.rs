//! Like servers with room for so many visits: the M/M/c/K queue.
//!
//! **Question.** When at most `K` visits may be at a group of servers, waiting or in service, how many are
//! refused, and how long do the others stay?
//!
//! **Model.** Poisson arrivals, `c` servers with exponential service of mean `S`, one line, and room for `K`; who
//! finds it full leaves. There is a steady state at any load.
//!
//! **Assumptions.** Who is refused does not come back by itself; retries are arrivals.
//!
//! **Formula.** Birth and death: `p_i = p_{i-1} λ S / min(i, c)`, kept as a running term beside the largest one so
//! that nothing overflows. Refused `p_K`, throughput `λ (1 - p_K)`, `L = Σ i p_i`, `W = L / throughput` (Little).
//!
//! **Reference.** Gross & Harris, *Fundamentals of Queueing Theory* (1998), ch. 2.
//!
//! **Complexity.** `O(K)`, less where the terms die away.

use crate::units::{RequestsPerSecond, Seconds};

use super::wide::Wide;

/// What goes through servers with limited room.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FiniteRoom {
    /// Share of the arrivals that find no room.
    pub refused: f64,
    /// Visits per second that are let in.
    pub throughput: RequestsPerSecond,
    /// Mean number of visits there, waiting and in service.
    pub visits: f64,
    /// Mean time in line of those that are let in.
    pub waiting: Seconds,
    /// Mean time in line and in service of those that are let in.
    pub residence: Seconds,
    /// Share of those that are let in that find all servers busy.
    pub waiting_probability: f64,
}

/// More room than this is computed as this much.
const MOST_ROOM: usize = 1_000_000;

/// Servers with room for `room` visits; `None` if a number is negative, no number or without limit.
///
/// `servers` of 0 count as 1; with less room than servers only as many servers as there is room for ever work.
pub fn finite_room(
    arrival_rate: RequestsPerSecond,
    service_time: Seconds,
    servers: usize,
    room: usize,
) -> Option<FiniteRoom> {
    let offered = arrival_rate.0 * service_time.0;
    if arrival_rate.0 < 0.0 || service_time.0 < 0.0 || !offered.is_finite() {
        return None;
    }
    if room == 0 {
        return Some(FiniteRoom {
            refused: 1.0,
            throughput: RequestsPerSecond(0.0),
            visits: 0.0,
            waiting: Seconds(0.0),
            residence: service_time,
            waiting_probability: 0.0,
        });
    }
    let (servers, room) = (servers.max(1), room.min(MOST_ROOM));
    let mut term = Wide::ONE;
    let (mut all, mut let_in) = (Wide::ONE, Wide::ZERO);
    let (mut present, mut in_line, mut let_in_late) = (Wide::ZERO, Wide::ZERO, Wide::ZERO);
    for there in 1..=room {
        let_in = all;
        if there > servers {
            let_in_late = let_in_late + term;
        }
        term = term * Wide::new(offered / there.min(servers) as f64);
        all = all + term;
        present = present + term * Wide::new(there as f64);
        in_line = in_line + term * Wide::new(there.saturating_sub(servers) as f64);
    }
    let throughput = arrival_rate.0 * let_in.over(all);
    let waiting = if throughput > 0.0 {
        Seconds(in_line.over(all) / throughput)
    } else {
        Seconds(0.0)
    };
    Some(FiniteRoom {
        refused: term.over(all),
        throughput: RequestsPerSecond(throughput),
        visits: present.over(all),
        waiting,
        residence: waiting + service_time,
        waiting_probability: let_in_late.over(let_in).min(1.0),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn room(rate: f64, service: f64, servers: usize, room: usize) -> FiniteRoom {
        finite_room(RequestsPerSecond(rate), Seconds(service), servers, room).unwrap()
    }

    #[test]
    fn without_a_line_it_is_erlangs_loss_system() {
        for (offered, servers) in [(0.5, 1), (8.0, 10), (900.0, 1_000)] {
            let mut loss = 1.0;
            for k in 1..=servers {
                loss = offered * loss / (k as f64 + offered * loss);
            }
            let found = room(offered, 1.0, servers, servers);
            assert!((found.refused / loss - 1.0).abs() < 1e-12);
            assert!(found.waiting.0.abs() < 1e-300);
        }
    }

    #[test]
    fn much_room_is_like_no_limit() {
        let found = room(8.0, 0.1, 1, 2_000);
        assert!((found.waiting.0 - 0.4).abs() < 1e-12);
        assert!((found.waiting_probability - 0.8).abs() < 1e-12);
        assert!(found.refused < 1e-100);
    }

    #[test]
    fn any_load_has_finite_waits() {
        for rate in [0.0, 1e-300, 1.0, 1e9, 1e300] {
            for places in [0, 1, 3, 100] {
                let found = room(rate, 1.0, 2, places);
                assert!((0.0..=1.0).contains(&found.refused));
                assert!((0.0..=1.0).contains(&found.waiting_probability));
                assert!(found.visits <= places as f64 * (1.0 + 1e-12));
                assert!(found.residence.0.is_finite() && found.residence.0 >= 1.0);
                let flow = found.throughput.0 + rate * found.refused;
                assert!((flow - rate).abs() <= 1e-9 * rate);
            }
        }
        assert_eq!(
            finite_room(RequestsPerSecond(-1.0), Seconds(1.0), 1, 1),
            None
        );
        assert_eq!(
            finite_room(RequestsPerSecond(f64::NAN), Seconds(1.0), 1, 1),
            None
        );
    }
}
