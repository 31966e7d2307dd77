//! What becomes of a plan while parts of it are taken away: known answers, and agreement with the success function.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use model::analysis::structure::Structure;
use model::catalog::Catalog;
use model::evaluate::{Survival, evaluate};
use model::plan::sketch::sketch;
use model::plan::{Id, Plan};
use model::scenarios::{Aftermath, Loss, Scenario, State, Why, aftermath};
use model::topology::Topology;
use proptest::prelude::*;

fn after(text: &str, events: &[&str]) -> Aftermath {
    let plan = sketch(text).expect("the sketch is in the notation");
    let scenario = Scenario::of_events(events.iter().copied());
    aftermath(&plan, &Catalog::default(), &scenario)
}

fn words(aftermath: &Aftermath, id: &str) -> String {
    let fate = &aftermath.components[id];
    let why = fate
        .why
        .as_ref()
        .map(|why| why.words(Id::to_string).to_string());
    format!("{}: {}", fate.state.name(), why.unwrap_or_default())
}

/// Every component's fate and reason, and whether the first journey can be made.
fn check(text: &str, events: &[&str], is_up: bool, expect: &[(&str, &str)]) {
    let aftermath = after(text, events);
    assert_eq!(
        aftermath.journeys[0].is_up, is_up,
        "{text} without {events:?}"
    );
    let found: Vec<(&str, String)> = expect
        .iter()
        .map(|(id, _)| (*id, words(&aftermath, id)))
        .collect();
    let expect: Vec<(&str, String)> = expect
        .iter()
        .map(|(id, words)| (*id, (*words).to_owned()))
        .collect();
    assert_eq!(found, expect, "{text} without {events:?}");
}

#[test]
fn a_the_database_takes_all_down_and_an_app_server_takes_nothing() {
    let text = "users -> lb -> a1:app-server, a2:app-server -> db";
    check(
        text,
        &["component:db"],
        false,
        &[
            ("db", "down: taken away"),
            ("a1", "down: no path to db"),
            ("lb", "down: no path to db"),
            ("users", "unserved: no path to db"),
        ],
    );
    check(
        text,
        &["component:a1"],
        true,
        &[
            ("a1", "down: taken away"),
            ("a2", "survives: processor 10 % → 20 %"),
            ("lb", "survives: "),
            ("users", "survives: "),
        ],
    );
    check(
        text,
        &["component:a1", "component:a2"],
        false,
        &[
            ("lb", "down: none of a1, a2 left"),
            ("users", "unserved: no path to a1, a2"),
            ("db", "idle: nobody reaches it"),
        ],
    );
}

#[test]
fn c_of_two_databases_the_one_that_is_gone_is_named() {
    let text = "users -> lb1, lb2 -> a1:app-server, a2:app-server -> orders:db, people:db";
    check(
        text,
        &["component:orders"],
        false,
        &[
            ("a2", "down: no path to orders"),
            ("lb1", "down: no path to orders"),
            ("people", "idle: nobody reaches it"),
        ],
    );
}

#[test]
fn d_what_stands_on_a_host_is_lost_with_it() {
    let text = "place fra-1: zone\nplace box: host in fra-1\n\
                users -> a1:app-server@box, a2:app-server@box";
    let on_host = [
        ("a1", "down: lost with host box"),
        ("a2", "down: lost with host box"),
    ];
    check(text, &["place:box"], false, &on_host);
    let in_zone = [
        ("a1", "down: lost with zone fra-1"),
        ("a2", "down: lost with zone fra-1"),
    ];
    check(text, &["place:fra-1"], false, &in_zone);
    let aftermath = after(text, &["place:fra-1"]);
    assert!(aftermath.places.iter().all(|place| place.is_lost));
    assert_eq!(aftermath.places[1].holds, 2);
}

#[test]
fn e_an_account_takes_both_regions_with_it() {
    let text = "place eu: region\nplace us: region\nplace card: account\n\
                users -> dns*2@card -> a1:app-server@eu, a2:app-server@us";
    check(
        text,
        &["place:card"],
        false,
        &[
            ("dns", "down: lost with account card"),
            ("users", "unserved: no path to dns"),
            ("a1", "idle: nobody reaches it"),
        ],
    );
    check(
        text,
        &["place:eu"],
        true,
        &[("a1", "down: lost with region eu")],
    );
}

#[test]
fn f_too_few_instances_for_the_peak_say_how_many_it_needs() {
    let text = "users[rps=90] -> lb*2 -> app*2[service_time_ms=20]";
    check(
        text,
        &["app#2"],
        false,
        &[
            ("app", "down: 1 left, needs 2"),
            ("lb", "down: no path to app"),
        ],
    );
    let journey = &after(text, &["app#2"]).journeys[0];
    assert_eq!(journey.verdict, Survival::Overloaded);
    let text = "users[rps=40] -> lb*2 -> app*2[service_time_ms=20]";
    check(
        text,
        &["app#2"],
        true,
        &[("app", "degraded: 1 of 2 left"), ("lb", "survives: ")],
    );
    let none = after(text, &["app#1", "app#2"]);
    assert_eq!(words(&none, "app"), "down: taken away");
    assert_eq!(none.journeys[0].verdict, Survival::Down);
}

#[test]
fn g_a_database_without_its_cache_is_up_and_overloaded() {
    let text = "users[rps=200] -> lb*2 -> app*9[service_time_ms=20] -> cache[hit_ratio=0.9]\n\
                app -[only_on_miss_of=cache]-> db[service_time_ms=10]";
    check(
        text,
        &["component:cache"],
        true,
        &[
            ("cache", "down: taken away"),
            ("db", "degraded: overloaded: processor 200 %"),
            ("app", "degraded: without cache"),
        ],
    );
    let journey = &after(text, &["component:cache"]).journeys[0];
    assert_eq!(journey.verdict, Survival::Overloaded);
    assert_eq!(journey.mean, None);
}

#[test]
fn connections_circles_and_standbys_have_their_reasons() {
    let text = "users -> app -[unavailability=0.1]-> db";
    let plan = sketch(text).unwrap();
    let event = format!("connection:{}", plan.connections[1].id);
    check(
        text,
        &[&event],
        false,
        &[
            ("app", "down: no connection to db"),
            ("db", "idle: nobody reaches it"),
        ],
    );
    check(
        "users -> a:app-server -> b:app-server -> a",
        &["component:b"],
        false,
        &[("a", "down: no path to b")],
    );
    check(
        "users -> app -> orders:db\ncopy:db[standby_for=orders]",
        &["component:orders"],
        true,
        &[
            ("orders", "down: taken away"),
            ("copy", "survives: stands in for orders"),
            ("app", "survives: "),
        ],
    );
    check(
        "users -> app ?> mail:external-service",
        &["component:mail"],
        true,
        &[("app", "degraded: without mail")],
    );
    check(
        "users -> app ?> cache -> db",
        &["component:db"],
        false,
        &[("app", "down: no path to db")],
    );
}

#[test]
fn a_connection_that_never_fails_can_be_taken_away_too() {
    let text = "users -> app -> db";
    let plan = sketch(text).unwrap();
    let event = format!("connection:{}", plan.connections[1].id);
    check(
        text,
        &[&event],
        false,
        &[("app", "down: no connection to db")],
    );
}

#[test]
fn nothing_taken_away_changes_nothing_and_what_is_not_there_is_not_missed() {
    let text = "users -> lb*2 -> app*3 -> db";
    let whole = after(text, &[]);
    assert!(whole.components.values().all(|fate| fate.why.is_none()));
    assert_eq!(whole.journeys[0].mean, whole.journeys[0].mean_before);
    assert!(whole.journeys[0].mean.is_some());
    let unknown = [
        "component:gone",
        "app#9",
        "place:moon",
        "connection:x",
        "app#",
        "#",
    ];
    assert_eq!(after(text, &unknown), whole);
}

#[test]
fn a_scenario_is_turned_counted_and_kept_in_step_with_the_plan() {
    let app = Id::from("app");
    let scenario = Scenario::default().with_taken(&app, 2);
    assert_eq!(scenario.taken(&app), 2);
    assert_eq!(scenario, Scenario::of_events(["app#1", "app#2"]));
    let place = Loss::Place("eu".into());
    let turned = scenario.turned(&place);
    assert_eq!(turned.turned(&place), scenario);
    assert_eq!(turned.with_taken(&app, 0).losses.len(), 1);
    let plan = sketch("users -> db").unwrap();
    assert_eq!(turned.within(&plan).losses, BTreeSet::from([place]));
}

#[test]
fn single_losses_are_judged_as_in_the_failure_report() {
    let catalog = Catalog::embedded();
    let mut compared = 0;
    for template in model::templates::ALL {
        let plan = template.plan().unwrap();
        let evaluation = evaluate(&plan, &catalog, None);
        for journey in &evaluation.journeys {
            for failure in &journey.failures {
                let scenario = Scenario::of_events([&*failure.event]);
                let found = aftermath(&plan, &catalog, &scenario);
                let fate = found.journeys.iter().find(|fate| fate.id == journey.id);
                let what = format!("{} without {}", journey.id, failure.event);
                assert_eq!(fate.unwrap().verdict, failure.verdict, "{what}");
                compared += 1;
            }
        }
    }
    assert!(compared > 30, "{compared}");
}

/// Plans of up to seven components with alternatives, circles, copies, places and optional calls.
fn arbitrary_plan() -> impl Strategy<Value = Plan> {
    let component = (1..4_usize, 0..4_usize, 0..4_usize);
    let connection = (0..7_usize, 0..7_usize, 0..6_usize);
    (
        prop::collection::vec(component, 2..7),
        prop::collection::vec(connection, 1..14),
        10..400_u32,
    )
        .prop_map(|(components, connections, rps)| {
            let mut text = "place r: region\nplace a: zone in r\nplace b: zone in r\n".to_owned();
            let _ = writeln!(text, "users[rps={rps}] -> n0:app-server");
            for (index, (instances, place, redundancy)) in components.iter().enumerate() {
                let place = ["", "@a", "@b", "@a/b"][*place];
                let redundancy = ["", " redundancy=all", " redundancy=k:1", ""][*redundancy];
                let settings = format!("[service_time_ms=10{redundancy}]");
                let _ = writeln!(text, "n{index}:app-server*{instances}{place}{settings}");
            }
            let mut drawn = BTreeSet::new();
            for (from, to, how) in connections {
                let (from, to) = (from % components.len(), to % components.len());
                if from == to || !drawn.insert((from, to)) {
                    continue;
                }
                let how = [
                    "calls=0.1",
                    "calls=0.1 group=g need=any",
                    "calls=0.1 group=g need=any",
                    "calls=0.1 need=optional",
                    "calls=0.1 unavailability=0.1",
                    "calls=0.1 mode=async",
                ][how];
                let _ = writeln!(text, "n{from} -[{how}]-> n{to}");
            }
            sketch(&text).unwrap_or_else(|error| panic!("{error}\n{text}"))
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn a_journey_is_shown_dead_if_and_only_if_its_success_function_is_false(
        plan in arbitrary_plan(),
        chosen in prop::collection::vec(any::<prop::sample::Index>(), 0..4)
    ) {
        let catalog = Catalog::default();
        let evaluation = evaluate(&plan, &catalog, None);
        let topology = Topology::new(&plan, &catalog);
        let needed: Vec<usize> = topology
            .components
            .iter()
            .map(|component| evaluation.components[&component.source.id].needed)
            .collect();
        let structure = Structure::new(&topology, &needed);
        let structural: Vec<usize> = (0..structure.events.len())
            .filter(|&event| structure.events[event].is_structural())
            .collect();
        let failed: Vec<usize> = chosen.iter().map(|index| structural[index.index(structural.len())]).collect();
        let names = failed.iter().map(|&event| &*structure.events[event].name);
        let found = aftermath(&plan, &catalog, &Scenario::of_events(names));

        let outage = structure.without(&failed);
        for (index, fate) in found.journeys.iter().enumerate() {
            prop_assert_eq!(fate.is_up, outage.journeys_up[index]);
            let (tree, complete) = structure.fault_tree(index);
            let happened = |event: usize| failed.contains(&event);
            prop_assert!(complete);
            prop_assert_eq!(fate.is_up, !tree.fails(happened));
            prop_assert_eq!(fate.is_up, fate.why.is_none());
        }
        for (index, component) in topology.components.iter().enumerate() {
            let fate = &found.components[&component.source.id];
            let is_down = matches!(fate.state, State::Down | State::Unserved);
            prop_assert_eq!(is_down, !outage.components_up[index]);
            let is_gone = |id: &Id| found.components[id].state == State::Down;
            match &fate.why {
                Some(Why::NoPath { to }) => {
                    prop_assert!(!to.is_empty() && to.iter().all(is_gone));
                }
                Some(Why::TooFew { left, needed }) => {
                    prop_assert!(left < needed && *left == fate.left);
                }
                Some(Why::TooFewTargets { left, needed, of }) => {
                    prop_assert!(left < needed && of.len() >= *needed);
                }
                Some(Why::Taken | Why::LostWith { .. }) => prop_assert_eq!(fate.left, 0),
                Some(Why::Fewer { left, of }) => prop_assert!(left < of),
                Some(_) => {}
                None => prop_assert!(fate.state == State::Survives),
            }
        }
    }
}
