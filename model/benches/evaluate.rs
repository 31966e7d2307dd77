//! How long an edit takes to show: whole evaluations and single analyses of plans of 50, 500 and 5,000 components.

#![expect(
    missing_docs,
    reason = "criterion's macro makes a public function without one"
)]

mod plans;

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use model::analysis::Reports;
use model::analysis::availability::availability;
use model::analysis::capacity::capacity;
use model::analysis::cost::cost;
use model::analysis::day::day;
use model::analysis::failures::{ResponseTime, failures};
use model::analysis::growth::growth;
use model::analysis::latency::{self, latency};
use model::analysis::operating_point::{OperatingPoint, operating_point};
use model::analysis::stations::stations;
use model::analysis::structure::Structure;
use model::analysis::traffic::{Conditions, needed_instances, traffic};
use model::catalog::Catalog;
use model::evaluate::evaluate;
use model::plan::Id;
use model::rules::{Context, check};
use model::scenarios::{Scenario, aftermath};
use model::topology::Topology;
use model::units::Seconds;

use crate::plans::layered;

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
    for components in [50, 500, 5_000] {
        analyses_of(criterion, components);
    }
}

fn analyses_of(criterion: &mut Criterion, components: usize) {
    let catalog = Catalog::embedded();
    let plan = layered(components);
    let topology = Topology::new(&plan, &catalog);
    let conditions = Conditions::peak(&topology);
    let peak = operating_point(&topology, conditions.clone());
    let flows = &peak.traffic;
    let mut group = criterion.benchmark_group(components.to_string());
    group.bench_function("topology", |b| {
        b.iter(|| Topology::new(black_box(&plan), &catalog));
    });
    group.bench_function("traffic", |b| {
        b.iter(|| traffic(black_box(&topology), &conditions));
    });
    group.bench_function("stations", |b| {
        b.iter(|| stations(black_box(&topology), flows));
    });
    group.bench_function("operating point", |b| {
        b.iter(|| operating_point(black_box(&topology), conditions.clone()));
    });
    group.bench_function("growth", |b| {
        b.iter(|| {
            growth(black_box(&topology), &peak, |point, journey| {
                latency::misses_target(&topology, point, journey)
            })
        });
    });
    let times = latency(&topology, &peak).journeys;
    let means: Vec<Option<Seconds>> = times.iter().map(|journey| journey.mean).collect();
    group.bench_function("day", |b| {
        b.iter(|| {
            day(black_box(&topology), &peak, &means, |point, journey| {
                latency::mean_response(&topology, point, journey)
            })
        });
    });
    group.bench_function("cost", |b| {
        b.iter(|| cost(black_box(&topology), flows));
    });
    group.bench_function("rules", |b| {
        let reports = Reports::new(&topology);
        let context = Context {
            topology: &topology,
            reports: &reports,
            today: None,
        };
        b.iter(|| check(black_box(&context)));
    });
    group.bench_function("capacity", |b| {
        b.iter(|| capacity(black_box(&topology), &peak));
    });
    group.bench_function("latency", |b| {
        b.iter(|| latency(black_box(&topology), &peak));
    });
    let needed = needed_instances(&topology, flows);
    group.bench_function("availability", |b| {
        b.iter(|| availability(black_box(&topology), &needed));
    });
    group.bench_function("take away", |b| {
        let scenario = Scenario::of_events(["place:z1"]).with_taken(&Id::from("db0"), 1);
        b.iter(|| aftermath(black_box(&plan), &catalog, &scenario));
    });
    let structure = Structure::new(&topology, &needed);
    let p95s: Vec<Option<ResponseTime>> = (0..topology.journeys.len())
        .map(|journey| p95(&topology, &peak, journey))
        .collect();
    group.bench_function("failures", |b| {
        b.iter(|| {
            failures(
                black_box(&topology),
                &peak,
                &p95s,
                &structure,
                |point, journey| p95(&topology, point, journey),
            )
        });
    });
    group.finish();
}

/// The 95th percentile of a journey at an operating point, and whether it is exact.
fn p95(topology: &Topology, point: &OperatingPoint, journey: usize) -> Option<ResponseTime> {
    let (p95, is_exact) = latency::p95(topology, point, journey)?;
    Some(ResponseTime { p95, is_exact })
}

criterion_group! {
    name = evaluation;
    config = Criterion::default().sample_size(10);
    targets = whole_plans, single_analyses
}
criterion_main!(evaluation);
