//! How long the four ways take, at most at a time and in all: each kind of hosting for plans of 50 and 500 components.

#![expect(
    missing_docs,
    reason = "criterion's macro makes a public function without one"
)]
#![expect(
    clippy::disallowed_methods,
    reason = "criterion times the whole, and a page waits for the longest step"
)]

mod plans;

use std::hint::black_box;
use std::rc::Rc;
use std::time::{Duration, Instant};

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use model::catalog::Catalog;
use model::four_ways::{WorkingOut, way};
use model::plan::{HostingKind, Plan};

use crate::plans::layered;

fn ways(criterion: &mut Criterion) {
    let catalog = Catalog::embedded();
    for components in [50, 500] {
        let plan = Rc::new(layered(components));
        let mut group = criterion.benchmark_group(format!("way/{components}"));
        for kind in HostingKind::ALL {
            group.bench_with_input(BenchmarkId::from_parameter(kind.id()), &kind, |b, &kind| {
                b.iter(|| way(black_box(&plan), &catalog, None, kind));
            });
        }
        group.bench_function("longest step", |b| {
            b.iter_custom(|times| (0..times).map(|_| longest_step(&plan, &catalog)).sum());
        });
        group.finish();
    }
}

/// The time of the longest step of any way: so long a page does not answer.
fn longest_step(plan: &Rc<Plan>, catalog: &Catalog) -> Duration {
    let mut longest = Duration::ZERO;
    for kind in HostingKind::ALL {
        let mut working_out = WorkingOut::new(plan, kind);
        loop {
            let start = Instant::now();
            let way = working_out.step(catalog, None);
            longest = longest.max(start.elapsed());
            if way.is_some() {
                break;
            }
        }
    }
    longest
}

criterion_group! {
    name = four_ways;
    config = Criterion::default().sample_size(10);
    targets = ways
}
criterion_main!(four_ways);
