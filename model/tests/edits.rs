//! What holds after any edits of any plan.

mod any_command;

use std::collections::BTreeSet;
use std::rc::Rc;

use any_command::{CHOICES, command};
use model::catalog::Catalog;
use model::commands::{Command, SetInstances, Together};
use model::plan::{Id, Plan, format};
use model::templates;
use model::topology::Topology;
use proptest::prelude::*;

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
        title: "Two edits".into(),
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

#[test]
fn every_command_is_among_the_edits_that_are_tried() {
    let mut tried: BTreeSet<String> = BTreeSet::new();
    let plans: Vec<Plan> = templates::ALL
        .iter()
        .map(|one| one.plan().unwrap())
        .collect();
    for plan in &plans {
        for choice in 0..CHOICES {
            if let Some(command) = command(plan, choice, 1, 2, 3.0) {
                let value = serde_json::to_value(command).unwrap();
                tried.insert(format!("{}.rs", value["command"].as_str().unwrap()));
            }
        }
    }
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/commands");
    let files: BTreeSet<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name != "mod.rs")
        .collect();
    assert_eq!(tried, files);
}
