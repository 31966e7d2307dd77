//! How long the formulas take: one station, large groups of servers, and whole networks.

#![expect(
    missing_docs,
    reason = "criterion's macro makes a public function without one"
)]

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use model::analysis::capacity::capacity;
use model::analysis::latency::mean_response;
use model::analysis::operating_point::operating_point;
use model::analysis::queueing::closed::{Centre, closed};
use model::analysis::queueing::waiting::waiting;
use model::analysis::traffic::Conditions;
use model::catalog::Catalog;
use model::evaluate::evaluate;
use model::plan::sketch::sketch;
use model::topology::Topology;
use model::units::{RequestsPerSecond, Seconds};

/// Five stations of one class of requests: an app server that calls the other four.
const FIVE_STATIONS: &str = "\
users[rps=50] -> web:app-server[service_time_ms=2 servers=2]
web -> app:app-server[service_time_ms=12 servers=2]
app -[calls=2]-> search:app-server[service_time_ms=4]
app -[calls=3]-> accounts:sql-database[service_time_ms=2]
app -> orders:sql-database[service_time_ms=8]";

fn stations(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("station");
    for servers in [1_u32, 4, 100, 1_000, 5_000] {
        let servers = f64::from(servers);
        group.bench_function(BenchmarkId::from_parameter(servers), |b| {
            b.iter(|| {
                let rate = RequestsPerSecond(black_box(0.9 * servers));
                waiting(rate, Seconds(1.0), black_box(0.5), servers)
            });
        });
    }
    group.finish();
}

fn networks(criterion: &mut Criterion) {
    let catalog = Catalog::default();
    let plan = sketch(FIVE_STATIONS).unwrap_or_default();
    let mut group = criterion.benchmark_group("five stations");
    let topology = Topology::new(&plan, &catalog);
    group.bench_function("analysis", |b| b.iter(|| analysis(black_box(&topology))));
    group.bench_function("plan and analysis", |b| {
        b.iter(|| analysis(&Topology::new(black_box(&plan), &catalog)));
    });
    group.bench_function("evaluate", |b| {
        b.iter(|| evaluate(black_box(&plan), &catalog, None));
    });
    group.finish();

    let mut group = criterion.benchmark_group("closed network");
    let centres: Vec<Centre> = (1..=165)
        .map(|at| Centre::servers(Seconds(f64::from(at) * 1e-3), 1))
        .collect();
    group.bench_function("165 stations, 800 users", |b| {
        b.iter(|| closed(800, Seconds(1.0), black_box(&centres)));
    });
    group.finish();
}

/// What a program for open networks computes: rates, utilisations, waiting, what the network carries and the mean
/// response time.
fn analysis(topology: &Topology) -> (Option<RequestsPerSecond>, Option<Seconds>) {
    let point = operating_point(topology, Conditions::peak(topology));
    let carries = capacity(topology, &point).journeys[0].capacity;
    (carries, mean_response(topology, &point, 0))
}

criterion_group! {
    name = queueing;
    config = Criterion::default().sample_size(20);
    targets = stations, networks
}
criterion_main!(queueing);
