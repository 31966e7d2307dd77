//! What each way of connecting components means for their visits.

use super::*;
use crate::catalog::Catalog;
use crate::plan::Plan;
use crate::plan::sketch::sketch;
use std::rc::Rc;

/// Visits per request of the only journey, by component, while the named things are taken away.
fn check(plan: &Plan, lost: &[(&str, usize)], expected: &[(&str, f64)]) {
    let catalog = Catalog::default();
    let topology = Topology::new(plan, &catalog);
    let removed = Removed::several(
        lost.iter()
            .map(|&(id, count)| (topology.component_index(id).unwrap(), count)),
    );
    let traffic = traffic(&topology, &Conditions::peak(&topology).without(removed));
    for &(id, visits) in expected {
        let found = traffic.journeys[0].visits[topology.component_index(id).unwrap()];
        assert!(
            (found - visits).abs() < 1e-12,
            "{id}: {found} visits, not {visits}"
        );
    }
}

fn check_sketch(text: &str, lost: &[(&str, usize)], expected: &[(&str, f64)]) {
    check(&sketch(text).unwrap(), lost, expected);
}

#[test]
fn calls_multiply_along_a_path() {
    let path = "users -> lb -[calls=2]-> app -[calls=3]-> db";
    check_sketch(path, &[], &[("lb", 1.0), ("app", 2.0), ("db", 6.0)]);
}

#[test]
fn parts_drawn_in_any_order_get_the_same_visits() {
    let shuffled = "app -[calls=3]-> db\nlb -[calls=2]-> app\nusers -> lb";
    check_sketch(shuffled, &[], &[("lb", 1.0), ("app", 2.0), ("db", 6.0)]);
}

#[test]
fn alternatives_divide_calls_by_instances_or_by_weight() {
    check_sketch(
        "users -> lb -> a:app-server*3, b:app-server",
        &[],
        &[("a", 0.75), ("b", 0.25)],
    );
    check_sketch(
        "users -> lb\nlb -[weight=1]-> a:app-server*3\nlb -[weight=1]-> b:app-server",
        &[],
        &[("a", 0.5), ("b", 0.5)],
    );
    check_sketch(
        "users -> app -[need=all]-> a:db, b:db",
        &[],
        &[("a", 1.0), ("b", 1.0)],
    );
}

#[test]
fn survivors_take_the_share_of_what_is_gone() {
    let pair = "users -> lb -> a:app-server*3, b:app-server";
    check_sketch(pair, &[("b", 1)], &[("a", 1.0), ("b", 0.0)]);
    check_sketch(pair, &[("a", 1)], &[("a", 2.0 / 3.0), ("b", 1.0 / 3.0)]);
    let backup = "users -> lb\nlb -[weight=1]-> a:app-server\nlb -[weight=0]-> b:app-server";
    check_sketch(backup, &[], &[("a", 1.0), ("b", 0.0)]);
    check_sketch(backup, &[("a", 1)], &[("a", 0.0), ("b", 1.0)]);
}

#[test]
fn what_is_gone_and_not_an_alternative_gets_nothing() {
    check_sketch(
        "users -> app -> db",
        &[("app", 1)],
        &[("app", 0.0), ("db", 0.0)],
    );
    check_sketch("users -> app", &[("users", 1)], &[("app", 0.0)]);
}

#[test]
fn a_cache_passes_on_its_misses_and_everything_while_it_is_gone() {
    let through = "users -> app -[calls=4]-> cache[hit_ratio=0.9] -> db";
    check_sketch(through, &[], &[("cache", 4.0), ("db", 0.4)]);
    check_sketch(through, &[("cache", 1)], &[("db", 4.0)]);
}

#[test]
fn a_look_aside_cache_spares_its_caller_the_hits() {
    let aside = "users -> app -> cache[hit_ratio=0.75]\napp -[calls=2 only_on_miss_of=cache]-> db";
    check_sketch(aside, &[], &[("cache", 1.0), ("db", 0.5)]);
    check_sketch(aside, &[("cache", 1)], &[("db", 2.0)]);
}

#[test]
fn a_cdn_answers_only_what_is_static() {
    let mut plan = sketch("users -> cdn[hit_ratio=0.8] -> lb").unwrap();
    check(&plan, &[], &[("lb", 0.2)]);
    Rc::make_mut(&mut plan.journeys[0]).static_share = Some(0.5);
    check(&plan, &[], &[("lb", 0.6)]);
}

#[test]
fn a_standby_serves_only_while_its_primary_is_gone() {
    let pair = "users -> app -[need=any]-> a:db, b:db[standby_for=a]";
    check_sketch(pair, &[], &[("a", 1.0), ("b", 0.0)]);
    check_sketch(pair, &[("a", 1)], &[("a", 0.0), ("b", 1.0)]);
}

#[test]
fn a_circle_of_calls_adds_up() {
    let retry = "users -> a:app-server -> b:app-server -[calls=0.5]-> a";
    check_sketch(retry, &[], &[("a", 2.0), ("b", 2.0)]);
}

#[test]
fn a_circle_that_multiplies_itself_is_named_and_the_rest_is_computed() {
    let plan = sketch("users -> a:app-server -[calls=2]-> b:db -> a\nb -> c:object-storage\nusers -> d:app-server").unwrap();
    let catalog = Catalog::default();
    let topology = Topology::new(&plan, &catalog);
    let traffic = traffic(&topology, &Conditions::peak(&topology));
    assert_eq!(traffic.problems.len(), 1);
    assert_eq!(traffic.problems[0].id, "multiplying-loop");
    assert_eq!(traffic.problems[0].subjects, [Id::from("a"), Id::from("b")]);
    let named = traffic.journeys[0].multiplying.iter();
    let named: Vec<&str> = named.map(|&c| topology.id(c).as_str()).collect();
    assert_eq!(named, ["a", "b"]);
    check(
        &plan,
        &[],
        &[("a", 0.5), ("d", 0.5), ("b", 1.0), ("c", 1.0)],
    );
}

#[test]
fn a_circle_that_no_request_reaches_is_at_rest() {
    check_sketch(
        "users -> app\na:db -> b:db -> a",
        &[],
        &[("app", 1.0), ("a", 0.0), ("b", 0.0)],
    );
}

#[test]
fn asynchronous_calls_carry_load_that_nobody_waits_for() {
    let plan = sketch("users -> app -> db\napp ~> queue ~> worker -> db").unwrap();
    let catalog = Catalog::default();
    let topology = Topology::new(&plan, &catalog);
    let traffic = traffic(&topology, &Conditions::peak(&topology));
    let db = topology.component_index("db").unwrap();
    let worker = topology.component_index("worker").unwrap();
    let journey = &traffic.journeys[0];
    assert_eq!((journey.visits[db], journey.visits[worker]), (2.0, 1.0));
    assert_eq!(
        (
            journey.synchronous_visits[db],
            journey.synchronous_visits[worker]
        ),
        (1.0, 0.0)
    );
}

#[test]
fn loads_add_up_over_journeys_and_follow_reads_writes_and_demands() {
    let mut plan = sketch(
        "a:users[rps=10] -> app[service_time_ms=20 scv=0]\nb:users[rps=5] -> app\napp -[reads=3 writes=1]-> db[read_ms=1 write_ms=4 ios_per_read=2 ios_per_write=5]",
    )
    .unwrap();
    let journey = Rc::make_mut(&mut plan.journeys[1]);
    journey.demands.insert(
        Id::from("app"),
        crate::plan::Demand {
            service_time_ms: Some(100.0),
            ..crate::plan::Demand::default()
        },
    );
    let catalog = Catalog::default();
    let topology = Topology::new(&plan, &catalog);
    let traffic = traffic(&topology, &Conditions::peak(&topology));
    let load = |id: &str| traffic.loads[topology.component_index(id).unwrap()];
    let close = |found: f64, expected: f64| assert!((found / expected - 1.0).abs() < 1e-12);
    close(load("app").arrival_rate.0, 15.0);
    close(load("app").offered_load, 10.0 * 0.02 + 5.0 * 0.1);
    close(
        load("app").squared_service,
        10.0 * 0.02f64.powi(2) + 5.0 * 0.01,
    );
    close(load("db").offered_load, 15.0 * 0.007);
    close(load("db").disk_operations_per_second, 15.0 * 11.0);
}

#[test]
fn bytes_flow_over_connections_and_from_clients() {
    let mut plan =
        sketch("users[rps=10] -> app -[calls=2 request_bytes=300 response_bytes=2000]-> db")
            .unwrap();
    let journey = Rc::make_mut(&mut plan.journeys[0]);
    journey.request_bytes = Some(600.0);
    journey.response_bytes = Some(60_000.0);
    let catalog = Catalog::default();
    let topology = Topology::new(&plan, &catalog);
    let traffic = traffic(&topology, &Conditions::peak(&topology));
    let sent: Vec<(f64, f64)> = traffic
        .connections
        .iter()
        .map(|c| (c.request_bytes_per_second, c.response_bytes_per_second))
        .collect();
    assert_eq!(sent, [(6_000.0, 600_000.0), (6_000.0, 40_000.0)]);
    let app = &traffic.loads[topology.component_index("app").unwrap()];
    assert_eq!(app.bytes_in_per_second.round() as u64, 46_000);
    assert_eq!(app.bytes_out_per_second.round() as u64, 606_000);
}

#[test]
fn needed_instances_are_the_smallest_number_below_saturation() {
    let check = |text: &str, expected: usize| {
        let plan = sketch(text).unwrap();
        let catalog = Catalog::default();
        let topology = Topology::new(&plan, &catalog);
        let traffic = traffic(&topology, &Conditions::peak(&topology));
        let needed = needed_instances(&topology, &traffic);
        assert_eq!(needed[topology.component_index("app").unwrap()], expected);
    };
    check("users[rps=99] -> app*5[service_time_ms=10]", 1);
    check("users[rps=100] -> app*5[service_time_ms=10]", 2);
    check("users[rps=250] -> app*5[service_time_ms=10]", 3);
    check("users[rps=2500] -> app*5[service_time_ms=10]", 5);
    check("users[rps=0] -> app*5[service_time_ms=10]", 1);
}
