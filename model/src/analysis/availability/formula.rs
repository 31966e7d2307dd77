//! A fault tree taken apart into pieces that share no event, so that each can be solved by itself.
//!
//! **Model.** A *module* is a gate whose events nothing else looks at (Dutuit and Rauzy, *A linear-time
//! algorithm to find modules of fault trees*, 1996): it can be replaced by one event of its probability. An
//! `or` or `and` whose inputs fall into groups without a common event is their product. An event that alone
//! fails the rest, or alone keeps it up, is taken out, which frees further modules. What is left after all that
//! becomes a binary decision diagram; if that grows too large, bounds.
//!
//! **Complexity.** Linear in the gates per event level taken out; the diagrams have a budget.

use std::collections::VecDeque;

use super::bdd::{Budget, Diagram};
use super::cut_sets::{self, Smallest};
use crate::analysis::structure::fault_tree::{FaultTree, Gate};
use crate::analysis::structure::lanes::Lanes;
use crate::analysis::structure::{Event, Subject};

/// Budget of the diagrams of one journey.
const BUDGET: Budget = Budget {
    nodes: 300_000,
    steps: 2_000_000,
};

/// Pieces of a fault tree. The first ones are its events; each is used by one other piece at most.
#[derive(Debug)]
pub(super) struct Formula {
    /// Which events the first pieces are.
    pub(super) events: Vec<usize>,
    pub(super) parts: Vec<Part>,
    /// The pieces that are no events, each before those that it uses.
    pub(super) order: Vec<usize>,
    /// The piece that is the whole.
    pub(super) top: usize,
}

/// A piece as a function of other pieces.
#[derive(Debug)]
pub(super) enum Part {
    /// An event of the fault tree.
    Event,
    /// Fails when at least `count` of these pieces do, which share nothing.
    AtLeast { count: usize, of: Vec<usize> },
    /// Decisions over pieces.
    Diagram(Diagram),
    /// Too large for a diagram.
    Bounded { tree: FaultTree, smallest: Smallest },
}

/// A piece that is still to be taken apart.
struct Open {
    part: usize,
    tree: FaultTree,
    /// Whether its modules are pieces of their own already.
    is_taken_apart: bool,
}

impl Formula {
    pub(super) fn new(tree: &FaultTree, events: &[Event]) -> Self {
        let mut numbers = Vec::new();
        let tree = tree.factored(|event| {
            numbers.push(event);
            numbers.len() - 1
        });
        let mut formula = Self {
            parts: numbers.iter().map(|_| Part::Event).collect(),
            top: numbers.len(),
            events: numbers,
            order: Vec::new(),
        };
        let mut open = Vec::new();
        let mut budget = BUDGET;
        formula.parts.push(Part::NEVER);
        let tree = formula.without_modules(tree, &mut open);
        open.push(Open {
            part: formula.top,
            tree,
            is_taken_apart: true,
        });
        while let Some(Open {
            part,
            tree,
            is_taken_apart,
        }) = open.pop()
        {
            let tree = if is_taken_apart {
                tree
            } else {
                formula.without_modules(tree.factored(|leaf| leaf), &mut open)
            };
            formula.parts[part] = formula.solve(tree, events, &mut open, &mut budget);
        }
        let mut open = vec![formula.top];
        while let Some(part) = open.pop() {
            if part >= formula.events.len() {
                formula.order.push(part);
                match &formula.parts[part] {
                    Part::Event => {}
                    Part::AtLeast { of, .. } => open.extend(of),
                    Part::Diagram(diagram) => open.extend(&diagram.leaves),
                    Part::Bounded { tree, .. } => open.extend(depth_first(tree)),
                }
            }
        }
        formula
    }

    fn add(&mut self, tree: FaultTree, is_taken_apart: bool, open: &mut Vec<Open>) -> usize {
        let part = self.parts.len();
        self.parts.push(Part::NEVER);
        open.push(Open {
            part,
            tree,
            is_taken_apart,
        });
        part
    }

    /// Makes each module a piece of its own.
    fn without_modules(&mut self, tree: FaultTree, open: &mut Vec<Open>) -> FaultTree {
        let modules = modules(&tree);
        if modules.is_empty() {
            return tree;
        }
        let mut piece_of = vec![None; tree.len()];
        let first = self.parts.len();
        for (place, &module) in modules.iter().enumerate() {
            piece_of[module] = Some(first + place);
        }
        self.parts
            .resize_with(first + modules.len(), || Part::NEVER);
        let mut copies = Copies::new(&tree, &piece_of);
        for (place, &module) in modules.iter().enumerate() {
            match distinct_pieces(&tree, module, &piece_of) {
                Some((count, of)) => self.parts[first + place] = Part::AtLeast { count, of },
                None => open.push(Open {
                    part: first + place,
                    tree: copies.copy(module),
                    is_taken_apart: true,
                }),
            }
        }
        copies.copy(tree.top)
    }

    fn solve(
        &mut self,
        tree: FaultTree,
        events: &[Event],
        open: &mut Vec<Open>,
        budget: &mut Budget,
    ) -> Part {
        let (count, inputs) = match tree.gate(tree.top) {
            Gate::Event(leaf) => {
                let of = vec![leaf];
                return Part::AtLeast { count: 1, of };
            }
            Gate::AtLeast { count, inputs } => (count, inputs),
        };
        if let Some((count, of)) = distinct_pieces(&tree, tree.top, &[]) {
            return Part::AtLeast { count, of };
        }
        let needs_all = count == inputs.len();
        if count == 1 || needs_all {
            let (mut of, gates) = flattened(&tree, needs_all);
            if of.is_empty() {
                let groups = groups(&tree, &gates);
                if groups.len() > 1 {
                    let mut copies = Copies::new(&tree, &[]);
                    for group in groups {
                        let piece = copies.join(&group, needs_all);
                        of.push(self.add(piece, true, open));
                    }
                }
            } else if !gates.is_empty() {
                let mut taken_out = of.clone();
                taken_out.sort_unstable();
                let rest = tree
                    .settled(|leaf| taken_out.binary_search(&leaf).is_ok().then_some(needs_all));
                of.push(self.add(rest, false, open));
            }
            if !of.is_empty() {
                let count = if needs_all { of.len() } else { 1 };
                return Part::AtLeast { count, of };
            }
        }
        let mut of = singles(&tree);
        if !of.is_empty() {
            let rest = tree.settled(|leaf| of.binary_search(&leaf).is_ok().then_some(false));
            of.push(self.add(rest, false, open));
            return Part::AtLeast { count: 1, of };
        }
        let is_place = |leaf: usize| {
            let event = self.events.get(leaf).map(|&event| &events[event]);
            event.is_some_and(|event| matches!(event.subject, Subject::Place(_)))
        };
        diagram(&tree, is_place, budget).map_or_else(
            || {
                let smallest = cut_sets::smallest(&tree);
                Part::Bounded { tree, smallest }
            },
            Part::Diagram,
        )
    }
}

impl Part {
    const NEVER: Self = Self::AtLeast {
        count: 1,
        of: Vec::new(),
    };
}

/// Copies parts of a tree, with some gates replaced by leaves.
struct Copies<'t> {
    tree: &'t FaultTree,
    piece_of: &'t [Option<usize>],
    copied: Vec<usize>,
    /// The copy in which a gate was last seen.
    seen: Vec<usize>,
    round: usize,
}

impl<'t> Copies<'t> {
    fn new(tree: &'t FaultTree, piece_of: &'t [Option<usize>]) -> Self {
        Self {
            tree,
            piece_of,
            copied: vec![0; tree.len()],
            seen: vec![0; tree.len()],
            round: 0,
        }
    }

    fn copy(&mut self, top: usize) -> FaultTree {
        let mut copy = self.below(&[top]);
        copy.top = self.copied[top];
        copy
    }

    fn join(&mut self, inputs: &[usize], needs_all: bool) -> FaultTree {
        let mut copy = self.below(inputs);
        let inputs = inputs.iter().map(|&input| self.copied[input]);
        copy.top = if needs_all {
            copy.and(inputs)
        } else {
            copy.or(inputs)
        };
        copy
    }

    fn below(&mut self, roots: &[usize]) -> FaultTree {
        self.round += 1;
        let mut found = Vec::new();
        let mut open = roots.to_vec();
        while let Some(gate) = open.pop() {
            if std::mem::replace(&mut self.seen[gate], self.round) == self.round {
                continue;
            }
            found.push(gate);
            if let (Gate::AtLeast { inputs, .. }, true) = (
                self.tree.gate(gate),
                self.piece(gate).is_none() || roots.contains(&gate),
            ) {
                open.extend(inputs);
            }
        }
        found.sort_unstable();
        let mut copy = FaultTree::default();
        for gate in found {
            self.copied[gate] = match (self.tree.gate(gate), self.piece(gate)) {
                (_, Some(piece)) if !roots.contains(&gate) => copy.leaf(piece),
                (Gate::Event(leaf), _) => copy.leaf(leaf),
                (Gate::AtLeast { count, inputs }, _) => {
                    copy.at_least(count, inputs.iter().map(|&input| self.copied[input]))
                }
            };
        }
        copy
    }

    fn piece(&self, gate: usize) -> Option<usize> {
        self.piece_of.get(gate).copied().flatten()
    }
}

/// The gates below the top whose leaves nothing else looks at.
fn modules(tree: &FaultTree) -> Vec<usize> {
    let count = tree.len();
    let (mut entered, mut left, mut last) = (vec![0; count], vec![0; count], vec![0; count]);
    let mut date = 0;
    let mut open = vec![(tree.top, false)];
    while let Some((gate, is_done)) = open.pop() {
        date += 1;
        last[gate] = date;
        if is_done {
            left[gate] = date;
            continue;
        }
        if entered[gate] > 0 {
            continue;
        }
        entered[gate] = date;
        open.push((gate, true));
        if let Gate::AtLeast { inputs, .. } = tree.gate(gate) {
            open.extend(inputs.iter().map(|&input| (input, false)));
        }
    }
    let mut earliest = vec![usize::MAX; count];
    let mut latest = vec![0; count];
    let mut modules = Vec::new();
    for (gate, kind) in tree.gates().enumerate() {
        let Gate::AtLeast { inputs, .. } = kind else {
            continue;
        };
        if entered[gate] == 0 {
            continue;
        }
        for &input in inputs {
            earliest[gate] = earliest[gate].min(earliest[input]).min(entered[input]);
            latest[gate] = latest[gate].max(latest[input]).max(last[input]);
        }
        if gate != tree.top && earliest[gate] > entered[gate] && latest[gate] < left[gate] {
            modules.push(gate);
        }
    }
    modules
}

/// How many inputs of a gate have to fail, and the inputs as pieces, if they are leaves and modules and each is
/// there once.
fn distinct_pieces(
    tree: &FaultTree,
    gate: usize,
    piece_of: &[Option<usize>],
) -> Option<(usize, Vec<usize>)> {
    let Gate::AtLeast { count, inputs } = tree.gate(gate) else {
        return None;
    };
    if inputs.windows(2).any(|pair| pair[0] == pair[1]) {
        return None;
    }
    let mut pieces = Vec::with_capacity(inputs.len());
    for &input in inputs {
        pieces.push(match tree.gate(input) {
            Gate::Event(leaf) => leaf,
            Gate::AtLeast { .. } => (*piece_of.get(input)?)?,
        });
    }
    Some((count, pieces))
}

/// What the top looks at through gates of its own kind: leaves, and gates of another kind.
fn flattened(tree: &FaultTree, needs_all: bool) -> (Vec<usize>, Vec<usize>) {
    let mut seen = vec![false; tree.len()];
    let (mut leaves, mut gates) = (Vec::new(), Vec::new());
    let mut open = vec![tree.top];
    while let Some(gate) = open.pop() {
        if std::mem::replace(&mut seen[gate], true) {
            continue;
        }
        match tree.gate(gate) {
            Gate::Event(leaf) => leaves.push(leaf),
            Gate::AtLeast { count, inputs }
                if count == if needs_all { inputs.len() } else { 1 } =>
            {
                open.extend(inputs);
            }
            Gate::AtLeast { .. } => gates.push(gate),
        }
    }
    (leaves, gates)
}

/// The given gates in groups that share nothing.
fn groups(tree: &FaultTree, gates: &[usize]) -> Vec<Vec<usize>> {
    const NOBODY: usize = usize::MAX;
    let mut owner = vec![NOBODY; tree.len()];
    let mut joined: Vec<usize> = (0..gates.len()).collect();
    for (place, &gate) in gates.iter().enumerate() {
        let mut open = vec![gate];
        while let Some(gate) = open.pop() {
            if owner[gate] != NOBODY {
                let (a, b) = (find(&mut joined, owner[gate]), find(&mut joined, place));
                joined[a.max(b)] = a.min(b);
                continue;
            }
            owner[gate] = place;
            if let Gate::AtLeast { inputs, .. } = tree.gate(gate) {
                open.extend(inputs);
            }
        }
    }
    let mut groups: Vec<Vec<usize>> = vec![Vec::new(); gates.len()];
    for (place, &gate) in gates.iter().enumerate() {
        groups[find(&mut joined, place)].push(gate);
    }
    groups.retain(|group| !group.is_empty());
    groups
}

fn find(joined: &mut [usize], mut place: usize) -> usize {
    while joined[place] != place {
        joined[place] = joined[joined[place]];
        place = joined[place];
    }
    place
}

/// The leaves of which each alone fails the tree, sorted: many at a time, one state each.
fn singles(tree: &FaultTree) -> Vec<usize> {
    let mut leaves: Vec<(usize, usize)> = Vec::new();
    for (gate, kind) in tree.gates().enumerate() {
        if let Gate::Event(leaf) = kind {
            leaves.push((gate, leaf));
        }
    }
    let mut found = Vec::new();
    for batch in leaves.chunks(Lanes::COUNT) {
        let failed = tree.fails_in(|gate, _| {
            let mut alone = Lanes::default();
            if let Ok(lane) = batch.binary_search_by_key(&gate, |&(gate, _)| gate) {
                alone.set(lane);
            }
            alone
        });
        let alone = batch.iter().enumerate();
        found.extend(
            alone
                .filter(|(lane, _)| failed.has(*lane))
                .map(|(_, &(_, leaf))| leaf),
        );
    }
    found.sort_unstable();
    found
}

/// The diagram of a tree: places first, for many instances share them, and if that is too large as drawn. Where there
/// are none: level by level, for what is near in a mesh is then near in the order.
fn diagram(
    tree: &FaultTree,
    is_place: impl Fn(usize) -> bool,
    budget: &mut Budget,
) -> Option<Diagram> {
    let drawn = depth_first(tree);
    let (places, others): (Vec<usize>, Vec<usize>) =
        drawn.iter().partition(|&&leaf| is_place(leaf));
    let first = if places.is_empty() {
        breadth_first(tree)
    } else {
        places.into_iter().chain(others).collect()
    };
    let mut half = Budget {
        nodes: budget.nodes,
        steps: budget.steps / 2,
    };
    let given = half.steps;
    let found = Diagram::new(tree, first, &mut half);
    budget.steps -= given - half.steps;
    found.or_else(|| Diagram::new(tree, drawn, budget))
}

/// The leaves in the order in which a walk from the top meets them.
fn depth_first(tree: &FaultTree) -> Vec<usize> {
    let mut seen = vec![false; tree.len()];
    let mut leaves = Vec::new();
    let mut open = vec![tree.top];
    while let Some(gate) = open.pop() {
        if std::mem::replace(&mut seen[gate], true) {
            continue;
        }
        match tree.gate(gate) {
            Gate::Event(leaf) => leaves.push(leaf),
            Gate::AtLeast { inputs, .. } => open.extend(inputs),
        }
    }
    leaves
}

/// The leaves in the order of their distance from the top.
fn breadth_first(tree: &FaultTree) -> Vec<usize> {
    let mut seen = vec![false; tree.len()];
    seen[tree.top] = true;
    let mut leaves = Vec::new();
    let mut open = VecDeque::from([tree.top]);
    while let Some(gate) = open.pop_front() {
        match tree.gate(gate) {
            Gate::Event(leaf) => leaves.push(leaf),
            Gate::AtLeast { inputs, .. } => {
                let new = inputs.iter().copied();
                open.extend(new.filter(|&input| !std::mem::replace(&mut seen[input], true)));
            }
        }
    }
    leaves
}
