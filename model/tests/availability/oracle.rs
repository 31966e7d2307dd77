//! What is down in every state of a plan, found by looking at each of them.

use std::collections::{BTreeMap, BTreeSet};

use model::analysis::availability::availability;
use model::analysis::structure::{Event, Structure, Subject};
use model::catalog::Catalog;
use model::plan::{Mode, Plan};
use model::topology::{self, Redundancy as Redundant, Topology};

/// What is down in every state of a plan, 64 states at a time: the words of the plan format once more, with nothing
/// of what the model makes of them but defaults filled in and groups formed.
struct Oracle<'t> {
    topology: &'t Topology<'t>,
    events: &'t [Event],
    needed: &'t [usize],
    /// A component itself is number `2 c`, what it asks of others `2 c + 1`; those that need each other in a circle
    /// of plain calls have one class.
    class: Vec<usize>,
}

impl<'t> Oracle<'t> {
    fn new(topology: &'t Topology<'t>, events: &'t [Event], needed: &'t [usize]) -> Self {
        let count = 2 * topology.components.len();
        let mut reaches = vec![vec![false; count]; count];
        for component in 0..topology.components.len() {
            reaches[2 * component][2 * component + 1] = true;
        }
        for group in &topology.groups {
            for &member in &group.members {
                let to = topology.connections[member].to;
                if reads_through(topology, member) {
                    reaches[2 * group.from + 1][2 * to + 1] = true;
                } else if group.needs_all() {
                    reaches[2 * group.from + 1][2 * to] = true;
                }
            }
        }
        for by in 0..count {
            for from in 0..count {
                for to in 0..count {
                    reaches[from][to] |= reaches[from][by] && reaches[by][to];
                }
            }
        }
        let first = |node: usize| {
            let mut all = 0..count;
            all.find(|&other| other == node || reaches[node][other] && reaches[other][node])
        };
        Self {
            topology,
            events,
            needed,
            class: (0..count).filter_map(first).collect(),
        }
    }

    /// In which of the states its instances take a component down.
    fn own_down(&self, component: usize, has_happened: &dyn Fn(Subject) -> u64) -> u64 {
        let resolved = &self.topology.components[component];
        if resolved.kind.behaviour.is_source {
            return 0;
        }
        let instances = (0..resolved.instances).map(|instance| {
            let own = has_happened(Subject::Instance {
                component,
                instance,
            });
            let places = resolved.placement[instance].iter();
            places.fold(own, |down, &place| {
                down | has_happened(Subject::Place(place))
            })
        });
        let mut instances: Vec<u64> = instances.collect();
        let needed = match resolved.redundancy {
            Redundant::Capacity => self.needed.get(component).copied().unwrap_or(1),
            Redundant::AtLeast(needed) => needed,
            Redundant::PrimaryReplica { .. } => 1,
        };
        let mut down = has_happened(Subject::CommonCause(component));
        if matches!(resolved.redundancy, Redundant::PrimaryReplica { .. }) {
            if resolved.takes_over() {
                down |= has_happened(Subject::Failover(component)) & instances[0];
                down |= has_happened(Subject::SwitchOver(component));
            } else {
                instances.truncate(1);
            }
        }
        let needed = needed.clamp(1, instances.len());
        down | at_least(instances.len() - needed + 1, &instances)
    }

    /// In which of the states each journey is down.
    fn down(&self, happened: &[u64]) -> Vec<u64> {
        let has_happened = |subject: Subject| {
            let mut all = self.events.iter().zip(happened);
            all.find(|(event, _)| event.subject == subject)
                .map_or(0, |(_, lanes)| *lanes)
        };
        let components = 0..self.topology.components.len();
        let own: Vec<u64> = components
            .map(|c| self.own_down(c, &has_happened))
            .collect();
        let mut up = vec![0; self.class.len()];
        loop {
            let before = up.clone();
            for class in 0..self.class.len() {
                let members = (0..self.class.len()).filter(|&node| self.class[node] == class);
                let holds = members.map(|node| self.holds(node, &up, &own, &has_happened));
                up[class] = holds.fold(u64::MAX, |all, holds| all & holds);
            }
            if up == before {
                break;
            }
        }
        let journeys = self.topology.journeys.iter().map(|journey| {
            let entry = &self.topology.components[journey.entry];
            if entry.kind.behaviour.is_source && entry.calls.is_empty() {
                return u64::MAX;
            }
            !self.served(journey.entry, &up)
        });
        journeys.collect()
    }

    fn served(&self, component: usize, up: &[u64]) -> u64 {
        let standbys = self.topology.standbys(component).iter();
        standbys.fold(up[self.class[2 * component]], |served, standby| {
            served | up[self.class[2 * *standby]]
        })
    }

    fn holds(
        &self,
        node: usize,
        up: &[u64],
        own: &[u64],
        has_happened: &dyn Fn(Subject) -> u64,
    ) -> u64 {
        let (component, class) = (node / 2, self.class[node]);
        let beside = |other: usize, otherwise: u64| {
            if self.class[other] == class {
                u64::MAX
            } else {
                otherwise
            }
        };
        if node.is_multiple_of(2) {
            let asked = beside(node + 1, up[self.class[node + 1]]);
            return !own[component] & asked;
        }
        let mut holds = u64::MAX;
        for &group in &self.topology.components[component].groups {
            let group = &self.topology.groups[group];
            let connected = |member: usize| !has_happened(Subject::Connection(member));
            let to = |member: usize| self.topology.connections[member].to;
            match group.need {
                topology::Need::Optional => {
                    for &member in &group.members {
                        if reads_through(self.topology, member) {
                            let asked = 2 * to(member) + 1;
                            holds &= beside(asked, up[self.class[asked]]);
                        }
                    }
                }
                topology::Need::AtLeast(_) if group.needs_all() => {
                    for &member in &group.members {
                        let served = self.served(to(member), up);
                        holds &= connected(member) & beside(2 * to(member), served);
                    }
                }
                topology::Need::AtLeast(needed) => {
                    let members = group.members.iter();
                    let is_copy = |member: &usize| {
                        let target = &self.topology.components[to(*member)];
                        target.keeps_data() && !target.takes_over()
                    };
                    let is_writable = |member: &usize| {
                        let target = &self.topology.components[to(*member)];
                        target.keeps_data() && target.takes_over()
                    };
                    let is_one_enough = needed == 1 && group.members.iter().any(is_writable);
                    let counts = members.filter(|member| !(is_one_enough && is_copy(member)));
                    let served = counts.map(|&m| connected(m) & self.served(to(m), up));
                    holds &= at_least(needed, &served.collect::<Vec<u64>>());
                }
            }
        }
        holds
    }
}

fn reads_through(topology: &Topology, connection: usize) -> bool {
    let connection = &topology.connections[connection];
    topology.groups[connection.group].need == topology::Need::Optional
        && connection.mode != Mode::Async
        && topology.components[connection.to].kind.behaviour.caches
}

/// In which of the states at least so many are set.
fn at_least(count: usize, of: &[u64]) -> u64 {
    let mut rows = vec![0; count + 1];
    rows[0] = u64::MAX;
    for &one in of {
        for row in (1..=count).rev() {
            rows[row] |= rows[row - 1] & one;
        }
    }
    rows[count]
}

/// The events that have happened in each of 64 states, the first of which has this number.
fn happened_in(events: usize, first: usize) -> Vec<u64> {
    const LOW: [u64; 6] = [
        0xaaaa_aaaa_aaaa_aaaa,
        0xcccc_cccc_cccc_cccc,
        0xf0f0_f0f0_f0f0_f0f0,
        0xff00_ff00_ff00_ff00,
        0xffff_0000_ffff_0000,
        0xffff_ffff_0000_0000,
    ];
    let lanes = (0..events).map(|event| match LOW.get(event) {
        Some(lanes) => *lanes,
        None if first >> event & 1 == 1 => u64::MAX,
        None => 0,
    });
    lanes.collect()
}

/// The function with one event taken out: the first one, or the last one.
fn without(function: &[f64], q: f64, is_first: bool) -> Vec<f64> {
    let half = function.len() / 2;
    let pair = |state: usize| {
        if is_first {
            (function[2 * state], function[2 * state + 1])
        } else {
            (function[state], function[state + half])
        }
    };
    let states = (0..half).map(|state| {
        let (works, fails) = pair(state);
        (1.0 - q) * works + q * fails
    });
    states.collect()
}

/// Birnbaum's measure of every event of a function, by taking out half of the others at a time.
fn birnbaum(function: &[f64], q: &[f64]) -> Vec<f64> {
    if q.len() == 1 {
        return vec![function[1] - function[0]];
    }
    let (first, last) = q.split_at(q.len() / 2);
    let without_last = last.iter().rev();
    let of_first = without_last.fold(function.to_vec(), |f, &q| without(&f, q, false));
    let of_last = first
        .iter()
        .fold(function.to_vec(), |f, &q| without(&f, q, true));
    [birnbaum(&of_first, first), birnbaum(&of_last, last)].concat()
}

/// Events of the largest plans of which every state is looked at.
const MOST_EVENTS: usize = 16;

/// Compares a report with all states; false if there are too many.
pub(super) fn agrees_with_every_state(plan: &Plan, needed: &[usize]) -> bool {
    let catalog = Catalog::default();
    let topology = Topology::new(plan, &catalog);
    let report = availability(&topology, needed);
    let structure: &Structure = &report.structure;
    let events: &[Event] = &structure.events;
    if events.len() > MOST_EVENTS {
        return false;
    }
    let drawing = || serde_json::to_string(plan).unwrap();
    let oracle = Oracle::new(&topology, events, needed);
    let states = 1_usize << events.len();
    let blocks = (0..states).step_by(64);
    let down: Vec<Vec<u64>> = blocks
        .map(|first| oracle.down(&happened_in(events.len(), first)))
        .collect();
    let of = |state: usize| (0..events.len()).filter(move |e| state >> e & 1 == 1);
    for (index, found) in report.journeys.iter().enumerate() {
        let is_down = |state: usize| down[state / 64][index] >> (state % 64) & 1 == 1;
        for state in (0..states).step_by(states.div_ceil(16)) {
            let failed: Vec<usize> = of(state).collect();
            let is_up = structure.without(&failed).journeys_up[index];
            assert_eq!(is_up, !is_down(state), "{failed:?}: {}", drawing());
        }
        let q: Vec<f64> = events.iter().map(|e| e.unavailability.base).collect();
        let function: Vec<f64> = (0..states)
            .map(|s| f64::from(u8::from(is_down(s))))
            .collect();
        let expected = q
            .iter()
            .fold(function.clone(), |f, &q| without(&f, q, true))[0];
        assert!(found.exact, "{}", drawing());
        assert!(
            (found.unavailability.0 - expected).abs() < 1e-12,
            "{} instead of {expected}: {}",
            found.unavailability.0,
            drawing()
        );
        if found.reaches_nothing {
            continue;
        }
        let is_part = |&event: &usize| events[event].is_structural();
        let is_minimal = |state: usize| {
            is_down(state)
                && of(state).all(|event| is_part(&event) && !is_down(state & !(1 << event)))
        };
        let small = (0..states).filter(|state| state.count_ones() <= 3);
        let expected: BTreeSet<BTreeSet<String>> = small
            .filter(|&state| is_minimal(state))
            .map(|state| {
                of(state)
                    .map(|event| events[event].name.to_string())
                    .collect()
            })
            .collect();
        let sets: Vec<BTreeSet<String>> = found
            .minimal_cut_sets
            .iter()
            .map(|set| set.iter().map(ToString::to_string).collect())
            .collect();
        let distinct: BTreeSet<BTreeSet<String>> = sets.iter().cloned().collect();
        assert_eq!(distinct, expected, "{}", drawing());
        assert_eq!(sets.len(), distinct.len(), "{}", drawing());
        assert!(found.cut_sets_complete, "{}", drawing());
        let names = events.iter().map(|event| event.name.to_string());
        let expected: BTreeMap<String, f64> = names.zip(birnbaum(&function, &q)).collect();
        for importance in &found.importance {
            let expected = expected[&*importance.event];
            assert!(
                (importance.birnbaum - expected).abs() < 1e-12,
                "{}: {} instead of {expected}: {}",
                importance.event,
                importance.birnbaum,
                drawing()
            );
        }
    }
    true
}
