//! What is worth mending, and what growth and one more instance do.

use std::rc::Rc;

use model::analysis::availability::{Part, availability};
use model::catalog::Catalog;
use model::evaluate::evaluate;
use model::plan::sketch::sketch;
use model::plan::{Component, Overrides, Plan, Redundancy};
use model::topology::Topology;
use proptest::prelude::*;

use super::arbitrary::arbitrary_plan;
use super::{assert_close, journey, report};

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
