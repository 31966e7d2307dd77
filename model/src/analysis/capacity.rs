//! How much load the plan carries, and what gives way first.
//!
//! **Question.** At which rate of visits is a component used up, and at which rate of requests a journey?
//!
//! **Model.** Every resource of a component is a station of its own; the first one whose utilisation reaches 1
//! is the bottleneck. A component keeps its mix of visits as the rate grows; a journey grows alone while the
//! others stay at their peaks. Where nobody waits for the work of a component, the mean hour of the day counts.
//!
//! **Assumptions.** Calls per request and service times do not depend on the load. Memory, storage and connections
//! are room, not rates: they bound nothing here, and what does not fit is a finding of its own. Credit counts as if
//! it lasted; what is left after it is said beside it. Nobody is refused.
//!
//! **Formula.** Component: `λ / max_r U_r`. Journey `j`: the smallest `(1 - U_others) / u_j` over all resources of
//! all components it visits, with `u_j` what one of its requests per second adds to the utilisation and
//! `U_others` what the other journeys use. Workers that visits hold for their whole stay are a resource whose
//! capacity is what they are good for at this operating point.
//!
//! **Reference.** Bottleneck analysis: Lazowska et al., *Quantitative System Performance* (1984), ch. 5.
//!
//! **Complexity.** `O(journeys × (components + connections))`.

use crate::analysis::operating_point::OperatingPoint;
use crate::analysis::queueing::SATURATED;
use crate::analysis::traffic::{Conditions, Load, Resource, Traffic, share, traffic, utilisation};
use crate::plan::Id;
use crate::topology::Topology;
use crate::units::RequestsPerSecond;

/// The rates at which something is used up.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CapacityReport {
    /// Per component, in the order of the topology.
    pub components: Vec<ComponentCapacity>,
    /// Per journey, in the order of the topology.
    pub journeys: Vec<JourneyCapacity>,
}

/// What a component carries.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ComponentCapacity {
    /// Visits per second at which its first resource is used up; none if nothing limits it.
    pub capacity: Option<RequestsPerSecond>,
    /// The resource that is used up first.
    pub bottleneck: Option<Resource>,
}

/// What a journey can grow to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct JourneyCapacity {
    /// Whether something it visits is used up at the peak.
    pub saturated: bool,
    /// Its requests per second at which the first resource on its path is used up, the other journeys at
    /// their peaks; 0 if these alone use it up, none if nothing limits it.
    pub capacity: Option<RequestsPerSecond>,
    /// What is used up first.
    pub bottleneck: Option<Bottleneck>,
}

/// What is used up first.
#[derive(Clone, Debug, PartialEq)]
pub struct Bottleneck {
    /// The component.
    pub component: Id,
    /// Its resource.
    pub resource: Resource,
}

/// The capacity of every component and journey at an operating point.
pub fn capacity(topology: &Topology, point: &OperatingPoint) -> CapacityReport {
    // A journey carries what goes through without a refusal.
    let is_refused = point.conditions.refused.iter().any(|&share| share > 0.0);
    let all_let_in = is_refused.then(|| {
        let conditions = Conditions {
            refused: Vec::new(),
            ..point.conditions.clone()
        };
        traffic(topology, &conditions)
    });
    let asked = all_let_in.as_ref().unwrap_or(&point.traffic);
    CapacityReport {
        components: (0..topology.components.len())
            .map(|component| component_capacity(topology, point, component))
            .collect(),
        journeys: (0..topology.journeys.len())
            .map(|journey| journey_capacity(topology, point, asked, journey))
            .collect(),
    }
}

fn component_capacity(
    topology: &Topology,
    point: &OperatingPoint,
    component: usize,
) -> ComponentCapacity {
    let traffic = &point.traffic;
    let resolved = &topology.components[component];
    let load = &traffic.loads[component];
    let one_visit = if load.arrival_rate.0 > 0.0 {
        load.times(1.0 / load.arrival_rate.0)
    } else {
        Load {
            arrival_rate: RequestsPerSecond(1.0),
            offered_load: resolved.service_time.value.0,
            disk_operations_per_second: resolved.ios_per_visit,
            disk_bytes_per_second: resolved.disk_bytes_per_visit,
            ..Load::default()
        }
    };
    let serving = traffic.serving[component];
    let busiest = Resource::RATES
        .into_iter()
        .filter_map(|resource| {
            let share = utilisation(topology, component, resource, &one_visit, serving)?;
            (share > 0.0).then_some((resource, share))
        })
        .chain(workers_per_visit(point, component).map(|share| (Resource::Workers, share)))
        .reduce(|most, next| if next.1 > most.1 { next } else { most });
    ComponentCapacity {
        capacity: busiest.map(|(_, share)| RequestsPerSecond(finite(1.0 / share))),
        bottleneck: busiest.map(|(resource, _)| resource),
    }
}

/// The share of its workers that one visit per second of a component takes, if they are limited.
fn workers_per_visit(point: &OperatingPoint, component: usize) -> Option<f64> {
    let pool = point.stations[component].pool?;
    (pool.capacity.0 > 0.0).then(|| 1.0 / pool.capacity.0)
}

/// A candidate for the bottleneck of a journey.
struct Limit<'t> {
    capacity: f64,
    utilisation: f64,
    component: &'t Id,
    resource: Resource,
}

impl Limit<'_> {
    /// Whether this gives way before the other; at the same load the busier one, then by name.
    fn is_before(&self, other: &Self) -> bool {
        self.capacity
            .total_cmp(&other.capacity)
            .then(other.utilisation.total_cmp(&self.utilisation))
            .then(self.component.cmp(other.component))
            .then(self.resource.cmp(&other.resource))
            .is_lt()
    }
}

fn journey_capacity(
    topology: &Topology,
    point: &OperatingPoint,
    traffic: &Traffic,
    journey: usize,
) -> JourneyCapacity {
    let flow = &traffic.journeys[journey];
    let rate = flow.arrival_rate.0;
    let mut saturated = !flow.multiplying.is_empty();
    let mut first: Option<Limit> = None;
    for component in 0..topology.components.len() {
        if flow.visits[component] <= 0.0 {
            continue;
        }
        let serving = traffic.serving[component];
        let (all, own) = if traffic.waited_for[component] {
            let own = traffic.load_per_request(topology, journey, component);
            (traffic.loads[component], own)
        } else {
            mean_of_day(topology, traffic, journey, component)
        };
        let workers = workers_per_visit(point, component);
        let works_by = workers.map(|_| Resource::Workers);
        for resource in Resource::RATES.into_iter().chain(works_by) {
            let room = match resource {
                Resource::Workers => None,
                _ => match resource.capacity(topology, component) {
                    Some(one) => Some(one * serving as f64),
                    None => continue,
                },
            };
            let used = |load: &Load| match (room, workers) {
                (Some(room), _) => share(resource.demand(load), room),
                (None, workers) => Some(load.arrival_rate.0 * workers?),
            };
            let (Some(total), Some(per_request)) = (used(&all), used(&own)) else {
                continue;
            };
            // What refuses the rest is never asked for more than it can do.
            let refuses = topology.components[component].room.is_some()
                && matches!(resource, Resource::Cpu | Resource::Workers);
            // Users who wait for their answers ask for no more than there is.
            let settles = traffic.waited_for[component] && !point.stations[component].saturated;
            saturated |= total >= SATURATED && !refuses && !settles;
            if per_request <= 0.0 {
                continue;
            }
            let others = (total - per_request * rate).max(0.0);
            let limit = Limit {
                capacity: finite((1.0 - others).max(0.0) / per_request),
                utilisation: total,
                component: topology.id(component),
                resource,
            };
            if first.as_ref().is_none_or(|first| limit.is_before(first)) {
                first = Some(limit);
            }
        }
    }
    let looped = flow.multiplying.iter().map(|&member| topology.id(member));
    if let Some(component) = looped.min() {
        return JourneyCapacity {
            saturated,
            capacity: Some(RequestsPerSecond(0.0)),
            bottleneck: Some(Bottleneck {
                component: component.clone(),
                resource: Resource::Cpu,
            }),
        };
    }
    JourneyCapacity {
        saturated,
        capacity: first
            .as_ref()
            .map(|limit| RequestsPerSecond(limit.capacity)),
        bottleneck: first.map(|limit| Bottleneck {
            component: limit.component.clone(),
            resource: limit.resource,
        }),
    }
}

/// What a component gets in the mean hour of the day, and how much of it comes from one request per second of a
/// journey at its peak: work that nobody waits for can be done later in the day.
fn mean_of_day(
    topology: &Topology,
    traffic: &Traffic,
    journey: usize,
    component: usize,
) -> (Load, Load) {
    let per_request = |journey: usize| {
        let load = traffic.load_per_request(topology, journey, component);
        load.times(topology.journeys[journey].mean_share())
    };
    let all = traffic
        .journeys
        .iter()
        .enumerate()
        .map(|(journey, flow)| per_request(journey).times(flow.arrival_rate.0))
        .fold(Load::default(), Load::plus);
    (all, per_request(journey))
}

/// The rate, or the largest number for one beyond all numbers.
fn finite(rate: f64) -> f64 {
    rate.min(f64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::operating_point::operating_point;
    use crate::catalog::Catalog;
    use crate::plan::sketch::sketch;

    /// Capacity and bottleneck of the first journey.
    fn check(text: &str, expected: Option<(f64, &str, Resource)>) -> JourneyCapacity {
        let plan = sketch(text).unwrap();
        let catalog = Catalog::default();
        let topology = Topology::new(&plan, &catalog);
        let point = operating_point(&topology, Conditions::peak(&topology));
        let report = capacity(&topology, &point);
        let journey = report.journeys[0].clone();
        let found = journey.capacity.zip(journey.bottleneck.clone());
        match (found, expected) {
            (None, None) => {}
            (Some((rate, bottleneck)), Some((expected, id, resource))) => {
                assert!((rate.0 - expected).abs() <= 1e-9 * expected, "{rate:?}");
                assert_eq!(bottleneck.component, id);
                assert_eq!(bottleneck.resource, resource);
            }
            (found, expected) => panic!("{found:?}, not {expected:?}"),
        }
        journey
    }

    #[test]
    fn the_busiest_resource_limits_a_journey() {
        let app = "app*2[service_time_ms=20 servers=2]";
        let path = format!("users[rps=50] -> {app} -[calls=3]-> db[service_time_ms=2]");
        check(&path, Some((500.0 / 3.0, "db", Resource::Cpu)));
        let path = format!("users[rps=50] -> {app} -[calls=2]-> db[service_time_ms=2]");
        check(&path, Some((200.0, "app", Resource::Cpu)));
        let disk = "users[rps=50] -> db[service_time_ms=1 iops_per_request=10 iops=1000]";
        check(disk, Some((100.0, "db", Resource::Disk)));
    }

    #[test]
    fn a_saturated_journey_still_has_a_capacity() {
        let path = "users[rps=150] -> app[service_time_ms=10]";
        assert!(check(path, Some((100.0, "app", Resource::Cpu))).saturated);
        let limit = "users[rps=100] -> app[service_time_ms=10]";
        assert!(check(limit, Some((100.0, "app", Resource::Cpu))).saturated);
    }

    #[test]
    fn the_other_journeys_leave_it_the_rest() {
        let two = "users[rps=10] -> app[service_time_ms=10]\nbatch:users[rps=60] -> app";
        check(two, Some((40.0, "app", Resource::Cpu)));
        let full = "users[rps=10] -> app[service_time_ms=10]\nbatch:users[rps=160] -> app";
        check(full, Some((0.0, "app", Resource::Cpu)));
    }

    #[test]
    fn who_is_refused_does_not_count_as_carried() {
        check(
            "users[rps=400] -> app[service_time_ms=10 room=5] -> db[service_time_ms=2]",
            Some((100.0, "app", Resource::Cpu)),
        );
    }

    #[test]
    fn a_journey_without_load_has_its_capacity_all_the_same() {
        check(
            "users[rps=0] -> app[service_time_ms=10]",
            Some((100.0, "app", Resource::Cpu)),
        );
    }

    #[test]
    fn nothing_limits_what_needs_no_time() {
        check("users[rps=10] -> app[service_time_ms=0]", None);
    }

    #[test]
    fn a_circle_that_multiplies_itself_carries_nothing() {
        let circle = "users[rps=10] -> app -> db -> app";
        assert!(check(circle, Some((0.0, "app", Resource::Cpu))).saturated);
    }
}
