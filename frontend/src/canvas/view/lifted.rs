//! What is drawn above the drawing while a gesture goes on.

use std::collections::BTreeSet;
use std::rc::Rc;

use model::components;
use model::diagram::{self, CARD_HEIGHT, CARD_WIDTH, Point, Rect};
use model::plan::Id;

use super::super::layers::Above;
use super::super::scene::{Face, PlaceFace, ghost};
use super::{Canvas, CanvasProps};
use crate::tools::{Connect, Move, MovePlace, Tool};

impl Canvas {
    /// What is drawn above the drawing now.
    pub(super) fn above(&self, props: &CanvasProps) -> Above {
        let mut above = Above::default();
        match &self.tool {
            Tool::Move(Move {
                by: Some(by), ids, ..
            }) => self.lift(props, ids, *by, &mut above),
            Tool::MovePlace(MovePlace {
                by: Some(by),
                ids,
                places,
                ..
            }) => {
                self.lift(props, ids, *by, &mut above);
                let is_moved = |place: &&Rc<PlaceFace>| places.contains(&place.area.id);
                let faces = self.scene.places.iter().filter(is_moved);
                above.places = faces.map(Rc::clone).collect();
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

    fn lift(&self, props: &CanvasProps, ids: &BTreeSet<Id>, by: (f64, f64), above: &mut Above) {
        let is_lifted = |face: &&Rc<Face>| ids.contains(&face.id);
        above.by = by;
        above.cards = self
            .scene
            .faces
            .iter()
            .filter(is_lifted)
            .map(Rc::clone)
            .collect();
        let cards: Vec<Rect> = self
            .scene
            .faces
            .iter()
            .map(|face| {
                let area = face.area;
                if ids.contains(&face.id) {
                    Rect::card(
                        Point {
                            x: area.x,
                            y: area.y,
                        }
                        .moved(by.0, by.1),
                    )
                } else {
                    area
                }
            })
            .collect();
        let touched: Vec<usize> = (0..self.scene.ends.len())
            .filter(|&wire| {
                let (from, to) = &self.scene.ends[wire];
                ids.contains(from) || ids.contains(to)
            })
            .collect();
        let routes = diagram::routes_of(&props.plan, &cards, &touched);
        above.wires = touched
            .into_iter()
            .zip(routes)
            .filter_map(|(wire, route)| {
                let wire = self.scene.wires[wire].as_ref()?;
                let route = route?;
                let mut moved = (**wire).clone();
                moved.path = route.path();
                moved.route = route;
                Some(moved)
            })
            .collect();
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
