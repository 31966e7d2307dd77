//! What is in sight: follows gestures, tells the editor at their end, and chooses what is drawn.

use std::rc::Rc;

use model::diagram::{Point, Rect};
use yew::prelude::*;

use super::super::layers::Drawn;
use super::{Canvas, DRAWN_STEP, DRAWN_WHOLE, FAR};
use crate::browser::element;
use crate::state::{Message, Viewport};

impl Canvas {
    /// Sends what a gesture asks for, and shows what it looks at; whether the drawing has to be drawn anew.
    pub(super) fn follow(
        &mut self,
        ctx: &Context<Self>,
        messages: Vec<Message>,
        viewport: Option<Viewport>,
    ) -> bool {
        for message in messages {
            ctx.props().send.emit(message);
        }
        let Some(viewport) = viewport else {
            return false;
        };
        self.viewport = viewport;
        self.apply_viewport();
        self.choose_drawn(false)
    }

    pub(super) fn settle_now(&mut self, ctx: &Context<Self>) {
        self.settling = None;
        if self.viewport != ctx.props().viewport {
            ctx.props().send.emit(Message::SetViewport(self.viewport));
        }
    }

    pub(super) fn apply_viewport(&self) {
        let Viewport { x, y, zoom, .. } = self.viewport;
        let transform = format!("translate({x:.2}px, {y:.2}px) scale({zoom:.4})");
        element::set_style(&self.world, "transform", &transform);
        element::set_style(&self.node, "--pan-x", &format!("{x:.2}px"));
        element::set_style(&self.node, "--pan-y", &format!("{y:.2}px"));
        element::set_style(&self.node, "--zoom", &format!("{zoom:.4}"));
    }

    /// Chooses what is drawn; whether that changed.
    pub(super) fn choose_drawn(&mut self, anew: bool) -> bool {
        let visible = self.viewport.visible();
        let far = self.viewport.zoom < FAR;
        let is_small = self.scene.cards.len() <= DRAWN_WHOLE;
        let area = if is_small {
            Rect::default()
        } else {
            let margin = visible.width.max(visible.height).max(DRAWN_STEP) / 2.0;
            let (near, far) = (visible.grown(margin), DRAWN_STEP);
            let floor = |coordinate: f64| (coordinate / far).floor() * far;
            let ceil = |coordinate: f64| (coordinate / far).ceil() * far;
            Rect::between(
                Point {
                    x: floor(near.x),
                    y: floor(near.y),
                },
                Point {
                    x: ceil(near.right()),
                    y: ceil(near.bottom()),
                },
            )
        };
        if !anew && area == self.drawn_area && far == self.drawn.far {
            return false;
        }
        self.drawn_area = area;
        let (cards, wires) = if is_small {
            (
                (0..self.scene.cards.len()).collect(),
                (0..self.scene.wires.len()).collect(),
            )
        } else {
            (
                self.scene.grid.meeting(area),
                self.scene.wire_grid.meeting(area),
            )
        };
        let drawn = Drawn { cards, wires, far };
        if *self.drawn != drawn {
            self.drawn = Rc::new(drawn);
        }
        true
    }
}
