//! Known answers for every resource of a component: what it carries, what fits, what servers lose to each other,
//! and when credit runs out.
//!
//! `cases/queueing.json` names the source of every number and the tools that computed it independently.
#![expect(
    clippy::unwrap_used,
    reason = "a case that cannot be read is a failed test"
)]

use model::analysis::capacity::capacity;
use model::analysis::latency::latency;
use model::analysis::operating_point::{OperatingPoint, operating_point};
use model::analysis::queueing::scalability::{Fit, Scalability, fit_curve, fit_line};
use model::analysis::queueing::token_bucket::TokenBucket;
use model::analysis::traffic::{Conditions, Resource, speed_factors};
use model::catalog::Catalog;
use model::plan::AssumptionValue;
use model::plan::sketch::sketch;
use model::topology::Topology;
use serde_json::Value;

fn cases(kind: &str) -> Vec<Value> {
    let all: Vec<Value> = serde_json::from_str(include_str!("cases/queueing.json")).unwrap();
    let cases: Vec<Value> = all
        .into_iter()
        .filter(|case| case["kind"] == kind)
        .collect();
    assert!(!cases.is_empty(), "no case of kind {kind}");
    cases
}

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
    let catalog = Catalog::embedded();
    let topology = Topology::new(&plan, &catalog);
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
                capacity(topology, &point).journeys[0].capacity.unwrap()
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
    let bought = "users -> db[offer=linode-nanode-1 data_gb=30 disk=network]";
    assert_eq!(used(bought, "db", Resource::Storage), None);
    assert_eq!(
        used("users -> db[memory_mb=600]", "db", Resource::Memory),
        None
    );
}

#[test]
fn bytes_of_the_disk_fill_it_up_beside_its_operations() {
    let text = "users[rps=100] -> db[service_time_ms=1 iops_per_request=1 disk_kb_per_request=1000 disk=network]";
    close(used(text, "db", Resource::DiskThroughput), 100.0 / 131.1);
    let carried = peak(text, &[], |topology, point| {
        capacity(topology, &point).journeys.remove(0)
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
