//! A way along the axes round whatever stands between two ports: the shortest with the fewest corners.
//!
//! Dijkstra's algorithm on the lines that run beside the cards (a sparse visibility graph, as in Wybrow, Marriott and
//! Stuckey, "Orthogonal connector routing", 2009). Cost: O(n² log n) for n cards nearby, and never more than a
//! [`Budget`] for all ways of a drawing together.

#![expect(
    clippy::float_cmp,
    reason = "lines are drawn through the ports, so what is in line is exactly equal"
)]

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::super::{Point, Rect};
use super::router::{CLEARANCE, MARGIN};
use super::side::Side;
use crate::order::Order as _;

/// A corner costs as much as a way that is so much longer.
const CORNER: f64 = 60.0;
/// Cards that leave little room between them are passed this near.
const NARROW: f64 = 8.0;
/// Round more cards than this no way is looked for.
const MOST_CARDS: usize = 70;

/// How many steps searches may still take.
#[derive(Debug)]
pub(super) struct Budget(u32);

impl Default for Budget {
    fn default() -> Self {
        Self(1_000_000)
    }
}

/// The corners of a way from one point to another, the first part in the direction of a side and the last one too.
pub(super) fn way_round(
    obstacles: &[Rect],
    side: Side,
    (start, goal): (Point, Point),
    budget: &mut Budget,
) -> Option<Vec<Point>> {
    if obstacles.len() > MOST_CARDS {
        return None;
    }
    let lines = Lines::of(obstacles, start, goal);
    let width = lines.xs.len();
    let node = |x: f64, y: f64| Some(index(&lines.ys, y)? * width + index(&lines.xs, x)?);
    let (first, last) = (node(start.x, start.y)?, node(goal.x, goal.y)?);
    let upright = usize::from(!side.is_upright());

    // Every crossing of lines is met in two ways: from the left or right, and from above or below.
    let states = 2 * width * lines.ys.len();
    // To make room for them costs as much as so many steps.
    budget.0 = budget.0.checked_sub((states / 8) as u32)?;
    let mut least = vec![u32::MAX; states];
    let mut before = vec![usize::MAX; states];
    let mut waiting = BinaryHeap::new();
    least[2 * first + upright] = 0;
    waiting.push(Reverse((0, 2 * first + upright)));
    while let Some(Reverse((cost, state))) = waiting.pop() {
        if state == 2 * last + upright {
            return Some(lines.corners(state, &before));
        }
        if cost > least[state] {
            continue;
        }
        budget.0 = budget.0.checked_sub(1)?;
        let (node, is_upright) = (state / 2, state % 2 == 1);
        let is_first = state == 2 * first + upright;
        for (next, turns) in lines.around(node) {
            if is_first && (turns != is_upright || !leads_out(lines.at(node), lines.at(next), side))
            {
                continue;
            }
            let corner = if turns == is_upright { 0.0 } else { CORNER };
            let cost = cost + (lines.distance(node, next) + corner) as u32;
            let next = 2 * next + usize::from(turns);
            if cost < least[next] {
                least[next] = cost;
                before[next] = state;
                waiting.push(Reverse((cost, next)));
            }
        }
    }
    None
}

/// Whether a step leads away from the side.
fn leads_out(from: Point, to: Point, side: Side) -> bool {
    match side {
        Side::Right => to.x > from.x,
        Side::Left => to.x < from.x,
        Side::Bottom => to.y > from.y,
        Side::Top => to.y < from.y,
    }
}

/// The lines beside the cards, and which parts of them are free.
struct Lines {
    xs: Vec<f64>,
    ys: Vec<f64>,
    /// For every crossing, whether one can go on to the right.
    right: Vec<bool>,
    /// For every crossing, whether one can go on downwards.
    down: Vec<bool>,
}

impl Lines {
    fn of(obstacles: &[Rect], start: Point, goal: Point) -> Self {
        let (mut xs, mut ys) = (vec![start.x, goal.x], vec![start.y, goal.y]);
        for card in obstacles {
            for gap in [NARROW, CLEARANCE] {
                xs.extend([card.x - gap, card.right() + gap]);
                ys.extend([card.y - gap, card.bottom() + gap]);
            }
        }
        for line in [&mut xs, &mut ys] {
            line.order_by(f64::total_cmp);
            line.dedup();
        }
        let mut lines = Self {
            right: vec![true; xs.len() * ys.len()],
            down: vec![true; xs.len() * ys.len()],
            xs,
            ys,
        };
        for card in obstacles {
            lines.block(*card, start, goal);
        }
        lines
    }

    /// Closes what runs through a card or along its edge, but for the last steps straight to a port on it.
    fn block(&mut self, card: Rect, start: Point, goal: Point) {
        let area = card.grown(MARGIN);
        let port = [start, goal].into_iter().find(|&port| area.contains(port));
        let (xs, ys, width) = (&self.xs, &self.ys, self.xs.len());
        let columns = within(xs, area.x, area.right());
        let rows = within(ys, area.y, area.bottom());
        let is_outside = |from: f64, to: Option<&f64>, low: f64, high: f64| {
            from >= high || to.is_some_and(|&to| to <= low)
        };
        for row in rows.start.saturating_sub(1)..rows.end {
            for column in columns.start.saturating_sub(1)..columns.end {
                let crossing = row * width + column;
                let (x, y) = (xs[column], ys[row]);
                let leads_across = port.is_some_and(|port| port.y == y)
                    && is_outside(x, xs.get(column + 1), card.x, card.right());
                let leads_down = port.is_some_and(|port| port.x == x)
                    && is_outside(y, ys.get(row + 1), card.y, card.bottom());
                if rows.contains(&row) && !leads_across {
                    self.right[crossing] = false;
                }
                if columns.contains(&column) && !leads_down {
                    self.down[crossing] = false;
                }
            }
        }
    }

    fn at(&self, node: usize) -> Point {
        let width = self.xs.len();
        Point {
            x: self.xs[node % width],
            y: self.ys[node / width],
        }
    }

    fn distance(&self, a: usize, b: usize) -> f64 {
        let (a, b) = (self.at(a), self.at(b));
        (a.x - b.x).abs() + (a.y - b.y).abs()
    }

    /// The crossings next to one that one can get to, and whether by going up or down.
    fn around(&self, node: usize) -> impl Iterator<Item = (usize, bool)> {
        let width = self.xs.len();
        let (column, row) = (node % width, node / width);
        let steps = [
            (column + 1 < width && self.right[node]).then_some((node + 1, false)),
            (column > 0 && self.right[node.saturating_sub(1)]).then(|| (node - 1, false)),
            (row + 1 < self.ys.len() && self.down[node]).then_some((node + width, true)),
            (row > 0 && self.down[node.saturating_sub(width)]).then(|| (node - width, true)),
        ];
        steps.into_iter().flatten()
    }

    /// The points from the start to a state.
    fn corners(&self, state: usize, before: &[usize]) -> Vec<Point> {
        let mut points = Vec::new();
        let mut state = state;
        while state != usize::MAX {
            points.push(self.at(state / 2));
            state = before[state];
        }
        points.reverse();
        points
    }
}

/// Which of the lines lie between two coordinates.
fn within(lines: &[f64], low: f64, high: f64) -> std::ops::Range<usize> {
    lines.partition_point(|&line| line < low)..lines.partition_point(|&line| line <= high)
}

fn index(line: &[f64], at: f64) -> Option<usize> {
    line.binary_search_by(|other| other.total_cmp(&at)).ok()
}
