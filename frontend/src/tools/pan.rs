//! Moves the window over the canvas; a click on the background selects nothing.

use model::diagram::Point;

use super::{Press, Response, SLACK, Surroundings, Target, is_far};
use crate::state::{Message, Selection};

/// The window is being moved.
// Pressed → Moving → Idle
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Pan {
    pointer: i32,
    start: Point,
    last: Point,
    clears: bool,
    /// Whether the pointer has moved.
    pub moving: bool,
}

impl Pan {
    pub(super) fn new(press: &Press) -> Self {
        Self {
            pointer: press.pointer,
            start: press.at,
            last: press.at,
            clears: !press.pans && press.target == Target::Background,
            moving: false,
        }
    }

    pub(super) fn moved(&mut self, around: &Surroundings, at: Point) -> Response {
        self.moving |= is_far(self.start, at, SLACK);
        if !self.moving {
            return Response::default();
        }
        let (dx, dy) = (at.x - self.last.x, at.y - self.last.y);
        self.last = at;
        Response::look(around.viewport.panned(dx, dy))
    }

    pub(super) fn released(self) -> Response {
        if self.moving || !self.clears {
            Response::default()
        } else {
            Response::say(Message::Select(Selection::default()))
        }
    }

    pub(super) fn finger(&self) -> (i32, Point) {
        (self.pointer, self.last)
    }
}
