//! How many events a second a simulation gets through: one station of eight servers, and four in a row.

#![expect(
    missing_docs,
    reason = "criterion's macro makes a public function without one"
)]

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use model::analysis::operating_point::operating_point;
use model::analysis::traffic::Conditions;
use model::catalog::Catalog;
use model::plan::sketch::sketch;
use model::simulation::{Settings, Simulation};
use model::topology::Topology;

fn events(criterion: &mut Criterion) {
    let station = "app-server[service_time_ms=80 servers=8]";
    let mut group = criterion.benchmark_group("simulation");
    for (name, stations) in [("M/M/8", 1), ("four M/M/8 in a row", 4)] {
        let chain: Vec<String> = (0..stations).map(|at| format!("n{at}:{station}")).collect();
        let simulation = simulation(&format!("users[rps=80] -> {}", chain.join(" -> ")));
        let events = simulation.clone().finish().events;
        group.throughput(Throughput::Elements(events));
        group.bench_function(name, |b| {
            b.iter_batched(
                || simulation.clone(),
                Simulation::finish,
                BatchSize::LargeInput,
            );
        });
    }
    group.finish();
}

/// A plan in the sketch notation, ready for 200,000 requests.
fn simulation(text: &str) -> Simulation {
    let plan = sketch(text).unwrap_or_default();
    let catalog = Catalog::default();
    let topology = Topology::new(&plan, &catalog);
    let point = operating_point(&topology, Conditions::peak(&topology));
    let settings = Settings {
        requests: 200_000,
        ..Settings::default()
    };
    Simulation::new(&topology, &point, settings)
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(10);
    targets = events
}
criterion_main!(benches);
