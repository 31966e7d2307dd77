//! The smallest sets of failures that stop a journey: minimal cut sets of up to three events.
//!
//! **Model.** Pieces without a common event are combined by their own sets. In a diagram every minimal cut set
//! is one way to the end on which just its events fail; ways that are longer than three are not followed.

use crate::analysis::structure::Event;
use crate::analysis::structure::fault_tree::{FaultTree, Gate};
use crate::order::Order as _;
use std::collections::BTreeSet;

use super::bdd::Diagram;
use super::formula::{Formula, Part};

/// Events in the largest set that is looked for.
pub(super) const LARGEST: usize = 3;

/// How many sets are listed; those of one event are always all there.
pub(super) const MOST_LISTED: usize = 1000;

/// Steps in one diagram after which no more sets are looked for.
const MOST_STEPS: usize = 200_000;

/// Sets of one diagram after which no more are looked for: more than can be listed, for not all are minimal.
const MOST_WAYS: usize = 2 * MOST_LISTED;

/// Sets of one gate that are kept while those of a piece without a diagram are looked for.
const MOST_KEPT: usize = 2_000;

/// One set: the first `order` numbers.
type Set = [u32; LARGEST];

/// Sets by their number of events, from none to [`LARGEST`].
type Family = [Vec<Set>; LARGEST + 1];

/// Minimal cut sets of a fault tree.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CutSets {
    /// Sets of events in no order.
    pub sets: Vec<Vec<usize>>,
    /// Whether these are all that there are up to three events.
    pub complete: bool,
}

/// Smallest cut sets of a piece that has no diagram, over its leaves.
#[derive(Clone, Debug)]
pub(super) struct Smallest {
    pub(super) sets: Vec<Vec<usize>>,
    complete: bool,
}

/// The minimal cut sets of the events that are parts of the plan.
pub(super) fn cut_sets(formula: &Formula, events: &[Event]) -> CutSets {
    let mut families: Vec<Family> = Vec::with_capacity(formula.parts.len());
    for (index, event) in events.iter().enumerate() {
        let mut family = Family::default();
        if event.is_structural() {
            family[1].push([index as u32, 0, 0]);
        }
        families.push(family);
    }
    families.resize_with(formula.parts.len(), Family::default);
    let mut complete = true;
    for &index in formula.order.iter().rev() {
        families[index] = match &formula.parts[index] {
            Part::Event => continue,
            Part::AtLeast { count: 1, of } => either(&mut families, of),
            Part::AtLeast { count, of } => at_least(&mut families, *count, of),
            Part::Diagram(diagram) => {
                let (sets, all) = ways(diagram, &families);
                complete &= all;
                expanded(&families, &sets)
            }
            Part::Bounded { smallest, .. } => {
                complete &= smallest.complete;
                expanded(&families, &smallest.sets)
            }
        };
    }
    let top = &families[formula.top];
    let listed = top.iter().enumerate().flat_map(|(order, sets)| {
        sets.iter()
            .map(move |set| set[..order].iter().map(|&event| event as usize).collect())
    });
    let total: usize = top.iter().map(Vec::len).sum();
    CutSets {
        sets: listed.collect(),
        complete: complete && total <= MOST_LISTED,
    }
}

/// Adds sets until there are more than can be listed; sets of one event are never left out.
fn extend(to: &mut Vec<Set>, order: usize, sets: impl IntoIterator<Item = Set>) {
    for set in sets {
        if order > 1 && to.len() > MOST_LISTED {
            return;
        }
        to.push(set);
    }
}

fn either(families: &mut [Family], of: &[usize]) -> Family {
    let mut parts = of.to_vec();
    // The longest list is kept and the others are added to it, so that long chains stay cheap.
    parts.order_by_key(|&part| {
        std::cmp::Reverse(families[part].iter().map(Vec::len).sum::<usize>())
    });
    let mut family = Family::default();
    for (place, part) in parts.into_iter().enumerate() {
        let added = std::mem::take(&mut families[part]);
        if place == 0 {
            family = added;
            continue;
        }
        for (order, sets) in added.into_iter().enumerate() {
            extend(&mut family[order], order, sets);
        }
    }
    family
}

/// `rows[r]`: the sets that fail at least `r` of the pieces so far.
fn at_least(families: &mut [Family], count: usize, of: &[usize]) -> Family {
    let nothing_fails_by_itself = of.iter().all(|&part| families[part][0].is_empty());
    if count > LARGEST && nothing_fails_by_itself {
        return Family::default();
    }
    let mut rows: Vec<Family> = vec![Family::default(); count + 1];
    rows[0][0].push(Set::default());
    for (done, &part) in of.iter().enumerate() {
        let added = std::mem::take(&mut families[part]);
        let left = of.len() - done - 1;
        for row in (count.saturating_sub(left).max(1)..=count.min(done + 1)).rev() {
            let product = product(&rows[row - 1], &added);
            for (order, sets) in product.into_iter().enumerate() {
                extend(&mut rows[row][order], order, sets);
            }
        }
    }
    rows.pop().unwrap_or_default()
}

fn product(a: &Family, b: &Family) -> Family {
    let mut family = Family::default();
    for (order_a, sets_a) in a.iter().enumerate() {
        for (order_b, sets_b) in b.iter().enumerate().take(LARGEST + 1 - order_a) {
            let order = order_a + order_b;
            for set_a in sets_a {
                if order > 1 && family[order].len() > MOST_LISTED {
                    break;
                }
                let joined = sets_b.iter().map(|set_b| {
                    let mut set = *set_a;
                    set[order_a..order].copy_from_slice(&set_b[..order_b]);
                    set
                });
                extend(&mut family[order], order, joined);
            }
        }
    }
    family
}

/// Sets of pieces as sets of events.
fn expanded(families: &[Family], sets: &[Vec<usize>]) -> Family {
    let mut family = Family::default();
    for set in sets {
        let mut expanded = Family::default();
        expanded[0].push(Set::default());
        for &part in set {
            expanded = product(&expanded, &families[part]);
        }
        for (order, sets) in expanded.into_iter().enumerate() {
            extend(&mut family[order], order, sets);
        }
    }
    family
}

/// The minimal sets of leaves that fail a diagram, and whether they are all.
fn ways(diagram: &Diagram, families: &[Family]) -> (Vec<Vec<usize>>, bool) {
    const NO_WAY: usize = LARGEST + 1;
    let smallest: Vec<usize> = diagram
        .leaves
        .iter()
        .map(|&leaf| {
            let orders = families[leaf].iter().position(|sets| !sets.is_empty());
            orders.unwrap_or(NO_WAY)
        })
        .collect();
    // How many events have to fail at least from here on.
    let mut distance = vec![NO_WAY, 0];
    for node in &diagram.nodes[2..] {
        let fails = smallest[node.level as usize] + distance[node.fails as usize];
        distance.push(fails.min(distance[node.works as usize]).min(NO_WAY));
    }
    let mut found: BTreeSet<Vec<usize>> = BTreeSet::new();
    let mut steps = 0;
    for order in 1..=LARGEST {
        let mut open = vec![(diagram.root, 0, [0; LARGEST], 0)];
        while let Some((node, used, set, size)) = open.pop() {
            if used + distance[node] > order {
                continue;
            }
            if node == Diagram::CERTAIN {
                if used == order {
                    found.insert(sorted(set[..size].to_vec()));
                }
                continue;
            }
            steps += 1;
            if steps > MOST_STEPS || found.len() > MOST_WAYS {
                return (minimal(found), false);
            }
            let decision = diagram.nodes[node];
            let level = decision.level as usize;
            open.push((decision.works as usize, used, set, size));
            if used + smallest[level] <= order {
                let mut with = set;
                with[size] = diagram.leaves[level];
                let fails = decision.fails as usize;
                open.push((fails, used + smallest[level], with, size + 1));
            }
        }
    }
    (minimal(found), true)
}

fn sorted(mut set: Vec<usize>) -> Vec<usize> {
    set.sort_unstable();
    set
}

/// Only those sets that hold no other one.
fn minimal(sets: BTreeSet<Vec<usize>>) -> Vec<Vec<usize>> {
    let holds_another = |set: &Vec<usize>| {
        (1..(1_usize << set.len()) - 1).any(|chosen| {
            let subset: Vec<usize> = set
                .iter()
                .enumerate()
                .filter(|(place, _)| chosen >> place & 1 == 1)
                .map(|(_, &leaf)| leaf)
                .collect();
            sets.contains(&subset)
        })
    };
    let mut minimal: Vec<Vec<usize>> = sets
        .iter()
        .filter(|set| !holds_another(set))
        .cloned()
        .collect();
    minimal.order_by_key(Vec::len);
    minimal
}

/// Cut sets of a tree gate by gate, as many as can be held; the larger ones are dropped first.
pub(super) fn smallest(tree: &FaultTree) -> Smallest {
    let mut complete = true;
    let mut families: Vec<BTreeSet<Vec<usize>>> = Vec::with_capacity(tree.gates().len());
    let mut work = 0;
    for gate in tree.gates() {
        let family = match gate {
            Gate::Event(leaf) => BTreeSet::from([vec![*leaf]]),
            Gate::AtLeast { count: 1, inputs } => {
                let mut any = BTreeSet::new();
                for &input in inputs {
                    any.extend(families[input].iter().cloned());
                }
                complete &= keep_smallest(&mut any, &mut work);
                any
            }
            Gate::AtLeast { count, inputs } => {
                let mut rows = vec![BTreeSet::new(); count + 1];
                rows[0].insert(Vec::new());
                for (done, &input) in inputs.iter().enumerate() {
                    let left = inputs.len() - done - 1;
                    for row in (count.saturating_sub(left).max(1)..=*count.min(&(done + 1))).rev() {
                        let joined = unions(&rows[row - 1], &families[input], &mut work);
                        complete &= joined.1;
                        rows[row].extend(joined.0);
                        complete &= keep_smallest(&mut rows[row], &mut work);
                    }
                }
                rows.pop().unwrap_or_default()
            }
        };
        families.push(family);
    }
    let sets = std::mem::take(&mut families[tree.top]);
    // A smaller set may have been dropped on the way; then the larger one is not minimal.
    let mut sets = minimal(sets);
    if !complete {
        sets.retain(|set| {
            !set.iter()
                .any(|&spared| tree.fails(|leaf| leaf != spared && set.contains(&leaf)))
        });
    }
    Smallest { sets, complete }
}

/// Steps after which no further sets are combined in a piece without a diagram.
const MOST_UNIONS: usize = 1_000_000;

fn unions(
    a: &BTreeSet<Vec<usize>>,
    b: &BTreeSet<Vec<usize>>,
    work: &mut usize,
) -> (Vec<Vec<usize>>, bool) {
    let mut unions = Vec::new();
    for set_a in a {
        for set_b in b {
            *work += 1;
            if *work > MOST_UNIONS {
                return (unions, false);
            }
            let mut union = set_a.clone();
            union.extend(set_b.iter().filter(|leaf| !set_a.contains(leaf)));
            if union.len() <= LARGEST {
                union.sort_unstable();
                unions.push(union);
            }
        }
    }
    (unions, true)
}

fn keep_smallest(sets: &mut BTreeSet<Vec<usize>>, work: &mut usize) -> bool {
    *work += sets.len();
    if *work > MOST_UNIONS {
        sets.clear();
        return false;
    }
    let mut kept = minimal(std::mem::take(sets));
    let all = kept.len() <= MOST_KEPT;
    kept.truncate(MOST_KEPT);
    sets.extend(kept);
    all
}
