//! Textbook answers of reliability theory: fault trees by themselves, the rest through whole plans.
//!
//! `cases/reliability.json` names the source of every number and the tools that computed it independently.
#![expect(
    clippy::unwrap_used,
    reason = "a case that cannot be read is a failed test"
)]

mod cases;

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use model::analysis::availability::{Importance, JourneyAvailability, availability, solve};
use model::analysis::structure::fault_tree::FaultTree;
use model::analysis::structure::{Event, Subject};
use model::catalog::Catalog;
use model::evaluate::evaluate;
use model::plan::{AssumptionValue, Component, Connection, Id, Need, Overrides, Plan, Redundancy};
use model::topology::Topology;
use model::units::Range;
use serde_json::Value;

use cases::cases;

fn expect(case: &Value, name: &str, expected: &Value, found: f64) {
    let expected = expected.as_f64().unwrap();
    let tolerance = case["tolerance"]["rel"].as_f64().unwrap();
    assert!(
        (found - expected).abs() <= tolerance * expected.abs() + 1e-15,
        "{} {name}: {found}, not {expected}",
        case["id"]
    );
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap()
}

/// Builds the gates of a case; what is not a gate is the name of an event.
fn gate(tree: &mut FaultTree, value: &Value, events: &BTreeMap<&str, usize>) -> usize {
    let mut inputs = |value: &Value| -> Vec<usize> {
        let inputs = value.as_array().unwrap().iter();
        inputs.map(|input| gate(tree, input, events)).collect()
    };
    if let Some(name) = value.as_str() {
        return tree.leaf(events[name]);
    }
    if let Some(value) = value.get("or") {
        let inputs = inputs(value);
        return tree.or(inputs);
    }
    if let Some(value) = value.get("and") {
        let inputs = inputs(value);
        return tree.and(inputs);
    }
    let count = value["atleast"][0].as_u64().unwrap() as usize;
    let inputs = inputs(&value["atleast"][1]);
    tree.at_least(count, inputs)
}

#[test]
fn fault_trees() {
    for case in cases("fault_tree") {
        let given = case["inputs"]["p"].as_object().unwrap();
        let events: Vec<Event> = given
            .iter()
            .enumerate()
            .map(|(index, (name, p))| Event {
                name: name.as_str().into(),
                subject: Subject::Instance {
                    component: index,
                    instance: 0,
                },
                unavailability: Range::exactly(number(p)),
            })
            .collect();
        let index = given.keys().enumerate().map(|(i, name)| (name.as_str(), i));
        let mut tree = FaultTree::default();
        tree.top = gate(&mut tree, &case["inputs"]["top"], &index.collect());
        let found = solve(&tree, &events);
        let expected = &case["expected"];
        assert!(found.exact, "{}", case["id"]);
        expect(
            &case,
            "p_fail",
            &expected["p_fail"],
            found.unavailability.base,
        );
        let of_order = |order: usize| {
            let sets = found.cut_sets.sets.iter();
            sets.filter(|set| set.len() == order).count()
        };
        let counts = expected["mcs_by_order"].as_array().unwrap();
        for (order, count) in (1..=3).zip(counts) {
            assert_eq!(
                count.as_u64(),
                Some(of_order(order) as u64),
                "{}",
                case["id"]
            );
        }
        if let (Some(sets), true) = (expected["mcs"].as_array(), counts.len() <= 3) {
            let named = |set: &Vec<usize>| -> BTreeSet<&str> {
                set.iter().map(|&event| &*events[event].name).collect()
            };
            let found: BTreeSet<BTreeSet<&str>> = found.cut_sets.sets.iter().map(named).collect();
            let expected: BTreeSet<BTreeSet<&str>> = sets
                .iter()
                .map(|set| {
                    set.as_array()
                        .unwrap()
                        .iter()
                        .filter_map(Value::as_str)
                        .collect()
                })
                .collect();
            assert_eq!(found, expected, "{}", case["id"]);
        }
        for (event, &birnbaum) in events.iter().zip(&found.birnbaum) {
            let Some(expected) = expected["importance"].get(&*event.name) else {
                continue;
            };
            let found = Importance::new(event, birnbaum, found.unavailability.base);
            expect(&case, "birnbaum", &expected["birnbaum"], found.birnbaum);
            expect(
                &case,
                "criticality",
                &expected["criticality"],
                found.criticality,
            );
            expect(
                &case,
                "fussell_vesely",
                &expected["fussell_vesely_dif"],
                found.fussell_vesely,
            );
            expect(
                &case,
                "raw",
                &expected["raw"],
                found.risk_achievement_worth.unwrap(),
            );
            match found.risk_reduction_worth {
                Some(worth) => expect(&case, "rrw", &expected["rrw"], worth),
                None => assert!(expected["rrw"].is_null(), "{}", case["id"]),
            }
            let hours = found.hours_year_if_perfect;
            expect(
                &case,
                "delta_if_perfect",
                &expected["delta_if_perfect"],
                hours / 8766.0,
            );
        }
    }
}

/// Draws the gates of a case as servers that never fail: each needs all that takes it down, any of what takes it
/// down together, or as many as are left when too many fail. Returns the name of what was drawn.
fn draw(value: &Value, p: &Value, drawn: &mut Plan) -> String {
    if let Some(name) = value.as_str() {
        if drawn.component(name).is_none() {
            let leaf = component(name, number(&p[name]));
            drawn.components.push(Rc::new(leaf));
        }
        return name.to_owned();
    }
    let (inputs, need): (&Value, fn(f64, f64) -> Need) = if let Some(any) = value.get("or") {
        (any, |_, _| Need::All)
    } else if let Some(all) = value.get("and") {
        (all, |_, _| Need::Any)
    } else {
        (&value["atleast"][1], |fail, of| Need::K(of - fail + 1.0))
    };
    let inputs = inputs.as_array().unwrap();
    let need = need(
        value["atleast"][0].as_f64().unwrap_or(1.0),
        inputs.len() as f64,
    );
    let gate = format!("gate-{}", drawn.components.len());
    drawn.components.push(Rc::new(component(&gate, 0.0)));
    for input in inputs {
        let to = draw(input, p, drawn);
        drawn.connections.push(Rc::new(Connection {
            id: Id::from(format!("c{}", drawn.connections.len())),
            from: Id::from(gate.clone()),
            to: Id::from(to),
            group: Some("g".to_owned()),
            need: Some(need.clone()),
            ..Connection::default()
        }));
    }
    gate
}

#[test]
fn fault_trees_as_plans() {
    let catalog = Catalog::default();
    for case in cases("fault_tree") {
        let mut drawn = Plan {
            components: vec![Rc::new(Component {
                id: Id::from("users"),
                kind: "client".to_owned(),
                ..Component::default()
            })],
            ..Plan::default()
        };
        let top = draw(&case["inputs"]["top"], &case["inputs"]["p"], &mut drawn);
        drawn.connections.push(Rc::new(Connection {
            id: Id::from("enter"),
            from: Id::from("users"),
            to: Id::from(top),
            ..Connection::default()
        }));
        let evaluation = evaluate(&drawn, &catalog, None);
        assert_eq!(evaluation.problems, [], "{}", case["id"]);
        let found = &evaluation.journeys[0];
        assert!(found.exact, "{}", case["id"]);
        let expected = &case["expected"];
        let down = found.unavailability.0;
        expect(&case, "p_fail", &expected["p_fail"], down);
        for importance in &found.importance {
            let name = importance.event.strip_prefix("component:").unwrap();
            if let Some(expected) = expected["importance"].get(name) {
                expect(&case, name, &expected["birnbaum"], importance.birnbaum);
                expect(
                    &case,
                    name,
                    &expected["criticality"],
                    importance.criticality,
                );
            }
        }
        let is_drawn = |event: &Rc<str>| !event.starts_with("component:gate-");
        let sets = found.minimal_cut_sets.iter();
        let sets = sets.filter(|set| set.iter().all(is_drawn));
        let mut of_order = [0_u64; 3];
        for set in sets {
            of_order[set.len() - 1] += 1;
        }
        // Gates are parts of the plan and of its cut sets; of the largest trees these are too many to be listed.
        if found.cut_sets_complete {
            let counts = expected["mcs_by_order"].as_array().unwrap();
            for (found, count) in of_order.iter().zip(counts) {
                assert_eq!(count.as_u64(), Some(*found), "{}", case["id"]);
            }
        } else {
            assert!(drawn.components.len() > 100, "{}", case["id"]);
        }
    }
}

fn component(id: &str, unavailability: f64) -> Component {
    Component {
        id: Id::from(id),
        kind: "app_server".to_owned(),
        overrides: Some(Overrides {
            unavailability: Some(unavailability),
            ..Overrides::default()
        }),
        ..Component::default()
    }
}

/// A plan of users who need the first of the components.
fn plan(components: Vec<Component>, connections: Vec<(String, String)>) -> Plan {
    let users = Component {
        id: Id::from("users"),
        kind: "client".to_owned(),
        ..Component::default()
    };
    let first = ("users".to_owned(), components[0].id.to_string());
    let connection = |(index, (from, to)): (usize, (String, String))| {
        Rc::new(Connection {
            id: Id::from(format!("c{index}")),
            group: (from != "users").then(|| "g".to_owned()),
            need: Some(if from == "users" {
                Need::All
            } else {
                Need::Any
            }),
            from: Id::from(from),
            to: Id::from(to),
            ..Connection::default()
        })
    };
    Plan {
        components: std::iter::once(users)
            .chain(components)
            .map(Rc::new)
            .collect(),
        connections: std::iter::once(first)
            .chain(connections)
            .enumerate()
            .map(connection)
            .collect(),
        ..Plan::default()
    }
}

fn solved(plan: &Plan) -> JourneyAvailability {
    let found = exact_or_bounded(plan);
    assert!(found.exact);
    found
}

fn exact_or_bounded(plan: &Plan) -> JourneyAvailability {
    let catalog = Catalog::default();
    let topology = Topology::new(plan, &catalog);
    assert_eq!(topology.problems, []);
    availability(&topology, &[]).journeys.remove(0)
}

#[test]
fn k_of_n_units() {
    for case in cases("k_of_n") {
        let inputs = &case["inputs"];
        let mut unit = component("unit", number(&inputs["q"]));
        unit.instances = Some(number(&inputs["n"]));
        unit.redundancy = Some(Redundancy::K(number(&inputs["k"])));
        let found = solved(&plan(vec![unit], vec![])).unavailability.0;
        expect(
            &case,
            "unavailability",
            &case["expected"]["unavailability"],
            found,
        );
    }
}

#[test]
fn dependencies_in_series() {
    for case in cases("series") {
        let chain: Vec<Component> = case["inputs"]["a"]
            .as_array()
            .unwrap()
            .iter()
            .enumerate()
            .map(|(index, a)| component(&format!("n{index}"), 1.0 - number(a)))
            .collect();
        let calls = (1..chain.len()).map(|n| (format!("n{}", n - 1), format!("n{n}")));
        let calls = calls.collect();
        let found = solved(&plan(chain, calls));
        expect(
            &case,
            "availability",
            &case["expected"]["availability"],
            1.0 - found.unavailability.0,
        );
        let minutes = found.downtime_hours_year * 60.0;
        let expected = number(&case["expected"]["downtime_min_per_year"]);
        assert!(
            (minutes - expected).abs() <= 1e-9 * expected,
            "{}",
            case["id"]
        );
    }
}

#[test]
fn common_causes_by_the_beta_factor() {
    for case in cases("beta_factor") {
        let inputs = &case["inputs"];
        let mut unit = component("unit", number(&inputs["q"]));
        let units = number(&inputs["n"]);
        unit.instances = Some(units);
        unit.redundancy = Some(Redundancy::K(units - number(&inputs["k_fail"]) + 1.0));
        let mut plan = plan(vec![unit], vec![]);
        let mut with = |beta: f64| {
            let beta = AssumptionValue::Exactly(beta);
            plan.assumptions
                .0
                .insert("common_cause_fraction".to_owned(), beta);
            solved(&plan).unavailability.0
        };
        expect(
            &case,
            "p_fail",
            &case["expected"]["p_fail"],
            with(number(&inputs["beta"])),
        );
        let independent = &case["expected"]["p_fail_if_independent"];
        expect(&case, "p_fail_if_independent", independent, with(0.0));
    }
}

#[test]
fn one_unit_by_its_failures_and_repairs() {
    let mut unit = component("unit", 0.0);
    unit.overrides = Some(Overrides {
        mtbf_hours: Some(2000.0),
        mttr_hours: Some(4.0),
        ..Overrides::default()
    });
    let found = 1.0 - solved(&plan(vec![unit], vec![])).unavailability.0;
    let case = &cases("markov")[0];
    expect(
        case,
        "availability",
        &case["expected"]["availability"],
        found,
    );
}

/// Edges stand as components, so that one failure takes both directions; each component needs any of the next.
#[test]
fn networks_between_two_ends() {
    for case in cases("network") {
        let inputs = &case["inputs"];
        let directed = inputs["directed"].as_bool().unwrap();
        let (start, end) = (inputs["s"].as_str().unwrap(), inputs["t"].as_str().unwrap());
        let nodes = inputs["nodes"].as_object().unwrap();
        let mut perfect = BTreeSet::new();
        let mut components = Vec::new();
        for (id, q) in nodes {
            let id = format!("n-{id}");
            if number(q) == 0.0 {
                perfect.insert(format!("component:{id}"));
            }
            let place = if id == format!("n-{start}") {
                0
            } else {
                components.len()
            };
            components.insert(place, component(&id, number(q)));
        }
        let mut calls = Vec::new();
        for edge in inputs["edges"].as_array().unwrap() {
            let id = format!("e-{}", edge[3].as_str().unwrap());
            let ends = [edge[0].as_str().unwrap(), edge[1].as_str().unwrap()];
            if number(&edge[2]) == 0.0 {
                perfect.insert(format!("component:{id}"));
            }
            components.push(component(&id, number(&edge[2])));
            let both = [ends, [ends[1], ends[0]]];
            for [from, to] in both.into_iter().take(if directed { 1 } else { 2 }) {
                if from != end {
                    calls.push((format!("n-{from}"), id.clone()));
                }
                calls.push((id.clone(), format!("n-{to}")));
            }
        }
        let found = exact_or_bounded(&plan(components, calls));
        let unreliability = &case["expected"]["unreliability"];
        if case["id"] == "R-NET-13" {
            // Every server of the grid has its own "reaches the end", each over nearly all 40 edges: together they
            // have more decisions than a diagram may hold. It is bounded, and says so.
            let range = found.unavailability_range;
            assert!(!found.exact && range.low <= range.base && range.base <= range.high);
            assert!(range.low <= number(unreliability) && number(unreliability) <= range.high);
            let drawn = found.simulated.unwrap();
            let is_within =
                drawn.low.0 <= number(unreliability) && number(unreliability) <= drawn.high.0;
            assert!(is_within, "{drawn:?}");
            continue;
        }
        assert!(found.exact, "{}", case["id"]);
        expect(
            &case,
            "unreliability",
            unreliability,
            found.unavailability.0,
        );
        let Some(counts) = case["expected"]["min_cuts_by_order"].as_array() else {
            continue;
        };
        for (order, count) in (1..=3).zip(counts) {
            let sets = found.minimal_cut_sets.iter().filter(|set| {
                set.len() == order && !set.iter().any(|event| perfect.contains(&**event))
            });
            assert_eq!(count.as_u64(), Some(sets.count() as u64), "{}", case["id"]);
        }
    }
}

/// Units that wait for each other's repair, at once and as one more is added.
#[test]
fn one_repair_crew() {
    let case = cases("markov");
    let case = case.iter().find(|case| case["id"] == "R-MK-05").unwrap();
    let of = |units: f64, crews: Option<f64>| {
        let mut unit = component("unit", 0.0);
        unit.instances = Some(units);
        unit.redundancy = Some(Redundancy::K(3.0));
        unit.overrides = Some(Overrides {
            mtbf_hours: Some(2000.0),
            mttr_hours: Some(4.0),
            repair_crews: crews,
            ..Overrides::default()
        });
        let mut plan = plan(vec![unit], vec![]);
        let none = AssumptionValue::Exactly(0.0);
        plan.assumptions
            .0
            .insert("common_cause_fraction".to_owned(), none);
        plan
    };
    let found = solved(&of(5.0, Some(1.0)));
    let expected = 1.0 - number(&case["expected"]["availability"]);
    let close = |a: f64, b: f64| (a - b).abs() <= 1e-9 * b;
    assert!((found.unavailability.0 - expected).abs() < 1e-15);

    // The same for the whole plan, as an assumption; a crew for each unit is no crew at all.
    let mut plan = of(5.0, None);
    let independent = solved(&plan).unavailability.0;
    let one = AssumptionValue::Exactly(1.0);
    plan.assumptions.0.insert("repair_crews".to_owned(), one);
    assert_eq!(solved(&plan).unavailability, found.unavailability);
    assert_eq!(solved(&of(5.0, Some(5.0))).unavailability.0, independent);
    assert!(independent < 0.5 * expected);

    // What one more would bring is what it brings, also where the queue only begins with it.
    for (units, crews) in [(5.0, 1.0), (4.0, 4.0), (3.0, 2.0)] {
        let before = solved(&of(units, Some(crews)));
        let after = solved(&of(units + 1.0, Some(crews))).unavailability.0;
        let unit = before
            .mending
            .iter()
            .find(|one| one.hours_year_with_another.is_some());
        let saved = unit.unwrap().hours_year_with_another.unwrap() / 8766.0;
        assert!(
            close(saved, before.unavailability.0 - after),
            "{units} {crews}"
        );
    }
}
