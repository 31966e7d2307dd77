//! Textbook answers of queueing theory, reached through whole plans.
//!
//! `cases/queueing.json` names the source of every number and the tools that computed it independently.
#![expect(
    clippy::unwrap_used,
    reason = "a case that cannot be read is a failed test"
)]

mod cases;

use model::analysis::capacity::capacity;
use model::analysis::failures::{ResponseTime, failures};
use model::analysis::latency::{self, JourneyLatency, latency};
use model::analysis::operating_point::{OperatingPoint, operating_point};
use model::analysis::queueing::headroom;
use model::analysis::queueing::processor_sharing::shared;
use model::analysis::stations::Station;
use model::analysis::structure::Structure;
use model::analysis::traffic::{Conditions, Removed, Resource, Traffic};
use model::catalog::Catalog;
use model::plan::Plan;
use model::plan::sketch::sketch;
use model::topology::Topology;
use model::units::Seconds;
use serde_json::Value;

use cases::cases;

/// Compares a number with the expected one of that name, within the case's own tolerance.
fn expect(case: &Value, name: &str, index: Option<usize>, found: f64) {
    let expected = match index {
        Some(index) => &case["expected"][name][index],
        None => &case["expected"][name],
    };
    let expected = expected.as_f64().unwrap();
    let tolerance = case["tolerance"]["rel"].as_f64().unwrap();
    assert!(
        (found - expected).abs() <= tolerance * expected.abs(),
        "{} {name} {index:?}: {found}, not {expected}",
        case["id"]
    );
}

fn number(case: &Value, name: &str) -> f64 {
    case["inputs"][name].as_f64().unwrap()
}

fn numbers(value: &Value) -> Vec<f64> {
    let list = value.as_array().unwrap();
    list.iter().map(|number| number.as_f64().unwrap()).collect()
}

/// A plan through the analyses: per component its traffic and station, and the latency of the first journey.
struct Solved {
    ids: Vec<String>,
    traffic: Traffic,
    stations: Vec<Station>,
    latency: JourneyLatency,
}

fn solve(text: &str) -> Solved {
    let plan = sketch(text).unwrap();
    let catalog = Catalog::default();
    let topology = Topology::new(&plan, &catalog);
    assert_eq!(topology.problems, [], "{text}");
    let peak = operating_point(&topology, Conditions::peak(&topology));
    Solved {
        ids: plan.components.iter().map(|c| c.id.to_string()).collect(),
        latency: latency(&topology, &peak).journeys.remove(0),
        traffic: peak.traffic,
        stations: peak.stations,
    }
}

impl Solved {
    fn index(&self, id: &str) -> usize {
        self.ids.iter().position(|known| known == id).unwrap()
    }

    fn station(&self, id: &str) -> &Station {
        &self.stations[self.index(id)]
    }
}

fn one_station(rate: f64, service_time: f64, scv: f64, servers: f64) -> Solved {
    let millis = service_time * 1000.0;
    solve(&format!(
        "users[rps={rate}] -> app[service_time_ms={millis} scv={scv} servers={servers}]"
    ))
}

fn utilisation(station: &Station) -> f64 {
    station.utilisation(Resource::Cpu).unwrap()
}

#[test]
fn like_servers_with_exponential_service() {
    for case in cases("mmc") {
        let rate = number(&case, "lambda_");
        let solved = one_station(rate, 1.0 / number(&case, "mu"), 1.0, number(&case, "c"));
        let app = solved.station("app");
        let residence = app.residence.unwrap().0;
        expect(&case, "rho", None, utilisation(app));
        expect(&case, "erlang_c", None, app.waiting_probability.unwrap());
        expect(&case, "wq", None, app.waiting.unwrap().0);
        expect(&case, "w", None, residence);
        expect(&case, "l", None, rate * residence);
        expect(&case, "w", None, solved.latency.mean.unwrap().0);
    }
}

#[test]
fn percentiles_of_like_servers() {
    for case in cases("mmc") {
        let rate = number(&case, "lambda_");
        let solved = one_station(rate, 1.0 / number(&case, "mu"), 1.0, number(&case, "c"));
        expect_percentiles(&case, ["w_p50", "w_p95", "w_p99", "w_p999"], &solved);
    }
}

fn expect_percentiles(case: &Value, names: [&str; 4], solved: &Solved) {
    let found = solved.latency.percentiles.unwrap();
    let times = [found.p50, found.p95, found.p99, found.p999];
    for (name, found) in names.into_iter().zip(times) {
        expect(case, name, None, found.0);
    }
}

#[test]
fn percentiles_of_stations_in_a_row() {
    for case in cases("hypoexponential") {
        // An M/M/1 station with this rate of departures under load 1/s keeps a visit as long as one stage.
        let stages = numbers(&case["inputs"]["rates"]);
        let stages: Vec<String> = stages
            .into_iter()
            .enumerate()
            .map(|(stage, rate)| {
                let millis = 1000.0 / (rate + 1.0);
                format!("n{stage}:app-server[service_time_ms={millis}]")
            })
            .collect();
        let solved = solve(&format!("users[rps=1] -> {}", stages.join(" -> ")));
        expect(&case, "mean", None, solved.latency.mean.unwrap().0);
        expect_percentiles(&case, ["p50", "p95", "p99", "p999"], &solved);
    }
}

#[test]
fn stations_at_the_edges() {
    for case in cases("mmc_edge") {
        if number(&case, "c") < 1.0 {
            // No servers are a problem of the plan; the formula itself is asked in `populations.rs`.
            let plan = sketch("users[rps=1] -> app[servers=0]").unwrap();
            let catalog = Catalog::default();
            let problem = &Topology::new(&plan, &catalog).problems[0];
            assert_eq!(
                (problem.id, problem.field),
                ("number-out-of-range", "servers")
            );
            continue;
        }
        let solved = one_station(
            number(&case, "lambda_"),
            1.0 / number(&case, "mu"),
            1.0,
            number(&case, "c"),
        );
        let app = solved.station("app");
        expect(&case, "rho", None, utilisation(app));
        let stable = case["expected"]["stable"].as_bool().unwrap();
        assert_eq!(app.saturated, !stable, "{}", case["id"]);
        assert_eq!(solved.latency.mean.is_some(), stable, "{}", case["id"]);
        if stable {
            expect(&case, "wq", None, app.waiting.unwrap().0);
            expect(&case, "w", None, app.residence.unwrap().0);
        }
    }
}

#[test]
fn one_server_with_any_service() {
    for case in cases("mg1") {
        let rate = number(&case, "lambda_");
        let solved = one_station(rate, number(&case, "s"), number(&case, "cs2"), 1.0);
        let app = solved.station("app");
        let residence = app.residence.unwrap().0;
        expect(&case, "rho", None, utilisation(app));
        expect(&case, "wq", None, app.waiting.unwrap().0);
        expect(&case, "w", None, residence);
        expect(&case, "l", None, rate * residence);
    }
}

#[test]
fn like_servers_with_any_service_as_kimura_approximates() {
    for case in cases("mgc") {
        let service_time = number(&case, "s");
        let scv = number(&case, "cs2");
        let solved = one_station(
            number(&case, "lambda_"),
            service_time,
            scv,
            number(&case, "c"),
        );
        let waiting = solved.station("app").waiting.unwrap().0;
        expect(&case, "wq_kimura", None, waiting);
        // The documented error of the approximation, on the response time.
        let exact = case["expected"]["wq_exact"].as_f64().unwrap();
        let error = (waiting - exact).abs() / (exact + service_time);
        let bound = match scv {
            scv if scv <= 2.0 => 0.004,
            scv if scv <= 4.0 => 0.014,
            _ => 0.11,
        };
        assert!(error <= bound, "{}: off by {error}", case["id"]);
    }
}

/// A network of a case as a sketch whose components are called n0, n1, ….
fn network(case: &Value) -> (String, f64) {
    let inputs = &case["inputs"];
    let services = numbers(&inputs["s"]);
    let servers = numbers(&inputs["c"]);
    let name = |i: usize| {
        format!(
            "n{i}:app-server[service_time_ms={} servers={}]",
            services[i] * 1000.0,
            servers[i]
        )
    };
    let mut lines = Vec::new();
    let mut call = |from: String, to: usize, calls: f64| {
        if calls > 0.0 {
            lines.push(format!("{from} -[calls={calls} need=all]-> {}", name(to)));
        }
    };
    let rate = if let Some(arrivals) = inputs.get("lambda_in") {
        let arrivals = numbers(arrivals);
        let rate: f64 = arrivals.iter().sum();
        for (i, arriving) in arrivals.iter().enumerate() {
            call(format!("users[rps={rate}]"), i, arriving / rate);
        }
        for (i, row) in inputs["routing"].as_array().unwrap().iter().enumerate() {
            for (j, probability) in numbers(row).into_iter().enumerate() {
                call(name(i), j, probability);
            }
        }
        rate
    } else if let Some(edges) = inputs.get("edges") {
        let rate = number(case, "lambda_");
        let nodes = inputs["nodes"].as_array().unwrap();
        let index = |node: &Value| nodes.iter().position(|known| known == node).unwrap();
        call(format!("users[rps={rate}]"), 0, 1.0);
        for edge in edges.as_array().unwrap() {
            let calls = edge[2].as_f64().unwrap();
            call(name(index(&edge[0])), index(&edge[1]), calls);
        }
        rate
    } else {
        let rate = number(case, "lambda_");
        for (i, visits) in numbers(&inputs["visits"]).into_iter().enumerate() {
            call(format!("users[rps={rate}]"), i, visits);
        }
        rate
    };
    (lines.join("\n"), rate)
}

#[test]
fn open_networks_with_and_without_feedback() {
    for case in cases("open_network") {
        let (text, rate) = network(&case);
        let solved = solve(&text);
        let nodes = case["inputs"]["s"].as_array().unwrap().len();
        for node in 0..nodes {
            let index = solved.index(&format!("n{node}"));
            let station = &solved.stations[index];
            let residence = station.residence.unwrap().0;
            expect(&case, "rho", Some(node), utilisation(station));
            expect(&case, "r_node", Some(node), residence);
            expect(&case, "x_node", Some(node), station.arrival_rate.0);
            expect(
                &case,
                "l_node",
                Some(node),
                station.arrival_rate.0 * residence,
            );
            if case["expected"].get("visits").is_some() {
                let visits = solved.traffic.journeys[0].visits[index];
                expect(&case, "visits", Some(node), visits);
            }
        }
        let response = solved.latency.mean.unwrap().0;
        expect(&case, "r_total", None, response);
        expect(&case, "n_total", None, rate * response);
    }
}

/// The bottleneck is the largest demand per server. PDQ 7 gets it wrong where stations of one and of several servers
/// are mixed: it reports saturation at 13.3 a second for a network that saturates at 1.667.
#[test]
fn the_largest_load_of_a_network_and_what_limits_it() {
    let limited: Vec<Value> = cases("open_network")
        .into_iter()
        .filter(|case| case["expected"].get("lambda_max").is_some())
        .collect();
    assert_eq!(limited.len(), 1);
    for case in limited {
        let (text, _) = network(&case);
        let plan = sketch(&text).unwrap();
        let catalog = Catalog::default();
        let topology = Topology::new(&plan, &catalog);
        let report = capacity(
            &topology,
            &operating_point(&topology, Conditions::peak(&topology)),
        );
        let journey = &report.journeys[0];
        expect(&case, "lambda_max", None, journey.capacity.unwrap().0);
        let bottleneck = journey.bottleneck.as_ref().unwrap();
        let nodes = case["inputs"]["nodes"].as_array().unwrap();
        let expected = nodes
            .iter()
            .position(|node| *node == case["expected"]["bottleneck"]);
        assert_eq!(bottleneck.component, *format!("n{}", expected.unwrap()));
    }
}

#[test]
fn the_last_of_many_parallel_calls() {
    let with_mean = |case: &Value| case["inputs"].get("mean").is_some();
    for case in cases("max_independent").into_iter().filter(with_mean) {
        let calls = number(&case, "n");
        let millis = number(&case, "mean") * 1000.0;
        let solved = solve(&format!(
            "users[rps=0] -[mode=parallel calls={calls}]-> app[service_time_ms={millis}]"
        ));
        let found = solved.latency.mean.unwrap().0;
        let expected = case["expected"]["mean_max"].as_f64().unwrap();
        assert!((found / expected - 1.0).abs() <= 1e-10, "{}", case["id"]);
    }
}

/// Two classes of work on two processors that share themselves among all of it, as in PDQ's example `multiwo`: the
/// plan says how busy each class makes them, and processor sharing how long it stays.
#[test]
fn two_classes_of_requests_on_shared_processors() {
    let found = cases("open_multiclass");
    assert_eq!(found.len(), 1);
    let case = &found[0];
    let rates = numbers(&case["inputs"]["lambda_"]);
    let services = rows(&case["inputs"]["s"]);
    let visits = rows(&case["inputs"]["visits"]);
    let solved = [0, 1].map(|class| {
        let station = |name: &str, station: usize| {
            format!(
                "users[rps={}] -[calls={} need=all]-> {name}:app-server[service_time_ms={} servers=1]",
                rates[class],
                visits[class][station],
                services[class][station] * 1000.0
            )
        };
        solve(&format!("{}\n{}", station("cpu", 0), station("disk", 1)))
    });
    for (station, name) in ["cpu", "disk"].into_iter().enumerate() {
        let used =
            [0, 1].map(|class| utilisation(&solved[class].stations[solved[class].index(name)]));
        expect(case, "rho", Some(station), used[0] + used[1]);
        for (class, used_by_one) in used.into_iter().enumerate() {
            let near = |name: &str, found: f64| {
                let expected = case["expected"][name][class][station].as_f64().unwrap();
                assert!(
                    (found / expected - 1.0).abs() <= 1e-9,
                    "{found}, not {expected}"
                );
            };
            near("u_class", used_by_one);
            let alone = Seconds(services[class][station] * visits[class][station]);
            let residence = shared(alone, used[0] + used[1]).unwrap().0;
            near("residence", residence);
            near("q_class", residence * rates[class]);
        }
    }
}

fn rows(value: &Value) -> Vec<Vec<f64>> {
    value.as_array().unwrap().iter().map(numbers).collect()
}

/// A plan of zones with a balancer in none of them.
fn zones(case: &Value, rate: f64) -> Plan {
    let zones = number(case, "zones");
    let names: Vec<String> = (0..zones as usize).map(|zone| format!("z{zone}")).collect();
    let declared: Vec<String> = names
        .iter()
        .map(|name| format!("place {name}: zone"))
        .collect();
    let instances = zones * number(case, "per_zone");
    sketch(&format!(
        "{}\nusers[rps={rate}] -> lb -> app*{instances}@{}[service_time_ms={}]",
        declared.join("\n"),
        names.join("/"),
        1000.0 / number(case, "mu")
    ))
    .unwrap()
}

/// The 95th percentile of a journey at an operating point, and whether it is exact.
fn p95(topology: &Topology, point: &OperatingPoint, journey: usize) -> Option<ResponseTime> {
    let (p95, is_exact) = latency::p95(topology, point, journey)?;
    Some(ResponseTime { p95, is_exact })
}

/// Utilisation of the machines with every zone there and with one gone, and whether that is reported.
fn zone_loss(plan: &Plan) -> (f64, f64, bool) {
    let catalog = Catalog::default();
    let topology = Topology::new(plan, &catalog);
    let app = topology.component_index("app").unwrap();
    let under =
        |removed: Removed| operating_point(&topology, Conditions::peak(&topology).without(removed));
    let busy = |removed: Removed| utilisation(&under(removed).stations[app]);
    let structure = Structure::new(&topology, &[]);
    let peak = under(Removed::nothing());
    let report = failures(
        &topology,
        &peak,
        &[p95(&topology, &peak, 0)],
        &structure,
        |point, journey| p95(&topology, point, journey),
    );
    let mut overloads = report.journeys[0].overloads();
    let reported = overloads.any(|failure| &*failure.event == "place:z0");
    let zone_down = busy(Removed::domains(&topology).remove(0));
    (busy(Removed::nothing()), zone_down, reported)
}

#[test]
fn zones_with_headroom_for_the_loss_of_one() {
    for case in cases("headroom") {
        let rate = number(&case, "lambda_");
        let (normal, zone_down, reported) = zone_loss(&zones(&case, rate));
        expect(&case, "rho_normal", None, normal);
        expect(&case, "rho_zone_down", None, zone_down);
        let survives = case["expected"]["survives"].as_bool().unwrap();
        assert_eq!(reported, !survives, "{}", case["id"]);
        let zones_there = number(&case, "zones") as usize;
        let after = headroom::after_loss(normal, zones_there, 1).unwrap();
        expect(&case, "rho_zone_down", None, after);
        let most = headroom::most_before_loss(zones_there, 1);
        expect(&case, "max_safe_rho_normal", None, most);
        assert_eq!(normal < most, survives, "{}", case["id"]);
        // Just beyond the largest safe utilisation the loss of a zone is reported, just below it is not.
        let safe = case["expected"]["max_safe_rho_normal"].as_f64().unwrap();
        let limit = rate / normal * safe;
        assert!(!zone_loss(&zones(&case, limit * (1.0 - 1e-6))).2);
        assert!(zone_loss(&zones(&case, limit * (1.0 + 1e-6))).2);
    }
}
