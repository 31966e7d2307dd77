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

use crate::units::{RequestsPerSecond, Seconds};

use super::wide::Wide;

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
    let (constants, at_centres) = network.constants_and_users();
    let throughput = constants[users - 1].over(constants[users]) / network.unit;
    let at = |kind: &Kind| match *kind {
        Kind::Nothing => 0.0,
        Kind::Delay(delay) => throughput * delay,
        Kind::Stations(index) => at_centres[index],
    };
    let residence: Vec<Seconds> = network
        .kinds
        .iter()
        .map(|kind| Seconds(at(kind) / throughput))
        .collect();
    Some(Closed {
        throughput: RequestsPerSecond(throughput),
        response: residence.iter().copied().sum(),
        users: network.kinds.iter().map(at).collect(),
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
    let constants = network.constants();
    let ratios = constants
        .windows(2)
        .map(|pair| pair[0].over(pair[1]) / network.unit);
    Some(ratios.map(no_slower).collect())
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

/// How a centre enters the convolution.
enum Kind {
    /// It takes no time.
    Nothing,
    /// Nobody waits there, or too short to tell: a delay of so many seconds.
    Delay(f64),
    /// Stations with a line, by their place in the list.
    Stations(usize),
}

/// A station with a line, in multiples of the largest demand.
struct Station {
    /// `F(0) … F(last)`: from there on each term is `ratio` times the one before.
    terms: Vec<Wide>,
    ratio: Wide,
    stations: usize,
}

struct Network {
    users: usize,
    /// Seconds in which all demands are counted.
    unit: f64,
    /// Time to think and all delays, in units.
    delay: f64,
    kinds: Vec<Kind>,
    stations: Vec<Station>,
    think: f64,
}

impl Network {
    fn new(users: usize, think: Seconds, centres: &[Centre]) -> Option<Self> {
        let think = think.0;
        if !think.is_finite() || think < 0.0 || !centres.iter().all(Centre::is_valid) {
            return None;
        }
        let unit = centres
            .iter()
            .map(|centre| centre.share() / centre.rates[0])
            // Demands far below the time to think count as part of it.
            .fold(think * 1e-30, f64::max);
        if unit <= 0.0 || !unit.is_finite() {
            return None;
        }
        let mut network = Self {
            users,
            unit,
            delay: think / unit,
            kinds: Vec::new(),
            stations: Vec::new(),
            think,
        };
        for centre in centres {
            let kind = network.add(centre);
            network.kinds.push(kind);
        }
        network.delay.is_finite().then_some(network)
    }

    fn add(&mut self, centre: &Centre) -> Kind {
        let demand = centre.share() / self.unit;
        if demand <= 0.0 {
            return Kind::Nothing;
        }
        let rates = &centre.rates[..centre.rates.len().min(self.users.max(1))];
        let is_delay = rates.len() == self.users.max(1)
            && (1..).zip(rates).all(|(busy, &rate)| {
                let alone = f64::from(busy) * rates[0];
                (rate - alone).abs() <= 1e-15 * alone
            });
        if is_delay || demand < 1e-30 {
            let delay = centre.demand.0 / rates[0];
            self.delay += delay / self.unit;
            return Kind::Delay(delay);
        }
        let mut terms = vec![Wide::ONE];
        let mut last = Wide::ONE;
        for rate in &rates[..rates.len() - 1] {
            last = last * Wide::new(demand / rate);
            terms.push(last);
        }
        self.stations.push(Station {
            terms,
            ratio: Wide::new(demand / rates[rates.len() - 1]),
            stations: centre.stations,
        });
        Kind::Stations(self.stations.len() - 1)
    }

    /// Products that the convolution takes.
    fn work(&self) -> usize {
        let stations = self.stations.iter();
        let each = stations.map(|station| station.terms.len().saturating_mul(station.stations));
        each.fold(0, usize::saturating_add)
            .saturating_mul(self.users)
    }

    fn idle_response(&self) -> Seconds {
        let delays = self.delay * self.unit - self.think;
        let stations = self.stations.iter().map(|station| {
            let first = station.terms.get(1).copied().unwrap_or(station.ratio);
            first.over(Wide::ONE) * self.unit * station.stations as f64
        });
        Seconds(delays.max(0.0) + stations.sum::<f64>())
    }

    /// The constants with the delays alone: `Z^n / n!`.
    fn delays(&self) -> Vec<Wide> {
        let mut term = Wide::ONE;
        let mut constants = Vec::with_capacity(self.users + 1);
        constants.push(term);
        for user in 1..=self.users {
            term = term * Wide::new(self.delay / user as f64);
            constants.push(term);
        }
        constants
    }

    /// The normalising constants for 0 to all users.
    fn constants(&self) -> Vec<Wide> {
        let mut constants = self.delays();
        for station in &self.stations {
            for _ in 0..station.stations {
                station.join(&mut constants);
            }
        }
        constants
    }

    /// The constants, and the mean number of users at each of [`Self::stations`].
    fn constants_and_users(&self) -> (Vec<Wide>, Vec<f64>) {
        let constants = self.constants();
        let all = constants[self.users];
        // What the stations after each one contribute; those with a plain line need only the total.
        let mut after = vec![Wide::ZERO; self.users + 1];
        after[0] = Wide::ONE;
        let mut behind: Vec<Vec<Wide>> = Vec::new();
        for station in self.stations.iter().rev() {
            if station.is_plain() {
                behind.push(Vec::new());
                continue;
            }
            for _ in 1..station.stations {
                station.join(&mut after);
            }
            behind.push(after.clone());
            station.join(&mut after);
        }
        let mut before = self.delays();
        for station in self.stations.iter().filter(|station| station.is_plain()) {
            for _ in 0..station.stations {
                station.join(&mut before);
            }
        }
        let users = self.stations.iter().zip(behind.into_iter().rev());
        let users = users
            .map(|(station, behind)| {
                let one = if station.is_plain() {
                    let ratio = station.ratio;
                    let mut sum = Wide::ZERO;
                    for constant in &constants[..self.users] {
                        sum = ratio * (*constant + sum);
                    }
                    sum
                } else {
                    let weighted = station.weighted(&before);
                    for _ in 0..station.stations {
                        station.join(&mut before);
                    }
                    let pairs = weighted.iter().zip(behind.iter().rev());
                    pairs.fold(Wide::ZERO, |sum, (one, other)| sum + *one * *other)
                };
                one.over(all) * station.stations as f64
            })
            .collect();
        (constants, users)
    }
}

impl Station {
    /// Whether it works at the same rate whoever is there.
    fn is_plain(&self) -> bool {
        self.terms.len() == 1
    }

    /// Convolutes constants with those of one such station.
    fn join(&self, constants: &mut [Wide]) {
        if !self.is_plain() {
            // F(k) - ratio F(k-1) is positive: the station only gets faster as it fills.
            let mut head = vec![self.terms[0]];
            head.extend(self.terms.windows(2).map(|pair| {
                let slower = 1.0 - self.ratio.over(Wide::ONE) / pair[1].over(pair[0]);
                pair[1] * Wide::new(slower)
            }));
            multiply(constants, &head);
        }
        geometric(constants, self.ratio);
    }

    /// The constants convoluted with `k F(k)` of one such station.
    fn weighted(&self, constants: &[Wide]) -> Vec<Wide> {
        let last = self.terms.len() - 1;
        let numbered = |(k, term): (usize, &Wide)| *term * Wide::new(k as f64);
        let head: Vec<Wide> = self.terms[..last]
            .iter()
            .enumerate()
            .map(numbered)
            .collect();
        let mut sum = constants.to_vec();
        multiply(&mut sum, &head);
        // From the last term on: F(last) Σ_j (last + j) ratio^j.
        let mut tail = shifted(constants, last);
        geometric(&mut tail, self.ratio);
        let mut growing = shifted(&tail, 1);
        geometric(&mut growing, self.ratio);
        let factor = self.terms[last];
        let (by_last, by_ratio) = (Wide::new(last as f64), self.ratio);
        for (n, sum) in sum.iter_mut().enumerate() {
            *sum = *sum + factor * (tail[n] * by_last + growing[n] * by_ratio);
        }
        sum
    }
}

/// Divides by `1 - ratio z`: each constant gets `ratio` times the one before.
fn geometric(constants: &mut [Wide], ratio: Wide) {
    let mut previous = Wide::ZERO;
    for constant in constants {
        *constant = *constant + ratio * previous;
        previous = *constant;
    }
}

/// Multiplies by a polynomial.
fn multiply(constants: &mut [Wide], polynomial: &[Wide]) {
    for n in (0..constants.len()).rev() {
        let terms = polynomial.iter().zip(constants[..=n].iter().rev());
        constants[n] = terms.fold(Wide::ZERO, |sum, (term, constant)| sum + *term * *constant);
    }
}

fn shifted(constants: &[Wide], by: usize) -> Vec<Wide> {
    let kept = constants.len().saturating_sub(by);
    let mut moved = vec![Wide::ZERO; constants.len() - kept];
    moved.extend_from_slice(&constants[..kept]);
    moved
}

/// How fast a station of so many servers works for 1, 2, … closed customers while `open_load` erlangs of others
/// use it, too; `None` if these alone use it up, or without servers.
pub fn rates_left(open_load: f64, servers: usize) -> Option<Vec<f64>> {
    let all = servers as f64;
    let idle = 1.0 - open_load / all;
    if servers == 0 || idle.is_nan() || idle <= 1.0 - super::SATURATED {
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

/// One class of users of a closed network.
#[derive(Clone, Debug, PartialEq)]
pub struct Class {
    /// How many there are.
    pub users: usize,
    /// Mean time between an answer and the next question.
    pub think: Seconds,
    /// Visits × service time at every centre, in the order of the centres.
    pub demands: Vec<Seconds>,
}

/// How the classes were computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Exact mean value analysis.
    Exact,
    /// Schweitzer's and Bard's fixed point; the response is within some per cent of the exact one.
    Approximate,
}

/// What several classes of users get.
#[derive(Clone, Debug, PartialEq)]
pub struct ClosedClasses {
    /// Per class, in the order of the classes; utilisation is the class's own.
    pub classes: Vec<Closed>,
    /// How all of them were computed.
    pub method: Method,
}

/// Populations up to this product of `N_c + 1` are computed exactly.
const MOST_POPULATIONS: usize = 1_000_000;

/// More steps than this are not taken: what has not settled by then is as good as it gets.
const MOST_STEPS: usize = 500;

/// Several classes at centres whose own demand does not count; `None` where the demands of a class are not one
/// per centre, a number is negative or no number, or a class takes no time at all.
pub fn closed_classes(classes: &[Class], centres: &[Centre]) -> Option<ClosedClasses> {
    let legal = |seconds: &Seconds| seconds.0.is_finite() && seconds.0 >= 0.0;
    let is_valid = |class: &Class| {
        class.demands.len() == centres.len()
            && class.demands.iter().all(legal)
            && legal(&class.think)
            && class.think.0 + class.demands.iter().map(|demand| demand.0).sum::<f64>() > 0.0
    };
    if !classes.iter().all(is_valid) || !centres.iter().all(Centre::is_valid) {
        return None;
    }
    let populations = classes.iter().try_fold(1_usize, |product, class| {
        product.checked_mul(class.users.saturating_add(1))
    });
    let is_small = populations.is_some_and(|populations| {
        populations <= MOST_POPULATIONS
            && populations.saturating_mul(centres.len()) <= 4 * MOST_POPULATIONS
    });
    let is_exact = is_small
        && centres
            .iter()
            .all(|centre| centre.rates.len() == 1 && centre.stations <= 1);
    let method = if is_exact {
        Method::Exact
    } else {
        Method::Approximate
    };
    Some(ClosedClasses {
        classes: solved(classes, centres, method),
        method,
    })
}

/// What the classes get by a method.
fn solved(classes: &[Class], centres: &[Centre], method: Method) -> Vec<Closed> {
    let residence = match method {
        Method::Exact => mean_values(classes, centres),
        Method::Approximate => fixed_point(classes, centres),
    };
    let solved = classes.iter().zip(residence).map(|(class, residence)| {
        let response: f64 = residence.iter().sum();
        let throughput = class.users as f64 / (class.think.0 + response);
        Closed {
            throughput: RequestsPerSecond(throughput),
            response: Seconds(response),
            users: residence.iter().map(|time| throughput * time).collect(),
            utilisation: class
                .demands
                .iter()
                .zip(centres)
                .map(|(demand, centre)| throughput * demand.0 / centre.most())
                .collect(),
            residence: residence.into_iter().map(Seconds).collect(),
            method,
        }
    });
    solved.collect()
}

/// Residence times by exact mean value analysis, all centres working at one rate.
fn mean_values(classes: &[Class], centres: &[Centre]) -> Vec<Vec<f64>> {
    // Populations are numbered with the first class changing fastest; one customer less is `stride` before.
    let mut strides = Vec::new();
    let mut populations = 1;
    for class in classes {
        strides.push(populations);
        populations *= class.users + 1;
    }
    let stations = centres.len();
    let demand =
        |class: &Class, station: usize| class.demands[station].0 / centres[station].rates[0];
    let mut lengths = vec![0.0; populations * stations];
    let mut present = vec![0_usize; classes.len()];
    let mut residence = vec![0.0; stations];
    for population in 1..populations {
        for (class, users) in present.iter_mut().enumerate() {
            if *users < classes[class].users {
                *users += 1;
                break;
            }
            *users = 0;
        }
        for (class, &users) in present.iter().enumerate() {
            if users == 0 {
                continue;
            }
            let less = (population - strides[class]) * stations;
            let mut response = classes[class].think.0;
            for (station, time) in residence.iter_mut().enumerate() {
                *time = demand(&classes[class], station) * (1.0 + lengths[less + station]);
                response += *time;
            }
            let throughput = users as f64 / response;
            for (station, time) in residence.iter().enumerate() {
                lengths[population * stations + station] += throughput * time;
            }
        }
    }
    let last = populations - 1;
    classes
        .iter()
        .zip(&strides)
        .map(|(class, stride)| {
            let less = if class.users == 0 {
                last
            } else {
                last - stride
            };
            (0..stations)
                .map(|station| demand(class, station) * (1.0 + lengths[less * stations + station]))
                .collect()
        })
        .collect()
}

/// Residence times by Schweitzer's and Bard's fixed point, groups of servers split as by Seidmann.
fn fixed_point(classes: &[Class], centres: &[Centre]) -> Vec<Vec<f64>> {
    let count = centres.len();
    // Of each second of demand, what is a line and what is a delay; of a line, how much of it one visit meets.
    let split = |centre: &Centre| {
        let (first, last) = (centre.rates[0], centre.rates[centre.rates.len() - 1]);
        (
            1.0 / last,
            1.0 / first - 1.0 / last,
            1.0 / centre.stations.max(1) as f64,
        )
    };
    let splits: Vec<(f64, f64, f64)> = centres.iter().map(split).collect();
    let mut lengths: Vec<Vec<f64>> = classes
        .iter()
        .map(|class| vec![class.users as f64 / count.max(1) as f64; count])
        .collect();
    let mut residence: Vec<Vec<f64>> = vec![vec![0.0; count]; classes.len()];
    for _ in 0..MOST_STEPS {
        let mut totals = vec![0.0; count];
        for class in &lengths {
            for (total, length) in totals.iter_mut().zip(class) {
                *total += length;
            }
        }
        let mut change: f64 = 0.0;
        for (index, class) in classes.iter().enumerate() {
            let users = class.users.max(1) as f64;
            let mut response = class.think.0;
            for (centre, &(line, delay, share)) in splits.iter().enumerate() {
                let seen = (totals[centre] - lengths[index][centre] / users).max(0.0) * share;
                let time = class.demands[centre].0 * (line * (1.0 + seen) + delay);
                residence[index][centre] = time;
                response += time;
            }
            let throughput = class.users as f64 / response;
            for (centre, &(_, delay, _)) in splits.iter().enumerate() {
                let in_line = residence[index][centre] - class.demands[centre].0 * delay;
                let length = throughput * in_line.max(0.0);
                change = change.max((length - lengths[index][centre]).abs() / users);
                lengths[index][centre] = length;
            }
        }
        if change < 1e-12 {
            break;
        }
    }
    residence
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
        let constants = exact.constants();
        let throughput = constants[users - 1].over(constants[users]) / exact.unit;
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

    #[test]
    fn the_fixed_point_is_near_the_exact_answer() {
        let classes = [
            Class {
                users: 10,
                think: Seconds(1.0),
                demands: vec![Seconds(0.1), Seconds(0.05)],
            },
            Class {
                users: 5,
                think: Seconds(0.0),
                demands: vec![Seconds(0.2), Seconds(0.4)],
            },
        ];
        let centres = [1, 1].map(|servers| Centre::servers(Seconds(0.0), servers));
        let exact = mean_values(&classes, &centres);
        let near = fixed_point(&classes, &centres);
        for (exact, near) in exact.iter().flatten().zip(near.iter().flatten()) {
            assert!((near / exact - 1.0).abs() < 0.1, "{near}, not {exact}");
        }
    }
}
