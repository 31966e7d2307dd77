//! Reduced ordered binary decision diagrams: a failure function as a graph that gives its exact probability.
//!
//! **Reference.** Bryant, *Graph-based algorithms for Boolean function manipulation* (1986); Rauzy, *New
//! algorithms for fault trees analysis* (1993).

use crate::analysis::structure::fault_tree::{FaultTree, Gate};
use crate::order::Order as _;

/// A function of leaves, as decisions from the top down.
#[derive(Clone, Debug)]
pub(super) struct Diagram {
    /// The leaf that each level asks about.
    pub(super) leaves: Vec<usize>,
    /// No failure, [`Diagram::CERTAIN`] failure, then decisions, those asked later first.
    pub(super) nodes: Vec<Node>,
    /// The first decision.
    pub(super) root: usize,
}

/// One decision: which way if the leaf fails, and if it does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Node {
    pub(super) level: u32,
    pub(super) works: u32,
    pub(super) fails: u32,
}

/// How much work diagrams may still cost.
#[derive(Clone, Copy, Debug)]
pub(super) struct Budget {
    /// Decisions in one diagram, intermediate ones included.
    pub(super) nodes: usize,
    /// Steps of all diagrams together.
    pub(super) steps: usize,
}

impl Diagram {
    /// The node that is failure; the one before it is none.
    pub(super) const CERTAIN: usize = 1;

    /// The function of a tree, its leaves asked in the given order; `None` if it costs too much.
    pub(super) fn new(tree: &FaultTree, leaves: Vec<usize>, budget: &mut Budget) -> Option<Self> {
        let mut store = Store::new(budget.nodes, tree.len());
        let root = store.function(tree, &leaves, &mut budget.steps)?;
        let mut reached = vec![false; store.nodes.len()];
        reached[root as usize] = true;
        for node in (2..store.nodes.len()).rev() {
            if reached[node] {
                reached[store.nodes[node].works as usize] = true;
                reached[store.nodes[node].fails as usize] = true;
            }
        }
        let mut moved = vec![0_u32; store.nodes.len()];
        let mut nodes: Vec<Node> = store.nodes[..2].to_vec();
        moved[1] = 1;
        for (index, node) in store.nodes.iter().enumerate().skip(2) {
            if reached[index] {
                moved[index] = nodes.len() as u32;
                nodes.push(Node {
                    level: node.level,
                    works: moved[node.works as usize],
                    fails: moved[node.fails as usize],
                });
            }
        }
        Some(Self {
            leaves,
            root: moved[root as usize] as usize,
            nodes,
        })
    }

    /// The probability of failure.
    pub(super) fn probability(&self, leaf: impl Fn(usize) -> f64) -> f64 {
        let q: Vec<f64> = self.leaves.iter().map(|&index| leaf(index)).collect();
        let mut probabilities = Vec::with_capacity(self.nodes.len());
        probabilities.extend([0.0, 1.0]);
        for node in &self.nodes[2..] {
            let q = q[node.level as usize];
            let value = q * probabilities[node.fails as usize]
                + (1.0 - q) * probabilities[node.works as usize];
            probabilities.push(value);
        }
        probabilities[self.root]
    }

    /// The probability of failure from each decision on, for three estimates at once.
    pub(super) fn probabilities(&self, leaf: impl Fn(usize) -> [f64; 3]) -> Vec<[f64; 3]> {
        let q: Vec<[f64; 3]> = self.leaves.iter().map(|&index| leaf(index)).collect();
        let mut probabilities = Vec::with_capacity(self.nodes.len());
        probabilities.extend([[0.0; 3], [1.0; 3]]);
        for node in &self.nodes[2..] {
            let q = &q[node.level as usize];
            let fails: &[f64; 3] = &probabilities[node.fails as usize];
            let works: &[f64; 3] = &probabilities[node.works as usize];
            let value = std::array::from_fn(|at| q[at] * fails[at] + (1.0 - q[at]) * works[at]);
            probabilities.push(value);
        }
        probabilities
    }

    /// Birnbaum's measure of each level's leaf for the second of the three estimates: one pass from the root down.
    pub(super) fn birnbaum(
        &self,
        leaf: impl Fn(usize) -> f64,
        probabilities: &[[f64; 3]],
    ) -> Vec<f64> {
        let q: Vec<f64> = self.leaves.iter().map(|&index| leaf(index)).collect();
        let mut measures = vec![0.0; self.leaves.len()];
        let mut weights = vec![0.0; self.nodes.len()];
        weights[self.root] = 1.0;
        let decisions = self.nodes.iter().zip(probabilities).enumerate();
        for (index, (node, _)) in decisions.skip(2).rev() {
            let q = q[node.level as usize];
            let (works, fails) = (node.works as usize, node.fails as usize);
            let weight = weights[index];
            let difference = probabilities[fails][1] - probabilities[works][1];
            measures[node.level as usize] += weight * difference;
            weights[fails] += weight * q;
            weights[works] += weight * (1.0 - q);
        }
        measures
    }
}

/// Decisions under construction, each held once.
struct Store {
    nodes: Vec<Node>,
    /// Open addressing; 0 is free, for no decision is the constant.
    unique: Vec<u32>,
    /// Results of [`Store::if_then_else`]; a slot is overwritten by the next one that falls into it. What is asked
    /// is never about a constant, so that a slot of zeros is free.
    results: Vec<[u32; 4]>,
    limit: usize,
    /// What [`Store::if_then_else`] still has to do, and what it has found; empty between two calls.
    tasks: Vec<Task>,
    done: Vec<u32>,
}

/// A step of [`Store::if_then_else`].
#[derive(Clone, Copy)]
enum Task {
    Solve([u32; 3]),
    Join([u32; 3], u32),
}

const END: u32 = u32::MAX;

impl Store {
    fn new(limit: usize, gates: usize) -> Self {
        // Growing forgets results: as much room at once as most trees need.
        let room = (gates * 8).next_power_of_two().clamp(1 << 8, 1 << 14);
        let end = Node {
            level: END,
            works: 0,
            fails: 0,
        };
        let mut nodes = Vec::with_capacity(room / 2);
        nodes.extend([end; 2]);
        Self {
            nodes,
            unique: vec![0; room],
            results: vec![[0; 4]; room],
            limit,
            tasks: Vec::new(),
            done: Vec::new(),
        }
    }

    fn function(&mut self, tree: &FaultTree, leaves: &[usize], steps: &mut usize) -> Option<u32> {
        let mut level_of: Vec<(usize, u32)> =
            (0..).zip(leaves).map(|(l, &leaf)| (leaf, l)).collect();
        level_of.sort_unstable();
        let mut functions: Vec<(u32, u32)> = Vec::with_capacity(tree.len());
        let mut given: Vec<(u32, u32)> = Vec::new();
        for gate in tree.gates() {
            let (function, deepest) = match gate {
                Gate::Event(leaf) => {
                    match level_of.binary_search_by_key(&leaf, |&(leaf, _)| leaf) {
                        Ok(found) => {
                            let level = level_of[found].1;
                            (self.node(level, 0, 1)?, level)
                        }
                        Err(_) => (0, 0),
                    }
                }
                Gate::AtLeast { count, inputs } => {
                    given.clear();
                    given.extend(inputs.iter().map(|&input| functions[input]));
                    // From the bottom up, so that each step adds on top of what is there.
                    if !given.is_sorted_by(|a, b| a.1 >= b.1) {
                        given.order_by_key(|&(_, deepest)| std::cmp::Reverse(deepest));
                    }
                    let deepest = given.first().map_or(0, |&(_, deepest)| deepest);
                    (self.at_least(count, &given, steps)?, deepest)
                }
            };
            functions.push((function, deepest));
        }
        Some(functions[tree.top].0)
    }

    /// `rows[r]`: at least `r` of the inputs so far fail.
    fn at_least(&mut self, count: usize, inputs: &[(u32, u32)], steps: &mut usize) -> Option<u32> {
        if count == 1 || count == inputs.len() {
            let mut joined = u32::from(count != 1);
            for &(input, _) in inputs {
                joined = if count == 1 {
                    self.if_then_else(input, 1, joined, steps)?
                } else {
                    self.if_then_else(input, joined, 0, steps)?
                };
            }
            return Some(joined);
        }
        let mut rows = vec![0; count + 1];
        rows[0] = 1;
        for (done, &(input, _)) in inputs.iter().enumerate() {
            let left = inputs.len() - done - 1;
            let lowest = count.saturating_sub(left).max(1);
            for row in (lowest..=count.min(done + 1)).rev() {
                rows[row] = self.if_then_else(input, rows[row - 1], rows[row], steps)?;
            }
        }
        rows.get(count).copied()
    }

    fn node(&mut self, level: u32, works: u32, fails: u32) -> Option<u32> {
        if works == fails {
            return Some(works);
        }
        let node = Node {
            level,
            works,
            fails,
        };
        let mask = self.unique.len() - 1;
        let mut slot = hash([level, works, fails]) & mask;
        while self.unique[slot] != 0 {
            if self.nodes[self.unique[slot] as usize] == node {
                return Some(self.unique[slot]);
            }
            slot = (slot + 1) & mask;
        }
        if self.nodes.len() >= self.limit {
            return None;
        }
        let index = self.nodes.len() as u32;
        self.unique[slot] = index;
        self.nodes.push(node);
        if self.nodes.len() * 2 > self.unique.len() {
            self.grow();
        }
        Some(index)
    }

    fn grow(&mut self) {
        let size = self.unique.len() * 4;
        let mask = size - 1;
        self.unique = vec![0; size];
        for (index, node) in self.nodes.iter().enumerate().skip(2) {
            let mut slot = hash([node.level, node.works, node.fails]) & mask;
            while self.unique[slot] != 0 {
                slot = (slot + 1) & mask;
            }
            self.unique[slot] = index as u32;
        }
        self.results = vec![[0; 4]; size];
    }

    /// `if f then g else h`, without recursion.
    fn if_then_else(&mut self, f: u32, g: u32, h: u32, steps: &mut usize) -> Option<u32> {
        self.tasks.clear();
        self.done.clear();
        self.tasks.push(Task::Solve([f, g, h]));
        while let Some(task) = self.tasks.pop() {
            match task {
                Task::Solve([f, g, h]) => {
                    let g = if f == g { 1 } else { g };
                    let h = if f == h { 0 } else { h };
                    let known = match (f, g, h) {
                        (1, g, _) => Some(g),
                        (0, _, h) => Some(h),
                        (_, g, h) if g == h => Some(g),
                        (f, 1, 0) => Some(f),
                        _ => None,
                    };
                    if let Some(known) = known {
                        self.done.push(known);
                        continue;
                    }
                    // `and` and `or` do not care which operand comes first.
                    let key = match (f, g, h) {
                        (f, g, 0) if g < f => [g, f, 0],
                        (f, 1, h) if h < f => [h, 1, f],
                        _ => [f, g, h],
                    };
                    let slot = hash(key) & (self.results.len() - 1);
                    let [a, b, c, result] = self.results[slot];
                    if [a, b, c] == key {
                        self.done.push(result);
                        continue;
                    }
                    *steps = steps.checked_sub(1)?;
                    let level = key
                        .map(|node| self.nodes[node as usize].level)
                        .into_iter()
                        .min()?;
                    self.tasks.push(Task::Join(key, level));
                    let below = key.map(|node| self.below(node, level));
                    self.tasks.push(Task::Solve(below.map(|node| node.fails)));
                    self.tasks.push(Task::Solve(below.map(|node| node.works)));
                }
                Task::Join(key, level) => {
                    let fails = self.done.pop()?;
                    let works = self.done.pop()?;
                    let node = self.node(level, works, fails)?;
                    let slot = hash(key) & (self.results.len() - 1);
                    self.results[slot] = [key[0], key[1], key[2], node];
                    self.done.push(node);
                }
            }
        }
        self.done.pop()
    }

    /// Where a decision leads at a level; one that is asked later does not care.
    fn below(&self, node: u32, level: u32) -> Node {
        let found = self.nodes[node as usize];
        if found.level == level {
            found
        } else {
            Node {
                level,
                works: node,
                fails: node,
            }
        }
    }
}

fn hash(key: [u32; 3]) -> usize {
    let mut hash = 0_u64;
    for part in key {
        hash = (hash.rotate_left(5) ^ u64::from(part)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
    (hash >> 32) as usize
}
