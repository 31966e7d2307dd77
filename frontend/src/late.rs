//! The parts of the program that load once the drawing answers: what computes, and what shows it.
//!
//! Each is a table of functions that only the table names, so that a published program can be split there: the
//! functions, and what only they use, are files of their own. The tables can be called like anything else once they
//! are there.

use std::borrow::Cow;
use std::rc::Rc;

use model::catalog::{Catalog, Date};
use model::evaluate::{Evaluation, evaluate};
use model::export::{self, Export};
use model::plan::{Plan, format};
use model::scenarios::{Aftermath, Scenario, aftermath};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::actions;
use crate::browser::{catalogue, style};
use crate::canvas::{FURTHER, Further};
use crate::errands;
use crate::panels::{
    ExitDrill, Find, Findings, FourWays, Gallery, HEADER_REST, HeaderRest, Inspector, Offers,
    Outline, Results, Shortcuts, Shown, Sketch, Strip, StripProps, TakeAwayBar, context_menu,
    quick_add,
};
use crate::state::{Editor, Effect, Message, Overlay, Popover};
use crate::widgets::icon::late_sprite;

/// What computes.
pub(crate) struct Engine {
    /// Everything about a plan.
    pub evaluate: fn(&Plan, &Catalog, Option<Date>) -> Evaluation,
    /// What becomes of a plan without what is taken away.
    pub aftermath: fn(&Plan, &Catalog, &Scenario) -> Aftermath,
    /// The catalogue of a text; none if it is not one.
    pub catalogue: fn(&str) -> Option<Catalog>,
    /// The catalogue as a plan sees it.
    pub catalogue_of: for<'c> fn(&'c Catalog, &Plan) -> Cow<'c, Catalog>,
    /// The format of this id that an evaluation is written in.
    pub export: fn(&str) -> Option<&'static Export>,
    /// What becomes of the editor when something happens that does more than draw.
    pub update: fn(&mut Editor, Message, f64) -> Vec<Effect>,
    /// What the editor asks of the browser then.
    pub run: fn(Effect, &Callback<Message>),
    /// A plan as text.
    pub write: fn(&Plan) -> String,
}

/// What shows the results.
pub(crate) struct Panels {
    /// What the drawing does without before.
    pub further: Further,
    /// The icons that nothing shows before.
    pub sprite: fn() -> Html,
    /// What opens from the bar on top.
    pub header: HeaderRest,
    /// The answer below the drawing.
    pub strip: fn(StripProps) -> Html,
    /// What is selected.
    pub inspector: fn(&Editor, &Shown, &Callback<Message>) -> Html,
    /// The plan as a table, with what else stands there.
    pub outline: fn(&Editor, &Shown, &Callback<Message>, Html) -> Html,
    /// The plan as text.
    pub sketch: fn(&Editor, &Callback<Message>) -> Html,
    /// What is taken away.
    pub take_away: fn(&Shown, &Rc<Scenario>, &Rc<Aftermath>, &Callback<Message>) -> Html,
    /// A list at a spot of the drawing.
    pub popover: fn(&Popover, &Editor, &Callback<Message>) -> Html,
    /// What opens under the drawing.
    pub drawer: fn(Overlay, &Editor, &Shown, &Callback<Message>) -> Option<Html>,
    /// What opens above the page.
    pub dialog: fn(Overlay, &Editor, &Shown, &Callback<Message>) -> Option<Html>,
}

/// Something that came, or that cannot be had.
pub(crate) enum Arrival {
    /// What computes.
    Engine(Option<&'static Engine>),
    /// What shows the results.
    Panels(Option<&'static Panels>),
    /// The text of the catalogue.
    Catalogue(Option<String>),
}

/// What came so far.
#[derive(Default)]
pub(crate) struct Late {
    engine: Part<&'static Engine>,
    panels: Part<&'static Panels>,
    catalogue: Part<String>,
}

/// Whether something is there.
#[derive(Default)]
enum Part<T> {
    #[default]
    Coming,
    There(T),
    Missing,
}

static ENGINE: Engine = Engine {
    evaluate,
    aftermath,
    catalogue: |text| Catalog::from_bundle(("the catalogue", text)).ok(),
    catalogue_of: |published, plan| published.for_plan(plan),
    export: export::export,
    update: Editor::update,
    run: errands::run,
    write: format::write,
};

static PANELS: Panels = Panels {
    further: FURTHER,
    sprite: late_sprite,
    header: HEADER_REST,
    strip,
    inspector,
    outline,
    sketch,
    take_away,
    popover,
    drawer,
    dialog,
};

impl<T> Part<T> {
    fn of(arrived: Option<T>) -> Self {
        arrived.map_or(Self::Missing, Self::There)
    }

    fn is_coming(&self) -> bool {
        matches!(self, Self::Coming)
    }

    fn is_missing(&self) -> bool {
        matches!(self, Self::Missing)
    }

    fn there(&self) -> Option<&T> {
        match self {
            Self::There(part) => Some(part),
            Self::Coming | Self::Missing => None,
        }
    }
}

impl Late {
    /// Asks for whatever is not there, and tells of each as it comes.
    pub(crate) fn ask(&mut self, hear: impl Fn(Arrival) + Clone + 'static) {
        if self.engine.there().is_none() {
            self.engine = Part::Coming;
            let hear = hear.clone();
            spawn_local(async move { hear(Arrival::Engine(split::engine().await)) });
        }
        if self.catalogue.there().is_none() {
            self.catalogue = Part::Coming;
            let hear = hear.clone();
            spawn_local(async move { hear(Arrival::Catalogue(catalogue::text().await)) });
        }
        if self.panels.there().is_none() {
            self.panels = Part::Coming;
            let style = style::ask();
            spawn_local(async move {
                let panels = split::panels().await;
                let is_styled = style.await;
                hear(Arrival::Panels(panels.filter(|_| is_styled)));
            });
        }
    }

    /// Keeps what came.
    pub(crate) fn keep(&mut self, arrival: Arrival) {
        match arrival {
            Arrival::Engine(engine) => self.engine = Part::of(engine),
            Arrival::Panels(panels) => self.panels = Part::of(panels),
            Arrival::Catalogue(text) => self.catalogue = Part::of(text),
        }
    }

    /// What computes, once the catalogue is there or cannot be had: nobody is told numbers without prices that are
    /// on their way.
    pub(crate) fn engine(&self) -> Option<&'static Engine> {
        self.engine
            .there()
            .copied()
            .filter(|_| !self.catalogue.is_coming())
    }

    /// The same, whether the catalogue is there or not: what is no number needs no prices.
    pub(crate) fn hands(&self) -> Option<&'static Engine> {
        self.engine.there().copied()
    }

    /// What shows the results.
    pub(crate) fn panels(&self) -> Option<&'static Panels> {
        self.panels.there().copied()
    }

    /// The text of the catalogue.
    pub(crate) fn catalogue(&self) -> Option<&str> {
        self.catalogue.there().map(String::as_str)
    }

    /// Counts the catalogue as missing, because its text is none.
    pub(crate) fn refuse_catalogue(&mut self) {
        self.catalogue = Part::Missing;
    }

    /// Whether something is still on its way.
    pub(crate) fn is_coming(&self) -> bool {
        self.engine.is_coming() || self.panels.is_coming() || self.catalogue.is_coming()
    }

    /// What to say about what is not there; nothing when all is.
    pub(crate) fn words(&self) -> Option<&'static str> {
        if self.is_coming() {
            Some(t!("Results are on their way."))
        } else if self.engine.is_missing() || self.panels.is_missing() {
            Some(t!(
                "What computes cannot be reached: you can draw, and results are missing."
            ))
        } else if self.catalogue.is_missing() {
            Some(t!(
                "The catalogue cannot be reached: offers, their prices and what follows from them are missing."
            ))
        } else {
            None
        }
    }
}

/// Where a published program is split.
#[cfg(split)]
mod split {
    use wasm_split_helpers::{SplitLoaderError, wasm_split};

    use super::{ENGINE, Engine, PANELS, Panels};

    #[wasm_split(engine, fallible)]
    fn engine_part() -> Result<&'static Engine, SplitLoaderError> {
        Ok(&ENGINE)
    }

    #[wasm_split(panels, fallible)]
    fn panels_part() -> Result<&'static Panels, SplitLoaderError> {
        Ok(&PANELS)
    }

    pub(super) async fn engine() -> Option<&'static Engine> {
        engine_part().await.ok()
    }

    pub(super) async fn panels() -> Option<&'static Panels> {
        panels_part().await.ok()
    }
}

/// A program that is not split has everything.
#[cfg(not(split))]
mod split {
    use std::future::{Ready, ready};

    use super::{ENGINE, Engine, PANELS, Panels};

    pub(super) fn engine() -> Ready<Option<&'static Engine>> {
        ready(Some(&ENGINE))
    }

    pub(super) fn panels() -> Ready<Option<&'static Panels>> {
        ready(Some(&PANELS))
    }
}

fn strip(props: StripProps) -> Html {
    html! { <Strip ..props /> }
}

fn inspector(editor: &Editor, shown: &Shown, send: &Callback<Message>) -> Html {
    let selection = Rc::clone(editor.selection());
    html! { <Inspector shown={shown.clone()} {selection} send={send.clone()} /> }
}

fn outline(editor: &Editor, shown: &Shown, send: &Callback<Message>, inside: Html) -> Html {
    let selection = Rc::clone(editor.selection());
    html! { <Outline shown={shown.clone()} {selection} send={send.clone()}>{ inside }</Outline> }
}

fn sketch(editor: &Editor, send: &Callback<Message>) -> Html {
    let (plan, is_redrawn) = (Rc::clone(editor.plan()), editor.is_redrawn());
    html! { <Sketch {plan} {is_redrawn} send={send.clone()} /> }
}

fn take_away(
    shown: &Shown,
    scenario: &Rc<Scenario>,
    aftermath: &Rc<Aftermath>,
    send: &Callback<Message>,
) -> Html {
    html! {
        <TakeAwayBar shown={shown.clone()} scenario={Rc::clone(scenario)} aftermath={Rc::clone(aftermath)}
            send={send.clone()} />
    }
}

fn popover(popover: &Popover, editor: &Editor, send: &Callback<Message>) -> Html {
    match popover {
        Popover::Menu(spot) => context_menu(*spot, editor, send),
        Popover::Add(spot, joined) => quick_add(*spot, joined.clone(), send),
    }
}

fn drawer(
    overlay: Overlay,
    editor: &Editor,
    shown: &Shown,
    send: &Callback<Message>,
) -> Option<Html> {
    let (shown, send) = (shown.clone(), send.clone());
    match overlay {
        Overlay::Findings => Some(html! { <Findings {shown} {send} /> }),
        Overlay::ExitDrill => Some(html! { <ExitDrill {shown} {send} /> }),
        Overlay::Result(quantity) => {
            let as_table = editor.shows_tables(quantity);
            let compared = editor.compared().cloned();
            Some(html! { <Results {shown} {quantity} {compared} {as_table} {send} /> })
        }
        _ => None,
    }
}

fn dialog(
    overlay: Overlay,
    editor: &Editor,
    shown: &Shown,
    send: &Callback<Message>,
) -> Option<Html> {
    let send = send.clone();
    match overlay {
        Overlay::FourWays => Some(html! { <FourWays shown={shown.clone()} {send} /> }),
        Overlay::Gallery => Some(html! { <Gallery {send} /> }),
        Overlay::Offers => Some(html! {
            <Offers shown={shown.clone()} selection={Rc::clone(editor.selection())} {send} />
        }),
        Overlay::Find(what) => {
            let usable = |action: &&actions::Action| (action.enabled)(editor);
            Some(html! {
                <Find {what} shown={shown.clone()} selection={Rc::clone(editor.selection())}
                    enabled={actions::ALL.iter().map(usable).collect::<Vec<_>>()} {send} />
            })
        }
        Overlay::Shortcuts => Some(html! { <Shortcuts {send} /> }),
        _ => None,
    }
}
