//! What holds after any edits of any plan.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use model::catalog::Catalog;
use model::commands::{
    AddComponent, ChangeConnection, Command, Connect, MoveComponents, Remove, RemovePlace, Rename,
    SetHosting, SetInstances, SetSetting, SetTitle, Together,
};
use model::components;
use model::plan::{Component, Connection, Hosting, HostingKind, Id, Need, Plan, format};
use model::templates;
use model::topology::Topology;
use proptest::prelude::*;

/// An edit described by numbers, so that it fits whatever plan it meets.
fn command(plan: &Plan, choice: u8, a: usize, b: usize, number: f64) -> Option<Command> {
    let component = |n: usize| {
        plan.components
            .get(n % plan.components.len().max(1))
            .map(|c| c.id.clone())
    };
    let connection = |n: usize| plan.connections.get(n % plan.connections.len().max(1));
    Some(match choice % 11 {
        0 => AddComponent {
            component: Component {
                kind: components::ALL[a % components::ALL.len()].id.to_owned(),
                position: Some([number, 0.0]),
                ..Component::default()
            },
        }
        .into(),
        1 => Connect {
            from: component(a)?,
            to: component(b)?,
        }
        .into(),
        2 => MoveComponents {
            positions: BTreeMap::from([(component(a)?, [number, number])]),
        }
        .into(),
        3 => Remove {
            components: BTreeSet::from([component(a)?]),
            ..Remove::default()
        }
        .into(),
        4 => Remove {
            connections: BTreeSet::from([connection(a)?.id.clone()]),
            ..Remove::default()
        }
        .into(),
        5 => Rename {
            component: component(a)?,
            label: format!("\u{202e}«{number}»\n\"\\"),
        }
        .into(),
        6 => SetHosting {
            component: component(a)?,
            hosting: Some(Hosting {
                kind: Some(HostingKind::ALL[b % 4]),
                ..Hosting::default()
            }),
        }
        .into(),
        7 => SetInstances {
            component: component(a)?,
            instances: b as u32,
        }
        .into(),
        8 => SetSetting {
            component: component(a)?,
            setting: "service_time_ms".to_owned(),
            value: Some(serde_json::Value::from(number)),
        }
        .into(),
        9 => ChangeConnection {
            connection: Connection {
                need: Some(Need::K(number)),
                calls: Some(number),
                ..Connection::clone(connection(a)?)
            },
        }
        .into(),
        _ => match plan.places.first() {
            Some(place) => RemovePlace {
                place: place.id.clone(),
            }
            .into(),
            None => SetTitle {
                title: number.to_string(),
                notes: None,
            }
            .into(),
        },
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_edits_leave_a_plan_that_saves_loads_and_resolves(
        template in 0..templates::ALL.len(),
        edits in prop::collection::vec((any::<u8>(), 0_usize..1100, 0_usize..1100, -1e9_f64..1e9), 0..30),
    ) {
        let mut plan = Rc::new(templates::ALL[template].plan().unwrap());
        for (choice, a, b, number) in edits {
            let Some(command) = command(&plan, choice, a, b, number) else { continue };
            prop_assert!(!command.label(&plan).is_empty());
            match command.apply(&plan) {
                Ok(next) => {
                    prop_assert_eq!(Rc::ptr_eq(&next, &plan), next == plan);
                    plan = next;
                }
                Err(refused) => prop_assert!(refused.to_string().ends_with('.')),
            }
        }
        let text = format::write(&plan);
        prop_assert_eq!(&format::read(text.as_bytes()).unwrap(), &*plan);
        for connection in &plan.connections {
            prop_assert!(plan.component(&connection.from).is_some() && plan.component(&connection.to).is_some());
        }
        let catalog = Catalog::default();
        prop_assert_eq!(Topology::new(&plan, &catalog).components.len(), plan.components.len());
    }

    #[test]
    fn any_bytes_are_read_or_refused_in_words(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        if let Err(error) = format::read(&bytes) {
            prop_assert!(error.to_string().ends_with('.'));
        }
    }

    #[test]
    fn any_mangled_plan_is_read_or_refused_in_words(
        template in 0..templates::ALL.len(), at in any::<prop::sample::Index>(), byte in any::<u8>(),
    ) {
        let mut bytes = format::write(&templates::ALL[template].plan().unwrap()).into_bytes();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        match format::read(&bytes) {
            Ok(plan) => prop_assert!(Topology::new(&plan, &Catalog::default()).components.len() <= plan.components.len()),
            Err(error) => prop_assert!(error.to_string().ends_with('.'), "{}", error),
        }
    }
}

#[test]
fn several_edits_are_all_made_or_none() {
    let plan = Rc::new(templates::template("shop").unwrap().plan().unwrap());
    let fails = Together {
        title: "Two edits".to_owned(),
        commands: vec![
            SetInstances {
                component: Id::from("app"),
                instances: 5,
            }
            .into(),
            SetInstances {
                component: Id::from("nobody"),
                instances: 5,
            }
            .into(),
        ],
    };
    assert!(Command::from(fails).apply(&plan).is_err());
}
