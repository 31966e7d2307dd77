//! Dependency groups: which connections of a component belong together, and how many of them are needed.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::{Problem, Topology};
use crate::plan::{self, Id, Mode};

/// Connections of one component that are needed together.
#[derive(Debug)]
pub struct DependencyGroup {
    /// The component that depends.
    pub from: usize,
    /// Its connections, at least one.
    pub members: Vec<usize>,
    /// How many of their targets have to work.
    pub need: Need,
    /// Whether the calls are divided among the members; otherwise each of them gets its own.
    pub divides: bool,
    /// Members that answer only beside others: copies of data that may not become the one that is written to.
    pub read_only: Vec<usize>,
}

/// The same for those who draw the plan: connections of one component that are needed together, by id.
#[derive(Clone, Debug, PartialEq)]
pub struct Dependency {
    /// The component that depends.
    pub from: Id,
    /// Its connections, at least one.
    pub connections: Vec<Id>,
    /// How many of their targets have to work.
    pub need: Need,
}

/// How many targets of a group have to work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// This many, from 1 to the number of members.
    AtLeast(usize),
    /// None: the journey survives the loss of all.
    Optional,
}

impl Topology<'_> {
    /// Which connections belong together, by id.
    pub fn dependencies(&self) -> impl Iterator<Item = Dependency> {
        let connection = |&member: &usize| self.connections[member].source.id.clone();
        self.groups.iter().map(move |group| Dependency {
            from: self.id(group.from).clone(),
            connections: group.members.iter().map(connection).collect(),
            need: group.need,
        })
    }
}

impl DependencyGroup {
    /// Each member's share of the calls, given how many instances carry load at every component.
    ///
    /// Where calls are divided, a member without such instances gets nothing, and the others share by weight
    /// or, without weights, by instances; where all weights are 0, equally. Otherwise each share is 1.
    pub fn shares(
        &self,
        topology: &Topology,
        serving: impl Fn(usize) -> usize,
    ) -> impl Iterator<Item = f64> {
        let weighed = move |member: usize| {
            let connection = &topology.connections[member];
            let instances = serving(connection.to);
            let stated = connection.source.weight;
            let weight = match stated.filter(|weight| weight.is_finite()) {
                _ if instances == 0 => 0.0,
                Some(weight) => weight.clamp(0.0, 1e9),
                None => instances as f64,
            };
            (instances, weight)
        };
        let (mut total, mut available) = (0.0, 0);
        for &member in self.members.iter().filter(|_| self.divides) {
            let (instances, weight) = weighed(member);
            total += weight;
            available += usize::from(instances > 0);
        }
        self.members.iter().map(move |&member| {
            if !self.divides {
                return 1.0;
            }
            let (instances, weight) = weighed(member);
            match available {
                _ if total > 0.0 => weight / total,
                0 => 1.0 / self.members.len() as f64,
                _ if instances == 0 => 0.0,
                _ => 1.0 / available as f64,
            }
        })
    }

    /// The members of which enough have to work.
    pub fn carriers(&self) -> impl Iterator<Item = usize> {
        let members = self.members.iter().copied();
        members.filter(|member| !self.read_only.contains(member))
    }

    /// Whether every member has to work.
    pub fn needs_all(&self) -> bool {
        self.need == Need::AtLeast(self.members.len())
    }
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Key<'a> {
    Named(&'a str),
    Alternatives(&'static str, Option<String>),
}

/// Forms the groups of all components and divides the calls among alternatives.
pub(super) fn form(topology: &mut Topology) {
    for component in 0..topology.components.len() {
        if topology.components[component].calls.is_empty() {
            continue;
        }
        let mut groups: Vec<Vec<usize>> = Vec::new();
        let mut shared: BTreeMap<Key, usize> = BTreeMap::new();
        for &connection in &topology.components[component].calls {
            match key(topology, connection) {
                None => groups.push(vec![connection]),
                Some(key) => match shared.entry(key) {
                    Entry::Occupied(group) => groups[*group.get()].push(connection),
                    Entry::Vacant(group) => {
                        group.insert(groups.len());
                        groups.push(vec![connection]);
                    }
                },
            }
        }
        let mut order: Vec<usize> = Vec::with_capacity(groups.len());
        for members in groups {
            let (need, divides) = need_of(topology, component, &members);
            let read_only = read_only(topology, &members, need);
            let group = topology.groups.len();
            for &member in &members {
                topology.connections[member].group = group;
            }
            order.push(group);
            let group = DependencyGroup {
                from: component,
                members,
                need,
                divides,
                read_only,
            };
            let serving = |target: usize| topology.components[target].serving;
            let shares: Vec<f64> = group.shares(topology, serving).collect();
            for (&member, share) in group.members.iter().zip(shares) {
                topology.connections[member].calls *= share;
            }
            topology.groups.push(group);
        }
        topology.components[component].groups = order;
    }
}

/// What connections of one component have in common to be a group; none where one stands alone.
fn key<'a>(topology: &Topology<'a>, connection: usize) -> Option<Key<'a>> {
    let edge = &topology.connections[connection];
    let target = topology.components[edge.to].kind;
    if edge.mode == Mode::Async {
        return None;
    }
    if let Some(group) = &edge.source.group {
        return Some(Key::Named(group));
    }
    let from_distributor = topology.components[edge.from].kind.behaviour.distributes;
    match &edge.source.need {
        None if target.behaviour.is_optional => None,
        None if from_distributor => Some(Key::Alternatives(target.id, None)),
        Some(need @ (plan::Need::Any | plan::Need::K(_))) => {
            // The same wish written at each connection means one group, and so does the default beside it.
            let distinct =
                (!from_distributor || *need != plan::Need::Any).then(|| format!("{need:?}"));
            Some(Key::Alternatives(target.id, distinct))
        }
        _ => None,
    }
}

fn need_of(topology: &mut Topology, component: usize, members: &[usize]) -> (Need, bool) {
    let first = &topology.connections[members[0]];
    if first.mode == Mode::Async {
        return (Need::Optional, false);
    }
    let stated: Vec<&plan::Need> = members
        .iter()
        .filter_map(|&member| topology.connections[member].source.need.as_ref())
        .collect();
    let disagree = stated.windows(2).any(|pair| pair[0] != pair[1]);
    let need = match stated.first() {
        Some(&need) => need.clone(),
        None => default_need(topology, component, members),
    };
    let subject = topology.id(component);
    if disagree {
        let name = first.source.group.as_deref().unwrap_or("");
        let problem = Problem::mixed_need(subject, name);
        topology.problems.push(problem);
    }
    match need {
        plan::Need::All => (Need::AtLeast(members.len()), false),
        plan::Need::Any => (Need::AtLeast(1), true),
        plan::Need::Optional => (Need::Optional, false),
        plan::Need::K(k) => {
            let mut numbers = super::Numbers {
                subject,
                problems: &mut topology.problems,
            };
            (
                Need::AtLeast(numbers.count("need", Some(k), 1, members.len())),
                true,
            )
        }
    }
}

/// Of alternatives any of which is enough, the copies of data that may not take over, where there are others that may.
fn read_only(topology: &Topology, members: &[usize], need: Need) -> Vec<usize> {
    let target = |member: &usize| &topology.components[topology.connections[*member].to];
    let data = members.iter().filter(|member| target(member).keeps_data());
    let (writable, copies): (Vec<usize>, Vec<usize>) =
        data.partition(|member| target(member).takes_over());
    if need != Need::AtLeast(1) || writable.is_empty() {
        return Vec::new();
    }
    copies
}

fn default_need(topology: &Topology, component: usize, members: &[usize]) -> plan::Need {
    let is_optional = |&member: &usize| {
        topology.components[topology.connections[member].to]
            .kind
            .behaviour
            .is_optional
    };
    if members.iter().all(is_optional) {
        plan::Need::Optional
    } else if topology.components[component].kind.behaviour.distributes {
        plan::Need::Any
    } else {
        plan::Need::All
    }
}
