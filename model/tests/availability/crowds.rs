//! Plans of many parts: they are answered, and counted instances fail as often as told ones.

use std::rc::Rc;

use model::analysis::availability::{Cause, JourneyAvailability};
use model::analysis::structure::Structure;
use model::catalog::Catalog;
use model::evaluate::evaluate;
use model::plan::sketch::sketch;
use model::plan::{Component, Connection, Id, Need, Overrides, Plan, Redundancy};
use model::topology::Topology;

use super::{assert_close, journey, points, report};

#[test]
fn a_long_chain_and_a_dense_mesh_are_answered() {
    let names: Vec<String> = (0..5000)
        .map(|n| format!("n{n}:app-server[unavailability=0.000001]"))
        .collect();
    let chain = journey(&format!("users -> {}", names.join(" -> ")));
    assert!(chain.exact && chain.simulated.is_none());
    assert_close(
        chain.unavailability.0,
        -f64::exp_m1(5000.0 * f64::ln_1p(-1e-6)),
        "chain",
    );
    assert_eq!(chain.single_points.len(), 5000);
    assert!(chain.minimal_cut_sets.len() == 1000 && !chain.cut_sets_complete);

    // A grid in which every crossing calls all its neighbours: too much for a diagram.
    let side = 24;
    let mut lines = vec!["users -> n-0-0:app-server[unavailability=0.01]".to_owned()];
    for (x, y) in (0..side).flat_map(|x| (0..side).map(move |y| (x, y))) {
        for (i, j) in [(x + 1, y), (x, y + 1)] {
            if i < side && j < side {
                let there = format!("n-{i}-{j}:app-server[unavailability=0.01]");
                let here = format!("n-{x}-{y}:app-server");
                lines.push(format!("{here} -[group=g need=any]-> {there}"));
                if (i, j) != (side - 1, side - 1) {
                    lines.push(format!("n-{i}-{j} -[group=g need=any]-> {here}"));
                }
            }
        }
    }
    let mesh = journey(&lines.join("\n"));
    let range = mesh.unavailability_range;
    assert!(!mesh.exact);
    assert!(
        0.019 < range.low
            && range.low <= range.base
            && range.base <= range.high
            && range.high <= 1.0
    );
    // The two ends are down 1.99 % of the time, and hardly anything else stops it.
    let drawn = mesh.simulated.unwrap();
    assert!(drawn.low.0 < 0.0206 && 0.0199 < drawn.high.0 && drawn.samples >= 2_000);
    assert!(drawn.high.0 - drawn.low.0 < 0.02);
    assert_eq!(drawn.unavailability, mesh.unavailability);
    assert!(range.low <= drawn.low.0 && drawn.high.0 <= range.high);
    assert!(drawn.low <= drawn.unavailability && drawn.unavailability <= drawn.high);
    let ends: Vec<(&str, Cause)> = vec![
        ("component:n-0-0", Cause::Structural),
        ("component:n-23-23", Cause::Structural),
    ];
    assert_eq!(points(&mesh), ends);
}

/// A plan of so many components with so many instances each, which need each other as a tree, in three zones.
fn crowd(components: usize, instances: f64, redundancy: &Redundancy, zones: &[&str]) -> Plan {
    let mut plan =
        sketch("place a: zone\nplace b: zone\nplace c: zone\nusers -> n0:app-server").unwrap();
    for place in &mut plan.places {
        Rc::make_mut(place).unavailability = Some(0.001);
    }
    for number in 0..components {
        let server = Component {
            id: Id::from(format!("n{number}")),
            kind: "app_server".to_owned(),
            instances: Some(instances),
            redundancy: Some(redundancy.clone()),
            placement: zones.iter().copied().map(Id::from).collect(),
            overrides: Some(Overrides {
                unavailability: Some(0.005),
                ..Overrides::default()
            }),
            ..Component::default()
        };
        if number == 0 {
            plan.components[1] = Rc::new(server);
            continue;
        }
        plan.components.push(Rc::new(server));
        plan.connections.push(Rc::new(Connection {
            id: Id::from(format!("c{number}")),
            from: Id::from(format!("n{}", (number - 1) / 2)),
            to: Id::from(format!("n{number}")),
            need: Some(Need::All),
            ..Connection::default()
        }));
    }
    plan
}

#[test]
fn ten_million_instances_are_counted() {
    let plan = crowd(10_000, 1000.0, &Redundancy::K(500.0), &["a", "b", "c"]);
    let catalog = Catalog::default();
    let topology = Topology::new(&plan, &catalog);
    let structure = Structure::new(&topology, &[]);
    assert!(
        structure.events.len() < 100_000,
        "{}",
        structure.events.len()
    );
    let found = evaluate(&plan, &catalog, None);
    let journey = &found.journeys[0];
    // Two zones of three take more than half of everything; one of them, and machines alone, never do.
    let two_of_three = 3.0 * 0.001_f64.powi(2) - 2.0 * 0.001_f64.powi(3);
    assert!(journey.exact && journey.cut_sets_complete);
    assert_close(journey.unavailability.0, two_of_three, "two of three zones");
    let names: Vec<Vec<&str>> = journey
        .minimal_cut_sets
        .iter()
        .map(|set| set.iter().map(|name| &**name).collect())
        .collect();
    let pairs = [["a", "b"], ["a", "c"], ["b", "c"]];
    let pairs = pairs.map(|pair| pair.map(|place| format!("place:{place}")));
    assert_eq!(names, pairs);
}

#[test]
fn counted_instances_fail_as_often_as_those_that_are_told_apart() {
    // 990 of 1,000: R-KN-06 of the known answers; the others make a plan of so many instances and are not needed.
    let counted = |redundancy: Redundancy, instances: f64, zones: &[&str]| {
        let mut plan = crowd(102, 1000.0, &Redundancy::K(1.0), &[]);
        let first = Rc::make_mut(&mut plan.components[1]);
        first.redundancy = Some(redundancy);
        first.instances = Some(instances);
        first.placement = zones.iter().copied().map(Id::from).collect();
        plan.connections.truncate(1);
        plan
    };
    let told = |redundancy: Redundancy, instances: f64, zones: &[&str]| {
        let mut plan = counted(redundancy, instances, zones);
        plan.components.truncate(2);
        plan
    };
    let down = |plan: &Plan| report(plan, &[]).journeys[0].unavailability.0;
    let known = down(&counted(Redundancy::K(990.0), 1000.0, &[]));
    assert_close(known, 0.013_469_009_328_931_813, "990 of 1,000");
    for (needed, instances, zones) in [
        (Redundancy::K(13.0), 18.0, vec!["a", "b", "c"]),
        (Redundancy::K(13.0), 18.0, vec!["a"]),
        (Redundancy::K(6.0), 18.0, vec!["a", "b", "c"]),
        (Redundancy::K(9.0), 18.0, vec!["a", "b"]),
        (Redundancy::All, 18.0, vec!["a", "b"]),
    ] {
        let apart = report(&told(needed.clone(), instances, &zones), &[]);
        let together = report(&counted(needed.clone(), instances, &zones), &[]);
        assert!(together.structure.events.len() < 250 && apart.structure.events.len() > 18);
        let (apart, together) = (&apart.journeys[0], &together.journeys[0]);
        let what = format!("{needed:?} in {zones:?}");
        assert_close(together.unavailability.0, apart.unavailability.0, &what);
        assert_close(
            together.unavailability_range.high,
            apart.unavailability_range.high,
            &what,
        );
        assert_eq!(together.single_points, apart.single_points, "{what}");
        let of_places = |journey: &JourneyAvailability| -> Vec<f64> {
            let importance = journey.importance.iter();
            let places = importance.filter(|one| one.event.starts_with("place:"));
            places.map(|one| one.birnbaum).collect()
        };
        for (together, apart) in of_places(together).into_iter().zip(of_places(apart)) {
            assert_close(together, apart, &what);
        }
    }
}
