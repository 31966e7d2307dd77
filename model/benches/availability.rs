//! How long availability takes by itself: large fault trees, and many journeys through a large plan.

#![expect(
    missing_docs,
    reason = "criterion's macro makes a public function without one"
)]

mod plans;

use std::collections::BTreeMap;
use std::hint::black_box;
use std::rc::Rc;

use criterion::{Criterion, criterion_group, criterion_main};
use model::analysis::availability::{availability, solve};
use model::analysis::structure::fault_tree::FaultTree;
use model::analysis::structure::{Event, Subject};
use model::catalog::Catalog;
use model::plan::{Component, Connection, Id, Plan};
use model::topology::Topology;
use model::units::Range;
use serde_json::Value;

use crate::plans::layered;

const CASES: &str = include_str!("../tests/cases/reliability.json");

/// Random trees of 150 and 200 events, with all importance measures and cut sets.
fn random_trees(criterion: &mut Criterion) {
    let cases: Vec<Value> = serde_json::from_str(CASES).expect("the cases are read by tests, too");
    let mut group = criterion.benchmark_group("random tree");
    for id in ["R-RND-05", "R-RND-06"] {
        let case = cases.iter().find(|case| case["id"] == id);
        let case = case.expect("a tree that is timed is one of the cases");
        let given = case["inputs"]["p"].as_object().into_iter().flatten();
        let events: Vec<Event> = given
            .enumerate()
            .map(|(component, (name, q))| Event {
                name: name.as_str().into(),
                subject: Subject::Instance {
                    component,
                    instance: 0,
                },
                unavailability: Range::exactly(q.as_f64().unwrap_or(0.0)),
            })
            .collect();
        let numbers = events.iter().enumerate();
        let numbers = numbers.map(|(event, one)| (&*one.name, event)).collect();
        let mut tree = FaultTree::default();
        tree.top = gate(&mut tree, &case["inputs"]["top"], &numbers);
        group.bench_function(id, |b| b.iter(|| solve(black_box(&tree), &events)));
    }
    group.finish();
}

fn gate(tree: &mut FaultTree, value: &Value, events: &BTreeMap<&str, usize>) -> usize {
    if let Some(name) = value.as_str() {
        return tree.leaf(events[name]);
    }
    let mut inputs = |value: &Value| -> Vec<usize> {
        let inputs = value.as_array().into_iter().flatten();
        inputs.map(|input| gate(tree, input, events)).collect()
    };
    if let Some(any) = value.get("or") {
        let inputs = inputs(any);
        return tree.or(inputs);
    }
    if let Some(all) = value.get("and") {
        let inputs = inputs(all);
        return tree.and(inputs);
    }
    let count = value["atleast"][0].as_u64().unwrap_or(1) as usize;
    let inputs = inputs(&value["atleast"][1]);
    tree.at_least(count, inputs)
}

/// A plan of 5,000 components in two regions, and 200 journeys that enter it all over.
fn many_journeys(criterion: &mut Criterion) {
    let catalog = Catalog::embedded();
    let plan = with_journeys(layered(5_000), 200, 500);
    let topology = Topology::new(&plan, &catalog);
    let mut group = criterion.benchmark_group("200 journeys through 5000");
    group.bench_function("availability", |b| {
        b.iter(|| availability(black_box(&topology), &[]));
    });
    group.finish();
}

fn with_journeys(mut plan: Plan, journeys: usize, services: usize) -> Plan {
    for journey in 0..journeys {
        let id = format!("visitors{journey}");
        // A multiplier that shares no factor with the number of services visits them out of order.
        let service = (journey * 333 + 17) % services;
        plan.components.push(Rc::new(Component {
            id: Id::from(id.clone()),
            kind: "client".to_owned(),
            ..Component::default()
        }));
        plan.connections.push(Rc::new(Connection {
            id: Id::from(format!("enter{journey}")),
            from: Id::from(id),
            to: Id::from(format!("lb{service}")),
            ..Connection::default()
        }));
    }
    plan
}

criterion_group! {
    name = reliability;
    config = Criterion::default().sample_size(10);
    targets = random_trees, many_journeys
}
criterion_main!(reliability);
