//! Who calls whom how often per visit, with some things taken away, and the visits that follow.

use std::collections::BTreeSet;

use super::linear::{self, Term};
use super::{Conditions, Removed};
use crate::analysis::turns::Turns;
use crate::order::Order as _;
use crate::plan::Mode;
use crate::topology::{Redundancy, Topology};

/// Visits and calls above this many per request count as this many.
const MOST_VISITS: f64 = 1e15;

/// The topology as seen by requests while something is taken away.
#[derive(Debug)]
pub(in crate::analysis) struct Network<'t> {
    pub(in crate::analysis) topology: &'t Topology<'t>,
    /// How many instances carry load at every component.
    serving: Vec<usize>,
    /// Calls over every connection per visit of its caller, hits and misses not yet counted.
    calls: Vec<f64>,
    /// Mean attempts per call over every connection.
    attempts: Vec<f64>,
    /// Share of the visits of every component that are let in: the others call nobody.
    let_in: Vec<f64>,
    /// Whether a journey starts at each component.
    is_entry: Vec<bool>,
}

/// Which calls count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::analysis) enum Calls {
    /// All of them.
    All,
    /// Those that the user waits for.
    Synchronous,
}

/// What one request of a journey causes.
#[derive(Clone, Debug)]
pub(in crate::analysis) struct Flow {
    /// The journey.
    pub(in crate::analysis) journey: usize,
    /// Which calls count.
    pub(in crate::analysis) counted: Calls,
    /// Visits of every component.
    pub(in crate::analysis) visits: Vec<f64>,
    /// Calls over every connection.
    pub(in crate::analysis) calls: Vec<f64>,
    /// Sets of the call order that multiply themselves.
    pub(in crate::analysis) multiplying: BTreeSet<usize>,
}

/// What taking something away changed in a network, to put it back. One serves for any number of changes.
#[derive(Debug, Default)]
pub(in crate::analysis) struct Change {
    serving: Vec<(usize, usize)>,
    calls: Vec<(usize, f64)>,
    /// Sets of the call order that are reached otherwise, or that call otherwise.
    sets: Vec<usize>,
    /// The components to look at, then the groups of connections.
    open: Vec<usize>,
}

/// What taking something away changed in a flow, to put it back. One serves for any number of detours.
#[derive(Debug, Default)]
pub(in crate::analysis) struct Detour {
    visits: Vec<(usize, f64)>,
    calls: Vec<(usize, f64)>,
    /// Connections and components that were looked at: the work it took.
    pub(in crate::analysis) work: usize,
}

impl Change {
    /// The components that carry load with more or fewer instances than before.
    pub(in crate::analysis) fn components(&self) -> impl Iterator<Item = usize> {
        self.serving.iter().map(|&(component, _)| component)
    }

    fn clear(&mut self) {
        self.serving.clear();
        self.calls.clear();
        self.sets.clear();
        self.open.clear();
    }
}

impl Detour {
    /// The components whose visits or calls may have changed, and how many visits there were before.
    pub(in crate::analysis) fn visits(&self) -> impl Iterator<Item = (usize, f64)> {
        self.visits.iter().copied()
    }

    /// The connections over which there are more or fewer calls, and how many there were before.
    pub(in crate::analysis) fn calls(&self) -> impl Iterator<Item = (usize, f64)> {
        self.calls.iter().copied()
    }

    fn clear(&mut self) {
        self.visits.clear();
        self.calls.clear();
        self.work = 0;
    }
}

impl<'t> Network<'t> {
    /// The network with everything in place, and with the attempts per call of these conditions.
    pub(in crate::analysis) fn new(topology: &'t Topology<'t>, conditions: &Conditions) -> Self {
        let mut is_entry = vec![false; topology.components.len()];
        for journey in &topology.journeys {
            is_entry[journey.entry] = true;
        }
        let mut network = Self {
            topology,
            serving: topology.components.iter().map(|c| c.serving).collect(),
            calls: vec![0.0; topology.connections.len()],
            attempts: (0..topology.connections.len())
                .map(|connection| conditions.attempts(connection).max(1.0))
                .collect(),
            let_in: (0..topology.components.len())
                .map(|component| conditions.let_in(component))
                .collect(),
            is_entry,
        };
        let mut change = Change::default();
        for group in 0..topology.groups.len() {
            network.divide(group, &mut change);
        }
        network
    }

    /// How many instances of a component carry load.
    pub(in crate::analysis) fn serving(&self, component: usize) -> usize {
        self.serving[component]
    }

    /// Takes something away, and notes what that changes.
    pub(in crate::analysis) fn remove(&mut self, removed: &Removed, change: &mut Change) {
        let topology = self.topology;
        change.clear();
        change.open.extend(removed.components());
        for lost in removed.components() {
            change.open.extend(topology.standbys(lost));
        }
        put_in_order(&mut change.open);
        for index in 0..change.open.len() {
            let component = change.open[index];
            let before = self.serving[component];
            let serving = serving_without(topology, component, removed);
            if serving == before {
                continue;
            }
            change.serving.push((component, before));
            self.serving[component] = serving;
            // Whether any are left makes requests get through and caches answer, not how many.
            if (serving == 0) != (before == 0) {
                change.sets.push(topology.set_of(component));
                let spared = topology.spared_by(component).iter();
                let callers = spared.map(|&spared| topology.connections[spared].from);
                change.sets.extend(callers.map(|one| topology.set_of(one)));
            }
        }
        change.open.clear();
        for &(component, _) in &change.serving {
            let callers = topology.components[component].callers.iter();
            let groups = callers.map(|&caller| topology.connections[caller].group);
            change.open.extend(groups);
        }
        put_in_order(&mut change.open);
        for index in 0..change.open.len() {
            let group = change.open[index];
            // Who is gone calls nobody.
            if self.is_open(topology.groups[group].from) {
                self.divide(group, change);
            }
        }
        put_in_order(&mut change.sets);
    }

    /// What requests can tell of a change: how many instances carry load at each component that has more or
    /// fewer of them and that somebody may still call. Changes with the same answer make the same flows.
    pub(in crate::analysis) fn noticed(&self, change: &Change) -> impl Iterator<Item = [usize; 2]> {
        let mut open = Vec::new();
        change
            .components()
            .filter(move |&component| self.may_be_called(component, &mut open))
            .map(|component| [component, self.serving[component]])
    }

    /// Whether a journey starts at a component, or its state counts for the calls of one that carries load, also
    /// through caches that are gone and let requests pass.
    fn may_be_called(&self, component: usize, open: &mut Vec<usize>) -> bool {
        open.clear();
        open.push(component);
        let mut next = 0;
        while let Some(&component) = open.get(next) {
            next += 1;
            if self.is_entry[component] {
                return true;
            }
            let called = self.topology.components[component].callers.iter();
            for &connection in called.chain(self.topology.spared_by(component)) {
                let caller = self.topology.connections[connection].from;
                if self.serving[caller] > 0 {
                    return true;
                }
                if self.is_open(caller) && !open.contains(&caller) {
                    open.push(caller);
                }
            }
        }
        false
    }

    /// Undoes [`Network::remove`].
    pub(in crate::analysis) fn restore(&mut self, change: &Change) {
        for &(component, serving) in &change.serving {
            self.serving[component] = serving;
        }
        for &(connection, calls) in &change.calls {
            self.calls[connection] = calls;
        }
    }

    /// What one request of a journey causes.
    pub(in crate::analysis) fn flow(&self, journey: usize, counted: Calls) -> Flow {
        let mut flow = Flow {
            journey,
            counted,
            visits: vec![0.0; self.topology.components.len()],
            calls: vec![0.0; self.topology.connections.len()],
            multiplying: BTreeSet::new(),
        };
        let entry = self.topology.journeys[journey].entry;
        let entered = Change {
            sets: vec![self.topology.set_of(entry)],
            ..Change::default()
        };
        let mut open = Turns::new(self.topology.order.len());
        self.reroute(&entered, &mut flow, &mut open, &mut Detour::default());
        flow
    }

    /// Brings a flow in line with a change of the network: only what lies behind the change is computed. `open`
    /// is empty, and has room for all sets of the call order.
    pub(in crate::analysis) fn reroute(
        &self,
        change: &Change,
        flow: &mut Flow,
        open: &mut Turns,
        detour: &mut Detour,
    ) {
        detour.clear();
        let entry = self.topology.journeys[flow.journey].entry;
        let is_visited = |&member: &usize| flow.visits[member] > 0.0 || member == entry;
        let mut changed = change
            .sets
            .iter()
            .flat_map(|&set| &self.topology.order[set]);
        if changed.any(is_visited) {
            change.sets.iter().for_each(|&set| open.insert(set));
            self.settle_behind(change, open, flow, detour);
        }
    }

    /// Brings what is waited for in line with a change of the network, given what the change made of all calls:
    /// only behind calls that nobody waits for are they not the same.
    pub(in crate::analysis) fn reroute_waited_for(
        &self,
        change: &Change,
        (all, all_detour): (&Flow, &Detour),
        flow: &mut Flow,
        open: &mut Turns,
        detour: &mut Detour,
    ) {
        detour.clear();
        let topology = self.topology;
        for (component, _) in all_detour.visits() {
            if !topology.is_behind_asynchronous(component) {
                detour.visits.push((component, flow.visits[component]));
                flow.visits[component] = all.visits[component];
            }
        }
        for &set in &change.sets {
            if topology.is_behind_asynchronous(topology.order[set][0]) {
                open.insert(set);
            }
        }
        for (connection, _) in all_detour.calls() {
            let edge = &topology.connections[connection];
            if edge.mode != Mode::Async && !topology.is_behind_asynchronous(edge.from) {
                detour.calls.push((connection, flow.calls[connection]));
                flow.calls[connection] = all.calls[connection];
                if topology.is_behind_asynchronous(edge.to) {
                    open.insert(topology.set_of(edge.to));
                }
            }
        }
        self.settle_behind(change, open, flow, detour);
    }

    /// Computes these sets of the call order, and what changes behind them, callers first.
    fn settle_behind(
        &self,
        change: &Change,
        open: &mut Turns,
        flow: &mut Flow,
        detour: &mut Detour,
    ) {
        while let Some(set) = open.pop_last() {
            let known = detour.calls.len();
            let calls_otherwise = change.sets.binary_search(&set).is_ok();
            self.settle(set, calls_otherwise, flow, detour);
            for &(connection, _) in &detour.calls[known..] {
                let target = self.topology.connections[connection].to;
                let target = self.topology.set_of(target);
                if target != set {
                    open.insert(target);
                }
            }
        }
    }

    /// Undoes [`Network::reroute`].
    pub(in crate::analysis) fn return_to(detour: &Detour, flow: &mut Flow) {
        for &(component, visits) in &detour.visits {
            flow.visits[component] = visits;
        }
        for &(connection, calls) in &detour.calls {
            flow.calls[connection] = calls;
        }
    }

    /// Calls over a connection per visit of its caller in one journey.
    pub(in crate::analysis) fn calls_per_visit(
        &self,
        connection: usize,
        journey: usize,
        counted: Calls,
    ) -> f64 {
        let caller = self.topology.connections[connection].from;
        let missed = 1.0 - self.hit_ratio(caller, journey);
        self.calls_on_miss(connection, missed, journey, counted)
    }

    /// The same, given the share of its visits that the caller does not answer itself.
    fn calls_on_miss(&self, connection: usize, missed: f64, journey: usize, counted: Calls) -> f64 {
        let edge = &self.topology.connections[connection];
        if counted == Calls::Synchronous && edge.mode == Mode::Async {
            return 0.0;
        }
        let asked = edge
            .only_on_miss_of
            .map_or(1.0, |cache| 1.0 - self.hit_ratio(cache, journey));
        self.calls[connection] * self.let_in[edge.from] * missed * asked
    }

    fn hit_ratio(&self, component: usize, journey: usize) -> f64 {
        hit_ratio(self.topology, &self.serving, component, journey)
    }

    /// Whether requests get to or through a component: a cache that is gone lets them pass.
    fn is_open(&self, component: usize) -> bool {
        is_open(self.topology, &self.serving, component)
    }

    fn divide(&mut self, group: usize, change: &mut Change) {
        let topology = self.topology;
        let group = &topology.groups[group];
        let serving = &self.serving;
        let shares = group.shares(topology, |component| serving[component]);
        for (&member, share) in group.members.iter().zip(shares) {
            let edge = &topology.connections[member];
            let calls = if is_open(topology, serving, edge.to) {
                edge.undivided_calls * share * self.attempts[member]
            } else {
                0.0
            };
            if calls.to_bits() != self.calls[member].to_bits() {
                change.calls.push((member, self.calls[member]));
                change.sets.push(topology.set_of(edge.from));
                self.calls[member] = calls;
            }
        }
    }

    /// Computes the visits of one set of the call order and the calls that leave it, from the calls that reach it.
    fn settle(&self, set: usize, calls_otherwise: bool, flow: &mut Flow, detour: &mut Detour) {
        let members = &self.topology.order[set];
        if let &[member] = &members[..] {
            let visits = self.arriving(member, None, flow, detour);
            if calls_otherwise || !is_same(visits, flow.visits[member]) {
                self.pass_on(member, visits, flow, detour);
            } else if !self.topology.are_callers_alike(member) {
                // As many visits as before, from others who ask other things of it; what it calls stays the same.
                detour.visits.push((member, flow.visits[member]));
            }
            return;
        }
        let arriving: Vec<f64> = members
            .iter()
            .map(|&member| self.arriving(member, Some(set), flow, detour))
            .collect();
        let visits = self.circulate(set, arriving, flow);
        for (&member, visits) in members.iter().zip(visits) {
            self.pass_on(member, visits, flow, detour);
        }
    }

    /// Notes the visits of a component and the calls that they cause.
    fn pass_on(&self, member: usize, visits: f64, flow: &mut Flow, detour: &mut Detour) {
        let visits = visits.min(MOST_VISITS);
        detour.visits.push((member, flow.visits[member]));
        flow.visits[member] = visits;
        let calls = &self.topology.components[member].calls;
        let missed = 1.0 - self.hit_ratio(member, flow.journey);
        for &connection in calls {
            let per_visit = self.calls_on_miss(connection, missed, flow.journey, flow.counted);
            let calls = (visits * per_visit).min(MOST_VISITS);
            if !is_same(calls, flow.calls[connection]) {
                detour.calls.push((connection, flow.calls[connection]));
                flow.calls[connection] = calls;
            }
        }
        detour.work += 1 + calls.len();
    }

    /// Visits of a component; without those from its own set, where that is given.
    fn arriving(&self, member: usize, own: Option<usize>, flow: &Flow, detour: &mut Detour) -> f64 {
        let topology = self.topology;
        let callers = &topology.components[member].callers;
        detour.work += callers.len();
        let is_inner = |caller: usize| {
            own.is_some_and(|own| topology.set_of(topology.connections[caller].from) == own)
        };
        let called: f64 = callers
            .iter()
            .filter(|&&caller| !is_inner(caller))
            .map(|&caller| flow.calls[caller])
            .sum();
        let is_entry = topology.journeys[flow.journey].entry == member && self.is_open(member);
        if is_entry { called + 1.0 } else { called }
    }

    /// Visits of components that call each other in a circle.
    fn circulate(&self, set: usize, arriving: Vec<f64>, flow: &mut Flow) -> Vec<f64> {
        if arriving.iter().all(|&visits| visits <= 0.0) {
            return arriving;
        }
        let members = &self.topology.order[set];
        let terms = self.circle(members, set, flow.journey, flow.counted);
        if let Some(visits) = linear::solve(&terms, &arriving) {
            return visits;
        }
        flow.multiplying.insert(set);
        let levels = linear::levels(&terms, &arriving);
        let mut onward: Vec<&Term> = terms
            .iter()
            .filter(|term| levels[term.row] > levels[term.column])
            .collect();
        onward.order_by_key(|term| levels[term.column]);
        let mut visits = arriving;
        for term in onward {
            visits[term.row] =
                (visits[term.row] + term.weight * visits[term.column]).min(MOST_VISITS);
        }
        visits
    }

    /// The calls between the members of one set, with their place among the members instead of their index.
    fn circle(&self, members: &[usize], set: usize, journey: usize, counted: Calls) -> Vec<Term> {
        let mut terms = Vec::new();
        for (column, &member) in members.iter().enumerate() {
            for &connection in &self.topology.components[member].calls {
                let target = self.topology.connections[connection].to;
                if self.topology.set_of(target) != set {
                    continue;
                }
                let weight = self.calls_per_visit(connection, journey, counted);
                if let (Ok(row), true) = (members.binary_search(&target), weight > 0.0) {
                    terms.push(Term {
                        row,
                        column,
                        weight,
                    });
                }
            }
        }
        terms
    }
}

/// Whether two numbers differ by rounding only: then nothing behind them has to be computed again.
fn is_same(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-13 * b.abs()
}

/// Share of its visits that a component answers itself in one journey.
pub(crate) fn hit_ratio(
    topology: &Topology,
    serving: &[usize],
    component: usize,
    journey: usize,
) -> f64 {
    let resolved = &topology.components[component];
    if serving[component] == 0 {
        return 0.0;
    }
    // What caches and distributes stands in front of everything and keeps files only.
    if resolved.kind.behaviour.caches && resolved.kind.behaviour.distributes {
        return resolved.hit_ratio * topology.journeys[journey].static_share;
    }
    resolved.hit_ratio
}

/// Whether requests get to or through a component.
fn is_open(topology: &Topology, serving: &[usize], component: usize) -> bool {
    let resolved = &topology.components[component];
    let behaviour = resolved.kind.behaviour;
    serving[component] > 0
        || (behaviour.caches && behaviour.is_optional && resolved.standby_for.is_none())
}

/// In order, each once.
fn put_in_order(numbers: &mut Vec<usize>) {
    numbers.sort_unstable();
    numbers.dedup();
}

/// How many instances of a component carry load while something is taken away.
fn serving_without(topology: &Topology, component: usize, removed: &Removed) -> usize {
    let resolved = &topology.components[component];
    let left = resolved.instances.saturating_sub(removed.lost(component));
    let takes_over = resolved
        .standby_for
        .is_some_and(|primary| removed.lost(primary) >= topology.components[primary].instances);
    let serving = match resolved.redundancy {
        _ if !takes_over => resolved.serving,
        Redundancy::PrimaryReplica { .. } => 1,
        _ => resolved.instances,
    };
    serving.min(left)
}
