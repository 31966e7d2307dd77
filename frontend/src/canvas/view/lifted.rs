//! What is drawn above the drawing while a gesture goes on.

use std::collections::BTreeSet;
use std::rc::Rc;

use model::components;
use model::diagram::{self, CARD_HEIGHT, CARD_WIDTH, Moving, Rect, Route};
use model::order::Order as _;
use model::plan::{Id, Plan};

use super::super::layers::{Above, Lifted};
use super::super::scene::{Wire, ghost};
use super::{Canvas, CanvasProps};
use crate::tools::{Aim, Connect, End, Move, MovePlace, Reconnect, Tool, aim};

/// What is being moved: the picture of it, and how what hangs on it runs meanwhile.
pub(super) struct Carrying {
    parts: Rc<Lifted>,
    moving: Moving,
    torn: Vec<Rc<Wire>>,
}

impl Canvas {
    /// What is drawn above the drawing now.
    pub(super) fn above(&self, props: &CanvasProps) -> Above {
        let mut above = Above::default();
        match &self.tool {
            Tool::Move(Move {
                by: Some(by),
                guides,
                ..
            }) => {
                self.carry_lifted(*by, &mut above);
                above.guides.clone_from(guides);
            }
            Tool::MovePlace(MovePlace { by: Some(by), .. }) => {
                self.carry_lifted(*by, &mut above);
            }
            Tool::Connect(connect) => above.draft = self.draft(connect),
            Tool::Reconnect(reconnect) => above.draft = self.redraft(reconnect),
            Tool::Marquee(marquee) => above.frame = Some(marquee.frame()),
            _ => {}
        }
        let kind = held_kind(props).and_then(components::component_type);
        if let (Some(kind), Some(at)) = (kind, self.hand) {
            let Aim { middle, guides } = self.around(props, at, aim);
            let corner = middle.moved(-CARD_WIDTH / 2.0, -CARD_HEIGHT / 2.0);
            above.ghost = Some(Rc::new(ghost(kind, Rect::card(corner))));
            above.guides = guides;
        }
        above
    }

    /// The place that what is held would land in, and whether it may.
    pub(super) fn target(&self, props: &CanvasProps) -> Option<(Id, bool)> {
        match &self.tool {
            Tool::Move(Move {
                landing: Some(landing),
                ..
            }) if landing.is_change() => {
                let to = landing.to.clone()?;
                Some((to, landing.refused.is_none()))
            }
            Tool::MovePlace(MovePlace {
                by: Some(_), over, ..
            }) => over.clone().map(|over| (over, true)),
            _ => self.new_home(props).map(|home| (home, true)),
        }
    }

    /// The place that a new component would stand in.
    pub(super) fn new_home(&self, props: &CanvasProps) -> Option<Id> {
        let kind = held_kind(props).and_then(components::component_type)?;
        let at = self.hand.filter(|_| !kind.behaviour.is_source)?;
        let middle = self.around(props, at, aim).middle;
        let home = diagram::place_at(&self.scene.boxes, middle)?;
        Some(home.id.clone())
    }

    /// Takes what a gesture moves out of the drawing, unless that is done.
    pub(super) fn lift(&mut self, plan: &Plan) {
        let none = BTreeSet::new();
        let copies = matches!(&self.tool, Tool::Move(held) if held.copies);
        let (ids, places) = match &self.tool {
            Tool::Move(Move {
                by: Some(_), ids, ..
            }) => (ids, &none),
            Tool::MovePlace(MovePlace {
                by: Some(_),
                ids,
                places,
                ..
            }) => (ids, places),
            _ => return,
        };
        let is_done = *self.lifted == *ids && *self.lifted_places == *places;
        if is_done || copies && self.carried.is_some() {
            return;
        }
        let moving = Moving::new(plan, &self.scene.cards, |id| ids.contains(id));
        let faces = self
            .drawn
            .cards
            .iter()
            .filter_map(|&card| self.scene.faces.get(card));
        let boxes = self.scene.places.iter();
        let wire = |wire: usize| self.scene.wires.get(wire)?.clone();
        let parts = Lifted {
            cards: faces
                .filter(|face| ids.contains(&face.id))
                .map(Rc::clone)
                .collect(),
            wires: moving
                .along()
                .iter()
                .filter_map(|&along| wire(along))
                .collect(),
            places: boxes
                .filter(|place| places.contains(&place.area.id))
                .map(Rc::clone)
                .collect(),
        };
        let torn: Vec<Rc<Wire>> = moving.torn().filter_map(wire).collect();
        let mut wires: Vec<usize> = moving
            .torn()
            .chain(moving.along().iter().copied())
            .collect();
        wires.order_by(Ord::cmp);
        let (ids, places) = (Rc::new(ids.clone()), Rc::new(places.clone()));
        let torn = if copies { Vec::new() } else { torn };
        self.carried = Some(Carrying {
            parts: Rc::new(parts),
            moving,
            torn,
        });
        if copies {
            // The originals stay where they are.
            return;
        }
        self.lifted_wires = Rc::new(wires);
        self.lifted = ids;
        self.lifted_places = places;
    }

    /// Puts everything back into the drawing.
    pub(super) fn put_down(&mut self) {
        if self.carried.take().is_some() {
            self.let_go = true;
            self.lifted = Rc::default();
            self.lifted_places = Rc::default();
            self.lifted_wires = Rc::default();
        }
    }

    fn carry_lifted(&self, by: (f64, f64), above: &mut Above) {
        let Some(carried) = &self.carried else { return };
        let routes = carried.moving.routes(&self.scene.grid, by);
        let paths = routes.iter().map(Route::path);
        above.by = by;
        above.lifted = Some(Rc::clone(&carried.parts));
        above.wires = carried.torn.iter().map(Rc::clone).zip(paths).collect();
    }

    /// The connection that what is held would come into.
    pub(super) fn struck(&self, props: &CanvasProps) -> Option<Id> {
        match &self.tool {
            Tool::Move(held) => held.into.clone(),
            Tool::Reconnect(_) => None,
            _ => {
                let behaviour = components::component_type(held_kind(props)?)?.behaviour;
                let at = self.hand.filter(|_| !behaviour.is_source)?;
                self.wire_at(at)
            }
        }
    }

    fn redraft(&self, reconnect: &Reconnect) -> Option<(String, &'static str)> {
        let area_of = |id: &Id| {
            let face = self.scene.faces.iter().find(|face| face.id == *id)?;
            Some(face.area)
        };
        let fixed = area_of(&reconnect.fixed)?;
        let (held, state) = match &reconnect.over {
            Some((id, None)) => (area_of(id)?, "is-met"),
            Some((id, Some(_))) => (area_of(id)?, "is-refused"),
            None => (Rect::between(reconnect.to, reconnect.to), ""),
        };
        let route = match reconnect.end {
            End::From => diagram::route_between(held, fixed),
            End::To if reconnect.over.is_none() => diagram::route_to_point(fixed, reconnect.to),
            End::To => diagram::route_between(fixed, held),
        };
        Some((route.path(), state))
    }

    fn draft(&self, connect: &Connect) -> Option<(String, &'static str)> {
        let area_of = |id: &Id| {
            let face = self.scene.faces.iter().find(|face| face.id == *id)?;
            Some(face.area)
        };
        let from = area_of(&connect.from)?;
        let (route, state) = match &connect.over {
            Some((id, refused)) => (
                diagram::route_between(from, area_of(id)?),
                if refused.is_some() {
                    "is-refused"
                } else {
                    "is-met"
                },
            ),
            None => (diagram::route_to_point(from, connect.to), ""),
        };
        Some((route.path(), state))
    }
}

/// The type of a new component that a hand holds over the drawing.
pub(super) fn held_kind(props: &CanvasProps) -> Option<&'static str> {
    let carried = props.carried.filter(|carried| !carried.dropped);
    carried.map(|carried| carried.kind).or(props.placing)
}
