//! What pointers and the wheel do to the drawing.

use model::diagram::Point;
use yew::prelude::*;

use super::{Canvas, CanvasProps, Happening, WHEEL_REST, percent};
use crate::browser::element::{self, Spot};
use crate::browser::timers;
use crate::state::{Carried, Message, Selection};
use crate::tools::{Press, Surroundings, Target, Tool};

impl Canvas {
    pub(super) fn press(&mut self, ctx: &Context<Self>, event: &PointerEvent) -> bool {
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
            pans,
        };
        if self.caller.take().is_some() {
            self.tool.cancel();
        }
        let response = self.with_tool(ctx.props(), |tool, around| tool.press(around, &press));
        self.follow(ctx, response.messages, response.viewport);
        true
    }

    pub(super) fn move_pointer(&mut self, ctx: &Context<Self>, event: &PointerEvent) -> bool {
        let at = self.point_of(event);
        let is_placing = ctx.props().placing.is_some();
        if is_placing {
            self.pointer = Some(at);
        }
        if !self.tool.is_busy() {
            return is_placing;
        }
        let pointer = event.pointer_id();
        let response = self.with_tool(ctx.props(), |tool, around| tool.moved(around, pointer, at));
        let looks = response.viewport.is_some();
        let redraws = self.follow(ctx, response.messages, response.viewport);
        self.lift(&ctx.props().plan);
        redraws || !looks || is_placing
    }

    pub(super) fn release(&mut self, ctx: &Context<Self>, event: &PointerEvent) -> bool {
        if !self.tool.is_busy() {
            return false;
        }
        let at = self.point_of(event);
        let is_click = matches!(&self.tool, Tool::Pan(pan) if !pan.moving);
        let seen = self.seen_from_afar(at).filter(|_| is_click);
        let mut response = self.with_tool(ctx.props(), |tool, around| tool.released(around, at));
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
        let shown = percent(self.viewport);
        let changed = self.percent != shown;
        self.percent = shown;
        redraws || changed
    }

    pub(super) fn carry(&mut self, ctx: &Context<Self>, carried: Carried) {
        let at = element::within(&self.node, carried.at);
        let is_inside = (0.0..=self.viewport.width).contains(&at.x)
            && (0.0..=self.viewport.height).contains(&at.y);
        self.pointer = (is_inside && !carried.dropped).then_some(at);
        if carried.dropped && is_inside {
            ctx.props().send.emit(Message::Place {
                kind: carried.kind,
                at: Some(self.viewport.canvas_from_screen(at)),
            });
        }
    }

    /// Notes which connection is pointed at; whether that changed.
    pub(super) fn point_at(&mut self, spot: Option<Spot>) -> bool {
        let pointed = match spot {
            Some(Spot::Connection(id)) if !self.tool.is_busy() => Some(id),
            _ => None,
        };
        let changed = self.pointed != pointed;
        self.pointed = pointed;
        changed
    }

    fn point_of(&self, event: &PointerEvent) -> Point {
        element::within(
            &self.node,
            element::client_point(event.client_x(), event.client_y()),
        )
    }

    fn with_tool<T>(
        &mut self,
        props: &CanvasProps,
        act: impl FnOnce(&mut Tool, &Surroundings) -> T,
    ) -> T {
        let around = Surroundings {
            plan: &props.plan,
            grid: &self.scene.grid,
            selection: &props.selection,
            viewport: self.viewport,
            placing: props.placing,
            taking: props.aftermath.is_some(),
            framing: props.framing,
            places: &self.scene.boxes,
            homes: &self.scene.homes,
        };
        act(&mut self.tool, &around)
    }
}
