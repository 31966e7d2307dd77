//! Failures of generated plans against another library's binary decision diagrams, with any number of events.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use std::fmt::Write as _;

use biodivine_lib_bdd::{Bdd, BddValuation, BddVariableSet};
use model::analysis::availability::availability;
use model::analysis::structure::fault_tree::{FaultTree, Gate};
use model::analysis::structure::{Event, Structure};
use model::catalog::Catalog;
use model::plan::Plan;
use model::plan::sketch::sketch;
use model::topology::Topology;
use proptest::prelude::*;

/// The failure of a tree as the other library has it.
fn oracle(tree: &FaultTree, events: usize) -> Bdd {
    let variables = BddVariableSet::new_anonymous(events as u16);
    let names = variables.variables();
    let mut gates: Vec<Bdd> = Vec::new();
    for gate in tree.gates() {
        gates.push(match gate {
            Gate::Event(event) => variables.mk_var(names[event]),
            Gate::AtLeast { count, inputs } => {
                let mut rows = vec![variables.mk_false(); count + 1];
                rows[0] = variables.mk_true();
                for &input in inputs {
                    for row in (1..=count).rev() {
                        rows[row] = rows[row].or(&gates[input].and(&rows[row - 1]));
                    }
                }
                rows.pop().unwrap()
            }
        });
    }
    gates[tree.top].clone()
}

fn probability(bdd: &Bdd, events: &[Event], settled: Option<(usize, f64)>) -> f64 {
    let mut of: Vec<f64> = Vec::new();
    for pointer in bdd.pointers() {
        of.push(if pointer.is_zero() {
            0.0
        } else if pointer.is_one() {
            1.0
        } else {
            let event = bdd.var_of(pointer).to_index();
            let q = match settled {
                Some((other, q)) if other == event => q,
                _ => events[event].unavailability.base,
            };
            let low = of[bdd.low_link_of(pointer).to_index()];
            let high = of[bdd.high_link_of(pointer).to_index()];
            q * high + (1.0 - q) * low
        });
    }
    of[bdd.root_pointer().to_index()]
}

/// Components in layers, each with several instances in shared zones, that call some of the next layers by gates
/// of all kinds, and now and then one before.
fn plan() -> impl Strategy<Value = Plan> {
    let component = (1..=3_u32, 0..4_usize, 1..40_u32);
    let call = (0..8_usize, 0..8_usize, 0..6_usize);
    (
        prop::collection::vec(component, 8),
        prop::collection::vec(call, 6..14),
    )
        .prop_map(|(components, calls)| {
            let mut text = "place region: region [unavailability=0.01]\nplace z0: zone in region [unavailability=0.02]\nplace z1: zone in region [unavailability=0.03]\nusers -[need=any group=g]-> n0:app-server, n1:app-server\n".to_owned();
            for (index, (instances, places, q)) in components.into_iter().enumerate() {
                let places = ["", "@z0", "@z1", "@z0/z1"][places];
                let q = f64::from(q) / 100.0;
                writeln!(text, "n{index}:app-server*{instances}{places}[unavailability={q}]").unwrap();
            }
            let mut seen = std::collections::BTreeSet::new();
            for (from, to, need) in calls {
                if from != to && seen.insert((from, to)) {
                    let need = ["", "-[need=any group=g]-> ", "-[need=any group=g]-> ", "-[need=any group=h]-> ", "-[need=2 group=k]-> ", "?> "][need];
                    let arrow = if need.is_empty() { "-> " } else { need };
                    writeln!(text, "n{from} {arrow}n{to}").unwrap();
                }
            }
            sketch(&text).unwrap_or_else(|error| panic!("{error:?}: {text}"))
        })
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 500,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn another_librarys_diagrams_agree(plan in plan(), states in prop::collection::vec(any::<u64>(), 16)) {
        let catalog = Catalog::default();
        let topology = Topology::new(&plan, &catalog);
        let structure = Structure::new(&topology, &[]);
        let found = availability(&topology, &[]).journeys.remove(0);
        let events = &structure.events;
        let (tree, complete) = structure.fault_tree(0);
        prop_assert!(complete && found.exact && events.len() <= 64);
        let bdd = oracle(&tree, events.len());
        let close = |found: f64, expected: f64| (found - expected).abs() <= 1e-12 + 1e-9 * expected;
        let expected = probability(&bdd, events, None);
        prop_assert!(close(found.unavailability.0, expected), "{:?}, not {expected}", found.unavailability);
        for importance in &found.importance {
            let event = structure.event(&importance.event).unwrap();
            let with = |q: f64| probability(&bdd, events, Some((event, q)));
            let difference = with(1.0) - with(0.0);
            prop_assert!(
                (importance.birnbaum - difference).abs() <= 1e-12 + 1e-9 * difference,
                "{}: {}, not {difference}", importance.event, importance.birnbaum
            );
        }
        // The tree is what the structure says, state by state.
        for state in states {
            let failed: Vec<usize> = (0..events.len()).filter(|event| state >> event & 1 == 1).collect();
            let valuation = BddValuation::new((0..events.len()).map(|event| state >> event & 1 == 1).collect());
            prop_assert_eq!(bdd.eval_in(&valuation), !structure.without(&failed).journeys_up[0]);
        }
        // Every cut set is enough, and none of it can be left out.
        for set in &found.minimal_cut_sets {
            let set: Vec<usize> = set.iter().map(|name| structure.event(name).unwrap()).collect();
            let is_down = |set: &[usize]| !structure.without(set).journeys_up[0];
            prop_assert!(is_down(&set));
            for left_out in 0..set.len() {
                let mut rest = set.clone();
                rest.remove(left_out);
                prop_assert!(!is_down(&rest));
            }
        }
    }
}
