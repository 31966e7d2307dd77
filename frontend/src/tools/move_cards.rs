//! Selects cards, and moves them with everything that is selected.

use std::collections::BTreeSet;
use std::iter;
use std::rc::Rc;

use model::commands::{Command, Edits, Insert, Together};
use model::diagram::{Point, Rect};
use model::order::Gather as _;
use model::plan::Id;

use super::connect::refusal_of;
use super::guides::{Guide, guides, in_sight, snap};
use super::landing::{self, Landing};
use super::{GRID, Press, Response, SLACK, Surroundings, is_far};
use crate::state::{Message, Notice, Rework, Selection, TakeAway, Tone};

/// A card is held.
// Pressed → Dragging → Idle
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Move {
    pointer: i32,
    id: Id,
    start: Point,
    last: Point,
    adds: bool,
    /// What moves.
    pub ids: BTreeSet<Id>,
    /// How far it has been moved on the canvas; none while the pointer rests.
    pub by: Option<(f64, f64)>,
    /// Where the card that is held would stand; none while the pointer rests.
    pub landing: Option<Landing>,
    /// Whether copies move and the originals stay.
    pub copies: bool,
    /// The connection that the card would come into.
    pub into: Option<Id>,
    /// What the cards are in line with.
    pub guides: Vec<Guide>,
    /// Whether the card that is held is the only one and has no connections yet.
    is_loose: bool,
    /// What is moved, and the cards around; none while the pointer rests.
    frame: Option<(Rect, Rc<Vec<Rect>>)>,
}

impl Move {
    pub(super) fn new(around: &Surroundings, press: &Press, id: Id) -> (Self, Response) {
        let is_selected = around.selection.components.contains(&id);
        let mut ids = iter::once(id.clone()).gather_set();
        if is_selected || press.adds {
            ids.extend(around.selection.components.iter().cloned());
        }
        let response = if is_selected || press.adds || around.taking {
            Response::default()
        } else {
            Response::say(Message::Select(Selection::component(id.clone())))
        };
        let plan = around.plan;
        let touches = |id: &Id| {
            plan.connections
                .iter()
                .any(|one| one.from == *id || one.to == *id)
        };
        let tool = Self {
            is_loose: ids.len() == 1 && !press.copies && !touches(&id),
            pointer: press.pointer,
            id,
            start: press.at,
            last: press.at,
            adds: press.adds,
            ids,
            by: None,
            landing: None,
            copies: press.copies,
            into: None,
            guides: Vec::new(),
            frame: None,
        };
        (tool, response)
    }

    pub(super) fn moved(&mut self, around: &Surroundings, at: Point) -> Response {
        self.last = at;
        if self.by.is_none() && !is_far(self.start, at, SLACK) {
            return Response::default();
        }
        let zoom = around.viewport.zoom;
        let corner = around
            .plan
            .component(&self.id)
            .and_then(|held| held.position);
        let [x, y] = corner.unwrap_or_default();
        if self.frame.is_none() {
            self.frame = self.surrounded(around);
        }
        let by = ((at.x - self.start.x) / zoom, (at.y - self.start.y) / zoom);
        // The key that makes copies is held anyhow while they move.
        let free = around.free && !self.copies;
        let step = if free { 1.0 } else { GRID };
        let on_grid = |from: f64, by: f64| ((from + by) / step).round() * step - from;
        let (mut dx, mut dy) = (on_grid(x, by.0), on_grid(y, by.1));
        self.guides.clear();
        if let Some((frame, others)) = self.frame.as_ref().filter(|_| !free) {
            let moved = |dx: f64, dy: f64| Rect {
                x: frame.x + dx,
                y: frame.y + dy,
                ..*frame
            };
            let (across, down) = snap(moved(by.0, by.1), others, zoom);
            dx = across.map_or(dx, |more| by.0 + more);
            dy = down.map_or(dy, |more| by.1 + more);
            self.guides = guides(moved(dx, dy), others);
        }
        self.by = Some((dx, dy));
        self.landing = around.plan.component(&self.id).map(|held| {
            let corner = Point { x, y }.moved(dx, dy);
            landing::landing(around, held, corner)
        });
        let wire = around.wire.filter(|_| self.is_loose);
        if wire != self.into.as_ref() {
            self.into = wire
                .filter(|wire| refusal_of(around.plan, self.insert(wire)).is_none())
                .cloned();
        }
        Response::default()
    }

    fn insert(&self, wire: &Id) -> Command {
        Command::from(Insert {
            component: self.id.clone(),
            connection: wire.clone(),
        })
    }

    /// What is moved as one area, and the cards around it.
    fn surrounded(&self, around: &Surroundings) -> Option<(Rect, Rc<Vec<Rect>>)> {
        let is_held = |id: &Id| self.ids.contains(id);
        let card = |[x, y]: [f64; 2]| Rect::card(Point { x, y });
        let frame = around
            .plan
            .components
            .iter()
            .filter(|one| is_held(&one.id))
            .filter_map(|one| one.position.map(card))
            .reduce(Rect::union)?;
        let others = in_sight(around, |id| !self.copies && is_held(id));
        Some((frame, Rc::new(others)))
    }

    pub(super) fn released(self, around: &Surroundings) -> Response {
        let Some((dx, dy)) = self.by else {
            if around.taking {
                return Response::say(Message::TakeAway(TakeAway::Card(self.id)));
            }
            let part = Selection::component(self.id);
            if self.adds {
                return Response::say(Message::Toggle(part));
            }
            return Response {
                messages: vec![Message::Select(part), Message::Inspect],
                viewport: None,
            };
        };
        if self.copies {
            let selection = Selection {
                components: self.ids,
                ..Selection::default()
            };
            return Response {
                messages: vec![
                    Message::Select(selection),
                    Message::Rework(Rework::CopyBy([dx, dy])),
                ],
                viewport: None,
            };
        }
        let insertion = self.into.as_ref().map(|wire| self.insert(wire));
        let held = self.landing.and_then(|landing| landing.refused);
        let refused = held.map(|reason| Message::Notify(Notice::new(Tone::Refused, reason)));
        let positions = around
            .plan
            .components
            .iter()
            .filter(|component| self.ids.contains(&component.id))
            .filter_map(|component| {
                let [x, y] = component.position?;
                Some((component.id.clone(), [x + dx, y + dy]))
            })
            .gather_map();
        let selection = Selection {
            components: self.ids,
            ..around.selection.clone()
        };
        let mut edit = landing::move_cards(around, positions);
        if let Some(insertion) = insertion {
            edit = Command::from(Together {
                title: Edits::DRAWING.label(&insertion, around.plan),
                commands: vec![edit, insertion],
            });
        }
        let messages = [Message::Select(selection), Message::Edit(edit)];
        Response {
            messages: messages.into_iter().chain(refused).collect(),
            viewport: None,
        }
    }

    pub(super) fn finger(&self) -> (i32, Point) {
        (self.pointer, self.last)
    }
}
