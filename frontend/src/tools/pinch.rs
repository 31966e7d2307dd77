//! Zooms and moves the window with two fingers.

use model::diagram::Point;

use super::{Response, Surroundings};

/// Two fingers are down.
// Pinching → Idle
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Pinch {
    fingers: [(i32, Point); 2],
}

impl Pinch {
    pub(super) fn new(first: (i32, Point), second: (i32, Point)) -> Self {
        Self {
            fingers: [first, second],
        }
    }

    pub(super) fn moved(&mut self, around: &Surroundings, pointer: i32, at: Point) -> Response {
        let before = self.spread();
        for finger in &mut self.fingers {
            if finger.0 == pointer {
                finger.1 = at;
            }
        }
        let after = self.spread();
        let (middle, moved) = (after.0, (after.0.x - before.0.x, after.0.y - before.0.y));
        let factor = if before.1 > 0.0 {
            after.1 / before.1
        } else {
            1.0
        };
        Response::look(
            around
                .viewport
                .panned(moved.0, moved.1)
                .zoomed(factor, middle),
        )
    }

    /// The point between the fingers, and their distance.
    fn spread(&self) -> (Point, f64) {
        let [(_, a), (_, b)] = self.fingers;
        let middle = Point {
            x: f64::midpoint(a.x, b.x),
            y: f64::midpoint(a.y, b.y),
        };
        (middle, (a.x - b.x).hypot(a.y - b.y))
    }
}
