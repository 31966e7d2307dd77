//! Puts a new component down where the pointer is let go.

use model::diagram::Point;

use super::{Press, Response, Surroundings};
use crate::state::{Joined, Message, Rework};

/// A component waits to be put down.
// Pressed → Idle
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Place {
    pointer: i32,
    last: Point,
    kind: &'static str,
}

impl Place {
    pub(super) fn new(press: &Press, kind: &'static str) -> Self {
        Self {
            pointer: press.pointer,
            last: press.at,
            kind,
        }
    }

    pub(super) fn moved(&mut self, at: Point) -> Response {
        self.last = at;
        Response::default()
    }

    pub(super) fn released(self, around: &Surroundings, at: Point) -> Response {
        let kind = self.kind;
        let at = around.viewport.canvas_from_screen(at);
        Response::say(match around.wire {
            Some(wire) => Message::Rework(Rework::Put {
                kind,
                at,
                joined: Joined::Into(wire.clone()),
            }),
            None => Message::Place { kind, at: Some(at) },
        })
    }

    pub(super) fn finger(&self) -> (i32, Point) {
        (self.pointer, self.last)
    }
}
