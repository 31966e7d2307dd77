//! What is drawn above the drawing while a gesture goes on.

use std::collections::BTreeSet;
use std::rc::Rc;

use model::components;
use model::diagram::{self, CARD_HEIGHT, CARD_WIDTH, Moving, Rect, Route};
use model::plan::{Id, Plan};

use super::super::layers::{Above, Lifted};
use super::super::scene::{Wire, ghost};
use super::{Canvas, CanvasProps};
use crate::tools::{Connect, Move, MovePlace, Tool};

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
            Tool::Move(Move { by: Some(by), .. })
            | Tool::MovePlace(MovePlace { by: Some(by), .. }) => {
                self.carry_lifted(*by, &mut above);
            }
            Tool::Connect(connect) => above.draft = self.draft(connect),
            Tool::Marquee(marquee) => above.frame = Some(marquee.frame()),
            _ => {}
        }
        let carried = props.carried.filter(|carried| !carried.dropped);
        let kind = carried.map(|carried| carried.kind).or(props.placing);
        if let (Some(kind), Some(at)) = (kind.and_then(components::component_type), self.pointer) {
            let middle = self.viewport.canvas_from_screen(at);
            let corner = middle.moved(-CARD_WIDTH / 2.0, -CARD_HEIGHT / 2.0);
            above.ghost = Some(Rc::new(ghost(kind, Rect::card(corner))));
        }
        above
    }

    /// The place that what is held would land in, and whether it may.
    pub(super) fn target(&self) -> Option<(Id, bool)> {
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
            _ => None,
        }
    }

    /// Takes what a gesture moves out of the drawing, unless that is done.
    pub(super) fn lift(&mut self, plan: &Plan) {
        let none = BTreeSet::new();
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
        if *self.lifted == *ids && *self.lifted_places == *places {
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
        wires.sort_unstable();
        let (ids, places) = (Rc::new(ids.clone()), Rc::new(places.clone()));
        self.carried = Some(Carrying {
            parts: Rc::new(parts),
            moving,
            torn,
        });
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
