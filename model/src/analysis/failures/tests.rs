//! Single losses of small plans, by hand.

use super::losses::Loss;
use super::*;
use crate::analysis::latency;
use crate::analysis::traffic::{Conditions, needed_instances};
use crate::catalog::Catalog;
use crate::plan::sketch::sketch;

fn time(topology: &Topology, point: &OperatingPoint, journey: usize) -> Option<ResponseTime> {
    let (p95, is_exact) = latency::p95(topology, point, journey)?;
    Some(ResponseTime { p95, is_exact })
}

fn report(text: &str) -> JourneyFailures {
    let plan = sketch(text).unwrap();
    let catalog = Catalog::default();
    let topology = Topology::new(&plan, &catalog);
    let peak = operating_point(&topology, Conditions::peak(&topology));
    let needed = needed_instances(&topology, &peak.traffic);
    let structure = Structure::new(&topology, &needed);
    let takes: Vec<Option<ResponseTime>> = (0..topology.journeys.len())
        .map(|journey| time(&topology, &peak, journey))
        .collect();
    let report = failures(&topology, &peak, &takes, &structure, |point, journey| {
        time(&topology, point, journey)
    });
    assert_eq!(report.unchecked, 0);
    report.journeys[0].clone()
}

/// The losses that overload the first journey, what gives way, and how busy it is.
fn check(text: &str, expected: &[(&str, &str)]) -> Vec<f64> {
    let report = report(text);
    let overloads: Vec<(&str, &Id, f64)> = report
        .overloads()
        .map(|failure| {
            let (component, _, used) = failure.busiest.as_ref().unwrap();
            (&*failure.event, component, *used)
        })
        .collect();
    let found: Vec<(&str, &str)> = overloads.iter().map(|o| (o.0, o.1.as_str())).collect();
    assert_eq!(found, expected);
    overloads.iter().map(|overload| overload.2).collect()
}

/// What becomes of the first journey after one loss.
fn verdict(text: &str, event: &str) -> Survival {
    let report = report(text);
    let found = report
        .failures
        .iter()
        .find(|failure| *failure.event == *event);
    found.map_or(report.before, |failure| failure.verdict)
}

#[test]
fn two_machines_that_the_peak_needs_both() {
    // Fixture F of the comparison with other tools.
    let both = "users[rps=150] -> lb -> a:app-server[service_time_ms=10], b:app-server[service_time_ms=10]";
    let found = check(both, &[("component:a", "b"), ("component:b", "a")]);
    assert!((found[0] - 1.5).abs() < 1e-12);
    let group = "users[rps=150] -> lb -> app*2[service_time_ms=10]";
    check(group, &[("component:app", "app")]);
    let spare = "users[rps=150] -> lb -> app*3[service_time_ms=10]";
    check(spare, &[]);
}

#[test]
fn a_database_that_dies_without_its_cache() {
    // Fixture G of the comparison with other tools.
    let through = "users[rps=100] -> app*3[service_time_ms=1] -> cache[hit_ratio=0.9] -> db[service_time_ms=20]";
    let found = check(through, &[("component:cache", "db")]);
    assert!((found[0] - 2.0).abs() < 1e-12);
    let aside = "users[rps=100] -> app*3[service_time_ms=1] -> cache[hit_ratio=0.9]\napp -[only_on_miss_of=cache]-> db[service_time_ms=20]";
    check(aside, &[("component:cache", "db")]);
    let strong = "users[rps=100] -> app*3[service_time_ms=1] -> cache[hit_ratio=0.9] -> db[service_time_ms=9]";
    check(strong, &[]);
}

#[test]
fn a_place_that_takes_half_of_the_machines() {
    let zones =
        "place a: zone\nplace b: zone\nusers[rps=250] -> lb -> app*4@a/b[service_time_ms=10]";
    check(zones, &[("place:a", "app"), ("place:b", "app")]);
    let alternatives = "place a: zone\nplace b: zone\nusers[rps=150] -> lb -> x:app-server*2@a[service_time_ms=10], y:app-server*2@b[service_time_ms=10]";
    check(alternatives, &[]);
}

#[test]
fn a_standby_too_weak_for_the_load() {
    let pair = "users[rps=50] -> app[service_time_ms=1] -[need=any]-> a:db[service_time_ms=10], b:db[service_time_ms=30 standby_for=a]";
    check(pair, &[("component:a", "b")]);
}

#[test]
fn work_that_nobody_waits_for_takes_no_journey_down() {
    let jobs = "users[rps=3] -> app[service_time_ms=1] ~> worker*2[service_time_ms=500]";
    check(jobs, &[]);
    let both = "users[rps=3] -> app[service_time_ms=1] ~> worker*2[service_time_ms=500]\napp -> db*2[service_time_ms=400]";
    check(both, &[("component:db", "db")]);
}

#[test]
fn a_journey_that_is_overloaded_anyway_is_not_blamed_on_a_loss() {
    check("users[rps=300] -> lb -> app*2[service_time_ms=10]", &[]);
}

/// What a loss does to the two first journeys.
fn found(sweep: &mut Sweep, loss: &Loss) -> Vec<Found> {
    let mut found = [Vec::new(), Vec::new()];
    sweep.without(0, loss, &mut found);
    found.into_iter().flatten().collect()
}

#[test]
fn a_sweep_leaves_every_flow_as_it_was() {
    let text = "place z: zone\nusers[rps=150] -> cdn -> lb -> a:app-server@z[service_time_ms=10], b:app-server[service_time_ms=10]\na, b -> cache -> db\na ~> queue ~> worker*2";
    let plan = sketch(text).unwrap();
    let catalog = Catalog::default();
    let topology = Topology::new(&plan, &catalog);
    let peak = operating_point(&topology, Conditions::peak(&topology));
    let structure = Structure::new(&topology, &[]);
    let mut sweep = Sweep::new(&topology, &peak, &structure, &[None]);
    let all = losses(&topology, &structure);
    let first: Vec<_> = all.iter().map(|loss| found(&mut sweep, loss)).collect();
    let second: Vec<_> = all.iter().map(|loss| found(&mut sweep, loss)).collect();
    assert_eq!(first, second);
}

#[test]
fn a_journey_without_its_only_database_is_down() {
    let text = "users[rps=10] -> app*2 -> db";
    assert_eq!(verdict(text, "component:db"), Survival::Down);
    assert_eq!(verdict(text, "component:app"), Survival::Ok);
}

#[test]
fn what_depends_on_what_is_lost_is_not_asked() {
    // The first app has lost its database: the second carries everything, alone.
    let text = |rate: f64| {
        format!(
            "users[rps={rate}] -> lb -> a:app-server[service_time_ms=10 servers=1], b:app-server[service_time_ms=10 servers=1]\na -> x:db[service_time_ms=1]\nb -> y:db[service_time_ms=1]"
        )
    };
    assert_eq!(verdict(&text(60.0), "component:x"), Survival::Ok);
    assert_eq!(verdict(&text(80.0), "component:x"), Survival::Degraded);
    assert_eq!(verdict(&text(120.0), "component:x"), Survival::Overloaded);
}

#[test]
fn an_optional_part_that_is_gone_degrades_a_journey() {
    let text = "users[rps=1] -> app*2\napp -[need=optional]-> search\napp ~> queue ~> worker*2";
    assert_eq!(verdict(text, "component:search"), Survival::Degraded);
    assert_eq!(verdict(text, "component:queue"), Survival::Degraded);
    assert_eq!(verdict(text, "component:worker"), Survival::Ok);
}

#[test]
fn the_worst_response_time_is_that_of_one_station_with_one_machine_less() {
    // Two M/M/1 queues at 40 of 100 a second become one at 80: the time in it is exponential of mean 50 ms.
    let report = report("users[rps=80] -> app*2[service_time_ms=10 servers=1]");
    let instance = report
        .worst
        .iter()
        .find(|worst| worst.level == Level::Instance);
    let instance = instance.unwrap();
    assert_eq!(instance.verdict, Survival::Degraded);
    assert!(instance.p95_is_exact);
    assert!((instance.p95.unwrap().0 - 0.05 * 20_f64.ln()).abs() < 1e-6);
}

#[test]
fn a_provider_of_dns_alone_is_not_the_worst_loss() {
    let text = "place names: provider\nplace cloud: provider\nplace other: provider\nusers[rps=10] -> dns@names -> lb*2@cloud/other -> app*2@cloud/other";
    let report = report(text);
    assert_eq!(verdict(text, "place:names"), Survival::Down);
    let worst = report
        .worst
        .iter()
        .find(|worst| worst.level == Level::Place(PlaceKind::Provider));
    assert_eq!(worst.unwrap().verdict, Survival::Ok);
}

#[test]
fn an_estimate_is_near_the_exact_percentile() {
    let text = "users[rps=80] -> lb*2[service_time_ms=1] -> app*3[service_time_ms=20 servers=1] -> db*2[service_time_ms=4 redundancy=all]";
    let plan = sketch(text).unwrap();
    let catalog = Catalog::default();
    let topology = Topology::new(&plan, &catalog);
    let peak = operating_point(&topology, Conditions::peak(&topology));
    let structure = Structure::new(&topology, &[]);
    let before = [time(&topology, &peak, 0)];
    let mut sweep = Sweep::new(&topology, &peak, &structure, &before);
    for loss in losses(&topology, &structure) {
        for Found {
            journey, failure, ..
        } in found(&mut sweep, &loss)
        {
            if failure.verdict >= Survival::Overloaded {
                continue;
            }
            let removed = sweep.removed(&loss);
            let point = operating_point(&topology, Conditions::peak(&topology).without(removed));
            let exact = time(&topology, &point, journey).unwrap().p95.0;
            let estimate = failure.p95.unwrap().0;
            assert!(
                (estimate / exact - 1.0).abs() < 0.1,
                "{} {estimate} {exact}",
                loss.event
            );
        }
    }
}

#[test]
fn losses_that_requests_cannot_tell_apart_are_computed_once() {
    // Whichever part of the first journey is gone, the second one has the database for itself.
    let text = "one:users[rps=50] -> a:app-server -> b:app-server -> c:object-storage\na -> db\ntwo:users[rps=50] -> d:app-server*2[service_time_ms=1] -> db[service_time_ms=10 servers=1]\nb -> e:cache -> f:object-storage";
    let plan = sketch(text).unwrap();
    let catalog = Catalog::default();
    let topology = Topology::new(&plan, &catalog);
    let peak = operating_point(&topology, Conditions::peak(&topology));
    let structure = Structure::new(&topology, &[]);
    let mut sweep = Sweep::new(&topology, &peak, &structure, &[None, None]);
    let mut states = Vec::new();
    for loss in losses(&topology, &structure) {
        if ["a", "b", "c", "f"]
            .map(|id| format!("component:{id}"))
            .contains(&loss.event.to_string())
        {
            let found = found(&mut sweep, &loss);
            let other = found.iter().find(|found| found.journey == 1).unwrap();
            let (component, _, used) = other.failure.busiest.as_ref().unwrap();
            assert_eq!(component.as_str(), "db");
            assert!((used - 0.5).abs() < 1e-12, "{} {used}", loss.event);
            states.push(other.state.unwrap());
        }
    }
    assert_eq!(states, [0; 4]);
}
