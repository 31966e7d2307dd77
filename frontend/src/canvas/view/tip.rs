//! What a part of the drawing has no room for, beside it while it is pointed at or has the focus: a long name, and notes.

use model::diagram::{Point, Rect};
use yew::prelude::*;

use super::Canvas;
use crate::browser::element::{self, Spot};

/// How wide a tip may be, as in hud.css, and how much room it needs below a part, in pixels.
const ROOM: (f64, f64) = (300.0, 96.0);
/// How far it stands from its part.
const GAP: f64 = 8.0;

impl Canvas {
    /// The tip of the part that is pointed at.
    pub(super) fn tip(&self) -> Option<Html> {
        let (text, _) = self.told()?;
        Some(
            html! { <p class="tooltip canvas__tip" role="tooltip" ref={self.tip_node.clone()}>{ text }</p> },
        )
    }

    /// Puts the tip under its part, or above it where there is no room.
    pub(super) fn place_tip(&self) {
        let Some((_, area)) = self.told() else { return };
        let viewport = self.viewport;
        let (top, bottom) = (
            viewport.screen_from_canvas(Point {
                x: area.x,
                y: area.y,
            }),
            viewport.screen_from_canvas(Point {
                x: area.x,
                y: area.bottom(),
            }),
        );
        let is_below = bottom.y + ROOM.1 < viewport.height;
        let left = top.x.min(viewport.width - ROOM.0).max(GAP);
        let (edge, rise) = if is_below {
            (bottom.y + GAP, "0")
        } else {
            (top.y - GAP, "-100%")
        };
        let transform = format!("translate({left:.0}px, {edge:.0}px) translateY({rise})");
        element::set_style(&self.tip_node, "transform", &transform);
    }

    /// Whether there is more to say about a part than is drawn of it.
    pub(super) fn has_tip(&self, spot: &Spot) -> bool {
        self.tip_of(spot).is_some()
    }

    fn told(&self) -> Option<(&str, Rect)> {
        let spot = self.pointed.as_ref().filter(|_| !self.tool.is_busy())?;
        self.tip_of(spot)
    }

    fn tip_of(&self, spot: &Spot) -> Option<(&str, Rect)> {
        let scene = &self.scene;
        let (text, area) = match spot {
            Spot::Component(id) => {
                let face = scene.faces.iter().find(|face| face.id == *id)?;
                (&face.whole, face.area)
            }
            Spot::Connection(id) => {
                let mut wires = scene.wires.iter().flatten();
                let wire = wires.find(|wire| wire.id == *id)?;
                let middle = wire.route.middle();
                (&wire.note, Rect::between(middle, middle).grown(GAP))
            }
            Spot::Place(id) => {
                let place = scene.places.iter().find(|place| place.area.id == *id)?;
                let Rect { x, y, .. } = place.area.area;
                let tab = Rect {
                    x: x + 16.0,
                    y: y - 12.0,
                    width: 0.0,
                    height: 24.0,
                };
                (&place.note, tab)
            }
            _ => return None,
        };
        (!text.is_empty()).then_some((text, area))
    }
}
