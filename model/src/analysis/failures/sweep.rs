//! One loss after the other on one network: only what lies behind a loss is computed again, and put back. Losses
//! that requests cannot tell apart are computed once.

use std::collections::{BTreeMap, BTreeSet};
use std::mem::take;

use super::estimate::{self, Moments, Stay};
use super::losses::Loss;
use super::{Failure, ResponseTime, Survival};
use crate::analysis::operating_point::OperatingPoint;
use crate::analysis::queueing::SATURATED;
use crate::analysis::stations::{ResourceUse, Station, station};
use crate::analysis::structure::{Fallen, Structure, Survivors};
use crate::analysis::traffic::{
    Calls, Change, Detour, Flow, Load, Network, Removed, Resource, load_per_request,
};
use crate::analysis::turns::Turns;
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
    /// What is waited for, of the journeys that may cause calls that are not.
    waited_for: Vec<Option<Flow>>,
    /// Every component while everything is there.
    known: Vec<Standing>,
    /// Every component as it is now.
    now: Vec<Standing>,
    /// Per journey, the busiest resource of each component that it waits for, the busiest first.
    busiest: Vec<Vec<Used>>,
    /// Per journey, the components that it waits for and that get more than they can do.
    saturated: Vec<Vec<usize>>,
    /// Per journey, mean and variance of the response time, as far as visits follow one another, and the 95th
    /// percentile that follows from them.
    moments: Vec<(Moments, Option<f64>)>,
    before: Vec<Option<ResponseTime>>,
    ceiling: f64,
    /// Per component, the last state that it was looked at for.
    looked_at_for: Vec<usize>,
    /// Per component, the last state in which it stands otherwise than while everything is there.
    changed_in: Vec<usize>,
    state_of: BTreeMap<Noticed, usize>,
    /// What every state does to every journey, one state after the other.
    effects: Vec<Effect>,
    /// How many states there are.
    states: usize,
    room: Room,
    /// Space for the resources of one component after the other.
    resources: Vec<ResourceUse>,
    /// Steps so far.
    pub(super) work: usize,
}

/// What a loss does to one journey.
#[derive(Debug)]
#[cfg_attr(test, derive(PartialEq))]
pub(super) struct Found {
    pub(super) loss: usize,
    /// The state of the network after the loss: what it does to a journey that goes on is the same for all losses
    /// of one state, but for the optional part. None if the journey is down.
    pub(super) state: Option<usize>,
    pub(super) journey: usize,
    pub(super) failure: Failure,
    /// Whether an optional part is gone that the journey used.
    pub(super) loses_optional_part: bool,
    /// Whether the whole operating point was looked at.
    pub(super) is_settled: bool,
}

/// What requests can tell of a loss: every component with more or fewer instances to serve them and how many there
/// are, then for every journey whether it is down.
type Noticed = Vec<usize>;

/// What a state of the network does to a journey.
#[derive(Clone, Copy)]
struct Effect {
    /// Whether the journey uses something that gets more or less than while everything is there.
    is_touched: bool,
    /// How the journey goes on; none if it is down.
    judged: Option<Judged>,
}

/// What is noted about one loss after the other, so that none has to find room for it.
#[derive(Default)]
struct Room {
    fallen: Fallen,
    change: Change,
    noticed: Noticed,
    /// Per journey, whether it is down.
    down: Vec<bool>,
    /// Sets of the call order that are still to be computed.
    open: Turns,
    /// Per journey, how its flow changes.
    detours: Vec<Detour>,
    /// How what is waited for changes, of one journey.
    waited_for: Detour,
    /// The components that stand otherwise than while everything is there.
    changed: Vec<usize>,
}

/// How a journey goes on.
#[derive(Clone, Copy)]
struct Judged {
    verdict: Survival,
    busiest: Option<Used>,
    p95: Option<Seconds>,
}

/// A component, its busiest resource, and how much of it is used.
type Used = (usize, Resource, f64);

/// How a component serves who waits for it; not at all where nothing of it works.
#[derive(Clone, Copy, Default)]
struct Standing {
    busiest: Option<(Resource, f64)>,
    saturated: bool,
    stay: Stay,
}

impl Standing {
    fn of(station: &Station) -> Self {
        Self {
            busiest: busiest(station),
            saturated: station.saturated,
            stay: Stay::at(station),
        }
    }
}

impl<'t> Sweep<'t> {
    pub(super) fn new(
        topology: &'t Topology<'t>,
        base: &'t OperatingPoint,
        structure: &'t Structure,
        before: &[Option<ResponseTime>],
    ) -> Self {
        let network = Network::new(topology, &base.conditions);
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
        let waited_for = |journey: usize| {
            topology
                .may_call_asynchronously(journey)
                .then(|| flow(journey, Calls::Synchronous))
        };
        let known: Vec<Standing> = base.stations.iter().map(Standing::of).collect();
        let mut sweep = Self {
            topology,
            base,
            survivors: Survivors::new(structure),
            flows: journeys.clone().map(|j| flow(j, Calls::All)).collect(),
            waited_for: journeys.clone().map(waited_for).collect(),
            network,
            now: known.clone(),
            known,
            busiest: Vec::new(),
            saturated: Vec::new(),
            moments: Vec::new(),
            before: before.to_vec(),
            ceiling: topology.plan.assumptions.get("planning_ceiling").base,
            looked_at_for: vec![0; topology.components.len()],
            changed_in: vec![0; topology.components.len()],
            state_of: BTreeMap::new(),
            effects: Vec::new(),
            states: 0,
            room: Room {
                open: Turns::new(topology.order.len()),
                detours: journeys.clone().map(|_| Detour::default()).collect(),
                ..Room::default()
            },
            resources: Vec::new(),
            work: 0,
        };
        let each = sweep.known.iter().enumerate();
        let used = each.filter_map(|(component, known)| {
            let (resource, used) = known.busiest?;
            Some((component, resource, used))
        });
        let mut busiest: Vec<Used> = used.collect();
        busiest.order_by(|a, b| {
            b.2.total_cmp(&a.2)
                .then_with(|| topology.id(a.0).cmp(topology.id(b.0)))
        });
        for journey in journeys {
            sweep.look_before(journey, &busiest);
        }
        sweep
    }

    /// Notes how a journey stands while everything is there, given all components, the busiest first.
    fn look_before(&mut self, journey: usize, busiest: &[Used]) {
        let topology = self.topology;
        let flow = &self.base.traffic.journeys[journey];
        let is_waited_for = |used: &&Used| flow.synchronous_visits[used.0] > 0.0;
        let most = busiest.iter().filter(is_waited_for).copied().collect();
        let mut saturated: Vec<usize> = Vec::new();
        let mut moments = Moments::default();
        for (component, &visits) in flow.synchronous_visits.iter().enumerate() {
            if visits <= 0.0 {
                continue;
            }
            let known = &self.known[component];
            if known.saturated {
                saturated.push(component);
            }
            moments = moments.plus(known.stay.times(visits));
        }
        for (connection, calls) in topology.connections.iter().zip(&flow.synchronous_calls) {
            moments.mean += connection.rtt.0 * calls;
        }
        self.busiest.push(most);
        self.saturated.push(saturated);
        self.moments.push((moments, moments.p95()));
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
                most = Some(self.busier(most, (component, resource, used)));
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
        let mut fallen = take(&mut self.room.fallen);
        self.survivors.without(&loss.events, &mut fallen);
        let removed = self.with_fallen(loss, &mut fallen);
        self.room.fallen = fallen;
        removed
    }

    /// Users never go away, even where what they ask for does.
    fn with_fallen(&self, loss: &Loss, fallen: &mut Fallen) -> Removed {
        let components = &self.topology.components;
        let down = &mut fallen.components;
        down.retain(|&component| !components[component].kind.behaviour.is_source);
        down.sort_unstable();
        loss.removed.with_all_of(self.topology, down)
    }

    /// Adds what a loss does to the journeys that it touches.
    pub(super) fn without(&mut self, index: usize, loss: &Loss, found: &mut [Vec<Found>]) {
        let mut room = take(&mut self.room);
        self.survivors.without(&loss.events, &mut room.fallen);
        let removed = self.with_fallen(loss, &mut room.fallen);
        let fallen = &room.fallen;
        self.work += 1 + fallen.work + removed.components().count();
        let journeys = 0..self.flows.len();
        let is_down =
            |journey: usize| !self.survivors.is_up(journey) || fallen.journeys.contains(&journey);
        room.down.clear();
        room.down.extend(journeys.clone().map(is_down));
        let all_are_down = room.down.iter().all(|&down| down);
        let state = (!all_are_down).then(|| self.state(&removed, &mut room));
        let effect = |journey: usize| {
            let state = state?;
            Some(self.effects[state * self.flows.len() + journey])
        };
        let fallen = &room.fallen;
        let is_touched = |journey: &usize| {
            fallen.journeys.contains(journey)
                || effect(*journey).is_some_and(|effect| effect.is_touched)
                || self.uses_any(*journey, removed.components())
        };
        for journey in journeys.filter(is_touched) {
            let judged = effect(journey).and_then(|effect| effect.judged);
            let loses_optional_part =
                judged.is_some() && self.loses_optional_part(journey, &fallen.unserved);
            found[journey].push(Found {
                loss: index,
                state: state.filter(|_| judged.is_some()),
                journey,
                failure: self.failure(loss, judged, loses_optional_part),
                loses_optional_part,
                is_settled: false,
            });
        }
        self.room = room;
    }

    fn failure(&self, loss: &Loss, judged: Option<Judged>, loses_optional_part: bool) -> Failure {
        let verdict = judged.map_or(Survival::Down, |judged| judged.verdict);
        Failure {
            event: loss.event.clone(),
            level: loss.level,
            verdict: match verdict {
                Survival::Ok if loses_optional_part => Survival::Degraded,
                verdict => verdict,
            },
            busiest: self.named(judged.and_then(|judged| judged.busiest)),
            p95: judged.and_then(|judged| judged.p95),
            p95_is_exact: false,
            is_dns_only: loss.is_dns_only,
        }
    }

    fn uses_any(&self, journey: usize, mut components: impl Iterator<Item = usize>) -> bool {
        let visits = &self.base.traffic.journeys[journey].visits;
        components.any(|component| visits[component] > 0.0)
    }

    /// The state of the network while something is taken away and some journeys are down.
    fn state(&mut self, removed: &Removed, room: &mut Room) -> usize {
        self.network.remove(removed, &mut room.change);
        room.noticed.clear();
        let noticed = self.network.noticed(&room.change);
        room.noticed.extend(noticed.flatten());
        room.noticed
            .extend(room.down.iter().map(|&down| usize::from(down)));
        let known = self.state_of.get(&room.noticed).copied();
        let state = known.unwrap_or_else(|| {
            self.look(room);
            self.state_of.insert(room.noticed.clone(), self.states);
            self.states += 1;
            self.states - 1
        });
        self.network.restore(&room.change);
        state
    }

    /// Computes a state of the network that was not seen before, and puts everything back but the network itself.
    fn look(&mut self, room: &mut Room) {
        let number = self.states + 1;
        for (flow, detour) in self.flows.iter_mut().zip(&mut room.detours) {
            let network = &self.network;
            network.reroute(&room.change, flow, &mut room.open, detour);
            self.work += 1 + detour.work;
        }
        room.changed.clear();
        let rerouted = room.detours.iter().flat_map(Detour::visits);
        let rerouted = rerouted.map(|visits| visits.0);
        for component in room.change.components().chain(rerouted) {
            if self.looked_at_for[component] == number {
                continue;
            }
            self.looked_at_for[component] = number;
            if let Some(standing) = self.other_standing(component) {
                self.now[component] = standing;
                self.changed_in[component] = number;
                room.changed.push(component);
            }
        }
        for journey in 0..self.flows.len() {
            let goes_on = !room.down[journey];
            let effect = Effect {
                is_touched: room.detours[journey].calls().next().is_some()
                    || self.uses_any(journey, room.changed.iter().copied()),
                judged: goes_on.then(|| self.judge_on(journey, room)),
            };
            self.effects.push(effect);
        }
        for &component in &room.changed {
            self.now[component] = self.known[component];
        }
        for (flow, detour) in self.flows.iter_mut().zip(&room.detours) {
            Network::return_to(detour, flow);
        }
    }

    /// How a component stands in the present network, where that is otherwise than while everything is there.
    fn other_standing(&mut self, component: usize) -> Option<Standing> {
        let serving = self.network.serving(component);
        let served_by_as_many = serving == self.base.traffic.serving[component];
        if serving == 0 {
            return (!served_by_as_many).then(Standing::default);
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
        if served_by_as_many && load.is_about(&self.base.traffic.loads[component]) {
            return None;
        }
        let resources = take(&mut self.resources);
        let station = station(self.topology, component, &load, serving, let_in, resources);
        let mut standing = Standing::of(&station);
        self.resources = station.resources;
        let journeys = &self.base.traffic.journeys;
        standing.saturated |= journeys.iter().any(|j| j.multiplying.contains(&component));
        Some(standing)
    }

    /// What a loss makes of a journey that can still be made.
    fn judge_on(&mut self, journey: usize, room: &mut Room) -> Judged {
        let all = (&self.flows[journey], &room.detours[journey]);
        let Some(mut flow) = self.waited_for[journey].take() else {
            return self.judge(all.0, &room.changed, all.1);
        };
        let detour = &mut room.waited_for;
        let (network, open) = (&self.network, &mut room.open);
        network.reroute_waited_for(&room.change, all, &mut flow, open, detour);
        self.work += detour.work;
        let judged = self.judge(&flow, &room.changed, detour);
        Network::return_to(detour, &mut flow);
        self.waited_for[journey] = Some(flow);
        judged
    }

    /// What becomes of a journey whose visits that are waited for flow like this, after a detour, while these
    /// components stand otherwise than before.
    fn judge(&self, flow: &Flow, changed: &[usize], detour: &Detour) -> Judged {
        let journey = flow.journey;
        let number = self.states + 1;
        let is_changed = |component: usize| self.changed_in[component] == number;
        let mut most: Option<Used> = None;
        let mut saturated = false;
        let mut moments = self.moments[journey].0;
        let mut visit = |component: usize, before: f64| {
            let visits = flow.visits[component];
            if !is_changed(component) && visits.to_bits() == before.to_bits() {
                return;
            }
            if before > 0.0 {
                moments = moments.minus(self.known[component].stay.times(before));
            }
            if visits > 0.0 {
                let now = self.now[component];
                moments = moments.plus(now.stay.times(visits));
                saturated |= now.saturated;
                if let Some((resource, used)) = now.busiest {
                    most = Some(self.busier(most, (component, resource, used)));
                }
            }
        };
        let before = &self.base.traffic.journeys[journey].synchronous_visits;
        for &component in changed {
            visit(component, before[component]);
        }
        for (component, before) in detour.visits() {
            if !is_changed(component) {
                visit(component, before);
            }
        }
        let is_as_before =
            |component: usize| !is_changed(component) && flow.visits[component] > 0.0;
        let mut untouched = self.busiest[journey].iter();
        if let Some(&used) = untouched.find(|used| is_as_before(used.0)) {
            most = Some(self.busier(most, used));
        }
        let mut known = self.saturated[journey].iter();
        saturated |= known.any(|&component| is_as_before(component));
        for (connection, before) in detour.calls() {
            let rtt = self.topology.connections[connection].rtt.0;
            moments.mean += rtt * (flow.calls[connection] - before);
        }
        let verdict = if saturated {
            Survival::Overloaded
        } else {
            self.by_use(most)
        };
        let exact = self.before[journey].filter(|_| verdict < Survival::Overloaded);
        let p95 = exact
            .and_then(|exact| estimate::p95(exact.p95.0, self.moments[journey], moments))
            .map(Seconds);
        Judged {
            verdict,
            busiest: most,
            p95,
        }
    }

    /// The busier of two, if there are two.
    fn busier(&self, most: Option<Used>, next: Used) -> Used {
        match most {
            Some(most) if !is_busier(self.topology, next, most) => most,
            _ => next,
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
