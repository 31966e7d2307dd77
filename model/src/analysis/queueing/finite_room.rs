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
//! **Formula.** Birth and death: `p_i = p_{i-1} λ S / min(i, c)`, a geometric series from `c` on, in numbers that do
//! not overflow. Of many servers only the numbers are looked at that are not less likely than the likeliest by
//! `e⁻⁵⁰` (Chernoff's bounds of the Poisson distribution). Refused `p_K`, throughput `λ (1 - p_K)`, `L = Σ i p_i`, `W = L / throughput` (Little).
//! How the wait is distributed is in [`limited_line`](super::limited_line).
//!
//! **Reference.** Gross & Harris, *Fundamentals of Queueing Theory* (1998), ch. 2.
//!
//! **Complexity.** `O(√min(c, K))` beyond a thousand servers, `O(min(c, K))` up to there; the line takes `O(log K)`.

use crate::units::{RequestsPerSecond, Seconds};

use super::geometric::Series;
use super::limited_line::LimitedLine;
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
    /// How long these wait; none without a line.
    pub line: Option<LimitedLine>,
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
            line: None,
        });
    }
    let (servers, room) = (servers.max(1), room.min(MOST_ROOM));
    let busy_at_most = servers.min(room);
    let (fewest, most) = likely(offered, busy_at_most);
    let (mut term, mut all, mut let_in) = (Wide::ONE, Wide::ONE, Wide::ZERO);
    let mut present = Wide::new(fewest as f64);
    for there in fewest + 1..=most {
        let_in = all;
        term = term * Wide::new(offered / there as f64);
        all = all + term;
        present = present + term * Wide::new(there as f64);
    }
    if most < busy_at_most {
        (term, let_in) = (Wide::ZERO, all);
    }
    // From all servers busy on, every further visit is as many times as likely as the one before.
    let (mut in_line, mut let_in_late) = (Wide::ZERO, Wide::ZERO);
    if room > servers {
        let load = offered / servers as f64;
        let let_in_last = Series::new(load, room - servers - 1).sum;
        let line = Series::new(load, room - servers);
        let_in = all + term * let_in_last;
        let_in_late = term + term * let_in_last;
        in_line = term * line.weighted;
        present = present + in_line + term * line.sum * Wide::new(servers as f64);
        all = all + term * line.sum;
        term = term * line.last;
    }
    let throughput = arrival_rate.0 * let_in.over(all);
    let waiting = if throughput > 0.0 {
        Seconds(in_line.over(all) / throughput)
    } else {
        Seconds(0.0)
    };
    let waiting_probability = let_in_late.over(let_in).min(1.0);
    let load = offered / servers as f64;
    let places = room.saturating_sub(servers);
    Some(FiniteRoom {
        refused: term.over(all),
        throughput: RequestsPerSecond(throughput),
        visits: present.over(all),
        waiting,
        residence: waiting + service_time,
        waiting_probability,
        line: LimitedLine::new(
            waiting_probability,
            service_time / servers as f64,
            load,
            places,
        ),
    })
}

/// With up to this many servers, every number of busy ones is looked at.
const FEW_SERVERS: usize = 1_000;

/// The fewest and the most busy servers that are looked at, different ones, of 1 or more.
fn likely(offered: f64, servers: usize) -> (usize, usize) {
    if servers <= FEW_SERVERS {
        return (0, servers);
    }
    let likeliest = offered.min(servers as f64);
    let spread = (100.0 * likeliest).sqrt();
    let fewest = (likeliest - spread - 10.0).max(0.0) as usize;
    let most = (likeliest + spread + 100.0) as usize;
    (fewest, most.min(servers))
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
    fn many_servers_are_the_sum_over_all_numbers_of_visits() {
        for offered in [0.5_f64, 900.0, 2_900.0, 3_000.0, 3_100.0, 1e9] {
            for places in [2_000, 3_000, 3_001, 3_400] {
                let (mut term, mut all, mut present) = (Wide::ONE, Wide::ONE, Wide::ZERO);
                let (mut in_line, mut let_in) = (Wide::ZERO, Wide::ZERO);
                for there in 1..=places {
                    let_in = all;
                    term = term * Wide::new(offered / there.min(3_000) as f64);
                    all = all + term;
                    present = present + term * Wide::new(there as f64);
                    in_line = in_line + term * Wide::new((there as f64 - 3_000.0).max(0.0));
                }
                let found = room(offered, 1.0, 3_000, places);
                let close = |found: f64, expected: f64| {
                    assert!(
                        (found - expected).abs() <= 1e-11 * expected.abs() + 1e-18,
                        "{offered} {places}: {found}, not {expected}"
                    );
                };
                close(found.refused, term.over(all));
                close(found.visits, present.over(all));
                close(found.throughput.0, offered * let_in.over(all));
                close(found.waiting.0, in_line.over(all) / found.throughput.0);
            }
        }
    }

    #[test]
    fn however_many_servers_and_visits_there_are_few_numbers_are_looked_at() {
        for offered in [0.0, 1.0, 1e3, 1e6, 1e9, 1e18, f64::MAX] {
            for servers in [1_000, 1_001, 30_000, MOST_ROOM] {
                let (fewest, most) = likely(offered, servers);
                assert!(fewest < most && most <= servers);
                assert!(most - fewest <= 21_000, "{offered} {servers}");
            }
        }
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
