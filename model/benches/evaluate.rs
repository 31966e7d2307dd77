//! How long an edit takes to show: whole evaluations and single analyses of plans of 50, 500 and 5,000 components.

#![expect(
    missing_docs,
    reason = "criterion's macro makes a public function without one"
)]

use std::fmt::Write as _;
use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use model::analysis::capacity::capacity;
use model::analysis::latency::latency;
use model::analysis::removal::removal;
use model::analysis::stations::stations;
use model::analysis::traffic::{Removed, traffic};
use model::catalog::Catalog;
use model::evaluate::evaluate;
use model::plan::Plan;
use model::plan::sketch::sketch;
use model::topology::Topology;

/// Components of one service, see [`layered`].
const SERVICE: usize = 10;

/// A plan of services that call each other as a tree, each behind a balancer and with data of its own, in two
/// regions of three zones; five journeys enter at the first services through DNS and a CDN.
fn layered(components: usize) -> Plan {
    let services = components / SERVICE;
    let mut text = String::from("place east: region\nplace west: region\n");
    for zone in 0..6 {
        let region = if zone < 3 { "east" } else { "west" };
        line(
            &mut text,
            format_args!("place z{zone}: zone in {region} [unavailability=0.0001]"),
        );
    }
    for s in 0..services {
        let zones = ["z0/z1/z2", "z3/z4/z5"][s % 2];
        // Percentiles are had where no calls overlap: in the small plan, and in part of the larger ones.
        let parallel = if s > 20 { " mode=parallel" } else { "" };
        line(
            &mut text,
            format_args!(
                "lb{s}:lb*2@{zones} -> a{s}:app-server*2@{zones}[service_time_ms=5 servers=4], b{s}:app-server*3@{zones}[service_time_ms=5 servers=4]"
            ),
        );
        line(
            &mut text,
            format_args!(
                "a{s}, b{s} -> cache{s}:cache@{zones}[hit_ratio=0.8] -> files{s}:object-storage"
            ),
        );
        line(
            &mut text,
            format_args!(
                "a{s}, b{s} -[calls=2 only_on_miss_of=cache{s}]-> db{s}:sql-database*2@{zones}[redundancy=primary-replica]"
            ),
        );
        line(
            &mut text,
            format_args!(
                "a{s}, b{s} -[calls=0.1{parallel}]-> search{s}:search@{zones}, pay{s}:external-service"
            ),
        );
        line(
            &mut text,
            format_args!(
                "a{s}, b{s} -[calls=0.05 mode=async]-> queue{s}:queue@{zones} ~> worker{s}:worker*2@{zones}[service_time_ms=50]"
            ),
        );
        for callee in [2 * s + 1, 2 * s + 2] {
            if callee < services {
                line(
                    &mut text,
                    format_args!("a{s}, b{s} -[calls=0.3 rtt_ms=0.5]-> lb{callee}:lb"),
                );
            }
        }
    }
    for journey in 0..5.min(services) {
        line(
            &mut text,
            format_args!(
                "u{journey}:users[rps=20] -> dns{journey}:dns -> cdn{journey}:cdn -> lb{journey}:lb"
            ),
        );
    }
    sketch(&text).expect("the generated sketch is in the notation")
}

fn line(text: &mut String, content: std::fmt::Arguments) {
    writeln!(text, "{content}").expect("a string takes any text");
}

fn whole_plans(criterion: &mut Criterion) {
    let catalog = Catalog::embedded();
    let mut group = criterion.benchmark_group("evaluate");
    for components in [50, 500, 5_000] {
        let plan = layered(components);
        group.bench_with_input(BenchmarkId::from_parameter(components), &plan, |b, plan| {
            b.iter(|| evaluate(black_box(plan), &catalog, None));
        });
    }
    group.finish();
}

fn single_analyses(criterion: &mut Criterion) {
    let catalog = Catalog::embedded();
    let plan = layered(5_000);
    let topology = Topology::new(&plan, &catalog);
    let nothing = Removed::nothing();
    let flows = traffic(&topology, &nothing);
    let queues = stations(&topology, &flows);
    let mut group = criterion.benchmark_group("5000");
    group.bench_function("topology", |b| {
        b.iter(|| Topology::new(black_box(&plan), &catalog));
    });
    group.bench_function("traffic", |b| {
        b.iter(|| traffic(black_box(&topology), &nothing));
    });
    group.bench_function("stations", |b| {
        b.iter(|| stations(black_box(&topology), &flows));
    });
    group.bench_function("capacity", |b| {
        b.iter(|| capacity(black_box(&topology), &flows));
    });
    group.bench_function("latency", |b| {
        b.iter(|| latency(black_box(&topology), &flows, &queues));
    });
    group.bench_function("removal", |b| {
        b.iter(|| removal(black_box(&topology), &flows, &queues));
    });
    group.finish();
}

criterion_group! {
    name = evaluation;
    config = Criterion::default().sample_size(10);
    targets = whole_plans, single_analyses
}
criterion_main!(evaluation);
