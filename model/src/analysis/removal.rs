//! What happens to the load when one thing is gone: whether the rest still carries the peak.
//!
//! **Question.** Which single loss overloads a journey that carries its peak when everything is there?
//!
//! **Model.** One instance of a component that has several, one of several alternatives, a component with a
//! standby, a cache, or a place that holds some of these is taken away; survivors take over its share, and the traffic and utilisation
//! behind it are computed again. What a journey waits for and is newly used up is reported.
//!
//! **Assumptions.** The survivors are known to be alive, the load is at its peak, and nothing scales by itself.
//! Whether the loss already takes the journey down for want of a part is the availability's business.
//!
//! **Formula.** As [`crate::analysis::traffic`], with the part taken away.
//!
//! **Reference.** N-1 criterion; *static stability*: AWS Builders' Library, *Static stability using
//! Availability Zones*.
//!
//! **Complexity.** Per loss, what lies behind it; all together at most [`MOST_WORK`] steps, and the report says
//! how many losses were not looked at.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::operating_point::OperatingPoint;
use crate::analysis::queueing::SATURATED;
use crate::analysis::stations::Station;
use crate::analysis::traffic::{
    Calls, Change, Conditions, Flow, Load, Network, Removed, Resource, load_per_request,
    utilisation,
};
use crate::plan::{Id, Mode};
use crate::topology::Topology;

/// Which losses overload what is left.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RemovalReport {
    /// Per journey, in the order of the topology: the losses that overload it, caches first, then instances
    /// and alternatives, then places.
    pub journeys: Vec<Vec<Overload>>,
    /// How many losses were not looked at because the plan is too large.
    pub unchecked: usize,
}

/// A loss that overloads what is left.
#[derive(Clone, Debug, PartialEq)]
pub struct Overload {
    /// What is lost: `component:ID` for a component or one of its instances, `place:ID`.
    pub event: String,
    /// What then gives way: the busiest component that the journey waits for.
    pub component: Id,
    /// Its resource that is used up.
    pub resource: Resource,
    /// How busy that resource would be, 1 or more.
    pub utilisation: f64,
}

/// Steps after which no further loss is looked at; a step is a component or connection of one journey.
pub const MOST_WORK: usize = 2_000_000;

/// Looks for single losses that overload a journey.
pub fn removal(topology: &Topology, point: &OperatingPoint) -> RemovalReport {
    let mut report = RemovalReport {
        journeys: vec![Vec::new(); topology.journeys.len()],
        unchecked: 0,
    };
    let mut search = Search::new(topology, point);
    let losses = losses(topology);
    for (looked_at, loss) in losses.iter().enumerate() {
        if search.work > MOST_WORK {
            report.unchecked = losses.len() - looked_at;
            break;
        }
        for (journey, overload) in search.without(loss) {
            report.journeys[journey].push(overload);
        }
    }
    report
}

/// Something that can be lost.
struct Loss {
    event: String,
    removed: Removed,
}

/// Everything whose loss leaves something that could carry its load.
fn losses(topology: &Topology) -> Vec<Loss> {
    let components = 0..topology.components.len();
    let is_alternative = alternatives(topology);
    let mut has_standby = vec![false; topology.components.len()];
    for primary in topology.components.iter().filter_map(|c| c.standby_for) {
        has_standby[primary] = true;
    }
    let event = |component: usize| format!("component:{}", topology.id(component));
    let caches = |component: usize| topology.components[component].kind.behaviour.caches;
    let is_single_cache =
        |component: &usize| caches(*component) && topology.components[*component].instances == 1;
    let single_caches = components
        .clone()
        .filter(is_single_cache)
        .map(|cache| Loss {
            event: event(cache),
            removed: Removed::component(topology, cache),
        });
    let has_peers = |component: &usize| {
        let resolved = &topology.components[*component];
        let has_others = is_alternative[*component] || has_standby[*component];
        resolved.serving > 1 || (resolved.instances == 1 && has_others)
    };
    let instances = components
        .filter(|component| !is_single_cache(component))
        .filter(has_peers)
        .map(|component| Loss {
            event: event(component),
            removed: Removed::instances(component, 1),
        });
    let places = topology
        .domains
        .iter()
        .zip(Removed::domains(topology))
        .filter(|(_, removed)| {
            removed.components().any(|component| {
                removed.lost(component) < topology.components[component].instances
                    || is_alternative[component]
                    || has_standby[component]
                    || caches(component)
            })
        })
        .map(|(domain, removed)| Loss {
            event: format!("place:{}", domain.id),
            removed,
        });
    single_caches.chain(instances).chain(places).collect()
}

/// Which components are one of several targets among which calls are divided.
fn alternatives(topology: &Topology) -> Vec<bool> {
    let mut alternatives = vec![false; topology.components.len()];
    for group in topology.groups.iter().filter(|group| group.divides) {
        let targets: BTreeSet<usize> = group
            .members
            .iter()
            .map(|&member| topology.connections[member].to)
            .collect();
        if targets.len() > 1 {
            for target in targets {
                alternatives[target] = true;
            }
        }
    }
    alternatives
}

/// The network and the flows of all journeys, which each loss changes for a while.
struct Search<'t> {
    topology: &'t Topology<'t>,
    conditions: &'t Conditions,
    stations: &'t [Station],
    network: Network<'t>,
    flows: Vec<Flow>,
    /// What is waited for, where some calls are not.
    waited_for: Vec<Option<Flow>>,
    already_saturated: Vec<bool>,
    work: usize,
}

impl<'t> Search<'t> {
    fn new(topology: &'t Topology<'t>, point: &'t OperatingPoint) -> Self {
        let OperatingPoint {
            conditions,
            traffic,
            stations,
        } = point;
        let flow = |journey: usize, counted: Calls| {
            let known = &traffic.journeys[journey];
            let (visits, calls) = match counted {
                Calls::All => (&known.visits, &known.calls),
                Calls::Synchronous => (&known.synchronous_visits, &known.synchronous_calls),
            };
            Flow {
                journey,
                counted,
                visits: visits.clone(),
                calls: calls.clone(),
                multiplying: BTreeSet::new(),
            }
        };
        let mut connections = topology.connections.iter();
        let has_asynchronous = connections.any(|connection| connection.mode == Mode::Async);
        let journeys = 0..topology.journeys.len();
        Self {
            topology,
            stations,
            conditions,
            network: Network::new(topology, conditions),
            flows: journeys
                .clone()
                .map(|journey| flow(journey, Calls::All))
                .collect(),
            waited_for: journeys
                .clone()
                .map(|journey| has_asynchronous.then(|| flow(journey, Calls::Synchronous)))
                .collect(),
            already_saturated: journeys
                .map(|journey| {
                    let visits = &traffic.journeys[journey].synchronous_visits;
                    let mut pairs = visits.iter().zip(stations);
                    pairs.any(|(&visits, station)| visits > 0.0 && station.saturated)
                })
                .collect(),
            work: 0,
        }
    }

    /// The journeys that a loss overloads.
    fn without(&mut self, loss: &Loss) -> Vec<(usize, Overload)> {
        let change = self.network.remove(&loss.removed);
        let mut touched: BTreeSet<usize> = change.components().collect();
        if touched.is_empty() {
            return Vec::new();
        }
        let mut detours = Vec::new();
        for flow in &mut self.flows {
            let detour = self.network.reroute(&change, flow);
            self.work += 1 + detour.work;
            touched.extend(detour.components());
            detours.push(detour);
        }
        let overloaded: BTreeMap<usize, (Resource, f64)> = touched
            .into_iter()
            .filter(|&component| !self.stations[component].saturated)
            .filter_map(|component| Some((component, self.overload(component)?)))
            .collect();
        let mut overloads = Vec::new();
        if !overloaded.is_empty() {
            for journey in 0..self.flows.len() {
                if let Some(overload) = self.worst(journey, &change, &overloaded, &loss.event) {
                    overloads.push((journey, overload));
                }
            }
        }
        for (flow, detour) in self.flows.iter_mut().zip(detours) {
            Network::return_to(detour, flow);
        }
        self.network.restore(change);
        overloads
    }

    /// The resource of a component that is used up in the present network.
    fn overload(&mut self, component: usize) -> Option<(Resource, f64)> {
        let serving = self.network.serving(component);
        if serving == 0 {
            return None;
        }
        let mut load = Load::default();
        for flow in &self.flows {
            if flow.visits[component] > 0.0 {
                let own = load_per_request(self.topology, flow.journey, &flow.calls, component);
                load = load.plus(own.times(self.conditions.rate(flow.journey).0));
                self.work += self.topology.components[component].callers.len();
            }
        }
        Resource::RATES
            .into_iter()
            .filter_map(|resource| {
                let used = utilisation(self.topology, component, resource, &load, serving)?;
                (used >= SATURATED).then_some((resource, used))
            })
            .reduce(|most, next| if next.1 > most.1 { next } else { most })
    }

    /// The busiest of the overloaded components that a journey waits for.
    fn worst(
        &mut self,
        journey: usize,
        change: &Change,
        overloaded: &BTreeMap<usize, (Resource, f64)>,
        event: &str,
    ) -> Option<Overload> {
        if self.already_saturated[journey] {
            return None;
        }
        let mut found: Option<(usize, Resource, f64)> = None;
        let mut look = |flow: &Flow| {
            for (&component, &(resource, used)) in overloaded {
                let waits = flow.visits[component] > 0.0;
                let is_worse = found.is_none_or(|(other, _, most)| {
                    used > most
                        || (used.to_bits() == most.to_bits()
                            && self.topology.id(component) < self.topology.id(other))
                });
                if waits && is_worse {
                    found = Some((component, resource, used));
                }
            }
        };
        match &mut self.waited_for[journey] {
            Some(flow) => {
                let detour = self.network.reroute(change, flow);
                self.work += detour.work;
                look(flow);
                Network::return_to(detour, flow);
            }
            None => look(&self.flows[journey]),
        }
        found.map(|(component, resource, utilisation)| Overload {
            event: event.to_owned(),
            component: self.topology.id(component).clone(),
            resource,
            utilisation,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::operating_point::operating_point;
    use crate::analysis::traffic::Conditions;
    use crate::catalog::Catalog;
    use crate::plan::sketch::sketch;

    /// The losses that overload the first journey, and what gives way.
    fn check(text: &str, expected: &[(&str, &str)]) -> Vec<Overload> {
        let plan = sketch(text).unwrap();
        let catalog = Catalog::default();
        let topology = Topology::new(&plan, &catalog);
        let peak = operating_point(&topology, Conditions::peak(&topology));
        let report = removal(&topology, &peak);
        assert_eq!(report.unchecked, 0);
        let overloads = report.journeys[0].clone();
        let found: Vec<(&str, &str)> = overloads
            .iter()
            .map(|overload| (overload.event.as_str(), overload.component.as_str()))
            .collect();
        assert_eq!(found, expected);
        overloads
    }

    #[test]
    fn two_machines_that_the_peak_needs_both() {
        // Fixture F of the comparison with other tools.
        let both = "users[rps=150] -> lb -> a:app-server[service_time_ms=10], b:app-server[service_time_ms=10]";
        let found = check(both, &[("component:a", "b"), ("component:b", "a")]);
        assert!((found[0].utilisation - 1.5).abs() < 1e-12);
        let group = "users[rps=150] -> lb -> app*2[service_time_ms=10]";
        check(group, &[("component:app", "app")]);
        let spare = "users[rps=150] -> lb -> app*3[service_time_ms=10]";
        check(spare, &[]);
    }

    #[test]
    fn a_database_that_dies_without_its_cache() {
        // Fixture G of the comparison with other tools.
        let through = "users[rps=100] -> app*3[service_time_ms=1] -> cache[hit_ratio=0.9] -> db[service_time_ms=20]";
        let found = check(through, &[("component:cache", "db")]);
        assert!((found[0].utilisation - 2.0).abs() < 1e-12);
        let aside = "users[rps=100] -> app*3[service_time_ms=1] -> cache[hit_ratio=0.9]\napp -[only_on_miss_of=cache]-> db[service_time_ms=20]";
        check(aside, &[("component:cache", "db")]);
        let strong = "users[rps=100] -> app*3[service_time_ms=1] -> cache[hit_ratio=0.9] -> db[service_time_ms=9]";
        check(strong, &[]);
    }

    #[test]
    fn a_place_that_takes_half_of_the_machines() {
        let zones =
            "place a: zone\nplace b: zone\nusers[rps=250] -> lb -> app*4@a/b[service_time_ms=10]";
        check(zones, &[("place:a", "app"), ("place:b", "app")]);
        let alternatives = "place a: zone\nplace b: zone\nusers[rps=150] -> lb -> x:app-server*2@a[service_time_ms=10], y:app-server*2@b[service_time_ms=10]";
        check(alternatives, &[]);
    }

    #[test]
    fn a_standby_too_weak_for_the_load() {
        let pair = "users[rps=50] -> app[service_time_ms=1] -[need=any]-> a:db[service_time_ms=10], b:db[service_time_ms=30 standby_for=a]";
        check(pair, &[("component:a", "b")]);
    }

    #[test]
    fn work_that_nobody_waits_for_takes_no_journey_down() {
        let jobs = "users[rps=3] -> app[service_time_ms=1] ~> worker*2[service_time_ms=500]";
        check(jobs, &[]);
        let both = "users[rps=3] -> app[service_time_ms=1] ~> worker*2[service_time_ms=500]\napp -> db*2[service_time_ms=400]";
        check(both, &[("component:db", "db")]);
    }

    #[test]
    fn a_journey_that_is_overloaded_anyway_is_not_blamed_on_a_loss() {
        check("users[rps=300] -> lb -> app*2[service_time_ms=10]", &[]);
    }

    #[test]
    fn a_search_leaves_every_flow_as_it_was() {
        let text = "users[rps=150] -> cdn -> lb -> a:app-server[service_time_ms=10], b:app-server[service_time_ms=10]\na, b -> cache -> db\na ~> queue ~> worker*2";
        let plan = sketch(text).unwrap();
        let catalog = Catalog::default();
        let topology = Topology::new(&plan, &catalog);
        let peak = operating_point(&topology, Conditions::peak(&topology));
        let mut search = Search::new(&topology, &peak);
        for loss in losses(&topology) {
            search.without(&loss);
            assert_eq!(search.flows[0].visits, peak.traffic.journeys[0].visits);
            assert_eq!(search.flows[0].calls, peak.traffic.journeys[0].calls);
        }
    }
}
