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
fn full_rooms_refuse_as_erlang_says() {
    let text = "users[rps=90] -> app[service_time_ms=10 servers=1 room=3]";
    let report = simulation(text, 100_000).finish();
    // M/M/1/3 at 0.9: blocked (1 - a) a³ / (1 - a⁴); Little's law for those let in.
    let a: f64 = 0.9;
    let states = [1.0, a, a * a, a * a * a];
    let all: f64 = states.iter().sum();
    let blocked = states[3] / all;
    let present = (states[1] + 2.0 * states[2] + 3.0 * states[3]) / all;
    let journey = &report.journeys[0];
    for (estimate, expected) in [
        (journey.failed, blocked),
        (journey.mean, present / (90.0 * (1.0 - blocked))),
        (journey.throughput, 90.0),
    ] {
        let estimate = estimate.unwrap();
        assert!(estimate.contains(expected), "{estimate:?}, not {expected}");
    }
}

#[test]
fn workers_are_held_while_others_are_asked() {
    // Two workers held for 10 + 90 ms serve 20 a second, though the processor is idle nine tenths of the time.
    let text = |rps: u32| {
        format!(
            "users[rps={rps}] -> app[service_time_ms=10 servers=2 pool=2] -> slow:external-service[service_time_ms=90]"
        )
    };
    let report = simulation(&text(16), 60_000).finish();
    assert_eq!(report.outcome, Outcome::Steady);
    assert!(report.components[1].waiting.unwrap().low() > 0.05);
    let report = simulation(&text(24), 60_000).finish();
    assert_eq!(report.outcome, Outcome::GrowsWithoutEnd("app".into()));
}

#[test]
fn users_who_think_ask_as_often_as_they_are_answered() {
    // One user and one server: 1 / (think + service) requests a second, each answered in the service time.
    let text = "users[population=1 think_s=0.09] -> app[service_time_ms=10 servers=1]";
    let report = simulation(text, 60_000).finish();
    let journey = &report.journeys[0];
    assert!(journey.throughput.unwrap().contains(10.0), "{journey:?}");
    assert!(journey.mean.unwrap().contains(0.01));
    // Many users: the server is never idle, and Little's law gives the rest.
    let text = "users[population=50 think_s=0.1] -> app[service_time_ms=10 servers=1]";
    let report = simulation(text, 60_000).finish();
    let journey = &report.journeys[0];
    assert!(journey.throughput.unwrap().contains(100.0));
    assert!(journey.mean.unwrap().contains(0.5 - 0.1));
}

#[test]
fn callers_give_up_and_try_again() {
    // Exponential answers behind a server that is hardly used: an attempt is late with probability e^-1.
    let late = (-1.0_f64).exp();
    for (retries, failed) in [(0, late), (2, late.powi(3))] {
        let text = format!(
            "users[rps=50] -> app[service_time_ms=0.001]\napp -[timeout_ms=10 retries={retries}]-> other:external-service[service_time_ms=10]"
        );
        let report = simulation(&text, 100_000).finish();
        let seen = report.journeys[0].failed.unwrap();
        assert!(seen.contains(failed), "{seen:?}, not {failed}");
        // An answer in time takes E[T | T < 10 ms] after so many attempts of 10 ms.
        let in_time = 0.01 * (1.0 - 2.0 * late) / (1.0 - late);
        let attempts = (0..=retries).map(|lost| (f64::from(lost), late.powi(lost)));
        let weight: f64 = attempts.clone().map(|(_, share)| share).sum();
        let lost: f64 = attempts.map(|(lost, share)| lost * share).sum();
        let mean = in_time + 0.01 * lost / weight + 1e-6;
        let found = report.journeys[0].mean.unwrap();
        assert!(found.contains(mean), "{found:?}, not {mean}");
    }
}

#[test]
fn a_budget_limits_how_often_callers_try_again() {
    // Every second attempt or so is late; a tenth of the calls may be tried again: 1.1 (1 - e^-1/2) are answered.
    let late = (-0.5_f64).exp();
    let text = "users[rps=50] -> app[service_time_ms=0.001]\napp -[timeout_ms=5 retries=3 retry_budget=0.1]-> other:external-service[service_time_ms=10]";
    let report = simulation(text, 100_000).finish();
    let seen = report.journeys[0].failed.unwrap();
    let failed = 1.0 - 1.1 * (1.0 - late);
    assert!(seen.contains(failed), "{seen:?}, not {failed}");
    // What would go on for ever without a budget settles with one.
    let text = "users[rps=80] -> app[service_time_ms=0.001]\napp -[timeout_ms=60 retries=10 retry_budget=0.1]-> db[service_time_ms=10 servers=1]";
    assert_eq!(simulation(text, 60_000).finish().outcome, Outcome::Steady);
}

#[test]
fn retries_keep_an_overload_alive() {
    // 80 % busy, but each late answer is asked for up to ten times more.
    let text = "users[rps=80] -> app[service_time_ms=0.001]\napp -[timeout_ms=60 retries=10]-> db[service_time_ms=10 servers=1]";
    let report = simulation(text, 60_000).finish();
    assert_eq!(report.outcome, Outcome::GrowsWithoutEnd("db".into()));
}

#[test]
fn nobody_asks() {
    let report = simulation("users[rps=0] -> app[service_time_ms=10]", 1_000).finish();
    assert_eq!(report.outcome, Outcome::Idle);
}
