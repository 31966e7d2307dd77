//! Why a component is down after some failures: its own instances, or what it needs and does not get.

use super::counted::Counted;
use super::{Enough, Structure, Subject, reads_through};
use crate::topology::{Need, Topology};

/// Why a component is down; numbers are indices of the topology.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Too few of its instances work.
    Instances {
        /// How many work.
        left: usize,
        /// How many have to.
        needed: usize,
        /// The events that took the others: indices of [`Structure::events`].
        by: Vec<usize>,
    },
    /// Too few of the targets of one of its dependency groups are served.
    Unserved {
        /// How many have to be.
        needed: usize,
        /// The members of the group, in its order.
        targets: Vec<Target>,
    },
}

/// A target of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target {
    /// The connection to it.
    pub connection: usize,
    /// Whether the connection works.
    pub is_connected: bool,
    /// Whether the connection works, and the target or what stands by for it does.
    pub is_served: bool,
}

/// Which components and journeys are up after some failures, and why the others are down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explained {
    /// Per component: why it is down; none for one that is up.
    pub reasons: Vec<Option<Reason>>,
    /// Per component: whether it or something that stands by for it is up.
    pub served: Vec<bool>,
    /// Per component: the same where any one instance is enough when only the load asks for more.
    pub served_at_low_load: Vec<bool>,
    /// Per component: whether it is up itself then.
    pub up_at_low_load: Vec<bool>,
    /// Per journey: whether it can be made at the peak, which is its success function.
    pub journeys_up: Vec<bool>,
    /// Per journey: whether it can be made where any one instance is enough when only the load asks for more.
    pub journeys_up_at_low_load: Vec<bool>,
}

impl Structure {
    /// What is up and what is down once these events have happened, and why.
    pub fn explained(&self, topology: &Topology, failed: &[usize]) -> Explained {
        let mut happened = vec![false; self.events.len()];
        for &event in failed {
            if let Some(happened) = happened.get_mut(event) {
                *happened = true;
            }
        }
        let mut cut = vec![false; topology.connections.len()];
        for (event, happened) in self.events.iter().zip(&happened) {
            if let (Subject::Connection(connection), true) = (event.subject, happened) {
                cut[connection] = true;
            }
        }
        let up = self.sets_up(&happened, Enough::AtPeak);
        let low = self.sets_up(&happened, Enough::Any);
        let of_journeys = |up: &[bool]| {
            let journeys = 0..self.journeys.len();
            journeys.map(|j| self.journey_is_up(j, up)).collect()
        };
        let served_by = |up: &[bool]| -> Vec<bool> {
            let serving = self.serving.iter();
            serving.map(|sets| sets.iter().any(|&s| up[s])).collect()
        };
        let served = served_by(&up);
        let looked = Looked {
            structure: self,
            topology,
            happened: &happened,
            cut: &cut,
            served: &served,
        };
        Explained {
            reasons: self
                .serving
                .iter()
                .enumerate()
                .map(|(component, sets)| (!up[sets[0]]).then(|| looked.reason(component)))
                .collect(),
            journeys_up: of_journeys(&up),
            served_at_low_load: served_by(&low),
            up_at_low_load: self.serving.iter().map(|sets| low[sets[0]]).collect(),
            journeys_up_at_low_load: of_journeys(&low),
            served,
        }
    }
}

/// What is known after some failures.
struct Looked<'a> {
    structure: &'a Structure,
    topology: &'a Topology<'a>,
    happened: &'a [bool],
    cut: &'a [bool],
    served: &'a [bool],
}

impl Looked<'_> {
    /// Why a component is down: its own instances first, then the first group that is not served.
    fn reason(&self, component: usize) -> Reason {
        let own = &self.structure.components[component];
        let is_source = self.topology.components[component].kind.behaviour.is_source;
        if !is_source && !own.holds(self.happened, Enough::AtPeak) {
            return self.instances(component);
        }
        let mut open = vec![component];
        let mut seen = Vec::new();
        while let Some(asking) = open.pop() {
            if seen.contains(&asking) {
                continue;
            }
            seen.push(asking);
            for &group in &self.topology.components[asking].groups {
                let group = &self.topology.groups[group];
                let targets: Vec<Target> = group.carriers().map(|c| self.target(c)).collect();
                match group.need {
                    Need::AtLeast(needed) => {
                        let served = targets.iter().filter(|target| target.is_served).count();
                        if served < needed {
                            return Reason::Unserved { needed, targets };
                        }
                    }
                    Need::Optional => {
                        let through = group.members.iter();
                        let through = through.filter(|&&c| reads_through(self.topology, c));
                        open.extend(through.map(|&c| self.topology.connections[c].to));
                    }
                }
            }
        }
        Reason::Unserved {
            needed: 0,
            targets: Vec::new(),
        }
    }

    fn target(&self, connection: usize) -> Target {
        let is_connected = !self.cut[connection];
        Target {
            connection,
            is_connected,
            is_served: is_connected && self.served[self.topology.connections[connection].to],
        }
    }

    fn instances(&self, component: usize) -> Reason {
        let own = &self.structure.components[component];
        let has_happened = |event: &&usize| self.happened[**event];
        let is_down = |instance: &&Vec<usize>| instance.iter().any(|&event| self.happened[event]);
        let shared: Vec<usize> = own.shared.iter().filter(has_happened).copied().collect();
        let (count, down) = match &own.counted {
            Some(counted) => (
                self.topology.components[component].instances,
                counted.gone(self.happened).max(own.fails_at),
            ),
            None => (
                own.instances.len(),
                own.instances.iter().filter(is_down).count(),
            ),
        };
        let left = if shared.is_empty() { count - down } else { 0 };
        let mut by = shared;
        let counted = own.counted.iter().flat_map(Counted::events);
        let events = own.instances.iter().flatten().chain(&own.failover).copied();
        for event in events.chain(counted).filter(|event| self.happened[*event]) {
            if !by.contains(&event) {
                by.push(event);
            }
        }
        Reason::Instances {
            left,
            needed: count + 1 - own.fails_at.min(count + 1),
            by,
        }
    }
}
