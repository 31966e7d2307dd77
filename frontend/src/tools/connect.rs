//! Draws a connection from one card to another, and says at once where it cannot go.

use std::rc::Rc;

use model::commands::{self, Command, Edits};
use model::diagram::Point;
use model::plan::{Id, Plan};

use super::{Press, Response, Surroundings, is_far};
use crate::state::{Joined, Message, Notice, Rework, Spot, Tone};

/// A connection that is let go nearer to its start than this leads nowhere, in screen pixels.
const REACH: f64 = 48.0;

/// A connection is being drawn.
// Drawing → Met | Refused → Idle
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Connect {
    pointer: i32,
    start: Point,
    last: Point,
    /// The caller.
    pub from: Id,
    /// Where the pointer is, on the canvas.
    pub to: Point,
    /// The component under the pointer, and why it cannot be called, if so.
    pub over: Option<(Id, Option<String>)>,
}

/// Why one component cannot call another; none if it can.
pub(crate) fn refusal(plan: &Plan, from: &Id, to: &Id) -> Option<String> {
    let connect = commands::Connect {
        from: from.clone(),
        to: to.clone(),
    };
    refusal_of(plan, Command::from(connect))
}

/// Why an edit is refused; none if it is not.
pub(super) fn refusal_of(plan: &Plan, command: Command) -> Option<String> {
    let refused = Edits::DRAWING.apply(&command, &Rc::new(plan.clone())).err();
    refused.map(|refused| refused.to_string())
}

impl Connect {
    pub(super) fn new(around: &Surroundings, press: &Press, from: Id) -> Self {
        Self {
            pointer: press.pointer,
            start: press.at,
            last: press.at,
            from,
            to: around.viewport.canvas_from_screen(press.at),
            over: None,
        }
    }

    pub(super) fn moved(&mut self, around: &Surroundings, at: Point) -> Response {
        self.last = at;
        self.to = around.viewport.canvas_from_screen(at);
        let found = around
            .component_at(at)
            .map(|component| &component.id)
            .filter(|id| **id != self.from);
        match (found, &self.over) {
            (Some(id), Some((over, _))) if id == over => {}
            (Some(id), _) => {
                self.over = Some((id.clone(), refusal(around.plan, &self.from, id)));
            }
            (None, _) => self.over = None,
        }
        Response::default()
    }

    pub(super) fn released(self, around: &Surroundings) -> Response {
        match self.over {
            Some((to, None)) => Response::say(Message::Edit(Command::from(commands::Connect {
                from: self.from,
                to,
            }))),
            Some((_, Some(reason))) => {
                Response::say(Message::Notify(Notice::new(Tone::Refused, reason)))
            }
            // Let go over nothing, far from where it began: what is called may be new.
            None if is_far(self.start, self.last, REACH)
                && around.component_at(self.last).is_none() =>
            {
                let spot = Spot {
                    canvas: self.to,
                    screen: self.last,
                };
                let joined = Some(Joined::CalledBy(self.from));
                Response::say(Message::Rework(Rework::OpenAdd(spot, joined)))
            }
            None => Response::default(),
        }
    }

    pub(super) fn finger(&self) -> (i32, Point) {
        (self.pointer, self.last)
    }
}
