//! Takes hold of one end of a connection, and lets it go on another card.

use model::commands::{self, Command};
use model::diagram::Point;
use model::plan::Id;

use super::connect::refusal_of;
use super::{End, Press, Response, Surroundings};
use crate::state::{Message, Notice, Selection, Tone};

/// One end of a connection is held.
// Drawing → Met | Refused → Idle
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Reconnect {
    pointer: i32,
    last: Point,
    /// The connection.
    pub connection: Id,
    /// Which end.
    pub end: End,
    /// The component at the other end.
    pub fixed: Id,
    /// The component at this end, as long as it is not let go elsewhere.
    pub before: Id,
    /// Where the pointer is, on the canvas.
    pub to: Point,
    /// The component under the pointer, and why the end cannot go there, if so.
    pub over: Option<(Id, Option<String>)>,
}

impl Reconnect {
    pub(super) fn new(around: &Surroundings, press: &Press, id: &Id, end: End) -> Option<Self> {
        let connection = around.plan.connection(id)?;
        let (fixed, before) = match end {
            End::From => (&connection.to, &connection.from),
            End::To => (&connection.from, &connection.to),
        };
        Some(Self {
            pointer: press.pointer,
            last: press.at,
            connection: id.clone(),
            end,
            fixed: fixed.clone(),
            before: before.clone(),
            to: around.viewport.canvas_from_screen(press.at),
            over: None,
        })
    }

    pub(super) fn moved(&mut self, around: &Surroundings, at: Point) -> Response {
        self.last = at;
        self.to = around.viewport.canvas_from_screen(at);
        let found = around.component_at(at).map(|component| &component.id);
        match (found, &self.over) {
            (Some(id), Some((over, _))) if id == over => {}
            (Some(id), _) => {
                let refused = refusal_of(around.plan, self.command(id));
                self.over = Some((id.clone(), refused));
            }
            (None, _) => self.over = None,
        }
        Response::default()
    }

    pub(super) fn released(self) -> Response {
        match &self.over {
            Some((to, None)) if *to != self.before => {
                let selection = Selection::connection(self.connection.clone());
                Response {
                    messages: vec![Message::Edit(self.command(to)), Message::Select(selection)],
                    viewport: None,
                }
            }
            Some((_, Some(reason))) => {
                Response::say(Message::Notify(Notice::new(Tone::Refused, reason.clone())))
            }
            _ => Response::default(),
        }
    }

    pub(super) fn finger(&self) -> (i32, Point) {
        (self.pointer, self.last)
    }

    fn command(&self, at: &Id) -> Command {
        let (from, to) = match self.end {
            End::From => (at.clone(), self.fixed.clone()),
            End::To => (self.fixed.clone(), at.clone()),
        };
        Command::from(commands::Reconnect {
            connection: self.connection.clone(),
            from,
            to,
        })
    }
}
