//! Every component as a station: how busy each of its resources is, and how long a visit waits and stays.
//!
//! **Question.** At the peak, how busy is a component, and how long does one visit take there?
//!
//! **Model.** Servers are a queue with Poisson arrivals and first come, first served: each of `n` instances a
//! station of its own with an n-th of the visits, or all of them one line where work is pulled from it.
//! Disks and networks carry a rate and fill up.
//!
//! **Assumptions.** All journeys are at their peaks, in steady state. The service time of a mix of visits has
//! the mixed mean and mean square, each class with the component's own squared coefficient of variation. A
//! fraction of a server makes all servers of the instance slower: 2.5 cores are 3 servers at 5/6 of the speed,
//! so that capacity is exact and a visit is not faster than drawn; so do virtualisation and servers in each
//! other's way. A disk delays nothing below its rate, unless the plan names the disk: then an operation takes its time
//! over `1 - U` beside the servers.
//!
//! **Formula.** Utilisation `U = λ D / (n m)` per resource (utilisation law). Waiting: see [`waiting()`]; with limited room [`finite_room()`]; for
//! workers that are held [`PoolUse`].
//! Residence = waiting + service. From `U = 1` on there is no steady state, and no time is given.
//!
//! **Reference.** Lazowska et al., *Quantitative System Performance* (1984), ch. 3; Kleinrock, *Queueing
//! Systems* I (1975), ch. 5.
//!
//! **Complexity.** `O(components × resources)`, plus at most `O(servers)` per component for the waiting time.

mod fits;
mod held;

use crate::analysis::queueing::SATURATED;
use crate::analysis::queueing::finite_room::finite_room;
use crate::analysis::queueing::limited_line::LimitedLine;
use crate::analysis::queueing::token_bucket::TokenBucket;
use crate::analysis::queueing::waiting::{Waiting, waiting};
use crate::analysis::traffic::{Load, Resource, Traffic, share};
use crate::topology::Topology;
use crate::units::{RequestsPerSecond, Seconds};

pub use held::PoolUse;
use held::WaitInside;

pub(in crate::analysis) use held::Held;

/// A component under the load of all journeys at their peaks.
#[derive(Clone, Debug, PartialEq)]
pub struct Station {
    /// Visits per second.
    pub arrival_rate: RequestsPerSecond,
    /// Mean time a visit keeps one server busy; 0 where the component only passes visits on.
    pub service_time: Seconds,
    /// Squared coefficient of variation of the service time of the mix of visits.
    pub scv: f64,
    /// Servers that work on one line, 1 or more.
    pub servers_of_line: f64,
    /// What it can run out of, in the order of [`Resource::ALL`].
    pub resources: Vec<ResourceUse>,
    /// Whether something of it is used up: no time can be given.
    pub saturated: bool,
    /// Mean time a visit waits for a server; none when saturated.
    pub waiting: Option<Seconds>,
    /// Share of the visits that have to wait; none when saturated.
    pub waiting_probability: Option<f64>,
    /// Mean time from arrival to the end of service; none when saturated.
    pub residence: Option<Seconds>,
    /// How many times longer service takes here than on whole servers that nothing is taken from, 1 or more.
    pub slowdown: f64,
    /// Time of one disk operation with its waiting; none when saturated, and where the time of a visit counts it
    /// already.
    pub disk_operation: Option<Seconds>,
    /// Its workers, where visits hold one for their whole stay; the wait for one is part of [`Station::waiting`].
    pub pool: Option<PoolUse>,
    /// Share of the visits that find no room and are refused; they do not wait.
    pub refused: f64,
    /// The parts of the waiting that are spent in lines with limited room: for a server, and for a worker.
    pub limited_lines: [Option<LimitedLine>; 2],
}

/// How much of a resource is used.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ResourceUse {
    /// The resource.
    pub resource: Resource,
    /// What is asked of it, in [`Resource::unit`].
    pub demand: f64,
    /// What all serving instances together carry or have room for, in the same unit.
    pub capacity: f64,
    /// Demand over capacity: from 1 on a rate is saturated, above 1 something does not fit.
    pub utilisation: f64,
    /// What happens if the demand lasts, where it is above what is given for good.
    pub throttled: Option<Throttled>,
}

/// What happens when credit is gone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Throttled {
    /// Until then, from full credit.
    pub after: Seconds,
    /// What all serving instances together carry from then on, in [`Resource::unit`].
    pub sustained: f64,
}

impl Station {
    /// The resources that carry so much per second.
    pub fn rates(&self) -> impl Iterator<Item = &ResourceUse> {
        self.resources.iter().filter(|used| !used.resource.is_fit())
    }

    /// How much of a resource is used, if the component has it and its limit is known.
    pub fn utilisation(&self, resource: Resource) -> Option<f64> {
        self.resources
            .iter()
            .find(|used| used.resource == resource)
            .map(|used| used.utilisation)
    }
}

/// Every component as a station, in the order of the topology.
pub fn stations(topology: &Topology, traffic: &Traffic) -> Vec<Station> {
    let mut multiplying = vec![false; topology.components.len()];
    for journey in &traffic.journeys {
        for &component in &journey.multiplying {
            multiplying[component] = true;
        }
    }
    let mut stations: Vec<Station> = (0..topology.components.len())
        .map(|component| {
            let mut station = station(
                topology,
                component,
                &traffic.loads[component],
                traffic.serving[component],
                traffic.let_in[component],
                Vec::new(),
            );
            if multiplying[component] {
                station.give_up();
            }
            station
        })
        .collect();
    hold_workers(topology, traffic, &mut stations);
    fits::add(topology, traffic, &mut stations);
    stations
}

/// Adds what visits wait for workers that others hold.
fn hold_workers(topology: &Topology, traffic: &Traffic, stations: &mut [Station]) {
    if topology
        .components
        .iter()
        .all(|component| component.pool.is_none())
    {
        return;
    }
    let held = Held::new(topology, traffic, stations);
    let mut staying = vec![None; stations.len()];
    let mut pools = Vec::new();
    for &component in topology.order.iter().flatten() {
        if let Some(pool) = held.pool(component, &staying) {
            staying[component] = pool.staying;
            pools.push((component, pool));
        }
    }
    for (component, pool) in pools {
        let station = &mut stations[component];
        station.pool = Some(pool.used);
        station.refused = pool.refused;
        match pool.used.waiting {
            None => station.give_up(),
            Some(waiting) if pool.inside.is_empty() => {
                station.wait_for_worker(waiting, pool.used.all_busy_probability);
            }
            Some(waiting) => {
                for inside in pool.inside {
                    stations[inside.component].wait_inside(inside, inside.component == component);
                }
                let probability = pool.line.map_or(0.0, |line| line.probability);
                stations[component].wait_for_worker(waiting, probability);
                stations[component].limited_lines[1] = pool.line;
            }
        }
    }
}

impl Station {
    /// There is no steady state, and no time is given.
    fn give_up(&mut self) {
        self.saturated = true;
        self.waiting = None;
        self.waiting_probability = None;
        self.residence = None;
        self.disk_operation = None;
        self.limited_lines = [None; 2];
    }

    /// Whether no rate of it is used up, as far as those are its own.
    pub(in crate::analysis) fn is_below_its_rates(&self) -> bool {
        self.rates().all(|used| used.utilisation < SATURATED)
    }

    /// There is a steady state in which a visit waits for so long, because those who come wait for their answers.
    pub(in crate::analysis) fn settle_at(&mut self, waiting: Seconds) {
        let beside = self
            .residence
            .zip(self.waiting)
            .map_or(Seconds(0.0), |(residence, known)| {
                Seconds((residence.0 - known.0 - self.service_time.0).max(0.0))
            });
        let busy = self
            .utilisation(Resource::Cpu)
            .unwrap_or(0.0)
            .clamp(0.0, 1.0);
        let probability = busy.powf((2.0 * (self.servers_of_line + 1.0)).sqrt() - 1.0);
        self.saturated = false;
        self.waiting = Some(waiting);
        self.residence = Some(waiting + self.service_time + beside);
        self.waiting_probability = Some(if waiting.0 > 0.0 {
            probability.max(1e-6)
        } else {
            0.0
        });
        if let Some(pool) = &mut self.pool
            && pool.waiting.is_none()
        {
            pool.waiting = Some(waiting);
        }
    }

    /// Visits of workers that are held wait here for so long, and no longer than all of them together can. `is_own`
    /// says whether it is their own component.
    fn wait_inside(&mut self, inside: WaitInside, is_own: bool) {
        let is_alone = is_own || inside.rate >= MOSTLY * self.arrival_rate.0;
        let shortest = self.waiting.map_or(f64::INFINITY, |waiting| waiting.0);
        // Who holds a worker comes no more often than is answered: servers may be busy all the time.
        let is_used_up = self.rates().any(|used| match used.resource {
            Resource::Cpu => used.utilisation > 1.0 + JUST_FULL,
            _ => used.utilisation >= SATURATED,
        });
        if is_used_up || (!is_alone && shortest <= inside.waiting) {
            return;
        }
        let known = self.waiting_probability;
        self.limited_lines[0] = None;
        self.settle_at(Seconds(inside.waiting));
        if inside.waiting <= 0.0 {
            return;
        }
        let known = known.filter(|known| *known > 0.0 && !is_own);
        let probability = known.or(self.waiting_probability).unwrap_or(1.0);
        // Who waits does so for one step at least.
        let probability = probability.min(inside.waiting / inside.step);
        self.waiting_probability = Some(probability);
        let mean = Seconds(inside.waiting / probability);
        self.limited_lines[0] =
            LimitedLine::of_mean(probability, Seconds(inside.step), mean, inside.places);
    }

    fn wait_for_worker(&mut self, waiting: Seconds, all_busy_probability: f64) {
        self.waiting = self.waiting.map(|known| known + waiting);
        self.residence = self.residence.map(|known| known + waiting);
        if waiting.0 > 0.0 {
            self.waiting_probability = self
                .waiting_probability
                .map(|known| 1.0 - (1.0 - known) * (1.0 - all_busy_probability));
        }
    }
}

/// What rounding may add to a utilisation of 1.
const JUST_FULL: f64 = 1e-9;

/// From this share of the visits on they are as good as all.
const MOSTLY: f64 = 0.999;

/// A component by itself: whoever holds its workers is not there yet. `let_in` is the share of its visits that
/// find room; the load is theirs. `resources` is a list whose space is used, whatever it holds.
pub(in crate::analysis) fn station(
    topology: &Topology,
    component: usize,
    load: &Load,
    serving: usize,
    let_in: f64,
    mut resources: Vec<ResourceUse>,
) -> Station {
    let resolved = &topology.components[component];
    list_resources(topology, component, load, serving, &mut resources);
    let servers = resolved.servers.value.max(0.0).ceil().max(1.0);
    let speed = Resource::Cpu
        .capacity(topology, component)
        .map_or(1.0, |capacity| capacity / servers);
    let slowdown = 1.0 / speed;
    let (mean, scv) = service_of_mix(load).unwrap_or((resolved.service_time.value.0, resolved.scv));
    let service_time = Seconds(mean * slowdown);
    let lines = if resolved.shares_line {
        1
    } else {
        serving.max(1)
    };
    let instances_of_line = serving.max(1) / lines;
    let servers_of_line = servers * instances_of_line as f64;
    let offered = load.arrival_rate / let_in;
    let limited = resolved.room.and_then(|room| {
        finite_room(
            offered / lines as f64,
            service_time,
            servers_of_line as usize,
            room.saturating_mul(instances_of_line),
        )
    });
    // Who is refused keeps no server busy: with limited room the servers are never short.
    let saturated = resources.iter().any(|used| {
        used.utilisation >= SATURATED && !(limited.is_some() && used.resource == Resource::Cpu)
    });
    let waiting = match limited {
        _ if saturated => None,
        Some(limited) => Some(Waiting {
            mean: limited.waiting,
            probability: limited.waiting_probability,
        }),
        None => waiting(
            load.arrival_rate / lines as f64,
            service_time,
            scv_in_a_row(load, service_time, scv, lines, servers_of_line),
            servers_of_line,
        ),
    };
    let disk_operation = disk_operation(topology, component, &resources).filter(|_| !saturated);
    let disk_work = if load.arrival_rate.0 > 0.0 {
        load.disk_operations_per_second / load.arrival_rate.0
    } else {
        resolved.ios_per_visit
    };
    let beside = disk_operation.map_or(Seconds(0.0), |each| each * disk_work);
    Station {
        arrival_rate: offered,
        service_time,
        scv,
        servers_of_line,
        resources,
        saturated: saturated || waiting.is_none(),
        waiting: waiting.map(|waiting| waiting.mean),
        waiting_probability: waiting.map(|waiting| waiting.probability),
        residence: waiting.map(|waiting| waiting.mean + service_time + beside),
        slowdown,
        disk_operation,
        pool: None,
        refused: limited.map_or(0.0, |limited| limited.refused),
        limited_lines: [limited.and_then(|limited| limited.line), None],
    }
}

/// What a component can run out of that carries so much per second, and how much of it is used.
fn list_resources(
    topology: &Topology,
    component: usize,
    load: &Load,
    serving: usize,
    resources: &mut Vec<ResourceUse>,
) {
    let resolved = &topology.components[component];
    let works = load.offered_load > 0.0 || resolved.service_time.value.0 > 0.0;
    let is_there = |resource: &Resource| match resource {
        Resource::Cpu => works,
        Resource::DiskThroughput => resolved.disk_bytes_per_visit > 0.0,
        _ => true,
    };
    resources.clear();
    for resource in Resource::RATES.into_iter().filter(is_there) {
        let Some(one) = resource.capacity(topology, component) else {
            continue;
        };
        let (demand, capacity) = (resource.demand(load), one * serving as f64);
        let Some(utilisation) = share(demand, capacity) else {
            continue;
        };
        let throttled = throttled(topology, component, resource, demand / serving as f64);
        resources.push(ResourceUse {
            resource,
            demand,
            capacity,
            utilisation,
            throttled: throttled.map(|throttled| Throttled {
                sustained: throttled.sustained * serving as f64,
                ..throttled
            }),
        });
    }
}

/// The credit of one instance for a resource, where there is any.
pub fn credit(topology: &Topology, component: usize, resource: Resource) -> Option<TokenBucket> {
    let resolved = &topology.components[component];
    let (baseline, size) = match resource {
        Resource::Cpu => resolved.cpu_credit?,
        Resource::Disk => resolved.disk.as_ref()?.credit?,
        _ => return None,
    };
    TokenBucket::new(baseline, resource.capacity(topology, component)?, size)
}

/// When one instance has no credit left, and what it does then.
fn throttled(
    topology: &Topology,
    component: usize,
    resource: Resource,
    demand: f64,
) -> Option<Throttled> {
    let bucket = credit(topology, component, resource)?;
    Some(Throttled {
        after: bucket.throttled_after(demand)?,
        sustained: bucket.baseline(),
    })
}

/// Time of one operation of the disk with its waiting, where it counts beside the time of a visit: as at a
/// single server, `time ÷ (1 − U)`.
fn disk_operation(
    topology: &Topology,
    component: usize,
    resources: &[ResourceUse],
) -> Option<Seconds> {
    let idle = topology.components[component]
        .disk
        .as_ref()?
        .operation_time?;
    let used = |wanted: Resource| {
        let found = resources.iter().find(|used| used.resource == wanted);
        found.map_or(0.0, |used| used.utilisation)
    };
    let busiest = used(Resource::Disk).max(used(Resource::DiskThroughput));
    (busiest < SATURATED).then(|| idle / (1.0 - busiest))
}

/// The variation that visits wait as with: the more of them follow each other from one caller, the nearer to 1 it is.
///
/// Whoever calls next meets those who came meanwhile, not a service half done. `1 + (s - 1) 2 / (2 + A)` with `A` others
/// in a row to the same line, that a pause `g` makes fewer: `e^(-0.72 (1-ρ) c g / S)`; fitted to simulation.
fn scv_in_a_row(load: &Load, service_time: Seconds, scv: f64, lines: usize, servers: f64) -> f64 {
    if load.in_a_row <= 0.0 || service_time.0 <= 0.0 {
        return scv;
    }
    let others = load.in_a_row / load.arrival_rate.0 / lines as f64;
    let utilisation = load.arrival_rate.0 / lines as f64 * service_time.0 / servers;
    let idle = (1.0 - utilisation).max(1.0 - SATURATED);
    // Between two visits of one of several lines are those of the others.
    let elsewhere = (lines - 1) as f64 * service_time.0 / idle;
    let pause = load.row_pauses / load.in_a_row + elsewhere;
    let left = others * (-0.72 * idle * servers * pause / service_time.0).exp();
    1.0 + (scv - 1.0) * 2.0 / (2.0 + left)
}

/// Mixes count as no more variable than this.
const MOST_VARIABLE: f64 = 1e30;

/// Mean and squared coefficient of variation of the service time of a mix; `None` without visits.
fn service_of_mix(load: &Load) -> Option<(f64, f64)> {
    let rate = load.arrival_rate.0;
    if rate <= 0.0 {
        return None;
    }
    let mean = load.offered_load / rate;
    if mean <= 0.0 {
        return Some((0.0, 0.0));
    }
    let scv = load.squared_service / rate / mean / mean - 1.0;
    Some((mean, scv.clamp(0.0, MOST_VARIABLE)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::traffic::{Conditions, traffic};
    use crate::catalog::Catalog;
    use crate::plan::sketch::sketch;

    /// The station of `app` in a sketch.
    fn app(text: &str) -> Station {
        let plan = sketch(text).unwrap();
        let catalog = Catalog::default();
        let topology = Topology::new(&plan, &catalog);
        let traffic = traffic(&topology, &Conditions::peak(&topology));
        let mut stations = stations(&topology, &traffic);
        stations.swap_remove(topology.component_index("app").unwrap())
    }

    fn close(found: f64, expected: f64) {
        assert!(
            (found - expected).abs() <= 1e-12 * expected.abs(),
            "{found}, not {expected}"
        );
    }

    #[test]
    fn instances_have_lines_of_their_own_unless_they_share_one() {
        let separate = app("users[rps=80] -> app*2[service_time_ms=20]");
        close(separate.waiting.unwrap().0, 0.08);
        let shared = app("users[rps=80] -> app*2[service_time_ms=20 balancing=shared]");
        close(shared.waiting.unwrap().0, 0.02 * 0.64 / 0.36);
        close(shared.utilisation(Resource::Cpu).unwrap(), 0.8);
    }

    #[test]
    fn workers_share_one_line() {
        let worker = app("users[rps=80] -> app:worker*2[service_time_ms=20]");
        close(worker.waiting.unwrap().0, 0.02 * 0.64 / 0.36);
    }

    #[test]
    fn a_fraction_of_a_server_makes_all_slower() {
        let station = app("users[rps=50] -> app[service_time_ms=20 servers=2.5]");
        close(station.slowdown, 1.2);
        close(station.utilisation(Resource::Cpu).unwrap(), 0.4);
        close(station.service_time.0, 0.024);
    }

    #[test]
    fn two_kinds_of_visits_mix_their_moments() {
        let station = app(
            "users[rps=4] -> app:db[service_time_ms=2 read_ms=100 scv=0]\nusers -[reads=1 need=all]-> app",
        );
        let (mean, square) = (0.051, f64::midpoint(0.002 * 0.002, 0.1 * 0.1));
        close(station.service_time.0, mean);
        close(station.scv, square / (mean * mean) - 1.0);
        close(
            station.waiting.unwrap().0,
            8.0 * square / (2.0 * (1.0 - 8.0 * mean)),
        );
        let constant = app("users[rps=4] -> app[service_time_ms=100 scv=0]");
        close(constant.waiting.unwrap().0, 0.4 * 0.1 / (2.0 * 0.6));
        assert!(constant.scv.abs() < 1e-12);
    }

    #[test]
    fn without_load_nobody_waits() {
        let idle = app("users[rps=0] -> app[service_time_ms=20]");
        assert_eq!(idle.waiting, Some(Seconds(0.0)));
        close(idle.residence.unwrap().0, 0.02);
    }

    #[test]
    fn a_disk_fills_up_beside_the_processor() {
        let station =
            app("users[rps=90] -> app:db[service_time_ms=1 iops_per_request=10 iops=1000]");
        close(station.utilisation(Resource::Disk).unwrap(), 0.9);
        close(station.utilisation(Resource::Cpu).unwrap(), 0.09);
        let full = app("users[rps=100] -> app:db[service_time_ms=1 iops_per_request=10 iops=1000]");
        assert!(full.saturated && full.waiting.is_none());
    }
}
