//! The way of a connection: its corners, its path data, how far it is from a point.

#![expect(
    clippy::float_cmp,
    reason = "corners copy coordinates, so what is in line is exactly equal"
)]

use std::fmt::Write;

use super::super::{Point, Rect};

/// Radius of a corner.
const RADIUS: f64 = 10.0;

/// The way of one connection.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Route {
    /// The caller's port, every corner, the callee's port.
    pub points: Vec<Point>,
}

impl Route {
    pub(super) fn through(points: Vec<Point>) -> Self {
        let mut kept: Vec<Point> = Vec::with_capacity(points.len());
        for point in points {
            if let [.., before, last] = kept[..]
                && (before.x == last.x && last.x == point.x
                    || before.y == last.y && last.y == point.y)
            {
                kept.pop();
            }
            if kept.last() != Some(&point) {
                kept.push(point);
            }
        }
        Self { points: kept }
    }

    /// As SVG path data with rounded corners.
    pub fn path(&self) -> String {
        let mut path = String::new();
        let Some((first, rest)) = self.points.split_first() else {
            return path;
        };
        push(&mut path, 'M', *first);
        for (index, &corner) in rest.iter().enumerate() {
            let Some(&next) = rest.get(index + 1) else {
                push(&mut path, 'L', corner);
                break;
            };
            let before = self.points[index];
            let radius = RADIUS
                .min(distance(before, corner) / 2.0)
                .min(distance(corner, next) / 2.0);
            push(&mut path, 'L', towards(corner, before, radius));
            push(&mut path, 'Q', corner);
            push(&mut path, ' ', towards(corner, next, radius));
        }
        path
    }

    /// The middle of the longest straight part: where a label reads best.
    pub fn middle(&self) -> Point {
        let longest = self.points.windows(2).max_by(|a, b| {
            let (a, b) = (distance(a[0], a[1]), distance(b[0], b[1]));
            a.total_cmp(&b)
        });
        match longest {
            Some(part) => Rect::between(part[0], part[1]).centre(),
            None => self.points.first().copied().unwrap_or_default(),
        }
    }

    /// How far a point is from it.
    pub fn distance(&self, point: Point) -> f64 {
        let parts = self.points.windows(2);
        parts
            .map(|part| {
                let straight = Rect::between(part[0], part[1]);
                let dx = point.x - point.x.clamp(straight.x, straight.right());
                let dy = point.y - point.y.clamp(straight.y, straight.bottom());
                dx.hypot(dy)
            })
            .fold(f64::INFINITY, f64::min)
    }

    /// Whether any part of it meets an area.
    pub fn crosses(&self, area: Rect) -> bool {
        let mut parts = self.points.windows(2);
        parts.any(|part| Rect::between(part[0], part[1]).meets(area))
    }

    /// The smallest rectangle around it.
    pub fn bounds(&self) -> Rect {
        self.points
            .iter()
            .map(|&point| Rect::between(point, point))
            .reduce(Rect::union)
            .unwrap_or_default()
    }
}

fn push(path: &mut String, command: char, point: Point) {
    let round = |number: f64| (number * 10.0).round() / 10.0;
    // Writing to a string cannot fail.
    let _ = write!(path, "{command}{} {}", round(point.x), round(point.y));
}

fn distance(a: Point, b: Point) -> f64 {
    (a.x - b.x).abs() + (a.y - b.y).abs()
}

fn towards(from: Point, to: Point, length: f64) -> Point {
    let whole = distance(from, to).max(f64::MIN_POSITIVE);
    from.moved(
        (to.x - from.x) / whole * length,
        (to.y - from.y) / whole * length,
    )
}

/// Whether the part is upright, where it runs, and from where to where.
pub(super) fn part_of(a: Point, b: Point) -> (bool, f64, f64, f64) {
    if a.x == b.x {
        (true, a.x, a.y.min(b.y), a.y.max(b.y))
    } else {
        (false, a.y, a.x.min(b.x), a.x.max(b.x))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn corners_are_round_and_numbers_short() {
        let route = Route::through(vec![
            Point { x: 0.0, y: 0.0 },
            Point { x: 30.123, y: 0.0 },
            Point { x: 30.123, y: 40.0 },
        ]);
        assert_eq!(route.path(), "M0 0L20.1 0Q30.1 0 30.1 10L30.1 40");
    }
}
