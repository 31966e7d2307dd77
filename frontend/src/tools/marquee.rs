//! Draws a frame; what it touches joins the selection, or stands in a new place.

use model::diagram::{Point, Rect};

use super::{Press, Response, Surroundings};
use crate::state::{Message, Selection};

/// A frame is being drawn.
// Pressed → Framing → Idle
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Marquee {
    pointer: i32,
    last: Point,
    start: Point,
    end: Point,
}

/// A smaller frame of a place is a click: the place comes where there is room.
const LEAST: f64 = 40.0;

impl Marquee {
    pub(super) fn new(around: &Surroundings, press: &Press) -> Self {
        let start = around.viewport.canvas_from_screen(press.at);
        Self {
            pointer: press.pointer,
            last: press.at,
            start,
            end: start,
        }
    }

    /// The frame, on the canvas.
    pub(crate) fn frame(&self) -> Rect {
        Rect::between(self.start, self.end)
    }

    pub(super) fn moved(&mut self, around: &Surroundings, at: Point) -> Response {
        self.last = at;
        self.end = around.viewport.canvas_from_screen(at);
        Response::default()
    }

    pub(super) fn released(self, around: &Surroundings) -> Response {
        if around.framing {
            let frame = self.frame();
            let is_large = frame.width >= LEAST && frame.height >= LEAST;
            return Response::say(Message::AddPlace(is_large.then_some(frame)));
        }
        let mut selection: Selection = around.selection.clone();
        for index in around.grid.meeting(self.frame()) {
            selection
                .components
                .insert(around.plan.components[index].id.clone());
        }
        Response::say(Message::Select(selection))
    }

    pub(super) fn finger(&self) -> (i32, Point) {
        (self.pointer, self.last)
    }
}
