//! Workers that a visit holds for its whole stay, and what that does to a component.
//!
//! **Question.** An instance has so many workers, and each is held while others are asked: what is that good for?
//!
//! **Model.** One line of workers per instance, or one for all where instances pull their work. While held, a visit
//! uses the component's own servers and all that is called and waited for, as often as the calls say. Whatever else
//! uses those is open load there, the other instances' visits included. What is called and has workers of its own
//! is a single station of the speed of those.
//!
//! **Assumptions.** Those of [`worker_pool`](mod@crate::analysis::queueing::worker_pool); parallel calls count one after the other, the transfer
//! of bytes does not count.
//!
//! **Formula.** [`worker_pool`](mod@crate::analysis::queueing::worker_pool) over [`closed`]. The capacity of several instances is the rate at
//! which each one's share is just what its workers are good for beside the others. What a visit waits for a worker
//! is the whole stay less what it would be without a limit, so that inside times are not counted twice.
//!
//! **Reference.** Chandy, Herzog & Woo (1975); Rolia & Sevcik, *The method of layers* (1995).
//!
//! **Complexity.** `O(T × servers inside)` per component with workers, times a dozen for several instances.

use crate::analysis::queueing::closed::{self, Centre};
use crate::analysis::queueing::limited_line::LimitedLine;
use crate::analysis::queueing::waiting::waiting;
use crate::analysis::queueing::worker_pool::{SteadyPool, worker_pool};
use crate::analysis::traffic::{Term, Traffic, solve};
use crate::plan::Mode;
use crate::topology::Topology;
use crate::units::{RequestsPerSecond, Seconds};

use super::Station;

/// The workers of a component under its load.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PoolUse {
    /// Workers of one instance.
    pub size: usize,
    /// Visits per second that the workers of all serving instances are good for.
    pub capacity: RequestsPerSecond,
    /// Share of the workers that are held; 1 when more is asked than they are good for.
    pub busy_share: f64,
    /// Probability that all workers of an instance are held; 1 when more is asked than they are good for.
    pub all_busy_probability: f64,
    /// Mean time that a visit waits for a worker; none when more is asked than they are good for.
    pub waiting: Option<Seconds>,
}

/// What one visit of a component, or one request of a journey, uses behind it.
#[derive(Clone, Debug)]
pub(in crate::analysis) struct Inside {
    /// Visits of every component until the first one that has workers of its own.
    pub(in crate::analysis) visits: Vec<f64>,
    /// Round trips of the calls.
    pub(in crate::analysis) round_trips: Seconds,
}

/// The components whose workers are held, and the load around them.
#[derive(Debug)]
pub(in crate::analysis) struct Held<'a> {
    topology: &'a Topology<'a>,
    traffic: &'a Traffic,
    stations: &'a [Station],
    /// Calls that are waited for over every connection, per visit of its caller that is let in.
    calls: Vec<f64>,
}

/// A component with its line.
#[derive(Clone, Copy)]
struct Line {
    lines: usize,
    servers: usize,
}

impl<'a> Held<'a> {
    pub(in crate::analysis) fn new(
        topology: &'a Topology<'a>,
        traffic: &'a Traffic,
        stations: &'a [Station],
    ) -> Self {
        let calls =
            (0..topology.connections.len()).map(|call| calls_of_mix(topology, traffic, call));
        Self {
            topology,
            traffic,
            stations,
            calls: calls.collect(),
        }
    }

    /// Whether a component has workers that its visits hold.
    pub(in crate::analysis) fn holds(&self, component: usize) -> bool {
        self.topology.components[component].pool.is_some() && self.traffic.serving[component] > 0
    }

    /// What one visit that starts here uses, given the calls per visit over every connection.
    pub(in crate::analysis) fn inside(&self, start: usize, calls: &[f64]) -> Option<Inside> {
        let mut visits = vec![0.0; self.topology.components.len()];
        visits[start] = 1.0;
        let mut round_trips = 0.0;
        for members in self.topology.order.iter().rev() {
            if members.len() > 1 {
                let arriving: Vec<f64> = members.iter().map(|&member| visits[member]).collect();
                if arriving.iter().all(|&visits| visits <= 0.0) {
                    continue;
                }
                let mut terms = Vec::new();
                for (column, &member) in members.iter().enumerate() {
                    for &call in self.calls_beyond(member, start) {
                        let target = self.topology.connections[call].to;
                        if let Ok(row) = members.binary_search(&target) {
                            terms.push(Term {
                                row,
                                column,
                                weight: calls[call],
                            });
                        }
                    }
                }
                for (&member, visit) in members.iter().zip(solve(&terms, &arriving)?) {
                    visits[member] = visit;
                }
            }
            for &member in members {
                if visits[member] <= 0.0 {
                    continue;
                }
                for &call in self.calls_beyond(member, start) {
                    let edge = &self.topology.connections[call];
                    let made = visits[member] * calls[call];
                    round_trips += made * edge.rtt.0;
                    if members.len() == 1 || members.binary_search(&edge.to).is_err() {
                        visits[edge.to] += made;
                    }
                }
            }
        }
        let known = round_trips.is_finite() && visits.iter().all(|visits| visits.is_finite());
        known.then_some(Inside {
            visits,
            round_trips: Seconds(round_trips),
        })
    }

    /// The calls of a component, unless they are made by workers that are looked at as one station.
    fn calls_beyond(&self, component: usize, start: usize) -> &[usize] {
        if component != start && self.holds(component) {
            return &[];
        }
        &self.topology.components[component].calls
    }

    /// The line of a component; none where nothing serves.
    fn line(&self, component: usize) -> Option<Line> {
        let resolved = &self.topology.components[component];
        let serving = self.traffic.serving[component];
        let servers = resolved.servers.value.max(0.0).ceil().max(1.0) as usize;
        let (lines, servers) = if resolved.shares_line {
            (1, servers.saturating_mul(serving))
        } else {
            (serving, servers)
        };
        (serving > 0).then_some(Line { lines, servers })
    }

    /// Seconds of a visit beside its servers: operations of a disk that is named.
    pub(in crate::analysis) fn beside(&self, component: usize) -> f64 {
        let station = &self.stations[component];
        let counted = station.waiting.map_or(0.0, |waiting| waiting.0) + station.service_time.0;
        let residence = station.residence.map_or(0.0, |residence| residence.0);
        let beside = residence - counted;
        // What rounding leaves is nothing.
        if beside > 1e-9 * residence {
            beside
        } else {
            0.0
        }
    }

    /// Erlangs that all load together keeps busy at a component.
    fn offered(&self, component: usize) -> f64 {
        self.traffic.loads[component].offered_load * self.stations[component].slowdown
    }

    /// A component as part of a closed network: what its load leaves there beside `own` erlangs of it.
    pub(in crate::analysis) fn centre(&self, component: usize, own: f64) -> Option<Centre> {
        self.centre_beside(component, 1.0, self.offered(component) - own)
    }

    fn centre_beside(&self, component: usize, demand: f64, open_load: f64) -> Option<Centre> {
        let line = self.line(component)?;
        Some(Centre {
            demand: Seconds(demand),
            rates: closed::rates_left(open_load.max(0.0) / line.lines as f64, line.servers)?,
            stations: line.lines,
        })
    }

    /// All workers of a component together as one station, for up to `most` visits: what its load leaves there
    /// beside `own` visits per second of it.
    pub(in crate::analysis) fn workers(
        &self,
        component: usize,
        visits: f64,
        own: RequestsPerSecond,
        most: usize,
    ) -> Option<Centre> {
        let holder = Holder::new(self, component)?;
        let held = holder.workers.saturating_mul(holder.lines).min(most.max(1));
        let speeds = holder.speeds_of(held, holder.all()?)?;
        let alone = speeds.first()?.0;
        let fastest = speeds.last()?.0;
        let others = (holder.rate - own.0).max(0.0) / fastest;
        if others >= 1.0 {
            return None;
        }
        let rates: Vec<f64> = speeds
            .iter()
            .map(|speed| speed.0 / alone * (1.0 - others))
            .collect();
        Some(Centre {
            demand: Seconds(visits / alone),
            rates,
            stations: 1,
        })
    }

    /// Seconds that a visit holds a worker of a component while nobody else is there.
    pub(in crate::analysis) fn bare(&self, component: usize) -> Option<f64> {
        let holder = Holder::new(self, component)?;
        let nested = holder.nested.iter().map(|centre| centre.demand.0);
        let used = holder
            .used
            .iter()
            .map(|&(other, visits)| visits * holder.service(other));
        Some(holder.beside.0 + nested.sum::<f64>() + used.sum::<f64>())
    }

    /// The workers of a component under its load; none where they are never short of time.
    pub(super) fn pool(&self, component: usize, staying: &[Option<f64>]) -> Option<Pool> {
        let resolved = &self.topology.components[component];
        let size = resolved.pool?;
        let holder = Holder::new(self, component)?;
        let capacity = holder.capacity()?;
        let per_line = self.traffic.serving[component] / holder.lines;
        let room = resolved.room.map(|room| room.saturating_mul(per_line));
        let offered = holder.rate / self.traffic.let_in[component];
        let share = RequestsPerSecond(offered / holder.lines as f64);
        let beside = |rate: f64| worker_pool(share, &holder.speeds(rate)?, room)?.steady;
        let rate = match room {
            Some(_) => holder.let_in(offered, capacity, beside),
            None => holder.rate,
        };
        let steady = beside(rate);
        // With limited room everything behind is a closed network, whatever is asked: nobody waits there as in an
        // open one.
        let is_limited = steady.is_some() && room.is_some();
        let waiting = steady.map(|steady| {
            if is_limited {
                return steady.waiting;
            }
            let without_limit = holder.without_limit(staying).unwrap_or(f64::MAX);
            Seconds((steady.response.0 - without_limit).max(0.0))
        });
        let inside = steady.filter(|_| is_limited).and_then(|steady| {
            let working = (steady.response.0 - steady.waiting.0).max(0.0);
            holder.waits_inside(rate, working)
        });
        Some(Pool {
            staying: steady.map(|steady| steady.response.0),
            refused: steady.map_or(0.0, |steady| steady.refused),
            line: steady.and_then(|steady| steady.line),
            inside: inside.unwrap_or_default(),
            used: PoolUse {
                size,
                capacity: RequestsPerSecond(capacity),
                busy_share: steady.map_or(1.0, |steady| steady.busy_share),
                all_busy_probability: steady.map_or(1.0, |steady| steady.all_busy_probability),
                waiting,
            },
        })
    }
}

/// What comes of the workers of a component.
pub(super) struct Pool {
    pub(super) used: PoolUse,
    /// Seconds that a visit holds or waits for a worker.
    pub(super) staying: Option<f64>,
    /// Share of the visits that find no room.
    pub(super) refused: f64,
    /// How long those that are let in wait for a worker, where there is room for few.
    pub(super) line: Option<LimitedLine>,
    /// Where there is room for few: how long the visits of the held workers wait for the servers of each component.
    pub(super) inside: Vec<WaitInside>,
}

/// What the visits of held workers wait at one component.
#[derive(Clone, Copy)]
pub(super) struct WaitInside {
    pub(super) component: usize,
    /// Visits per second.
    pub(super) rate: f64,
    /// Mean time of one of them in line.
    pub(super) waiting: f64,
    /// The most that can be in line, and the mean time until it moves on.
    pub(super) places: usize,
    pub(super) step: f64,
}

/// Calls that are waited for over a connection, per visit of its caller that is let in, over all journeys.
fn calls_of_mix(topology: &Topology, traffic: &Traffic, connection: usize) -> f64 {
    let edge = &topology.connections[connection];
    if edge.mode == Mode::Async {
        return 0.0;
    }
    let (mut weighted, mut plain) = ((0.0, 0.0), (0.0, 0.0));
    for journey in &traffic.journeys {
        let (calls, visits) = (journey.calls[connection], journey.visits[edge.from]);
        let rate = journey.arrival_rate.0;
        weighted = (weighted.0 + rate * calls, weighted.1 + rate * visits);
        plain = (plain.0 + calls, plain.1 + visits);
    }
    let (calls, visits) = if weighted.1 > 0.0 { weighted } else { plain };
    if visits > 0.0 {
        calls / visits / traffic.let_in[edge.from]
    } else {
        0.0
    }
}

/// One component whose workers are looked at.
struct Holder<'h> {
    held: &'h Held<'h>,
    component: usize,
    /// Lines of workers, and workers of one.
    lines: usize,
    workers: usize,
    /// Visits per second that are let in.
    rate: f64,
    /// Round trips and disks: what takes its time whoever else is there.
    beside: Seconds,
    /// Components that are used, with visits per visit.
    used: Vec<(usize, f64)>,
    /// What is used and has workers of its own, as one station each.
    nested: Vec<Centre>,
}

impl<'h> Holder<'h> {
    fn new(held: &'h Held<'h>, component: usize) -> Option<Self> {
        let resolved = &held.topology.components[component];
        let pool = resolved.pool?;
        let serving = held.traffic.serving[component];
        let (lines, workers) = if resolved.shares_line {
            (1, pool.saturating_mul(serving))
        } else {
            (serving, pool)
        };
        let rate = held.traffic.loads[component].arrival_rate;
        let inside = held.inside(component, &held.calls)?;
        let mut used = Vec::new();
        let mut nested = Vec::new();
        let mut beside = inside.round_trips.0;
        for (other, &visits) in inside.visits.iter().enumerate() {
            if visits <= 0.0 || held.traffic.serving[other] == 0 {
                continue;
            }
            if other != component && held.holds(other) {
                nested.push(held.workers(other, visits, rate * visits, workers * lines)?);
            } else {
                used.push((other, visits));
                beside += visits * held.beside(other);
            }
        }
        (lines > 0).then_some(Self {
            held,
            component,
            lines,
            workers,
            rate: rate.0,
            beside: Seconds(beside),
            used,
            nested,
        })
    }

    fn service(&self, component: usize) -> f64 {
        self.held.stations[component].service_time.0
    }

    /// What a visit uses at an instance, or beside all others, while `rate` visits per second come.
    fn centres(&self, rate: f64) -> Option<Vec<Centre>> {
        let others = rate * (1.0 - 1.0 / self.lines as f64);
        let mut centres = self.nested.clone();
        for &(component, visits) in &self.used {
            let demand = visits * self.service(component);
            centres.push(if component == self.component {
                let line = self.held.line(component)?;
                Centre::servers(Seconds(demand), line.servers)
            } else {
                let own = self.rate * demand;
                let open = (self.held.offered(component) - own).max(0.0) + others * demand;
                self.held.centre_beside(component, demand, open)?
            });
        }
        Some(centres)
    }

    /// What all instances together use.
    fn all(&self) -> Option<Vec<Centre>> {
        let mut centres = self.nested.clone();
        for &(component, visits) in &self.used {
            let demand = visits * self.service(component);
            centres.push(if component == self.component {
                let line = self.held.line(component)?;
                Centre::servers(Seconds(demand), line.servers).times(line.lines)
            } else {
                let open = self.held.offered(component) - self.rate * demand;
                self.held.centre_beside(component, demand, open)?
            });
        }
        Some(centres)
    }

    fn speeds_of(&self, held: usize, centres: Vec<Centre>) -> Option<Vec<RequestsPerSecond>> {
        closed::throughputs(held, self.beside, &centres)
    }

    /// Visits per second with 1, 2, … workers of one line held, beside `rate` visits per second to all lines.
    fn speeds(&self, rate: f64) -> Option<Vec<RequestsPerSecond>> {
        self.speeds_of(self.workers, self.centres(rate)?)
    }

    /// Visits per second that find room at all lines together, each beside the others.
    fn let_in(
        &self,
        offered: f64,
        capacity: f64,
        beside: impl Fn(f64) -> Option<SteadyPool>,
    ) -> f64 {
        let more = |rate: f64| {
            beside(rate).map_or(-rate, |steady| offered * (1.0 - steady.refused) - rate)
        };
        if self.lines == 1 || more(self.rate).abs() <= 1e-12 * self.rate {
            return self.rate;
        }
        let most = offered.min(capacity);
        meet((0.0, offered), (most, more(most)), more)
    }

    /// Visits per second that all lines together are good for; none where they take no time.
    fn capacity(&self) -> Option<f64> {
        let lines = self.lines as f64;
        let good_for = |rate: f64| {
            let speeds = self.speeds(rate)?;
            speeds.last().map(|fastest| fastest.0 * lines)
        };
        let most = good_for(0.0)?;
        if self.lines == 1 {
            return Some(most);
        }
        // What the lines are good for falls as the others take more: the two meet once.
        let spare = |rate: f64| good_for(rate).unwrap_or(0.0) - rate;
        Some(meet((0.0, most), (most, spare(most)), spare))
    }

    /// Where a visit that holds a worker for so long on average waits: as with so many workers held that it takes as long.
    fn waits_inside(&self, rate: f64, working: f64) -> Option<Vec<WaitInside>> {
        let centres = self.centres(rate)?;
        let speeds = self.speeds_of(self.workers, centres.clone())?;
        let takes = |held: usize| held as f64 / speeds[held - 1].0;
        let more = (1..self.workers)
            .find(|&held| takes(held) >= working)
            .unwrap_or(self.workers);
        let fewer = more.saturating_sub(1).max(1);
        let share = if more > fewer {
            ((working - takes(fewer)) / (takes(more) - takes(fewer))).clamp(0.0, 1.0)
        } else {
            0.0
        };
        let stays = |held: usize| closed::closed(held, self.beside, &centres);
        let (low, high) = (stays(fewer)?, stays(more)?);
        let stays = low.residence.iter().zip(&high.residence);
        let stays = stays.map(|(low, high)| low.0 + share * (high.0 - low.0));
        let used = self.used.iter().zip(stays.skip(self.nested.len()));
        let waits: Vec<f64> = used
            .map(|(&(component, visits), stay)| (stay - visits * self.service(component)).max(0.0))
            .collect();
        let each = self.used.iter().zip(waits);
        let each = each.filter_map(|(&(component, visits), waiting)| {
            let line = self.held.line(component)?;
            let held = if component == self.component {
                self.workers
            } else {
                self.workers.saturating_mul(self.lines) / line.lines
            };
            Some(WaitInside {
                component,
                rate: rate * visits,
                waiting: waiting / visits,
                places: held.saturating_sub(line.servers),
                step: self.service(component) / line.servers as f64,
            })
        });
        Some(each.collect())
    }

    /// Seconds that a visit would stay if there were workers for all.
    fn without_limit(&self, staying: &[Option<f64>]) -> Option<f64> {
        let mut seconds = self.beside.0;
        let inside = self.held.inside(self.component, &self.held.calls)?;
        for (component, &visits) in inside.visits.iter().enumerate() {
            if visits <= 0.0 || self.held.traffic.serving[component] == 0 {
                continue;
            }
            if component != self.component && self.held.holds(component) {
                seconds += visits * staying[component]?;
                continue;
            }
            let line = self.held.line(component)?;
            let service = Seconds(self.service(component));
            let rate = self.held.traffic.loads[component].arrival_rate / line.lines as f64;
            let line = waiting(rate, service, 1.0, line.servers as f64)?;
            seconds += visits * (service + line.mean).0;
        }
        Some(seconds)
    }
}

/// Where a falling difference is none, between a low number at which it is positive and a high one at which it is not,
/// each with the difference there: by the secant method within its bracket.
fn meet(low: (f64, f64), high: (f64, f64), difference: impl Fn(f64) -> f64) -> f64 {
    let (mut low, mut at_low) = low;
    let (mut high, mut at_high) = high;
    for _ in 0..MOST_STEPS {
        if high - low <= 1e-11 * high || at_high >= 0.0 {
            break;
        }
        let tried = (low * at_high - high * at_low) / (at_high - at_low);
        let tried = if tried > low && tried < high {
            tried
        } else {
            f64::midpoint(low, high)
        };
        let found = difference(tried);
        if found.abs() <= 1e-12 * tried {
            return tried;
        }
        if found > 0.0 {
            (low, at_low, at_high) = (tried, found, at_high / 2.0);
        } else {
            (high, at_high, at_low) = (tried, found, at_low / 2.0);
        }
    }
    if at_high >= 0.0 { high } else { low }
}

/// Steps of the search for the rate at which several instances agree.
const MOST_STEPS: usize = 30;
