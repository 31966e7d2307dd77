//! Small plans whose answer is known.

use std::collections::BTreeSet;
use std::rc::Rc;

use model::analysis::availability::{Cause, JourneyAvailability};
use model::analysis::structure::Structure;
use model::catalog::Catalog;
use model::evaluate::evaluate;
use model::plan::sketch::sketch;
use model::plan::{AssumptionValue, Id, Overrides, PrimaryReplica, Redundancy};
use model::topology::Topology;

use super::{assert_close, cut_sets, journey, points, report};

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
