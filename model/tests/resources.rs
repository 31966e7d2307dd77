//! Known answers for every resource of a component: what it carries, what fits, what servers lose to each other,
//! and when credit runs out.
//!
//! `cases/queueing.json` names the source of every number and the tools that computed it independently.
#![expect(
    clippy::unwrap_used,
    reason = "a case that cannot be read is a failed test"
)]

mod cases;

use std::sync::LazyLock;

use model::analysis::capacity::capacity;
use model::analysis::latency::latency;
use model::analysis::operating_point::{OperatingPoint, operating_point};
use model::analysis::queueing::scalability::{Fit, Scalability, fit_curve, fit_line};
use model::analysis::queueing::token_bucket::TokenBucket;
use model::analysis::traffic::{Conditions, Resource, speed_factors};
use model::catalog::Catalog;
use model::evaluate::evaluate;
use model::metrics::{MetricValue, value};
use model::plan::AssumptionValue;
use model::plan::sketch::sketch;
use model::topology::Topology;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::Value;

use cases::cases;

static CATALOGUE: LazyLock<Catalog> = LazyLock::new(Catalog::embedded);

/// Compares a number with the expected one, within the case's own tolerance.
fn expect(case: &Value, expected: &Value, found: f64) {
    let expected = expected.as_f64().unwrap();
    let tolerance = case["tolerance"]["rel"].as_f64().unwrap();
    assert!(
        (found - expected).abs() <= tolerance * expected.abs(),
        "{}: {found}, not {expected}",
        case["id"]
    );
}

#[test]
fn scalability_of_given_losses() {
    for case in cases("usl_eval") {
        let input = |name: &str| case["inputs"][name].as_f64().unwrap();
        let law = Scalability::new(input("sigma"), input("kappa")).unwrap();
        for (servers, expected) in case["expected"]["x"].as_object().unwrap() {
            let servers = servers.parse().unwrap();
            expect(&case, expected, input("gamma") * law.speedup(servers));
        }
        expect(&case, &case["expected"]["n_max"], law.peak().unwrap());
    }
}

#[test]
fn scalability_of_measurements() {
    for case in cases("usl") {
        let list = |name: &str| case["inputs"][name].as_array().unwrap().clone();
        let measured: Vec<(f64, f64)> = list("n")
            .iter()
            .zip(&list("x"))
            .map(|(n, x)| (n.as_f64().unwrap(), x.as_f64().unwrap()))
            .collect();
        let check = |name: &str, fit: Fit| {
            let expected = &case["expected"][name];
            expect(&case, &expected["gamma"], fit.one_server);
            expect(&case, &expected["sigma"], fit.contention);
            expect(&case, &expected["kappa"], fit.coherency);
            expect(&case, &expected["n_max"], fit.peak().unwrap());
            fit
        };
        check("lsq_transform", fit_line(&measured).unwrap());
        let curve = check("nls", fit_curve(&measured).unwrap());
        let law = Scalability::new(curve.contention, curve.coherency).unwrap();
        let most = curve.one_server * law.speedup(law.peak().unwrap());
        expect(&case, &case["expected"]["nls"]["x_max"], most);
    }
}

#[test]
fn credit_of_a_disk_runs_out() {
    for case in cases("token_bucket") {
        let input = |name: &str| case["inputs"][name].as_f64().unwrap();
        let bucket = TokenBucket::new(input("baseline"), input("burst"), input("bucket")).unwrap();
        expect(
            &case,
            &case["expected"]["sustained"],
            bucket.sustained(input("use")),
        );
        match bucket.throttled_after(input("use")) {
            Some(after) => expect(&case, &case["expected"]["seconds_until_throttled"], after.0),
            None => assert!(case["expected"]["seconds_until_throttled"].is_null()),
        }
    }
}

/// A plan under its peak, with the estimates that it states itself.
fn peak<T>(
    text: &str,
    assumed: &[(&str, f64)],
    read: impl FnOnce(&Topology, &OperatingPoint) -> T,
) -> T {
    let mut plan = sketch(text).unwrap();
    for &(name, value) in assumed {
        let value = AssumptionValue::Exactly(value);
        plan.assumptions.0.insert(name.to_owned(), value);
    }
    let topology = Topology::new(&plan, &CATALOGUE);
    assert_eq!(topology.problems, [], "{text}");
    let point = operating_point(&topology, Conditions::peak(&topology));
    read(&topology, &point)
}

/// How much of a resource a component uses.
fn used(text: &str, id: &str, resource: Resource) -> Option<f64> {
    used_if(text, &[], id, resource)
}

fn used_if(text: &str, assumed: &[(&str, f64)], id: &str, resource: Resource) -> Option<f64> {
    peak(text, assumed, |topology, point| {
        let component = topology.component_index(id).unwrap();
        point.stations[component].utilisation(resource)
    })
}

fn close(found: Option<f64>, expected: f64) {
    let found = found.unwrap();
    assert!(
        (found - expected).abs() <= 1e-9 * expected.abs(),
        "{found}, not {expected}"
    );
}

/// A recipe archive: 60 pages a second with six reads and half a write each, on slices of four cores.
fn archive(disk: &str, cores: u32) -> String {
    format!(
        "users[rps=60] -> web:app-server[service_time_ms=10 servers={cores}] -[reads=6 writes=0.5]-> db[kind=vps servers={cores} read_ms=0.8 write_ms=1.5 ios_per_read=3 ios_per_write=6 {disk}]"
    )
}

#[test]
fn a_noisy_neighbour_fills_the_disk_while_the_cores_idle_and_a_bigger_slice_changes_nothing() {
    let noisy = "disk=shared neighbour=noisy";
    let wanted = 60.0 * (6.0 * 3.0 + 0.5 * 6.0);
    for cores in [4, 8, 16] {
        let plan = archive(noisy, cores);
        close(used(&plan, "db", Resource::Disk), wanted / (8_000.0 * 0.15));
        assert!(used(&plan, "db", Resource::Cpu).unwrap() < 0.25);
        assert!(peak(&plan, &[], |_, point| point.stations[2].saturated));
    }
    let quiet = archive("disk=shared neighbour=quiet", 4);
    close(used(&quiet, "db", Resource::Disk), wanted / 8_000.0);
    let own = archive("disk=local", 4);
    close(used(&own, "db", Resource::Disk), wanted / 40_000.0);
}

#[test]
fn a_network_disk_is_ten_times_slower_than_a_local_one_and_more_can_be_bought() {
    let disk = |disk: &str| {
        let plan = format!("users[rps=100] -> db[servers=4 iops_per_request=12 {disk}]");
        used(&plan, "db", Resource::Disk)
    };
    close(disk("disk=local"), 1_200.0 / 40_000.0);
    close(disk("disk=network"), 1_200.0 / 3_000.0);
    close(disk("disk=ephemeral"), 1_200.0 / 40_000.0);
    close(disk("disk=provisioned iops=10000"), 1_200.0 / 10_000.0);
    let slow = "users[rps=100] -> db[servers=4 iops_per_request=12 disk=network]";
    let assumed = [("disk_network_iops", 1_000.0)];
    close(used_if(slow, &assumed, "db", Resource::Disk), 1.2);
}

#[test]
fn a_stated_or_offered_disk_speed_has_nothing_taken_off_unasked() {
    let disk = |disk: &str| {
        let plan = format!("users[rps=100] -> db[kind=vps iops_per_request=7 {disk}]");
        used(&plan, "db", Resource::Disk)
    };
    close(disk("iops=1000"), 0.7);
    close(disk("iops=1000 neighbour=noisy"), 0.7 / 0.15);
    close(disk("iops=1000 disk=local neighbour=noisy"), 0.7);
    close(disk(""), 700.0 / (8_000.0 * 0.7));
    let offered = "users[rps=100] -> db[offer=linode-1024-2017 iops_per_request=7]";
    close(used(offered, "db", Resource::Disk), 700.0 / 27_905.0);
}

#[test]
fn the_time_of_a_disk_counts_where_the_plan_names_the_disk() {
    let mean = |options: &str| {
        let plan = format!(
            "users[rps=100] -> db[service_time_ms=1 scv=0 servers=100 iops_per_request=5 {options}]"
        );
        peak(&plan, &[], |topology, point| {
            latency(topology, point).journeys[0].mean.unwrap().millis()
        })
    };
    let plain = mean("iops=1000");
    assert!((plain - 1.0).abs() < 1e-6, "{plain}");
    // Five operations of 1 ms each on a disk that is half busy.
    let named = mean("iops=1000 disk=network");
    assert!(
        (named - plain - 5.0 * 1.0 / (1.0 - 0.5)).abs() < 1e-6,
        "{named}"
    );
    let noisy = mean("iops=10000 disk=shared neighbour=noisy");
    let busy = 500.0 / 1_500.0;
    assert!(
        (noisy - plain - 5.0 * 0.2 / 0.15 / (1.0 - busy)).abs() < 1e-6,
        "{noisy}"
    );
}

#[test]
fn a_virtual_machine_is_busier_than_metal_by_the_overhead_and_says_why() {
    let cpu = |kind: &str| format!("users[rps=30] -> app[kind={kind} servers=2]");
    let metal = used(&cpu("bare-metal"), "app", Resource::Cpu).unwrap();
    for kind in ["vps", "iaas"] {
        close(used(&cpu(kind), "app", Resource::Cpu), metal / 0.98);
        let factors = peak(&cpu(kind), &[], |topology, _| speed_factors(topology, 1));
        assert_eq!(factors.len(), 1);
        assert_eq!(factors[0].name, "virtualisation");
    }
    close(used(&cpu("paas"), "app", Resource::Cpu), metal);
    let stated = "users[rps=30] -> app[kind=vps service_time_ms=20]";
    close(used(stated, "app", Resource::Cpu), 0.6);
    let asked = [("virtualisation_overhead", 0.25)];
    close(used_if(stated, &asked, "app", Resource::Cpu), 0.8);
}

#[test]
fn servers_in_each_others_way_carry_what_the_law_says() {
    for case in cases("usl_eval") {
        let input = |name: &str| case["inputs"][name].as_f64().unwrap();
        let (sigma, kappa, one) = (input("sigma"), input("kappa"), input("gamma"));
        for (servers, expected) in case["expected"]["x"].as_object().unwrap() {
            let millis = 1000.0 / one;
            let plan = format!(
                "users[rps=10] -> app[service_time_ms={millis} servers={servers} contention={sigma} coherency={kappa}]"
            );
            let carried = peak(&plan, &[], |topology, point| {
                capacity(topology, point).journeys[0].capacity.unwrap()
            });
            expect(&case, expected, carried.0);
        }
    }
}

#[test]
fn memory_storage_and_connections_fit_or_not_and_nothing_waits_for_them() {
    let text = "users[rps=50] -> db[offer=linode-nanode-1 service_time_ms=10 servers=1 data_gb=30 memory_mb=600 memory_mb_per_request=100 max_connections=2 disk=local]";
    // One server that is half busy holds one request.
    close(used(text, "db", Resource::Storage), 30.0 / 25.0);
    close(used(text, "db", Resource::Memory), 0.7e9 / 1_073_741_824.0);
    let peak_of = |text: &str| peak(text, &[], |_, point| point.stations[1].clone());
    let (station, roomy) = (
        peak_of(text),
        peak_of(&text.replace("data_gb=30", "data_gb=1")),
    );
    assert!(!station.saturated);
    assert_eq!(station.waiting, roomy.waiting);
    let held = station.utilisation(Resource::Connections).unwrap();
    assert!((held - 50.0 * station.residence.unwrap().0 / 2.0).abs() < 1e-9);
    let pooled = "users[rps=10] -> app*3[pool=20 service_time_ms=1 memory_mb_per_request=10 offer=linode-nanode-1] -> db[max_connections=50]";
    close(used(pooled, "db", Resource::Connections), 60.0 / 50.0);
    close(
        used(pooled, "app", Resource::Memory),
        0.2e9 / 1_073_741_824.0,
    );
    let bought = "users -> db[offer=linode-nanode-1 data_gb=30 disk=network]";
    assert_eq!(used(bought, "db", Resource::Storage), None);
    assert_eq!(
        used("users -> db[memory_mb=600]", "db", Resource::Memory),
        None
    );
}

#[test]
fn requirements_can_ask_for_every_resource() {
    let plan = sketch("users[rps=50] -> db[offer=linode-nanode-1 service_time_ms=10 servers=1 iops=1000 iops_per_request=2 data_gb=30 memory_mb=600 max_connections=2]").unwrap();
    let evaluation = evaluate(&plan, &CATALOGUE, None);
    for (resource, expected) in [
        ("cpu", 0.5),
        ("disk", 0.1),
        ("memory", 0.6e9 / 1_073_741_824.0),
        ("storage", 1.2),
        ("connections", 0.5),
    ] {
        let metric = format!("perf.util.db.{resource}");
        let Some(MetricValue::Number(found)) = value(&metric, &plan, &evaluation) else {
            panic!("{metric} is not known");
        };
        close(Some(found), expected);
    }
    let busiest = value("perf.util.max", &plan, &evaluation);
    assert_eq!(busiest, Some(MetricValue::Number(0.5)));
    let rules: Vec<&str> = evaluation
        .findings
        .iter()
        .map(|finding| finding.rule)
        .collect();
    assert!(rules.contains(&"does-not-fit"), "{rules:?}");
}

#[test]
fn bytes_of_the_disk_fill_it_up_beside_its_operations() {
    let text = "users[rps=100] -> db[service_time_ms=1 iops_per_request=1 disk_kb_per_request=1000 disk=network]";
    close(used(text, "db", Resource::DiskThroughput), 100.0 / 131.1);
    let carried = peak(text, &[], |topology, point| {
        capacity(topology, point).journeys.remove(0)
    });
    close(carried.capacity.map(|rate| rate.0), 131.1);
    assert_eq!(
        carried.bottleneck.unwrap().resource,
        Resource::DiskThroughput
    );
}

#[test]
fn credit_carries_the_peak_for_a_while_and_is_said() {
    let throttled = |text: &str, resource: Resource| {
        peak(text, &[], |_, point| {
            let mut all = point.stations[1].resources.iter();
            let found = all.find(|used| used.resource == resource).unwrap();
            (found.utilisation, found.throttled)
        })
    };
    for case in cases("token_bucket") {
        let input = |name: &str| case["inputs"][name].as_f64().unwrap();
        let text = format!(
            "users[rps={}] -> db[service_time_ms=0 iops_per_request=1 iops={} burst_iops={} burst_credits={}]",
            input("use"),
            input("baseline"),
            input("burst") * 2.0,
            input("bucket")
        );
        let (utilisation, found) = throttled(&text, Resource::Disk);
        assert!((utilisation - input("use") / input("burst") / 2.0).abs() < 1e-12);
        match found {
            Some(found) => {
                expect(
                    &case,
                    &case["expected"]["seconds_until_throttled"],
                    found.after.0,
                );
                expect(&case, &case["expected"]["sustained"], found.sustained);
            }
            None => assert!(case["expected"]["seconds_until_throttled"].is_null()),
        }
    }
    // Two cores with a fifth of them for good, and a day of that saved up; 1.2 of them are asked for.
    let text = "users[rps=60] -> app[offer=aws-t3-micro service_time_ms=20]";
    let (utilisation, found) = throttled(text, Resource::Cpu);
    assert!((utilisation - 0.6).abs() < 1e-12);
    close(
        found.map(|found| found.after.0),
        0.4 * 86_400.0 / (1.2 - 0.4),
    );
    close(found.map(|found| found.sustained), 0.4);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn every_resource_obeys_the_utilisation_law_and_a_faster_disk_never_fills_more(
        rate in 0.0..2_000.0_f64,
        operations in 0.0..20.0_f64,
        kilobytes in 0.0..500.0_f64,
        servers in 1..64_u32,
        instances in 1..5_u32,
        contention in 0.0..1.0_f64,
        coherency in 0.0..0.1_f64,
        disk in select(vec!["local", "shared", "network", "provisioned", "ephemeral"]),
        neighbour in select(vec!["quiet", "typical", "noisy"]),
        slow in 1.0..1e5_f64,
        faster in 1.0..100.0_f64,
    ) {
        let plan = |iops: f64| format!(
            "users[rps={rate}] -> db*{instances}[offer=linode-nanode-1 servers={servers} disk={disk} neighbour={neighbour} iops={iops} iops_per_request={operations} disk_kb_per_request={kilobytes} contention={contention} coherency={coherency} memory_mb=100 memory_mb_per_request=1 max_connections=10]"
        );
        let text = plan(slow);
        peak(&text, &[], |topology, point| {
            let station = &point.stations[1];
            for used in &station.resources {
                assert!(used.demand.is_finite() && used.demand >= 0.0, "{used:?}");
                assert!(used.capacity.is_finite() && used.capacity > 0.0, "{used:?}");
                let law = used.demand / used.capacity;
                assert!((used.utilisation - law).abs() <= 1e-9 * law, "{used:?}");
            }
            let full = station.rates().any(|used| used.utilisation >= 1.0);
            assert!(!full || station.saturated);
            let limit = capacity(topology, point).journeys.remove(0);
            let (Some(most), Some(first)) = (limit.capacity, limit.bottleneck) else {
                return;
            };
            let at_limit = Conditions { rates: vec![most], ..Conditions::peak(topology) };
            let at_limit = operating_point(topology, at_limit);
            let busiest = at_limit.stations[1].rates().map(|used| used.utilisation);
            let busiest = busiest.fold(0.0, f64::max);
            assert!((busiest - 1.0).abs() < 1e-9, "{busiest} at {most:?}");
            let there = at_limit.stations[1].utilisation(first.resource).unwrap();
            assert!((there - busiest).abs() < 1e-9);
        });
        let disks = [Resource::Disk, Resource::DiskThroughput];
        for resource in disks.into_iter().chain([Resource::Cpu, Resource::Storage]) {
            let (before, after) = (used(&text, "db", resource), used(&plan(slow * faster), "db", resource));
            prop_assert!(after <= before, "{resource:?}: {before:?}, then {after:?}");
        }
    }

    #[test]
    fn no_number_of_a_machine_makes_an_evaluation_that_cannot_be_read(
        numbers in proptest::collection::vec(select(vec![0.0, 1.0, -1.0, 1e-320, 1e-12, 1e9, 1e300, f64::MAX]), 12),
        disk in select(vec!["local", "shared", "network"]),
    ) {
        let n = |index: usize| numbers[index];
        let text = format!(
            "users[rps={}] -> app[offer=aws-t3-micro pool=5 memory_mb={} contention={} coherency={}] -> db[disk={disk} neighbour=noisy iops={} burst_iops={} burst_credits={} iops_per_request={} disk_kb_per_request={} memory_mb_per_request={} max_connections={} data_gb={} offer=linode-nanode-1]",
            n(0), n(1), n(2), n(3), n(4), n(5), n(6), n(7), n(8), n(9), n(10), n(11)
        );
        let mut plan = sketch(&text).unwrap();
        for assumption in ["virtualisation_overhead", "neighbour_noisy", "disk_local_ms", "burst_baseline", "burst_credit_hours", "disk_shared_mb_s"] {
            plan.assumptions.0.insert(assumption.to_owned(), AssumptionValue::Exactly(n(11)));
        }
        let evaluation = evaluate(&plan, &CATALOGUE, None);
        for component in evaluation.components.values() {
            for used in &component.resources {
                for number in [used.demand, used.capacity, used.utilisation] {
                    prop_assert!(number.is_finite() && number >= 0.0, "{used:?}");
                }
                if let Some(throttled) = used.throttled {
                    prop_assert!(throttled.after.0.is_finite() && throttled.after.0 >= 0.0);
                    prop_assert!(throttled.sustained.is_finite() && throttled.sustained >= 0.0);
                }
            }
            let times = [component.waiting, component.residence];
            prop_assert!(times.into_iter().flatten().all(|time| time.0.is_finite() && time.0 >= 0.0));
        }
    }
}
