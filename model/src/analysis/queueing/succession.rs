//! One request that comes back to the same line: its waits are long together or short together.
//!
//! **Question.** A request visits one line several times in quick succession. Each wait alone is known; how much more
//! does their sum vary than that of as many independent waits?
//!
//! **Model.** A request that was served goes to the end of the line: before it stand those who came meanwhile. Who is
//! served ahead of it may come back, too. That is a branching process, whose generations are the rounds of the line.
//! Its mean gives the covariance of any two waits of a request; it depends on the line's utilisation `ρ`, not on how
//! many servers share it.
//!
//! **Assumptions.** Poisson arrivals of requests. Exact for one exponential server and visits without a pause, close
//! for other service times and several servers. A pause `g` between visits lets the line forget: that rate is
//! fitted to simulation.
//!
//! **Formula.** `n` visits, a share `a` of all visits made by requests like this one. `m_j` of those in line are still
//! there after `j` rounds, their followers included: `m_j = a (1 - j/n) + d m_(j-1) + b (m_0 + … + m_(j-1))`, `m_0 = 1`,
//! `d = ρ (1 - a)`, `b = ρ a / n`; of those who come in a unit of service `B_j = b + d B_(j-1) + b (B_1 + … + B_(j-1))`, `B_1 = b + d`.
//! `Cov(T_1, T_(1+j)) = V[T] B_j + (V[W] - s² S W) (m_j - B_j)`. For one exponential server and `a = 1` the correlation
//! of two stays is `1 - (1-ρ)(1 + ρ/n)^(j-1)`. A pause takes `exp(-r j x)` of it, `x = (1-ρ)² c g / S · (1 + s²)/2`,
//! `r = (1-a)(1 - ρ/2) + 2.4 a/(n+1)`.
//!
//! **Reference.** Van den Berg and Boxma, *The M/G/1 queue with processor sharing and its relation to a feedback queue*,
//! Queueing Systems 9 (1991); Takács, *A single-server queue with feedback*, Bell System Technical Journal 42 (1963).
//!
//! **Complexity.** `O(n)`, at most `MOST_ROUNDS`.

use super::SATURATED;

/// A line, and how requests come back to it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Succession {
    /// Utilisation of the servers, from 0 to below 1.
    pub utilisation: f64,
    /// Squared coefficient of variation of the service time.
    pub scv: f64,
    /// Mean visits of one request, 1 or more.
    pub visits: f64,
    /// Share of all visits of the line that requests like this one make, from 0 to 1.
    pub share: f64,
    /// Mean pause between two visits over the mean time between two departures of the busy line.
    pub pause: f64,
}

/// Rounds that are followed; more visits than this behave like it, in proportion.
const MOST_ROUNDS: u32 = 256;

impl Succession {
    /// How many waits of one request count as one that is so many times as long: 1 where they are independent, the
    /// number of visits where all are alike. The sum of the waits varies by this factor more than independent ones.
    pub fn alike(self) -> f64 {
        let makes_sense = self.utilisation > 0.0
            && self.utilisation < SATURATED
            && self.visits > 1.0
            && self.visits.is_finite()
            && self.scv >= 0.0
            && self.scv.is_finite()
            && self.pause >= 0.0;
        if !makes_sense {
            return 1.0;
        }
        let most = f64::from(MOST_ROUNDS);
        if self.visits >= most {
            return 1.0 + (self.of_whole(MOST_ROUNDS) - 1.0) * (self.visits - 1.0) / (most - 1.0);
        }
        // Some requests make one visit more than others.
        let fewer = self.visits.floor();
        let pairs = |visits: f64| visits * (self.of_whole(visits as u32) - 1.0);
        let more = self.visits - fewer;
        let all = (1.0 - more) * pairs(fewer)
            + if more > 0.0 {
                more * pairs(fewer + 1.0)
            } else {
                0.0
            };
        1.0 + all / self.visits
    }

    fn of_whole(self, visits: u32) -> f64 {
        let (rho, n) = (self.utilisation, f64::from(visits));
        let share = self.share.clamp(0.0, 1.0);
        let idle = 1.0 - rho;
        // Times in mean service times, at one server of this utilisation.
        let waiting = rho * (1.0 + self.scv) / (2.0 * idle);
        let varies = waiting * waiting * (2.0 / rho - 1.0);
        let stay = varies + self.scv;
        let ahead = (varies - self.scv * waiting).max(0.0);
        let others = rho * (1.0 - share);
        let again = rho * share / n;
        let forgets = (1.0 - share) * (1.0 - rho / 2.0) + 2.4 * share / (n + 1.0);
        let forgotten = forgets * idle * idle * self.pause * f64::midpoint(1.0, self.scv);
        let (mut left, mut left_before) = (1.0, 0.0);
        let (mut new, mut new_before) = (0.0, 0.0);
        let mut covariances = 0.0;
        for round in 1..visits {
            let round = f64::from(round);
            left_before += left;
            left = share * (1.0 - round / n) + others * left + again * left_before;
            new = if round > 1.0 {
                again + others * new + again * new_before
            } else {
                again + others
            };
            new_before += new;
            let covariance = stay * new + ahead * (left - new);
            covariances += (n - round) * covariance * (-forgotten * round).exp();
        }
        (1.0 + 2.0 * covariances / (n * varies)).clamp(1.0, n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alike(utilisation: f64, visits: f64, share: f64, pause: f64) -> f64 {
        let succession = Succession {
            utilisation,
            scv: 1.0,
            visits,
            share,
            pause,
        };
        succession.alike()
    }

    /// The variance of the whole stay at one exponential server, whose rounds follow each other at once, from the
    /// closed form of the correlation of two stays.
    #[test]
    fn stays_at_one_exponential_server_are_as_the_closed_form_has_them() {
        for rho in [0.1, 0.3, 0.5, 0.72, 0.9, 0.99] {
            for visits in [2_u32, 3, 5, 10, 40] {
                let n = f64::from(visits);
                let correlation =
                    |lag: u32| 1.0 - (1.0 - rho) * (1.0 + rho / n).powf(f64::from(lag) - 1.0);
                let pairs: f64 = (1..visits)
                    .map(|lag| f64::from(visits - lag) * correlation(lag))
                    .sum();
                let idle = 1.0 - rho;
                let stays = (n + 2.0 * pairs) / idle / idle;
                let expected = (stays - n) / (n * rho * (2.0 - rho) / idle / idle);
                let found = alike(rho, n, 1.0, 0.0);
                assert!(
                    (found / expected - 1.0).abs() < 1e-12,
                    "{rho} {visits}: {found}, not {expected}"
                );
            }
        }
    }

    #[test]
    fn a_single_caller_among_many_meets_what_is_left_of_the_line() {
        // Stays of one who returns among Poisson arrivals: two that are j rounds apart correlate by ρ^j.
        let rho: f64 = 0.8;
        let idle = 1.0 - rho;
        let stays = (3.0 + 2.0 * (2.0 * rho + rho * rho)) / idle / idle;
        let expected = (stays - 3.0) / (3.0 * rho * (2.0 - rho) / idle / idle);
        assert!((alike(rho, 3.0, 0.0, 0.0) / expected - 1.0).abs() < 1e-12);
    }

    #[test]
    fn visits_far_apart_and_single_ones_do_not_know_of_each_other() {
        assert!((alike(0.8, 5.0, 1.0, 1e6) - 1.0).abs() < 1e-12);
        assert!((alike(0.8, 1.0, 1.0, 0.0) - 1.0).abs() < 1e-12);
        assert!((alike(0.0, 5.0, 1.0, 0.0) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn more_visits_more_load_and_shorter_pauses_never_make_waits_less_alike() {
        for share in [0.0, 0.4, 1.0] {
            let mut before = 1.0;
            for tenths in 10..400_u32 {
                let now = alike(0.7, f64::from(tenths) / 10.0, share, 1.0);
                assert!(now >= before - 1e-12 && now <= f64::from(tenths / 10 + 1));
                before = now;
            }
            assert!(alike(0.7, 1e9, share, 1.0) > alike(0.7, 1e3, share, 1.0));
            assert!(alike(0.8, 4.0, share, 1.0) > alike(0.6, 4.0, share, 1.0));
            assert!(alike(0.8, 4.0, share, 1.0) > alike(0.8, 4.0, share, 5.0));
        }
    }

    #[test]
    fn nonsense_is_independent() {
        for wrong in [f64::NAN, f64::INFINITY, -1.0] {
            for place in 0..4 {
                let mut numbers = [0.5, 1.0, 3.0, 0.0];
                numbers[place] = wrong;
                let [utilisation, scv, visits, pause] = numbers;
                let found = Succession {
                    utilisation,
                    scv,
                    visits,
                    share: 0.5,
                    pause,
                }
                .alike();
                assert!(
                    found.is_finite() && (1.0..=3.0).contains(&found),
                    "{numbers:?}"
                );
            }
        }
    }
}
