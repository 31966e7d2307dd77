//! Nonnegative linear equations of calls in a circle, `x = b + A x`, and whether they have a solution.

use crate::order::Order as _;

use std::collections::VecDeque;

/// One entry of the matrix: `weight` times `x[column]` is part of `x[row]`; never negative.
#[derive(Clone, Copy, Debug)]
pub(in crate::analysis) struct Term {
    pub(in crate::analysis) row: usize,
    pub(in crate::analysis) column: usize,
    pub(in crate::analysis) weight: f64,
}

/// Up to this many unknowns are eliminated, more are iterated.
const ELIMINATED: usize = 150;

/// Pivots and growth this near to the limit count as at the limit.
const MARGIN: f64 = 1e-12;

/// Iterations after which a set that still grows is taken to grow for ever.
const MOST_SWEEPS: usize = 2_000;

/// The least nonnegative solution of `x = b + A x`, or `None` if there is none: what goes round comes back
/// at least as large (spectral radius of `A` on what `b` reaches is 1 or more).
///
/// `I - A` is an M-matrix exactly when the radius is below 1, and then elimination needs no pivoting and meets
/// only positive pivots (Berman & Plemmons, *Nonnegative Matrices*, ch. 6). Above [`ELIMINATED`] unknowns:
/// Gauss-Seidel sweeps, where the growth of one sweep over the one before bounds what is still missing from
/// both sides (Collatz-Wielandt).
pub(in crate::analysis) fn solve(terms: &[Term], b: &[f64]) -> Option<Vec<f64>> {
    let reached = reached(terms, b);
    let mut position = vec![usize::MAX; b.len()];
    for (local, &unknown) in reached.iter().enumerate() {
        position[unknown] = local;
    }
    let terms: Vec<Term> = terms
        .iter()
        .filter(|term| term.weight > 0.0 && position[term.column] != usize::MAX)
        .map(|term| Term {
            row: position[term.row],
            column: position[term.column],
            weight: term.weight,
        })
        .collect();
    let start: Vec<f64> = reached.iter().map(|&unknown| b[unknown]).collect();
    let solution = if reached.len() <= ELIMINATED {
        eliminate(&terms, start)?
    } else {
        iterate(&terms, &start)?
    };
    let mut x = vec![0.0; b.len()];
    for (&unknown, value) in reached.iter().zip(solution) {
        x[unknown] = value;
    }
    x.iter().all(|value| value.is_finite()).then_some(x)
}

/// Distance of every unknown from those with a positive `b`, `None` where nothing arrives.
pub(super) fn levels(terms: &[Term], b: &[f64]) -> Vec<Option<usize>> {
    let mut rows_of: Vec<Vec<usize>> = vec![Vec::new(); b.len()];
    for term in terms.iter().filter(|term| term.weight > 0.0) {
        rows_of[term.column].push(term.row);
    }
    let mut levels: Vec<Option<usize>> = b.iter().map(|&b| (b > 0.0).then_some(0)).collect();
    let mut queue: VecDeque<(usize, usize)> = (0..b.len())
        .filter(|&unknown| levels[unknown].is_some())
        .map(|unknown| (unknown, 0))
        .collect();
    while let Some((column, level)) = queue.pop_front() {
        for &row in &rows_of[column] {
            if levels[row].is_none() {
                levels[row] = Some(level + 1);
                queue.push_back((row, level + 1));
            }
        }
    }
    levels
}

/// The unknowns that are not zero, each after those it depends on, except where that leads back in a circle:
/// reverse postorder of a depth-first search.
fn reached(terms: &[Term], b: &[f64]) -> Vec<usize> {
    let mut rows_of: Vec<Vec<usize>> = vec![Vec::new(); b.len()];
    for term in terms.iter().filter(|term| term.weight > 0.0) {
        rows_of[term.column].push(term.row);
    }
    let mut seen = vec![false; b.len()];
    let mut finished = Vec::new();
    for root in (0..b.len()).filter(|&unknown| b[unknown] > 0.0) {
        let mut path = Vec::new();
        if !seen[root] {
            seen[root] = true;
            path.push((root, 0));
        }
        while let Some((column, next)) = path.last_mut() {
            if let Some(&row) = rows_of[*column].get(*next) {
                *next += 1;
                if !seen[row] {
                    seen[row] = true;
                    path.push((row, 0));
                }
            } else {
                finished.push(*column);
                path.pop();
            }
        }
    }
    finished.reverse();
    finished
}

fn eliminate(terms: &[Term], mut x: Vec<f64>) -> Option<Vec<f64>> {
    let n = x.len();
    let mut matrix = vec![0.0; n * n];
    for i in 0..n {
        matrix[i * n + i] = 1.0;
    }
    for term in terms {
        matrix[term.row * n + term.column] -= term.weight;
    }
    for k in 0..n {
        let pivot = matrix[k * n + k];
        if pivot.is_nan() || pivot <= MARGIN {
            return None;
        }
        for i in k + 1..n {
            let factor = matrix[i * n + k] / pivot;
            if factor != 0.0 {
                for j in k + 1..n {
                    matrix[i * n + j] -= factor * matrix[k * n + j];
                }
                x[i] -= factor * x[k];
            }
        }
    }
    for k in (0..n).rev() {
        let known: f64 = (k + 1..n).map(|j| matrix[k * n + j] * x[j]).sum();
        x[k] = (x[k] - known) / matrix[k * n + k];
    }
    Some(x)
}

fn iterate(terms: &[Term], b: &[f64]) -> Option<Vec<f64>> {
    let mut terms = terms.to_vec();
    terms.order_by_key(|term| (term.row, term.column));
    let mut x = vec![0.0; b.len()];
    let mut step = vec![f64::INFINITY; b.len()];
    for sweep in 1..=MOST_SWEEPS {
        let (mut slowest, mut fastest) = (f64::INFINITY, 0.0_f64);
        let mut next = 0;
        for row in 0..b.len() {
            let mut value = b[row];
            while next < terms.len() && terms[next].row == row {
                value += terms[next].weight * x[terms[next].column];
                next += 1;
            }
            let growth = (value - x[row]).max(0.0);
            if step[row] > 0.0 {
                slowest = slowest.min(growth / step[row]);
                fastest = fastest.max(growth / step[row]);
            } else if growth > 0.0 {
                fastest = f64::INFINITY;
            }
            step[row] = growth;
            x[row] = value;
        }
        if !x.iter().all(|value| value.is_finite()) {
            return None;
        }
        if (0..x.len()).all(|i| step[i] <= 1e-15 * x[i]) {
            return Some(x);
        }
        let is_first = slowest == 0.0 && fastest == 0.0;
        if is_first {
            continue;
        }
        if slowest >= 1.0 - MARGIN {
            return None;
        }
        if fastest < 1.0 {
            let missing = |ratio: f64| ratio / (1.0 - ratio);
            let (least, most) = (missing(slowest.min(fastest)), missing(fastest));
            let settled = (0..x.len()).all(|i| step[i] * (most - least) <= 1e-10 * x[i]);
            if settled || sweep == MOST_SWEEPS {
                for (x, step) in x.iter_mut().zip(&step) {
                    *x += step * f64::midpoint(least, most);
                }
                return Some(x);
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A ring of `n` in which every unknown gets `weight` times the one before it, and `b` enters at 0.
    fn ring(n: usize, weight: f64) -> (Vec<Term>, Vec<f64>) {
        let terms = (0..n)
            .map(|column| Term {
                row: (column + 1) % n,
                column,
                weight,
            })
            .collect();
        let mut b = vec![0.0; n];
        b[0] = 1.0;
        (terms, b)
    }

    #[test]
    fn both_ways_give_the_closed_form_of_a_ring() {
        for n in [2, 149, 151, 1_000] {
            for round in [0.2_f64, 0.999] {
                let weight = round.powf(1.0 / n as f64);
                let (terms, b) = ring(n, weight);
                let x = solve(&terms, &b).unwrap();
                for (i, x) in x.iter().enumerate() {
                    let expected = weight.powf(i as f64) / (1.0 - round);
                    assert!((x / expected - 1.0).abs() < 1e-9, "n {n}, round {round}");
                }
            }
        }
    }

    #[test]
    fn a_long_ring_that_is_entered_everywhere_settles_whatever_its_direction() {
        let n = 5_000;
        let (mut terms, _) = ring(n, 1.0);
        for _ in 0..2 {
            terms[n / 2].weight = 0.5;
            let x = solve(&terms, &vec![1.0; n]).unwrap();
            // Going once round adds 1 at every step and halves the sum.
            let largest = x.iter().fold(0.0_f64, |most, &x| most.max(x));
            assert!((largest / (2.0 * n as f64) - 1.0).abs() < 1e-3);
            for term in &mut terms {
                std::mem::swap(&mut term.row, &mut term.column);
            }
        }
    }

    #[test]
    fn both_ways_refuse_a_ring_that_multiplies_itself() {
        for n in [2, 149, 151, 1_000] {
            for weight in [1.0, 1.5, 1e9] {
                let (terms, b) = ring(n, weight);
                assert_eq!(solve(&terms, &b), None, "n {n}, weight {weight}");
            }
        }
    }

    #[test]
    fn a_ring_that_nothing_enters_is_at_rest() {
        let (mut terms, mut b) = ring(3, 2.0);
        for term in &mut terms {
            term.row += 1;
            term.column += 1;
        }
        b.insert(0, 5.0);
        b[1] = 0.0;
        assert_eq!(solve(&terms, &b), Some(vec![5.0, 0.0, 0.0, 0.0]));
    }

    #[test]
    fn iteration_agrees_with_elimination_on_a_dense_set() {
        let n = 140;
        let terms: Vec<Term> = (0..n)
            .flat_map(|row| (0..n).map(move |column| (row, column)))
            .filter(|(row, column)| row != column)
            .map(|(row, column)| Term {
                row,
                column,
                weight: 0.97 / n as f64 * (1.0 + ((row * 7 + column * 3) % 5) as f64 / 100.0),
            })
            .collect();
        let b: Vec<f64> = (0..n).map(|i| (1 + i % 4) as f64).collect();
        let direct = eliminate(&terms, b.clone()).unwrap();
        let swept = iterate(&terms, &b).unwrap();
        for (direct, swept) in direct.iter().zip(&swept) {
            assert!((direct / swept - 1.0).abs() < 1e-10);
        }
    }
}
