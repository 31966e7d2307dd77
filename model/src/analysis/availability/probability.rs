//! The probability of every piece of a formula, and how much it changes with each event.
//!
//! **Formula.** On the failure side throughout, never as one minus something, so that 10⁻¹² keeps its digits.
//! `or`: `1 - Π(1 - q)`, added up as `Q + (1 - Q) q`. `and`: `Π q`. `k` of `n`: recurrence over the inputs. Birnbaum's
//! measure `∂Q/∂q` of all events by one pass from the top down, each piece handing on its own by the chain rule.
//!
//! **Reference.** Bounds of what is too large: Esary and Proschan (1963), for independent events fail together
//! at least as often as the product says, and apart at most as often; Markov's inequality for `k` of `n`.

use super::formula::{Formula, Part};
use super::sampling::{Sample, sample};
use crate::analysis::structure::Event;
use crate::analysis::structure::fault_tree::{FaultTree, Gate};
use crate::order::Order as _;
use crate::units::Range;

/// What is known about the probability of a formula.
pub(super) struct Solved {
    /// With low, base and high estimates of all events; where a piece is bounded, the low one is a lower bound and
    /// the high one an upper bound.
    pub(super) range: Range,
    /// Birnbaum's measures with base estimates, in the order of [`Formula::events`].
    pub(super) birnbaum: Vec<f64>,
    /// The probability of every piece with base estimates.
    pub(super) values: Vec<f64>,
    /// Where a piece is bounded: what sampling says about the whole with base estimates.
    pub(super) sample: Option<Sample>,
}

/// Low, base and high.
type Corners = [f64; 3];

/// What is known about every piece of a formula.
struct Values {
    of: Vec<Corners>,
    /// Of every decision of the diagrams, in the order in which they are solved.
    of_decisions: Vec<Vec<Corners>>,
    /// By piece.
    samples: Vec<(usize, Sample)>,
}

/// Solves a formula.
pub(super) fn probability(formula: &Formula, events: &[Event]) -> Solved {
    let known = values(formula, events);
    let [low, base, high] = known.of[formula.top];
    let samples = &known.samples;
    let sample = samples.first().map(|&(_, first)| {
        let end = |pick: fn(&Sample) -> f64| {
            let mut values: Vec<f64> = known.of.iter().map(|value| value[1]).collect();
            for &index in formula.order.iter().rev() {
                let sample = samples.iter().find(|(of, _)| *of == index);
                let of = |part: usize| values[part];
                let value = formula.parts[index].value(of);
                values[index] = value
                    .or(sample.map(|(_, sample)| pick(sample)))
                    .unwrap_or(0.0);
            }
            values[formula.top]
        };
        Sample {
            share: Some(base),
            low: end(|sample| sample.low),
            high: end(|sample| sample.high),
            size: first.size,
        }
    });
    Solved {
        // More common causes can mean fewer failures in all, so the corners need not be in order.
        range: Range::new(low.min(high).min(base), base, low.max(high).max(base)),
        birnbaum: birnbaum(formula, &known),
        values: known.of.iter().map(|value| value[1]).collect(),
        sample,
    }
}

/// The probability of the whole with other probabilities of some of its leaves, given those of all pieces today;
/// pieces without a diagram stay as they are.
pub(super) fn with(formula: &Formula, today: &[f64], changes: &[(usize, f64)]) -> f64 {
    let mut values = today.to_vec();
    let mut changed = vec![false; values.len()];
    for &(leaf, q) in changes {
        values[leaf] = q;
        changed[leaf] = true;
    }
    for &index in formula.order.iter().rev() {
        let part = &formula.parts[index];
        if part.of().iter().any(|&part| changed[part])
            && let Some(value) = part.value(|part| values[part])
        {
            values[index] = value;
            changed[index] = true;
        }
    }
    values[formula.top]
}

impl Part {
    /// The pieces that it is a function of; none of an event, and none of what has no diagram.
    fn of(&self) -> &[usize] {
        match self {
            Self::AtLeast { of, .. } => of,
            Self::Diagram(diagram) => &diagram.leaves,
            Self::Event | Self::Bounded { .. } => &[],
        }
    }

    /// Its probability, given those of the pieces that it is a function of; none where that does not say it.
    fn value(&self, of_part: impl Fn(usize) -> f64) -> Option<f64> {
        match self {
            Self::AtLeast { count, of } => Some(at_least(
                *count,
                of.len(),
                of.iter().map(|&part| of_part(part)),
            )),
            Self::Diagram(diagram) => Some(diagram.probability(of_part)),
            Self::Event | Self::Bounded { .. } => None,
        }
    }
}

fn values(formula: &Formula, events: &[Event]) -> Values {
    let leaves = formula.events.iter().map(|&event| {
        let Range { low, base, high } = events[event].unavailability;
        [low, base, high]
    });
    let mut of: Vec<Corners> = leaves.collect();
    of.resize(formula.parts.len(), [0.0; 3]);
    let (mut of_decisions, mut samples) = (Vec::new(), Vec::new());
    for &index in formula.order.iter().rev() {
        of[index] = match &formula.parts[index] {
            Part::Event => continue,
            Part::AtLeast {
                count: 1,
                of: parts,
            } => parts.iter().fold([0.0; 3], |any, &part| {
                std::array::from_fn(|at| any[at] + (1.0 - any[at]) * of[part][at])
            }),
            Part::AtLeast { count, of: parts } => std::array::from_fn(|at| {
                at_least(*count, parts.len(), parts.iter().map(|&part| of[part][at]))
            }),
            Part::Diagram(diagram) => {
                let decisions = diagram.probabilities(|leaf| of[leaf]);
                let value = decisions[diagram.root];
                of_decisions.push(decisions);
                value
            }
            Part::Bounded { tree, smallest } => {
                let corner = |at: usize| -> Vec<f64> { of.iter().map(|value| value[at]).collect() };
                let (sample, estimate) = sampled(tree, &smallest.sets, &corner(1));
                samples.push((index, sample));
                [
                    lower(tree, &smallest.sets, &corner(0)),
                    estimate,
                    upper(tree, &corner(2)),
                ]
            }
        };
    }
    Values {
        of,
        of_decisions,
        samples,
    }
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

fn birnbaum(formula: &Formula, known: &Values) -> Vec<f64> {
    let values = |part: usize| known.of[part][1];
    let mut decisions = known.of_decisions.iter().rev();
    let mut measures = vec![0.0; formula.parts.len()];
    measures[formula.top] = 1.0;
    for &index in &formula.order {
        let own = measures[index];
        match &formula.parts[index] {
            Part::Event => {}
            Part::AtLeast { count, of } => {
                let q: Vec<f64> = of.iter().map(|&part| values(part)).collect();
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
                let decisions = decisions.next().map_or(&[][..], Vec::as_slice);
                let each = diagram.birnbaum(values, decisions);
                for (&leaf, measure) in diagram.leaves.iter().zip(each) {
                    measures[leaf] += own * measure;
                }
            }
            Part::Bounded { smallest, .. } => {
                let product = |set: &[usize]| set.iter().map(|&leaf| values(leaf)).product();
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
    measures.truncate(formula.events.len());
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

fn of_sets<'s>(sets: &'s [Vec<usize>], values: &'s [f64]) -> impl Iterator<Item = f64> + 's {
    let set = |set: &Vec<usize>| set.iter().map(|&leaf| values[leaf]).product();
    sets.iter().map(set)
}

/// A piece without a diagram fails at least as often as this.
fn lower(tree: &FaultTree, sets: &[Vec<usize>], values: &[f64]) -> f64 {
    of_sets(sets, values).fold(tree_bound(tree, values, Side::Lower), f64::max)
}

/// It fails at most as often as this.
fn upper(tree: &FaultTree, values: &[f64]) -> f64 {
    tree_bound(tree, values, Side::Upper)
}

/// What a sample says about a piece without a diagram, and the estimate: the sample's, or where no state of it
/// fails, that of the cut sets; never outside the bounds.
fn sampled(tree: &FaultTree, sets: &[Vec<usize>], values: &[f64]) -> (Sample, f64) {
    let (low, high) = (lower(tree, sets, values), upper(tree, values));
    let mut leaf_of = vec![0; tree.len()];
    let mut q = Vec::new();
    for (index, gate) in tree.gates().enumerate() {
        if let Gate::Event(leaf) = gate {
            leaf_of[index] = q.len();
            q.push(values[leaf]);
        }
    }
    let mut sample = sample(&q, tree.len(), |failed| {
        tree.fails_in(|gate, _| failed[leaf_of[gate]])
    });
    sample.low = sample.low.max(low).min(high);
    sample.high = sample.high.min(high).max(low);
    let estimate = sample.share.unwrap_or_else(|| {
        let products: Vec<f64> = of_sets(sets, values).collect();
        at_least(1, products.len(), products.into_iter())
    });
    (
        sample,
        estimate.clamp(sample.low, sample.high.max(sample.low)),
    )
}

#[derive(Clone, Copy)]
enum Side {
    Lower,
    Upper,
}

fn tree_bound(tree: &FaultTree, values: &[f64], side: Side) -> f64 {
    let mut bounds: Vec<f64> = Vec::with_capacity(tree.len());
    for gate in tree.gates() {
        let bound = match gate {
            Gate::Event(leaf) => values[leaf],
            Gate::AtLeast { count, inputs } => {
                let mut inputs: Vec<f64> = inputs.iter().map(|&input| bounds[input]).collect();
                inputs.order_by(|a, b| b.total_cmp(a));
                match (side, count) {
                    (_, 0) => 1.0,
                    (_, count) if count > inputs.len() => 0.0,
                    (Side::Lower, count) => inputs[..count].iter().product(),
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
