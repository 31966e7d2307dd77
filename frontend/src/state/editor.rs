//! The editor: the plan on screen with its history, and what is open, selected and in sight.

mod around;
mod exchange;
mod hands;
mod room;

use std::collections::BTreeSet;
use std::rc::Rc;

use model::commands::{
    AddComponent, AddReplica, Command, Edits, MoveComponents, Remove, RemovePlace,
};
use model::components;
use model::diagram::{self, Point, Rect};
use model::order::Gather as _;
use model::plan::{Id, Plan, format};
use model::scenarios::Scenario;
use model::templates;

use crate::texts;

use exchange::arranged;

use super::arranging;
use super::grouping::new_place;
use super::history::{History, Step, Subject};
use super::message::file_name;
use super::placing::{card_at, new_component};
use super::rework::{self, Popover};
use super::{
    Compared, Display, DisplaySwitch, Effect, FocusTarget, Found, LoadProblem, Message, Notice,
    Overlay, Quantity, Selection, TakeAway, Theme, Tone, View, Viewport,
};

/// The starting plan of a first visit.
/// What stands at the top of the drawing covers so many pixels of it.
const ROOM_ABOVE: f64 = 124.0;

/// Everything the page knows that is not computed from it.
#[derive(Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts about what is open"
)]
pub(crate) struct Editor {
    plan: Rc<Plan>,
    history: History,
    selection: Rc<Selection>,
    view: View,
    /// The plan that the last text became.
    redrawn: Option<Rc<Plan>>,
    found: Found,
    /// The parts that what is being typed finds.
    sought: Rc<Vec<Id>>,
    viewport: Viewport,
    was_fitted: bool,
    /// What was in sight before something took room from the drawing, and what since.
    squeezed: Option<(Viewport, Viewport)>,
    placing: Option<&'static str>,
    framing: bool,
    scenario: Option<Rc<Scenario>>,
    overlay: Option<Overlay>,
    as_tables: BTreeSet<&'static str>,
    compared: Option<Compared>,
    load_problem: Option<Rc<LoadProblem>>,
    notice: Option<Rc<Notice>>,
    notices: u64,
    theme: Theme,
    display: Display,
    welcomes: bool,
    palette_open: bool,
    inspector_open: bool,
    inspector_front: bool,
    sheet_full: bool,
    /// A list that stands at a spot of the drawing.
    popover: Option<Popover>,
    /// The component or place whose name is written where it is drawn.
    renaming: Option<Id>,
    /// The plan that another window keeps for the next visit.
    rival: Option<String>,
    /// The edits that can be made yet.
    edits: Known,
}

/// The edits that can be made: those of the drawing until the rest has loaded.
#[derive(Debug)]
struct Known(Edits);

impl Default for Known {
    fn default() -> Self {
        Self(Edits::DRAWING)
    }
}

impl Editor {
    /// The editor at the start of a visit: with the draft of the last one, or else with a small shop.
    pub(crate) fn open(draft: Option<&str>, theme: Theme) -> (Self, Vec<Effect>) {
        let mut editor = Self {
            theme,
            ..Self::default()
        };
        let mut effects = Vec::new();
        let restored = draft.map(|text| (text, format::read(text.as_bytes())));
        if let Some((_, Ok(plan))) = restored {
            editor.plan = Rc::new(arranged(plan));
            return (editor, effects);
        }
        if let Ok(plan) = templates::FIRST.plan() {
            editor.plan = Rc::new(arranged(plan));
        }
        editor.welcomes = true;
        if let Some((text, Err(error))) = restored {
            let notice = Notice::new(
                Tone::Warning,
                t!(
                    "The plan of your last visit could not be opened. {error}",
                    error = texts::words(&error.words())
                ),
            )
            .with_action(
                t!("Download it"),
                Message::Download {
                    name: "draft.json".to_owned(),
                    mime: "application/json",
                    text: text.to_owned(),
                },
            );
            editor.notify(notice, &mut effects);
        }
        (editor, effects)
    }

    /// The plan on screen.
    pub(crate) fn plan(&self) -> &Rc<Plan> {
        &self.plan
    }

    /// What is selected.
    pub(crate) fn selection(&self) -> &Rc<Selection> {
        &self.selection
    }

    /// The way in which the plan is shown.
    pub(crate) fn view(&self) -> View {
        self.view
    }

    /// Whether the plan is what the last text became, and nothing else happened to it.
    pub(crate) fn is_redrawn(&self) -> bool {
        let redrawn = self.redrawn.as_ref();
        redrawn.is_some_and(|redrawn| Rc::ptr_eq(redrawn, &self.plan))
    }

    /// The parts that the last search found.
    pub(crate) fn found(&self) -> &Found {
        &self.found
    }

    /// The parts that what is being typed finds, in order; none while nothing is.
    pub(crate) fn sought(&self) -> &Rc<Vec<Id>> {
        &self.sought
    }

    /// What is in sight.
    pub(crate) fn viewport(&self) -> Viewport {
        self.viewport
    }

    /// The type that the next click places.
    pub(crate) fn placing(&self) -> Option<&'static str> {
        self.placing
    }

    /// Whether the next drag draws the frame of a new place.
    pub(crate) fn framing(&self) -> bool {
        self.framing
    }

    /// What is taken away, while parts are; not a part of the plan.
    pub(crate) fn scenario(&self) -> Option<&Rc<Scenario>> {
        self.scenario.as_ref()
    }

    /// What stands in front of the drawing.
    pub(crate) fn overlay(&self) -> Option<Overlay> {
        self.overlay
    }

    /// Whether tables stand in place of the charts of a number.
    pub(crate) fn shows_tables(&self, quantity: Quantity) -> bool {
        self.as_tables.contains(quantity.id())
    }

    /// The plan that is set beside this one.
    pub(crate) fn compared(&self) -> Option<&Compared> {
        self.compared.as_ref()
    }

    /// Why the last file was not opened.
    pub(crate) fn load_problem(&self) -> Option<&Rc<LoadProblem>> {
        self.load_problem.as_ref()
    }

    /// What is being said in passing.
    pub(crate) fn notice(&self) -> Option<&Rc<Notice>> {
        self.notice.as_ref()
    }

    /// Light or dark.
    pub(crate) fn theme(&self) -> Theme {
        self.theme
    }

    /// How the page shows itself.
    pub(crate) fn display(&self) -> Display {
        self.display
    }

    /// Starts as the page was shown at the last visit.
    pub(crate) fn showing(mut self, display: Display) -> Self {
        self.display = display;
        self
    }

    /// Whether the first sentence is shown.
    pub(crate) fn welcomes(&self) -> bool {
        self.welcomes
    }

    /// Whether the palette is open where it is a sheet.
    pub(crate) fn palette_open(&self) -> bool {
        self.palette_open
    }

    /// Whether the inspector is open where it covers the drawing.
    pub(crate) fn inspector_open(&self) -> bool {
        self.inspector_open
    }

    /// Whether the inspector was opened after the drawer, where only one of them has room.
    pub(crate) fn inspector_front(&self) -> bool {
        self.inspector_front
    }

    /// Whether the sheet from below takes all the room, on phones.
    pub(crate) fn sheet_full(&self) -> bool {
        self.sheet_full
    }

    /// What undoing would take back: `Move orders`.
    pub(crate) fn undo_label(&self) -> Option<&str> {
        self.history.undo_label()
    }

    /// What redoing would do again.
    pub(crate) fn redo_label(&self) -> Option<&str> {
        self.history.redo_label()
    }

    /// The name of the file that the plan is written to, without its ending.
    pub(crate) fn file_name(&self) -> String {
        file_name(&self.plan)
    }

    /// Takes in what happened at a time, in seconds of any clock that only goes forward.
    ///
    /// This is all that the editor can do; what only draws uses [`Editor::draw`].
    pub(crate) fn update(&mut self, message: Message, now_seconds: f64) -> Vec<Effect> {
        self.edits = Known(Edits::ALL);
        let before = Rc::clone(&self.plan);
        let effects = match self.draw(message, now_seconds) {
            Ok(effects) => effects,
            Err(message) => self.do_more(*message, now_seconds),
        };
        if !Rc::ptr_eq(&before, &self.plan)
            && let Some(scenario) = &self.scenario
        {
            let kept = scenario.within(&self.plan);
            if kept != **scenario {
                self.scenario = Some(Rc::new(kept));
            }
        }
        effects
    }

    /// Takes in what happened, as long as it only draws: the page answers hands with this before the rest has loaded.
    ///
    /// # Errors
    /// Hands back what has to wait for the rest.
    pub(crate) fn draw(
        &mut self,
        message: Message,
        now_seconds: f64,
    ) -> Result<Vec<Effect>, Box<Message>> {
        let mut effects = Vec::new();
        match message {
            Message::Edit(command) if self.edits.0.hold(&command) => {
                self.edit_and_tell(&command, now_seconds, &mut effects);
            }
            Message::EditLive(command) if self.edits.0.hold(&command) => {
                let subject = Subject::of(&command);
                self.edit(&command, subject, now_seconds, &mut effects);
            }
            Message::Settle => self.history.settle(),
            Message::Undo => self.undo(&mut effects),
            Message::Redo => self.redo(&mut effects),

            Message::Select(selection) => self.select(selection),
            Message::Toggle(selection) => self.select(self.selection.toggled(&selection)),
            Message::SelectAll => self.select(Selection::all(&self.plan)),
            Message::DeleteSelection => self.delete_selection(now_seconds, &mut effects),
            Message::Nudge { dx, dy } => self.nudge(dx, dy, now_seconds, &mut effects),
            Message::Place { kind, at } => self.place(kind, at, now_seconds, &mut effects),
            Message::StartPlacing(_) | Message::StopPlacing | Message::StartFraming => {
                self.take_up(&message, now_seconds, &mut effects);
            }

            Message::Open(_)
            | Message::Close
            | Message::SetSheet(_)
            | Message::TogglePalette
            | Message::ToggleInspector
            | Message::Inspect
            | Message::ShowPlan => self.open_or_close(&message, &mut effects),
            Message::Notify(notice) => self.notify(notice, &mut effects),
            Message::DismissNotice(id) => {
                if self.notice.as_ref().is_some_and(|notice| notice.id == id) {
                    self.notice = None;
                }
            }
            Message::DismissWelcome => self.welcomes = false,
            // Browsers let pages ask for a file only while a hand acts.
            Message::ChooseFile => {
                self.overlay = None;
                effects.push(Effect::ChooseFile);
            }

            Message::Show(view) => self.change_view(view, &mut effects),
            Message::SetViewport(_)
            | Message::Resized { .. }
            | Message::ZoomBy(_)
            | Message::ZoomToFull
            | Message::Fit => self.look(&message),
            Message::Switch(switch) => {
                self.display = self.display.switched(switch);
                // With another window comes another fit.
                self.was_fitted &= matches!(switch, DisplaySwitch::Flow | DisplaySwitch::Map);
                effects.push(Effect::ApplyDisplay(self.display));
                effects.push(Effect::Announce(self.display.spoken(switch).to_owned()));
            }
            Message::SetTheme(theme) => self.set_theme(theme, &mut effects),
            Message::Speak(code) => effects.push(Effect::Speak(code)),
            Message::NextTheme => self.set_theme(self.theme.next(), &mut effects),
            other => return Err(Box::new(other)),
        }
        Ok(effects)
    }

    /// Does what drawing does without.
    fn do_more(&mut self, message: Message, now_seconds: f64) -> Vec<Effect> {
        let mut effects = Vec::new();
        match message {
            Message::ShowMe(ids) => self.show(&ids, Viewport::revealing, &mut effects),
            Message::Seek(mut ids) => {
                ids.sort_unstable();
                self.sought = Rc::new(ids);
            }
            Message::GoTo(id) => self.go_to(id, &mut effects),
            Message::Found(found) => self.show_found(found, &mut effects),
            Message::FoundFurther { is_back } => {
                self.show_found(self.found.moved(is_back), &mut effects);
            }
            Message::Arrange => self.arrange(now_seconds, &mut effects),
            Message::DuplicateSelection => self.duplicate_selection(now_seconds, &mut effects),
            Message::AddPlace(frame) => self.add_place(frame, now_seconds, &mut effects),
            Message::TakeAway(what) => self.take_away(what, &mut effects),
            Message::ShowTables(quantity, true) => {
                self.as_tables.insert(quantity.id());
            }
            Message::ShowTables(quantity, false) => {
                self.as_tables.remove(quantity.id());
            }
            Message::Compare(compare) => self.compare(compare, &mut effects),
            Message::Rework(rework) => self.rework(rework, now_seconds, &mut effects),
            Message::Redraw(plan) => self.redraw(&plan, now_seconds, &mut effects),
            Message::FitSelection => {
                if let Some(area) = arranging::extent(&self.plan, &self.selection) {
                    self.viewport = self.viewport.fitted(area);
                }
            }
            other => self.exchange(other, now_seconds, &mut effects),
        }
        effects
    }

    /// Shows the plan in another way; only the drawing places with a click and takes parts away.
    fn change_view(&mut self, view: View, effects: &mut Vec<Effect>) {
        if view == self.view {
            return;
        }
        self.view = view;
        self.placing = None;
        self.framing = false;
        self.scenario = None;
        effects.push(Effect::KeepView(view));
        effects.push(Effect::Announce(format!("{}.", view.name())));
    }

    /// Takes up or lays down what the next click on the canvas does.
    fn take_up(&mut self, message: &Message, now_seconds: f64, effects: &mut Vec<Effect>) {
        match *message {
            Message::StartPlacing(kind)
                if self.view == View::Outline
                    || (self.view == View::Text && self.viewport.width <= 0.0) =>
            {
                self.place(kind, None, now_seconds, effects);
            }
            Message::StartPlacing(kind) => {
                self.framing = false;
                self.scenario = None;
                self.placing = Some(kind);
                self.palette_open = false;
            }
            Message::StopPlacing => {
                self.placing = None;
                self.framing = false;
            }
            Message::StartFraming => {
                self.scenario = None;
                self.placing = None;
                self.palette_open = false;
                self.framing = !self.framing;
            }
            _ => {}
        }
    }

    /// Takes parts away to see what follows, or puts them back.
    fn take_away(&mut self, what: TakeAway, effects: &mut Vec<Effect>) {
        if matches!(what, TakeAway::Show(_)) {
            self.overlay = None;
        }
        self.change_view(View::Drawing, effects);
        let begins = self.scenario.is_none();
        self.scenario = what.after(self.scenario.as_deref(), &self.plan);
        if begins && self.scenario.is_some() {
            self.make_room_above();
        }
        self.placing = None;
        if self.scenario.is_none() {
            effects.push(Effect::Announce(t!("Everything is back.").to_owned()));
        }
    }

    /// Makes an edit of several parts heard, because not all of them may be seen.
    fn edit_and_tell(&mut self, command: &Command, now_seconds: f64, effects: &mut Vec<Effect>) {
        let label = texts::words(&self.edits.0.label(command, &self.plan));
        let is_told = matches!(command, Command::Together(_));
        if self.edit(command, None, now_seconds, effects) && is_told {
            effects.push(Effect::Announce(label));
        }
    }

    /// Moves the drawing out from under what stands at the top of its window.
    fn make_room_above(&mut self) {
        let Some(area) = diagram::extent(&self.plan) else {
            return;
        };
        let top = area.y * self.viewport.zoom + self.viewport.y;
        if (0.0..ROOM_ABOVE).contains(&top) {
            self.viewport = self.viewport.panned(0.0, ROOM_ABOVE - top);
        }
    }

    /// Changes what is in sight.
    fn look(&mut self, message: &Message) {
        match *message {
            Message::SetViewport(viewport) => {
                let (width, height) = (self.viewport.width, self.viewport.height);
                self.viewport = Viewport {
                    width,
                    height,
                    ..viewport
                }
                .panned(0.0, 0.0);
            }
            Message::Resized { width, height } => self.resize(width, height),
            Message::ZoomBy(factor) => self.viewport = self.viewport.zoomed_in_place(factor),
            Message::ZoomToFull => {
                self.viewport = self.viewport.zoomed_in_place(1.0 / self.viewport.zoom);
            }
            Message::Fit => self.fit(),
            _ => {}
        }
    }

    /// Whether the plan changed.
    fn edit(
        &mut self,
        command: &Command,
        subject: Option<Subject>,
        now_seconds: f64,
        effects: &mut Vec<Effect>,
    ) -> bool {
        let next = match self.edits.0.apply(command, &self.plan) {
            Ok(next) => next,
            Err(refusal) => {
                let notice = Notice::new(Tone::Refused, texts::words(&refusal.words()));
                self.notify(notice, effects);
                return false;
            }
        };
        if Rc::ptr_eq(&next, &self.plan) {
            return false;
        }
        let before = Step {
            plan: Rc::clone(&self.plan),
            selection: (*self.selection).clone(),
            label: texts::words(&self.edits.0.label(command, &self.plan)),
        };
        self.history.record(before, subject, now_seconds);
        self.show_plan(next, effects);
        self.welcomes = false;
        true
    }

    fn show_plan(&mut self, plan: Rc<Plan>, effects: &mut Vec<Effect>) {
        self.plan = plan;
        self.popover = None;
        self.renaming = self.renaming.take().filter(|id| self.is_named(id));
        let selection = (*self.selection).clone();
        self.select(selection);
        effects.push(Effect::SaveDraft);
    }

    fn undo(&mut self, effects: &mut Vec<Effect>) {
        if let Some(step) = self.history.undo(&self.plan, &self.selection) {
            let said = t!("Undid: {step}", step = step.label);
            self.travel(step, said, effects);
        }
    }

    fn redo(&mut self, effects: &mut Vec<Effect>) {
        if let Some(step) = self.history.redo(&self.plan, &self.selection) {
            let said = t!("Redid: {step}", step = step.label);
            self.travel(step, said, effects);
        }
    }

    fn travel(&mut self, step: Step, said: String, effects: &mut Vec<Effect>) {
        self.show_plan(step.plan, effects);
        self.redrawn = None;
        self.select(step.selection);
        self.notice = None;
        self.welcomes = false;
        effects.push(Effect::Announce(said));
    }

    fn select(&mut self, selection: Selection) {
        let selection = selection.within(&self.plan);
        if selection == *self.selection {
            return;
        }
        self.inspector_open = !selection.is_empty() && self.inspector_open;
        self.selection = Rc::new(selection);
    }

    fn show(
        &mut self,
        ids: &[Id],
        look: fn(Viewport, Rect) -> Viewport,
        effects: &mut Vec<Effect>,
    ) {
        let selection = Selection::of(&self.plan, ids);
        let component = selection.only_component().cloned();
        let connection = selection.only_connection().cloned();
        self.select(selection);
        if let Some(area) = self.selected_area() {
            self.viewport = look(self.viewport, area);
        }
        let focus = component.or(connection).map(FocusTarget::Part);
        effects.extend(focus.map(Effect::Focus));
    }

    /// Selects a part and brings it to the middle.
    fn go_to(&mut self, id: Id, effects: &mut Vec<Effect>) {
        self.scenario = None;
        self.show(&[id], Viewport::centred_on, effects);
    }

    /// Shows one of the parts that a search found, and says which of how many.
    fn show_found(&mut self, found: Found, effects: &mut Vec<Effect>) {
        let Some(id) = found.shown().cloned() else {
            return;
        };
        let (at, count) = (found.at + 1, found.ids.len());
        self.found = found;
        self.go_to(id, effects);
        effects.push(Effect::Announce(t!("{at} of {count} found", at, count)));
    }

    /// What the selected cards cover, and the ends of the selected connections; or the selected place.
    fn selected_area(&self) -> Option<Rect> {
        if let Some(place) = &self.selection.place {
            let corners = self.plan.components.iter().map(|one| diagram::corner(one));
            let cards: Vec<Rect> = corners
                .map(|corner| Rect::card(corner.unwrap_or_default()))
                .collect();
            let boxes = diagram::places(&self.plan, &cards);
            return boxes
                .iter()
                .find(|one| one.id == *place)
                .map(|one| one.area);
        }
        let ends = self
            .plan
            .connections
            .iter()
            .filter(|connection| self.selection.connections.contains(&connection.id))
            .flat_map(|connection| [&connection.from, &connection.to])
            .gather_set();
        self.plan
            .components
            .iter()
            .filter(|component| {
                self.selection.components.contains(&component.id) || ends.contains(&component.id)
            })
            .filter_map(|component| diagram::corner(component))
            .map(Rect::card)
            .reduce(Rect::union)
    }

    fn delete_selection(&mut self, now_seconds: f64, effects: &mut Vec<Effect>) {
        if self.selection.is_empty() {
            return;
        }
        let command = match &self.selection.place {
            Some(place) => Command::from(RemovePlace {
                place: place.clone(),
            }),
            None => Command::from(Remove {
                components: self.selection.components.clone(),
                connections: self.selection.connections.clone(),
            }),
        };
        let label = texts::words(&self.edits.0.label(&command, &self.plan));
        let repair = Self::repair_of(&self.plan, &self.selection);
        if self.edit(&command, None, now_seconds, effects) {
            let mut notice = Notice::new(Tone::Done, t!("{step}: done.", step = label));
            if let Some(repair) = repair {
                notice = notice.with_action(t!("Join its neighbours"), Message::Rework(repair));
            }
            let notice = notice.with_action(t!("Undo"), Message::Undo);
            self.notify(notice, effects);
            effects.push(Effect::Focus(FocusTarget::Canvas));
        }
    }

    fn duplicate_selection(&mut self, now_seconds: f64, effects: &mut Vec<Effect>) {
        let copies = rework::duplication(&self.plan, &self.selection);
        let Some((command, copies)) = copies else {
            return;
        };
        if self.edit(&command, None, now_seconds, effects) {
            self.select(copies);
        }
    }

    fn nudge(&mut self, dx: f64, dy: f64, now_seconds: f64, effects: &mut Vec<Effect>) {
        let positions = self
            .plan
            .components
            .iter()
            .filter(|component| self.selection.components.contains(&component.id))
            .filter_map(|component| {
                let [x, y] = component.position?;
                Some((component.id.clone(), [x + dx, y + dy]))
            })
            .gather_map();
        if positions.is_empty() {
            return;
        }
        let command = Command::from(MoveComponents { positions });
        let subject = Subject::of(&command);
        self.edit(&command, subject, now_seconds, effects);
    }

    fn place(
        &mut self,
        kind: &'static str,
        at: Option<Point>,
        now_seconds: f64,
        effects: &mut Vec<Effect>,
    ) {
        if let Some(twin) = at.and_then(|at| card_at(&self.plan, kind, at)) {
            self.add_replica(twin, now_seconds, effects);
            return;
        }
        let component = new_component(&self.plan, kind, at, self.viewport);
        let command = Command::from(AddComponent { component });
        if !self.edit(&command, None, now_seconds, effects) {
            return;
        }
        self.placing = None;
        self.palette_open = false;
        if let Some(added) = self.plan.components.last().map(Rc::clone) {
            self.select(Selection::component(added.id.clone()));
            if let Some([x, y]) = added.position {
                self.viewport = self.viewport.revealing(Rect::card(Point { x, y }));
            }
            let name = components::component_type(kind).map_or(kind, |kind| kind.name);
            effects.push(Effect::Announce(t!("{name} added", name)));
            effects.push(Effect::Focus(FocusTarget::Part(added.id.clone())));
        }
    }

    /// Makes a new place, and shows what can be said about it.
    fn add_place(&mut self, frame: Option<Rect>, now_seconds: f64, effects: &mut Vec<Effect>) {
        let middle = self.viewport.visible().centre();
        self.framing = false;
        let (command, id) = new_place(&self.plan, &self.selection, frame, middle);
        let label = texts::words(&self.edits.0.label(&command, &self.plan));
        if self.edit(&command, None, now_seconds, effects) {
            self.select(Selection::place(id));
            self.inspector_open = true;
            effects.push(Effect::Announce(label));
        }
    }

    /// What is dropped on a card of its own type is one more of it.
    fn add_replica(&mut self, component: Id, now_seconds: f64, effects: &mut Vec<Effect>) {
        let command = Command::from(AddReplica {
            component: component.clone(),
        });
        let label = texts::words(&self.edits.0.label(&command, &self.plan));
        if self.edit(&command, None, now_seconds, effects) {
            self.placing = None;
            self.palette_open = false;
            self.select(Selection::component(component.clone()));
            effects.push(Effect::Announce(label));
            effects.push(Effect::Focus(FocusTarget::Part(component)));
        }
    }

    fn notify(&mut self, mut notice: Notice, effects: &mut Vec<Effect>) {
        self.notices += 1;
        notice.id = self.notices;
        effects.push(Effect::Announce(notice.text.clone()));
        if notice.tone != Tone::Warning {
            effects.push(Effect::ExpireNotice(notice.id));
        }
        self.notice = Some(Rc::new(notice));
    }

    fn set_theme(&mut self, theme: Theme, effects: &mut Vec<Effect>) {
        self.theme = theme;
        effects.push(Effect::ApplyTheme(theme));
    }

    /// Arranges the drawing, and shows it whole if part of it would be out of sight.
    fn arrange(&mut self, now_seconds: f64, effects: &mut Vec<Effect>) {
        let command = arranging::arrangement(&self.plan, &self.selection);
        if self.edit(&command, None, now_seconds, effects)
            && let Some(area) = diagram::extent(&self.plan)
            && self.viewport.visible().union(area) != self.viewport.visible()
        {
            self.fit();
        }
    }

    fn fit(&mut self) {
        if let Some(area) = diagram::extent(&self.plan) {
            self.viewport = self.viewport.fitted(area);
        }
        self.was_fitted = self.viewport.width > 0.0;
    }
}

#[cfg(test)]
mod tests;
