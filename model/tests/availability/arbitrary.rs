//! Any small plan.

use std::rc::Rc;

use model::plan::{
    Component, Connection, Id, Mode, Need, Overrides, Place, PlaceKind, Plan, PrimaryReplica,
    Redundancy,
};
use proptest::prelude::*;

pub(super) fn place(id: &str, within: Option<&str>, unavailability: f64) -> Place {
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

pub(super) fn arbitrary_plan() -> impl Strategy<Value = Plan> {
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
