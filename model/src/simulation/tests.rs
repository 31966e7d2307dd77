//! Known answers, the same figures for the same seed, and plans that never settle.

use super::*;
use crate::analysis::operating_point::operating_point;
use crate::analysis::traffic::Conditions;
use crate::catalog::Catalog;
use crate::plan::sketch::sketch;

fn simulation(text: &str, requests: u64) -> Simulation {
    let plan = sketch(text).unwrap();
    let catalog = Catalog::default();
    let topology = Topology::new(&plan, &catalog);
    assert_eq!(topology.problems, [], "{text}");
    let point = operating_point(&topology, Conditions::peak(&topology));
    let settings = Settings {
        requests,
        ..Settings::default()
    };
    Simulation::new(&topology, &point, settings)
}

#[test]
fn one_server_answers_as_the_textbook_says() {
    let report = simulation("users[rps=80] -> app[service_time_ms=10 servers=1]", 60_000).finish();
    assert_eq!(report.outcome, Outcome::Steady);
    let journey = &report.journeys[0];
    // M/M/1: exponential with mean 1 / (100 - 80).
    for (estimate, expected) in [
        (journey.mean, 0.05),
        (journey.p50, 0.05 * 2.0_f64.ln()),
        (journey.p95, 0.05 * 20.0_f64.ln()),
        (journey.p99, 0.05 * 100.0_f64.ln()),
        (journey.throughput, 80.0),
        (report.components[1].utilisation, 0.8),
        (report.components[1].waiting, 0.04),
    ] {
        let estimate = estimate.unwrap();
        assert!(estimate.contains(expected), "{estimate:?}, not {expected}");
    }
}

#[test]
fn the_same_seed_gives_the_same_figures_in_any_slices() {
    let text = "users[rps=80] -> app*2[service_time_ms=10 scv=2 servers=1] -> db[service_time_ms=5 servers=2]";
    let whole = simulation(text, 5_000).finish();
    let mut sliced = simulation(text, 5_000);
    let mut shares = vec![0.0];
    loop {
        let progress = sliced.step(777);
        shares.push(progress.share);
        if progress.ended {
            break;
        }
    }
    assert!(shares.is_sorted() && shares.len() > 10);
    assert_eq!(sliced.report(), whole);
}

#[test]
fn a_plan_that_gets_more_than_it_can_do_grows_without_end() {
    for text in [
        "users[rps=120] -> app[service_time_ms=10 servers=1]",
        "users[rps=1e6] -> app[service_time_ms=1000 servers=1]",
        "users[rps=100] -> app:db[service_time_ms=1 iops_per_request=10 iops=1000]",
        "users[rps=1] -> app[service_time_ms=1] -> b:app-server[service_time_ms=1] -> app",
    ] {
        let report = simulation(text, 30_000).finish();
        assert_eq!(
            report.outcome,
            Outcome::GrowsWithoutEnd("app".into()),
            "{text}"
        );
        assert_eq!(report.journeys[0].mean, None);
    }
}

#[test]
fn nobody_asks() {
    let report = simulation("users[rps=0] -> app[service_time_ms=10]", 1_000).finish();
    assert_eq!(report.outcome, Outcome::Idle);
}
