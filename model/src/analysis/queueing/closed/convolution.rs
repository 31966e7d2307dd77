//! Buzen's convolution of one class: normalising constants, and from them throughput and users at every centre.

use crate::units::Seconds;

use super::super::wide::Wide;
use super::Centre;

/// A network of one class, ready to be convoluted.
pub(super) struct Network {
    users: usize,
    /// Seconds in which all demands are counted.
    unit: f64,
    /// Time to think and all delays, in units.
    delay: f64,
    kinds: Vec<Kind>,
    stations: Vec<Station>,
    think: f64,
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

impl Network {
    pub(super) fn new(users: usize, think: Seconds, centres: &[Centre]) -> Option<Self> {
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
    pub(super) fn work(&self) -> usize {
        let stations = self.stations.iter();
        let each = stations.map(|station| station.terms.len().saturating_mul(station.stations));
        each.fold(0, usize::saturating_add)
            .saturating_mul(self.users)
    }

    pub(super) fn idle_response(&self) -> Seconds {
        let delays = self.delay * self.unit - self.think;
        let stations = self.stations.iter().map(|station| {
            let first = station.terms.get(1).copied().unwrap_or(station.ratio);
            first.over(Wide::ONE) * self.unit * station.stations as f64
        });
        Seconds(delays.max(0.0) + stations.sum::<f64>())
    }

    /// Passages per second with 1, 2, … all users.
    pub(super) fn throughputs(&self) -> Vec<f64> {
        let constants = self.constants();
        let pairs = constants.windows(2);
        pairs
            .map(|pair| pair[0].over(pair[1]) / self.unit)
            .collect()
    }

    /// Passages per second of all users, 1 or more, and how many of them are at each centre.
    pub(super) fn throughput_and_users(&self) -> (f64, Vec<f64>) {
        let (constants, at_stations) = self.constants_and_users();
        let throughput = constants[self.users - 1].over(constants[self.users]) / self.unit;
        let at = |kind: &Kind| match *kind {
            Kind::Nothing => 0.0,
            Kind::Delay(delay) => throughput * delay,
            Kind::Stations(index) => at_stations[index],
        };
        (throughput, self.kinds.iter().map(at).collect())
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
