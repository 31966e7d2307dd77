//! Where the labels of connections stand: on the way or right beside it, where they cover no card, no other label and no
//! other line.

use super::super::{Grid, Point, Rect};
use super::route::Route;

/// A label to be placed.
#[derive(Clone, Copy, Debug)]
pub struct Label {
    /// The connection, by its index.
    pub connection: usize,
    /// How wide its label is, in canvas units.
    pub width: f64,
}

/// How high a label is, in canvas units.
const LABEL_HEIGHT: f64 = 22.0;
/// Free space round a label.
const GAP: f64 = 3.0;
/// Places along a way are tried in steps of this.
const STEP: f64 = 24.0;
/// On one straight part of a way, so many places are tried at most.
const MOST_STEPS: f64 = 16.0;
/// A place beside the way is as good as one so much further from its middle.
const BESIDE: f64 = 80.0;
/// Covering another line is as bad as being so far from the middle of the way.
const LINE: f64 = 10_000.0;

/// The middle of every label, in their order; none where there is no place that is clear of cards and other labels.
///
/// `routes` gives the way of a connection, `ways` holds the bounds of all ways and `cards` all cards. The first of
/// several labels chooses first. Cost: O(labels × (places along a way) × (lines nearby)).
pub fn label_spots<'a>(
    labels: &[Label],
    routes: &dyn Fn(usize) -> Option<&'a Route>,
    ways: &Grid,
    cards: &Grid,
) -> Vec<Option<Point>> {
    let mut placed: Vec<Rect> = Vec::new();
    let spot = |label: &Label, placed: &[Rect]| {
        let route = routes(label.connection)?;
        let area = |at: Point| label_area(at, label.width);
        let is_clear = |at: &Point| {
            let area = area(*at).grown(GAP);
            cards.meeting(area).is_empty() && !placed.iter().any(|other| other.meets(area))
        };
        let lines_under = |at: Point| {
            let area = area(at);
            let others = ways.meeting(area).into_iter();
            let others = others.filter(|&other| other != label.connection);
            others
                .filter(|&other| routes(other).is_some_and(|way| way.crosses(area)))
                .count()
        };
        let middle = route.middle();
        let mut best: Option<(f64, Point)> = None;
        for at in places(route, label.width).filter(is_clear) {
            let far = (at.x - middle.x).abs() + (at.y - middle.y).abs();
            let off = if route.crosses(area(at)) { 0.0 } else { BESIDE };
            let cost = LINE * lines_under(at) as f64 + far + off;
            if best.is_none_or(|(least, _)| cost < least) {
                best = Some((cost, at));
            }
        }
        best.map(|(_, at)| at)
    };
    let mut spots = Vec::with_capacity(labels.len());
    for label in labels {
        let found = spot(label, &placed);
        placed.extend(found.map(|at| label_area(at, label.width)));
        spots.push(found);
    }
    spots
}

/// What a label covers.
fn label_area(at: Point, width: f64) -> Rect {
    Rect {
        x: at.x - width / 2.0,
        y: at.y - LABEL_HEIGHT / 2.0,
        width,
        height: LABEL_HEIGHT,
    }
}

/// Places on a way, the middle of its longest part among them, and right beside it.
fn places(route: &Route, width: f64) -> impl Iterator<Item = Point> + '_ {
    let along = route.points.windows(2).flat_map(move |part| {
        let (dx, dy) = (part[1].x - part[0].x, part[1].y - part[0].y);
        let steps = ((dx.abs() + dy.abs()) / STEP).clamp(1.0, MOST_STEPS) as u32;
        let beside = if dx.abs() > dy.abs() {
            (0.0, LABEL_HEIGHT / 2.0 + 2.0 * GAP)
        } else {
            (width / 2.0 + 2.0 * GAP, 0.0)
        };
        (0..steps).flat_map(move |step| {
            let share = (f64::from(step) + 0.5) / f64::from(steps);
            let at = part[0].moved(dx * share, dy * share);
            [0.0, -1.0, 1.0].map(|side| at.moved(side * beside.0, side * beside.1))
        })
    });
    std::iter::once(route.middle()).chain(along)
}
