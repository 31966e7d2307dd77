//! A fixed number of users who ask, wait for the answer, think, and ask again: closed networks.
//!
//! **Question.** `N` users share some stations: how often do they get an answer, and how long does it take?
//!
//! **Model.** Each user thinks for `Z`, then passes through the stations, then thinks again. A station works at
//! `μ(k)` times the speed of one server while `k` visits are there; `k` up to `c` servers, or less where others
//! use them, too ([`rates_left`]). Several classes of users differ in their number, time to think and demands.
//!
//! **Assumptions.** Product form: exponential service where visits wait in line in the order of arrival, random
//! routing, a user has one request under way.
//!
//! **Formula.** One class ([`closed`]): Buzen's convolution. `G_m(n) = Σ_k F_m(k) G_{m-1}(n-k)` with
//! `F(k) = D^k / Π μ(i)`; as `F(k) = F(k-1) D / μ(c)` beyond the `c`-th visit, a station takes `c - 1` products and
//! one recurrence, and all terms are positive: no step can cancel, unlike load-dependent mean value analysis.
//! `X(n) = G(n-1) / G(n)`; `L_m = Σ_k k F_m(k) G_{without m}(N-k) / G(N)`; `R_m = L_m / X`. Numbers carry an
//! exponent of their own in place of logarithms.
//! Several classes ([`closed_classes`]): exact mean value analysis `R_cm = D_cm (1 + Q_m(N - 1_c))` while the product
//! of `N_c + 1` is small and every station has one server, otherwise Schweitzer's and Bard's fixed point
//! `Q_m(N - 1_c) ≈ Q_m - Q_cm / N_c`, with Seidmann's split of `c` servers into a line of `D/c` and a delay of
//! `D (c-1)/c`.
//! Others, from outside, at a station ([`rates_left`]): with `a` erlangs of open load on `c` servers, customers of
//! the closed classes are served at `μ(k) = k s(k-1) / s(k)`, `s(k) = Σ_{i<c-k} a^i/i! + v(k)`,
//! `v(k) = (k/c · v(k-1) + a^(c-k)/(c-k)!) / (1-ρ)`: the mixed networks of Baskett, Chandy, Muntz and Palacios.
//!
//! **Reference.** Buzen, *Computational algorithms for closed queueing networks with exponential servers*, CACM 16
//! (1973); Reiser & Lavenberg, *Mean-value analysis of closed multichain queueing networks*, JACM 27 (1980);
//! Baskett et al., JACM 22 (1975); Schweitzer (1979); Bard (1979); Seidmann, Schweitzer & Shalev-Oren (1987).
//!
//! **Complexity.** One class: `O(N Σ_m min(c_m, N))`, approximated above 400,000 steps; classes: `O(M C Π (N_c + 1))`, or `O(M C)` per step of the
//! fixed point.

mod classes;
mod convolution;
mod open_load;

use crate::units::{RequestsPerSecond, Seconds};

pub use classes::{Class, ClosedClasses, Method, closed_classes};
pub use open_load::rates_left;

use classes::solved;
use convolution::Network;

/// One or several like stations of a closed network.
#[derive(Clone, Debug, PartialEq)]
pub struct Centre {
    /// Visits × service time on an otherwise idle server, for one passage, all like stations together.
    pub demand: Seconds,
    /// How many times as fast as one server it works with 1, 2, … visits, not falling; the last goes for all more.
    pub rates: Vec<f64>,
    /// How many like stations share the visits evenly.
    pub stations: usize,
}

impl Centre {
    /// A station of so many servers with one line.
    pub fn servers(demand: Seconds, servers: usize) -> Self {
        Self {
            demand,
            rates: (1..=servers.clamp(1, MOST_USERS))
                .map(|busy| busy as f64)
                .collect(),
            stations: 1,
        }
    }

    /// So many of it with a line each; every one gets its part of the visits.
    #[must_use]
    pub fn times(self, stations: usize) -> Self {
        Self {
            stations: stations.max(1),
            ..self
        }
    }

    /// How many servers' work it does at most, all like stations together.
    fn most(&self) -> f64 {
        self.rates.last().copied().unwrap_or(1.0) * self.stations as f64
    }

    /// The demand at one of the like stations.
    fn share(&self) -> f64 {
        self.demand.0 / self.stations.max(1) as f64
    }

    fn is_valid(&self) -> bool {
        let falls = self.rates.windows(2).any(|pair| pair[1] < pair[0]);
        self.demand.0.is_finite()
            && self.demand.0 >= 0.0
            && self.rates.first().is_some_and(|&first| first > 0.0)
            && self.rates.iter().all(|rate| rate.is_finite())
            && !falls
    }
}

/// What the users of a closed network get.
#[derive(Clone, Debug, PartialEq)]
pub struct Closed {
    /// Passages per second.
    pub throughput: RequestsPerSecond,
    /// Mean time of one passage, without thinking.
    pub response: Seconds,
    /// The part of it at each centre, all visits and like stations together.
    pub residence: Vec<Seconds>,
    /// Mean number of users at each centre.
    pub users: Vec<f64>,
    /// Share of the most work of each centre that is done.
    pub utilisation: Vec<f64>,
    /// How it was computed.
    pub method: Method,
}

/// More users than this are computed as this many.
pub const MOST_USERS: usize = 100_000;

/// `users` of one class; `None` where nothing takes time, or where a number is negative or no number.
pub fn closed(users: usize, think: Seconds, centres: &[Centre]) -> Option<Closed> {
    let users = users.min(MOST_USERS);
    let network = Network::new(users, think, centres)?;
    if network.work() > MOST_WORK {
        return approximately(users, think, centres);
    }
    if users == 0 {
        return Some(Closed {
            throughput: RequestsPerSecond(0.0),
            response: network.idle_response(),
            residence: centres.iter().map(idle_residence).collect(),
            users: vec![0.0; centres.len()],
            utilisation: vec![0.0; centres.len()],
            method: Method::Exact,
        });
    }
    let (throughput, present) = network.throughput_and_users();
    let residence: Vec<Seconds> = present
        .iter()
        .map(|users| Seconds(users / throughput))
        .collect();
    Some(Closed {
        throughput: RequestsPerSecond(throughput),
        response: residence.iter().copied().sum(),
        users: present,
        utilisation: centres
            .iter()
            .map(|centre| (throughput * centre.demand.0 / centre.most()).min(1.0))
            .collect(),
        method: Method::Exact,
        residence,
    })
}

/// Passages per second with 1, 2, … `users`; as [`closed`], much cheaper than calling that again and again.
pub fn throughputs(
    users: usize,
    think: Seconds,
    centres: &[Centre],
) -> Option<Vec<RequestsPerSecond>> {
    let users = users.min(MOST_USERS);
    let network = Network::new(users, think, centres)?;
    let mut fastest = 0.0;
    let mut no_slower = |rate: f64| {
        fastest = f64::max(fastest, rate);
        RequestsPerSecond(fastest)
    };
    if network.work() > MOST_WORK {
        // Between these numbers of users the throughput is as good as straight.
        let step = users.div_ceil(SAMPLES);
        let mut before = 0.0;
        let mut rates = Vec::with_capacity(users);
        for end in (step..users + step).step_by(step).map(|end| end.min(users)) {
            let at_end = approximately(end, think, centres)?.throughput.0;
            let steps = end - rates.len();
            for done in 1..=steps {
                let share = done as f64 / steps as f64;
                rates.push(no_slower(before + (at_end - before) * share));
            }
            before = at_end;
        }
        return Some(rates);
    }
    let rates = network.throughputs().into_iter();
    Some(rates.map(no_slower).collect())
}

/// Networks that take more steps than this are approximated as in [`closed_classes`].
const MOST_WORK: usize = 400_000;

/// Numbers of users at which the throughput of such a network is computed.
const SAMPLES: usize = 16;

/// One class by the fixed point of [`closed_classes`].
fn approximately(users: usize, think: Seconds, centres: &[Centre]) -> Option<Closed> {
    let class = Class {
        users,
        think,
        demands: centres.iter().map(|centre| centre.demand).collect(),
    };
    let solved = solved(std::slice::from_ref(&class), centres, Method::Approximate);
    solved.into_iter().next()
}

fn idle_residence(centre: &Centre) -> Seconds {
    centre.demand / centre.rates.first().copied().unwrap_or(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_delay_and_one_server_are_the_machine_repairman() {
        // Two users, one server: p0 : p1 : p2 = 1 : 2 D/Z : 2 (D/Z)².
        let found = closed(2, Seconds(1.0), &[Centre::servers(Seconds(0.5), 1)]).unwrap();
        let idle = 1.0 / (1.0 + 1.0 + 0.5);
        assert!((found.throughput.0 - (1.0 - idle) / 0.5).abs() < 1e-14);
        assert!((found.throughput.0 * (1.0 + found.response.0) - 2.0).abs() < 1e-13);
    }

    #[test]
    fn users_are_where_they_are_counted() {
        let centres = [
            Centre::servers(Seconds(0.3), 4),
            Centre::servers(Seconds(0.2), 1).times(3),
            Centre::servers(Seconds(0.5), 3).times(2),
            Centre::servers(Seconds(0.1), 1_000),
        ];
        for users in [1, 2, 7, 100, 900] {
            let found = closed(users, Seconds(2.0), &centres).unwrap();
            let counted = found.users.iter().sum::<f64>() + found.throughput.0 * 2.0;
            assert!((counted / users as f64 - 1.0).abs() < 1e-11, "{users}");
            let all = throughputs(users, Seconds(2.0), &centres).unwrap();
            assert!((all[users - 1].0 / found.throughput.0 - 1.0).abs() < 1e-12);
        }
    }

    #[test]
    fn nobody_meets_nobody() {
        let centres = [
            Centre::servers(Seconds(0.3), 4),
            Centre::servers(Seconds(0.2), 1).times(3),
        ];
        let none = closed(0, Seconds(2.0), &centres).unwrap();
        let one = closed(1, Seconds(2.0), &centres).unwrap();
        assert!((none.response.0 - 0.5).abs() < 1e-15 && (one.response.0 - 0.5).abs() < 1e-14);
    }

    #[test]
    fn open_load_leaves_the_rest() {
        for (load, servers) in [(0.5, 1), (2.0, 4), (31.0, 32)] {
            let rates = rates_left(load, servers).unwrap();
            let free = servers as f64 - load;
            assert!((rates.last().unwrap() / free - 1.0).abs() < 1e-12);
            // Summed directly: S(k) = Σ_j C(k+j, j) a^j / Π min(i, c).
            let direct = |k: usize| {
                let mut term: f64 = (1..=k).map(|i| 1.0 / i.min(servers) as f64).product();
                let mut sum = term;
                for j in 1..20_000 {
                    let there = k + j;
                    term *= there as f64 / j as f64 * load / there.min(servers) as f64;
                    sum += term;
                }
                sum
            };
            for k in 1..=servers {
                let expected = direct(k - 1) / direct(k);
                assert!(
                    (rates[k - 1] / expected - 1.0).abs() < 1e-9,
                    "{load} on {servers}, {k}"
                );
            }
        }
        assert_eq!(rates_left(4.0, 4), None);
        assert_eq!(rates_left(0.0, 0), None);
    }

    #[test]
    fn more_work_than_is_done_is_approximated() {
        let centres = [
            Centre::servers(Seconds(0.002), 60).times(20),
            Centre::servers(Seconds(0.001), 1).times(2),
        ];
        let users = 4_000;
        let exact = Network::new(users, Seconds(1.0), &centres).unwrap();
        assert!(exact.work() > MOST_WORK);
        let throughput = exact.throughputs()[users - 1];
        let found = closed(users, Seconds(1.0), &centres).unwrap();
        assert!((found.throughput.0 / throughput - 1.0).abs() < 0.01);
        let all = throughputs(users, Seconds(1.0), &centres).unwrap();
        assert_eq!(all.len(), users);
        assert!(all.windows(2).all(|pair| pair[0].0 <= pair[1].0));
        assert!((all[users - 1].0 / throughput - 1.0).abs() < 0.01);
    }

    #[test]
    fn nonsense_has_no_answer() {
        let one = |demand: f64, think: f64| {
            closed(3, Seconds(think), &[Centre::servers(Seconds(demand), 1)])
        };
        assert_eq!(one(0.0, 0.0), None);
        assert!((one(0.0, 2.0).unwrap().throughput.0 - 1.5).abs() < 1e-15);
        assert_eq!(one(-1.0, 1.0), None);
        assert_eq!(one(f64::NAN, 1.0), None);
        assert_eq!(one(1.0, f64::INFINITY), None);
        assert!(one(1e-300, 1e9).is_some());
        let class = Class {
            users: 3,
            think: Seconds(0.0),
            demands: vec![],
        };
        let station = Centre::servers(Seconds(0.0), 1);
        assert_eq!(
            closed_classes(std::slice::from_ref(&class), &[station]),
            None
        );
    }
}
