//! The drawings on which other tools name the wrong single points of failure, with the right answers.

use model::catalog::Catalog;
use model::evaluate::{Cause, Evaluation, evaluate};
use model::plan::sketch::sketch;

fn evaluation(text: &str) -> Evaluation {
    evaluate(
        &sketch(text).expect("the sketch is in the notation"),
        &Catalog::default(),
        None,
    )
}

fn check(text: &str, expect: &[(&str, Cause)]) {
    let evaluation = evaluation(text);
    assert_eq!(evaluation.problems, [], "{text}");
    let found: Vec<(&str, Cause)> = evaluation.journeys[0]
        .single_points
        .iter()
        .map(|point| (point.event.as_str(), point.cause))
        .collect();
    assert_eq!(found, expect, "{text}");
}

#[test]
fn a_the_only_database_counts_although_it_is_a_leaf_and_the_users_do_not() {
    check(
        "users -> lb -> a1:app-server, a2:app-server -> db",
        &[
            ("component:db", Cause::Structural),
            ("component:lb", Cause::Structural),
        ],
    );
}

#[test]
fn b_two_of_one_type_in_a_row_are_no_redundancy() {
    check(
        "users -> lb1 -> lb2 -> a1:app-server, a2:app-server",
        &[
            ("component:lb1", Cause::Structural),
            ("component:lb2", Cause::Structural),
        ],
    );
}

#[test]
fn c_two_databases_that_are_both_needed_are_two_single_points() {
    check(
        "users -> lb1, lb2 -> a1:app-server, a2:app-server -> orders:db, people:db",
        &[
            ("component:orders", Cause::Structural),
            ("component:people", Cause::Structural),
        ],
    );
}

#[test]
fn d_two_servers_on_one_host_fail_together() {
    check(
        "place box: host\nusers -> a1:app-server@box, a2:app-server@box",
        &[("place:box", Cause::Domain)],
    );
    check(
        "place box: host\nusers -> app*2@box",
        &[("place:box", Cause::Domain)],
    );
}

#[test]
fn d_the_finding_names_the_host_and_its_fix_takes_it_away() {
    for text in [
        "place box: host\nusers -> lb*2 -> a1:app-server@box, a2:app-server@box",
        "place box: host\nusers -> lb*2 -> app*2@box",
        "place zone: zone\nplace box: host in zone\nusers -> lb*2 -> app*3@box",
    ] {
        let plan = std::rc::Rc::new(sketch(text).unwrap());
        let shared = |plan: &model::plan::Plan| {
            let findings = evaluate(plan, &Catalog::default(), None).findings;
            let about = |finding: &model::rules::Finding| finding.rule == "shared-failure-domain";
            findings.into_iter().filter(about).collect::<Vec<_>>()
        };
        let found = shared(&plan);
        assert_eq!(found.len(), 1, "{text}");
        assert!(
            found[0].title.to_string().ends_with("stand in box"),
            "{}",
            found[0].title
        );
        assert!(found[0].subjects.iter().any(|id| *id == *"box"));
        let fix = found[0].fix.as_ref().unwrap();
        let next = fix.command.apply(&plan).unwrap();
        assert!(next.place("box-2").is_some());
        let on_host =
            |found: &model::rules::Finding| found.title.to_string().ends_with("stand in box");
        assert!(!shared(&next).iter().any(on_host), "{text}");
    }
}

#[test]
fn e_two_regions_behind_one_account_share_it() {
    check(
        "place eu: region\nplace us: region\nplace card: account\n\
         users -> dns*2@card -> a1:app-server@eu, a2:app-server@us",
        &[("place:card", Cause::Domain)],
    );
}

#[test]
fn f_a_server_that_cannot_carry_the_peak_alone_is_no_redundancy() {
    let alternatives = |rps| {
        format!(
            "users[rps={rps}] -> lb*2 -> a1:app-server[service_time_ms=20], a2:app-server[service_time_ms=20]"
        )
    };
    check(
        &alternatives(90),
        &[
            ("component:a1", Cause::Capacity),
            ("component:a2", Cause::Capacity),
        ],
    );
    check(&alternatives(40), &[]);
    let instances = |rps| format!("users[rps={rps}] -> lb*2 -> app*2[service_time_ms=20]");
    check(&instances(90), &[("component:app", Cause::Capacity)]);
    check(&instances(40), &[]);
}

#[test]
fn g_a_cache_that_the_database_cannot_do_without_is_a_single_point() {
    let look_aside = |rps| {
        format!(
            "users[rps={rps}] -> lb*2 -> app*9[service_time_ms=20] -> cache[hit_ratio=0.9]\n\
             app -[only_on_miss_of=cache]-> db[service_time_ms=10]"
        )
    };
    check(
        &look_aside(200),
        &[
            ("component:cache", Cause::Capacity),
            ("component:db", Cause::Structural),
        ],
    );
    check(&look_aside(80), &[("component:db", Cause::Structural)]);
    check(
        "users[rps=200] -> lb*2 -> app*9[service_time_ms=20] -> cache[hit_ratio=0.9] -> db[service_time_ms=10]",
        &[
            ("component:cache", Cause::Capacity),
            ("component:db", Cause::Structural),
        ],
    );
}

/// Unavailability of the first journey.
fn unavailability(text: &str) -> f64 {
    evaluation(text).journeys[0].unavailability.0
}

#[test]
fn the_bridge_network_has_its_textbook_value_in_nodes() {
    // Two-terminal network s-{a,b}-t with the bridge a-b, every one of the four nodes up with 0.9: what is
    // left of Moore and Shannon's bridge when its nodes fail and its edges do not: 0.9² × (1 − 0.1²).
    let q = "[unavailability=0.1]";
    let text = format!(
        "users -> s:app-server{q} -[group=out need=any]-> a:app-server{q}, b:app-server{q}\n\
         a -[group=on need=any]-> b, t:app-server{q}\nb -[group=on need=any]-> a, t"
    );
    let expected = 1.0 - 0.9 * 0.9 * (1.0 - 0.01);
    assert!((unavailability(&text) - expected).abs() < 1e-12);
}

#[test]
fn the_bridge_network_has_its_textbook_value_in_edges() {
    // The classic: five edges of 0.9, perfect nodes, reliability 0.97848.
    let n = "[unavailability=0]";
    let edge = "unavailability=0.1";
    let text = format!(
        "users -> s:app-server{n} -[group=out need=any {edge}]-> a:app-server{n}, b:app-server{n}\n\
         a -[group=on need=any {edge}]-> t:app-server{n}\nb -[group=on need=any {edge}]-> t\n\
         a -[group=on need=any]-> ab:app-server{n}\nb -[group=on need=any]-> ab\n\
         ab -[group=x need=any]-> a\nab -[group=x need=any]-> b"
    );
    // The bridge edge stands as a node of its own, so that one failure takes both of its directions.
    let text = text.replace(
        "ab:app-server[unavailability=0]",
        "ab:app-server[unavailability=0.1]",
    );
    assert!(
        (unavailability(&text) - (1.0 - 0.97848)).abs() < 1e-12,
        "{}",
        unavailability(&text)
    );
}

#[test]
fn alternatives_do_not_support_themselves() {
    // b has any of {a, t}, a needs b: when t is down, both are down.
    let q = "[unavailability=0.1]";
    let n = "[unavailability=0]";
    let text = format!(
        "users -> a:app-server{n} -[need=all]-> b:app-server{n} -[group=g need=any]-> a, t:app-server{q}"
    );
    assert!((unavailability(&text) - 0.1).abs() < 1e-12);
}

#[test]
fn a_circle_of_plain_calls_changes_nothing() {
    let q = "[unavailability=0.1]";
    let open = format!("users -> a:app-server{q} -> b:app-server{q}");
    let circle = format!("{open}\nb -[calls=0.1]-> a");
    assert!((unavailability(&open) - 0.19).abs() < 1e-12);
    assert!((unavailability(&circle) - 0.19).abs() < 1e-12);
}

#[test]
fn a_copy_that_may_not_take_over_is_no_second_database() {
    let text = "users -> lb*2 -> app*2 -[group=g need=any]-> db, replica:db";
    check(text, &[]);
    let plan = std::rc::Rc::new(sketch(text).expect("the sketch is in the notation"));
    let set = |component: &str, promotable: Option<bool>, plan: &std::rc::Rc<_>| {
        let component = component.into();
        let command = model::commands::SetPromotable {
            component,
            promotable,
        };
        let command = model::commands::Command::from(command);
        command.apply(plan).expect("the component is there")
    };
    let singles = |plan: &model::plan::Plan| -> Vec<String> {
        let evaluation = evaluate(plan, &Catalog::default(), None);
        let points = evaluation.journeys[0].single_points.iter();
        points.map(|point| point.event.clone()).collect()
    };
    let read_only = set("replica", Some(false), &plan);
    assert_eq!(singles(&read_only), ["component:db"]);
    // Copies alone are alternatives as any others.
    assert!(singles(&set("db", Some(false), &read_only)).is_empty());
}
