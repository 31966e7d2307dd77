//! Against every state of small plans, and what holds for all of them.

use std::rc::Rc;

use model::catalog::Catalog;
use model::plan::{AssumptionValue, Component, Connection, Id, Overrides};
use model::topology::Topology;
use proptest::prelude::*;

use super::arbitrary::arbitrary_plan;
use super::oracle::agrees_with_every_state;
use super::report;

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
