//! The window to the drawing: turns pointers, wheel and keys into gestures, and draws what comes of them.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::rc::Rc;

use model::catalog::Catalog;
use model::commands::{self, Command};
use model::components;
use model::diagram::{self, CARD_HEIGHT, CARD_WIDTH, Point, Rect};
use model::evaluate::Evaluation;
use model::plan::{Id, Plan};
use yew::prelude::*;

use super::card::Mark;
use super::layers::{Above, Drawn, SceneLayer, above};
use super::scene::{Face, Scene, ghost, name_of};
use super::text::lowered;
use super::zoom::Zoom;
use crate::browser::element::{self, Measuring, Spot};
use crate::browser::keyboard::{self, Key};
use crate::browser::{Listening, timers};
use crate::state::{Carried, Message, Notice, Selection, Tone, Viewport};
use crate::tools::{Connect, Move, Press, Surroundings, Target, Tool, refusal};

/// What the canvas shows, and where messages go.
#[derive(Properties)]
pub(crate) struct CanvasProps {
    /// The plan.
    pub plan: Rc<Plan>,
    /// What is known about it.
    pub evaluation: Rc<Evaluation>,
    /// Where its offers come from.
    pub catalog: &'static Catalog,
    /// What is selected.
    pub selection: Rc<Selection>,
    /// What is in sight.
    pub viewport: Viewport,
    /// The type that the next click places.
    pub placing: Option<&'static str>,
    /// A component that is being carried from the palette.
    pub carried: Option<Carried>,
    /// Where messages go.
    pub send: Callback<Message>,
    /// What stands above the drawing.
    #[prop_or_default]
    pub children: Html,
}

impl PartialEq for CanvasProps {
    fn eq(&self, other: &Self) -> bool {
        self.shows_same(other)
            && Rc::ptr_eq(&self.selection, &other.selection)
            && self.viewport == other.viewport
            && self.placing == other.placing
            && self.carried == other.carried
            && self.send == other.send
            && self.children == other.children
    }
}

impl CanvasProps {
    fn shows_same(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.plan, &other.plan) && Rc::ptr_eq(&self.evaluation, &other.evaluation)
    }
}

/// What happens to the canvas.
pub(crate) enum Happening {
    Pressed(PointerEvent),
    Moved(PointerEvent),
    Released(PointerEvent),
    Lost,
    Left,
    Over(PointerEvent),
    Wheeled(WheelEvent),
    KeyUsed(KeyboardEvent),
    FocusCame,
    Resized(f64, f64),
    Settle,
    Stop,
    SpaceHeld(bool),
}

/// The window to the drawing.
pub(crate) struct Canvas {
    node: NodeRef,
    world: NodeRef,
    scene: Rc<Scene>,
    drawn: Rc<Drawn>,
    drawn_area: Rect,
    tool: Tool,
    lifted: Rc<BTreeSet<Id>>,
    /// What is in sight while a gesture goes on; the editor hears of it at the end.
    viewport: Viewport,
    pointer: Option<Point>,
    /// The connection under the pointer or with the focus.
    pointed: Option<Id>,
    /// The caller of a connection that is drawn by key.
    caller: Option<Id>,
    space_held: bool,
    /// Whether Escape has something to stop here.
    busy: Rc<Cell<bool>>,
    /// The zoom that the buttons show.
    percent: i64,
    settling: Option<timers::Later>,
    measuring: Option<Measuring>,
    _keys: Listening,
}

/// Plans up to this size are drawn whole; of larger ones, what is near the window.
const DRAWN_WHOLE: usize = 300;
/// What is drawn changes in steps of this, so that small movements draw nothing anew.
const DRAWN_STEP: f64 = 512.0;
/// Below this zoom words cannot be read.
const FAR: f64 = 0.4;
/// The wheel rests this long before the editor hears where it led, in milliseconds.
const WHEEL_REST: u32 = 160;
/// An arrow key moves cards by this, and with Shift by the other.
const NUDGE: (f64, f64) = (8.0, 40.0);

impl Component for Canvas {
    type Message = Happening;
    type Properties = CanvasProps;

    fn create(ctx: &Context<Self>) -> Self {
        let props = ctx.props();
        let (stop, hold) = (ctx.link().clone(), ctx.link().clone());
        let release = ctx.link().clone();
        let busy = Rc::new(Cell::new(false));
        let is_busy = Rc::clone(&busy);
        let keys = keyboard::listen_first(
            move |key: Key| {
                if key.name == "Escape" && is_busy.get() {
                    stop.send_message(Happening::Stop);
                    return true;
                }
                if key.name == " " && !key.is_typing && !key.is_on_control {
                    hold.send_message(Happening::SpaceHeld(true));
                }
                false
            },
            move |key: Key| {
                if key.name == " " {
                    release.send_message(Happening::SpaceHeld(false));
                }
                false
            },
        );
        let mut canvas = Self {
            node: NodeRef::default(),
            world: NodeRef::default(),
            scene: Rc::new(Scene::new(
                &props.plan,
                &props.evaluation,
                props.catalog,
                &Scene::default(),
            )),
            drawn: Rc::default(),
            drawn_area: Rect::default(),
            tool: Tool::Idle,
            lifted: Rc::default(),
            viewport: props.viewport,
            pointer: None,
            pointed: None,
            caller: None,
            space_held: false,
            busy,
            percent: percent(props.viewport),
            settling: None,
            measuring: None,
            _keys: keys,
        };
        canvas.choose_drawn(true);
        canvas
    }

    fn changed(&mut self, ctx: &Context<Self>, before: &CanvasProps) -> bool {
        let props = ctx.props();
        let is_new = !props.shows_same(before);
        if is_new {
            self.scene = Rc::new(Scene::new(
                &props.plan,
                &props.evaluation,
                props.catalog,
                &self.scene,
            ));
            self.lifted = Rc::default();
        }
        if props.viewport != before.viewport {
            self.viewport = props.viewport;
            self.settling = None;
        }
        if let Some(carried) = props.carried
            && before.carried != props.carried
        {
            self.carry(ctx, carried);
        }
        if props.placing.is_some() {
            self.caller = None;
        }
        self.choose_drawn(is_new);
        true
    }

    fn update(&mut self, ctx: &Context<Self>, happening: Happening) -> bool {
        let redraws = self.take_in(ctx, happening);
        self.busy.set(self.tool.is_busy() || self.caller.is_some());
        redraws
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let (props, link) = (ctx.props(), ctx.link());
        let mark = match &self.tool {
            Tool::Connect(Connect { over, .. }) => over.as_ref().map(|(id, refused)| {
                let mark = if refused.is_some() {
                    Mark::Refused
                } else {
                    Mark::Target
                };
                (id.clone(), mark)
            }),
            _ => self.caller.clone().map(|caller| (caller, Mark::Target)),
        };
        let class = classes!(
            "canvas",
            "app__canvas",
            (props.placing.is_some() || is_carrying(props)).then_some("is-placing"),
            matches!(self.tool, Tool::Connect(_)).then_some("is-connecting"),
            matches!(&self.tool, Tool::Pan(pan) if pan.moving).then_some("is-panning"),
        );
        html! {
            <main
                ref={self.node.clone()}
                {class}
                id="canvas"
                tabindex="-1"
                aria-label="Drawing"
                onpointerdown={link.callback(Happening::Pressed)}
                onpointermove={link.callback(Happening::Moved)}
                onpointerup={link.callback(Happening::Released)}
                onpointercancel={link.callback(|_| Happening::Lost)}
                onpointerleave={link.callback(|_| Happening::Left)}
                onpointerover={link.callback(Happening::Over)}
                onwheel={link.callback(Happening::Wheeled)}
                onkeydown={link.callback(Happening::KeyUsed)}
                onfocusin={link.callback(|_| Happening::FocusCame)}
            >
                <div class="canvas__world" ref={self.world.clone()}>
                    <SceneLayer
                        scene={Rc::clone(&self.scene)}
                        drawn={Rc::clone(&self.drawn)}
                        selection={Rc::clone(&props.selection)}
                        lifted={Rc::clone(&self.lifted)}
                        {mark}
                        pointed={self.pointed.clone()}
                    />
                    { above(&self.above(props)) }
                </div>
                <div class="slot">{ for self.hint(props) }</div>
                <div class="slot">{ props.children.clone() }</div>
                <Zoom percent={percent(self.viewport)} send={props.send.clone()} />
            </main>
        }
    }

    fn rendered(&mut self, ctx: &Context<Self>, _: bool) {
        if self.measuring.is_none() {
            let link = ctx.link().clone();
            self.measuring = element::measure(&self.node, move |width, height| {
                link.send_message(Happening::Resized(width, height));
            });
        }
        self.percent = percent(self.viewport);
        self.apply_viewport();
    }
}

impl Canvas {
    /// Takes in what happened; whether the drawing has to be drawn anew.
    fn take_in(&mut self, ctx: &Context<Self>, happening: Happening) -> bool {
        match happening {
            Happening::Pressed(event) => self.press(ctx, &event),
            Happening::Moved(event) => self.move_pointer(ctx, &event),
            Happening::Released(event) => self.release(ctx, &event),
            Happening::Lost => self.stop(ctx),
            Happening::Left => {
                let was_over = self.pointer.take().is_some() | self.pointed.take().is_some();
                was_over && !self.tool.is_busy()
            }
            Happening::Over(event) => {
                let over = element::pressed(&event, &self.node);
                self.point_at(over)
            }
            Happening::Wheeled(event) => self.wheel(ctx, &event),
            Happening::KeyUsed(event) => self.use_key(ctx, &event),
            Happening::FocusCame => self.reveal_focus(ctx),
            Happening::Resized(width, height) => {
                self.viewport = self.viewport.resized(width, height);
                ctx.props().send.emit(Message::Resized { width, height });
                false
            }
            Happening::Settle => {
                self.settling = None;
                ctx.props().send.emit(Message::SetViewport(self.viewport));
                false
            }
            Happening::Stop => {
                let caller = self.caller.take();
                self.stop(ctx) || caller.is_some()
            }
            Happening::SpaceHeld(held) => {
                self.space_held = held;
                false
            }
        }
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
        };
        act(&mut self.tool, &around)
    }

    fn press(&mut self, ctx: &Context<Self>, event: &PointerEvent) -> bool {
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

    fn move_pointer(&mut self, ctx: &Context<Self>, event: &PointerEvent) -> bool {
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
        if let Tool::Move(Move {
            by: Some(_), ids, ..
        }) = &self.tool
            && *self.lifted != *ids
        {
            self.lifted = Rc::new(ids.clone());
        }
        redraws || !looks || is_placing
    }

    fn release(&mut self, ctx: &Context<Self>, event: &PointerEvent) -> bool {
        if !self.tool.is_busy() {
            return false;
        }
        let at = self.point_of(event);
        let response = self.with_tool(ctx.props(), |tool, around| tool.released(around, at));
        self.lifted = Rc::default();
        self.follow(ctx, response.messages, response.viewport);
        self.settle_now(ctx);
        true
    }

    /// Breaks the gesture off.
    fn stop(&mut self, ctx: &Context<Self>) -> bool {
        if !self.tool.is_busy() {
            return false;
        }
        self.tool.cancel();
        self.lifted = Rc::default();
        self.settle_now(ctx);
        true
    }

    fn wheel(&mut self, ctx: &Context<Self>, event: &WheelEvent) -> bool {
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

    /// Sends what a gesture asks for, and shows what it looks at; whether the drawing has to be drawn anew.
    fn follow(
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

    fn settle_now(&mut self, ctx: &Context<Self>) {
        self.settling = None;
        if self.viewport != ctx.props().viewport {
            ctx.props().send.emit(Message::SetViewport(self.viewport));
        }
    }

    fn apply_viewport(&self) {
        let Viewport { x, y, zoom, .. } = self.viewport;
        let transform = format!("translate({x:.2}px, {y:.2}px) scale({zoom:.4})");
        element::set_style(&self.world, "transform", &transform);
        element::set_style(&self.node, "--pan-x", &format!("{x:.2}px"));
        element::set_style(&self.node, "--pan-y", &format!("{y:.2}px"));
        element::set_style(&self.node, "--zoom", &format!("{zoom:.4}"));
    }

    /// Chooses what is drawn; whether that changed.
    fn choose_drawn(&mut self, anew: bool) -> bool {
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

    fn point_of(&self, event: &PointerEvent) -> Point {
        element::within(
            &self.node,
            element::client_point(event.client_x(), event.client_y()),
        )
    }

    fn carry(&mut self, ctx: &Context<Self>, carried: Carried) {
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

    fn turn_gate(&self, ctx: &Context<Self>, index: usize) {
        if let Some(gate) = self.scene.gates.get(index) {
            let command = gate.next(&ctx.props().plan);
            ctx.props().send.emit(Message::Edit(command));
        }
    }

    fn use_key(&mut self, ctx: &Context<Self>, event: &KeyboardEvent) -> bool {
        let props = ctx.props();
        let plain = !event.ctrl_key() && !event.meta_key() && !event.alt_key();
        let (key, spot) = (event.key(), element::focused());
        let arrow = match key.as_str() {
            "ArrowLeft" => Some((-1.0, 0.0)),
            "ArrowRight" => Some((1.0, 0.0)),
            "ArrowUp" => Some((0.0, -1.0)),
            "ArrowDown" => Some((0.0, 1.0)),
            _ => None,
        };
        if !plain {
            return false;
        }
        let used = match (spot, key.as_str(), arrow) {
            (Some(Spot::Component(id)), "Enter" | " ", _) => {
                self.use_card(ctx, id, event.shift_key());
                true
            }
            (Some(Spot::Component(id)), "c" | "C", _) => {
                self.caller = Some(id);
                true
            }
            (Some(Spot::Connection(id)), "Enter" | " ", _) => {
                props.send.emit(Message::Select(Selection::connection(id)));
                props.send.emit(Message::Inspect);
                true
            }
            (Some(Spot::Gate(index)), "Enter" | " ", _) => {
                self.turn_gate(ctx, index);
                true
            }
            (Some(Spot::Component(id)), _, Some((x, y))) => {
                if !props.selection.components.contains(&id) {
                    props.send.emit(Message::Select(Selection::component(id)));
                }
                let step = if event.shift_key() { NUDGE.1 } else { NUDGE.0 };
                props.send.emit(Message::Nudge {
                    dx: x * step,
                    dy: y * step,
                });
                true
            }
            (None, _, Some((x, y))) if element::has_focus(&self.node) => {
                let viewport = self.viewport.panned(-x * 60.0, -y * 60.0);
                self.follow(ctx, Vec::new(), Some(viewport));
                self.settle_now(ctx);
                true
            }
            _ => false,
        };
        if used {
            event.prevent_default();
            event.stop_propagation();
        }
        used
    }

    /// Enter or Space on a card: selects it, or ends the connection that is drawn by key.
    fn use_card(&mut self, ctx: &Context<Self>, id: Id, adds: bool) {
        let props = ctx.props();
        match self.caller.take() {
            Some(from) if from != id => {
                props.send.emit(match refusal(&props.plan, &from, &id) {
                    None => Message::Edit(Command::from(commands::Connect { from, to: id })),
                    Some(reason) => Message::Notify(Notice::new(Tone::Refused, reason)),
                });
            }
            _ if adds => props.send.emit(Message::Toggle(Selection::component(id))),
            _ => {
                props.send.emit(Message::Select(Selection::component(id)));
                props.send.emit(Message::Inspect);
            }
        }
    }

    /// Brings the card into sight that the focus came to by key.
    fn reveal_focus(&mut self, ctx: &Context<Self>) -> bool {
        if self.tool.is_busy() || !element::shows_focus() {
            return false;
        }
        let id = match element::focused() {
            Some(Spot::Component(id)) => id,
            other => return self.point_at(other),
        };
        let face = self.scene.faces.iter().find(|face| face.id == id);
        if let Some(face) = face {
            let viewport = self.viewport.revealing(face.area);
            if viewport != self.viewport {
                ctx.props().send.emit(Message::SetViewport(viewport));
            }
        }
        self.point_at(None)
    }

    /// Notes which connection is pointed at; whether that changed.
    fn point_at(&mut self, spot: Option<Spot>) -> bool {
        let pointed = match spot {
            Some(Spot::Connection(id)) if !self.tool.is_busy() => Some(id),
            _ => None,
        };
        let changed = self.pointed != pointed;
        self.pointed = pointed;
        changed
    }

    /// What is drawn above the drawing now.
    fn above(&self, props: &CanvasProps) -> Above {
        let mut above = Above::default();
        match &self.tool {
            Tool::Move(Move {
                by: Some(by), ids, ..
            }) => self.lift(props, ids, *by, &mut above),
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

    fn hint(&self, props: &CanvasProps) -> Option<Html> {
        let (text, refused) = match (&self.tool, &self.caller) {
            (
                Tool::Connect(Connect {
                    over: Some((_, Some(reason))),
                    ..
                }),
                _,
            ) => (reason.clone(), true),
            (Tool::Connect(_), _) => (
                "Let go on the component that is called · Esc to stop".to_owned(),
                false,
            ),
            (_, Some(caller)) => {
                let name = props
                    .plan
                    .component(caller)
                    .map_or("it", |component| name_of(component));
                (
                    format!("Tab to what {name} calls, then Enter · Esc to stop"),
                    false,
                )
            }
            _ => {
                let kind = components::component_type(props.placing?)?;
                let name = kind.name;
                (
                    format!("Click where the {} goes · Esc to stop", lowered(name)),
                    false,
                )
            }
        };
        Some(html! {
            <p class={classes!("canvas__hint", refused.then_some("is-refused"))} role="status">{ text }</p>
        })
    }
}

fn percent(viewport: Viewport) -> i64 {
    (viewport.zoom * 100.0).round() as i64
}

fn is_carrying(props: &CanvasProps) -> bool {
    props.carried.is_some_and(|carried| !carried.dropped)
}
