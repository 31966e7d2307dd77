//! The probability of every piece of a formula, and how much it changes with each event.
//!
//! **Formula.** On the failure side throughout, never as one minus something, so that 10⁻¹² keeps its digits.
//! `or`: `1 - Π(1 - q)`, added up as `Q + (1 - Q) q`. `and`: `Π q`. `k` of `n`: recurrence over the inputs. Birnbaum's
//! measure `∂Q/∂q` of all events by one pass from the top down, each piece handing on its own by the chain rule.
//!
//! **Reference.** Bounds of what is too large: Esary and Proschan (1963), for independent events fail together
//! at least as often as the product says, and apart at most as often; Markov's inequality for `k` of `n`.

use super::formula::{Formula, Part};
use crate::analysis::structure::Event;
use crate::analysis::structure::fault_tree::{FaultTree, Gate};
use crate::order::Order as _;
use crate::units::Range;

/// The probability of the whole with low, base and high estimates of all events, and Birnbaum's measures.
///
/// Where a piece is bounded, the low one is a lower bound and the high one an upper bound. The measures are in
/// the order of [`Formula::events`].
pub(super) fn probability(formula: &Formula, events: &[Event]) -> (Range, Vec<f64>) {
    let of = |pick: fn(&Range) -> f64, corner| {
        let q = formula
            .events
            .iter()
            .map(|&event| pick(&events[event].unavailability))
            .collect();
        values(formula, q, corner)
    };
    let low = of(|range| range.low, Corner::Low)[formula.top];
    let high = of(|range| range.high, Corner::High)[formula.top];
    let base = of(|range| range.base, Corner::Base);
    let mut measures = birnbaum(formula, &base);
    measures.truncate(formula.events.len());
    let base = base[formula.top];
    // More common causes can mean fewer failures in all, so the corners need not be in order.
    let range = Range::new(low.min(high).min(base), base, low.max(high).max(base));
    (range, measures)
}

#[derive(Clone, Copy, PartialEq)]
enum Corner {
    Low,
    Base,
    High,
}

fn values(formula: &Formula, mut values: Vec<f64>, corner: Corner) -> Vec<f64> {
    values.resize(formula.parts.len(), 0.0);
    for &index in formula.order.iter().rev() {
        values[index] = match &formula.parts[index] {
            Part::Event => continue,
            Part::AtLeast { count, of } => {
                at_least(*count, of.len(), of.iter().map(|&part| values[part]))
            }
            Part::Diagram(diagram) => diagram.probabilities(|leaf| values[leaf])[diagram.root],
            Part::Bounded { tree, smallest } => bounded(tree, &smallest.sets, &values, corner),
        };
    }
    values
}

/// The probability that at least `count` of the events happen.
fn at_least(count: usize, of: usize, q: impl Iterator<Item = f64>) -> f64 {
    if count == 0 {
        return 1.0;
    }
    if count == 1 {
        return q.fold(0.0, |any, q| any + (1.0 - any) * q);
    }
    if count == of {
        return q.product();
    }
    let mut rows = vec![0.0; count + 1];
    rows[0] = 1.0;
    for q in q {
        rows[count] += rows[count - 1] * q;
        for row in (1..count).rev() {
            rows[row] = rows[row] * (1.0 - q) + rows[row - 1] * q;
        }
        rows[0] *= 1.0 - q;
    }
    rows[count].min(1.0)
}

fn birnbaum(formula: &Formula, values: &[f64]) -> Vec<f64> {
    let mut measures = vec![0.0; formula.parts.len()];
    measures[formula.top] = 1.0;
    for &index in &formula.order {
        let own = measures[index];
        match &formula.parts[index] {
            Part::Event => {}
            Part::AtLeast { count, of } => {
                let q: Vec<f64> = of.iter().map(|&part| values[part]).collect();
                if let ([a, b], true) = (&of[..], (1..=2).contains(count)) {
                    let factor = |q: f64| if *count == 1 { 1.0 - q } else { q };
                    measures[*a] += own * factor(q[1]);
                    measures[*b] += own * factor(q[0]);
                    continue;
                }
                for (&part, measure) in of.iter().zip(decisive(*count, &q)) {
                    measures[part] += own * measure;
                }
            }
            Part::Diagram(diagram) => {
                let each = diagram.birnbaum(|leaf| values[leaf]);
                for (&leaf, measure) in diagram.leaves.iter().zip(each) {
                    measures[leaf] += own * measure;
                }
            }
            Part::Bounded { smallest, .. } => {
                let product = |set: &[usize]| set.iter().map(|&leaf| values[leaf]).product();
                let sets: Vec<f64> = smallest.sets.iter().map(|set| product(set)).collect();
                for (set, share) in smallest.sets.iter().zip(decisive(1, &sets)) {
                    for &leaf in set {
                        let others: Vec<usize> =
                            set.iter().copied().filter(|&other| other != leaf).collect();
                        measures[leaf] += own * share * product(&others);
                    }
                }
            }
        }
    }
    measures
}

/// Per input, the probability that it decides whether at least `count` happen: exactly one less of the others do.
fn decisive(count: usize, q: &[f64]) -> Vec<f64> {
    if count == 0 || count > q.len() {
        return vec![0.0; q.len()];
    }
    // `after[i][r]`: exactly `r` of the inputs from `i` on happen.
    let width = count.min(q.len() + 1 - count);
    if width == 1 {
        let factor = |q: f64| if count == 1 { 1.0 - q } else { q };
        let mut after = vec![1.0; q.len() + 1];
        for (place, &q) in q.iter().enumerate().rev() {
            after[place] = after[place + 1] * factor(q);
        }
        let mut before = 1.0;
        return q
            .iter()
            .enumerate()
            .map(|(place, &q)| {
                let measure = before * after[place + 1];
                before *= factor(q);
                measure
            })
            .collect();
    }
    let step = |rows: &[f64], q: f64| -> Vec<f64> {
        (0..count)
            .map(|row| {
                let fewer = if row == 0 { 0.0 } else { rows[row - 1] };
                rows[row] * (1.0 - q) + fewer * q
            })
            .collect()
    };
    let mut none = vec![0.0; count];
    none[0] = 1.0;
    let mut after = vec![none.clone()];
    for &q in q.iter().rev() {
        let next = step(&after[after.len() - 1], q);
        after.push(next);
    }
    let mut before = none;
    q.iter()
        .enumerate()
        .map(|(place, &q)| {
            let behind = &after[after.len() - 2 - place];
            let measure = (0..count)
                .map(|row| before[row] * behind[count - 1 - row])
                .sum();
            before = step(&before, q);
            measure
        })
        .collect()
}

/// A bound of a piece that has no diagram, or between the bounds the minimal cut set upper bound.
fn bounded(tree: &FaultTree, sets: &[Vec<usize>], values: &[f64], corner: Corner) -> f64 {
    let of_sets = || {
        let products = sets
            .iter()
            .map(|set| set.iter().map(|&leaf| values[leaf]).product::<f64>());
        products.collect::<Vec<f64>>()
    };
    let lower = || {
        of_sets()
            .into_iter()
            .fold(tree_bound(tree, values, Corner::Low), f64::max)
    };
    match corner {
        Corner::Low => lower(),
        Corner::High => tree_bound(tree, values, Corner::High),
        Corner::Base => {
            let products = of_sets();
            let (low, high) = (lower(), tree_bound(tree, values, Corner::High));
            let estimate = if products.is_empty() {
                (low * high).sqrt()
            } else {
                at_least(1, products.len(), products.into_iter())
            };
            estimate.clamp(low.min(high), high)
        }
    }
}

fn tree_bound(tree: &FaultTree, values: &[f64], corner: Corner) -> f64 {
    let mut bounds: Vec<f64> = Vec::with_capacity(tree.len());
    for gate in tree.gates() {
        let bound = match gate {
            Gate::Event(leaf) => values[leaf],
            Gate::AtLeast { count, inputs } => {
                let mut inputs: Vec<f64> = inputs.iter().map(|&input| bounds[input]).collect();
                inputs.order_by(|a, b| b.total_cmp(a));
                match (corner, count) {
                    (_, 0) => 1.0,
                    (_, count) if count > inputs.len() => 0.0,
                    (Corner::Low, count) => inputs[..count].iter().product(),
                    (_, 1) => at_least(1, inputs.len(), inputs.into_iter()),
                    (_, count) if count == inputs.len() => inputs[count - 1],
                    (_, count) => (inputs.iter().sum::<f64>() / count as f64).min(1.0),
                }
            }
        };
        bounds.push(bound);
    }
    bounds[tree.top]
}
