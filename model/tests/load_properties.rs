//! What holds for the load, the times and the losses of every plan.

use std::collections::BTreeMap;
use std::rc::Rc;

use model::analysis::capacity::{CapacityReport, capacity};
use model::analysis::failures::{FailureReport, JourneyFailures, ResponseTime, Survival, failures};
use model::analysis::latency::{self, LatencyReport, latency};
use model::analysis::operating_point::{OperatingPoint, operating_point};
use model::analysis::queueing::SATURATED;
use model::analysis::stations::Station;
use model::analysis::structure::Structure;
use model::analysis::traffic::{Conditions, Removed, Resource, Traffic, needed_instances};
use model::catalog::Catalog;
use model::plan::Plan;
use model::plan::sketch::sketch;
use model::topology::Topology;
use proptest::prelude::*;
use proptest::sample::select;

const TYPES: &[&str] = &[
    "lb",
    "cdn",
    "web-server",
    "app-server",
    "cache",
    "queue",
    "worker",
    "sql-database",
    "nosql-database",
    "external-service",
];

/// How numbers of a plan are chosen.
#[derive(Clone, Copy)]
enum Numbers {
    /// Of the size that plans have.
    Usual,
    /// Of any size that can be written.
    Any,
}

fn number(numbers: Numbers, low: f64, high: f64) -> BoxedStrategy<f64> {
    let usual = (0.0..=1.0).prop_map(move |share: f64| low + share * (high - low));
    match numbers {
        Numbers::Usual => usual.boxed(),
        Numbers::Any => prop_oneof![
            usual,
            select(vec![
                0.0,
                1.0,
                -1.0,
                1e-320,
                1e-300,
                1e-12,
                1e9,
                1e15,
                1e300,
                f64::MAX
            ]),
        ]
        .boxed(),
    }
}

fn component(index: usize, numbers: Numbers) -> impl Strategy<Value = String> {
    (
        select(TYPES),
        1..4_u32,
        number(numbers, 0.1, 30.0),
        number(numbers, 1.0, 4.0),
        number(numbers, 0.0, 4.0),
        number(numbers, 0.0, 1.0),
        number(numbers, 0.0, 5.0),
        0..8_u32,
    )
        .prop_map(
            move |(kind, instances, service, servers, scv, hits, operations, extra)| {
                let place = ["", "@z0", "@z1", "@z0/z1"][(extra % 4) as usize];
                let standby = if extra == 7 && index > 0 {
                    format!(" standby_for=n{}", index - 1)
                } else {
                    String::new()
                };
                format!(
                    "n{index}:{kind}*{instances}{place}[service_time_ms={service} servers={servers} scv={scv} hit_ratio={hits} iops_per_request={operations} iops=500{standby}]"
                )
            },
        )
}

fn connection(count: usize, numbers: Numbers, circles: bool) -> impl Strategy<Value = String> {
    (
        0..=count,
        0..count,
        number(numbers, 0.0, 1.2),
        number(numbers, 0.0, 3.0),
        select(vec!["", "", "", " mode=async", " mode=parallel"]),
        select(vec!["", "", " need=any", " need=all", " need=optional"]),
        number(numbers, 0.0, 20.0),
        0..10_usize,
    )
        .prop_map(move |(from, to, calls, weight, mode, need, rtt, aside)| {
            let (from, to) = if circles || from == count || from < to {
                (from, to)
            } else {
                (to, from)
            };
            let from = if from == count {
                "users".to_owned()
            } else {
                format!("n{from}")
            };
            let aside = if aside < count && numbers.is_any() {
                format!(" only_on_miss_of=n{aside}")
            } else {
                String::new()
            };
            format!(
                "{from} -[calls={calls} weight={weight} rtt_ms={rtt}{mode}{need}{aside}]-> n{to}"
            )
        })
}

impl Numbers {
    fn is_any(self) -> bool {
        matches!(self, Self::Any)
    }
}

/// A plan as a sketch, so that a counterexample can be read.
#[derive(Clone)]
struct Drawn(String);

impl std::fmt::Debug for Drawn {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl Drawn {
    fn plan(&self) -> Plan {
        sketch(&self.0).unwrap_or_else(|error| panic!("{error} in\n{self:?}"))
    }
}

/// A plan with two clients, two zones and up to a dozen components.
fn plans(numbers: Numbers, circles: bool) -> impl Strategy<Value = Drawn> {
    (2..12_usize)
        .prop_flat_map(move |count| {
            let components: Vec<_> = (0..count)
                .map(|index| component(index, numbers).boxed())
                .collect();
            (
                components,
                proptest::collection::vec(connection(count, numbers, circles), 1..20),
                number(numbers, 0.0, 60.0),
                number(numbers, 0.0, 60.0),
                0..count,
            )
        })
        .prop_map(|(components, connections, rate, other, entry)| {
            let text = format!(
                "place z0: zone\nplace z1: zone\nusers[rps={rate}]\n{}\nusers -> n0\nbatch:users[rps={other}] -> n{entry}\n{}",
                components.join("\n"),
                connections.join("\n")
            );
            Drawn(text)
        })
}

struct Reports {
    traffic: Traffic,
    stations: Vec<Station>,
    capacity: CapacityReport,
    latency: LatencyReport,
    failures: FailureReport,
    needed: Vec<usize>,
}

fn with_topology<R>(plan: &Plan, look: impl FnOnce(&Topology, Reports) -> R) -> R {
    let catalog = Catalog::default();
    let topology = Topology::new(plan, &catalog);
    let peak = operating_point(&topology, Conditions::peak(&topology));
    let reports = Reports {
        capacity: capacity(&topology, &peak),
        latency: latency(&topology, &peak),
        failures: failures(
            &topology,
            &peak,
            &(0..topology.journeys.len())
                .map(|journey| p95(&topology, &peak, journey))
                .collect::<Vec<_>>(),
            &Structure::new(&topology, &[]),
            |point, journey| p95(&topology, point, journey),
        ),
        needed: needed_instances(&topology, &peak.traffic),
        stations: peak.stations,
        traffic: peak.traffic,
    };
    look(&topology, reports)
}

/// The 95th percentile of a journey at an operating point, and whether it is exact.
fn p95(topology: &Topology, point: &OperatingPoint, journey: usize) -> Option<ResponseTime> {
    let (p95, is_exact) = latency::p95(topology, point, journey)?;
    Some(ResponseTime { p95, is_exact })
}

/// The response times at the peak.
fn times(plan: &Plan) -> LatencyReport {
    let catalog = Catalog::default();
    let topology = Topology::new(plan, &catalog);
    let peak = operating_point(&topology, Conditions::peak(&topology));
    latency(&topology, &peak)
}

/// What the inversion of a transform may be off where the distribution jumps.
const INVERTED: f64 = 0.02;

type Verdict = Result<(), TestCaseError>;

fn check(plan: &Plan, look: impl FnOnce(&Topology, Reports) -> Verdict) -> Verdict {
    with_topology(plan, look)
}

fn is_sound(number: f64) -> bool {
    number.is_finite() && number >= 0.0
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs()) + 1e-15
}

fn set_instances(plan: &Plan, component: usize, instances: usize) -> Plan {
    let mut plan = plan.clone();
    Rc::make_mut(&mut plan.components[component]).instances = Some(instances as f64);
    plan
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_number_is_negative_or_without_limit(drawn in plans(Numbers::Any, true)) {
        let plan = drawn.plan();
        check(&plan, |topology, reports| {
            for journey in &reports.traffic.journeys {
                for numbers in [&journey.visits, &journey.calls, &journey.synchronous_visits, &journey.synchronous_calls] {
                    prop_assert!(numbers.iter().all(|&number| is_sound(number)));
                }
            }
            for connection in &reports.traffic.connections {
                prop_assert!(is_sound(connection.arrival_rate.0));
                prop_assert!(is_sound(connection.request_bytes_per_second));
                prop_assert!(is_sound(connection.response_bytes_per_second));
            }
            for station in &reports.stations {
                prop_assert!(is_sound(station.arrival_rate.0), "{station:?}");
                prop_assert!(is_sound(station.service_time.0) && is_sound(station.scv), "{station:?}");
                prop_assert!(station.resources.iter().all(|used| is_sound(used.utilisation)), "{station:?}");
                for time in [station.waiting, station.residence].into_iter().flatten() {
                    prop_assert!(is_sound(time.0), "{station:?}");
                }
                prop_assert_eq!(station.saturated, station.residence.is_none());
            }
            for component in &reports.capacity.components {
                prop_assert!(component.capacity.is_none_or(|rate| is_sound(rate.0)));
            }
            for journey in &reports.capacity.journeys {
                prop_assert!(journey.capacity.is_none_or(|rate| is_sound(rate.0)));
                prop_assert_eq!(journey.capacity.is_some(), journey.bottleneck.is_some());
            }
            for journey in &reports.latency.journeys {
                prop_assert!(journey.mean.is_none_or(|mean| is_sound(mean.0)));
                prop_assert!(journey.shares.iter().all(|(_, share)| is_sound(share.0)));
                prop_assert!(is_sound(journey.round_trips.0));
                prop_assert_eq!(journey.mean.is_some(), journey.percentiles.is_some());
                if let (Some(mean), Some(times)) = (journey.mean, journey.percentiles) {
                    let bound = |share: f64| mean.0 / (1.0 - share) * (1.0 + 1e-9);
                    prop_assert!(is_sound(times.p50.0) && times.p50.0 <= bound(0.5), "{times:?}");
                    prop_assert!(times.p50.0 <= times.p95.0 && times.p95.0 <= bound(0.95), "{times:?}");
                    prop_assert!(times.p95.0 <= times.p99.0 && times.p99.0 <= bound(0.99), "{times:?}");
                    prop_assert!(times.p99.0 <= times.p999.0 && times.p999.0 <= bound(0.999), "{times:?}");
                }
            }
            for journey in &reports.failures.journeys {
                for failure in &journey.failures {
                    let used = failure.busiest.as_ref().map_or(0.0, |busiest| busiest.2);
                    prop_assert!(is_sound(used), "{failure:?}");
                    prop_assert!(failure.p95.is_none_or(|p95| is_sound(p95.0)), "{failure:?}");
                }
            }
            for (component, &needed) in topology.components.iter().zip(&reports.needed) {
                prop_assert!((1..=component.instances).contains(&needed));
            }
            Ok(())
        })?;
    }

    #[test]
    fn what_arrives_is_what_is_sent(drawn in plans(Numbers::Usual, true)) {
        let plan = drawn.plan();
        check(&plan, |topology, reports| {
            if !reports.traffic.problems.is_empty() {
                return Ok(());
            }
            for (index, component) in topology.components.iter().enumerate() {
                let called: f64 = component.callers.iter().map(|&c| reports.traffic.connections[c].arrival_rate.0).sum();
                let entering: f64 = topology.journeys.iter().filter(|j| j.entry == index && component.serving > 0).map(|j| j.peak.0).sum();
                let station = &reports.stations[index];
                prop_assert!(close(station.arrival_rate.0, called + entering));
                if let Some(used) = station.utilisation(Resource::Cpu).filter(|_| component.serving > 0) {
                    let law = station.arrival_rate.0 * station.service_time.0 / station.slowdown
                        / (component.serving as f64 * component.servers.value);
                    prop_assert!(close(used, law), "{used} {law}");
                }
            }
            Ok(())
        })?;
    }

    #[test]
    fn time_in_the_system_is_the_sum_over_components(drawn in plans(Numbers::Usual, true)) {
        let plan = drawn.plan();
        check(&plan, |topology, reports| {
            for (journey, times) in topology.journeys.iter().zip(&reports.latency.journeys) {
                if let Some(mean) = times.mean {
                    let sum: f64 = times.shares.iter().map(|(_, share)| share.0).sum();
                    prop_assert!(close(mean.0, sum), "{}: {} {sum}", journey.id, mean.0);
                    prop_assert!(times.round_trips.0 <= mean.0 * (1.0 + 1e-9));
                }
            }
            Ok(())
        })?;
    }

    #[test]
    fn another_instance_never_makes_it_slower(drawn in plans(Numbers::Usual, false), pick in 0..100_usize) {
        let plan = drawn.plan();
        // Alternatives weigh by instances unless weights are stated: state them, so that one more moves no load.
        let mut plan = plan;
        for connection in &mut plan.connections {
            Rc::make_mut(connection).weight.get_or_insert(1.0);
        }
        let component = pick % plan.components.len();
        let instances = plan.components[component].instances.unwrap_or(1.0) as usize;
        let more = set_instances(&plan, component, instances + 1);
        let before = with_topology(&plan, |_, reports| reports);
        let after = with_topology(&more, |_, reports| reports);
        for (before, after) in before.stations.iter().zip(&after.stations) {
            if let Some(waiting) = before.waiting {
                prop_assert!(after.waiting.is_some_and(|after| after.0 <= waiting.0 * (1.0 + 1e-9) + 1e-15));
            }
        }
        for (before, after) in before.latency.journeys.iter().zip(&after.latency.journeys) {
            if let Some(mean) = before.mean {
                prop_assert!(after.mean.is_some_and(|after| after.0 <= mean.0 * (1.0 + 1e-9)));
            }
        }
    }

    #[test]
    fn no_time_falls_when_the_load_grows(drawn in plans(Numbers::Usual, true), factor in 1.0..4.0) {
        let plan = drawn.plan();
        let mut busier = plan.clone();
        for journey in &mut busier.journeys {
            let journey = Rc::make_mut(journey);
            journey.peak_rps = journey.peak_rps.map(|rate| factor * rate);
        }
        for (before, after) in times(&plan).journeys.iter().zip(&times(&busier).journeys) {
            prop_assert!(before.mean.is_some() || after.mean.is_none());
            if let (Some(before), Some(after)) = (before.mean, after.mean) {
                prop_assert!(after.0 >= before.0 * (1.0 - 1e-9), "mean {} {}", before.0, after.0);
            }
            if let (Some(before), Some(after)) = (before.percentiles, after.percentiles) {
                let pairs = [(before.p50, after.p50), (before.p95, after.p95), (before.p99, after.p99), (before.p999, after.p999)];
                for (before, after) in pairs {
                    prop_assert!(after.0 >= before.0 * (1.0 - INVERTED), "{} {}", before.millis(), after.millis());
                }
            }
        }
    }

    #[test]
    fn a_journey_saturates_at_its_capacity(drawn in plans(Numbers::Usual, true)) {
        let plan = drawn.plan();
        let report = with_topology(&plan, |_, reports| reports.capacity);
        let Some(limit) = report.journeys[0].capacity.map(|rate| rate.0).filter(|&rate| rate > 1e-6) else {
            return Ok(());
        };
        for (factor, expected) in [(1.0 - 1e-6, false), (1.0 + 1e-6, true)] {
            let mut plan = plan.clone();
            Rc::make_mut(&mut plan.journeys[0]).peak_rps = Some(limit * factor);
            let saturated = with_topology(&plan, |_, reports| reports.capacity.journeys[0].saturated);
            prop_assert_eq!(saturated, expected, "at {} of {}", factor, limit);
        }
    }

    #[test]
    fn the_order_of_components_does_not_matter(drawn in plans(Numbers::Usual, true)) {
        let plan = drawn.plan();
        let mut turned = plan.clone();
        turned.components.reverse();
        let last = plan.components.len() - 1;
        let before = with_topology(&plan, |_, reports| reports);
        let after = with_topology(&turned, |_, reports| reports);
        for (index, station) in before.stations.iter().enumerate() {
            let other = &after.stations[last - index];
            prop_assert!(close(station.arrival_rate.0, other.arrival_rate.0));
            prop_assert_eq!(station.saturated, other.saturated);
        }
        for (one, other) in before.latency.journeys.iter().zip(&after.latency.journeys) {
            prop_assert_eq!(one.mean.is_some(), other.mean.is_some());
            if let (Some(one), Some(other)) = (one.mean, other.mean) {
                prop_assert!(close(one.0, other.0));
            }
        }
        for (one, other) in before.capacity.journeys.iter().zip(&after.capacity.journeys) {
            prop_assert!(close(one.capacity.map_or(0.0, |rate| rate.0), other.capacity.map_or(0.0, |rate| rate.0)));
        }
        for (one, other) in before.failures.journeys.iter().zip(&after.failures.journeys) {
            prop_assert_eq!(one.before, other.before);
            let verdicts = |report: &JourneyFailures| -> BTreeMap<String, Survival> {
                let failures = report.failures.iter();
                failures.map(|failure| (failure.event.to_string(), failure.verdict)).collect()
            };
            prop_assert_eq!(verdicts(one), verdicts(other));
            for (one, other) in one.worst.iter().zip(&other.worst) {
                prop_assert_eq!((one.level, one.verdict), (other.level, other.verdict));
            }
        }
    }

    #[test]
    fn a_loss_does_what_the_whole_computation_says(drawn in plans(Numbers::Usual, true)) {
        let plan = drawn.plan();
        let catalog = Catalog::default();
        let topology = Topology::new(&plan, &catalog);
        let peak = operating_point(&topology, Conditions::peak(&topology));
        if !peak.traffic.problems.is_empty() {
            return Ok(());
        }
        let structure = Structure::new(&topology, &[]);
        let no_times = vec![None; topology.journeys.len()];
        let report = failures(&topology, &peak, &no_times, &structure, |_, _| None);
        prop_assert_eq!(report.unchecked, 0);
        for (index, component) in topology.components.iter().enumerate() {
            let id = &component.source.id;
            let own = if component.instances == 1 { format!("component:{id}") } else { format!("{id}#1") };
            if let Some(event) = structure.event(&own) {
                let loss = (format!("component:{id}"), event, Removed::instances(index, 1));
                check_loss(&topology, &peak, &structure, &report, loss)?;
            }
        }
        for (domain, lost) in topology.domains.iter().zip(Removed::domains(&topology)) {
            let name = format!("place:{}", domain.id);
            if let Some(event) = structure.event(&name) {
                check_loss(&topology, &peak, &structure, &report, (name, event, lost))?;
            }
        }
    }

    #[test]
    fn losing_one_more_alternative_never_relieves_the_others(
        count in 2..8_usize, lost in 1..7_usize, rate in 0.0..500.0, millis in 0.1..50.0,
    ) {
        let names: Vec<String> = (0..count).map(|index| format!("a{index}")).collect();
        let targets: Vec<String> =
            names.iter().map(|name| format!("{name}:app-server[service_time_ms={millis} servers=1]")).collect();
        let plan = sketch(&format!("users[rps={rate}] -> lb -> {}", targets.join(", "))).unwrap();
        let catalog = Catalog::default();
        let topology = Topology::new(&plan, &catalog);
        let used = |lost: usize| -> Vec<f64> {
            let gone = names.iter().take(lost).filter_map(|name| topology.component_index(name));
            let removed = Removed::several(gone.map(|component| (component, 1)));
            let point = operating_point(&topology, Conditions::peak(&topology).without(removed));
            let left = names.iter().skip(lost).filter_map(|name| topology.component_index(name));
            left.filter_map(|component| point.stations[component].utilisation(Resource::Cpu)).collect()
        };
        let lost = lost.min(count - 1);
        let (before, after) = (used(lost - 1), used(lost));
        for (before, after) in before.iter().skip(1).zip(&after) {
            prop_assert!(after >= before, "{before} {after}");
        }
        let expected = rate * millis / 1000.0 / (count - lost) as f64;
        prop_assert!(after.iter().all(|&used| close(used, expected)));
    }
}

/// What is reported of a loss is what the traffic computed anew says without all that is down with it.
fn check_loss(
    topology: &Topology,
    peak: &OperatingPoint,
    structure: &Structure,
    report: &FailureReport,
    (name, event, lost): (String, usize, Removed),
) -> Verdict {
    let outage = structure.without(&[event]);
    let down = (0..topology.components.len())
        .filter(|&component| !topology.components[component].kind.behaviour.is_source)
        .filter(|&component| !outage.components_up[component])
        .filter(|&component| structure.without(&[]).components_up[component])
        .map(|component| (component, topology.components[component].instances));
    let lost = lost
        .components()
        .map(|component| (component, lost.lost(component)));
    let removed = Removed::several(lost.chain(down));
    let point = operating_point(topology, Conditions::peak(topology).without(removed));
    if !point.traffic.problems.is_empty() {
        return Ok(());
    }
    for (journey, report) in report.journeys.iter().enumerate() {
        let found = report
            .failures
            .iter()
            .find(|failure| *failure.event == *name);
        let is_down = found.map_or(report.before, |failure| failure.verdict) == Survival::Down;
        prop_assert_eq!(is_down, !outage.journeys_up[journey], "{}", name);
        let Some(failure) = found.filter(|_| !is_down) else {
            continue;
        };
        let visits = &point.traffic.journeys[journey].synchronous_visits;
        let waited_for = (0..visits.len()).filter(|&component| visits[component] > 0.0);
        let most = waited_for
            .flat_map(|component| point.stations[component].rates())
            .map(|used| used.utilisation)
            .fold(0.0, f64::max);
        let busiest = failure.busiest.as_ref().map_or(0.0, |busiest| busiest.2);
        prop_assert!(close(most, busiest), "{name}: {most}, not {busiest}");
        prop_assert_eq!(failure.verdict == Survival::Overloaded, most >= SATURATED);
        if peak.traffic.journeys[journey].visits == point.traffic.journeys[journey].visits {
            prop_assert!(failure.verdict != Survival::Ok || most <= 0.7);
        }
    }
    Ok(())
}
