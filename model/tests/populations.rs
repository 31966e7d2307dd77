//! Known answers for limited room, held workers and closed populations.
//!
//! The case files name the source of every number and the tools that computed it independently.
#![expect(
    clippy::unwrap_used,
    reason = "a case that cannot be read is a failed test"
)]

mod cases;

use model::analysis::queueing::bounds::bounds;
use model::analysis::queueing::closed::{
    Centre, Class, Closed, Method, closed, closed_classes, throughputs,
};
use model::analysis::queueing::finite_room::finite_room;
use model::analysis::queueing::waiting::waiting;
use model::analysis::queueing::worker_pool::{WorkerPool, worker_pool};
use model::catalog::Catalog;
use model::evaluate::{Evaluation, Resource, evaluate};
use model::plan::format;
use model::plan::sketch::sketch;
use model::units::{RequestsPerSecond, Seconds};
use serde_json::Value;

use cases::cases;

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap()
}

fn count(value: &Value) -> usize {
    number(value) as usize
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(number).collect()
}

fn seconds(value: &Value) -> Vec<Seconds> {
    numbers(value).into_iter().map(Seconds).collect()
}

/// Compares numbers with the expected ones of that name, within the case's own tolerance.
fn expect_all(case: &Value, name: &str, found: &[f64]) {
    let expected = &case["expected"][name];
    let expected = if expected.is_array() {
        numbers(expected)
    } else {
        vec![number(expected)]
    };
    assert_eq!(found.len(), expected.len(), "{} {name}", case["id"]);
    let tolerance = number(&case["tolerance"]["rel"]);
    for (found, expected) in found.iter().zip(expected) {
        assert!(
            (found - expected).abs() <= tolerance * expected.abs(),
            "{} {name}: {found}, not {expected}",
            case["id"]
        );
    }
}

fn expect(case: &Value, name: &str, found: f64) {
    expect_all(case, name, &[found]);
}

#[test]
fn limited_room_refuses_what_it_cannot_hold() {
    for case in cases("mmck") {
        let inputs = &case["inputs"];
        let found = finite_room(
            RequestsPerSecond(number(&inputs["lambda_"])),
            Seconds(1.0 / number(&inputs["mu"])),
            count(&inputs["c"]),
            count(&inputs["k"]),
        )
        .unwrap();
        expect(&case, "p_block", found.refused);
        expect(&case, "throughput", found.throughput.0);
        expect(&case, "l", found.visits);
        expect(&case, "w", found.residence.0);
    }
}

#[test]
fn nobody_is_served_where_nobody_serves() {
    for case in cases("mmc_edge") {
        let inputs = &case["inputs"];
        let found = waiting(
            RequestsPerSecond(number(&inputs["lambda_"])),
            Seconds(1.0 / number(&inputs["mu"])),
            1.0,
            number(&inputs["c"]),
        );
        let stable = case["expected"]["stable"].as_bool().unwrap();
        assert_eq!(found.is_some(), stable, "{}", case["id"]);
    }
}

/// The closed network of a case, as several stations of which none is a twin of another.
fn network(case: &Value) -> (usize, Seconds, Vec<Centre>) {
    let inputs = &case["inputs"];
    let (services, visits) = (numbers(&inputs["s"]), numbers(&inputs["visits"]));
    let demands = services.iter().zip(visits).map(|(s, v)| Seconds(s * v));
    let centres = demands.zip(numbers(&inputs["c"])).map(|(demand, servers)| {
        // -1 servers are a delay: as many servers as anyone could use.
        let servers = if servers < 0.0 {
            1_000
        } else {
            servers as usize
        };
        Centre::servers(demand, servers)
    });
    (
        count(&inputs["n"]),
        Seconds(number(&inputs["think"])),
        centres.collect(),
    )
}

fn check_closed(case: &Value) -> Closed {
    let (users, think, centres) = network(case);
    let found = closed(users, think, &centres).unwrap();
    expect(case, "x", found.throughput.0);
    expect(case, "r", found.response.0);
    let inputs = &case["inputs"];
    let visits = numbers(&inputs["visits"]);
    let servers = numbers(&inputs["c"]);
    let busy: Vec<f64> = (0..centres.len())
        .map(|m| found.throughput.0 * centres[m].demand.0 / servers[m].max(1.0))
        .collect();
    let expected = &case["expected"];
    if expected.get("rho_max").is_some() {
        let most = found.utilisation.iter().copied().fold(0.0, f64::max);
        expect(case, "rho_max", most);
        expect(case, "rho_first", found.utilisation[0]);
    }
    if expected.get("rho").is_some() {
        let each: Vec<f64> = (0..centres.len())
            .map(|m| found.residence[m].0 / visits[m])
            .collect();
        let rates: Vec<f64> = visits.iter().map(|v| found.throughput.0 * v).collect();
        expect_all(case, "rho", &busy);
        expect_all(case, "r_node", &each);
        expect_all(case, "l_node", &found.users);
        expect_all(case, "x_node", &rates);
    }
    found
}

#[test]
fn users_who_ask_again_and_again() {
    for case in cases("closed_single") {
        check_closed(&case);
    }
}

/// Multi-server stations with hundreds of servers, where exact mean value analysis as in octave-queueing 1.2.7
/// loses all digits and answers with a twentieth of the throughput, a negative one, or half of it.
#[test]
fn where_load_dependent_mean_value_analysis_fails() {
    let failing = [
        ("Q-CLOSED-04", 35.9507),
        ("Q-CLOSED-05", -433.319),
        ("Q-CLOSED-09", 85.6648),
    ];
    for (id, elsewhere) in failing {
        let case = cases("closed_single")
            .into_iter()
            .find(|case| case["id"] == id)
            .unwrap();
        assert!(
            case["peer_failure"]
                .as_str()
                .unwrap()
                .contains(&elsewhere.to_string())
        );
        let found = check_closed(&case).throughput.0;
        assert!((found / elsewhere - 1.0).abs() > 0.4);
    }
}

#[test]
fn like_stations_count_as_one_entry() {
    let case = cases("closed_single")
        .into_iter()
        .find(|case| case["id"] == "Q-CLOSED-07")
        .unwrap();
    let groups = [(0.1, 15), (0.6, 50), (1.2, 100)];
    let centres =
        groups.map(|(service, stations)| Centre::servers(Seconds(service), 1).times(stations));
    let found = closed(800, Seconds(10.0), &centres).unwrap();
    expect(&case, "x", found.throughput.0);
    expect(&case, "r", found.response.0);
}

#[test]
fn classes_of_users_at_the_same_stations() {
    for case in cases("closed_multiclass") {
        let inputs = &case["inputs"];
        let demands: Vec<Vec<Seconds>> = inputs["demand"]
            .as_array()
            .unwrap()
            .iter()
            .map(seconds)
            .collect();
        let classes: Vec<Class> = numbers(&inputs["n"])
            .into_iter()
            .zip(seconds(&inputs["think"]))
            .zip(demands)
            .map(|((users, think), demands)| Class {
                users: users as usize,
                think,
                demands,
            })
            .collect();
        let stations = classes[0].demands.len();
        let found =
            closed_classes(&classes, &vec![Centre::servers(Seconds(0.0), 1); stations]).unwrap();
        assert_eq!(found.method, Method::Exact);
        let of = |value: fn(&Closed) -> f64| found.classes.iter().map(value).collect::<Vec<f64>>();
        let at = |value: fn(&Closed) -> &[f64]| {
            (0..stations)
                .map(|m| found.classes.iter().map(|class| value(class)[m]).sum())
                .collect::<Vec<f64>>()
        };
        expect_all(&case, "x", &of(|class| class.throughput.0));
        expect_all(&case, "r", &of(|class| class.response.0));
        let expected = &case["expected"];
        if expected.get("u").is_some() {
            expect_all(&case, "u", &of(|class| class.utilisation[0]));
            expect_all(&case, "q", &of(|class| class.users[0]));
        } else {
            expect_all(&case, "rho_node", &at(|class| &class.utilisation));
            expect_all(&case, "l_node", &at(|class| &class.users));
        }
    }
}

#[test]
fn limits_of_a_closed_network() {
    for case in cases("closed_bounds") {
        let inputs = &case["inputs"];
        let (users, think) = (count(&inputs["n"]), Seconds(number(&inputs["think"])));
        let demands = seconds(&inputs["demand"]);
        let found = bounds(users, think, &demands).unwrap();
        expect_all(&case, "aba_x", &found.throughput);
        expect_all(&case, "aba_r", &found.response);
        expect_all(&case, "bsb_x", &found.balanced_throughput);
        expect_all(&case, "bsb_r", &found.balanced_response);
        expect(&case, "n_star", found.knee);
        let centres: Vec<Centre> = demands
            .iter()
            .map(|&demand| Centre::servers(demand, 1))
            .collect();
        let exact = closed(users, think, &centres).unwrap();
        let [low, high] = found.balanced_throughput;
        assert!((low..=high).contains(&exact.throughput.0));
    }
}

/// The pool of a case: what is used while a worker is held, and what comes of it.
fn pool(case: &Value, rate: f64) -> WorkerPool {
    let inputs = &case["inputs"];
    let centres = ["cpu", "db"].map(|name| {
        let station = &inputs[name];
        let calls = station.get("calls").map_or(1.0, number);
        Centre::servers(Seconds(number(&station["s"]) * calls), count(&station["c"]))
    });
    let speeds = throughputs(count(&inputs["threads"]), Seconds(0.0), &centres).unwrap();
    worker_pool(RequestsPerSecond(rate), &speeds, None).unwrap()
}

#[test]
fn workers_that_are_held_while_others_work() {
    for case in cases("thread_pool") {
        let found = pool(&case, number(&case["inputs"]["lambda_"]));
        expect(&case, "x_max", found.capacity.0);
        let stable = case["expected"]["stable"].as_bool().unwrap();
        assert_eq!(found.steady.is_some(), stable, "{}", case["id"]);
        let Some(steady) = found.steady else { continue };
        expect(&case, "r", steady.response.0);
        expect(&case, "l", steady.requests);
        expect(&case, "p_all_threads_busy", steady.all_busy_probability);
        // The documented error against a simulation of the same calls.
        let error = steady.response.0 / number(&case["simulated"]["r"]) - 1.0;
        let held = steady.requests / found.capacity.0 / steady.response.0;
        let bound = if held < 0.75 {
            0.01
        } else if held < 0.85 {
            0.05
        } else {
            0.16
        };
        assert!(error.abs() <= bound, "{}: off by {error}", case["id"]);
    }
}

/// Everything about a sketch.
fn evaluated(text: &str) -> Evaluation {
    let plan = sketch(text).unwrap();
    let evaluation = evaluate(&plan, &Catalog::default(), None);
    assert_eq!(evaluation.problems, [], "{text}");
    evaluation
}

#[test]
fn limited_room_in_a_plan() {
    for case in cases("mmck") {
        let inputs = &case["inputs"];
        let rate = number(&inputs["lambda_"]);
        let millis = 1000.0 / number(&inputs["mu"]);
        let evaluation = evaluated(&format!(
            "users[rps={rate}] -> app[service_time_ms={millis} servers={} room={}] -> db[service_time_ms=0]",
            inputs["c"], inputs["k"]
        ));
        let (app, db) = (&evaluation.components["app"], &evaluation.components["db"]);
        expect(&case, "p_block", app.refused);
        expect(&case, "throughput", db.arrival_rate.0);
        expect(&case, "w", app.residence.unwrap().0);
        expect(&case, "w", evaluation.journeys[0].response.unwrap().mean.0);
        assert!(!app.saturated && !evaluation.journeys[0].saturated);
        assert!((app.arrival_rate.0 / rate - 1.0).abs() < 1e-12);
    }
}

#[test]
fn held_workers_in_a_plan() {
    for case in cases("thread_pool") {
        let inputs = &case["inputs"];
        let evaluation = evaluated(&format!(
            "users[rps={}] -> app[service_time_ms={} servers={} pool={}] -[calls={}]-> db[service_time_ms={} servers={}]",
            inputs["lambda_"],
            number(&inputs["cpu"]["s"]) * 1000.0,
            inputs["cpu"]["c"],
            inputs["threads"],
            inputs["db"]["calls"],
            number(&inputs["db"]["s"]) * 1000.0,
            inputs["db"]["c"],
        ));
        let pool = evaluation.components["app"].pool.unwrap();
        let journey = &evaluation.journeys[0];
        expect(&case, "x_max", pool.capacity_rps.0);
        expect(&case, "x_max", journey.capacity.unwrap().0);
        let bottleneck = journey.bottleneck.as_ref().unwrap();
        assert_eq!(
            (&*bottleneck.component, bottleneck.resource),
            ("app", Resource::Workers)
        );
        let stable = case["expected"]["stable"].as_bool().unwrap();
        assert_eq!(journey.saturated, !stable, "{}", case["id"]);
        assert_eq!(journey.response.is_some(), stable, "{}", case["id"]);
        if stable {
            expect(&case, "r", journey.response.unwrap().mean.0);
            expect(&case, "p_all_threads_busy", pool.all_busy_probability);
        }
    }
}

/// The closed network of a case as a plan: the users call every station as often as they visit it.
fn plan_of(case: &Value) -> String {
    let inputs = &case["inputs"];
    let (services, visits) = (numbers(&inputs["s"]), numbers(&inputs["visits"]));
    let servers = numbers(&inputs["c"]);
    let lines = (0..services.len()).map(|m| {
        // -1 servers are a delay: as many servers as anyone could use.
        let servers = if servers[m] < 0.0 { 1_000.0 } else { servers[m] };
        format!(
            "users[population={} think_s={}] -[calls={} need=all]-> n{m}:app-server[service_time_ms={} servers={servers}]",
            inputs["n"],
            inputs["think"],
            visits[m],
            services[m] * 1000.0,
        )
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn users_who_ask_again_and_again_in_a_plan() {
    for case in cases("closed_single") {
        let evaluation = evaluated(&plan_of(&case));
        let journey = &evaluation.journeys[0];
        let population = journey.population.unwrap();
        assert!(!journey.saturated && population.exact, "{}", case["id"]);
        expect(&case, "x", journey.arrival_rate.0);
        expect(&case, "r", journey.response.unwrap().mean.0);
        let [low, high] = population.limits.unwrap();
        let rate = journey.arrival_rate.0;
        assert!(low.0 <= rate * (1.0 + 1e-9) && rate <= high.0 * (1.0 + 1e-9));
        assert!(rate <= journey.capacity.unwrap().0);
        let around = journey.response.unwrap().mean.0 + population.think.0;
        assert!(
            (rate * around / population.users as f64 - 1.0).abs() < 1e-8,
            "{}",
            case["id"]
        );
    }
}

#[test]
fn classes_of_users_in_a_plan() {
    let case = cases("closed_multiclass")
        .into_iter()
        .find(|case| case["id"] == "Q-PUB-07")
        .unwrap();
    let text = r#"{"format": "hosting-plan/1",
        "components": [{"id": "u", "type": "client"}, {"id": "app", "type": "app_server", "settings": {"service_time_ms": 25, "servers": 1}}],
        "connections": [{"id": "c", "from": "u", "to": "app"}],
        "journeys": [
            {"id": "a", "population": {"users": 15, "think_seconds": 1}},
            {"id": "b", "population": {"users": 5, "think_seconds": 15}, "demands": {"app": {"service_time_ms": 500}}}
        ]}"#;
    let plan = format::read(text.as_bytes()).unwrap();
    let evaluation = evaluate(&plan, &Catalog::default(), None);
    assert_eq!(evaluation.problems, []);
    let rates: Vec<f64> = evaluation
        .journeys
        .iter()
        .map(|journey| journey.arrival_rate.0)
        .collect();
    let times: Vec<f64> = evaluation
        .journeys
        .iter()
        .map(|journey| journey.response.unwrap().mean.0)
        .collect();
    expect_all(&case, "x", &rates);
    expect_all(&case, "r", &times);
}

/// Three classes whose demands differ at three stations, and whose jobs of one class never think.
#[test]
fn classes_of_users_at_several_stations_in_a_plan() {
    let case = cases("closed_multiclass")
        .into_iter()
        .find(|case| case["id"] == "Q-CLOSED-01")
        .unwrap();
    let inputs = &case["inputs"];
    let (users, think) = (numbers(&inputs["n"]), numbers(&inputs["think"]));
    let demands: Vec<Vec<f64>> = inputs["demand"]
        .as_array()
        .unwrap()
        .iter()
        .map(numbers)
        .collect();
    let stations = 0..demands[0].len();
    let components = stations.clone().map(|m| {
        format!(r#"{{"id": "n{m}", "type": "app_server", "settings": {{"service_time_ms": 1, "servers": 1}}}}"#)
    });
    let connections = stations
        .clone()
        .map(|m| format!(r#"{{"id": "c{m}", "from": "u", "to": "n{m}", "need": "all"}}"#));
    let journeys = (0..users.len()).map(|class| {
        let demands = stations.clone().map(|m| {
            let millis = demands[class][m] * 1000.0;
            format!(r#""n{m}": {{"service_time_ms": {millis}}}"#)
        });
        format!(
            r#"{{"id": "j{class}", "population": {{"users": {}, "think_seconds": {}}}, "demands": {{{}}}}}"#,
            users[class],
            think[class],
            demands.collect::<Vec<_>>().join(", ")
        )
    });
    let joined = |parts: Vec<String>| parts.join(", ");
    let text = format!(
        r#"{{"format": "hosting-plan/1", "components": [{{"id": "u", "type": "client"}}, {}], "connections": [{}], "journeys": [{}]}}"#,
        joined(components.collect()),
        joined(connections.collect()),
        joined(journeys.collect())
    );
    let plan = format::read(text.as_bytes()).unwrap();
    let evaluation = evaluate(&plan, &Catalog::default(), None);
    assert_eq!(evaluation.problems, []);
    let journeys = &evaluation.journeys;
    assert!(
        journeys
            .iter()
            .all(|journey| journey.population.unwrap().exact)
    );
    let rates: Vec<f64> = journeys
        .iter()
        .map(|journey| journey.arrival_rate.0)
        .collect();
    let times: Vec<f64> = journeys
        .iter()
        .map(|journey| journey.response.unwrap().mean.0)
        .collect();
    expect_all(&case, "x", &rates);
    expect_all(&case, "r", &times);
}

#[test]
fn users_beside_a_load_from_outside() {
    // One station, half of it taken from outside: the users meet a server of half the speed.
    let evaluation = evaluated(
        "users[population=10 think_s=1] -> app[service_time_ms=100]
        others:users[rps=5] -> app",
    );
    let [users, others] = &evaluation.journeys[..] else {
        panic!()
    };
    let slow = closed(10, Seconds(1.0), &[Centre::servers(Seconds(0.2), 1)]).unwrap();
    assert!((users.arrival_rate.0 / slow.throughput.0 - 1.0).abs() < 1e-8);
    assert!((users.response.unwrap().mean.0 / slow.response.0 - 1.0).abs() < 1e-8);
    // A visit from outside finds the users there: S (1 + L) / (1 - rho).
    let present = slow.throughput.0 * slow.response.0;
    let met = 0.1 * (1.0 + present) / 0.5;
    assert!((others.response.unwrap().mean.0 / met - 1.0).abs() < 1e-8);
}

#[test]
fn users_who_wait_for_held_workers() {
    // Ten users, two workers: inside, only two of them are ever on their way.
    let evaluation = evaluated(
        "users[population=10 think_s=0] -> app[service_time_ms=10 pool=2] -> db[service_time_ms=20]",
    );
    let stations = [0.01, 0.02].map(|service| Centre::servers(Seconds(service), 1));
    let two = closed(2, Seconds(0.0), &stations).unwrap();
    let journey = &evaluation.journeys[0];
    assert!(!journey.saturated);
    assert!((journey.arrival_rate.0 / two.throughput.0 - 1.0).abs() < 1e-8);
    assert!((journey.response.unwrap().mean.0 * two.throughput.0 / 10.0 - 1.0).abs() < 1e-8);
}

#[test]
fn batch_workers_take_what_is_left_of_a_disk() {
    let evaluation = evaluated(
        "jobs:users[population=4 think_s=0] -> db[service_time_ms=1 servers=4 iops_per_request=10 iops=1000]",
    );
    let journey = &evaluation.journeys[0];
    assert!((journey.arrival_rate.0 / 99.9 - 1.0).abs() < 1e-9);
    assert!((journey.response.unwrap().mean.0 * 99.9 / 4.0 - 1.0).abs() < 1e-9);
    assert!(!journey.saturated);
}

#[test]
fn users_behind_a_saturated_station_get_nothing() {
    let evaluation = evaluated(
        "users[population=10 think_s=1] -> app[service_time_ms=100]
        others:users[rps=20] -> app",
    );
    let journey = &evaluation.journeys[0];
    assert!(journey.saturated && journey.response.is_none() && journey.arrival_rate.0 == 0.0);
}
