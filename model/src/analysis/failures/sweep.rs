//! One loss after the other on one network: only what lies behind a loss is computed again, and put back.

use std::collections::{BTreeMap, BTreeSet};

use super::estimate::{self, Moments};
use super::losses::Loss;
use super::{Failure, ResponseTime, Survival};
use crate::analysis::operating_point::OperatingPoint;
use crate::analysis::queueing::SATURATED;
use crate::analysis::stations::{Station, station};
use crate::analysis::structure::{Fallen, Structure, Survivors};
use crate::analysis::traffic::{Calls, Flow, Load, Network, Removed, Resource, load_per_request};
use crate::order::Order as _;
use crate::plan::{Id, Mode};
use crate::topology::{Need, Topology};
use crate::units::Seconds;

/// The network and the flows of all journeys, which each loss changes for a while.
pub(super) struct Sweep<'t> {
    topology: &'t Topology<'t>,
    base: &'t OperatingPoint,
    survivors: Survivors<'t>,
    network: Network<'t>,
    flows: Vec<Flow>,
    /// What is waited for, where some calls are not.
    waited_for: Option<Vec<Flow>>,
    /// Per journey, the busiest resource of each component that it waits for, the busiest first.
    busiest: Vec<Vec<Used>>,
    /// Per journey, the components that it waits for and that get more than they can do.
    saturated: Vec<Vec<usize>>,
    /// Per journey, mean and variance of the response time, as far as visits follow one another.
    moments: Vec<Moments>,
    before: Vec<Option<ResponseTime>>,
    ceiling: f64,
    /// Per component, the last loss that touched it.
    touched_by: Vec<usize>,
    looked_at: usize,
    /// Steps so far.
    pub(super) work: usize,
}

/// What a loss does to one journey.
#[derive(Debug)]
#[cfg_attr(test, derive(PartialEq))]
pub(super) struct Found {
    pub(super) loss: usize,
    pub(super) journey: usize,
    pub(super) failure: Failure,
    /// Whether an optional part is gone that the journey used.
    pub(super) loses_optional_part: bool,
    /// Whether the whole operating point was looked at.
    pub(super) is_settled: bool,
}

/// A component, its busiest resource, and how much of it is used.
type Used = (usize, Resource, f64);

/// What a loss touches.
struct Touched {
    /// Components, in order.
    components: Vec<usize>,
    /// Those of them that still work, as stations.
    stations: BTreeMap<usize, Station>,
    /// Components without any instance that works and for which nothing stands in, and that did work.
    gone: Vec<usize>,
}

impl<'t> Sweep<'t> {
    pub(super) fn new(
        topology: &'t Topology<'t>,
        base: &'t OperatingPoint,
        structure: &'t Structure,
        before: &[Option<ResponseTime>],
    ) -> Self {
        let flow = |journey: usize, counted: Calls| {
            let known = &base.traffic.journeys[journey];
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
        let journeys = 0..topology.journeys.len();
        let flows =
            |counted: Calls| -> Vec<Flow> { journeys.clone().map(|j| flow(j, counted)).collect() };
        let mut connections = topology.connections.iter();
        let has_asynchronous = connections.any(|connection| connection.mode == Mode::Async);
        let used: Vec<Option<(Resource, f64)>> = base.stations.iter().map(busiest).collect();
        let mut sweep = Self {
            topology,
            base,
            survivors: Survivors::new(structure),
            network: Network::new(topology, &base.conditions),
            flows: flows(Calls::All),
            waited_for: has_asynchronous.then(|| flows(Calls::Synchronous)),
            busiest: Vec::new(),
            saturated: Vec::new(),
            moments: Vec::new(),
            before: before.to_vec(),
            ceiling: topology.plan.assumptions.get("planning_ceiling").base,
            touched_by: vec![0; topology.components.len()],
            looked_at: 0,
            work: 0,
        };
        for journey in journeys {
            let visits = &base.traffic.journeys[journey].synchronous_visits;
            let waited_for = (0..visits.len()).filter(|&component| visits[component] > 0.0);
            let mut most: Vec<Used> = Vec::new();
            let mut saturated: Vec<usize> = Vec::new();
            let mut moments = Moments::default();
            for component in waited_for {
                if let Some((resource, used)) = used[component] {
                    most.push((component, resource, used));
                }
                if base.stations[component].saturated {
                    saturated.push(component);
                }
                let visits = visits[component];
                moments = moments.plus(Moments::of_visits(&base.stations[component], visits));
            }
            let calls = &base.traffic.journeys[journey].synchronous_calls;
            for (connection, calls) in topology.connections.iter().zip(calls) {
                moments.mean += connection.rtt.0 * calls;
            }
            most.order_by(|a, b| {
                b.2.total_cmp(&a.2)
                    .then_with(|| topology.id(a.0).cmp(topology.id(b.0)))
            });
            sweep.busiest.push(most);
            sweep.saturated.push(saturated);
            sweep.moments.push(moments);
        }
        sweep
    }

    /// Whether a journey can be made while everything is there.
    pub(super) fn is_up(&self, journey: usize) -> bool {
        self.survivors.is_up(journey)
    }

    /// How a journey that can be made stands at an operating point, and the busiest resource it waits for.
    pub(super) fn standing(
        &self,
        point: &OperatingPoint,
        journey: usize,
    ) -> (Survival, Option<(Id, Resource, f64)>) {
        let visits = &point.traffic.journeys[journey].synchronous_visits;
        let mut most: Option<Used> = None;
        let mut saturated = false;
        for (component, station) in point.stations.iter().enumerate() {
            if visits[component] <= 0.0 {
                continue;
            }
            saturated |= station.saturated;
            if let Some((resource, used)) = busiest(station) {
                let next = (component, resource, used);
                if most.is_none_or(|most| is_busier(self.topology, next, most)) {
                    most = Some(next);
                }
            }
        }
        let survival = if saturated {
            Survival::Overloaded
        } else {
            self.by_use(most)
        };
        (survival, self.named(most))
    }

    /// Everything that is not there after a loss.
    pub(super) fn removed(&mut self, loss: &Loss) -> Removed {
        let fallen = self.survivors.without(&loss.events);
        self.with_fallen(loss, &fallen)
    }

    /// Users never go away, even where what they ask for does.
    fn with_fallen(&self, loss: &Loss, fallen: &Fallen) -> Removed {
        let components = &self.topology.components;
        let lost = loss
            .removed
            .components()
            .map(|component| (component, loss.removed.lost(component)));
        let fallen = fallen.components.iter().copied();
        let down = fallen
            .filter(|&component| !components[component].kind.behaviour.is_source)
            .map(|component| (component, components[component].instances));
        Removed::several(lost.chain(down))
    }

    /// What a loss does to the journeys that it touches.
    pub(super) fn without(&mut self, index: usize, loss: &Loss) -> Vec<Found> {
        self.looked_at += 1;
        let fallen = self.survivors.without(&loss.events);
        self.work += 1 + fallen.work;
        let mut down = vec![false; self.flows.len()];
        for (journey, down) in down.iter_mut().enumerate() {
            *down = !self.survivors.is_up(journey) || fallen.journeys.contains(&journey);
        }
        if down.iter().all(|&down| down) {
            return self.all_down(index, loss, &fallen);
        }
        let removed = self.with_fallen(loss, &fallen);
        let change = self.network.remove(&removed);
        let mut components: BTreeSet<usize> = removed.components().collect();
        components.extend(change.components());
        let mut detours = Vec::with_capacity(self.flows.len());
        for flow in &mut self.flows {
            let detour = self.network.reroute(&change, flow);
            self.work += 1 + detour.work;
            components.extend(detour.components());
            detours.push(detour);
        }
        let components: Vec<usize> = components.into_iter().collect();
        let stations = components
            .iter()
            .filter_map(|&component| Some((component, self.station(component)?)))
            .collect();
        for &component in &components {
            self.touched_by[component] = self.looked_at;
        }
        let touched = Touched {
            components,
            stations,
            gone: fallen.unserved.clone(),
        };
        let mut found = Vec::new();
        for (journey, &down) in down.iter().enumerate() {
            let falls = fallen.journeys.contains(&journey);
            if !falls && !self.is_touched(journey, &touched.components) {
                continue;
            }
            if down {
                found.push(gone(index, loss, journey));
                continue;
            }
            let detour = match &mut self.waited_for {
                Some(flows) => Some(self.network.reroute(&change, &mut flows[journey])),
                None => None,
            };
            let mut changed = touched.components.clone();
            let mut calls: Vec<(usize, f64)> = Vec::new();
            match &detour {
                Some(detour) => {
                    self.work += detour.work;
                    let untouched =
                        |component: &usize| self.touched_by[*component] != self.looked_at;
                    let mut more: Vec<usize> = detour.components().filter(untouched).collect();
                    more.order_by(Ord::cmp);
                    more.dedup();
                    changed.extend(more);
                    calls.extend(detour.calls());
                }
                None => calls.extend(detours[journey].calls()),
            }
            let loses_optional_part = self.loses_optional_part(journey, &touched.gone);
            let mut failure = self.judge(loss, journey, &touched, &changed, &calls);
            if failure.verdict == Survival::Ok && loses_optional_part {
                failure.verdict = Survival::Degraded;
            }
            found.push(Found {
                loss: index,
                journey,
                failure,
                loses_optional_part,
                is_settled: false,
            });
            if let (Some(flows), Some(detour)) = (&mut self.waited_for, detour) {
                Network::return_to(detour, &mut flows[journey]);
            }
        }
        for (flow, detour) in self.flows.iter_mut().zip(detours) {
            Network::return_to(detour, flow);
        }
        self.network.restore(change);
        found
    }

    /// Every journey that uses something of what is lost is down.
    fn all_down(&self, index: usize, loss: &Loss, fallen: &Fallen) -> Vec<Found> {
        let removed = self.with_fallen(loss, fallen);
        let lost: Vec<usize> = removed.components().collect();
        (0..self.flows.len())
            .filter(|journey| fallen.journeys.contains(journey) || self.is_touched(*journey, &lost))
            .map(|journey| gone(index, loss, journey))
            .collect()
    }

    fn is_touched(&self, journey: usize, components: &[usize]) -> bool {
        let visits = &self.base.traffic.journeys[journey].visits;
        components.iter().any(|&component| visits[component] > 0.0)
    }

    /// A component in the present network; `None` if nothing of it works.
    fn station(&mut self, component: usize) -> Option<Station> {
        let serving = self.network.serving(component);
        if serving == 0 {
            return None;
        }
        let let_in = self.base.conditions.let_in(component);
        let mut load = Load::default();
        for flow in &self.flows {
            if flow.visits[component] > 0.0 {
                let own = load_per_request(self.topology, flow.journey, &flow.calls, component);
                load = load.plus(own.times(self.base.conditions.rate(flow.journey).0 * let_in));
                self.work += self.topology.components[component].callers.len();
            }
        }
        let mut station = station(self.topology, component, &load, serving, let_in);
        let journeys = &self.base.traffic.journeys;
        if journeys.iter().any(|j| j.multiplying.contains(&component)) {
            station.saturated = true;
        }
        Some(station)
    }

    /// What a loss makes of a journey that can still be made. `calls` are the connections that are used more or
    /// less than before, with the calls before.
    fn judge(
        &self,
        loss: &Loss,
        journey: usize,
        touched: &Touched,
        changed: &[usize],
        calls: &[(usize, f64)],
    ) -> Failure {
        let flow = match &self.waited_for {
            Some(flows) => &flows[journey],
            None => &self.flows[journey],
        };
        let mut most: Option<Used> = None;
        let mut saturated = false;
        let mut consider = |next: Used| {
            if most.is_none_or(|most| is_busier(self.topology, next, most)) {
                most = Some(next);
            }
        };
        let before = &self.base.traffic.journeys[journey].synchronous_visits;
        let mut moments = self.moments[journey];
        for &component in changed {
            let known = &self.base.stations[component];
            let station = if self.touched_by[component] == self.looked_at {
                touched.stations.get(&component)
            } else {
                Some(known)
            };
            let visits = flow.visits[component];
            moments = moments.minus(Moments::of_visits(known, before[component]));
            if let (Some(station), true) = (station, visits > 0.0) {
                moments = moments.plus(Moments::of_visits(station, visits));
                saturated |= station.saturated;
                if let Some((resource, used)) = busiest(station) {
                    consider((component, resource, used));
                }
            }
        }
        let is_as_before = |component: usize| {
            self.touched_by[component] != self.looked_at && flow.visits[component] > 0.0
        };
        let untouched = self.busiest[journey]
            .iter()
            .find(|used| is_as_before(used.0));
        saturated |= self.saturated[journey]
            .iter()
            .any(|&component| is_as_before(component));
        untouched.copied().into_iter().for_each(consider);
        for &(connection, before) in calls {
            let rtt = self.topology.connections[connection].rtt.0;
            moments.mean += rtt * (flow.calls[connection] - before);
        }
        let mut verdict = self.by_use(most);
        if saturated {
            verdict = Survival::Overloaded;
        }
        let exact = self.before[journey].filter(|_| verdict < Survival::Overloaded);
        let p95 = exact
            .and_then(|exact| estimate::p95(exact.p95.0, self.moments[journey], moments))
            .map(Seconds);
        Failure {
            event: loss.event.clone(),
            level: loss.level,
            verdict,
            busiest: self.named(most),
            p95,
            p95_is_exact: false,
            is_dns_only: loss.is_dns_only,
        }
    }

    fn named(&self, used: Option<Used>) -> Option<(Id, Resource, f64)> {
        let (component, resource, used) = used?;
        Some((self.topology.id(component).clone(), resource, used))
    }

    fn by_use(&self, most: Option<Used>) -> Survival {
        match most {
            Some((_, _, used)) if used >= SATURATED => Survival::Overloaded,
            Some((_, _, used)) if used > self.ceiling => Survival::Degraded,
            _ => Survival::Ok,
        }
    }

    /// Whether something that is gone was used over a connection that nobody insists on.
    fn loses_optional_part(&self, journey: usize, gone: &[usize]) -> bool {
        let calls = &self.base.traffic.journeys[journey].calls;
        gone.iter()
            .flat_map(|&component| &self.topology.components[component].callers)
            .any(|&caller| {
                let connection = &self.topology.connections[caller];
                let need = self.topology.groups[connection.group].need;
                calls[caller] > 0.0 && (need == Need::Optional || connection.mode == Mode::Async)
            })
    }
}

fn gone(index: usize, loss: &Loss, journey: usize) -> Found {
    Found {
        loss: index,
        journey,
        failure: Failure {
            event: loss.event.clone(),
            level: loss.level,
            verdict: Survival::Down,
            busiest: None,
            p95: None,
            p95_is_exact: false,
            is_dns_only: loss.is_dns_only,
        },
        loses_optional_part: false,
        is_settled: false,
    }
}

/// The busiest resource of a station that carries so much per second.
fn busiest(station: &Station) -> Option<(Resource, f64)> {
    station
        .rates()
        .map(|used| (used.resource, used.utilisation))
        .reduce(|most, next| if next.1 > most.1 { next } else { most })
}

/// Whether one is busier than the other; at the same utilisation the first by name.
fn is_busier(topology: &Topology, one: Used, other: Used) -> bool {
    one.2
        .total_cmp(&other.2)
        .then_with(|| topology.id(other.0).cmp(topology.id(one.0)))
        .is_gt()
}
