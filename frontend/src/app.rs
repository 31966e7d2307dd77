//! The page: owns the editor, evaluates every new plan, hands both down, does what the editor asks for.

use std::borrow::Cow;
use std::rc::Rc;

use model::catalog::Catalog;
use model::diagram::{self, Rect};
use model::evaluate::Evaluation;
use model::plan::{Plan, format};
use model::scenarios::{Aftermath, Scenario};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::actions;
use crate::browser::files;
use crate::browser::keyboard::{self, Key};
use crate::browser::timers::{self, Later};
use crate::browser::{Listening, clock, element, focus, language, last_resort, storage};
use crate::canvas::Canvas;
use crate::errands::opened;
use crate::late::{Arrival, Late, Panels};
use crate::panels::palette::Palette;
use crate::panels::{
    HeaderProps, OUTLINE_GRID, Shown, StripProps, drop_target, empty_drawing, header, load_problem,
    toasts, welcome,
};
use crate::state::{
    Carried, Display, DisplaySwitch, Editor, Effect, FocusTarget, Message, Notice, Overlay,
    Quantity, Rework, Selection, Sheet, TakeAway, Theme, Tone, View,
};
use crate::texts;
use crate::widgets::format::fixed;
use crate::widgets::grip::{Grip, GripTo};
use crate::widgets::icon::{Size, icon, sprite};

/// Plans up to this size are evaluated at once, however slow the machine.
const SMALL: usize = 100;
/// Larger ones are, where that takes less than this, in milliseconds; otherwise when the hand rests.
const AT_ONCE: f64 = 12.0;
/// What takes longer than this, in milliseconds, is said to go on.
const LONG: f64 = 100.0;
/// How long the hand rests, in milliseconds.
const REST: u32 = 200;
/// The same where the evaluation takes less than [`LONG`], so that figures follow the hand.
const SHORT_REST: u32 = 30;
/// How long a plan stays unchanged before the browser keeps it, in milliseconds.
const DRAFT_REST: u32 = 400;
/// How long a notice is shown, in milliseconds.
const NOTICE_TIME: u32 = 8_000;
/// The drawing for paper is drawn within this, in milliseconds.
const PRINT_REST: u32 = 60;

/// What happens to the page.
#[expect(
    clippy::large_enum_variant,
    reason = "messages are few at a time, and short-lived"
)]
pub(crate) enum Happening {
    /// Something for the editor.
    Editor(Message),
    /// A key that nobody else used.
    Key(Key),
    /// A component is carried from the palette.
    Carried(Option<Carried>),
    /// A file is held over the page, or no longer.
    FileOver(bool),
    /// A large plan has waited long enough for its evaluation.
    Evaluate,
    /// The plan has waited long enough to be kept.
    KeepDraft,
    /// The page is about to be put on paper, or has been.
    Prints(bool),
    /// Ask for what is not there yet.
    AskForRest,
    /// Some of that came, or cannot be had.
    Arrived(Arrival),
    /// The language of this code was read; or could not be.
    Read(String, Result<Option<language::Read>, ()>),
}

/// The page.
pub(crate) struct App {
    editor: Editor,
    /// What loads once the drawing answers.
    late: Late,
    /// The catalogue as published; empty until it came.
    published: Rc<Catalog>,
    /// The catalogue as the plan sees it.
    catalog: Rc<Catalog>,
    /// The plan that was evaluated last; none until there is something to do it.
    evaluated: Option<Rc<Plan>>,
    evaluation: Rc<Evaluation>,
    /// How long an evaluation takes, in milliseconds for each component; as the last one did.
    pace: f64,
    /// Whether the drawing is drawn for paper.
    printed: bool,
    /// The browser is asked to print soon.
    printing: Option<timers::Later>,
    /// Whether the evaluation answers an edit.
    answers_edit: bool,
    /// What becomes of the plan without what is taken away, and of which plan and scenario.
    aftermath: Option<(Rc<Plan>, Rc<Scenario>, Rc<Aftermath>)>,
    send: Callback<Message>,
    on_carry: Callback<Option<Carried>>,
    carried: Option<Carried>,
    file_over: bool,
    sprite: Html,
    late_sprite: Option<Html>,
    announcement: AttrValue,
    /// Where the focus goes once the page is drawn.
    focus: Option<FocusTarget>,
    /// What has to come out from under the inspector once the page is drawn.
    uncover: Option<Rect>,
    evaluating: Option<Later>,
    draft: Draft,
    /// What happened that waits for more than what draws, and what was selected then.
    waiting: Vec<(Rc<Selection>, Message)>,
    expiring: Option<Later>,
    _listening: [Listening; 6],
}

/// How the plan is kept in the browser.
#[derive(Default)]
struct Draft {
    /// It is kept soon.
    keeping: Option<Later>,
    /// The browser refused it, and that was said.
    has_failed: bool,
    /// It is to be kept once that can be done.
    is_unkept: bool,
}

impl Component for App {
    type Message = Happening;
    type Properties = ();

    fn create(ctx: &Context<Self>) -> Self {
        element::end_loading();
        let theme = storage::theme().map_or(Theme::System, |theme| Theme::from_id(&theme));
        let display = Display::from_words(&storage::display().unwrap_or_default());
        element::set_display(&display.words());
        let (editor, effects) = Editor::open(storage::draft().as_deref(), theme);
        let editor = editor.showing(display);
        let link = ctx.link();
        let (hover, file) = (
            link.callback(Happening::FileOver),
            link.callback(|file| Happening::Editor(opened(file))),
        );
        let (key, first, print) = (link.clone(), link.clone(), link.clone());
        let rival = link.clone();
        let catalog = Rc::new(Catalog::default());
        let mut app = Self {
            evaluation: Rc::default(),
            pace: 0.1,
            answers_edit: false,
            late: Late::default(),
            published: Rc::clone(&catalog),
            catalog,
            evaluated: None,
            aftermath: None,
            editor,
            send: link.callback(Happening::Editor),
            on_carry: link.callback(Happening::Carried),
            carried: None,
            file_over: false,
            sprite: sprite(),
            late_sprite: None,
            announcement: AttrValue::default(),
            focus: None,
            uncover: None,
            evaluating: None,
            draft: Draft::default(),
            waiting: Vec::new(),
            expiring: None,
            printed: false,
            printing: None,
            _listening: [
                focus::watch(),
                element::around_print(move |begins| print.send_message(Happening::Prints(begins))),
                files::listen(
                    format::MAX_BYTES,
                    move |over| hover.emit(over),
                    move |chosen| file.emit(chosen),
                ),
                keyboard::listen_first(
                    move |pressed: Key| {
                        let used = is_used_anywhere(&pressed);
                        if used {
                            first.send_message(Happening::Key(pressed));
                        }
                        used
                    },
                    |_| false,
                ),
                storage::listen(move |text| {
                    rival.send_message(Happening::Editor(Message::Rework(Rework::Rival(text))));
                }),
                keyboard::listen(move |pressed: Key| {
                    let used = is_used(&pressed);
                    key.send_message(Happening::Key(pressed));
                    used
                }),
            ],
        };
        for effect in effects {
            app.perform(ctx, effect);
        }
        if let Some(language) = language::unread() {
            app.tell(ctx, unread(&language));
        }
        if let Some(view) = storage::view() {
            let _ = app.editor.draw(Message::Show(View::from_id(&view)), 0.0);
        }
        app
    }

    fn update(&mut self, ctx: &Context<Self>, happening: Happening) -> bool {
        match happening {
            Happening::Editor(message) => self.tell(ctx, message),
            Happening::Key(key) => match self.message_of(&key) {
                Some(message) => self.tell(ctx, message),
                None => false,
            },
            Happening::Carried(carried) => {
                self.carried = carried;
                true
            }
            Happening::FileOver(over) => {
                let changed = self.file_over != over;
                self.file_over = over;
                changed
            }
            Happening::Evaluate if element::is_held() => {
                self.evaluate_later(ctx, REST);
                false
            }
            Happening::Evaluate => {
                self.evaluating = None;
                self.evaluate_now();
                true
            }
            Happening::KeepDraft => {
                self.draft.keeping = None;
                self.keep_draft(ctx);
                false
            }
            Happening::Prints(begins) => {
                if let Some(extent) = diagram::extent(self.editor.plan()).filter(|_| begins) {
                    element::tell_extent(extent);
                }
                let was_printed = std::mem::replace(&mut self.printed, begins);
                was_printed != begins
            }
            Happening::AskForRest => {
                let link = ctx.link().clone();
                self.late
                    .ask(move |arrival| link.send_message(Happening::Arrived(arrival)));
                true
            }
            Happening::Arrived(arrival) => {
                let is_engine = matches!(arrival, Arrival::Engine(_));
                self.late.keep(arrival);
                if is_engine {
                    self.catch_up(ctx);
                }
                if self.late_sprite.is_none() {
                    self.late_sprite = self.late.panels().map(|panels| (panels.sprite)());
                }
                self.read_catalogue();
                self.evaluate_soon(ctx);
                self.follow_scenario();
                if !self.late.is_coming() {
                    element::say_complete(self.late.words().is_none());
                }
                true
            }
            Happening::Read(code, Ok(read)) => {
                storage::keep_language(&code);
                texts::learn(read);
                // What was worked out in words is worked out anew.
                self.evaluated = None;
                self.aftermath = None;
                self.focus = Some(FocusTarget::Canvas);
                self.evaluate_soon(ctx);
                self.follow_scenario();
                true
            }
            Happening::Read(code, Err(())) => {
                let offered = language::offered();
                let name = offered.into_iter().find(|(of, _)| *of == code);
                self.tell(ctx, unread(&name.map_or(code, |(_, name)| name)))
            }
        }
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let (editor, send) = (&self.editor, &self.send);
        let overlay = editor.overlay();
        let shown = Shown {
            plan: Rc::clone(editor.plan()),
            evaluation: Rc::clone(&self.evaluation),
            catalog: Rc::clone(&self.catalog),
        };
        let label = |label: Option<&str>| label.map(|label| AttrValue::from(label.to_owned()));
        let aftermath = self.aftermath.as_ref();
        let without = aftermath
            .filter(|(_, scenario, _)| !scenario.is_empty())
            .map(|(_, _, aftermath)| Rc::clone(aftermath));
        let aftermath = aftermath.map(|(_, _, aftermath)| Rc::clone(aftermath));
        let panels = self.late.panels().filter(|_| self.evaluated.is_some());
        let strip = StripProps {
            shown: shown.clone(),
            answers_edit: self.answers_edit,
            overlay,
            aftermath: without,
            send: send.clone(),
        };
        let header_props = HeaderProps {
            title: editor.plan().title.clone().into(),
            undo: label(editor.undo_label()),
            redo: label(editor.redo_label()),
            is_empty: editor.plan().components.is_empty(),
            overlay,
            view: editor.view(),
            theme: editor.theme(),
            display: editor.display(),
            languages: language::offered(),
            rest: self.late.panels().map(|panels| &panels.header),
            send: send.clone(),
        };
        let class = classes!(
            "app",
            editor.palette_open().then_some("app--palette-open"),
            editor.inspector_open().then_some("app--inspector-open"),
            editor.inspector_front().then_some("app--inspector-front"),
            editor.sheet_full().then_some("app--sheet-full"),
            overlay
                .is_some_and(Overlay::is_drawer)
                .then_some("app--drawer-open"),
            (overlay == Some(Overlay::FourWays)).then_some("app--four-ways"),
            editor.display().bare.then_some("app--bare"),
        );
        html! {
            <div {class} key={texts::code()}>
                { self.sprite.clone() }
                <div class="slot" aria-hidden="true">{ for self.late_sprite.clone() }</div>
                { skip(editor.view()) }
                { header(&header_props) }
                <Palette placing={editor.placing()} send={send.clone()} on_carry={self.on_carry.clone()} />
                <div class="slot">{ self.plan_view(ctx, &shown, panels, aftermath) }</div>
                <div class="app__grip">
                    <Grip is_full={editor.sheet_full()} on_drag={send.reform(|to| Message::SetSheet(match to {
                        GripTo::Closed => Sheet::Closed,
                        GripTo::Half => Sheet::Half,
                        GripTo::Full => Sheet::Full,
                    }))} />
                </div>
                { panels.map_or_else(coming_inspector, |panels| (panels.inspector)(editor, &shown, send)) }
                <div class="slot">
                    { for panels.zip(overlay).and_then(|(panels, overlay)| (panels.drawer)(overlay, editor, &shown, send)) }
                </div>
                { panels.map_or_else(coming_strip, |panels| (panels.strip)(strip)) }
                <button
                    type="button"
                    class="button button--primary app__add"
                    onclick={send.reform(|_: MouseEvent| Message::TogglePalette)}
                >
                    { icon("plus", Size::Normal) }
                    <span>{ t!("Add") }</span>
                </button>
                <div class="slot">
                    { for panels.zip(overlay).and_then(|(panels, overlay)| (panels.dialog)(overlay, editor, &shown, send)) }
                </div>
                { toasts(editor.notice(), send) }
                <div class="slot">{ for self.file_over.then(drop_target) }</div>
                <p class="visually-hidden" role="status" aria-live="polite">{ &self.announcement }</p>
            </div>
        }
    }

    fn rendered(&mut self, ctx: &Context<Self>, first: bool) {
        if first {
            ctx.link().send_message(Happening::AskForRest);
        }
        match self.focus.take() {
            Some(_) if self.editor.view() == View::Outline => element::focus_id(OUTLINE_GRID),
            Some(FocusTarget::Back(_)) if !element::focus_is_free() => {}
            Some(FocusTarget::Part(id) | FocusTarget::Back(Some(id))) => element::focus_part(&id),
            Some(FocusTarget::Back(None) | FocusTarget::Canvas) => element::focus_id("canvas"),
            None => focus::rescue(),
        }
        if let Some(area) = self.uncover.take()
            && let Some((width, height)) = element::uncovered()
        {
            let viewport = self.editor.viewport();
            let moved = viewport.uncovering(area, width, height);
            if moved != viewport {
                self.send.emit(Message::SetViewport(moved));
            }
        }
    }
}

impl App {
    /// Tells the editor, and does what it asks for; whether the page has to be drawn anew.
    fn tell(&mut self, ctx: &Context<Self>, message: Message) -> bool {
        if matches!(message, Message::Place { .. }) {
            self.carried = None;
        }
        let now = clock::now_seconds();
        let effects = match self.late.hands() {
            Some(engine) => (engine.update)(&mut self.editor, message, now),
            None => self.editor.draw(message, now).unwrap_or_else(|message| {
                let selection = Rc::clone(self.editor.selection());
                self.waiting.push((selection, *message));
                Vec::new()
            }),
        };
        for effect in effects {
            self.perform(ctx, effect);
        }
        self.evaluate_soon(ctx);
        self.follow_scenario();
        true
    }

    /// Does what had to wait for the engine, in the order in which it happened.
    fn catch_up(&mut self, ctx: &Context<Self>) {
        let Some(engine) = self.late.hands() else {
            return;
        };
        for (selection, message) in std::mem::take(&mut self.waiting) {
            self.tell(ctx, Message::Select((*selection).clone()));
            self.tell(ctx, message);
        }
        if self.draft.is_unkept {
            self.keep_draft(ctx);
        } else {
            last_resort::remember(&(engine.write)(self.editor.plan()));
        }
    }

    /// Finds out what becomes of the plan without what is taken away.
    fn follow_scenario(&mut self) {
        let plan = self.editor.plan();
        let engine = self.late.engine();
        self.aftermath = engine
            .zip(self.editor.scenario())
            .map(|(engine, scenario)| {
                let known = self.aftermath.take().filter(|(of, without, _)| {
                    Rc::ptr_eq(of, plan) && Rc::ptr_eq(without, scenario)
                });
                known.unwrap_or_else(|| {
                    let after = Rc::new((engine.aftermath)(plan, &self.catalog, scenario));
                    (Rc::clone(plan), Rc::clone(scenario), after)
                })
            });
    }

    /// The plan in the way in which it is shown.
    fn plan_view(
        &self,
        ctx: &Context<Self>,
        shown: &Shown,
        panels: Option<&'static Panels>,
        aftermath: Option<Rc<Aftermath>>,
    ) -> Html {
        let (editor, send) = (&self.editor, &self.send);
        let is_empty = editor.plan().components.is_empty();
        let empty = is_empty.then(|| empty_drawing(send));
        let problem = editor
            .load_problem()
            .map(|problem| load_problem(problem, send));
        if editor.view() == View::Outline {
            let inside = html! {
                <>
                    <div class="slot">{ for empty }</div>
                    <div class="slot">{ for self.waiting(ctx) }</div>
                    <div class="slot">{ for editor.display().bare.then(|| self.way_back()) }</div>
                    <div class="slot">{ for problem }</div>
                </>
            };
            return match panels {
                Some(panels) => (panels.outline)(editor, shown, send, inside),
                None => {
                    html! { <div class="outline app__canvas" aria-busy="true">{ inside }</div> }
                }
            };
        }
        let drawing = html! {
            <Canvas
                plan={Rc::clone(editor.plan())}
                evaluation={Rc::clone(&self.evaluation)}
                catalog={Rc::clone(&self.catalog)}
                selection={Rc::clone(editor.selection())}
                viewport={editor.viewport()}
                placing={editor.placing()}
                framing={editor.framing()}
                carried={self.carried}
                renaming={editor.renaming().cloned()}
                {aftermath}
                sought={Rc::clone(editor.sought())}
                printed={self.printed}
                flowing={editor.display().flow}
                mapped={!editor.display().mapless}
                further={self.late.panels().map(|panels| &panels.further)}
                send={send.clone()}
            >
                <div class="slot">{ for empty }</div>
                <div class="slot">
                    { for panels.zip(self.aftermath.as_ref()).map(|(panels, (_, scenario, aftermath))| {
                        (panels.take_away)(shown, scenario, aftermath, send)
                    }) }
                </div>
                <div class="slot">
                    { for (editor.welcomes() && self.aftermath.is_none()).then(|| welcome(send)) }
                </div>
                <div class="slot">{ for self.waiting(ctx) }</div>
                <div class="slot">{ for editor.display().bare.then(|| self.way_back()) }</div>
                <div class="slot">{ for panels.zip(editor.popover()).map(|(panels, popover)| (panels.popover)(popover, editor, send)) }</div>
                <div class="slot">{ for problem }</div>
            </Canvas>
        };
        match editor.view() {
            View::Text => html! {
                <div class="beside app__canvas">
                    <div class="slot">{ for panels.map(|panels| (panels.sketch)(editor, send)) }</div>
                    { drawing }
                </div>
            },
            View::Drawing | View::Outline => drawing,
        }
    }

    /// What is said while something is not there, or figures take long.
    fn waiting(&self, ctx: &Context<Self>) -> Option<Html> {
        let Some(words) = self.late.words() else {
            let is_long = self.evaluating.is_some() && self.evaluation_time() >= LONG;
            return is_long.then(|| {
                html! { <div class="waiting waiting--figures">{ t!("Working out the figures …") }</div> }
            });
        };
        let is_missing = !self.late.is_coming();
        let again = ctx.link().callback(|_: MouseEvent| Happening::AskForRest);
        Some(html! {
            <div class={classes!("waiting", is_missing.then_some("waiting--missing"))} role="status">
                <span>{ words }</span>
                <span class="slot">
                    { for is_missing.then(|| html! {
                        <button type="button" class="button button--small" onclick={again}>{ t!("Try again") }</button>
                    }) }
                </span>
            </div>
        })
    }

    /// The button that shows the panels again.
    fn way_back(&self) -> Html {
        let onclick = self
            .send
            .reform(|_: MouseEvent| Message::Switch(DisplaySwitch::Bare));
        html! {
            <button type="button" class="button button--icon canvas__way-back" aria-label={t!("Show the panels")}
                data-tooltip={t!("Show the panels")} data-tooltip-keys="Esc" data-tooltip-side="end" {onclick}>
                { icon("panels", Size::Normal) }
            </button>
        }
    }

    fn is_evaluated(&self) -> bool {
        self.evaluated
            .as_ref()
            .is_some_and(|evaluated| Rc::ptr_eq(self.editor.plan(), evaluated))
    }

    fn evaluate_soon(&mut self, ctx: &Context<Self>) {
        if self.is_evaluated() {
            return;
        }
        let plan = self.editor.plan();
        let evaluated = self.evaluated.as_ref();
        if evaluated.is_some_and(|evaluated| plan.says_same_as(evaluated)) {
            self.evaluated = Some(Rc::clone(plan));
            self.evaluating = None;
            return;
        }
        let time = self.evaluation_time();
        if plan.components.len() <= SMALL || time < AT_ONCE {
            self.evaluating = None;
            self.evaluate_now();
        } else if time >= LONG {
            self.evaluate_later(ctx, REST);
        } else if self.evaluating.is_none() {
            self.evaluate_later(ctx, SHORT_REST);
        }
    }

    fn evaluate_later(&mut self, ctx: &Context<Self>, rest: u32) {
        let link = ctx.link().clone();
        self.evaluating = Some(timers::later(rest, move || {
            link.send_message(Happening::Evaluate);
        }));
    }

    /// How long the evaluation of the plan will take, in milliseconds.
    fn evaluation_time(&self) -> f64 {
        self.pace * self.editor.plan().components.len() as f64
    }

    /// Evaluates the plan, after its catalogue.
    fn evaluate_now(&mut self) {
        let Some(engine) = self.late.engine().filter(|_| !self.is_evaluated()) else {
            return;
        };
        let plan = self.editor.plan();
        let last = self.evaluated.as_ref();
        if last.is_none_or(|last| plan.catalogue != last.catalogue) {
            self.catalog = match (engine.catalogue_of)(&self.published, plan) {
                Cow::Borrowed(_) => Rc::clone(&self.published),
                Cow::Owned(catalog) => Rc::new(catalog),
            };
        }
        let start = clock::now_seconds();
        self.evaluation = Rc::new((engine.evaluate)(plan, &self.catalog, clock::today()));
        let milliseconds = (clock::now_seconds() - start) * 1_000.0;
        self.pace = milliseconds / plan.components.len().max(1) as f64;
        // What is first or follows from the catalogue is nobody's doing.
        self.answers_edit = last.is_some();
        self.evaluated = Some(Rc::clone(plan));
    }

    /// Reads the catalogue once it is there; whatever was computed without it is forgotten.
    fn read_catalogue(&mut self) {
        if !self.published.providers.is_empty() {
            return;
        }
        let Some(engine) = self.late.engine() else {
            return;
        };
        match self.late.catalogue().and_then(engine.catalogue) {
            Some(published) => {
                self.published = Rc::new(published);
                self.evaluated = None;
                self.aftermath = None;
            }
            None => self.late.refuse_catalogue(),
        }
    }

    fn perform(&mut self, ctx: &Context<Self>, effect: Effect) {
        match effect {
            Effect::SaveDraft => {
                let link = ctx.link().clone();
                self.draft.keeping = Some(timers::later(DRAFT_REST, move || {
                    link.send_message(Happening::KeepDraft);
                }));
            }
            Effect::ExportReport(id) => self.export(id),
            Effect::Print => {
                // The whole drawing has to be there before the browser looks.
                ctx.link().send_message(Happening::Prints(true));
                self.printing = Some(timers::later(PRINT_REST, element::print));
            }
            Effect::ChooseFile => {
                let send = self.send.reform(opened);
                files::choose(format::MAX_BYTES, move |chosen| send.emit(chosen));
            }
            Effect::Focus(target) => self.focus = Some(target),
            Effect::Uncover(area) => self.uncover = Some(area),
            Effect::Announce(text) => self.announcement = text.into(),
            Effect::KeepView(view) => storage::keep_view(view.id()),
            Effect::ApplyTheme(theme) => {
                let chosen = (theme != Theme::System).then(|| theme.id());
                storage::keep_theme(chosen);
                element::set_theme(chosen);
            }
            Effect::ApplyDisplay(display) => {
                let words = display.words();
                storage::keep_display(&words);
                element::set_display(&words);
            }
            Effect::Speak(code) => {
                let link = ctx.link().clone();
                spawn_local(async move {
                    let read = language::speak(&code).await;
                    link.send_message(Happening::Read(code, read));
                });
            }
            Effect::ExpireNotice(id) => {
                let send = self.send.clone();
                self.expiring = Some(timers::later(NOTICE_TIME, move || {
                    send.emit(Message::DismissNotice(id));
                }));
            }
            Effect::Download { .. }
            | Effect::ChooseFileToCompare
            | Effect::WriteClipboard(_)
            | Effect::ReadClipboard(_) => {
                if let Some(engine) = self.late.hands() {
                    (engine.run)(effect, &self.send);
                }
            }
        }
    }

    fn export(&mut self, id: &str) {
        self.evaluate_now();
        let Some(engine) = self.late.engine() else {
            return;
        };
        if let Some(export) = (engine.export)(id) {
            let name = format!("{}.{}", self.editor.file_name(), export.extension);
            let text = (export.write)(self.editor.plan(), &self.evaluation);
            let mime = export.mime;
            (engine.run)(Effect::Download { name, mime, text }, &self.send);
        }
    }

    /// Keeps the plan for the next visit; says so once when that fails.
    fn keep_draft(&mut self, ctx: &Context<Self>) {
        let engine = self.late.hands();
        self.draft.is_unkept = engine.is_none();
        let Some(engine) = engine else {
            return;
        };
        let text = (engine.write)(self.editor.plan());
        last_resort::remember(&text);
        let kept = if text.len() > format::MAX_BYTES {
            Err(too_large(text.len()))
        } else {
            storage::keep_draft(&text)
        };
        match kept {
            Ok(()) => self.draft.has_failed = false,
            Err(reason) if !self.draft.has_failed => {
                self.draft.has_failed = true;
                ctx.link()
                    .send_message(Happening::Editor(Message::DraftFailed(reason)));
            }
            Err(_) => {}
        }
    }

    fn message_of(&self, key: &Key) -> Option<Message> {
        if key.name == "Escape" {
            return self.message_of_escape();
        }
        if !is_used(key) && !is_used_anywhere(key) {
            return None;
        }
        let action = actions::of_keys(&key.name, key.primary, key.shift)?;
        (action.enabled)(&self.editor).then(action.message)
    }

    /// Escape puts away what is in front, one thing at a time.
    fn message_of_escape(&self) -> Option<Message> {
        let editor = &self.editor;
        if editor.overlay().is_some() {
            Some(Message::Close)
        } else if editor.placing().is_some() || editor.framing() {
            Some(Message::StopPlacing)
        } else if editor.scenario().is_some() {
            Some(Message::TakeAway(TakeAway::End))
        } else if editor.load_problem().is_some() {
            Some(Message::DismissLoadProblem)
        } else if editor.palette_open() {
            Some(Message::TogglePalette)
        } else if !editor.selection().is_empty() {
            Some(Message::Select(Selection::default()))
        } else if editor.display().bare {
            Some(Message::Switch(DisplaySwitch::Bare))
        } else if editor.inspector_open() {
            Some(Message::ToggleInspector)
        } else {
            None
        }
    }
}

/// What is said when a language cannot be read.
fn unread(language: &str) -> Message {
    let text = t!(
        "{language} could not be read; check the connection and choose it again.",
        language
    );
    Message::Notify(Notice::new(Tone::Refused, text))
}

/// Why a plan is not kept that is too large to be opened again.
fn too_large(bytes: usize) -> String {
    let megabyte = |bytes: usize| bytes as f64 / 1e6;
    t!(
        "The plan has {size} MB, and no plan of more than {most} MB can be opened again. Shorten its names and notes.",
        size = fixed(megabyte(bytes), 1),
        most = fixed(megabyte(format::MAX_BYTES), 0)
    )
}

/// A link for those who go by key, past everything to the plan.
fn skip(view: View) -> Html {
    let (target, words) = match view {
        View::Drawing => ("#canvas", t!("Skip to the drawing")),
        View::Outline => ("#outline-grid", t!("Skip to the outline")),
        View::Text => ("#sketch-text", t!("Skip to the text")),
    };
    html! { <a class="app__skip" href={target}>{ words }</a> }
}

/// The place of the inspector while what shows it is on its way.
fn coming_inspector() -> Html {
    html! { <aside class="inspector app__inspector" aria-label={t!("Inspector")} aria-busy="true"></aside> }
}

/// The place of the answer while what gives it is on its way.
fn coming_strip() -> Html {
    html! {
        <section class="strip app__strip" aria-label={t!("Results")} aria-busy="true">
            { for Quantity::ALL.map(|quantity| html! {
                <div class="strip__tile is-missing" key={quantity.id()}>
                    <span class="strip__label"><span class="strip__name">{ quantity.name() }</span></span>
                    <span class="strip__figure"></span>
                    <span class="strip__driver"></span>
                </div>
            }) }
            <div class="strip__tile strip__tile--findings" key="findings">
                <span class="strip__label"><span class="strip__name">{ t!("Findings") }</span></span>
                <span class="strip__figure"></span>
                <span class="strip__driver"></span>
            </div>
        </section>
    }
}

/// Whether a key leads to all commands, which it does from within a field too.
fn is_used_anywhere(key: &Key) -> bool {
    !key.is_in_dialog && !key.alt && actions::COMMANDS.keys_are(&key.name, key.primary, key.shift)
}

/// Whether the page uses a key; keys of fields, dialogs and the browser are left alone.
fn is_used(key: &Key) -> bool {
    !key.is_typing
        && !key.is_in_dialog
        && !key.alt
        && actions::of_keys(&key.name, key.primary, key.shift)
            .is_some_and(|action| !actions::is_told_by_browser(action))
}
