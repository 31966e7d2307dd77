//! Puts a new component down where the pointer is let go.

use model::diagram::{CARD_HEIGHT, CARD_WIDTH, Point, Rect};

use super::guides::{Guide, guides, in_sight, snap};
use super::{GRID, Press, Response, Surroundings};
use crate::state::{Joined, Message, Rework};

/// A component waits to be put down.
// Pressed → Idle
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Place {
    pointer: i32,
    last: Point,
    kind: &'static str,
}

/// Where a new component would come to stand.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Aim {
    /// The middle of its card, on the canvas.
    pub middle: Point,
    /// What it is in line with.
    pub guides: Vec<Guide>,
}

/// Where a component comes to stand that is held at this point of the window: it snaps as cards do that are moved.
pub(crate) fn aim(around: &Surroundings, at: Point) -> Aim {
    let middle = around.viewport.canvas_from_screen(at);
    let corner = middle.moved(-CARD_WIDTH / 2.0, -CARD_HEIGHT / 2.0);
    let step = if around.free { 1.0 } else { GRID };
    let by = |corner: f64| (corner / step).round() * step - corner;
    let (mut dx, mut dy) = (by(corner.x), by(corner.y));
    let mut shown = Vec::new();
    if !around.free && around.wire.is_none() {
        let others = in_sight(around, |_| false);
        let (across, down) = snap(Rect::card(corner), &others, around.viewport.zoom);
        (dx, dy) = (across.unwrap_or(dx), down.unwrap_or(dy));
        shown = guides(Rect::card(corner.moved(dx, dy)), &others);
    }
    Aim {
        middle: middle.moved(dx, dy),
        guides: shown,
    }
}

/// What putting a component of a type down at this point of the window does.
pub(crate) fn put(around: &Surroundings, kind: &'static str, at: Point) -> Message {
    let at = aim(around, at).middle;
    match around.wire {
        Some(wire) => Message::Rework(Rework::Put {
            kind,
            at,
            joined: Joined::Into(wire.clone()),
        }),
        None => Message::Place { kind, at: Some(at) },
    }
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
        Response::say(put(around, self.kind, at))
    }

    pub(super) fn finger(&self) -> (i32, Point) {
        (self.pointer, self.last)
    }
}
