//! How often journeys are down: against every state of small plans, and properties that hold for all of them.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

mod arbitrary;
mod crowds;
mod every_state;
mod oracle;
mod small_plans;
mod worth;

use model::analysis::availability::{AvailabilityReport, Cause, JourneyAvailability, availability};
use model::catalog::Catalog;
use model::plan::Plan;
use model::plan::sketch::sketch;
use model::topology::Topology;

fn report(plan: &Plan, needed: &[(&str, usize)]) -> AvailabilityReport {
    let catalog = Catalog::default();
    let topology = Topology::new(plan, &catalog);
    let mut counts = vec![1; topology.components.len()];
    for (id, count) in needed {
        counts[topology.component_index(id).unwrap()] = *count;
    }
    availability(&topology, &counts)
}

fn journey(text: &str) -> JourneyAvailability {
    report(&sketch(text).unwrap(), &[]).journeys.remove(0)
}

fn points(journey: &JourneyAvailability) -> Vec<(&str, Cause)> {
    let points = journey.single_points.iter();
    points
        .map(|point| (point.event.as_str(), point.cause))
        .collect()
}

fn cut_sets(journey: &JourneyAvailability) -> Vec<Vec<&str>> {
    let sets = journey.minimal_cut_sets.iter();
    sets.map(|set| set.iter().map(|name| &**name).collect())
        .collect()
}

fn assert_close(found: f64, expected: f64, what: &str) {
    assert!(
        (found - expected).abs() <= 1e-9 * expected.abs(),
        "{what}: {found}, not {expected}"
    );
}
