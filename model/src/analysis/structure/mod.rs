//! What a journey needs: which failures take which components down. The one definition of it.
//!
//! Everything else about availability follows from this: [`Structure::without`] asks it about one state, and
//! [`Structure::fault_tree`] writes it down as gates, cycles unrolled.

mod counted;
mod events;
pub mod fault_tree;
pub(in crate::analysis) mod lanes;
mod reasons;
mod survivors;

use std::collections::BTreeMap;
use std::mem::take;
use std::ops::Range;

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};

use crate::order::Order as _;
use crate::plan::{self, Mode};
use crate::topology::{Need, Redundancy, Topology};
use crate::units;

use counted::{Counted, MOST_ALONE};
use events::RepairQueue;
pub use events::{Event, Subject};
pub use reasons::{Explained, Reason, Target};
pub use survivors::{Fallen, Survivors};

use fault_tree::FaultTree;
use lanes::Lanes;

/// Unrolled cycles may have this many inputs of gates; beyond, what is computed is a bound.
const MOST_UNROLLED: usize = 300_000;

/// The events of a plan, and what each of them takes down.
#[derive(Clone, Debug)]
pub struct Structure {
    /// Everything that can fail, in the order of the plan: instances and what befalls them together,
    /// then connections, then places.
    pub events: Vec<Event>,
    /// The events by name.
    by_name: Vec<usize>,
    components: Vec<Own>,
    /// Per component: the sets that serve its callers, its own first, then those that stand by for it.
    serving: Vec<Vec<usize>>,
    sets: Vec<Set>,
    /// Cycles of sets and single ones, callees before callers.
    blocks: Vec<Block>,
    journeys: Vec<Start>,
}

/// What is up and what is down after some failures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outage {
    /// Per component of the topology: whether it does its work.
    pub components_up: Vec<bool>,
    /// Per journey of the topology: whether it can be made.
    pub journeys_up: Vec<bool>,
}

/// How many instances are enough where a component needs as many as its load asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Enough {
    /// Those that the peak needs.
    AtPeak,
    /// Any one.
    Any,
}

/// Where a journey starts.
#[derive(Clone, Debug)]
struct Start {
    entry: usize,
    reaches_nothing: bool,
}

/// The instances of one component.
#[derive(Clone, Debug)]
struct Own {
    /// Per instance, the events of which each takes it down: its own first, then its places.
    instances: Vec<Vec<usize>>,
    /// It is down at the peak when this many instances are.
    fails_at: usize,
    /// It is down at any load when this many instances are.
    gone_at: usize,
    /// Events of which each takes all instances down.
    shared: Vec<usize>,
    /// The switch to a replica that is needed when the first instance is down.
    failover: Option<usize>,
    /// Its instances where they are only counted; then none of them is told apart.
    counted: Option<Counted>,
    /// Where repairs wait for each other: the event of it, one of those that are shared.
    repair: Option<(usize, RepairQueue)>,
}

/// One more instance of a component, which has failed for certain until it is there.
#[derive(Clone, Copy, Debug)]
pub(in crate::analysis) struct Spare {
    /// Its event.
    pub(in crate::analysis) event: usize,
    /// How often it would be down if it were there.
    pub(in crate::analysis) unavailability: f64,
    /// Where repairs wait for each other: the event of it, and how often it would happen then.
    pub(in crate::analysis) repair: Option<(usize, f64)>,
}

/// Components that need each other in a circle of plain calls, or a single one: up or down together.
#[derive(Clone, Debug, Default)]
struct Set {
    /// The components whose instances have to work.
    instances_of: Vec<usize>,
    /// Connections that have to work.
    connections: Vec<usize>,
    requirements: Vec<Requirement>,
}

/// Some of the targets have to be served.
#[derive(Clone, Debug)]
struct Requirement {
    count: usize,
    members: Vec<Member>,
}

/// One target: it is served if its connection works and one of the sets is up.
#[derive(Clone, Debug, PartialEq)]
struct Member {
    connection: Option<usize>,
    served_by: Vec<usize>,
}

/// Room for the inputs of one gate after the other.
#[derive(Debug, Default)]
struct Room {
    set: Vec<usize>,
    component: Vec<usize>,
    parts: Vec<usize>,
}

/// Sets that depend on each other, callees before callers as far as possible.
#[derive(Clone, Debug)]
struct Block {
    sets: Vec<usize>,
    /// How many of them are needed by one that stands before them.
    called_back: usize,
}

impl Structure {
    /// Writes down what a plan needs. `needed` is how many instances of each component the peak needs.
    ///
    /// A component is up when enough of its instances are, and each of its required dependency groups has
    /// enough targets that are served. A target is served over a working connection by itself or by a
    /// component that stands by for it. An optional or asynchronous call is never needed, with one exception:
    /// what an optional cache reads through to is needed, though the cache is not. Users never fail.
    ///
    /// Components that reach each other through plain calls are up together or not at all. On what remains the
    /// least fixed point counts: alternatives never hold each other up.
    pub fn new(topology: &Topology, needed: &[usize]) -> Self {
        let mut events = Vec::new();
        let are_counted = counted::are_counted(topology);
        let components: Vec<Own> = (0..topology.components.len())
            .map(|component| own(topology, component, needed, are_counted, &mut events))
            .collect();
        let connections: Vec<Option<usize>> = topology
            .connections
            .iter()
            .enumerate()
            .map(|(index, connection)| {
                (connection.unavailability.0 > 0.0).then(|| {
                    events.push(Event::connection(topology, index));
                    events.len() - 1
                })
            })
            .collect();
        let first_place = events.len();
        events.extend((0..topology.domains.len()).map(|place| Event::place(topology, place)));
        let mut structure = Self {
            by_name: Vec::new(),
            events,
            components,
            serving: Vec::new(),
            sets: Vec::new(),
            blocks: Vec::new(),
            journeys: topology
                .journeys
                .iter()
                .map(|journey| {
                    let entry = &topology.components[journey.entry];
                    Start {
                        entry: journey.entry,
                        reaches_nothing: entry.kind.behaviour.is_source && entry.calls.is_empty(),
                    }
                })
                .collect(),
        };
        for (component, own) in topology.components.iter().zip(&mut structure.components) {
            for (places, instance) in component.placement.iter().zip(&mut own.instances) {
                instance.extend(places.iter().map(|place| first_place + place));
            }
            if let Some(counted) = &mut own.counted {
                counted.find_places(first_place);
            }
        }
        structure.by_name = (0..structure.events.len()).collect();
        let events = &structure.events;
        structure
            .by_name
            .order_by(|&a, &b| events[a].name.cmp(&events[b].name));
        structure.contract(topology, &connections);
        structure.order();
        structure
    }

    /// The index of the event of this name, as reports have it.
    pub fn event(&self, name: &str) -> Option<usize> {
        let after = self
            .by_name
            .partition_point(|&event| &*self.events[event].name <= name);
        let last = self.by_name[..after].last().copied()?;
        (&*self.events[last].name == name).then_some(last)
    }

    /// The event of the first instance of a component; none for users.
    pub(in crate::analysis) fn first_instance(&self, component: usize) -> Option<usize> {
        self.components[component]
            .instances
            .first()?
            .first()
            .copied()
    }

    /// The indices of all events in the order of their names.
    pub(in crate::analysis) fn by_name(&self) -> &[usize] {
        &self.by_name
    }

    /// Whether a journey starts at users who are connected to nothing.
    pub fn reaches_nothing(&self, journey: usize) -> bool {
        self.journeys[journey].reaches_nothing
    }

    /// Whether two journeys need the same.
    pub(in crate::analysis) fn is_alike(&self, journey: usize, other: usize) -> bool {
        self.journeys[journey].entry == self.journeys[other].entry
    }

    /// What is up and down once these events have happened.
    pub fn without(&self, failed: &[usize]) -> Outage {
        let mut happened = vec![false; self.events.len()];
        for &event in failed {
            if let Some(happened) = happened.get_mut(event) {
                *happened = true;
            }
        }
        let up = self.sets_up(&happened, Enough::AtPeak);
        Outage {
            components_up: self.serving.iter().map(|sets| up[sets[0]]).collect(),
            journeys_up: (0..self.journeys.len())
                .map(|journey| self.journey_is_up(journey, &up))
                .collect(),
        }
    }

    fn sets_up(&self, happened: &[bool], enough: Enough) -> Vec<bool> {
        let mut up = vec![false; self.sets.len()];
        for block in &self.blocks {
            self.settle(block, &mut up, happened, enough);
        }
        up
    }

    /// Finds what is up in a block, given what is up before it; its own sets are all marked as down.
    fn settle(&self, block: &Block, up: &mut [bool], happened: &[bool], enough: Enough) {
        loop {
            let mut changed = false;
            for &set in &block.sets {
                if !up[set] && self.holds(set, up, happened, enough) {
                    up[set] = true;
                    changed = true;
                }
            }
            if !changed || block.called_back == 0 {
                break;
            }
        }
    }

    fn journey_is_up(&self, journey: usize, up: &[bool]) -> bool {
        let start = &self.journeys[journey];
        !start.reaches_nothing && self.serving[start.entry].iter().any(|&set| up[set])
    }

    fn holds(&self, set: usize, up: &[bool], happened: &[bool], enough: Enough) -> bool {
        let set = &self.sets[set];
        set.instances_of
            .iter()
            .all(|&component| self.components[component].holds(happened, enough))
            && !set.connections.iter().any(|&event| happened[event])
            && set.requirements.iter().all(|requirement| {
                let served = requirement.members.iter().filter(|member| {
                    !member.connection.is_some_and(|event| happened[event])
                        && member.served_by.iter().any(|&set| up[set])
                });
                served.count() >= requirement.count
            })
    }

    /// Adds an instance that has failed for certain to a component; none where another instance changes nothing, or
    /// where the only one would get its second in another place.
    pub(in crate::analysis) fn add_spare(
        &mut self,
        topology: &Topology,
        component: usize,
    ) -> Option<Spare> {
        let resolved = &topology.components[component];
        let needs_it_too = match resolved.source.redundancy {
            Some(plan::Redundancy::All) => true,
            // A copy that may not take over helps nobody.
            Some(plan::Redundancy::PrimaryReplica(_)) => !resolved.takes_over(),
            Some(plan::Redundancy::K(count) | plan::Redundancy::Quorum(count)) => {
                count > resolved.instances as f64
            }
            _ => false,
        };
        if needs_it_too || resolved.placement.is_empty() {
            return None;
        }
        let first_place = self
            .events
            .iter()
            .position(|event| matches!(event.subject, Subject::Place(_)))
            .unwrap_or(0);
        let places = places_of_another(topology, component);
        if resolved.instances == 1 && places != resolved.placement[0] {
            // How often the two would be down together is then not a matter of one event.
            return None;
        }
        let own = &mut self.components[component];
        if own.counted.is_some() {
            return None;
        }
        let event = self.events.len();
        let mut instance = vec![event];
        instance.extend(places.iter().map(|place| first_place + place));
        own.instances.push(instance);
        own.fails_at += 1;
        own.gone_at += 1;
        let (count, fails_at) = (own.instances.len(), own.fails_at);
        self.events.push(Event::spare(topology, component));
        // How often the first and the second wait for each other is part of how often the second would be down.
        let queue = RepairQueue::new(topology, component, count).filter(|_| count > 2);
        let repair = queue.map(|queue| {
            let events = &mut self.events;
            let (event, _) = *own.repair.get_or_insert_with(|| {
                let never = units::Range::exactly(0.0);
                events.push(RepairQueue::event(topology, component, never));
                own.shared.push(events.len() - 1);
                (events.len() - 1, queue)
            });
            (event, queue.excess(count, fails_at).base)
        });
        Some(Spare {
            event,
            unavailability: events::unavailability_of_another(topology, component),
            repair,
        })
    }

    /// The event that stands for so many instances of a component that are taken away, where they are only counted.
    pub(crate) fn without_several(&self, component: usize, taken: usize) -> Option<usize> {
        let own = &self.components[component];
        own.counted.as_ref()?.without(own.fails_at, taken)
    }

    /// Makes a component need so many of its instances at the peak; where they are only counted nothing changes.
    pub(in crate::analysis) fn require(&mut self, component: usize, needed: usize) {
        if self.components[component].counted.is_some() {
            return;
        }
        let own = &mut self.components[component];
        let count = own.instances.len();
        own.fails_at = count + 1 - needed.clamp(1, count.max(1)).min(count);
        if let Some((event, queue)) = own.repair {
            self.events[event].unavailability = queue.excess(count, own.fails_at);
        }
    }

    /// In which states a journey is down, given in which of them each event has happened.
    pub(in crate::analysis) fn down_in(&self, journey: usize, happened: &[Lanes]) -> Lanes {
        let start = &self.journeys[journey];
        if start.reaches_nothing {
            return Lanes::ALL;
        }
        let reached = self.reached_from([start.entry].into_iter());
        let mut down = vec![Lanes::ALL; self.sets.len()];
        for block in &self.blocks {
            loop {
                let mut changed = false;
                for &set in block.sets.iter().filter(|&&set| reached[set]) {
                    let now = self.set_is_down_in(set, &down, happened);
                    changed |= now != down[set];
                    down[set] = now;
                }
                if !changed || block.called_back == 0 {
                    break;
                }
            }
        }
        let serving = self.serving[start.entry].iter();
        serving.fold(Lanes::ALL, |all, &set| all.and(down[set]))
    }

    fn set_is_down_in(&self, set: usize, down: &[Lanes], happened: &[Lanes]) -> Lanes {
        let set = &self.sets[set];
        let any = |events: &[usize]| {
            let events = events.iter().map(|&event| happened[event]);
            events.fold(Lanes::default(), Lanes::or)
        };
        let mut fails = any(&set.connections);
        for &component in &set.instances_of {
            let own = &self.components[component];
            let instances = own.instances.iter().map(|instance| any(instance));
            fails = fails.or(any(&own.shared));
            fails = fails.or(Lanes::at_least(
                own.fails_at,
                own.instances.len(),
                instances,
            ));
            if let (Some(event), Some(primary)) = (own.failover, own.instances.first()) {
                fails = fails.or(happened[event].and(any(primary)));
            }
            if let Some(counted) = &own.counted {
                fails = fails.or(counted.is_down_in(happened));
            }
        }
        for requirement in &set.requirements {
            let members = requirement.members.iter().map(|member| {
                let served = member.served_by.iter();
                let target = served.fold(Lanes::ALL, |all, &set| all.and(down[set]));
                member
                    .connection
                    .map_or(target, |event| target.or(happened[event]))
            });
            let of = requirement.members.len();
            let fails_at = (of + 1).saturating_sub(requirement.count);
            fails = fails.or(Lanes::at_least(fails_at, of, members));
        }
        fails
    }

    /// The failures of one journey as gates over [`Structure::events`], and whether they are all of it; if a
    /// cycle is too large to be unrolled, the tree fails at least as often as the journey.
    pub fn fault_tree(&self, journey: usize) -> (FaultTree, bool) {
        let (mut tree, tops) = self.fault_trees(journey..journey + 1);
        let (top, complete) = tops[0];
        tree.top = top;
        (tree, complete)
    }

    /// The same for several journeys, which share their gates: the top of each, and whether the gates are all of it.
    pub(in crate::analysis) fn fault_trees(
        &self,
        journeys: Range<usize>,
    ) -> (FaultTree, Vec<(usize, bool)>) {
        let mut tree = FaultTree::default();
        let entries = self.journeys[journeys.clone()].iter();
        let entries = entries.filter(|start| !start.reaches_nothing);
        let reached = self.reached_from(entries.map(|start| start.entry));
        let mut leaves = vec![FaultTree::NEVER; self.events.len()];
        let mut failed = vec![FaultTree::CERTAIN; self.sets.len()];
        let mut cut_short: Vec<usize> = Vec::new();
        let (mut own, mut room) = (Vec::new(), Room::default());
        for block in self.blocks.iter().filter(|block| reached[block.sets[0]]) {
            let sets = &block.sets;
            let size: usize = sets.iter().map(|&set| self.sets[set].size()).sum();
            let mut rounds = if block.called_back == 0 {
                1
            } else {
                // Each round settles at least one more of those that are needed by earlier ones.
                block.called_back.min(sets.len()) + 1
            };
            let affordable = MOST_UNROLLED / size.max(1);
            if rounds > affordable.max(2) {
                rounds = affordable.max(2);
                cut_short.push(sets[0]);
            }
            own.clear();
            for &set in sets {
                own.push(self.own_failures(set, &mut tree, &mut leaves, &mut room));
            }
            for _ in 0..rounds {
                for (&set, &own) in sets.iter().zip(&own) {
                    let gates = (&failed[..], &mut tree);
                    failed[set] = self.set_fails(set, own, gates, &mut leaves, &mut room);
                }
            }
        }
        let tops = journeys.map(|journey| {
            let start = &self.journeys[journey];
            if start.reaches_nothing {
                return (FaultTree::CERTAIN, true);
            }
            let serving = &self.serving[start.entry];
            let top = tree.and(serving.iter().map(|&set| failed[set]));
            let is_complete = cut_short.is_empty() || {
                let reached = self.reached_from([start.entry].into_iter());
                !cut_short.iter().any(|&set| reached[set])
            };
            (top, is_complete)
        });
        let tops = tops.collect();
        (tree, tops)
    }

    fn own_failures(
        &self,
        set: usize,
        tree: &mut FaultTree,
        leaves: &mut [usize],
        room: &mut Room,
    ) -> usize {
        let set = &self.sets[set];
        let mut causes = take(&mut room.set);
        causes.clear();
        let connections = set.connections.iter();
        causes.extend(connections.map(|&event| leaf(tree, leaves, event)));
        for &component in &set.instances_of {
            causes.push(self.components[component].fails(tree, leaves, room));
        }
        let fails = tree.or(causes.iter().copied());
        room.set = causes;
        fails
    }

    fn set_fails(
        &self,
        set: usize,
        own: usize,
        (failed, tree): (&[usize], &mut FaultTree),
        leaves: &mut [usize],
        room: &mut Room,
    ) -> usize {
        let (causes, members) = (&mut room.set, &mut room.parts);
        causes.clear();
        causes.push(own);
        for requirement in &self.sets[set].requirements {
            members.clear();
            members.extend(requirement.members.iter().map(|member| {
                let target = match member.served_by[..] {
                    [only] => failed[only],
                    _ => tree.and(member.served_by.iter().map(|&set| failed[set])),
                };
                match member.connection {
                    Some(event) => {
                        let event = leaf(tree, leaves, event);
                        tree.or([event, target])
                    }
                    None => target,
                }
            }));
            let fails_at = requirement.members.len() - requirement.count + 1;
            causes.push(match members[..] {
                [only] if fails_at == 1 => only,
                _ => tree.at_least(fails_at, members.iter().copied()),
            });
        }
        match causes[..] {
            [only] => only,
            _ => tree.or(causes.iter().copied()),
        }
    }

    fn reached_from(&self, entries: impl Iterator<Item = usize>) -> Vec<bool> {
        let mut reached = vec![false; self.sets.len()];
        let mut open: Vec<usize> = entries
            .flat_map(|entry| self.serving[entry].iter().copied())
            .collect();
        while let Some(set) = open.pop() {
            if std::mem::replace(&mut reached[set], true) {
                continue;
            }
            open.extend(self.sets[set].needs());
        }
        reached
    }

    /// Forms the sets of components that need each other through plain calls alone.
    ///
    /// Each component stands for two things: itself (even numbers) and what it asks of others (odd numbers),
    /// because a cache may be missed but not what it reads through to.
    fn contract(&mut self, topology: &Topology, connections: &[Option<usize>]) {
        let count = topology.components.len();
        let (itself, asks) = (|c: usize| 2 * c, |c: usize| 2 * c + 1);
        let mut graph = DiGraph::<(), ()>::new();
        for _ in 0..2 * count {
            graph.add_node(());
        }
        let mut edge = |from: usize, to: usize| {
            graph.add_edge(NodeIndex::new(from), NodeIndex::new(to), ());
        };
        for component in 0..count {
            edge(itself(component), asks(component));
        }
        for group in &topology.groups {
            for &member in &group.members {
                let connection = &topology.connections[member];
                if reads_through(topology, member) {
                    edge(asks(group.from), asks(connection.to));
                } else if group.needs_all() {
                    edge(asks(group.from), itself(connection.to));
                }
            }
        }
        let mut set_of = vec![0; 2 * count];
        for (set, nodes) in kosaraju_scc(&graph).into_iter().enumerate() {
            for node in nodes {
                set_of[node.index()] = set;
            }
            self.sets.push(Set::default());
        }
        self.serving = (0..count).map(|c| vec![set_of[itself(c)]]).collect();
        for standby in 0..count {
            if let Some(primary) = topology.components[standby].standby_for {
                let set = set_of[itself(standby)];
                if !self.serving[primary].contains(&set) {
                    self.serving[primary].push(set);
                }
            }
        }
        for component in 0..count {
            let set = &mut self.sets[set_of[itself(component)]];
            if !topology.components[component].kind.behaviour.is_source {
                set.instances_of.push(component);
            }
            let asked = set_of[asks(component)];
            set.require(set_of[itself(component)], 1, vec![Member::set(asked)]);
            for &group in &topology.components[component].groups {
                let group = &topology.groups[group];
                let members = group.carriers().map(|member| Member {
                    connection: connections[member],
                    served_by: self.serving[topology.connections[member].to].clone(),
                });
                let set = &mut self.sets[asked];
                match group.need {
                    Need::AtLeast(_) if group.needs_all() => {
                        for member in members {
                            set.require(asked, 1, vec![member]);
                        }
                    }
                    Need::AtLeast(count) => set.requirements.push(Requirement {
                        count,
                        members: members.collect(),
                    }),
                    Need::Optional => {
                        for &member in &group.members {
                            if reads_through(topology, member) {
                                let through = set_of[asks(topology.connections[member].to)];
                                set.require(asked, 1, vec![Member::set(through)]);
                            }
                        }
                    }
                }
            }
        }
    }

    /// Puts the sets in order, callees first, and cycles of them into blocks.
    fn order(&mut self) {
        let mut graph = DiGraph::<(), ()>::new();
        for _ in &self.sets {
            graph.add_node(());
        }
        for (index, set) in self.sets.iter().enumerate() {
            for needed in set.needs() {
                graph.add_edge(NodeIndex::new(index), NodeIndex::new(needed), ());
            }
        }
        self.blocks = kosaraju_scc(&graph)
            .into_iter()
            .map(|nodes| {
                let mut sets: Vec<usize> = nodes.into_iter().map(NodeIndex::index).collect();
                sets.sort_unstable();
                self.block(&sets)
            })
            .collect();
    }

    /// Orders the sets of one cycle depth first, so that few are needed by earlier ones.
    fn block(&self, members: &[usize]) -> Block {
        if let [only] = *members {
            return Block {
                sets: vec![only],
                called_back: usize::from(self.sets[only].needs().any(|needed| needed == only)),
            };
        }
        let mut position: BTreeMap<usize, Option<usize>> =
            members.iter().map(|&set| (set, None)).collect();
        let mut sets = Vec::with_capacity(members.len());
        let mut seen: BTreeMap<usize, bool> = members.iter().map(|&set| (set, false)).collect();
        for &root in members {
            let mut open = vec![(root, false)];
            while let Some((set, is_done)) = open.pop() {
                if is_done {
                    position.insert(set, Some(sets.len()));
                    sets.push(set);
                    continue;
                }
                match seen.get_mut(&set) {
                    Some(seen) if !*seen => *seen = true,
                    _ => continue,
                }
                open.push((set, true));
                open.extend(self.sets[set].needs().map(|needed| (needed, false)));
            }
        }
        let mut called_back: Vec<usize> = sets
            .iter()
            .enumerate()
            .flat_map(|(place, &set)| {
                let position = &position;
                self.sets[set].needs().filter(move |needed| {
                    matches!(position.get(needed), Some(Some(other)) if *other >= place)
                })
            })
            .collect();
        called_back.sort_unstable();
        called_back.dedup();
        Block {
            sets,
            called_back: called_back.len(),
        }
    }
}

impl Own {
    fn holds(&self, happened: &[bool], enough: Enough) -> bool {
        let fails_at = match enough {
            Enough::AtPeak => self.fails_at,
            Enough::Any => self.gone_at,
        };
        let is_down = |instance: &Vec<usize>| instance.iter().any(|&event| happened[event]);
        let down = self.instances.iter().filter(|i| is_down(i)).count();
        let too_many = self.counted.as_ref().is_some_and(|counted| match enough {
            Enough::Any if self.gone_at != self.fails_at => counted.gone(happened) >= self.gone_at,
            _ => counted.is_down(happened),
        });
        let switch_fails = self
            .failover
            .is_some_and(|event| happened[event] && self.instances.first().is_some_and(is_down));
        down < fails_at
            && !too_many
            && !self.shared.iter().any(|&event| happened[event])
            && !switch_fails
    }

    fn fails(&self, tree: &mut FaultTree, leaves: &mut [usize], room: &mut Room) -> usize {
        let (instances, causes) = (&mut room.parts, &mut room.component);
        instances.clear();
        instances.extend(self.instances.iter().map(|instance| {
            for &event in instance {
                leaf(tree, leaves, event);
            }
            match instance[..] {
                [only] => leaves[only],
                _ => tree.or(instance.iter().map(|&event| leaves[event])),
            }
        }));
        causes.clear();
        for &event in &self.shared {
            causes.push(leaf(tree, leaves, event));
        }
        if let (Some(event), Some(&primary)) = (self.failover, instances.first()) {
            let event = leaf(tree, leaves, event);
            causes.push(tree.and([primary, event]));
        }
        causes.push(tree.at_least(self.fails_at, instances.iter().copied()));
        if let Some(counted) = &self.counted {
            causes.push(counted.fails(tree, |tree, event| leaf(tree, leaves, event)));
        }
        match causes[..] {
            [only] => only,
            _ => tree.or(causes.iter().copied()),
        }
    }
}

impl Set {
    fn require(&mut self, itself: usize, count: usize, mut members: Vec<Member>) {
        if let [member] = members.as_mut_slice()
            && member.served_by.first() == Some(&itself)
        {
            // Plain calls inside the set: only the connection is left to fail.
            self.connections.extend(member.connection);
            return;
        }
        self.requirements.push(Requirement { count, members });
    }

    fn needs(&self) -> impl Iterator<Item = usize> {
        self.requirements
            .iter()
            .flat_map(|requirement| &requirement.members)
            .flat_map(|member| member.served_by.iter().copied())
    }

    fn size(&self) -> usize {
        let members = self.requirements.iter().flat_map(|r| &r.members);
        1 + members
            .map(|member| 1 + member.served_by.len())
            .sum::<usize>()
    }
}

impl Member {
    fn set(set: usize) -> Self {
        Self {
            connection: None,
            served_by: vec![set],
        }
    }
}

/// The places in which one more instance would stand: instances are dealt round robin.
fn places_of_another(topology: &Topology, component: usize) -> Vec<usize> {
    let resolved = &topology.components[component];
    let chain = |id: &str| -> Option<Vec<usize>> {
        let mut next = topology.domains.iter().position(|domain| domain.id == id);
        next?;
        let mut chain = Vec::new();
        while let Some(domain) = next {
            chain.push(domain);
            next = topology.domains[domain].within;
        }
        Some(chain)
    };
    let placement = resolved.source.placement.iter();
    let chains: Vec<Vec<usize>> = placement.filter_map(|place| chain(place)).collect();
    let first = &resolved.placement[0];
    let Some(own) = chains.get(resolved.instances % chains.len().max(1)) else {
        return first.clone();
    };
    let everywhere = first.iter().filter(|place| !chains[0].contains(place));
    let mut places = own.clone();
    places.extend(everywhere.filter(|place| !own.contains(place)));
    places
}

/// Whether a call goes to a cache that may be missing, so that what it reads through to is asked instead.
fn reads_through(topology: &Topology, connection: usize) -> bool {
    let connection = &topology.connections[connection];
    topology.groups[connection.group].need == Need::Optional
        && connection.mode != Mode::Async
        && topology.components[connection.to].kind.behaviour.caches
}

fn own(
    topology: &Topology,
    component: usize,
    needed: &[usize],
    are_counted: bool,
    events: &mut Vec<Event>,
) -> Own {
    let resolved = &topology.components[component];
    if resolved.kind.behaviour.is_source {
        return Own {
            instances: Vec::new(),
            fails_at: 1,
            gone_at: 1,
            shared: Vec::new(),
            failover: None,
            counted: None,
            repair: None,
        };
    }
    let mut add = |event: Option<Event>| {
        event.map(|event| {
            events.push(event);
            events.len() - 1
        })
    };
    let takes_turns = matches!(resolved.redundancy, Redundancy::PrimaryReplica { .. });
    let is_counted = are_counted && resolved.instances > MOST_ALONE && !takes_turns;
    let count = match resolved.redundancy {
        // That so many copies are down at once, and no other one, never happens.
        Redundancy::PrimaryReplica { .. } if are_counted => resolved.instances.min(MOST_ALONE),
        _ => resolved.instances,
    };
    let mut instances: Vec<Vec<usize>> = (0..if is_counted { 0 } else { count })
        .filter_map(|instance| {
            let event = add(Some(Event::instance(topology, component, instance)))?;
            let mut down = Vec::with_capacity(1 + resolved.placement[instance].len());
            down.push(event);
            Some(down)
        })
        .collect();
    let common_cause = add(Event::common_cause(topology, component));
    let (fails_at, failover, switch_over) = match resolved.redundancy {
        Redundancy::Capacity => {
            let needed = needed.get(component).copied().unwrap_or(1);
            (count - needed.clamp(1, count) + 1, None, None)
        }
        Redundancy::AtLeast(needed) => (count - needed.clamp(1, count) + 1, None, None),
        Redundancy::PrimaryReplica { .. } if !resolved.takes_over() => {
            // Copies that may not take over help nobody.
            instances.truncate(1);
            (1, None, None)
        }
        Redundancy::PrimaryReplica { .. } => (
            count,
            add(Event::failover(topology, component)),
            add(Event::switch_over(topology, component)),
        ),
    };
    let repair = match if is_counted { count } else { instances.len() } {
        0 | 1 => None,
        count => RepairQueue::new(topology, component, count).and_then(|queue| {
            let excess = queue.excess(count, fails_at);
            let event = add(Some(RepairQueue::event(topology, component, excess)))?;
            Some((event, queue))
        }),
    };
    let shared = common_cause.into_iter().chain(switch_over);
    let counted = is_counted.then(|| Counted::new(topology, component, fails_at, events));
    Own {
        instances,
        fails_at,
        gone_at: match resolved.redundancy {
            Redundancy::Capacity => count,
            _ => fails_at,
        },
        shared: shared.chain(repair.map(|(event, _)| event)).collect(),
        failover,
        counted,
        repair,
    }
}

fn leaf(tree: &mut FaultTree, leaves: &mut [usize], event: usize) -> usize {
    if leaves[event] == FaultTree::NEVER {
        leaves[event] = tree.leaf(event);
    }
    leaves[event]
}

impl Event {
    /// Whether the event is a part of the plan, as opposed to a way in which several parts fail together.
    pub fn is_structural(&self) -> bool {
        matches!(
            self.subject,
            Subject::Instance { .. } | Subject::Connection(_) | Subject::Place(_)
        )
    }
}
