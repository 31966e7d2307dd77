//! Requests that hold one of so many workers, or connections, while they use what is behind it.
//!
//! **Question.** A request needs one of `T` workers for its whole stay, calls to others included: how many requests
//! per second is that good for, and how long do they wait for a worker?
//!
//! **Model.** What is used while a worker is held is a closed network; with `i` requests inside, it lets `X(i)` per
//! second out. Seen from outside it is one station of that speed (a flow-equivalent centre), in which the
//! requests beyond `T` wait in line, up to a limit where there is one.
//!
//! **Assumptions.** Poisson arrivals, exponential service, first come, first served for a worker. Within 1 % of
//! simulation up to half of the capacity, 4 % above it at 80 %, 15 % above it at 92 %.
//!
//! **Formula.** `X(1…T)` from [`super::closed::throughputs`]. Birth and death `p_i = p_{i-1} λ / X(min(i, T))`; beyond
//! `T` a geometric series. Capacity `X(T)`, `L = Σ i p_i`, `R = L / λ`, the wait for a worker `Σ (i - T) p_i / λ`.
//!
//! **Reference.** Chandy, Herzog & Woo, *Parametric analysis of queuing networks*, IBM Journal of Research and
//! Development 19 (1975).
//!
//! **Complexity.** `O(T)`, less where more workers let no more through, and `O(log room)` where there is a limit.

use crate::units::{RequestsPerSecond, Seconds};

use super::SATURATED;
use super::geometric::Series;
use super::limited_line::LimitedLine;
use super::wide::Wide;

/// What a pool of workers makes of its load.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WorkerPool {
    /// Requests per second with all workers busy: the most it is good for.
    pub capacity: RequestsPerSecond,
    /// What settles; none where more is asked than the capacity, and nobody is refused.
    pub steady: Option<SteadyPool>,
}

/// A pool in its steady state.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SteadyPool {
    /// Mean time of those let in from arrival to the end, the wait for a worker included.
    pub response: Seconds,
    /// The wait for a worker alone.
    pub waiting: Seconds,
    /// Mean number of requests, waiting and inside.
    pub requests: f64,
    /// Share of the workers that are held.
    pub busy_share: f64,
    /// Probability that all workers are held.
    pub all_busy_probability: f64,
    /// Share of the arrivals that find no room; 0 without a limit.
    pub refused: f64,
    /// How long those that are let in wait for a worker, where there is room for few.
    pub line: Option<LimitedLine>,
}

/// More waiting requests than this are computed as this many.
const MOST_WAITING: usize = 1_000_000;

/// A pool whose requests leave at `throughputs[i - 1]` per second while `i` workers are held, one entry per worker.
///
/// `room` limits the requests that are there, waiting for a worker included; workers beyond it are never held.
/// `None` without workers or room, or where a rate is negative, 0 inside, or no number.
pub fn worker_pool(
    arrival_rate: RequestsPerSecond,
    throughputs: &[RequestsPerSecond],
    room: Option<usize>,
) -> Option<WorkerPool> {
    let rate = arrival_rate.0;
    let held_at_most = room.map_or(throughputs.len(), |room| room.min(throughputs.len()));
    let throughputs = &throughputs[..held_at_most];
    let capacity = *throughputs.last()?;
    let is_valid = |throughput: &RequestsPerSecond| throughput.0.is_finite() && throughput.0 > 0.0;
    if !rate.is_finite() || rate < 0.0 || !throughputs.iter().all(is_valid) {
        return None;
    }
    let load = rate / capacity.0;
    if !load.is_finite() || (room.is_none() && load >= SATURATED) {
        return Some(WorkerPool {
            capacity,
            steady: None,
        });
    }
    let workers = throughputs.len() as f64;
    let mut term = Wide::ONE;
    let (mut all, mut let_in, mut held) = (Wide::ONE, Wide::ZERO, Wide::ZERO);
    let mut holding = 0.0;
    // Where more workers let no more through, every further request is as many times as likely as the one before.
    for alike in throughputs.chunk_by(|one, next| one == next) {
        for workers in [alike.len() - 1, 1] {
            let more = Series::new(rate / alike[0].0, workers);
            let_in = all;
            all = all + term * more.sum;
            held = held + term * (more.weighted + more.sum * Wide::new(holding));
            term = term * more.last;
            holding += workers as f64;
        }
    }
    // From all workers held on, every further request is `load` times as likely as the one before.
    let mut places = 0;
    let mut let_in_late = Wide::ZERO;
    let (last, beyond, in_line) = if let Some(room) = room {
        let waiting = (room - throughputs.len()).min(MOST_WAITING);
        if let Some(others) = waiting.checked_sub(1) {
            let others = term * Series::new(load, others).sum;
            let_in = all + others;
            let_in_late = term + others;
        }
        places = waiting;
        let line = Series::new(load, waiting);
        (term * line.last, term * line.sum, term * line.weighted)
    } else {
        let beyond = term * Wide::new(load / (1.0 - load));
        let_in = all + beyond;
        (Wide::ZERO, beyond, beyond * Wide::new(1.0 / (1.0 - load)))
    };
    all = all + beyond;
    held = held + beyond * Wide::new(workers);
    let admitted = rate * let_in.over(all);
    let seconds = |requests: Wide, without_load: f64| {
        if admitted > 0.0 {
            Seconds(requests.over(all) / admitted)
        } else {
            Seconds(without_load)
        }
    };
    Some(WorkerPool {
        capacity,
        steady: Some(SteadyPool {
            response: seconds(held + in_line, 1.0 / throughputs[0].0),
            waiting: seconds(in_line, 0.0),
            requests: (held + in_line).over(all),
            busy_share: (held.over(all) / workers).min(1.0),
            all_busy_probability: (term + beyond).over(all).min(1.0),
            refused: last.over(all),
            line: LimitedLine::new(
                let_in_late.over(let_in).min(1.0),
                Seconds(1.0 / capacity.0),
                load,
                places,
            ),
        }),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::queueing::finite_room::finite_room;
    use crate::analysis::queueing::waiting::waiting;

    fn rates(each: f64, workers: usize) -> Vec<RequestsPerSecond> {
        (1..=workers)
            .map(|held| RequestsPerSecond(each * held as f64))
            .collect()
    }

    #[test]
    fn workers_that_only_work_are_servers() {
        let pool = worker_pool(RequestsPerSecond(30.0), &rates(10.0, 4), None).unwrap();
        let line = waiting(RequestsPerSecond(30.0), Seconds(0.1), 1.0, 4.0).unwrap();
        let steady = pool.steady.unwrap();
        assert!((steady.waiting.0 / line.mean.0 - 1.0).abs() < 1e-12);
        assert!((steady.all_busy_probability / line.probability - 1.0).abs() < 1e-12);
        assert!((steady.busy_share - 0.75).abs() < 1e-12);
        assert!((steady.requests / 30.0 / steady.response.0 - 1.0).abs() < 1e-12);
        let full = worker_pool(RequestsPerSecond(40.0), &rates(10.0, 4), None).unwrap();
        assert_eq!(full.steady, None);
        assert!((full.capacity.0 - 40.0).abs() < 1e-12);
    }

    #[test]
    fn with_limited_room_they_are_servers_with_limited_room() {
        for (rate, room) in [(30.0, 9), (70.0, 9), (70.0, 4), (70.0, 2), (0.0, 1)] {
            let pool = worker_pool(RequestsPerSecond(rate), &rates(10.0, 4), Some(room)).unwrap();
            let other = finite_room(RequestsPerSecond(rate), Seconds(0.1), 4, room).unwrap();
            let steady = pool.steady.unwrap();
            assert!((steady.refused - other.refused).abs() < 1e-12);
            assert!((steady.requests - other.visits).abs() < 1e-12);
            assert!((steady.response.0 / other.residence.0 - 1.0).abs() < 1e-12);
        }
    }

    #[test]
    fn nonsense_has_no_answer() {
        assert_eq!(worker_pool(RequestsPerSecond(1.0), &[], None), None);
        assert_eq!(
            worker_pool(RequestsPerSecond(1.0), &rates(1.0, 2), Some(0)),
            None
        );
        assert_eq!(
            worker_pool(RequestsPerSecond(f64::NAN), &rates(1.0, 2), None),
            None
        );
        assert_eq!(
            worker_pool(RequestsPerSecond(1.0), &rates(0.0, 2), None),
            None
        );
    }
}
