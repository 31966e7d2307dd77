//! The smallest sets of failures that stop a journey: minimal cut sets of up to three events.
//!
//! **Model.** Pieces without a common event are combined by their own sets. In a diagram every minimal cut set
//! is one way to the end on which just its events fail; ways that are longer than three are not followed.

use crate::analysis::structure::fault_tree::{FaultTree, Gate};
use crate::analysis::structure::{Event, Subject};
use crate::order::Order as _;
use std::collections::BTreeSet;

use super::bdd::{Diagram, Node};
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

/// One set: the first `order` events, and how likely it is that all of them have failed.
#[derive(Clone, Copy, Debug, Default)]
struct Set {
    events: [u32; LARGEST],
    probability: f64,
}

/// Sets by their number of events, from none to [`LARGEST`].
type Family = [Vec<Set>; LARGEST + 1];

/// Minimal cut sets of a fault tree.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CutSets {
    /// Sets of events in no order; where there are too many, the most probable ones.
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

/// The sets of every piece that are still needed.
struct Families<'f> {
    formula: &'f Formula,
    events: &'f [Event],
    of_parts: Vec<Family>,
}

/// The minimal cut sets of up to three events.
pub(super) fn cut_sets(formula: &Formula, events: &[Event]) -> CutSets {
    let mut families = Families {
        formula,
        events,
        of_parts: Vec::new(),
    };
    let of_parts = formula.parts.len() - formula.events.len();
    families.of_parts.resize_with(of_parts, Family::default);
    let mut complete = true;
    for &index in formula.order.iter().rev() {
        let family = match &formula.parts[index] {
            Part::Event => continue,
            Part::AtLeast { count: 1, of } => families.either(of),
            Part::AtLeast { count, of } => families.at_least(*count, of),
            Part::Diagram(diagram) => {
                let (sets, all) = ways(diagram, &families);
                complete &= all;
                families.expanded(sets.iter().map(leaves_of))
            }
            Part::Bounded { smallest, .. } => {
                complete &= smallest.complete;
                families.expanded(smallest.sets.iter().map(Vec::as_slice))
            }
        };
        families.of_parts[index - formula.events.len()] = family;
    }
    let top = families.take(formula.top);
    let total: usize = top.iter().map(Vec::len).sum();
    let listed = top.into_iter().enumerate().flat_map(|(order, sets)| {
        sets.into_iter().map(move |set| {
            let events = set.events[..order].iter();
            events
                .map(|&event| formula.events[event as usize])
                .collect()
        })
    });
    CutSets {
        sets: listed.collect(),
        complete: complete && total <= MOST_LISTED,
    }
}

impl Families<'_> {
    /// The one set of an event; none of one that is several failures at once.
    fn event(&self, part: usize) -> Option<Set> {
        let event = &self.events[*self.formula.events.get(part)?];
        let is_one = !matches!(event.subject, Subject::Several { .. });
        is_one.then_some(Set {
            events: [part as u32, 0, 0],
            probability: event.unavailability.base,
        })
    }

    /// The sets of a piece, which is not looked at again.
    fn take(&mut self, part: usize) -> Family {
        if let Some(part) = part.checked_sub(self.formula.events.len()) {
            return std::mem::take(&mut self.of_parts[part]);
        }
        let mut family = Family::default();
        family[1].extend(self.event(part));
        family
    }

    /// The number of events in the smallest set of a piece, if it has one.
    fn smallest(&self, part: usize) -> Option<usize> {
        match part.checked_sub(self.formula.events.len()) {
            None => self.event(part).map(|_| 1),
            Some(part) => self.of_parts[part].iter().position(|sets| !sets.is_empty()),
        }
    }

    fn either(&mut self, of: &[usize]) -> Family {
        // The longest list is kept and the others are added to it, so that long chains stay cheap.
        let length = |part: usize| {
            let family = part.checked_sub(self.formula.events.len());
            family.map_or(1, |part| self.of_parts[part].iter().map(Vec::len).sum())
        };
        let longest: Option<usize> = of.iter().copied().max_by_key(|&part| length(part));
        let mut family = longest.map_or_else(Family::default, |part| self.take(part));
        for &part in of.iter().filter(|&&part| Some(part) != longest) {
            if let Some(set) = self.event(part) {
                family[1].push(set);
                continue;
            }
            for (order, sets) in self.take(part).into_iter().enumerate() {
                family[order].extend(sets);
                keep_likeliest(&mut family[order], order);
            }
        }
        family
    }

    /// `rows[r]`: the sets that fail at least `r` of the pieces so far.
    fn at_least(&mut self, count: usize, of: &[usize]) -> Family {
        let mut smallest: Vec<usize> = of
            .iter()
            .map(|&part| self.smallest(part).unwrap_or(LARGEST + 1))
            .collect();
        smallest.sort_unstable();
        if smallest.iter().take(count).sum::<usize>() > LARGEST {
            return Family::default();
        }
        let mut rows: Vec<Family> = vec![Family::default(); count + 1];
        rows[0][0].push(Set {
            probability: 1.0,
            ..Set::default()
        });
        for (done, &part) in of.iter().enumerate() {
            let mut added = self.take(part);
            let left = of.len() - done - 1;
            for row in (count.saturating_sub(left).max(1)..=count.min(done + 1)).rev() {
                let product = product(&mut rows[row - 1], &mut added);
                for (order, sets) in product.into_iter().enumerate() {
                    rows[row][order].extend(sets);
                    keep_likeliest(&mut rows[row][order], order);
                }
            }
        }
        rows.pop().unwrap_or_default()
    }

    /// Sets of pieces as sets of events.
    fn expanded<'s>(&mut self, sets: impl Iterator<Item = &'s [usize]>) -> Family {
        let mut family = Family::default();
        for set in sets {
            let events: Option<Vec<Set>> = set.iter().map(|&part| self.event(part)).collect();
            if let Some(events) = events {
                let mut joined = Set {
                    probability: 1.0,
                    ..Set::default()
                };
                for (place, event) in events.iter().enumerate() {
                    joined.events[place] = event.events[0];
                    joined.probability *= event.probability;
                }
                family[set.len()].push(joined);
                keep_likeliest(&mut family[set.len()], set.len());
                continue;
            }
            let mut expanded = Family::default();
            expanded[0].push(Set {
                probability: 1.0,
                ..Set::default()
            });
            for &part in set {
                let mut one = Family::default();
                one[1].extend(self.event(part));
                let of_part = part.checked_sub(self.formula.events.len());
                let family = of_part.map_or(&mut one, |part| &mut self.of_parts[part]);
                expanded = product(&mut expanded, family);
            }
            for (order, sets) in expanded.into_iter().enumerate() {
                family[order].extend(sets);
                keep_likeliest(&mut family[order], order);
            }
        }
        family
    }
}

/// Drops the least probable sets once there are far more than can be listed; sets of one event are never dropped.
fn keep_likeliest(sets: &mut Vec<Set>, order: usize) {
    if order > 1 && sets.len() > 2 * MOST_LISTED {
        likeliest_first(sets);
        sets.truncate(MOST_LISTED + 1);
    }
}

fn likeliest_first(sets: &mut [Set]) {
    sets.order_by(|a, b| {
        let likelier = b.probability.total_cmp(&a.probability);
        likelier.then_with(|| a.events.cmp(&b.events))
    });
}

/// Every set of one family with every one of another that shares no event with it; of many the most probable ones.
fn product(a: &mut Family, b: &mut Family) -> Family {
    let mut family = Family::default();
    for (order_a, sets_a) in a.iter_mut().enumerate() {
        for (order_b, sets_b) in b.iter_mut().enumerate().take(LARGEST + 1 - order_a) {
            let order = order_a + order_b;
            let are_many = order > 1 && sets_a.len() * sets_b.len() > 2 * MOST_LISTED;
            if are_many {
                likeliest_first(sets_a);
                likeliest_first(sets_b);
            }
            for (before, set_a) in sets_a.iter().enumerate() {
                // As many as (i + 1)(j + 1) pairs are at least as probable as the one of places i and j.
                let most = if are_many {
                    (MOST_LISTED + 1) / (before + 1)
                } else {
                    sets_b.len()
                };
                family[order].extend(sets_b.iter().take(most).map(|set_b| {
                    let mut events = set_a.events;
                    events[order_a..order].copy_from_slice(&set_b.events[..order_b]);
                    Set {
                        events,
                        probability: set_a.probability * set_b.probability,
                    }
                }));
            }
            keep_likeliest(&mut family[order], order);
        }
    }
    family
}

/// A set of at most [`LARGEST`] leaves, sorted; what is left over is [`NOBODY`].
type Way = [usize; LARGEST];

const NOBODY: usize = usize::MAX;

fn leaves_of(way: &Way) -> &[usize] {
    &way[..way
        .iter()
        .position(|&leaf| leaf == NOBODY)
        .unwrap_or(LARGEST)]
}

/// A way through a diagram that is still open.
#[derive(Clone, Copy)]
struct Walk {
    node: usize,
    /// How many events have failed.
    used: usize,
    way: Way,
    /// How many leaves have failed.
    size: usize,
    /// Where the same way leads without each of these leaves.
    without: [usize; LARGEST],
}

impl Walk {
    /// Whether one of the leaves is not needed: without it the way fails, or goes on as it does with it.
    fn is_idle(&mut self, nodes: &[Node]) -> bool {
        let level = nodes[self.node].level;
        for without in &mut self.without[..self.size] {
            // What this way does not ask about works.
            while nodes[*without].level < level {
                *without = nodes[*without].works as usize;
            }
        }
        let without = &self.without[..self.size];
        without.contains(&Diagram::CERTAIN) || without.contains(&self.node)
    }
}

/// The minimal sets of leaves that fail a diagram, and whether they are all.
///
/// On a minimal way every leaf counts: the function without it takes another way, side by side with this one, and
/// where the two meet the leaf has not been needed.
fn ways(diagram: &Diagram, families: &Families) -> (Vec<Way>, bool) {
    const NO_WAY: usize = LARGEST + 1;
    let smallest: Vec<usize> = diagram
        .leaves
        .iter()
        .map(|&leaf| families.smallest(leaf).unwrap_or(NO_WAY))
        .collect();
    // How many events have to fail at least from here on.
    let mut distance = vec![NO_WAY, 0];
    for node in &diagram.nodes[2..] {
        let fails = smallest[node.level as usize] + distance[node.fails as usize];
        distance.push(fails.min(distance[node.works as usize]).min(NO_WAY));
    }
    let mut found: Vec<Way> = Vec::new();
    let mut steps = 0;
    let mut open: Vec<Walk> = Vec::new();
    for order in 1..=LARGEST {
        open.push(Walk {
            node: diagram.root,
            used: 0,
            way: [NOBODY; LARGEST],
            size: 0,
            without: [0; LARGEST],
        });
        while let Some(mut walk) = open.pop() {
            if walk.used + distance[walk.node] > order || walk.is_idle(&diagram.nodes) {
                continue;
            }
            if walk.node == Diagram::CERTAIN {
                if walk.used == order {
                    let mut way = walk.way;
                    way[..walk.size].sort_unstable();
                    found.push(way);
                }
                continue;
            }
            steps += 1;
            if steps > MOST_STEPS || found.len() > MOST_WAYS {
                return (found, false);
            }
            let decision = diagram.nodes[walk.node];
            let level = decision.level;
            let (mut works, mut fails) = (walk, walk);
            works.node = decision.works as usize;
            fails.node = decision.fails as usize;
            for place in 0..walk.size {
                let other = diagram.nodes[walk.without[place]];
                if other.level == level {
                    works.without[place] = other.works as usize;
                    fails.without[place] = other.fails as usize;
                }
            }
            fails.used += smallest[level as usize];
            if fails.used <= order {
                fails.without[walk.size] = works.node;
                fails.way[walk.size] = diagram.leaves[level as usize];
                fails.size += 1;
                open.push(works);
                open.push(fails);
            } else {
                open.push(works);
            }
        }
    }
    (found, true)
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
    let mut families: Vec<BTreeSet<Vec<usize>>> = Vec::with_capacity(tree.len());
    let mut work = 0;
    for gate in tree.gates() {
        let family = match gate {
            Gate::Event(leaf) => BTreeSet::from([vec![leaf]]),
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
                    for row in (count.saturating_sub(left).max(1)..=count.min(done + 1)).rev() {
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
