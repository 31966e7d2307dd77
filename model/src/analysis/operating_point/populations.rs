//! Users who ask, think and ask again: the rate at which each population settles.
//!
//! **Question.** So many users share the plan with everybody else: how often do they ask, and where do they wait?
//!
//! **Model.** A closed network per journey with a population: its users think, then use what the calls that are
//! waited for say, as often as they say. What comes from outside takes its part of every station first; work of
//! the population that nobody waits for does, too. Workers that are held are one station of their speed.
//!
//! **Assumptions.** Product form: exponential service, calls one after the other, Poisson arrivals from outside.
//! Disks and networks delay nobody below their rate: there the users settle at that rate.
//!
//! **Formula.** [`closed`] for one population, [`closed_classes`] for several. By the arrival theorem a visit from
//! outside meets what one more user would meet: it waits `S (R(N+1) / D - 1)`.
//!
//! **Reference.** Baskett, Chandy, Muntz & Palacios, JACM 22 (1975); Sevcik & Mitrani, *The distribution of queuing
//! network states at input and output instants*, JACM 28 (1981). Probability of waiting: Sakasegawa (1977).
//!
//! **Complexity.** That of the closed networks, and of three passes through the plan.

use crate::analysis::queueing::bounds::bounds;
use crate::analysis::queueing::closed::{Centre, Class, Method, closed, closed_classes};
use crate::analysis::stations::Held;
use crate::analysis::traffic::{Conditions, Resource, utilisation};
use crate::plan::Mode;
use crate::topology::{Population, Topology};
use crate::units::{RequestsPerSecond, Seconds};

use super::{OperatingPoint, settled};

/// A population at its operating point; its rate is that of the conditions.
#[derive(Clone, Debug, PartialEq)]
pub struct PopulationUse {
    /// How many users, and how long they think.
    pub population: Population,
    /// Mean time that a visit of one of them waits at every component.
    pub waiting: Vec<Seconds>,
    /// Between which rates they settle whatever the distributions, lower and upper.
    pub limits: Option<[RequestsPerSecond; 2]>,
    /// From so many users on they get in each other's way.
    pub knee: Option<f64>,
    /// Whether the network was solved exactly.
    pub method: Method,
}

/// Throughput stays this share below what a station is good for, so that nothing looks used up.
const JUST_BELOW: f64 = 1e-9;

/// The same for disks and networks, whose lines are not part of the network.
const BELOW_RATE: f64 = 1e-3;

/// Times that the load that nobody waits for is computed again.
const MOST_PASSES: usize = 12;

/// Where the plan settles with its populations.
pub(super) fn settle(topology: &Topology, conditions: Conditions) -> OperatingPoint {
    let count = topology.journeys.len();
    let closed: Vec<usize> = (0..count)
        .filter(|&journey| topology.journeys[journey].population.is_some())
        .collect();
    let mut conditions = conditions;
    conditions.rates.resize(count, RequestsPerSecond(0.0));
    for &journey in &closed {
        conditions.rates[journey] = RequestsPerSecond(0.0);
    }
    let open = settled(topology, conditions);
    let networks: Vec<Network> = closed
        .iter()
        .map(|&journey| Network::new(topology, &open, journey))
        .collect();
    let is_waited_for = closed.iter().all(|&journey| {
        let flow = &open.traffic.journeys[journey];
        flow.visits == flow.synchronous_visits
    });
    let mut rates = vec![0.0; networks.len()];
    let mut point = open.clone();
    let mut solved = solve(topology, &open, &point, &networks, &rates);
    for _ in 0..MOST_PASSES {
        let target: Vec<f64> = solved.classes.iter().map(|class| class.rate).collect();
        let settled_there = rates
            .iter()
            .zip(&target)
            .all(|(rate, target)| (rate - target).abs() <= 1e-8 * target);
        if settled_there {
            break;
        }
        // Work that nobody waits for slows its own cause down: most of the way keeps that from swinging.
        let share = if is_waited_for { 1.0 } else { 0.8 };
        for (rate, target) in rates.iter_mut().zip(&target) {
            *rate += (target - *rate) * share;
        }
        let mut conditions = point.conditions;
        for (network, &rate) in networks.iter().zip(&rates) {
            conditions.rates[network.journey] = RequestsPerSecond(rate);
        }
        point = settled(topology, conditions);
        if is_waited_for {
            break;
        }
        solved = solve(topology, &open, &point, &networks, &rates);
    }
    show(&mut point, &open, &networks, &solved);
    point
}

/// What one round of a user takes.
struct Network {
    journey: usize,
    population: Population,
    /// Visits per round of every component that users wait for, until one with workers.
    visits: Vec<f64>,
    /// Seconds of service per visit on an idle server.
    service: Vec<f64>,
    /// Time to think, round trips and disks.
    away: f64,
}

impl Network {
    fn new(topology: &Topology, open: &OperatingPoint, journey: usize) -> Self {
        let (traffic, stations) = (&open.traffic, &open.stations);
        let flow = &traffic.journeys[journey];
        let entry = topology.journeys[journey].entry;
        let stated = topology.journeys[journey].population;
        let population = Population {
            users: open.conditions.users.get(journey).copied().unwrap_or(0),
            think: stated.map_or(Seconds(0.0), |population| population.think),
        };
        let calls: Vec<f64> = topology
            .connections
            .iter()
            .enumerate()
            .map(|(connection, edge)| {
                let visits = flow.visits[edge.from] * traffic.let_in[edge.from];
                if edge.mode == Mode::Async || visits <= 0.0 {
                    0.0
                } else {
                    flow.calls[connection] / visits
                }
            })
            .collect();
        let held = Held::new(topology, traffic, stations);
        let nothing = vec![0.0; topology.components.len()];
        let (mut visits, mut away) = (nothing.clone(), population.think.0);
        if held.holds(entry) {
            visits[entry] = 1.0;
        } else if flow.visits[entry] > 0.0
            && let Some(inside) = held.inside(entry, &calls)
        {
            away += inside.round_trips.0;
            visits = inside.visits;
        }
        let mut service = nothing;
        for component in 0..topology.components.len() {
            if visits[component] <= 0.0 || traffic.serving[component] == 0 {
                visits[component] = 0.0;
                continue;
            }
            let load = traffic.load_per_request(topology, journey, component);
            if load.arrival_rate.0 > 0.0 {
                let mean = load.offered_load / load.arrival_rate.0;
                service[component] = mean * stations[component].slowdown;
            }
            if !held.holds(component) {
                away += visits[component] * held.beside(component);
            }
        }
        Self {
            journey,
            population,
            visits,
            service,
            away,
        }
    }
}

/// What all populations get.
struct Solved {
    classes: Vec<SolvedClass>,
    /// How many times longer than alone a visit from outside stays at every component that users visit.
    stretch: Vec<Option<f64>>,
    method: Method,
}

struct SolvedClass {
    rate: f64,
    /// Seconds that a visit waits at every component.
    waiting: Vec<f64>,
    limits: Option<[RequestsPerSecond; 2]>,
    knee: Option<f64>,
}

/// The stations that users visit, as they find them.
struct Shared {
    components: Vec<usize>,
    /// For one second of service each; for workers, for one visit.
    centres: Vec<Centre>,
    /// Per population whether something on its way is used up without it.
    blocked: Vec<bool>,
}

impl Shared {
    /// What all else leaves, given the rates of the populations that are part of this point.
    fn new(
        topology: &Topology,
        open: &OperatingPoint,
        held: &Held,
        networks: &[Network],
        rates: &[f64],
    ) -> Self {
        let users: usize = networks
            .iter()
            .map(|network| network.population.users)
            .sum();
        let mut shared = Self {
            components: Vec::new(),
            centres: Vec::new(),
            blocked: vec![false; networks.len()],
        };
        for component in 0..topology.components.len() {
            let is_used = |network: &Network| {
                let holds = held.holds(component);
                network.visits[component] > 0.0 && (holds || network.service[component] > 0.0)
            };
            if !networks.iter().any(is_used) {
                continue;
            }
            let (mut own, mut own_load) = (0.0, 0.0);
            for (network, rate) in networks.iter().zip(rates) {
                own += rate * network.visits[component];
                own_load += rate * network.visits[component] * network.service[component];
            }
            let centre = if open.stations[component].saturated {
                None
            } else if held.holds(component) {
                held.workers(component, 1.0, RequestsPerSecond(own), users + 1)
            } else {
                held.centre(component, own_load)
            };
            if let Some(centre) = centre {
                shared.components.push(component);
                shared.centres.push(centre);
            } else {
                for (blocked, network) in shared.blocked.iter_mut().zip(networks) {
                    *blocked |= is_used(network);
                }
            }
        }
        shared
    }

    fn class(&self, held: &Held, network: &Network, blocked: bool) -> Class {
        let each = self.components.iter().zip(&self.centres);
        Class {
            users: if blocked { 0 } else { network.population.users },
            think: Seconds(network.away),
            demands: each
                .map(|(&component, centre)| {
                    let one = if held.holds(component) {
                        centre.demand.0
                    } else {
                        network.service[component]
                    };
                    Seconds(network.visits[component] * one)
                })
                .collect(),
        }
    }
}

/// The populations in a plan that all else uses as it does at this point.
fn solve(
    topology: &Topology,
    open: &OperatingPoint,
    point: &OperatingPoint,
    networks: &[Network],
    rates: &[f64],
) -> Solved {
    let held = Held::new(topology, &point.traffic, &point.stations);
    let shared = Shared::new(topology, open, &held, networks, rates);
    let classes: Vec<Class> = networks
        .iter()
        .zip(&shared.blocked)
        .map(|(network, &blocked)| shared.class(&held, network, blocked))
        .collect();
    let (residence, stretched, method) = residences(&classes, &shared.centres);
    let mut stretch = vec![None; topology.components.len()];
    for (&component, stretched) in shared.components.iter().zip(stretched) {
        stretch[component] = stretched;
    }
    let mut solved = Solved {
        classes: Vec::new(),
        stretch,
        method,
    };
    for (class, network) in networks.iter().enumerate() {
        let response: f64 = residence[class].iter().sum();
        let around = network.away + response;
        let users = classes[class].users as f64;
        let freely = if around > 0.0 { users / around } else { 0.0 };
        let (most, limiting) = most(topology, point, network, rates[class]);
        let rate = if shared.blocked[class] {
            0.0
        } else {
            freely.min(most)
        };
        let mut waiting = vec![0.0; topology.components.len()];
        for (&component, stay) in shared.components.iter().zip(&residence[class]) {
            let visits = network.visits[component];
            if visits > 0.0 {
                let working = if held.holds(component) {
                    held.bare(component).unwrap_or(0.0)
                } else {
                    network.service[component]
                };
                waiting[component] = (stay / visits - working).max(0.0);
            }
        }
        if rate < freely
            && rate > 0.0
            && let Some(component) = limiting
            && network.visits[component] > 0.0
        {
            waiting[component] += (users / rate - around).max(0.0) / network.visits[component];
        }
        let (limits, knee) = limits_of(&classes[class], &shared.centres, most);
        solved.classes.push(SolvedClass {
            rate,
            waiting,
            limits,
            knee,
        });
    }
    solved
}

/// Residence times of every class at every centre, how much longer one more would stay there, and how exact it is.
fn residences(classes: &[Class], centres: &[Centre]) -> (Vec<Vec<f64>>, Vec<Option<f64>>, Method) {
    let idle = |class: &Class| class.demands.iter().map(|demand| demand.0).collect();
    let unknown = || {
        let idle = classes.iter().map(idle).collect();
        (idle, vec![None; centres.len()], Method::Exact)
    };
    let seconds = |times: &[Seconds]| times.iter().map(|time| time.0).collect::<Vec<f64>>();
    if let [class] = classes {
        let centres: Vec<Centre> = centres
            .iter()
            .zip(&class.demands)
            .map(|(centre, &demand)| Centre {
                demand,
                ..centre.clone()
            })
            .collect();
        let (Some(now), Some(more)) = (
            closed(class.users, class.think, &centres),
            closed(class.users + 1, class.think, &centres),
        ) else {
            return unknown();
        };
        let stretch = more.residence.iter().zip(&class.demands);
        let stretch = stretch.map(|(time, demand)| (demand.0 > 0.0).then(|| time.0 / demand.0));
        return (vec![seconds(&now.residence)], stretch.collect(), now.method);
    }
    let Some(found) = closed_classes(classes, centres) else {
        return unknown();
    };
    let stretch = centres.iter().enumerate().map(|(index, centre)| {
        let present: f64 = found.classes.iter().map(|class| class.users[index]).sum();
        let (first, last) = (centre.rates[0], centre.rates[centre.rates.len() - 1]);
        let in_line = present / centre.stations.max(1) as f64;
        Some((1.0 + in_line) / last + 1.0 / first - 1.0 / last)
    });
    let residence = found.classes.iter().map(|class| seconds(&class.residence));
    (residence.collect(), stretch.collect(), found.method)
}

/// The rate up to which nothing on the way of a population is used up beside all others, and where that would be.
fn most(
    topology: &Topology,
    point: &OperatingPoint,
    network: &Network,
    rate: f64,
) -> (f64, Option<usize>) {
    let mut most = (f64::MAX, None);
    let flow = &point.traffic.journeys[network.journey];
    for component in 0..topology.components.len() {
        // What they do not wait for does not hold them up: it is behind.
        if flow.synchronous_visits[component] <= 0.0 {
            continue;
        }
        let serving = point.traffic.serving[component];
        let own = point
            .traffic
            .load_per_request(topology, network.journey, component);
        for resource in Resource::RATES {
            let used = |load| utilisation(topology, component, resource, load, serving);
            let (Some(each), Some(all)) = (used(&own), used(&point.traffic.loads[component]))
            else {
                continue;
            };
            if each <= 0.0 {
                continue;
            }
            let free = (1.0 - (all - each * rate).max(0.0)).max(0.0);
            let margin = if resource == Resource::Cpu {
                JUST_BELOW
            } else {
                BELOW_RATE
            };
            let good_for = free / each * (1.0 - margin);
            if good_for < most.0 {
                most = (good_for, Some(component));
            }
        }
    }
    most
}

/// Between which rates a population settles whatever the distributions, and from how many users on they queue.
fn limits_of(
    class: &Class,
    centres: &[Centre],
    most: f64,
) -> (Option<[RequestsPerSecond; 2]>, Option<f64>) {
    let mut demands = Vec::new();
    let mut away = class.think.0;
    for (centre, demand) in centres.iter().zip(&class.demands) {
        let (first, last) = (centre.rates[0], centre.rates[centre.rates.len() - 1]);
        away += demand.0 * (1.0 / first - 1.0 / last);
        let each = *demand / (last * centre.stations as f64);
        demands.extend(std::iter::repeat_n(each, centre.stations));
    }
    match bounds(class.users, Seconds(away), &demands) {
        Some(bounds) => {
            let [low, high] = bounds.throughput;
            let high = high.min(most);
            (
                Some([low.min(high), high].map(RequestsPerSecond)),
                Some(bounds.knee),
            )
        }
        None => (None, None),
    }
}

/// Puts what the users wait, and what the others wait because of them, into the stations.
fn show(point: &mut OperatingPoint, open: &OperatingPoint, networks: &[Network], solved: &Solved) {
    for component in 0..point.stations.len() {
        let visits: Vec<(f64, f64)> = networks
            .iter()
            .zip(&solved.classes)
            .map(|(network, class)| {
                let rate = class.rate * network.visits[component];
                (rate, class.waiting[component])
            })
            .collect();
        let from_users: f64 = visits.iter().map(|(rate, _)| rate).sum();
        if from_users <= 0.0 || open.stations[component].saturated {
            continue;
        }
        let of_users = visits.iter().map(|(rate, wait)| rate * wait).sum::<f64>() / from_users;
        let station = &mut point.stations[component];
        let from_outside = open.traffic.loads[component].arrival_rate.0 > 0.0;
        let waiting = match solved.stretch[component] {
            Some(stretch) if from_outside && station.pool.is_none() => {
                station.service_time.0 * (stretch - 1.0).max(0.0)
            }
            _ => of_users,
        };
        station.settle_at(Seconds(waiting));
    }
    // What is only used by held workers is never short of time: its users wait for a worker.
    for (station, alone) in point.stations.iter_mut().zip(&open.stations) {
        if station.saturated && !alone.saturated && station.is_below_its_rates() {
            station.settle_at(Seconds(0.0));
        }
    }
    for (network, class) in networks.iter().zip(&solved.classes) {
        let used = PopulationUse {
            population: network.population,
            waiting: class.waiting.iter().copied().map(Seconds).collect(),
            limits: class.limits,
            knee: class.knee,
            method: solved.method,
        };
        point.populations[network.journey] = Some(used);
    }
}
