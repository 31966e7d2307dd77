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
//! so that capacity is exact and a visit is not faster than drawn. A disk delays nothing below its rate.
//!
//! **Formula.** Utilisation `U = λ D / (n m)` per resource (utilisation law). Waiting: see [`waiting()`](waiting::waiting).
//! Residence = waiting + service. From `U = 1` on there is no steady state, and no time is given.
//!
//! **Reference.** Lazowska et al., *Quantitative System Performance* (1984), ch. 3; Kleinrock, *Queueing
//! Systems* I (1975), ch. 5.
//!
//! **Complexity.** `O(components × resources)`, plus at most `O(servers)` per component for the waiting time.

use crate::analysis::queueing::{SATURATED, waiting};
use crate::analysis::traffic::{Load, Resource, Traffic, utilisation};
use crate::topology::Topology;
use crate::units::{RequestsPerSecond, Seconds};

/// A component under the load of all journeys at their peaks.
#[derive(Clone, Debug, PartialEq)]
pub struct Station {
    /// Visits per second.
    pub arrival_rate: RequestsPerSecond,
    /// Mean time a visit keeps one server busy; 0 where the component only passes visits on.
    pub service_time: Seconds,
    /// Squared coefficient of variation of the service time of the mix of visits.
    pub scv: f64,
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
    /// How many times longer service takes here than on whole servers, 1 or more.
    pub slowdown: f64,
}

/// How much of a resource is used.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ResourceUse {
    /// The resource.
    pub resource: Resource,
    /// What is asked of it: erlangs, operations per second or bytes per second.
    pub demand: f64,
    /// What all serving instances together carry, in the same unit.
    pub capacity: f64,
    /// Demand over capacity; from 1 on it is saturated.
    pub utilisation: f64,
}

impl Station {
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
    (0..topology.components.len())
        .map(|component| {
            let mut station = station(
                topology,
                component,
                &traffic.loads[component],
                traffic.serving[component],
            );
            if multiplying[component] {
                station.saturated = true;
                station.waiting = None;
                station.waiting_probability = None;
                station.residence = None;
            }
            station
        })
        .collect()
}

fn station(topology: &Topology, component: usize, load: &Load, serving: usize) -> Station {
    let resolved = &topology.components[component];
    let resources = resources(topology, component, load, serving);
    let saturated = resources.iter().any(|used| used.utilisation >= SATURATED);
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
    let servers_of_line = servers * (serving.max(1) / lines) as f64;
    let waiting = if saturated {
        None
    } else {
        waiting::waiting(
            load.arrival_rate / lines as f64,
            service_time,
            scv,
            servers_of_line,
        )
    };
    Station {
        arrival_rate: load.arrival_rate,
        service_time,
        scv,
        resources,
        saturated: saturated || waiting.is_none(),
        waiting: waiting.map(|waiting| waiting.mean),
        waiting_probability: waiting.map(|waiting| waiting.probability),
        residence: waiting.map(|waiting| waiting.mean + service_time),
        slowdown,
    }
}

fn resources(
    topology: &Topology,
    component: usize,
    load: &Load,
    serving: usize,
) -> Vec<ResourceUse> {
    let works =
        load.offered_load > 0.0 || topology.components[component].service_time.value.0 > 0.0;
    Resource::ALL
        .into_iter()
        .filter(|&resource| works || resource != Resource::Cpu)
        .filter_map(|resource| {
            let utilisation = utilisation(topology, component, resource, load, serving)?;
            Some(ResourceUse {
                resource,
                demand: resource.demand(load),
                capacity: resource.capacity(topology, component)? * serving as f64,
                utilisation,
            })
        })
        .collect()
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
