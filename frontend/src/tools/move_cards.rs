//! Selects cards, and moves them with everything that is selected.

use std::collections::{BTreeMap, BTreeSet};

use model::diagram::Point;
use model::plan::Id;

use super::landing::{self, Landing};
use super::{GRID, Press, Response, Surroundings, is_far};
use crate::state::{Message, Notice, Selection, TakeAway, Tone};

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
}

impl Move {
    pub(super) fn new(around: &Surroundings, press: &Press, id: Id) -> (Self, Response) {
        let is_selected = around.selection.components.contains(&id);
        let mut ids = BTreeSet::from([id.clone()]);
        if is_selected || press.adds {
            ids.extend(around.selection.components.iter().cloned());
        }
        let response = if is_selected || press.adds || around.taking {
            Response::default()
        } else {
            Response::say(Message::Select(Selection::component(id.clone())))
        };
        let tool = Self {
            pointer: press.pointer,
            id,
            start: press.at,
            last: press.at,
            adds: press.adds,
            ids,
            by: None,
            landing: None,
        };
        (tool, response)
    }

    pub(super) fn moved(&mut self, around: &Surroundings, at: Point) -> Response {
        self.last = at;
        if self.by.is_none() && !is_far(self.start, at) {
            return Response::default();
        }
        let zoom = around.viewport.zoom;
        let corner = around
            .plan
            .component(&self.id)
            .and_then(|held| held.position);
        let [x, y] = corner.unwrap_or_default();
        let snapped = |from: f64, by: f64| ((from + by) / GRID).round() * GRID - from;
        let (dx, dy) = (
            snapped(x, (at.x - self.start.x) / zoom),
            snapped(y, (at.y - self.start.y) / zoom),
        );
        self.by = Some((dx, dy));
        self.landing = around.plan.component(&self.id).map(|held| {
            let corner = Point { x, y }.moved(dx, dy);
            landing::landing(around, held, corner)
        });
        Response::default()
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
        let held = self.landing.and_then(|landing| landing.refused);
        let refused = held.map(|reason| Message::Notify(Notice::new(Tone::Refused, reason)));
        let positions: BTreeMap<Id, [f64; 2]> = around
            .plan
            .components
            .iter()
            .filter(|component| self.ids.contains(&component.id))
            .filter_map(|component| {
                let [x, y] = component.position?;
                Some((component.id.clone(), [x + dx, y + dy]))
            })
            .collect();
        let selection = Selection {
            components: self.ids,
            ..around.selection.clone()
        };
        let edit = landing::move_cards(around, positions);
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
