//! How often journeys are down: against every state of small plans, and properties that hold for all of them.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use model::analysis::availability::{
    AvailabilityReport, Cause, JourneyAvailability, Part, availability,
};
use model::analysis::structure::{Event, Structure, Subject};
use model::catalog::Catalog;
use model::evaluate::evaluate;
use model::plan::sketch::sketch;
use model::plan::{
    AssumptionValue, Component, Connection, Id, Mode, Need, Overrides, Place, PlaceKind, Plan,
    PrimaryReplica, Redundancy,
};
use model::topology::{self, Redundancy as Redundant, Topology};
use proptest::prelude::*;

fn report(plan: &Plan, needed: &[(&str, usize)]) -> AvailabilityReport {
    let catalog = Catalog::default();
    let topology = Topology::new(plan, &catalog);
    let mut counts = vec![1; topology.components.len()];
    for (id, count) in needed {
        counts[topology.component_index(id).unwrap()] = *count;
    }
    availability(&topology, &counts)
}

fn journey(text: &str) -> JourneyAvailability {
    report(&sketch(text).unwrap(), &[]).journeys.remove(0)
}

fn points(journey: &JourneyAvailability) -> Vec<(&str, Cause)> {
    let points = journey.single_points.iter();
    points
        .map(|point| (point.event.as_str(), point.cause))
        .collect()
}

fn cut_sets(journey: &JourneyAvailability) -> Vec<Vec<&str>> {
    let sets = journey.minimal_cut_sets.iter();
    sets.map(|set| set.iter().map(|name| &**name).collect())
        .collect()
}

fn assert_close(found: f64, expected: f64, what: &str) {
    assert!(
        (found - expected).abs() <= 1e-9 * expected.abs(),
        "{what}: {found}, not {expected}"
    );
}

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
fn agrees_with_every_state(plan: &Plan, needed: &[usize]) -> bool {
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

fn place(id: &str, within: Option<&str>, unavailability: f64) -> Place {
    Place {
        within: within.map(Id::from),
        unavailability: Some(unavailability),
        ..Place::new(Id::from(id), PlaceKind::Zone)
    }
}

const TYPES: [&str; 5] = [
    "app_server",
    "load_balancer",
    "cache",
    "cdn",
    "sql_database",
];

prop_compose! {
    fn arbitrary_component(index: usize)(
        kind in 0..TYPES.len(),
        instances in prop_oneof![6 => Just(1), 3 => Just(2), 1 => Just(3)],
        unavailability in prop_oneof![4 => (1..6_u32).prop_map(|q| Some(f64::from(q) / 10.0)), 1 => Just(None)],
        redundancy in 0..6,
        standby in prop_oneof![5 => Just(None), 1 => (0..6_usize).prop_map(Some)],
        placement in prop_oneof![3 => Just(vec![]), 1 => Just(vec!["z1"]), 1 => Just(vec!["z1", "z2"])],
        promotable in prop_oneof![3 => Just(None), 1 => Just(Some(false))],
    ) -> Component {
        Component {
            id: Id::from(format!("n{index}")),
            kind: TYPES[kind].to_owned(),
            instances: Some(f64::from(instances)),
            placement: placement.into_iter().map(Id::from).collect(),
            redundancy: match redundancy {
                0 => Some(Redundancy::All),
                1 => Some(Redundancy::K(2.0)),
                2 => Some(Redundancy::PrimaryReplica(PrimaryReplica {
                    coverage: Some(0.8),
                    ..PrimaryReplica::default()
                })),
                _ => None,
            },
            promotable,
            standby_for: standby.filter(|&s| s != index).map(|s| Id::from(format!("n{s}"))),
            overrides: unavailability.map(|q| Overrides {
                unavailability: Some(q),
                ..Overrides::default()
            }),
            ..Component::default()
        }
    }
}

prop_compose! {
    fn arbitrary_connection(count: usize)(
        from in 0..=count,
        to in 0..count,
        need in 0..8,
        mode in 0..10,
        group in prop_oneof![3 => Just(None), 1 => Just(Some("g"))],
        unavailability in prop_oneof![5 => Just(0.0), 1 => Just(0.3)],
    ) -> Connection {
        Connection {
            from: Id::from(if from == count { "users".to_owned() } else { format!("n{from}") }),
            to: Id::from(format!("n{to}")),
            need: match need {
                0 => Some(Need::All),
                1 | 2 => Some(Need::Any),
                3 => Some(Need::K(2.0)),
                4 => Some(Need::Optional),
                _ => None,
            },
            mode: match mode {
                0 => Some(Mode::Async),
                1 => Some(Mode::Parallel),
                _ => None,
            },
            group: group.map(str::to_owned),
            unavailability: Some(unavailability),
            ..Connection::default()
        }
    }
}

fn arbitrary_plan() -> impl Strategy<Value = Plan> {
    (2..=6_usize)
        .prop_flat_map(|count| {
            let components: Vec<_> = (0..count).map(arbitrary_component).collect();
            let connections = prop::collection::vec(arbitrary_connection(count), count..=2 * count);
            (components, connections)
        })
        .prop_map(|(components, mut connections)| {
            let users = Component {
                id: Id::from("users"),
                kind: "client".to_owned(),
                ..Component::default()
            };
            // The users always reach something.
            connections[0].from = Id::from("users");
            for (index, connection) in connections.iter_mut().enumerate() {
                connection.id = Id::from(format!("c{index}"));
            }
            Plan {
                places: vec![
                    Rc::new(place("region", None, 0.05)),
                    Rc::new(place("z1", Some("region"), 0.1)),
                    Rc::new(place("z2", Some("region"), 0.0)),
                ],
                components: std::iter::once(users)
                    .chain(components)
                    .map(Rc::new)
                    .collect(),
                connections: connections.into_iter().map(Rc::new).collect(),
                ..Plan::default()
            }
        })
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 2000,
        max_global_rejects: 100_000,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn probability_cut_sets_and_importance_agree_with_every_state(
        plan in arbitrary_plan(),
        needed in prop::collection::vec(0..4_usize, 7),
    ) {
        prop_assume!(agrees_with_every_state(&plan, &needed));
    }

    #[test]
    fn another_alternative_instance_or_standby_never_makes_it_worse(
        mut plan in arbitrary_plan(),
        addition in 0..3,
        at in any::<prop::sample::Index>(),
    ) {
        let before = report(&plan, &[]).journeys[0].unavailability.0;
        match addition {
            0 => {
                let catalog = Catalog::default();
                let topology = Topology::new(&plan, &catalog);
                // A circle of plain calls holds itself up; an alternative in it ends that.
                let group = topology.groups.iter().find(|group| group.divides && !group.needs_all());
                prop_assume!(group.is_some());
                let connection = topology.connections[group.unwrap().members[0]].source.clone();
                let called = plan.component(&connection.to).unwrap();
                let alternative = Component {
                    id: Id::from("alternative"),
                    standby_for: None,
                    ..Component::clone(called)
                };
                plan.components.push(Rc::new(alternative));
                plan.connections.push(Rc::new(Connection {
                    id: Id::from("more"),
                    to: Id::from("alternative"),
                    ..connection
                }));
            }
            1 => {
                let place = 1 + at.index(plan.components.len() - 1);
                let component = Rc::make_mut(&mut plan.components[place]);
                prop_assume!(component.redundancy.is_none() && component.overrides.is_some());
                prop_assume!(component.placement.is_empty());
                component.instances = component.instances.map(|count| count + 1.0);
            }
            _ => {
                let place = 1 + at.index(plan.components.len() - 1);
                let spare = Component {
                    id: Id::from("spare"),
                    standby_for: Some(plan.components[place].id.clone()),
                    ..Component::clone(&plan.components[place])
                };
                plan.components.push(Rc::new(spare));
            }
        }
        let after = report(&plan, &[]).journeys[0].unavailability.0;
        prop_assert!(after <= before + 1e-12, "{} became {}", before, after);
    }

    #[test]
    fn the_order_of_the_file_does_not_matter(mut plan in arbitrary_plan()) {
        // Connections of a named group may disagree about what it needs; then the first one counts.
        for connection in &mut plan.connections {
            Rc::make_mut(connection).group = None;
        }
        let one = report(&plan, &[]).journeys.remove(0);
        plan.components.reverse();
        plan.connections.reverse();
        plan.places.reverse();
        let other = report(&plan, &[]).journeys.remove(0);
        prop_assert!((one.unavailability.0 - other.unavailability.0).abs() < 1e-12);
        prop_assert_eq!(one.minimal_cut_sets, other.minimal_cut_sets);
        prop_assert_eq!(one.single_points, other.single_points);
    }
}

#[test]
fn twelve_nines_keep_their_digits() {
    let found = journey("users -> app*2[unavailability=0.000001]");
    assert_close(found.unavailability.0, 1e-12, "unavailability");
    let found = journey("users -> app*4[unavailability=0.0001] -> db*2[unavailability=0.00000001]");
    assert_close(found.unavailability.0, 2e-16, "two small ones");
}

#[test]
fn a_cache_may_be_missed_but_not_what_it_reads_through_to() {
    let found = journey("users -> app*2 -> cache -> db");
    assert_eq!(points(&found), [("component:db", Cause::Structural)]);
    let beside = journey("users -> app*2 -> cache\napp -[only_on_miss_of=cache]-> db");
    assert_eq!(points(&beside), [("component:db", Cause::Structural)]);
    let required = journey("users -> app*2 -[need=all]-> cache");
    assert_eq!(points(&required), [("component:cache", Cause::Structural)]);
}

#[test]
fn what_nobody_waits_for_takes_nothing_down() {
    let found =
        journey("users -> app*2 -> queue ~> worker\napp ~> search\napp ?> mail:external-service");
    assert_eq!(points(&found), [("component:queue", Cause::Structural)]);
}

#[test]
fn a_standby_serves_for_the_one_it_replaces() {
    let found = journey("users -> app*2 -> db\nspare:db[standby_for=db]");
    assert_eq!(points(&found), []);
    assert!(cut_sets(&found).contains(&vec!["component:db", "component:spare"]));
}

#[test]
fn several_instances_that_are_all_needed_are_one_single_point() {
    let plan = sketch("users -> app*3").unwrap();
    let by_load = report(&plan, &[("app", 3)]).journeys.remove(0);
    assert_eq!(points(&by_load), [("component:app", Cause::Capacity)]);
    assert_eq!(cut_sets(&by_load), [["app#1"], ["app#2"], ["app#3"]]);
    let by_wish = journey("users -> app*3[redundancy=all]");
    assert_eq!(points(&by_wish), [("component:app", Cause::Structural)]);
    let one_to_spare = report(&plan, &[("app", 2)]).journeys.remove(0);
    assert_eq!(points(&one_to_spare), []);
    assert_eq!(
        cut_sets(&one_to_spare),
        [["app#1", "app#2"], ["app#1", "app#3"], ["app#2", "app#3"]]
    );
}

#[test]
fn perfect_parts_are_single_points_all_the_same() {
    let found = journey("place z: zone\nusers -> app@z[unavailability=0]");
    assert_eq!(
        points(&found),
        [
            ("component:app", Cause::Structural),
            ("place:z", Cause::Domain)
        ]
    );
    assert_close(found.unavailability.0, 0.0, "unavailability");
    assert!(
        found
            .importance
            .iter()
            .all(|i| i.hours_year_if_perfect == 0.0)
    );
}

#[test]
fn common_causes_count_where_the_plan_does_not_say_otherwise() {
    let names = |found: &JourneyAvailability| -> Vec<String> {
        found
            .importance
            .iter()
            .map(|i| i.event.to_string())
            .collect()
    };
    let mut plan = sketch("users -> app*2[unavailability=0.001]").unwrap();
    let alone = report(&plan, &[]).journeys.remove(0);
    assert_close(alone.unavailability.0, 1e-6, "unavailability");
    assert_eq!(names(&alone), ["app#1", "app#2"]);
    let assumed = journey("users -> app*2");
    assert!(names(&assumed).contains(&"common_cause:app".to_owned()));
    assert_eq!(
        points(&assumed),
        [],
        "a common cause is no part of the plan"
    );
    assert_eq!(cut_sets(&assumed), [["app#1", "app#2"]]);
    let fraction = |value| {
        let mut plan = sketch("users -> app*2").unwrap();
        plan.assumptions.0.insert(
            "common_cause_fraction".to_owned(),
            AssumptionValue::Exactly(value),
        );
        report(&plan, &[]).journeys.remove(0)
    };
    assert_eq!(names(&fraction(0.0)), ["app#1", "app#2"]);
    assert!(fraction(0.1).unavailability.0 > assumed.unavailability.0);
    plan.assumptions.0.insert(
        "common_cause_fraction".to_owned(),
        AssumptionValue::Exactly(0.1),
    );
    let stated = report(&plan, &[]).journeys.remove(0);
    assert_close(
        stated.unavailability.0,
        1e-4 + (1.0 - 1e-4) * 8.1e-7,
        "beta factor",
    );
}

#[test]
fn a_switch_to_a_replica_may_fail_and_takes_time() {
    let database = |overrides: Overrides| {
        let mut plan = sketch("users -> db*2").unwrap();
        let database = Rc::make_mut(&mut plan.components[1]);
        database.overrides = Some(overrides);
        database.redundancy = Some(Redundancy::PrimaryReplica(PrimaryReplica {
            detect_seconds: Some(30.0),
            switch_seconds: Some(30.0),
            coverage: Some(0.98),
            ..PrimaryReplica::default()
        }));
        report(&plan, &[]).journeys.remove(0)
    };
    let stated = database(Overrides {
        unavailability: Some(0.002),
        ..Overrides::default()
    });
    // Both down, or the first one down and the switch failed; nothing is added for a rate nobody stated.
    assert_close(
        stated.unavailability.0,
        0.002 * (0.02 + 0.98 * 0.002),
        "stated share of time",
    );
    assert_eq!(cut_sets(&stated), [["db#1", "db#2"]]);
    let rate = database(Overrides {
        mtbf_hours: Some(2000.0),
        mttr_hours: Some(4.0),
        ..Overrides::default()
    });
    // A Markov chain with one repair crew (cases/reliability.json, R-MK-04) says 5.588e-5; here both repairs run
    // at once, which is the difference.
    let exact = 1.0 - 0.999_944_121_482_070_8;
    assert!(rate.unavailability.0 < exact && rate.unavailability.0 > 0.92 * exact);
}

#[test]
fn users_without_a_connection_reach_nothing() {
    let found = journey("users");
    assert!(found.reaches_nothing && found.exact);
    assert_close(found.unavailability.0, 1.0, "unavailability");
    assert_close(found.downtime_hours_year, 8766.0, "hours");
    assert_eq!(points(&found), []);
    assert!(!journey("users -> app").reaches_nothing);
}

#[test]
fn importance_ranks_by_hours() {
    let found = journey(
        "users -> lb[unavailability=0.001] -> app*2[unavailability=0.01] -> db[unavailability=0.002]",
    );
    let first: Vec<&str> = found.importance.iter().map(|i| &*i.event).collect();
    assert_eq!(first, ["component:db", "component:lb", "app#1", "app#2"]);
    let database = &found.importance[0];
    assert_close(database.birnbaum, 0.999 * (1.0 - 1e-4), "others all work");
    assert_close(
        database.hours_year_if_perfect,
        database.birnbaum * 0.002 * 8766.0,
        "hours",
    );
}

#[test]
fn taking_parts_away_says_what_is_left() {
    let plan =
        sketch("place z: zone\nusers -> lb -> a1:app-server@z, a2:app-server -> db").unwrap();
    let catalog = Catalog::default();
    let topology = Topology::new(&plan, &catalog);
    let structure = Structure::new(&topology, &[]);
    let up = |names: &[&str]| {
        let events: Vec<usize> = names
            .iter()
            .map(|name| structure.event(name).unwrap())
            .collect();
        let outage = structure.without(&events);
        let components: Vec<&str> = (0..topology.components.len())
            .filter(|&component| outage.components_up[component])
            .map(|component| &**topology.id(component))
            .collect();
        (components.join(" "), outage.journeys_up[0])
    };
    assert_eq!(up(&[]), ("users lb a1 a2 db".to_owned(), true));
    assert_eq!(up(&["place:z"]), ("users lb a2 db".to_owned(), true));
    assert_eq!(up(&["place:z", "component:a2"]), ("db".to_owned(), false));
    assert_eq!(up(&["component:db"]), (String::new(), false));
    assert_eq!(structure.event("component:nobody"), None);
}

#[test]
fn a_long_chain_and_a_dense_mesh_are_answered() {
    let names: Vec<String> = (0..5000)
        .map(|n| format!("n{n}:app-server[unavailability=0.000001]"))
        .collect();
    let chain = journey(&format!("users -> {}", names.join(" -> ")));
    assert!(chain.exact && chain.simulated.is_none());
    assert_close(
        chain.unavailability.0,
        -f64::exp_m1(5000.0 * f64::ln_1p(-1e-6)),
        "chain",
    );
    assert_eq!(chain.single_points.len(), 5000);
    assert!(chain.minimal_cut_sets.len() == 1000 && !chain.cut_sets_complete);

    // A grid in which every crossing calls all its neighbours: too much for a diagram.
    let side = 24;
    let mut lines = vec!["users -> n-0-0:app-server[unavailability=0.01]".to_owned()];
    for (x, y) in (0..side).flat_map(|x| (0..side).map(move |y| (x, y))) {
        for (i, j) in [(x + 1, y), (x, y + 1)] {
            if i < side && j < side {
                let there = format!("n-{i}-{j}:app-server[unavailability=0.01]");
                let here = format!("n-{x}-{y}:app-server");
                lines.push(format!("{here} -[group=g need=any]-> {there}"));
                if (i, j) != (side - 1, side - 1) {
                    lines.push(format!("n-{i}-{j} -[group=g need=any]-> {here}"));
                }
            }
        }
    }
    let mesh = journey(&lines.join("\n"));
    let range = mesh.unavailability_range;
    assert!(!mesh.exact);
    assert!(
        0.019 < range.low
            && range.low <= range.base
            && range.base <= range.high
            && range.high <= 1.0
    );
    // The two ends are down 1.99 % of the time, and hardly anything else stops it.
    let drawn = mesh.simulated.unwrap();
    assert!(drawn.low.0 < 0.0206 && 0.0199 < drawn.high.0 && drawn.samples >= 2_000);
    assert!(drawn.high.0 - drawn.low.0 < 0.02);
    assert_eq!(drawn.unavailability, mesh.unavailability);
    assert!(range.low <= drawn.low.0 && drawn.high.0 <= range.high);
    assert!(drawn.low <= drawn.unavailability && drawn.unavailability <= drawn.high);
    let ends: Vec<(&str, Cause)> = vec![
        ("component:n-0-0", Cause::Structural),
        ("component:n-23-23", Cause::Structural),
    ];
    assert_eq!(points(&mesh), ends);
}

/// The plan with one thing changed, and what that does to the first journey in hours per year.
fn saved(plan: &Plan, before: f64, change: impl FnOnce(&mut Plan)) -> f64 {
    let mut changed = plan.clone();
    change(&mut changed);
    let after = report(&changed, &[]).journeys[0].unavailability.0;
    (before - after) * 8766.0
}

fn never_fails(component: &mut Component) {
    component
        .overrides
        .get_or_insert_with(Overrides::default)
        .unavailability = Some(0.0);
    if let Some(Redundancy::PrimaryReplica(switch)) = &mut component.redundancy {
        switch.coverage = Some(1.0);
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 300,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn what_is_worth_mending_saves_what_it_says(plan in arbitrary_plan()) {
        let catalog = Catalog::default();
        let topology = Topology::new(&plan, &catalog);
        let journey = availability(&topology, &[]).journeys.remove(0);
        let before = journey.unavailability.0;
        let mut last = f64::INFINITY;
        for one in &journey.mending {
            prop_assert!(one.hours_year_if_perfect <= last);
            last = one.hours_year_if_perfect;
            let perfect = saved(&plan, before, |plan| match one.part {
                Part::Component(index) => never_fails(Rc::make_mut(&mut plan.components[index])),
                Part::Connection(index) => {
                    let id = &topology.connections[index].source.id;
                    let connection = plan.connections.iter_mut().find(|one| one.id == *id).unwrap();
                    Rc::make_mut(connection).unavailability = Some(0.0);
                }
                Part::Place(index) => {
                    let id = topology.domains[index].id.to_string();
                    let place = plan.places.iter_mut().find(|place| *place.id == *id).unwrap();
                    Rc::make_mut(place).unavailability = Some(0.0);
                }
            });
            prop_assert!(
                (one.hours_year_if_perfect - perfect).abs() < 1e-7,
                "{:?}: {} instead of {perfect}", one.part, one.hours_year_if_perfect
            );
            if let (Part::Component(index), Some(hours)) = (one.part, one.hours_year_with_another) {
                let another = saved(&plan, before, |plan| {
                    let component = Rc::make_mut(&mut plan.components[index]);
                    component.instances = component.instances.map(|count| count + 1.0);
                });
                prop_assert!(
                    (hours - another).abs() < 1e-7,
                    "{}: {hours} instead of {another}: {}",
                    plan.components[index].id, serde_json::to_string(&plan).unwrap()
                );
            }
        }
    }
}

#[test]
fn growth_uses_up_redundancy() {
    let text = "users[rps=50 growth=10] -> app*3[service_time_ms=10 servers=1 unavailability=0.01] -> db[service_time_ms=0.01 unavailability=0.001]";
    let plan = sketch(text).unwrap();
    let found = evaluate(&plan, &Catalog::default(), None);
    let erosion = &found.journeys[0].erosion;
    let with = |apps: f64| apps + (1.0 - apps) * 0.001;
    let q = 0.01_f64;
    assert_close(
        found.journeys[0].unavailability.0,
        with(q.powi(3)),
        "one is enough",
    );
    let expected = [
        (2.0_f64, with(3.0 * q * q * (1.0 - q) + q.powi(3))),
        (4.0, with(1.0 - (1.0 - q).powi(3))),
    ];
    assert_eq!(erosion.len(), expected.len());
    for (step, (factor, unavailability)) in erosion.iter().zip(expected) {
        assert_close(step.months, factor.ln() / 1.1_f64.ln(), "months");
        assert_close(step.unavailability.0, unavailability, "eroded");
        assert_close(step.downtime_hours_year, unavailability * 8766.0, "hours");
        assert_eq!(&*step.component, "app");
    }
    assert_eq!((erosion[0].needed, erosion[1].needed), (2, 3));
    let still = sketch(&text.replace("growth=10", "growth=0")).unwrap();
    assert_eq!(
        evaluate(&still, &Catalog::default(), None).journeys[0].erosion,
        []
    );
}

#[test]
fn one_more_instance_has_its_price() {
    let text = "users[rps=1] -> app[unavailability=0.01] -> db[unavailability=0.001]";
    let mut plan = sketch(text).unwrap();
    let app = Rc::make_mut(&mut plan.components[1])
        .overrides
        .as_mut()
        .unwrap();
    (app.cost_month, app.work_days_month) = (Some(40.0), Some(0.5));
    let found = evaluate(&plan, &Catalog::default(), None);
    let first = &found.journeys[0].fix_first[0];
    assert_eq!(first.subject, "component:app");
    let another = first.another.unwrap();
    let hours = 0.999 * (0.01 - 0.0001) * 8766.0;
    assert_close(another.hours_year, hours, "hours");
    assert_close(
        another.hours_year_per_cost.unwrap(),
        hours / 40.0,
        "for money",
    );
    assert_close(
        another.hours_year_per_work_day.unwrap(),
        hours / 0.5,
        "for work",
    );
}

#[test]
fn what_is_wrong_is_named_and_the_rest_is_answered() {
    let mut plan = sketch(
        "place a: zone\nplace b: zone in a\nusers[rps=1] -> app*2@b[unavailability=0.01] -> db[unavailability=0.002]\nlost:users[rps=1]",
    )
    .unwrap();
    Rc::make_mut(&mut plan.places[0]).within = Some(Id::from("b"));
    Rc::make_mut(&mut plan.components[1]).redundancy = Some(Redundancy::K(5.0));
    let database = Rc::make_mut(&mut plan.components[2])
        .overrides
        .as_mut()
        .unwrap();
    database.unavailability = Some(-0.5);
    let found = evaluate(&plan, &Catalog::default(), None);
    let named: BTreeSet<&str> = found.problems.iter().map(|problem| problem.id).collect();
    assert!(named.len() >= 3, "{named:?}");
    let subjects: BTreeSet<&str> = found
        .problems
        .iter()
        .flat_map(|problem| &problem.subjects)
        .map(|subject| &**subject)
        .collect();
    assert!(
        subjects.contains("app") && subjects.contains("db"),
        "{subjects:?}"
    );
    assert!(
        subjects.contains("a") || subjects.contains("b"),
        "{subjects:?}"
    );
    for journey in &found.journeys {
        assert!((0.0..=1.0).contains(&journey.unavailability.0));
    }
    let is_answered: Vec<bool> = found
        .journeys
        .iter()
        .map(|one| one.exact && one.unavailability.0 < 1.0)
        .collect();
    assert_eq!(is_answered, [true, false], "only one of them has a path");
}

/// A plan of so many components with so many instances each, which need each other as a tree, in three zones.
fn crowd(components: usize, instances: f64, redundancy: &Redundancy, zones: &[&str]) -> Plan {
    let mut plan =
        sketch("place a: zone\nplace b: zone\nplace c: zone\nusers -> n0:app-server").unwrap();
    for place in &mut plan.places {
        Rc::make_mut(place).unavailability = Some(0.001);
    }
    for number in 0..components {
        let server = Component {
            id: Id::from(format!("n{number}")),
            kind: "app_server".to_owned(),
            instances: Some(instances),
            redundancy: Some(redundancy.clone()),
            placement: zones.iter().copied().map(Id::from).collect(),
            overrides: Some(Overrides {
                unavailability: Some(0.005),
                ..Overrides::default()
            }),
            ..Component::default()
        };
        if number == 0 {
            plan.components[1] = Rc::new(server);
            continue;
        }
        plan.components.push(Rc::new(server));
        plan.connections.push(Rc::new(Connection {
            id: Id::from(format!("c{number}")),
            from: Id::from(format!("n{}", (number - 1) / 2)),
            to: Id::from(format!("n{number}")),
            need: Some(Need::All),
            ..Connection::default()
        }));
    }
    plan
}

#[test]
fn ten_million_instances_are_counted() {
    let plan = crowd(10_000, 1000.0, &Redundancy::K(500.0), &["a", "b", "c"]);
    let catalog = Catalog::default();
    let topology = Topology::new(&plan, &catalog);
    let structure = Structure::new(&topology, &[]);
    assert!(
        structure.events.len() < 100_000,
        "{}",
        structure.events.len()
    );
    let found = evaluate(&plan, &catalog, None);
    let journey = &found.journeys[0];
    // Two zones of three take more than half of everything; one of them, and machines alone, never do.
    let two_of_three = 3.0 * 0.001_f64.powi(2) - 2.0 * 0.001_f64.powi(3);
    assert!(journey.exact && journey.cut_sets_complete);
    assert_close(journey.unavailability.0, two_of_three, "two of three zones");
    let names: Vec<Vec<&str>> = journey
        .minimal_cut_sets
        .iter()
        .map(|set| set.iter().map(|name| &**name).collect())
        .collect();
    let pairs = [["a", "b"], ["a", "c"], ["b", "c"]];
    let pairs = pairs.map(|pair| pair.map(|place| format!("place:{place}")));
    assert_eq!(names, pairs);
}

#[test]
fn counted_instances_fail_as_often_as_those_that_are_told_apart() {
    // 990 of 1,000: R-KN-06 of the known answers; the others make a plan of so many instances and are not needed.
    let counted = |redundancy: Redundancy, instances: f64, zones: &[&str]| {
        let mut plan = crowd(102, 1000.0, &Redundancy::K(1.0), &[]);
        let first = Rc::make_mut(&mut plan.components[1]);
        first.redundancy = Some(redundancy);
        first.instances = Some(instances);
        first.placement = zones.iter().copied().map(Id::from).collect();
        plan.connections.truncate(1);
        plan
    };
    let told = |redundancy: Redundancy, instances: f64, zones: &[&str]| {
        let mut plan = counted(redundancy, instances, zones);
        plan.components.truncate(2);
        plan
    };
    let down = |plan: &Plan| report(plan, &[]).journeys[0].unavailability.0;
    let known = down(&counted(Redundancy::K(990.0), 1000.0, &[]));
    assert_close(known, 0.013_469_009_328_931_813, "990 of 1,000");
    for (needed, instances, zones) in [
        (Redundancy::K(13.0), 18.0, vec!["a", "b", "c"]),
        (Redundancy::K(13.0), 18.0, vec!["a"]),
        (Redundancy::K(6.0), 18.0, vec!["a", "b", "c"]),
        (Redundancy::K(9.0), 18.0, vec!["a", "b"]),
        (Redundancy::All, 18.0, vec!["a", "b"]),
    ] {
        let apart = report(&told(needed.clone(), instances, &zones), &[]);
        let together = report(&counted(needed.clone(), instances, &zones), &[]);
        assert!(together.structure.events.len() < 250 && apart.structure.events.len() > 18);
        let (apart, together) = (&apart.journeys[0], &together.journeys[0]);
        let what = format!("{needed:?} in {zones:?}");
        assert_close(together.unavailability.0, apart.unavailability.0, &what);
        assert_close(
            together.unavailability_range.high,
            apart.unavailability_range.high,
            &what,
        );
        assert_eq!(together.single_points, apart.single_points, "{what}");
        let of_places = |journey: &JourneyAvailability| -> Vec<f64> {
            let importance = journey.importance.iter();
            let places = importance.filter(|one| one.event.starts_with("place:"));
            places.map(|one| one.birnbaum).collect()
        };
        for (together, apart) in of_places(together).into_iter().zip(of_places(apart)) {
            assert_close(together, apart, &what);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 500,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn without_a_required_part_nothing_is_up_more_often(
        mut plan in arbitrary_plan(),
        at in any::<prop::sample::Index>(),
    ) {
        let before = report(&plan, &[]).journeys.remove(0);
        let place = 1 + at.index(plan.components.len() - 1);
        let id = plan.components[place].id.clone();
        // A share of time alone would leave the common causes of several instances out.
        plan.assumptions.0.insert("common_cause_fraction".to_owned(), AssumptionValue::Exactly(0.0));
        let usual = report(&plan, &[]).journeys.remove(0).unavailability.0;
        let gone = Rc::make_mut(&mut plan.components[place]);
        gone.overrides = Some(Overrides { unavailability: Some(1.0), ..Overrides::default() });
        let after = report(&plan, &[]).journeys.remove(0).unavailability.0;
        prop_assert!(after >= usual - 1e-12, "{} became {}", usual, after);
        let event = format!("component:{id}");
        if before.single_points.iter().any(|point| point.event == event) {
            prop_assert!((after - 1.0).abs() < 1e-12, "{} is required: {}", event, after);
        }
    }
}
