//! Moves a place with everything in it, held by its title.

use std::collections::BTreeSet;

use model::diagram::{self, Point};
use model::order::Gather as _;
use model::plan::Id;
use model::scenarios::Loss;

use super::landing::move_place;
use super::{GRID, Press, Response, SLACK, Surroundings, is_far};
use crate::state::{Message, Selection, TakeAway};

/// A place is held.
// Pressed → Dragging → Idle
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct MovePlace {
    pointer: i32,
    start: Point,
    last: Point,
    /// The place that is held.
    pub id: Id,
    /// The components that move with it.
    pub ids: BTreeSet<Id>,
    /// It and the places in it.
    pub places: BTreeSet<Id>,
    /// How far it has been moved on the canvas; none while the pointer rests.
    pub by: Option<(f64, f64)>,
    /// The place that it would lie in.
    pub over: Option<Id>,
}

impl MovePlace {
    pub(super) fn new(around: &Surroundings, press: &Press, id: Id) -> Self {
        let places = diagram::places_within(around.plan, &id);
        let homes = around.homes.iter();
        let components = around.plan.components.iter().zip(homes);
        let ids = components
            .filter(|(_, home)| home.as_ref().is_some_and(|home| places.contains(home)))
            .map(|(component, _)| component.id.clone())
            .gather_set();
        let over = around
            .plan
            .place(&id)
            .and_then(|place| place.within.clone());
        Self {
            pointer: press.pointer,
            start: press.at,
            last: press.at,
            id,
            ids,
            places,
            by: None,
            over,
        }
    }

    pub(super) fn moved(&mut self, around: &Surroundings, at: Point) -> Response {
        self.last = at;
        if self.by.is_none() && !is_far(self.start, at, SLACK) {
            return Response::default();
        }
        let zoom = around.viewport.zoom;
        let snapped = |by: f64| (by / zoom / GRID).round() * GRID;
        self.by = Some((snapped(at.x - self.start.x), snapped(at.y - self.start.y)));
        let others: Vec<_> = around
            .places
            .iter()
            .filter(|place| !self.places.contains(&place.id))
            .cloned()
            .collect();
        let point = around.viewport.canvas_from_screen(at);
        self.over = diagram::place_at(&others, point).map(|place| place.id.clone());
        Response::default()
    }

    pub(super) fn released(self, around: &Surroundings) -> Response {
        let Some(by) = self.by else {
            if around.taking {
                let turn = TakeAway::Turn(Loss::Place(self.id));
                return Response::say(Message::TakeAway(turn));
            }
            return Response {
                messages: vec![Message::Select(Selection::place(self.id)), Message::Inspect],
                viewport: None,
            };
        };
        let edit = move_place(around.plan, around.places, &self.id, by, self.over);
        Response {
            messages: vec![
                Message::Select(Selection::place(self.id)),
                Message::Edit(edit),
            ],
            viewport: None,
        }
    }

    pub(super) fn finger(&self) -> (i32, Point) {
        (self.pointer, self.last)
    }
}
