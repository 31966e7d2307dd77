//! The window to the drawing: turns pointers, wheel and keys into gestures, and draws what comes of them.

mod clips;
mod hint;
mod keys;
mod lifted;
mod pointer;
mod sight;
mod tip;

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::rc::Rc;

use model::catalog::Catalog;
use model::diagram::{Point, Rect};
use model::evaluate::Evaluation;
use model::plan::{Id, Plan};
use model::scenarios::Aftermath;
use yew::prelude::*;

use super::card::Mark;
use super::fates::Fates;
use super::kept::kept;
use super::layers::{Drawn, SceneLayerProps, above, scene_layer};
use super::map::{Map, MapProps};
use super::regions::Region;
use super::scene::Scene;
use super::zoom::{ZoomProps, zoom};
use crate::browser::clipboard::Pasted;
use crate::browser::element::{self, Measuring, Spot};
use crate::browser::keyboard::{self, Key};
use crate::browser::{Listening, timers};
use crate::state::{Carried, Copied, Message, Rework, Selection, Viewport, copied};
use crate::tools::{Connect, Reconnect, Tool};
use clips::Clips;
use lifted::Carrying;
use sight::Choosing;

/// What the canvas shows, and where messages go.
#[derive(Properties)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub(crate) struct CanvasProps {
    /// The plan.
    pub plan: Rc<Plan>,
    /// What is known about it.
    pub evaluation: Rc<Evaluation>,
    /// Where its offers come from.
    pub catalog: Rc<Catalog>,
    /// What is selected.
    pub selection: Rc<Selection>,
    /// What is in sight.
    pub viewport: Viewport,
    /// The type that the next click places.
    pub placing: Option<&'static str>,
    /// Whether the next drag draws the frame of a new place.
    pub framing: bool,
    /// A component that is being carried from the palette.
    pub carried: Option<Carried>,
    /// What becomes of it without what is taken away, while parts are.
    pub aftermath: Option<Rc<Aftermath>>,
    /// Whether requests run along the connections.
    pub flowing: bool,
    /// The parts that what is being typed finds, in order.
    pub sought: Rc<Vec<Id>>,
    /// Whether it is about to be put on paper.
    pub printed: bool,
    /// Whether a large drawing has a mini-map.
    pub mapped: bool,
    /// What the canvas does without until it is there.
    pub further: Option<&'static Further>,
    /// Where messages go.
    pub send: Callback<Message>,
    /// The component or place whose name is written where it is drawn.
    pub renaming: Option<Id>,
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
            && self.framing == other.framing
            && self.carried == other.carried
            && self.flowing == other.flowing
            && self.sought == other.sought
            && self.printed == other.printed
            && self.mapped == other.mapped
            && self.renaming == other.renaming
            && self.further.is_some() == other.further.is_some()
            && self.shows_same_fates(other)
            && self.send == other.send
            && self.children == other.children
    }
}

impl CanvasProps {
    fn shows_same(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.plan, &other.plan) && Rc::ptr_eq(&self.evaluation, &other.evaluation)
    }

    fn shows_same_fates(&self, other: &Self) -> bool {
        match (&self.aftermath, &other.aftermath) {
            (Some(own), Some(other)) => Rc::ptr_eq(own, other),
            (own, other) => own.is_none() && other.is_none(),
        }
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
    /// What can be done here is asked for by mouse or key.
    MenuAsked(MouseEvent),
    /// A finger rests on this.
    LongPressed(Option<Spot>, Point),
    DoubleClicked(MouseEvent),
    TouchEnded(TouchEvent),
    Pasted(Pasted),
    /// The selected components are copied, or on the clipboard already.
    Copied(Rework),
    FocusCame,
    Resized(f64, f64),
    Settle,
    Stop,
    SpaceHeld(bool),
    /// A point of the canvas shall be in the middle, and whether the hand rests there.
    Look(Point, bool),
    /// What is in sight moves one step in a direction.
    Step(f64, f64),
    /// Cards have come to where they glided.
    Glided,
}

/// What the canvas does without until the rest has loaded.
pub(crate) struct Further {
    /// The selected components as text.
    copied: Copied,
    /// What becomes of every part of the drawing.
    fates: fn(&Plan, &Aftermath) -> Rc<Fates>,
    /// The whole of a large drawing.
    map: fn(MapProps) -> Html,
    /// The field where the name of a card or a place is written.
    name_field: fn(&Rc<Plan>, Id, &Callback<Message>) -> Html,
}

/// All of that.
pub(crate) const FURTHER: Further = Further {
    copied,
    fates: |plan, aftermath| Rc::new(Fates::new(plan, aftermath)),
    map: |props| html! { <Map ..props /> },
    name_field: clips::name_field,
};

/// All squares of a drawing, and of which one, without what is taken away.
type Known = (Rc<Scene>, Option<Rc<Fates>>, Squares);

/// All squares of a drawing.
type Squares = Rc<Vec<Rc<Region>>>;

/// The window to the drawing.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each may hold beside any other"
)]
pub(crate) struct Canvas {
    node: NodeRef,
    world: NodeRef,
    /// The frame in the mini-map.
    window: NodeRef,
    on_look: Callback<(Point, bool)>,
    on_step: Callback<(f64, f64)>,
    scene: Rc<Scene>,
    /// What becomes of what is drawn, while parts are taken away.
    fates: Option<Rc<Fates>>,
    drawn: Rc<Drawn>,
    drawn_area: Rect,
    /// Whether it is drawn for paper.
    printed: bool,
    /// Whether cards cannot be told apart.
    is_afar: bool,
    /// All squares of the drawing, and of which one, once they were asked for.
    regions: RefCell<Option<Known>>,
    tool: Tool,
    carried: Option<Carrying>,
    lifted: Rc<BTreeSet<Id>>,
    lifted_places: Rc<BTreeSet<Id>>,
    lifted_wires: Rc<Vec<usize>>,
    /// What is in sight while a gesture goes on; the editor hears of it at the end.
    viewport: Viewport,
    /// Where the pointer is in the window, or what is carried from the palette; none where both are elsewhere.
    hand: Option<Point>,
    /// Whether it asks that nothing snaps.
    free: bool,
    /// The part under the pointer or with the focus, where it says more then.
    pointed: Option<Spot>,
    /// Where that is said.
    tip_node: NodeRef,
    /// The caller of a connection that is drawn by key.
    caller: Option<Id>,
    space_held: bool,
    /// A finger rests there, until this is over.
    long_press: Option<(timers::Later, Point)>,
    /// The finger that asked for the menu has not been pressed anew: lifting it is no click on what lies under it now.
    asked: bool,
    /// Where the name of a card or a place is written.
    name_field: NodeRef,
    /// What keys copy.
    clips: Rc<RefCell<Clips>>,
    /// Whether Escape has something to stop here.
    busy: Rc<Cell<bool>>,
    /// The button that shows the zoom.
    level: NodeRef,
    settling: Option<timers::Later>,
    /// Until when cards glide to where they belong.
    gliding: Option<timers::Later>,
    /// Whether cards stand where they were let go, so that they need not glide there.
    let_go: bool,
    measuring: Option<Measuring>,
    _keys: [Listening; 2],
}

/// The wheel rests this long before the editor hears where it led, in milliseconds.
const WHEEL_REST: u32 = 160;
/// How long cards glide, in milliseconds; the style sheet says the same.
const GLIDE: u32 = 400;
/// More cards than this do not glide.
const GLIDING: usize = 300;
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
        let clips = Rc::new(RefCell::new(Clips::of(props)));
        let clipboard = clips::listen(&clips, ctx.link());
        let mut canvas = Self {
            node: NodeRef::default(),
            world: NodeRef::default(),
            window: NodeRef::default(),
            on_look: ctx
                .link()
                .callback(|(at, rests)| Happening::Look(at, rests)),
            on_step: ctx.link().callback(|(x, y)| Happening::Step(x, y)),
            scene: Rc::new(Scene::new(
                &props.plan,
                &props.evaluation,
                &props.catalog,
                &Scene::default(),
            )),
            fates: None,
            drawn: Rc::default(),
            drawn_area: Rect::default(),
            printed: props.printed,
            is_afar: false,
            regions: RefCell::default(),
            tool: Tool::Idle,
            carried: None,
            lifted: Rc::default(),
            lifted_places: Rc::default(),
            lifted_wires: Rc::default(),
            viewport: props.viewport,
            hand: None,
            free: false,
            pointed: None,
            tip_node: NodeRef::default(),
            caller: None,
            space_held: false,
            long_press: None,
            asked: false,
            name_field: NodeRef::default(),
            clips,
            busy,
            level: NodeRef::default(),
            settling: None,
            gliding: None,
            let_go: false,
            measuring: None,
            _keys: [keys, clipboard],
        };
        canvas.choose_drawn(Choosing::Anew);
        canvas
    }

    fn changed(&mut self, ctx: &Context<Self>, before: &CanvasProps) -> bool {
        let props = ctx.props();
        *self.clips.borrow_mut() = Clips::of(props);
        let is_new = !props.shows_same(before);
        if is_new {
            self.scene = Rc::new(Scene::new(
                &props.plan,
                &props.evaluation,
                &props.catalog,
                &self.scene,
            ));
            self.put_down();
            let glides = self.glides(&before.plan, &props.plan);
            self.let_go = false;
            if glides {
                let link = ctx.link().clone();
                self.gliding = Some(timers::later(GLIDE, move || {
                    link.send_message(Happening::Glided);
                }));
            }
        }
        let other_fates =
            !props.shows_same_fates(before) || props.further.is_some() != before.further.is_some();
        if is_new || other_fates {
            let aftermath = props.aftermath.as_ref();
            let fates = props.further.zip(aftermath);
            self.fates = fates.map(|(further, aftermath)| (further.fates)(&props.plan, aftermath));
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
        let is_anew = is_new || other_fates || self.printed != props.printed;
        self.printed = props.printed;
        self.choose_drawn(if is_anew {
            Choosing::Anew
        } else {
            Choosing::Resting
        });
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
            Tool::Reconnect(Reconnect { over, .. }) => over.as_ref().map(|(id, refused)| {
                let mark = if refused.is_some() {
                    Mark::Refused
                } else {
                    Mark::Target
                };
                (id.clone(), mark)
            }),
            _ => self.caller.clone().map(|caller| (caller, Mark::Target)),
        };
        let struck = self.struck(props);
        let pointed = match &self.pointed {
            Some(Spot::Connection(id)) => Some(id.clone()),
            _ => None,
        };
        let class = classes!(
            "canvas",
            "app__canvas",
            props.aftermath.is_some().then_some("is-taking"),
            (props.placing.is_some() || props.framing || is_carrying(props))
                .then_some("is-placing"),
            matches!(self.tool, Tool::Connect(_) | Tool::Reconnect(_)).then_some("is-connecting"),
            struck.as_ref().map(|_| "is-inserting"),
            matches!(&self.tool, Tool::Pan(pan) if pan.moving).then_some("is-panning"),
            self.gliding.as_ref().map(|_| "is-gliding"),
            self.drawn.far.then_some("is-far"),
        );
        let still = SceneLayerProps {
            scene: Rc::clone(&self.scene),
            drawn: Rc::clone(&self.drawn),
            selection: Rc::clone(&props.selection),
            lifted: Rc::clone(&self.lifted),
            lifted_wires: Rc::clone(&self.lifted_wires),
            fates: self.fates.clone(),
            target: self.target(props),
            lifted_places: Rc::clone(&self.lifted_places),
            mark,
            flowing: props.flowing,
            pointed,
            sought: Rc::clone(&props.sought),
            struck,
            grips: matches!(self.tool, Tool::Idle) && props.aftermath.is_none(),
        };
        html! {
            <main
                ref={self.node.clone()}
                {class}
                id="canvas"
                tabindex="-1"
                aria-label={t!("Drawing")}
                onpointerdown={link.callback(Happening::Pressed)}
                onpointermove={link.callback(Happening::Moved)}
                onpointerup={link.callback(Happening::Released)}
                onpointercancel={link.callback(|_| Happening::Lost)}
                onpointerleave={link.callback(|_| Happening::Left)}
                onpointerover={link.callback(Happening::Over)}
                onwheel={link.callback(Happening::Wheeled)}
                onkeydown={link.callback(Happening::KeyUsed)}
                ontouchend={link.callback(Happening::TouchEnded)}
                oncontextmenu={link.callback(Happening::MenuAsked)}
                ondblclick={link.callback(Happening::DoubleClicked)}
                onfocusin={link.callback(|_| Happening::FocusCame)}
            >
                <div class="canvas__world" ref={self.world.clone()}>
                    { kept("scene", still, scene_layer) }
                    { above(&self.above(props)) }
                    <div class="slot">{ for self.name_field(props) }</div>
                </div>
                <div class="slot">{ for self.tip() }</div>
                <div class="slot">{ for self.hint(ctx) }</div>
                <div class="slot">
                    { for props.further.zip(self.map_of(props)).map(|(further, regions)| (further.map)(MapProps {
                        regions,
                        window: self.window.clone(),
                        on_look: self.on_look.clone(),
                        on_step: self.on_step.clone(),
                    })) }
                </div>
                <div class="slot">{ props.children.clone() }</div>
                { zoom(&ZoomProps {
                    percent: percent(self.viewport),
                    level: self.level.clone(),
                    taking: props.aftermath.is_some(),
                    framing: props.framing,
                    notes: props.plan.notes.clone().into(),
                    send: props.send.clone(),
                }) }
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
        self.apply_viewport();
        self.place_name_field(ctx.props());
        self.place_tip();
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
                let was_placing = self.hand.take().is_some() && ctx.props().placing.is_some();
                let was_over = self.pointed.take().is_some() | was_placing;
                was_over && !self.tool.is_busy()
            }
            Happening::Over(event) => {
                let over = element::pressed(&event, &self.node);
                self.point_at(over)
            }
            Happening::Wheeled(event) => self.wheel(ctx, &event),
            Happening::KeyUsed(event) => self.use_key(ctx, &event),
            Happening::MenuAsked(event) => {
                let spot = element::pressed(&event, &self.node);
                if spot.is_some() {
                    event.prevent_default();
                    self.open_menu(ctx, spot, self.point_of(&event));
                }
                true
            }
            Happening::LongPressed(spot, at) => {
                self.asked = true;
                self.open_menu(ctx, spot, at);
                true
            }
            Happening::TouchEnded(event) => {
                if self.asked {
                    event.prevent_default();
                }
                false
            }
            Happening::DoubleClicked(event) => {
                self.double_click(ctx, &event);
                false
            }
            Happening::Pasted(pasted) => {
                self.paste(ctx, pasted);
                false
            }
            Happening::Copied(rework) => {
                ctx.props().send.emit(Message::Rework(rework));
                false
            }
            Happening::FocusCame => self.reveal_focus(ctx),
            Happening::Resized(width, height) => {
                self.viewport = self.viewport.resized(width, height);
                ctx.props().send.emit(Message::Resized { width, height });
                false
            }
            Happening::Settle => {
                self.settle_now(ctx);
                false
            }
            Happening::Stop => {
                let caller = self.caller.take();
                self.stop(ctx) || caller.is_some()
            }
            Happening::Look(at, rests) => self.look_at(ctx, at, rests),
            Happening::Step(x, y) => {
                self.step(ctx, x, y);
                true
            }
            Happening::Glided => {
                self.gliding = None;
                true
            }
            Happening::SpaceHeld(held) => {
                self.space_held = held;
                false
            }
        }
    }
}

fn percent(viewport: Viewport) -> i64 {
    (viewport.zoom * 100.0).round() as i64
}

fn is_carrying(props: &CanvasProps) -> bool {
    props.carried.is_some_and(|carried| !carried.dropped)
}
