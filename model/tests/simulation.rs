//! Formulas and simulation agree: generated plans, known answers of other tools, and the cases that are only
//! approximate, each with its measured deviation.
#![expect(
    clippy::unwrap_used,
    reason = "a plan that cannot be read is a failed test"
)]

use model::analysis::latency::latency;
use model::analysis::operating_point::operating_point;
use model::analysis::traffic::{Conditions, Removed};
use model::catalog::Catalog;
use model::evaluate::evaluate;
use model::plan::Plan;
use model::plan::sketch::sketch;
use model::simulation::{
    Comparison, Estimate, Figure, Outcome, Settings, Simulation, Trial, TrialReport,
};
use model::topology::Topology;
use serde_json::Value;

/// With this seed every agreeing figure is inside its interval; one in a hundred is outside with any other.
const SEED: u64 = 3;

fn tried(plan: &Plan, requests: u64) -> TrialReport {
    let settings = Settings {
        seed: SEED,
        requests,
        ..Settings::default()
    };
    let trial = Trial::new(plan, &Catalog::default(), settings);
    assert_eq!(trial.problems, []);
    let report = trial.finish();
    assert_eq!(report.outcome, Outcome::Steady);
    report
}

/// Every response time that both know, with its name. The slowest thousandth is not among them: in runs of this
/// length it comes from a few busy spells, so that its interval is too narrow.
fn figures(report: &TrialReport) -> Vec<(String, Comparison)> {
    let journeys = report.journeys.iter();
    journeys
        .flat_map(|journey| {
            let times = Figure::ALL.into_iter().zip(journey.response);
            times.map(|(figure, times)| (format!("{} {}", journey.id, figure.name()), times))
        })
        .filter(|(name, times)| times.agrees().is_some() && !name.ends_with("p99.9"))
        .collect()
}

/// Plans whose formulas are exact or as good as: their response times are inside the simulated interval.
fn agreeing() -> Vec<String> {
    let mut plans = Vec::new();
    for (servers, rps) in [(1, 70), (2, 150), (8, 640), (40, 3_600)] {
        plans.push(format!(
            "users[rps={rps}] -> app[service_time_ms=10 servers={servers}]"
        ));
    }
    for (instances, balancing) in [
        (2, "separate"),
        (5, "separate"),
        (2, "shared"),
        (5, "shared"),
    ] {
        let rps = 80 * instances;
        plans.push(format!(
            "users[rps={rps}] -> app*{instances}[service_time_ms=10 servers=1 balancing={balancing}]"
        ));
    }
    for stages in [2, 4, 6] {
        let chain: Vec<String> = (0..stages)
            .map(|stage| {
                format!(
                    "n{stage}:app-server[service_time_ms={} servers=1]",
                    4 + stage
                )
            })
            .collect();
        plans.push(format!("users[rps=80] -> {}", chain.join(" -> ")));
    }
    for hit in [0.0, 0.5, 0.9] {
        plans.push(format!(
            "users[rps=90] -> app*2[service_time_ms=10 servers=2] -> cache[service_time_ms=1 servers=1 hit_ratio={hit}] -> db[service_time_ms=8 servers=2]"
        ));
        plans.push(format!(
            "users[rps=90] -> app*2[service_time_ms=10 servers=2] -> cache[service_time_ms=1 servers=1 hit_ratio={hit}]\napp -[only_on_miss_of=cache]-> db[service_time_ms=8 servers=2]"
        ));
    }
    for calls in ["0.3", "1", "2.5"] {
        plans.push(format!(
            "users[rps=40] -[rtt_ms=30]-> lb[service_time_ms=0.2 servers=2] -> app*3[service_time_ms=20 servers=2]\napp -[calls={calls} rtt_ms=0.5]-> db[service_time_ms=3 servers=4]"
        ));
    }
    plans.push("users[rps=100] -> lb[service_time_ms=1 servers=1]\nlb -[weight=3]-> a:app-server[service_time_ms=8 servers=1]\nlb -[weight=1]-> b:app-server[service_time_ms=20 servers=1]\na -> db[service_time_ms=2 servers=1]\nb -> db".to_owned());
    plans.push("users[rps=50] -> app[service_time_ms=12 servers=1] ~> queue[service_time_ms=1] ~> worker*3[service_time_ms=40 servers=1]".to_owned());
    plans.push("users[rps=60] -> app[service_time_ms=8 servers=1] ?> search[service_time_ms=5 servers=1]\nstaff:client[rps=10] -> admin:app-server[service_time_ms=30 servers=1] -> search".to_owned());
    plans.push("users[rps=60] -> app[service_time_ms=10 servers=1]\napp -[need=any]-> a:external-service[service_time_ms=30], b:external-service[service_time_ms=80]".to_owned());
    plans.push("users[rps=30] -> app[service_time_ms=20 servers=2.5] -> db[service_time_ms=10 servers=1.5]".to_owned());
    plans
}

#[test]
fn formulas_are_inside_the_interval_on_the_first_half() {
    let plans = agreeing();
    assert!(plans.len() >= 20);
    plans[..plans.len() / 2].iter().for_each(|plan| agree(plan));
}

#[test]
fn formulas_are_inside_the_interval_on_the_second_half() {
    let plans = agreeing();
    plans[plans.len() / 2..].iter().for_each(|plan| agree(plan));
}

fn agree(text: &str) {
    let report = tried(&sketch(text).unwrap(), 300_000);
    let figures = figures(&report);
    assert!(figures.len() >= 4, "{text}");
    for (name, times) in figures {
        assert_eq!(times.agrees(), Some(true), "{text}: {name} {times:?}");
    }
    for component in &report.components {
        let busy = component.utilisation;
        assert_ne!(busy.agrees(), Some(false), "{text}: {busy:?}");
    }
    for journey in &report.journeys {
        let rate = journey.throughput;
        assert_eq!(rate.agrees(), Some(true), "{text}: {rate:?}");
    }
}

/// How far mean, p50, p95 and p99 of the formulas are from what happens, measured over 3,000,000 requests.
const APPROXIMATE: &[(&str, [f64; 4], &str)] = &[
    (
        "the time in line is not exponential where service is constant",
        [0.0, -0.046, 0.039, 0.045],
        "users[rps=80] -> app[service_time_ms=10 servers=1 scv=0]",
    ),
    (
        "the same, several servers",
        [0.0, -0.022, 0.031, 0.048],
        "users[rps=320] -> app[service_time_ms=10 servers=4 scv=0]",
    ),
    (
        "nor where it varies more",
        [0.0, 0.05, -0.017, -0.023],
        "users[rps=80] -> app[service_time_ms=10 servers=1 scv=4]",
    ),
    (
        "Kimura's formula knows two moments, several servers feel the third",
        [-0.04, 0.006, -0.058, -0.061],
        "users[rps=320] -> app[service_time_ms=10 servers=4 scv=4]",
    ),
    (
        "the same, instances on one line",
        [-0.046, -0.006, -0.064, -0.059],
        "users[rps=400] -> app*5[service_time_ms=10 servers=1 scv=4 balancing=shared]",
    ),
    (
        "what leaves constant servers arrives more evenly than at random",
        [0.068, 0.078, 0.092, 0.092],
        "users[rps=320] -> app[service_time_ms=10 servers=4 scv=0] -> db[service_time_ms=2 servers=1 scv=0]",
    ),
];

/// Calls that meet the same line, with how far mean, p50, p95 and p99 may be from the simulated value beyond its
/// interval. Measured over 1,000,000 requests they are within 2 %, where the line is often left for long within 4 %;
/// as independent waits they were up to 57 % too low.
#[test]
fn calls_in_quick_succession_meet_the_same_line() {
    let app = "app[service_time_ms=5 servers=8]";
    let mut plans = Vec::new();
    // Long lines have a long memory.
    for (utilisation, requests) in [
        (0.3, 100_000),
        (0.5, 100_000),
        (0.72, 200_000),
        (0.85, 300_000),
    ] {
        for calls in [2.0, 5.0, 10.0] {
            let rps = utilisation / calls / 0.006;
            plans.push((
                requests,
                0.01,
                format!("users[rps={rps}] -> {app}\napp -[calls={calls}]-> db[service_time_ms=6 servers=1]"),
            ));
        }
    }
    let others = [
        "db[service_time_ms=6 servers=1]\nstaff:client[rps=60] -> admin:app-server[service_time_ms=5 servers=8] -> db",
        "db[service_time_ms=24 servers=4]",
        "db*3[service_time_ms=18 servers=1]",
        "db*3[service_time_ms=18 servers=1 balancing=shared]",
    ];
    for db in others {
        plans.push((
            100_000,
            0.03,
            format!("users[rps=12] -> {app}\napp -[calls=5]-> {db}"),
        ));
    }
    for rtt in [6, 60] {
        plans.push((
            100_000,
            0.03,
            format!("users[rps=16] -> {app}\napp -[calls=5 rtt_ms={rtt}]-> db[service_time_ms=6 servers=1]"),
        ));
    }
    for (requests, beyond, text) in plans {
        let report = tried(&sketch(&text).unwrap(), requests);
        for (name, times) in figures(&report) {
            let (found, computed) = (times.simulated.unwrap(), times.formula.unwrap());
            let apart = (found.value - computed).abs();
            assert!(
                apart <= found.half_width + beyond * found.value,
                "{text}: {name} {times:?}"
            );
        }
    }
}

#[test]
fn approximate_formulas_are_off_as_much_as_is_known() {
    for (why, deviations, text) in APPROXIMATE {
        let report = tried(&sketch(text).unwrap(), 300_000);
        for ((name, times), deviation) in figures(&report).into_iter().zip(deviations) {
            let found = times.simulated.unwrap();
            let corrected = times.formula.unwrap() / (1.0 + deviation);
            assert!(found.contains(corrected), "{why}: {name} {times:?}");
        }
    }
}

#[test]
fn parallel_calls_that_start_together_meet_like_lines() {
    let plan = "users[rps=80] -> app[service_time_ms=2 servers=1]\napp -[mode=parallel]-> a:db[service_time_ms=8 servers=1], b:search[service_time_ms=8 servers=1]";
    let report = tried(&sketch(plan).unwrap(), 300_000);
    let mean = report.journeys[0].response[0];
    // Two lines that fill together: the sum of the means less what independence would spare, 5.5 % too much.
    assert!(
        mean.simulated
            .unwrap()
            .contains(mean.formula.unwrap() / 1.055)
    );
}

/// Plans whose callers give up and try again at once, with how far mean, p50, p95, p99 of the answered requests and the
/// failed share of the formulas may be from the simulated ones beyond their interval.
const TRIED_AGAIN: &[(&str, [f64; 5], &str)] = &[
    (
        "few fail, and each attempt by chance of its own",
        [0.005, 0.015, 0.03, 0.03, 0.01],
        "users[rps=40] -> app[service_time_ms=1 servers=4]\napp -[timeout_ms=20 retries=2 backoff=none]-> other:external-service[service_time_ms=10]",
    ),
    (
        "the same, where the budget lets three in ten fail",
        [0.015, 0.05, 0.05, 0.1, 0.01],
        "users[rps=40] -> app[service_time_ms=1 servers=4]\napp -[timeout_ms=10 retries=3 retry_budget=0.1 backoff=none]-> other:external-service[service_time_ms=10]",
    ),
    (
        "the next attempt meets the line that made the first one late: 4.5 % fail, as independent attempts one in 7,000",
        [0.02, 0.02, 0.15, 0.2, 0.5],
        "users[rps=25] -> app[service_time_ms=1 servers=4]\napp -[timeout_ms=40 retries=2 backoff=none]-> db[service_time_ms=10 servers=1]",
    ),
];

#[test]
fn retries_are_computed_as_they_happen() {
    for (why, deviations, text) in TRIED_AGAIN {
        let plan = sketch(text).unwrap();
        // Overload comes in rare spells: an interval needs many of them.
        let report = tried(&plan, 1_000_000);
        let catalog = Catalog::default();
        let topology = Topology::new(&plan, &catalog);
        let point = operating_point(&topology, Conditions::peak(&topology));
        let failed = report.journeys[0].failed.unwrap();
        let times = report.journeys[0].response[..4]
            .iter()
            .map(|times| (times.simulated.unwrap(), times.formula.unwrap()));
        let all = times.chain([(failed, point.failed[0])]);
        for ((seen, computed), beyond) in all.zip(deviations) {
            let apart = (computed - seen.value).abs();
            assert!(
                apart <= seen.half_width + beyond * seen.value,
                "{why}: {seen:?}, not {computed}"
            );
        }
    }
}

#[test]
fn a_web_architecture_is_as_another_simulator_saw_it() {
    let cases: Vec<Value> = serde_json::from_str(include_str!("cases/percentiles.json")).unwrap();
    let case = cases.iter().find(|case| case["id"] == "Q-E2E-01").unwrap();
    let plan = "users[rps=400] -> lb[service_time_ms=0.5 servers=2] -> app[service_time_ms=12 servers=8] -[calls=4]-> cache[service_time_ms=0.1 servers=1 hit_ratio=0.85] -> db[service_time_ms=4 servers=8]
        app -[calls=0.2]-> db
        app -[calls=0.1]-> objects:app-server[service_time_ms=10 servers=2]";
    let report = tried(&sketch(plan).unwrap(), 500_000);
    for (figure, times) in Figure::ALL.iter().zip(&report.journeys[0].response) {
        if let Some(seen) = case["simulated"][figure.id()].as_array() {
            let seen = Estimate {
                value: seen[0].as_f64().unwrap(),
                half_width: seen[1].as_f64().unwrap(),
            };
            let found = times.simulated.unwrap();
            let apart = (found.value - seen.value).abs();
            assert!(
                apart <= found.half_width + seen.half_width,
                "{figure:?}: {found:?}, not {seen:?}"
            );
        }
    }
}

#[test]
fn what_is_taken_away_is_not_there() {
    let plan = sketch("users[rps=60] -> app*2[service_time_ms=10 servers=1] -> cache[service_time_ms=1 servers=1 hit_ratio=0.9] -> db[service_time_ms=6 servers=1]").unwrap();
    let catalog = Catalog::default();
    let topology = Topology::new(&plan, &catalog);
    for (id, removed) in [
        ("app", Removed::instances(1, 1)),
        ("cache", Removed::component(&topology, 2)),
    ] {
        let conditions = Conditions {
            removed,
            ..Conditions::peak(&topology)
        };
        let point = operating_point(&topology, conditions);
        let settings = Settings {
            requests: 300_000,
            ..Settings::default()
        };
        let report = Simulation::new(&topology, &point, settings).finish();
        let computed = latency(&topology, &point).journeys[0].mean.unwrap();
        let seen = report.journeys[0].mean.unwrap();
        assert!(
            seen.contains(computed.0),
            "{id}: {seen:?}, not {computed:?}"
        );
    }
}

/// Exactly these digits, natively and in a browser, whatever the machine.
#[test]
fn a_seed_gives_the_recorded_figures_on_every_machine() {
    let plan = "users[rps=200] -> lb[service_time_ms=0.5 servers=2 scv=0.5] -> app*3[service_time_ms=9 servers=1] -> cache[service_time_ms=1 servers=1 hit_ratio=0.7 scv=0]
        cache -[calls=1.5 rtt_ms=0.5]-> db[service_time_ms=4 servers=2 scv=4]
        app -[mode=parallel]-> a:search[service_time_ms=3 servers=2], b:external-service[service_time_ms=8 scv=2]
        app ~> queue[service_time_ms=1] ~> worker*2[service_time_ms=6 servers=1]";
    let report = tried(&sketch(plan).unwrap(), 60_000);
    let [mean, _, p95, p99, _] = report.journeys[0].response;
    let digits: Vec<f64> = [mean, p95, p99]
        .into_iter()
        .flat_map(|times| {
            [
                times.simulated.unwrap().value,
                times.simulated.unwrap().half_width,
            ]
        })
        .collect();
    assert_eq!(
        format!("{} {} {digits:?}", report.events, report.requests),
        "534827 60161 [0.03567580370366299, 0.001201922978595514, 0.08632540581033503, 0.004292338496919118, 0.12307830204101529, 0.0075998077462960615]"
    );
}

#[test]
fn held_workers_are_as_another_simulator_saw_them() {
    let cases: Vec<Value> = serde_json::from_str(include_str!("cases/threads.json")).unwrap();
    let mut seen = 0;
    for case in &cases {
        let inputs = &case["inputs"];
        let millis = |station: &str| inputs[station]["s"].as_f64().unwrap() * 1000.0;
        let text = format!(
            "users[rps={}] -> app[service_time_ms={} servers={} pool={}] -[calls={}]-> db[service_time_ms={} servers={}]",
            inputs["lambda_"],
            millis("cpu"),
            inputs["cpu"]["c"],
            inputs["threads"],
            inputs["db"]["calls"],
            millis("db"),
            inputs["db"]["c"],
        );
        let plan = sketch(&text).unwrap();
        let Some(other) = case["simulated"]["r"].as_f64() else {
            let settings = Settings {
                requests: 60_000,
                ..Settings::default()
            };
            let report = Trial::new(&plan, &Catalog::default(), settings).finish();
            let grows = Outcome::GrowsWithoutEnd("app".into());
            assert_eq!(report.outcome, grows, "{}", case["id"]);
            continue;
        };
        seen += 1;
        let found = tried(&plan, 300_000).journeys[0].response[0]
            .simulated
            .unwrap();
        let half_width = case["simulated"]["ci99_half"].as_f64().unwrap();
        let apart = (found.value - other).abs();
        assert!(
            apart <= found.half_width + half_width,
            "{}: {found:?}, not {other} ± {half_width}",
            case["id"]
        );
    }
    assert!(seen >= 4);
}

#[test]
fn users_who_think_settle_where_the_closed_network_says() {
    let plan = "users[population=30 think_s=0.2] -> app[service_time_ms=8 servers=1] -[calls=1]-> db[service_time_ms=12 servers=2]";
    let report = tried(&sketch(plan).unwrap(), 300_000);
    let journey = &report.journeys[0];
    let mean = journey.response[0];
    assert_eq!(mean.agrees(), Some(true), "{mean:?}");
    assert_eq!(journey.throughput.agrees(), Some(true), "{journey:?}");
}

#[test]
fn what_rooms_refuse_is_as_the_formulas_say() {
    let plan = sketch("users[rps=150] -> app[service_time_ms=10 servers=2 room=4] -> db[service_time_ms=4 servers=1]").unwrap();
    let catalog = Catalog::default();
    let topology = Topology::new(&plan, &catalog);
    let point = operating_point(&topology, Conditions::peak(&topology));
    let settings = Settings {
        requests: 300_000,
        ..Settings::default()
    };
    let report = Simulation::new(&topology, &point, settings).finish();
    let refused = point.stations[1].refused;
    let failed = report.journeys[0].failed.unwrap();
    assert!(
        refused > 0.05 && failed.contains(refused),
        "{failed:?}, not {refused}"
    );
}

/// Five calls in a row to a line whose service varies less or more than exponential service: how far the mean may be
/// from the simulated one beyond its interval. As calls at random it was 12 to 24 % off.
#[test]
fn calls_in_a_row_wait_as_with_a_variation_nearer_to_one() {
    for (beyond, rps, edge, db) in [
        (
            0.015,
            20,
            "calls=5",
            "db[service_time_ms=5 servers=1 scv=0.3]",
        ),
        (
            0.015,
            32,
            "calls=5",
            "db[service_time_ms=5 servers=1 scv=0.3]",
        ),
        (
            0.015,
            20,
            "calls=5",
            "db[service_time_ms=5 servers=1 scv=2]",
        ),
        (
            0.015,
            32,
            "calls=5 rtt_ms=10",
            "db[service_time_ms=5 servers=1 scv=2]",
        ),
        (
            0.015,
            64,
            "calls=5",
            "db[service_time_ms=10 servers=4 scv=2]",
        ),
        (
            0.03,
            64,
            "calls=5",
            "db*2[service_time_ms=5 servers=1 scv=2]",
        ),
    ] {
        let text = format!("users[rps={rps}] -> app[service_time_ms=5 servers=8] -[{edge}]-> {db}");
        let report = tried(&sketch(&text).unwrap(), 200_000);
        let mean = report.journeys[0].response[0];
        let (found, computed) = (mean.simulated.unwrap(), mean.formula.unwrap());
        assert!(
            (found.value - computed).abs() <= found.half_width + beyond * found.value,
            "{text}: {mean:?}"
        );
    }
}

/// Plans with limited room, and how far mean, p50, p95 and p99 may be from the simulated value beyond its interval:
/// what is waited for a worker and what is waited behind it are not independent.
const LIMITED: &[(f64, &str)] = &[
    (
        0.005,
        "users[rps=33] -> app[service_time_ms=30 servers=1 room=24]",
    ),
    (
        0.005,
        "users[rps=90] -> app[service_time_ms=20 servers=2 room=10]",
    ),
    (
        0.005,
        "users[rps=300] -> app*2[service_time_ms=20 servers=2 room=10] -> db[service_time_ms=2 servers=1]",
    ),
    (
        0.02,
        "users[rps=90] -> app*2[service_time_ms=30 servers=1 room=24 pool=16] -> db[service_time_ms=2 servers=1]",
    ),
    (
        0.02,
        "users[rps=90] -> app[service_time_ms=10 servers=1 room=24 pool=16] -> db[service_time_ms=20 servers=1]",
    ),
    (
        0.13,
        "users[rps=45] -> app[service_time_ms=10 servers=1 room=24 pool=16] -> db[service_time_ms=20 servers=1]",
    ),
];

#[test]
fn who_finds_room_waits_as_the_formulas_say() {
    for (beyond, text) in LIMITED {
        let report = tried(&sketch(text).unwrap(), 200_000);
        let figures = figures(&report);
        assert!(figures.len() >= 4);
        for (name, times) in figures {
            let (found, computed) = (times.simulated.unwrap(), times.formula.unwrap());
            let apart = (found.value - computed).abs();
            assert!(
                apart <= found.half_width + beyond * found.value,
                "{text}: {name} {times:?}"
            );
        }
    }
}

#[test]
fn the_more_ask_the_longer_they_wait_and_never_for_days() {
    let mut slowest = 0.0;
    for rps in [30.0, 45.0, 60.0, 90.0, 150.0, 400.0, 10_000.0] {
        let text = format!(
            "users[rps={rps}] -> app*2[service_time_ms=10 servers=1 room=24 pool=16] -> db[service_time_ms=20 servers=1]"
        );
        let plan = sketch(&text).unwrap();
        let catalog = Catalog::default();
        let times = evaluate(&plan, &catalog, None).journeys[0]
            .response
            .unwrap();
        let p95 = times.p95.unwrap().0;
        // However many ask, 48 requests find room, and 50 are answered in a second.
        assert!(p95 >= slowest && p95 < 2.0, "{rps}: {p95} after {slowest}");
        slowest = p95;
        for failure in &evaluate(&plan, &catalog, None).journeys[0].failures {
            assert!(
                failure.p95.is_none_or(|p95| p95.0 < 2.0),
                "{rps}: {failure:?}"
            );
        }
    }
}
