//! Who calls whom how often per visit, with some things taken away, and the visits that follow.

use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use super::linear::{self, Term};
use super::{Conditions, Removed};
use crate::order::Order as _;
use crate::plan::Mode;
use crate::topology::{Connection, Redundancy, Topology};

/// Visits and calls above this many per request count as this many.
const MOST_VISITS: f64 = 1e15;

/// Parts of a flow that usually change with a loss, to find room for them at once.
const USUAL_DETOUR: usize = 64;

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
    set_of: Vec<usize>,
    /// Whether each component may be reached over a call that nobody waits for.
    behind_asynchronous: Vec<bool>,
    standbys: BTreeMap<usize, Vec<usize>>,
    spared_by: BTreeMap<usize, Vec<usize>>,
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

/// What taking something away changed in a network, to put it back.
#[derive(Debug, Default)]
pub(in crate::analysis) struct Change {
    serving: Vec<(usize, usize)>,
    calls: Vec<(usize, f64)>,
    sets: BTreeSet<usize>,
}

/// What taking something away changed in a flow, to put it back.
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
}

impl<'t> Network<'t> {
    /// The network with everything in place, and with the attempts per call of these conditions.
    pub(in crate::analysis) fn new(topology: &'t Topology<'t>, conditions: &Conditions) -> Self {
        let mut set_of = vec![0; topology.components.len()];
        for (set, members) in topology.order.iter().enumerate() {
            for &member in members {
                set_of[member] = set;
            }
        }
        let mut standbys: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (component, resolved) in topology.components.iter().enumerate() {
            if let Some(primary) = resolved.standby_for {
                standbys.entry(primary).or_default().push(component);
            }
        }
        let mut spared_by: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (connection, resolved) in topology.connections.iter().enumerate() {
            if let Some(cache) = resolved.only_on_miss_of {
                spared_by.entry(cache).or_default().push(connection);
            }
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
            set_of,
            behind_asynchronous: behind_asynchronous(topology),
            standbys,
            spared_by,
        };
        for group in 0..topology.groups.len() {
            network.divide(group, &mut Change::default());
        }
        network
    }

    /// How many instances of a component carry load.
    pub(in crate::analysis) fn serving(&self, component: usize) -> usize {
        self.serving[component]
    }

    /// Takes something away.
    pub(in crate::analysis) fn remove(&mut self, removed: &Removed) -> Change {
        let mut change = Change::default();
        let mut affected: BTreeSet<usize> = removed.components().collect();
        for lost in removed.components() {
            affected.extend(self.standbys.get(&lost).into_iter().flatten());
        }
        let mut groups = BTreeSet::new();
        for component in affected {
            let serving = serving_without(self.topology, component, removed);
            if serving == self.serving[component] {
                continue;
            }
            change.serving.push((component, self.serving[component]));
            change.sets.insert(self.set_of[component]);
            self.serving[component] = serving;
            for &connection in &self.topology.components[component].callers {
                groups.insert(self.topology.connections[connection].group);
            }
            for &spared in self.spared_by.get(&component).into_iter().flatten() {
                let caller = self.topology.connections[spared].from;
                change.sets.insert(self.set_of[caller]);
            }
        }
        for group in groups {
            // Who is gone calls nobody.
            if self.is_open(self.topology.groups[group].from) {
                self.divide(group, &mut change);
            }
        }
        change
    }

    /// What requests can tell of a change: how many instances carry load at each component that has more or
    /// fewer of them and that somebody may still call. Changes with the same answer make the same flows.
    pub(in crate::analysis) fn noticed(&self, change: &Change) -> Vec<(usize, usize)> {
        change
            .components()
            .filter(|&component| self.may_be_called(component))
            .map(|component| (component, self.serving[component]))
            .collect()
    }

    /// Whether a journey starts at a component, or its state counts for the calls of one that carries load, also
    /// through caches that are gone and let requests pass.
    fn may_be_called(&self, component: usize) -> bool {
        let mut open = vec![component];
        let mut next = 0;
        while let Some(&component) = open.get(next) {
            next += 1;
            let mut journeys = self.topology.journeys.iter();
            if journeys.any(|journey| journey.entry == component) {
                return true;
            }
            let called = self.topology.components[component].callers.iter();
            let spared = self.spared_by.get(&component).into_iter().flatten();
            for &connection in called.chain(spared) {
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

    /// Whether some call that a journey may cause is one that nobody waits for, whatever is taken away.
    pub(in crate::analysis) fn may_call_asynchronously(&self, journey: usize) -> bool {
        let entry = self.topology.journeys[journey].entry;
        let mut seen = vec![false; self.topology.components.len()];
        seen[entry] = true;
        let mut open = vec![entry];
        while let Some(component) = open.pop() {
            for &connection in &self.topology.components[component].calls {
                let edge = &self.topology.connections[connection];
                if edge.mode == Mode::Async {
                    return true;
                }
                if !std::mem::replace(&mut seen[edge.to], true) {
                    open.push(edge.to);
                }
            }
        }
        false
    }

    /// Undoes [`Network::remove`].
    pub(in crate::analysis) fn restore(&mut self, change: Change) {
        for (component, serving) in change.serving {
            self.serving[component] = serving;
        }
        for (connection, calls) in change.calls {
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
        let mut nothing = Detour::default();
        for set in (0..self.topology.order.len()).rev() {
            self.settle(set, &mut flow, &mut nothing);
        }
        flow
    }

    /// Brings a flow in line with a change of the network: only what lies behind the change is computed.
    pub(in crate::analysis) fn reroute(&self, change: &Change, flow: &mut Flow) -> Detour {
        let mut detour = Detour::default();
        let entry = self.topology.journeys[flow.journey].entry;
        let is_visited = |&member: &usize| flow.visits[member] > 0.0 || member == entry;
        let mut changed = change
            .sets
            .iter()
            .flat_map(|&set| &self.topology.order[set]);
        if !changed.any(is_visited) {
            return detour;
        }
        detour.visits.reserve(USUAL_DETOUR);
        detour.calls.reserve(USUAL_DETOUR);
        let open = change.sets.iter().copied().collect();
        self.settle_behind(open, flow, &mut detour);
        detour
    }

    /// Brings what is waited for in line with a change of the network, given what the change made of all calls:
    /// only behind calls that nobody waits for are they not the same.
    pub(in crate::analysis) fn reroute_waited_for(
        &self,
        change: &Change,
        (all, all_detour): (&Flow, &Detour),
        flow: &mut Flow,
    ) -> Detour {
        let mut detour = Detour {
            visits: Vec::with_capacity(all_detour.visits.len()),
            calls: Vec::with_capacity(all_detour.calls.len()),
            work: 0,
        };
        for (component, _) in all_detour.visits() {
            if !self.behind_asynchronous[component] {
                detour.visits.push((component, flow.visits[component]));
                flow.visits[component] = all.visits[component];
            }
        }
        let is_behind = |&set: &usize| self.behind_asynchronous[self.topology.order[set][0]];
        let mut open: BinaryHeap<usize> = change.sets.iter().copied().filter(is_behind).collect();
        for (connection, _) in all_detour.calls() {
            let edge = &self.topology.connections[connection];
            if edge.mode != Mode::Async && !self.behind_asynchronous[edge.from] {
                detour.calls.push((connection, flow.calls[connection]));
                flow.calls[connection] = all.calls[connection];
                open.extend(Some(self.set_of[edge.to]).filter(is_behind));
            }
        }
        self.settle_behind(open, flow, &mut detour);
        detour
    }

    /// Computes these sets of the call order, and what changes behind them.
    fn settle_behind(&self, mut open: BinaryHeap<usize>, flow: &mut Flow, detour: &mut Detour) {
        while let Some(set) = open.pop() {
            while open.peek() == Some(&set) {
                open.pop();
            }
            let known = detour.calls.len();
            self.settle(set, flow, detour);
            for &(connection, _) in &detour.calls[known..] {
                let target = self.set_of[self.topology.connections[connection].to];
                if target != set {
                    open.push(target);
                }
            }
        }
    }

    /// Undoes [`Network::reroute`].
    pub(in crate::analysis) fn return_to(detour: Detour, flow: &mut Flow) {
        for (component, visits) in detour.visits {
            flow.visits[component] = visits;
        }
        for (connection, calls) in detour.calls {
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
        let edge = &self.topology.connections[connection];
        if counted == Calls::Synchronous && edge.mode == Mode::Async {
            return 0.0;
        }
        let missed = 1.0 - self.hit_ratio(edge.from, journey);
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
        let resolved = &self.topology.components[component];
        let behaviour = resolved.kind.behaviour;
        self.serving[component] > 0
            || (behaviour.caches && behaviour.is_optional && resolved.standby_for.is_none())
    }

    fn divide(&mut self, group: usize, change: &mut Change) {
        let group = &self.topology.groups[group];
        let shares = if group.divides {
            group.shares(self.topology, |component| self.serving[component])
        } else {
            Vec::new()
        };
        for (index, &member) in group.members.iter().enumerate() {
            let share = shares.get(index).copied().unwrap_or(1.0);
            let edge = &self.topology.connections[member];
            let calls = if self.is_open(edge.to) {
                edge.undivided_calls * share * self.attempts[member]
            } else {
                0.0
            };
            if calls.to_bits() != self.calls[member].to_bits() {
                change.calls.push((member, self.calls[member]));
                change.sets.insert(self.set_of[edge.from]);
                self.calls[member] = calls;
            }
        }
    }

    /// Computes the visits of one set of the call order and the calls that leave it, from the calls that reach it.
    fn settle(&self, set: usize, flow: &mut Flow, detour: &mut Detour) {
        let members = &self.topology.order[set];
        if let &[member] = &members[..] {
            let visits = self.arriving(member, set, flow, detour);
            self.pass_on(member, visits, flow, detour);
            return;
        }
        let arriving: Vec<f64> = members
            .iter()
            .map(|&member| self.arriving(member, set, flow, detour))
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
        for &connection in calls {
            let per_visit = self.calls_per_visit(connection, flow.journey, flow.counted);
            let calls = (visits * per_visit).min(MOST_VISITS);
            if !is_same(calls, flow.calls[connection]) {
                detour.calls.push((connection, flow.calls[connection]));
                flow.calls[connection] = calls;
            }
        }
        detour.work += 1 + calls.len();
    }

    /// Visits of a member that come from outside its set.
    fn arriving(&self, member: usize, set: usize, flow: &Flow, detour: &mut Detour) -> f64 {
        let callers = &self.topology.components[member].callers;
        detour.work += callers.len();
        let is_entry = self.topology.journeys[flow.journey].entry == member && self.is_open(member);
        let called: f64 = callers
            .iter()
            .filter(|&&caller| self.set_of[self.topology.connections[caller].from] != set)
            .map(|&caller| flow.calls[caller])
            .sum();
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
                if self.set_of[target] != set {
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

/// Per component, whether a call that nobody waits for leads there, at once or by further calls.
fn behind_asynchronous(topology: &Topology) -> Vec<bool> {
    let mut behind = vec![false; topology.components.len()];
    let is_asynchronous = |edge: &&Connection| edge.mode == Mode::Async;
    let mut open: Vec<usize> = topology
        .connections
        .iter()
        .filter(is_asynchronous)
        .map(|edge| edge.to)
        .collect();
    while let Some(component) = open.pop() {
        if !std::mem::replace(&mut behind[component], true) {
            let calls = topology.components[component].calls.iter();
            open.extend(calls.map(|&connection| topology.connections[connection].to));
        }
    }
    behind
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
