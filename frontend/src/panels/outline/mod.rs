//! The plan as a tree and table, in which everything can be done that the drawing does.

mod cells;
mod drag;
mod edits;
mod keys;
mod rows;

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use model::plan::{Id, Plan};
use yew::prelude::*;

use super::Shown;
use super::words::weight_of;
use crate::actions;
use crate::browser::Listening;
use crate::browser::clipboard::{self, Pasted};
use crate::browser::element::{self, Measuring};
use crate::state::{Find, Message, Overlay, Rework, Selection, copied};
use crate::widgets::button::{Button, IconButton, Look};
use crate::widgets::hint::hint;
use crate::widgets::severity::Weight;

use cells::Column;
use drag::Held;
use rows::{Part, Row, rows};

/// What the outline shows, and where messages go.
#[derive(Properties)]
pub(crate) struct OutlineProps {
    /// What is shown.
    pub shown: Shown,
    /// What of it is selected.
    pub selection: Rc<Selection>,
    /// Where messages go.
    pub send: Callback<Message>,
    /// What stands above the outline.
    #[prop_or_default]
    pub children: Html,
}

impl PartialEq for OutlineProps {
    fn eq(&self, other: &Self) -> bool {
        self.shown == other.shown
            && Rc::ptr_eq(&self.selection, &other.selection)
            && self.send == other.send
            && self.children == other.children
    }
}

/// What happens to the outline.
pub(crate) enum Happening {
    /// It was scrolled.
    Scrolled,
    /// It has this many pixels to the right and downwards.
    Resized(f64, f64),
    /// A key was pressed while no cell is being edited.
    Key(KeyboardEvent),
    /// A cell was pressed.
    Pressed(Id, Column, MouseEvent),
    /// A cell was pressed twice.
    PressedTwice(Id, Column),
    /// What is in a part is shown, or hidden again.
    Turn(Id),
    /// What is in every component is shown, or hidden again.
    TurnAll,
    /// The cell is as it shall be.
    EditEnded,
    /// A pointer was pressed on a row.
    Held(PointerEvent),
    /// It moved.
    Dragged(PointerEvent),
    /// It was let go.
    LetGo,
    /// It is lost: what is dragged stays where it is.
    Lost,
    /// The selected parts are on the clipboard; whether they go.
    Copied(bool),
    /// This was on the clipboard.
    Pasted(Pasted),
}

/// What keys copy.
type Copying = Rc<RefCell<(Rc<Plan>, Rc<Selection>)>>;

/// The outline.
pub(crate) struct Outline {
    grid: NodeRef,
    body: NodeRef,
    window: NodeRef,
    rows: Vec<Row>,
    /// The plan that the rows are of, and what of it was turned.
    laid_out: Option<(Rc<Plan>, BTreeSet<Id>)>,
    /// The parts that are folded where they would be open, or open where folded.
    turned: BTreeSet<Id>,
    /// How many findings each part has, and the weight of the gravest.
    findings: BTreeMap<Id, (Weight, usize)>,
    /// The row that keys act on.
    active: Option<Id>,
    /// Its number when it was last seen; another row takes its place when it is gone.
    active_row: usize,
    /// The cell of that row that keys act on; none for the row as a whole.
    column: Option<Column>,
    /// Where a range of selected rows begins.
    anchor: Option<Id>,
    editing: Option<(Id, Column)>,
    /// The row that the pointer is pressed on.
    held: Option<Held>,
    copying: Copying,
    /// What was typed to find a name.
    typed: String,
    /// When that was, in seconds.
    typed_at: Rc<Cell<f64>>,
    height: f64,
    narrow: bool,
    /// What has to be done once the outline is drawn.
    reveals: bool,
    takes_focus: bool,
    measuring: Option<Measuring>,
    _clipboard: Listening,
}

/// The height of a row in pixels, as in outline.css: wide, and where there is little room.
const ROW_HEIGHT: (f64, f64) = (36.0, 60.0);
/// The height of the headings.
const HEAD_HEIGHT: f64 = 32.0;
/// Narrower windows show each row in two lines, as in outline.css.
const NARROW: f64 = 640.0;
/// Rows beyond the window that are drawn too.
const BEYOND: usize = 8;
/// The id of the element that keys go to.
pub(crate) const GRID_ID: &str = "outline-grid";

impl Component for Outline {
    type Message = Happening;
    type Properties = OutlineProps;

    fn create(ctx: &Context<Self>) -> Self {
        let props = ctx.props();
        let copying = Rc::new(RefCell::new((
            Rc::clone(&props.shown.plan),
            Rc::clone(&props.selection),
        )));
        let (known, copies, pastes) = (Rc::clone(&copying), ctx.link().clone(), ctx.link().clone());
        let clipboard = clipboard::listen(
            move |cut| {
                let known = known.borrow();
                let text = copied(&known.0, &known.1)?;
                copies.send_message(Happening::Copied(cut));
                Some(text)
            },
            move |pasted| pastes.send_message(Happening::Pasted(pasted)),
        );
        let mut outline = Self {
            grid: NodeRef::default(),
            body: NodeRef::default(),
            window: NodeRef::default(),
            rows: Vec::new(),
            laid_out: None,
            turned: BTreeSet::new(),
            findings: BTreeMap::new(),
            active: None,
            active_row: 0,
            column: None,
            anchor: None,
            editing: None,
            held: None,
            copying,
            typed: String::new(),
            typed_at: Rc::new(Cell::new(f64::MIN)),
            height: 800.0,
            narrow: false,
            reveals: false,
            takes_focus: false,
            measuring: None,
            _clipboard: clipboard,
        };
        outline.count_findings(ctx);
        outline.follow_selection(ctx);
        outline.lay_out(ctx);
        outline
    }

    fn changed(&mut self, ctx: &Context<Self>, before: &OutlineProps) -> bool {
        let props = ctx.props();
        *self.copying.borrow_mut() = (Rc::clone(&props.shown.plan), Rc::clone(&props.selection));
        if !Rc::ptr_eq(&props.shown.plan, &before.shown.plan) {
            self.held = None;
        }
        if !Rc::ptr_eq(&props.shown.evaluation, &before.shown.evaluation) {
            self.count_findings(ctx);
        }
        if !Rc::ptr_eq(&props.selection, &before.selection) {
            self.follow_selection(ctx);
        }
        self.lay_out(ctx);
        true
    }

    fn update(&mut self, ctx: &Context<Self>, happening: Happening) -> bool {
        match happening {
            Happening::Scrolled => true,
            Happening::Resized(width, height) => {
                self.height = height;
                self.narrow = width < NARROW;
                self.reveals = self.active.is_some();
                true
            }
            Happening::Key(event) => self.use_key(ctx, &event),
            Happening::Pressed(id, column, event) => self.press(ctx, id, column, &event),
            Happening::PressedTwice(id, column) => {
                self.activate(id, Some(column));
                self.edit(ctx);
                true
            }
            Happening::Turn(id) => {
                self.turn(id);
                self.lay_out(ctx);
                true
            }
            Happening::TurnAll => {
                let components = ctx.props().shown.plan.components.iter();
                let ids = components.map(|component| component.id.clone());
                if self.shows_all() {
                    self.turned.clear();
                } else {
                    self.turned = ids.collect();
                }
                self.lay_out(ctx);
                true
            }
            Happening::EditEnded => {
                self.takes_focus |= self.editing.take().is_some();
                true
            }
            Happening::Held(event) => {
                self.hold(ctx, &event);
                false
            }
            Happening::Dragged(event) => self.drag(ctx, &event),
            Happening::LetGo => self.let_go(ctx),
            Happening::Lost => self.held.take().is_some(),
            Happening::Copied(cut) => {
                let send = &ctx.props().send;
                send.emit(Message::Rework(Rework::Copied { cut }));
                false
            }
            Happening::Pasted(pasted) => {
                let send = &ctx.props().send;
                send.emit(Message::Rework(match pasted {
                    Pasted::Text(text) => Rework::Paste {
                        text,
                        at: None,
                        whole: false,
                    },
                    Pasted::Other(what) => Rework::NotText(what),
                }));
                false
            }
        }
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let (props, link) = (ctx.props(), ctx.link());
        let (first, last) = self.in_window();
        let active = self.active_row();
        html! {
            <main
                class={classes!(
                    "outline",
                    "app__canvas",
                    self.narrow.then_some("outline--narrow"),
                    self.is_dragging().then_some("is-dragging"),
                )}
                id="outline"
                aria-label={t!("Outline")}
            >
                { self.bar(ctx) }
                <div
                    ref={self.grid.clone()}
                    id={GRID_ID}
                    class={classes!("outline__grid", "scroll", active.is_none().then_some("outline__grid--empty"))}
                    role="treegrid"
                    tabindex="0"
                    aria-label={t!("Components by place")}
                    aria-multiselectable="true"
                    aria-rowcount={(self.rows.len() + 1).to_string()}
                    aria-colcount={Column::ALL.len().to_string()}
                    aria-activedescendant={active.filter(|_| self.editing.is_none()).map(|row| match self.column {
                        Some(column) => cells::cell_id(row, column),
                        None => cells::row_id(row),
                    })}
                    onscroll={link.callback(|_: Event| Happening::Scrolled)}
                    onkeydown={self.editing.is_none().then(|| self.key_taker(ctx))}
                >
                    { cells::head() }
                    <div
                        ref={self.body.clone()}
                        class={classes!("outline__body", self.is_dropped_at_end().then_some("is-drop-end"))}
                        role="rowgroup"
                        onpointerdown={link.callback(Happening::Held)}
                        onpointermove={link.callback(Happening::Dragged)}
                        onpointerup={link.callback(|_| Happening::LetGo)}
                        onpointercancel={link.callback(|_| Happening::Lost)}
                    >
                        <div ref={self.window.clone()} class="outline__window" role="none">
                            { for (first..last).map(|row| cells::row(self, ctx, row, active == Some(row))) }
                        </div>
                    </div>
                </div>
                <div class="slot">
                    { for self.drop_words(ctx).map(|(words, is_refused)| hint(&words, is_refused, None)) }
                </div>
                <div class="slot">{ props.children.clone() }</div>
            </main>
        }
    }

    fn rendered(&mut self, ctx: &Context<Self>, _: bool) {
        if self.measuring.is_none() {
            let link = ctx.link().clone();
            self.measuring = element::measure(&self.grid, move |width, height| {
                link.send_message(Happening::Resized(width, height));
            });
        }
        let (first, _) = self.in_window();
        let height = self.rows.len() as f64 * self.row_height();
        element::set_style(&self.body, "height", &format!("{height}px"));
        let top = first as f64 * self.row_height();
        element::set_style(&self.window, "transform", &format!("translateY({top}px)"));
        if std::mem::take(&mut self.reveals)
            && let Some(row) = self.active_row()
        {
            self.reveal(row);
        }
        if self.editing.is_some() {
            element::focus_first_field(&self.window, ".outline__edit");
        }
        if std::mem::take(&mut self.takes_focus) && element::has_no_focus() {
            element::focus_id(GRID_ID);
        }
    }
}

impl Outline {
    fn bar(&self, ctx: &Context<Self>) -> Html {
        let (props, link) = (ctx.props(), ctx.link());
        let plan = &props.shown.plan;
        let selection = &props.selection;
        let find = |what| {
            props
                .send
                .reform(move |()| Message::Open(Overlay::Find(what)))
        };
        let words = [
            tn!(plan.components.len(); "{count} component", "{count} components"),
            tn!(plan.connections.len(); "{count} connection", "{count} connections"),
        ];
        let button = |label: &'static str, icon: &'static str, disabled, on_click| {
            Button {
                label: label.into(),
                icon: Some(icon.into()),
                look: Look::Quiet,
                small: true,
                disabled,
                on_click,
                ..Button::default()
            }
            .draw()
        };
        let is_open = self.shows_all();
        html! {
            <div class="outline__bar" role="toolbar" aria-label={t!("Outline")}>
                { button(t!("Add"), "plus", false, find(Find::Type)) }
                { button(t!("Connect to"), "arrow-right", selection.only_component().is_none(), find(Find::Target)) }
                { button(t!("Move to"), "place", selection.components.is_empty() && selection.place.is_none(), find(Find::Place)) }
                { IconButton {
                    icon: "trash".into(),
                    label: t!("Delete").into(),
                    keys: Some("Delete".into()),
                    small: true,
                    disabled: selection.is_empty(),
                    on_click: props.send.reform(|()| (actions::DELETE.message)()),
                    ..IconButton::default()
                }.draw() }
                <span class="outline__count">{ words.join(" · ") }</span>
                { button(
                    if is_open { t!("Hide calls") } else { t!("Show calls") },
                    if is_open { "chevron-down" } else { "chevron-right" },
                    plan.connections.is_empty(),
                    link.callback(|()| Happening::TurnAll),
                ) }
            </div>
        }
    }

    /// Whether what is in a component is shown, of any.
    fn shows_all(&self) -> bool {
        let is_open = |row: &&Row| matches!(row.part, Part::Component(_)) && row.open == Some(true);
        self.rows.iter().any(|row| is_open(&row))
    }

    fn count_findings(&mut self, ctx: &Context<Self>) {
        let evaluation = &ctx.props().shown.evaluation;
        let mut counted: BTreeMap<Id, (Weight, usize)> = BTreeMap::new();
        // Problems come first, and findings with the gravest first, so that the first weight is the gravest.
        let problems = evaluation.problems.iter();
        let problems = problems.map(|problem| (Weight::Error, &problem.subjects));
        let findings = evaluation.findings.iter();
        let findings = findings.map(|finding| (weight_of(finding.severity), &finding.subjects));
        for (weight, subjects) in problems.chain(findings) {
            for subject in subjects {
                counted.entry(subject.clone()).or_insert((weight, 0)).1 += 1;
            }
        }
        self.findings = counted;
    }

    /// The row that is selected elsewhere becomes the one that keys act on, and what hides it is opened.
    fn follow_selection(&mut self, ctx: &Context<Self>) {
        let props = ctx.props();
        let (plan, selection) = (&props.shown.plan, &props.selection);
        let is_selected = |id: &Id| is_selected(selection, id);
        if selection.is_empty() || self.active.as_ref().is_some_and(is_selected) {
            return;
        }
        let mut parts = (0..plan.components.len())
            .map(Part::Component)
            .chain((0..plan.connections.len()).map(Part::Connection))
            .chain((0..plan.places.len()).map(Part::Place));
        let Some(part) = parts.find(|part| part.id(plan).is_some_and(is_selected)) else {
            return;
        };
        for outer in rows::around(plan, part) {
            let Some(id) = outer.id(plan) else { continue };
            if matches!(outer, Part::Place(_)) {
                self.turned.remove(id);
            } else {
                self.turned.insert(id.clone());
            }
        }
        self.active = part.id(plan).cloned();
        self.anchor.clone_from(&self.active);
        self.column = None;
        self.reveals = true;
    }

    fn lay_out(&mut self, ctx: &Context<Self>) {
        let plan = &ctx.props().shown.plan;
        let is_known = matches!(&self.laid_out, Some((known, turned))
            if Rc::ptr_eq(known, plan) && *turned == self.turned);
        if !is_known {
            self.rows = rows(plan, &self.turned);
            self.laid_out = Some((Rc::clone(plan), self.turned.clone()));
        }
        let is_active = |row: &Row| row.part.id(plan) == self.active.as_ref();
        if let Some(row) = self.rows.iter().position(is_active) {
            self.active_row = row;
        } else {
            self.active_row = self.active_row.min(self.rows.len().saturating_sub(1));
            let row = self
                .rows
                .get(self.active_row)
                .filter(|_| self.active.is_some());
            self.active = row.and_then(|row| row.part.id(plan)).cloned();
            self.editing = None;
        }
    }

    /// The number of the row that keys act on.
    fn active_row(&self) -> Option<usize> {
        self.active.as_ref().map(|_| self.active_row)
    }

    fn row_height(&self) -> f64 {
        if self.narrow {
            ROW_HEIGHT.1
        } else {
            ROW_HEIGHT.0
        }
    }

    /// The rows that are drawn: from the first, up to and without the last.
    fn in_window(&self) -> (usize, usize) {
        let top = element::scrolled(&self.grid);
        let first = (top / self.row_height()).max(0.0) as usize;
        let count = (self.height / self.row_height()) as usize + 1;
        let first = first.min(self.rows.len()).saturating_sub(BEYOND);
        // An even number, so that rows keep their stripes and small movements draw nothing else.
        let first = first - first % 2;
        (first, (first + count + 2 * BEYOND + 1).min(self.rows.len()))
    }

    /// Scrolls as little as needed to show a row.
    fn reveal(&self, row: usize) {
        let height = self.row_height();
        let top = row as f64 * height;
        let scrolled = element::scrolled(&self.grid);
        let head = if self.narrow { 0.0 } else { HEAD_HEIGHT };
        let room = self.height - head;
        if top < scrolled {
            element::scroll_to(&self.grid, top);
        } else if top + height > scrolled + room {
            element::scroll_to(&self.grid, top + height - room);
        }
    }

    fn activate(&mut self, id: Id, column: Option<Column>) {
        if self.active.as_ref() != Some(&id) {
            self.typed.clear();
        }
        self.active = Some(id);
        self.column = column;
        self.reveals = true;
    }

    fn turn(&mut self, id: Id) {
        if !self.turned.remove(&id) {
            self.turned.insert(id);
        }
    }
}

/// Whether a part is selected.
fn is_selected(selection: &Selection, id: &Id) -> bool {
    selection.components.contains(id)
        || selection.connections.contains(id)
        || selection.place.as_ref() == Some(id)
}
