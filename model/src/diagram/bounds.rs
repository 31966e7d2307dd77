//! Points, rectangles, and what a plan's cards cover.

use crate::plan::{Component, Plan};

/// Width of a card.
pub const CARD_WIDTH: f64 = 168.0;
/// Height of a card.
pub const CARD_HEIGHT: f64 = 72.0;

/// A point on the canvas.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    /// To the right.
    pub x: f64,
    /// Downwards.
    pub y: f64,
}

/// An upright rectangle on the canvas; width and height are never negative.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// The left side.
    pub x: f64,
    /// The top.
    pub y: f64,
    /// To the right side.
    pub width: f64,
    /// To the bottom.
    pub height: f64,
}

/// The smallest rectangle around all cards that have a position; none without any.
pub fn bounds(plan: &Plan) -> Option<Rect> {
    plan.components
        .iter()
        .filter_map(|component| corner(component))
        .map(Rect::card)
        .reduce(Rect::union)
}

/// The smallest rectangle around everything that is drawn: cards and containers; none of an empty drawing.
pub fn extent(plan: &Plan) -> Option<Rect> {
    let cards: Vec<Rect> = super::layout(plan).into_iter().map(Rect::card).collect();
    let boxes = super::places(plan, &cards);
    let areas = boxes.into_iter().map(|place| place.area);
    cards.into_iter().chain(areas).reduce(Rect::union)
}

/// The corner that the plan gives a card, if both its numbers can be drawn.
pub fn corner(component: &Component) -> Option<Point> {
    let [x, y] = component.position?;
    (x.abs() <= 1e7 && y.abs() <= 1e7).then_some(Point { x, y })
}

impl Point {
    /// The point that is `dx` and `dy` further.
    pub fn moved(self, dx: f64, dy: f64) -> Self {
        Self {
            x: self.x + dx,
            y: self.y + dy,
        }
    }
}

impl Rect {
    /// The card with this top left corner.
    pub fn card(corner: Point) -> Self {
        Self {
            x: corner.x,
            y: corner.y,
            width: CARD_WIDTH,
            height: CARD_HEIGHT,
        }
    }

    /// The rectangle between two opposite corners.
    pub fn between(a: Point, b: Point) -> Self {
        Self {
            x: a.x.min(b.x),
            y: a.y.min(b.y),
            width: (a.x - b.x).abs(),
            height: (a.y - b.y).abs(),
        }
    }

    /// The right side.
    pub fn right(self) -> f64 {
        self.x + self.width
    }

    /// The bottom.
    pub fn bottom(self) -> f64 {
        self.y + self.height
    }

    /// The point in the middle.
    pub fn centre(self) -> Point {
        Point {
            x: self.x + self.width / 2.0,
            y: self.y + self.height / 2.0,
        }
    }

    /// The smallest rectangle around both.
    pub fn union(self, other: Self) -> Self {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        Self {
            x,
            y,
            width: self.right().max(other.right()) - x,
            height: self.bottom().max(other.bottom()) - y,
        }
    }

    /// The rectangle that is wider by `margin` on every side.
    pub fn grown(self, margin: f64) -> Self {
        Self {
            x: self.x - margin,
            y: self.y - margin,
            width: (self.width + 2.0 * margin).max(0.0),
            height: (self.height + 2.0 * margin).max(0.0),
        }
    }

    /// Whether the point is in it or on its edge.
    pub fn contains(self, point: Point) -> bool {
        (self.x..=self.right()).contains(&point.x) && (self.y..=self.bottom()).contains(&point.y)
    }

    /// Whether the two share a point.
    pub fn meets(self, other: Self) -> bool {
        self.x <= other.right()
            && other.x <= self.right()
            && self.y <= other.bottom()
            && other.y <= self.bottom()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::sketch::sketch;

    #[test]
    fn a_plan_is_as_wide_as_its_outermost_cards() {
        let mut plan = sketch("users -> app").unwrap();
        assert_eq!(bounds(&plan), None);
        for (component, x) in plan.components.iter_mut().zip([-10.0, 300.0]) {
            std::rc::Rc::make_mut(component).position = Some([x, 5.0]);
        }
        let all = bounds(&plan).unwrap();
        assert_eq!((all.x, all.right()), (-10.0, 300.0 + CARD_WIDTH));
        assert_eq!((all.y, all.height), (5.0, CARD_HEIGHT));
    }
}
