//! What is in sight: follows gestures, tells the editor at their end, and chooses what is drawn.

use std::rc::Rc;

use model::diagram::{Point, Rect};
use model::plan::{Id, Plan};
use yew::prelude::*;

use super::super::layers::Drawn;
use super::super::regions::regions;
use super::{Canvas, CanvasProps, GLIDING, Squares, percent};
use crate::browser::element;
use crate::state::{MAPPED, Message, Viewport};

/// An arrow key moves what is in sight by so many pixels.
const STEP: f64 = 60.0;
/// The dots of the paper are so far apart, in canvas units.
const DOTS: f64 = 24.0;
/// Plans up to this size are drawn whole; of larger ones, what is near the window.
const DRAWN_WHOLE: usize = 300;
/// How much further than the window, as a share of its larger extent.
const DRAWN_MARGIN: f64 = 0.25;
/// The same while a hand moves it, so that it seldom has to be chosen anew.
const MOVING_MARGIN: f64 = 0.75;
/// More cards than this are drawn as squares where their words cannot be read.
const DRAWN_MOST: usize = 600;
/// Below this zoom words cannot be read.
const FAR: f64 = 0.4;
/// Below this zoom cards cannot be told apart; a large drawing is drawn as squares.
const AFAR: f64 = 0.2;

/// When what is drawn is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Choosing {
    /// There is something else to draw.
    Anew,
    /// The hand rests.
    Resting,
    /// A hand moves the drawing: nothing changes as long as it covers the window.
    Moving,
}

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
        // A layer of its own is moved and scaled as a picture while the hand moves, and drawn sharp when it rests.
        element::set_style(&self.world, "will-change", "transform");
        self.apply_viewport();
        self.choose_drawn(Choosing::Moving)
    }

    pub(super) fn settle_now(&mut self, ctx: &Context<Self>) {
        self.settling = None;
        element::set_style(&self.world, "will-change", "auto");
        if self.viewport != ctx.props().viewport {
            ctx.props().send.emit(Message::SetViewport(self.viewport));
        }
    }

    pub(super) fn apply_viewport(&self) {
        let Viewport { x, y, zoom, .. } = self.viewport;
        let level = format!("{} %", percent(self.viewport));
        element::set_attribute(&self.level, "data-percent", &level);
        let transform = format!("translate({x:.2}px, {y:.2}px) scale({zoom:.4})");
        element::set_style(&self.world, "transform", &transform);
        // No custom properties: whatever is drawn would inherit them and be styled anew.
        let (dots, gap) = (format!("{x:.2}px {y:.2}px"), DOTS * zoom);
        element::set_style(&self.node, "background-position", &dots);
        element::set_style(
            &self.node,
            "background-size",
            &format!("{gap:.2}px {gap:.2}px"),
        );
        let seen = self.viewport.visible();
        let frame = [
            ("x", seen.x),
            ("y", seen.y),
            ("width", seen.width),
            ("height", seen.height),
        ];
        for (name, value) in frame {
            element::set_attribute(&self.window, name, &format!("{value:.0}"));
        }
    }

    /// Chooses what is drawn; whether that changed.
    ///
    /// Of a large drawing that is what is near the window, so that small movements draw nothing anew.
    /// On paper it is everything.
    pub(super) fn choose_drawn(&mut self, choosing: Choosing) -> bool {
        let visible = self.viewport.visible();
        let far = self.viewport.zoom < FAR && !self.printed;
        let is_small = self.scene.cards.len() <= DRAWN_WHOLE || self.printed;
        let is_afar = !is_small && self.viewport.zoom < AFAR;
        let is_enough = match choosing {
            Choosing::Anew => false,
            Choosing::Moving => is_small || self.covers(visible),
            Choosing::Resting => {
                (is_small || self.is_enough(visible))
                    && far == self.drawn.far
                    && (is_small || is_afar == self.is_afar)
            }
        };
        if is_enough {
            return false;
        }
        let scene = &self.scene;
        let margin = if choosing == Choosing::Moving {
            MOVING_MARGIN
        } else {
            DRAWN_MARGIN
        };
        let area = visible.grown(visible.width.max(visible.height) * margin);
        let mut drawn = Drawn {
            far,
            plain: far && !is_small,
            ..Drawn::default()
        };
        if is_small {
            drawn.cards = (0..scene.cards.len()).collect();
            drawn.wires = (0..scene.wires.len()).collect();
            drawn.gates = (0..scene.gates.len()).collect();
        } else {
            drawn.cards = scene.grid.meeting(area);
            if is_afar || far && drawn.cards.len() > DRAWN_MOST {
                drawn.cards = Vec::new();
                let all = self.squares();
                let near = all.iter().filter(|region| region.area.meets(area));
                drawn.regions = near.map(Rc::clone).collect();
            } else {
                drawn.wires = scene.wire_grid.meeting(area);
                let gates = 0..scene.gates.len();
                drawn.gates = gates
                    .filter(|&gate| area.contains(scene.gates[gate].at))
                    .collect();
            }
        }
        self.is_afar = is_afar;
        self.drawn_area = area;
        self.drawn = Rc::new(drawn);
        true
    }

    /// The squares of the drawing, made once for a scene.
    fn squares(&self) -> Squares {
        let mut known = self.regions.borrow_mut();
        match &*known {
            Some((of, fates, all)) if Rc::ptr_eq(of, &self.scene) && *fates == self.fates => {
                Rc::clone(all)
            }
            _ => {
                let all = Rc::new(regions(&self.scene, self.fates.as_deref()));
                *known = Some((Rc::clone(&self.scene), self.fates.clone(), Rc::clone(&all)));
                all
            }
        }
    }

    /// What the mini-map shows; none where there is no map.
    pub(super) fn map_of(&self, props: &CanvasProps) -> Option<Squares> {
        let is_large = self.scene.cards.len() >= MAPPED;
        (props.mapped && is_large).then(|| self.squares())
    }

    /// Brings a point of the canvas into the middle of the window.
    pub(super) fn look_at(&mut self, ctx: &Context<Self>, at: Point, rests: bool) -> bool {
        let middle = self.viewport.visible().centre();
        let zoom = self.viewport.zoom;
        let viewport = self
            .viewport
            .panned((middle.x - at.x) * zoom, (middle.y - at.y) * zoom);
        let redraws = self.follow(ctx, Vec::new(), Some(viewport));
        if rests {
            self.settle_now(ctx);
        }
        redraws
    }

    /// Moves what is in sight one step in a direction.
    pub(super) fn step(&mut self, ctx: &Context<Self>, x: f64, y: f64) {
        let viewport = self.viewport.panned(-x * STEP, -y * STEP);
        self.follow(ctx, Vec::new(), Some(viewport));
        self.settle_now(ctx);
    }

    /// Whether cards glide from one plan to the next: several of a drawing that can be overlooked stand elsewhere, and
    /// no hand has carried them there.
    pub(super) fn glides(&self, before: &Rc<Plan>, after: &Rc<Plan>) -> bool {
        if self.let_go || after.components.len() > GLIDING || !after.says_same_as(before) {
            return false;
        }
        let parts = before.components.iter().zip(&after.components);
        parts
            .filter(|(old, new)| old.position != new.position)
            .count()
            > 1
    }

    /// Whether what is drawn covers the window, and not many times more.
    fn is_enough(&self, visible: Rect) -> bool {
        self.covers(visible) && self.drawn_area.width <= 4.0 * visible.width
    }

    /// Whether what is drawn covers the window.
    fn covers(&self, visible: Rect) -> bool {
        self.drawn_area.union(visible) == self.drawn_area
    }

    /// The component under a point of the window, where cards are too small to be seized.
    pub(super) fn seen_from_afar(&self, at: Point) -> Option<Id> {
        if self.drawn.regions.is_empty() {
            return None;
        }
        let point = self.viewport.canvas_from_screen(at);
        let found = self.scene.grid.meeting(Rect::between(point, point));
        let face = self.scene.faces.get(*found.last()?)?;
        Some(face.id.clone())
    }
}
