//! What pointers and the wheel do to the drawing.

use model::diagram::{Point, Rect};
use model::plan::Id;
use yew::prelude::*;

use super::{Canvas, CanvasProps, Happening, WHEEL_REST};
use crate::browser::element::{self, Spot};
use crate::browser::timers;
use crate::state::{Carried, Joined, Message, Rework, Selection, Spot as At};
use crate::tools::{End, Press, Surroundings, Target, Tool, put};

/// A connection is met from so far away, in screen pixels.
const WIRE_REACH: f64 = 14.0;
/// New components are put on a grid of this width.
const GRID: f64 = 4.0;
/// A finger that rests for so long asks for more, in milliseconds.
const LONG_PRESS: u32 = 500;

impl Canvas {
    pub(super) fn press(&mut self, ctx: &Context<Self>, event: &PointerEvent) -> bool {
        self.asked = false;
        let pans = event.button() == 1 || (event.button() == 0 && self.space_held);
        if event.button() != 0 && !pans {
            return false;
        }
        let Some(spot) = element::pressed(event, &self.node) else {
            return false;
        };
        let target = match spot {
            Spot::Background => Target::Background,
            Spot::Component(id) => Target::Component(id),
            Spot::Handle(id) => Target::Handle(id),
            Spot::Connection(id) => Target::Connection(id),
            Spot::Place(id) => Target::Place(id),
            Spot::Start(id) => Target::End(id, End::From),
            Spot::End(id) => Target::End(id, End::To),
            Spot::Gate(_) if ctx.props().aftermath.is_some() => Target::Background,
            Spot::Gate(index) => {
                self.turn_gate(ctx, index);
                return false;
            }
        };
        self.settle_now(ctx);
        element::capture(&self.node, event.pointer_id());
        let press = Press {
            at: self.point_of(event),
            pointer: event.pointer_id(),
            target,
            adds: event.shift_key() || event.ctrl_key() || event.meta_key(),
            copies: event.alt_key(),
            pans,
        };
        self.hand = Some(press.at);
        self.free = is_free(event);
        if self.caller.take().is_some() {
            self.tool.cancel();
        }
        let response = self.with_tool(ctx.props(), press.at, |tool, around| {
            tool.press(around, &press)
        });
        if matches!(self.tool, Tool::Pinch(_)) {
            self.put_down();
        }
        self.wait_for_long_press(ctx, event);
        self.follow(ctx, response.messages, response.viewport);
        true
    }

    pub(super) fn move_pointer(&mut self, ctx: &Context<Self>, event: &PointerEvent) -> bool {
        let at = self.point_of(event);
        self.hand = Some(at);
        self.free = is_free(event);
        if self
            .long_press
            .as_ref()
            .is_some_and(|(_, from)| is_away(*from, at))
        {
            self.long_press = None;
        }
        let is_placing = ctx.props().placing.is_some();
        if !self.tool.is_busy() {
            return is_placing;
        }
        let pointer = event.pointer_id();
        let response = self.with_tool(ctx.props(), at, |tool, around| {
            tool.moved(around, pointer, at)
        });
        let looks = response.viewport.is_some();
        let redraws = self.follow(ctx, response.messages, response.viewport);
        self.lift(&ctx.props().plan);
        redraws || !looks || is_placing
    }

    pub(super) fn release(&mut self, ctx: &Context<Self>, event: &PointerEvent) -> bool {
        self.long_press = None;
        if !self.tool.is_busy() {
            return false;
        }
        let at = self.point_of(event);
        let is_click = matches!(&self.tool, Tool::Pan(pan) if !pan.moving);
        let seen = self.seen_from_afar(at).filter(|_| is_click);
        let mut response =
            self.with_tool(ctx.props(), at, |tool, around| tool.released(around, at));
        if let Some(id) = seen {
            let part = Selection::component(id);
            response.messages = vec![Message::Select(part), Message::Inspect];
        }
        self.put_down();
        self.follow(ctx, response.messages, response.viewport);
        self.settle_now(ctx);
        true
    }

    /// Breaks the gesture off.
    pub(super) fn stop(&mut self, ctx: &Context<Self>) -> bool {
        self.long_press = None;
        if !self.tool.is_busy() {
            return false;
        }
        self.tool.cancel();
        self.put_down();
        self.let_go = false;
        self.settle_now(ctx);
        true
    }

    pub(super) fn wheel(&mut self, ctx: &Context<Self>, event: &WheelEvent) -> bool {
        event.prevent_default();
        let unit = match event.delta_mode() {
            0 => 1.0,
            1 => 16.0,
            _ => 400.0,
        };
        let (dx, dy) = (event.delta_x() * unit, event.delta_y() * unit);
        let at = element::within(
            &self.node,
            element::client_point(event.client_x(), event.client_y()),
        );
        let viewport = if event.shift_key() || dx.abs() > dy.abs() {
            let sideways = if event.shift_key() && dx == 0.0 {
                dy
            } else {
                dx
            };
            self.viewport.panned(-sideways, 0.0)
        } else {
            // A notch of a mouse wheel is about 100 pixels; a trackpad's pinch comes in small steps with Ctrl.
            let speed = if event.ctrl_key() { 0.01 } else { 0.0018 };
            self.viewport
                .zoomed((-dy.clamp(-300.0, 300.0) * speed).exp(), at)
        };
        let link = ctx.link().clone();
        let redraws = self.follow(ctx, Vec::new(), Some(viewport));
        self.settling = Some(timers::later(WHEEL_REST, move || {
            link.send_message(Happening::Settle);
        }));
        redraws
    }

    pub(super) fn carry(&mut self, ctx: &Context<Self>, carried: Carried) {
        let at = element::within(&self.node, carried.at);
        let is_inside = (0.0..=self.viewport.width).contains(&at.x)
            && (0.0..=self.viewport.height).contains(&at.y);
        self.hand = is_inside.then_some(at);
        self.free = carried.free;
        if carried.dropped && is_inside {
            let message = self.around(ctx.props(), at, |around, at| put(around, carried.kind, at));
            ctx.props().send.emit(message);
        }
    }

    /// Notes which part is pointed at, where it says more then; whether that changed.
    pub(super) fn point_at(&mut self, spot: Option<Spot>) -> bool {
        let spot = match spot {
            Some(Spot::Handle(id)) => Some(Spot::Component(id)),
            spot => spot,
        };
        let says_more = |spot: &Spot| matches!(spot, Spot::Connection(_)) || self.has_tip(spot);
        let pointed = spot.filter(|spot| !self.tool.is_busy() && says_more(spot));
        let changed = self.pointed != pointed;
        self.pointed = pointed;
        changed
    }

    pub(super) fn point_of(&self, event: &MouseEvent) -> Point {
        element::within(
            &self.node,
            element::client_point(event.client_x(), event.client_y()),
        )
    }

    /// The connection under a point of the window, and none where a card is.
    pub(super) fn wire_at(&self, at: Point) -> Option<Id> {
        let point = self.viewport.canvas_from_screen(at);
        let spot = Rect::between(point, point);
        let is_held = |id: &Id| match &self.tool {
            Tool::Move(held) => held.ids.contains(id),
            _ => false,
        };
        let cards = self.scene.grid.meeting(spot);
        if cards
            .iter()
            .any(|&card| !is_held(&self.scene.faces[card].id))
        {
            return None;
        }
        let reach = WIRE_REACH / self.viewport.zoom;
        self.scene
            .wire_grid
            .meeting(spot.grown(reach))
            .into_iter()
            .filter_map(|wire| self.scene.wires.get(wire)?.as_ref())
            .map(|wire| (wire.route.distance(point), wire))
            .filter(|(distance, _)| *distance <= reach)
            .min_by(|(a, _), (b, _)| a.total_cmp(b))
            .map(|(_, wire)| wire.id.clone())
    }

    /// Shows what can be done with what is under a point.
    pub(super) fn open_menu(&mut self, ctx: &Context<Self>, spot: Option<Spot>, at: Point) {
        let props = ctx.props();
        let Some(spot) = spot.filter(|_| props.aftermath.is_none() && props.placing.is_none())
        else {
            return;
        };
        self.tool.cancel();
        self.put_down();
        self.settle_now(ctx);
        let chosen = match spot {
            Spot::Component(id) | Spot::Handle(id) => {
                let is_chosen = props.selection.components.contains(&id);
                (!is_chosen).then(|| Selection::component(id))
            }
            Spot::Connection(id) | Spot::Start(id) | Spot::End(id) => {
                let is_chosen = props.selection.connections.contains(&id);
                (!is_chosen).then(|| Selection::connection(id))
            }
            Spot::Place(id) => Some(Selection::place(id)),
            Spot::Gate(_) | Spot::Background => Some(Selection::default()),
        };
        if let Some(chosen) = chosen {
            props.send.emit(Message::Select(chosen));
        }
        props
            .send
            .emit(Message::Rework(Rework::OpenMenu(self.spot(at))));
    }

    /// What two clicks at one point do: another name, or a new component.
    pub(super) fn double_click(&mut self, ctx: &Context<Self>, event: &MouseEvent) {
        let props = ctx.props();
        if props.aftermath.is_some() || props.placing.is_some() || props.framing {
            return;
        }
        let at = self.spot(self.point_of(event));
        let client = element::client_point(event.client_x(), event.client_y());
        let rework = match element::under(client, &self.node) {
            Some(Spot::Component(id) | Spot::Place(id)) => Rework::Rename(Some(id)),
            Some(Spot::Background) => Rework::OpenAdd(at, None),
            Some(Spot::Connection(id)) => Rework::OpenAdd(at, Some(Joined::Into(id))),
            _ => return,
        };
        props.send.emit(Message::Rework(rework));
    }

    /// A point of the window, and the nearest one of the canvas on which the middle of a new card can lie.
    fn spot(&self, screen: Point) -> At {
        let canvas = self.viewport.canvas_from_screen(screen);
        At {
            canvas: Point {
                x: (canvas.x / GRID).round() * GRID,
                y: (canvas.y / GRID).round() * GRID,
            },
            screen,
        }
    }

    /// A finger or pen that rests where it was pressed asks for what can be done there.
    fn wait_for_long_press(&mut self, ctx: &Context<Self>, event: &PointerEvent) {
        self.long_press = None;
        if event.pointer_type() == "mouse" || matches!(self.tool, Tool::Pinch(_)) {
            return;
        }
        let at = self.point_of(event);
        let spot = element::pressed(event, &self.node);
        let link = ctx.link().clone();
        let later = timers::later(LONG_PRESS, move || {
            link.send_message(Happening::LongPressed(spot, at));
        });
        self.long_press = Some((later, at));
    }

    fn with_tool<T>(
        &mut self,
        props: &CanvasProps,
        at: Point,
        act: impl FnOnce(&mut Tool, &Surroundings) -> T,
    ) -> T {
        let wire = self.wire_at(at);
        let mut tool = std::mem::take(&mut self.tool);
        let answer = act(&mut tool, &self.surroundings(props, wire.as_ref()));
        self.tool = tool;
        answer
    }

    /// Asks what can be known with the hand at a point of the window.
    pub(super) fn around<T>(
        &self,
        props: &CanvasProps,
        at: Point,
        ask: impl FnOnce(&Surroundings, Point) -> T,
    ) -> T {
        let wire = self.wire_at(at);
        ask(&self.surroundings(props, wire.as_ref()), at)
    }

    fn surroundings<'a>(
        &'a self,
        props: &'a CanvasProps,
        wire: Option<&'a Id>,
    ) -> Surroundings<'a> {
        Surroundings {
            plan: &props.plan,
            grid: &self.scene.grid,
            selection: &props.selection,
            viewport: self.viewport,
            placing: props.placing,
            taking: props.aftermath.is_some(),
            framing: props.framing,
            places: &self.scene.boxes,
            homes: &self.scene.homes,
            wire,
            free: self.free,
        }
    }
}

/// Whether the keys are held with which nothing snaps.
fn is_free(event: &MouseEvent) -> bool {
    event.alt_key() || event.ctrl_key() || event.meta_key()
}

/// Whether a finger did not rest.
fn is_away(a: Point, b: Point) -> bool {
    (a.x - b.x).hypot(a.y - b.y) > 8.0
}
