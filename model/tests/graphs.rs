//! Textbook graphs drawn as plans: what every request has to pass is a single point of failure, and the smallest cut
//! is the smallest cut set.
//!
//! `cases/graph.json` names the source of every answer. The one case of maximal flow is left out: a connection has no
//! capacity of its own.
#![expect(
    clippy::unwrap_used,
    reason = "a case that cannot be read is a failed test"
)]

mod cases;

use std::collections::BTreeSet;
use std::rc::Rc;

use model::analysis::availability::{JourneyAvailability, availability};
use model::analysis::structure::Structure;
use model::catalog::Catalog;
use model::plan::{Component, Connection, Id, Need, Overrides, Plan};
use model::topology::Topology;
use serde_json::Value;

use cases::cases;

type Edge = (usize, usize);

fn number(value: &Value) -> usize {
    value.as_u64().unwrap() as usize
}

fn edges(case: &Value) -> Vec<Edge> {
    let edges = case["inputs"]["edges"].as_array().unwrap().iter();
    edges
        .map(|edge| (number(&edge[0]), number(&edge[1])))
        .collect()
}

fn both_ways(edges: &[Edge]) -> Vec<Edge> {
    edges.iter().flat_map(|&(a, b)| [(a, b), (b, a)]).collect()
}

/// Users at each of the entries, who need any path to the target; edges are named by their place.
fn plan(nodes: usize, edges: &[Edge], target: usize, entries: &[usize], edges_fail: bool) -> Plan {
    let mut reaches = vec![false; nodes];
    let mut callers = vec![Vec::new(); nodes];
    for &(from, to) in edges {
        callers[to].push(from);
    }
    let mut open = vec![target];
    while let Some(node) = open.pop() {
        if !std::mem::replace(&mut reaches[node], true) {
            open.extend(&callers[node]);
        }
    }
    let connection = |id: String, from: String, to: usize, need: Need| {
        Rc::new(Connection {
            id: Id::from(id),
            from: Id::from(from),
            to: Id::from(format!("n{to}")),
            group: (need == Need::Any).then(|| "g".to_owned()),
            unavailability: (edges_fail && need == Need::Any).then_some(0.001),
            need: Some(need),
            ..Connection::default()
        })
    };
    let users = entries.iter().map(|entry| Component {
        id: Id::from(format!("s{entry}")),
        kind: "client".to_owned(),
        ..Component::default()
    });
    let servers = (0..nodes).map(|node| Component {
        id: Id::from(format!("n{node}")),
        kind: "app_server".to_owned(),
        overrides: Some(Overrides {
            unavailability: Some(if edges_fail { 0.0 } else { 0.001 }),
            ..Overrides::default()
        }),
        ..Component::default()
    });
    let enter = entries
        .iter()
        .map(|&entry| connection(format!("u{entry}"), format!("s{entry}"), entry, Need::All));
    let useful = edges.iter().enumerate();
    let useful = useful.filter(|(_, (from, to))| *from != target && from != to && reaches[*to]);
    let calls = useful.map(|(place, &(from, to))| {
        connection(format!("e{place}"), format!("n{from}"), to, Need::Any)
    });
    Plan {
        components: users.chain(servers).map(Rc::new).collect(),
        connections: enter.chain(calls).collect(),
        ..Plan::default()
    }
}

fn solved(plan: &Plan) -> JourneyAvailability {
    let catalog = Catalog::default();
    let topology = Topology::new(plan, &catalog);
    assert_eq!(topology.problems, []);
    availability(&topology, &[]).journeys.remove(0)
}

/// The nodes that take the journey down alone.
fn single_nodes(journey: &JourneyAvailability) -> BTreeSet<usize> {
    let events = journey.single_points.iter();
    events
        .filter_map(|point| point.event.strip_prefix("component:n")?.parse().ok())
        .collect()
}

/// The size of the smallest cut set that holds none of these events.
fn smallest_without(journey: &JourneyAvailability, spared: &[String]) -> Option<usize> {
    let is_spared = |event: &Rc<str>| spared.iter().any(|spared| **spared == **event);
    let sets = journey.minimal_cut_sets.iter();
    let sets = sets.filter(|set| !set.iter().any(is_spared));
    sets.map(Vec::len).min()
}

/// The nodes without which another one does not reach the target, one taken away after the other.
fn separating(plan: &Plan, target: usize, nodes: impl Iterator<Item = usize>) -> BTreeSet<usize> {
    let catalog = Catalog::default();
    let topology = Topology::new(plan, &catalog);
    let structure = Structure::new(&topology, &[]);
    let separates = |&node: &usize| {
        let event = structure.event(&format!("component:n{node}")).unwrap();
        let up = structure.without(&[event]).components_up;
        let others = topology.components.iter().zip(up).enumerate();
        let mut others = others
            .filter(|(other, _)| topology.component_index(&format!("n{node}")) != Some(*other));
        others.any(|(_, (other, is_up))| !is_up && other.kind.id == "app_server")
    };
    nodes
        .filter(|&node| node != target)
        .filter(separates)
        .collect()
}

#[test]
fn what_every_path_passes_is_a_single_point() {
    for case in cases("undirected") {
        let expected = &case["expected"];
        let nodes = number(&case["inputs"]["n"]);
        let edges = both_ways(&edges(&case));
        let cut = &expected["st_vertex_cut"];
        let (start, end) = (number(&cut["s"]), number(&cut["t"]));
        let found = solved(&plan(nodes, &edges, end, &[start], false));
        let mut singles = single_nodes(&found);
        assert!(singles.remove(&start) && singles.remove(&end));
        let spof = expected["st_spof"].as_array().unwrap();
        assert_eq!(singles, spof.iter().map(number).collect(), "{}", case["id"]);
        let ends = [start, end].map(|node| format!("component:n{node}"));
        let smallest = smallest_without(&found, &ends);
        let size = cut["size"].as_u64().map(|size| size as usize);
        assert_eq!(smallest, size.filter(|&size| size <= 3), "{}", case["id"]);
    }
}

#[test]
fn articulation_points_and_bridges_separate_somebody() {
    for case in cases("undirected") {
        let expected = &case["expected"];
        let nodes = number(&case["inputs"]["n"]);
        if expected["components"] != 1 {
            continue;
        }
        let undirected = edges(&case);
        let edges = both_ways(&undirected);
        let points: BTreeSet<usize> = expected["ap"]
            .as_array()
            .unwrap()
            .iter()
            .map(number)
            .collect();
        for target in [0, nodes - 1] {
            let entries: Vec<usize> = (0..nodes).collect();
            let drawn = plan(nodes, &edges, target, &[target], false);
            let mut found = separating(&drawn, target, 0..nodes);
            // What is asked for has no other side.
            found.extend(points.get(&target));
            assert_eq!(found, points, "{}", case["id"]);

            let drawn = plan(nodes, &edges, target, &entries, true);
            let catalog = Catalog::default();
            let topology = Topology::new(&drawn, &catalog);
            let structure = Structure::new(&topology, &[]);
            let bridges = undirected.iter().enumerate().filter(|(place, _)| {
                let names = [2 * place, 2 * place + 1].map(|edge| format!("connection:e{edge}"));
                let gone: Vec<usize> = names
                    .iter()
                    .filter_map(|name| structure.event(name))
                    .collect();
                structure.without(&gone).journeys_up.contains(&false)
            });
            let bridges: BTreeSet<Edge> =
                bridges.map(|(_, &(a, b))| (a.min(b), a.max(b))).collect();
            let expected = expected["bridges"].as_array().unwrap().iter();
            let expected = expected.map(|edge| (number(&edge[0]), number(&edge[1])));
            assert_eq!(bridges, expected.collect(), "{}", case["id"]);
        }
    }
}

#[test]
fn articulation_points_of_large_graphs() {
    for case in cases("undirected_generated") {
        let inputs = &case["inputs"];
        let (nodes, extra) = (number(&inputs["n"]), number(&inputs["extra"]));
        let mut state = inputs["seed"].as_u64().unwrap();
        let mut draw = |below: usize| {
            state = (1_664_525 * state + 1_013_904_223) & 0xffff_ffff;
            (state >> 8) as usize % below
        };
        let mut undirected: Vec<Edge> = (1..nodes).map(|node| (draw(node), node)).collect();
        for _ in 0..extra {
            let edge = (draw(nodes), draw(nodes));
            if edge.0 != edge.1 {
                undirected.push(edge);
            }
        }
        let edges = both_ways(&undirected);
        let drawn = plan(nodes, &edges, nodes - 1, &[0], false);
        let first = case["expected"]["ap_first10"].as_array().unwrap();
        let first: BTreeSet<usize> = first.iter().map(number).collect();
        let last = *first.last().unwrap();
        // Of the largest only the first are looked at.
        let found = separating(
            &drawn,
            nodes - 1,
            0..if nodes > 1000 { last + 1 } else { nodes },
        );
        let found_first: BTreeSet<usize> =
            found.iter().copied().filter(|&node| node <= last).collect();
        assert_eq!(found_first, first, "{}", case["id"]);
        if nodes <= 1000 {
            assert_eq!(found.len(), number(&case["expected"]["n_ap"]));
            assert_eq!(
                found.iter().sum::<usize>(),
                number(&case["expected"]["ap_sum"])
            );
        }
    }
}

#[test]
fn dominators_are_the_single_points_on_the_way_to_a_node() {
    for case in cases("dominators") {
        let nodes = number(&case["inputs"]["n"]);
        let root = number(&case["inputs"]["root"]);
        let above = case["expected"]["idom"].as_object().unwrap();
        for target in above.keys() {
            let mut dominators = BTreeSet::from([target.parse::<usize>().unwrap()]);
            let mut node = target.clone();
            while let Some(dominator) = above.get(&node) {
                dominators.insert(number(dominator));
                node = dominator.to_string();
            }
            let target = target.parse().unwrap();
            let found = solved(&plan(nodes, &edges(&case), target, &[root], false));
            assert!(found.exact && found.cut_sets_complete);
            assert_eq!(single_nodes(&found), dominators, "{}", case["id"]);
        }
        let unreachable = case["expected"]["unreachable"].as_array().unwrap();
        for target in unreachable.iter().map(number) {
            let found = solved(&plan(nodes, &edges(&case), target, &[root], false));
            // Nothing leads there, so the entry needs nothing that could fail but itself.
            assert_eq!(single_nodes(&found), BTreeSet::from([root]));
        }
    }
}

#[test]
fn the_smallest_cut_is_the_smallest_cut_set() {
    for case in cases("directed_cut") {
        let inputs = &case["inputs"];
        let (start, end) = (number(&inputs["s"]), number(&inputs["t"]));
        let nodes = number(&inputs["n"]);
        let drawn = |edges_fail| solved(&plan(nodes, &edges(&case), end, &[start], edges_fail));
        let size = |name: &str| case["expected"][name].as_u64().map(|size| size as usize);
        let ends = [start, end].map(|node| format!("component:n{node}"));
        let found = smallest_without(&drawn(false), &ends);
        assert_eq!(found, size("vertex_cut_size"), "{}", case["id"]);
        let servers: Vec<String> = (0..nodes)
            .map(|node| format!("component:n{node}"))
            .collect();
        let found = smallest_without(&drawn(true), &servers);
        assert_eq!(found, size("edge_cut_size"), "{}", case["id"]);
    }
}
