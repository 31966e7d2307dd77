//! The sides of a card, which of them two cards turn to each other, and the canvas turned so that one of them is on the right.

use super::super::{Point, Rect};

/// Cards closer than this do not leave room for a lane between them, if they leave it elsewhere.
pub(super) const ROOM: f64 = 28.0;
/// Cards closer than this leave no room for an arrow between them.
const NARROW: f64 = 12.0;
/// Free space at the ends of a side.
const SIDE_MARGIN: f64 = 12.0;

/// A side of a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Side {
    Right,
    Left,
    Bottom,
    Top,
}

impl Side {
    pub(super) fn middle(self, card: Rect) -> Point {
        let centre = card.centre();
        match self {
            Self::Right => Point {
                x: card.right(),
                ..centre
            },
            Self::Left => Point {
                x: card.x,
                ..centre
            },
            Self::Bottom => Point {
                y: card.bottom(),
                ..centre
            },
            Self::Top => Point {
                y: card.y,
                ..centre
            },
        }
    }

    pub(super) fn is_upright(self) -> bool {
        matches!(self, Self::Right | Self::Left)
    }

    /// The coordinate that moves along the side.
    pub(super) fn along(self, point: Point) -> f64 {
        if self.is_upright() { point.y } else { point.x }
    }

    pub(super) fn at(self, card: Rect, along: f64) -> Point {
        let middle = self.middle(card);
        if self.is_upright() {
            Point { y: along, ..middle }
        } else {
            Point { x: along, ..middle }
        }
    }

    /// Where on the side a port may be.
    pub(super) fn span(self, card: Rect) -> (f64, f64) {
        let (start, length) = if self.is_upright() {
            (card.y, card.height)
        } else {
            (card.x, card.width)
        };
        (start + SIDE_MARGIN, start + length - SIDE_MARGIN)
    }
}

/// The side that a connection leaves by, and the one it arrives at.
pub(super) fn facing(from: Rect, to: Rect) -> (Side, Side) {
    let gaps = [
        (to.x - from.right(), (Side::Right, Side::Left)),
        (to.y - from.bottom(), (Side::Bottom, Side::Top)),
        (from.y - to.bottom(), (Side::Top, Side::Bottom)),
        (from.x - to.right(), (Side::Left, Side::Right)),
    ];
    let least = |room: f64| gaps.iter().find(|(gap, _)| *gap >= room);
    match least(ROOM).or_else(|| least(NARROW)) {
        Some((_, sides)) => *sides,
        None => (Side::Right, Side::Right),
    }
}

/// Turns the canvas so that leaving a side means going right.
#[derive(Clone, Copy)]
pub(super) struct Frame(pub(super) Side);

impl Frame {
    pub(super) fn turned(self, point: Point) -> Point {
        match self.0 {
            Side::Right => point,
            Side::Left => Point {
                x: -point.x,
                y: point.y,
            },
            Side::Bottom => Point {
                x: point.y,
                y: point.x,
            },
            Side::Top => Point {
                x: -point.y,
                y: point.x,
            },
        }
    }

    pub(super) fn back(self, point: Point) -> Point {
        match self.0 {
            Side::Right => point,
            Side::Left => Point {
                x: -point.x,
                y: point.y,
            },
            Side::Bottom => Point {
                x: point.y,
                y: point.x,
            },
            Side::Top => Point {
                x: point.y,
                y: -point.x,
            },
        }
    }

    pub(super) fn turned_rect(self, rect: Rect) -> Rect {
        let far = Point {
            x: rect.right(),
            y: rect.bottom(),
        };
        Rect::between(
            self.turned(Point {
                x: rect.x,
                y: rect.y,
            }),
            self.turned(far),
        )
    }
}
