//! What keys and pointers do to the outline.

use std::rc::Rc;

use model::plan::Id;
use yew::prelude::*;

use super::cells::Column;
use super::rows::Part;
use super::{Happening, Outline, is_selected};
use crate::browser::clock;
use crate::state::{Find, Message, Overlay, Selection};

/// Letters typed within this many seconds of each other spell one name.
const TYPING_SECONDS: f64 = 1.0;

impl Outline {
    pub(super) fn use_key(&mut self, ctx: &Context<Self>, event: &KeyboardEvent) -> bool {
        let primary = event.ctrl_key() || event.meta_key();
        let last = self.rows.len().saturating_sub(1);
        if event.key() == "Escape" && self.held.take().is_some() {
            return true;
        }
        if event.alt_key() {
            match event.key().as_str() {
                "Enter" => self.move_elsewhere(ctx),
                key => self.shift(ctx, key == "ArrowDown"),
            }
            return false;
        }
        if self.rows.is_empty() {
            return false;
        }
        let page = ((self.height / self.row_height()) as usize).max(2) - 1;
        let row = self.active_row();
        let key = event.key();
        let next = match key.as_str() {
            "ArrowDown" => Some(row.map_or(0, |row| (row + 1).min(last))),
            "ArrowUp" => Some(row.map_or(last, |row| row.saturating_sub(1))),
            "PageDown" => Some(row.map_or(0, |row| (row + page).min(last))),
            "PageUp" => Some(row.map_or(0, |row| row.saturating_sub(page))),
            "Home" if primary || self.column.is_none() => Some(0),
            "End" if primary || self.column.is_none() => Some(last),
            _ => None,
        };

        if let Some(next) = next {
            let reach = match (event.shift_key(), primary) {
                (true, _) => Reach::To,
                (false, true) if key.starts_with("Arrow") => Reach::Past,
                _ => Reach::Only,
            };
            self.go(ctx, next, reach);
            true
        } else {
            match key.as_str() {
                "ArrowRight" | "ArrowLeft" | "Home" | "End" if !primary => {
                    self.go_sideways(ctx, &key)
                }
                "Enter" if !primary => self.enter(ctx, event.shift_key()),
                "F2" => self.rename(),
                " " if self.typed_lately().is_empty() => self.toggle_active(ctx, primary),
                "Escape" if self.column.is_some() => {
                    self.column = None;
                    true
                }
                _ => !primary && self.spell(ctx, &key),
            }
        }
    }

    /// Takes a key for the outline before anybody else hears of it, where the outline has a use for it.
    pub(super) fn key_taker(&self, ctx: &Context<Self>) -> Callback<KeyboardEvent> {
        let link = ctx.link().clone();
        let stops = self.column.is_some() || self.is_dragging();
        let typed_at = Rc::clone(&self.typed_at);
        Callback::from(move |event: KeyboardEvent| {
            let primary = event.ctrl_key() || event.meta_key();
            let key = event.key();
            let mut letters = key.chars();
            let letter = letters.next().filter(|_| letters.next().is_none());
            let is_spelling = clock::now_seconds() - typed_at.get() < TYPING_SECONDS;
            let moves = !primary && matches!(key.as_str(), "ArrowUp" | "ArrowDown" | "Enter");
            let used = if event.alt_key() {
                moves
            } else {
                match (key.as_str(), letter) {
                    ("Escape", _) => stops,
                    ("ArrowLeft" | "ArrowRight" | "Enter" | "F2", _) => !primary,
                    (" ", _) => true,
                    (_, Some(letter)) => !primary && (letter.is_alphabetic() || is_spelling),
                    _ => matches!(
                        key.as_str(),
                        "ArrowUp" | "ArrowDown" | "Home" | "End" | "PageUp" | "PageDown"
                    ),
                }
            };
            if used {
                event.prevent_default();
                event.stop_propagation();
                link.send_message(Happening::Key(event));
            }
        })
    }

    pub(super) fn press(
        &mut self,
        ctx: &Context<Self>,
        id: Id,
        column: Column,
        event: &MouseEvent,
    ) -> bool {
        let selection = &ctx.props().selection;
        let was_alone = is_selected(selection, &id)
            && selection.components.len() + selection.connections.len() <= 1;
        let was_active = self.active.as_ref() == Some(&id);
        let Some(row) = self.row_of(ctx, &id) else {
            return false;
        };
        if event.shift_key() {
            self.go(ctx, row, Reach::To);
        } else if event.ctrl_key() || event.meta_key() {
            self.go(ctx, row, Reach::Past);
            self.toggle_active(ctx, true);
        } else if was_active && was_alone && self.narrow {
            ctx.props().send.emit(Message::Inspect);
        } else if was_active && was_alone && self.column == Some(column) {
            self.edit(ctx);
        } else {
            self.go(ctx, row, Reach::Only);
            self.column = Some(column);
        }
        true
    }

    /// Goes to a row, and selects it, the rows up to it, or nothing.
    fn go(&mut self, ctx: &Context<Self>, row: usize, reach: Reach) {
        let plan = &ctx.props().shown.plan;
        let Some(id) = self
            .rows
            .get(row)
            .and_then(|row| row.part.id(plan))
            .cloned()
        else {
            return;
        };
        self.active_row = row;
        self.activate(id.clone(), self.column);
        match reach {
            Reach::Past => self.anchor = Some(id),
            Reach::Only => {
                self.anchor = Some(id);
                self.select(ctx, row, row);
            }
            Reach::To => {
                let anchor = self.anchor.clone().unwrap_or_else(|| id.clone());
                let from = self.row_of(ctx, &anchor).unwrap_or(row);
                self.anchor = Some(anchor);
                self.select(ctx, from.min(row), from.max(row));
            }
        }
    }

    fn select(&self, ctx: &Context<Self>, first: usize, last: usize) {
        let props = ctx.props();
        let plan = &props.shown.plan;
        let mut selection = Selection::default();
        for row in self.rows.get(first..=last).unwrap_or_default() {
            let Some(id) = row.part.id(plan).cloned() else {
                continue;
            };
            match row.part {
                Part::Component(_) => {
                    selection.components.insert(id);
                }
                Part::Connection(_) => {
                    selection.connections.insert(id);
                }
                Part::Place(_) if first == last => selection.place = Some(id),
                Part::Place(_) | Part::Journey(_) => {}
            }
        }
        props.send.emit(Message::Select(selection));
    }

    fn toggle_active(&mut self, ctx: &Context<Self>, adds: bool) -> bool {
        let props = ctx.props();
        let Some(row) = self.active_row() else {
            return false;
        };
        let Some(id) = self.active.clone() else {
            return false;
        };
        self.anchor = Some(id.clone());
        match self.rows[row].part {
            Part::Component(_) if adds => {
                props.send.emit(Message::Toggle(Selection::component(id)));
            }
            Part::Connection(_) if adds => {
                props.send.emit(Message::Toggle(Selection::connection(id)));
            }
            _ => self.select(ctx, row, row),
        }
        true
    }

    /// Left and right: into the row and out of it, along its cells, and from row to row of the tree.
    fn go_sideways(&mut self, ctx: &Context<Self>, key: &str) -> bool {
        let Some(row) = self.active_row() else {
            return false;
        };
        let open = self.rows[row].open;
        let all = Column::ALL;
        let at = self
            .column
            .and_then(|column| all.iter().position(|one| *one == column));
        match (key, at) {
            ("End", _) => self.column = Some(all[all.len() - 1]),
            ("ArrowRight", Some(at)) => self.column = Some(all[(at + 1).min(all.len() - 1)]),
            ("ArrowRight", None) if open == Some(false) => self.turn_active(ctx),
            ("ArrowRight", None) | ("Home", _) => self.column = Some(all[0]),
            (_, Some(at)) => self.column = at.checked_sub(1).map(|at| all[at]),
            (_, None) if open == Some(true) => self.turn_active(ctx),
            (_, None) => {
                let level = self.rows[row].level;
                if let Some(outer) = self.rows[..row].iter().rposition(|row| row.level < level) {
                    self.go(ctx, outer, Reach::Only);
                }
            }
        }
        true
    }

    fn turn_active(&mut self, ctx: &Context<Self>) {
        if let Some(id) = self.active.clone() {
            self.turn(id);
            self.lay_out(ctx);
        }
    }

    /// Enter: edits the cell, or opens what can be said about the row.
    fn enter(&mut self, ctx: &Context<Self>, adds: bool) -> bool {
        let send = &ctx.props().send;
        let Some(row) = self.active_row() else {
            return false;
        };
        match (self.rows[row].part, self.column) {
            _ if adds => return self.toggle_active(ctx, true),
            (_, Some(_)) => return self.edit(ctx),
            (Part::Journey(_), None) => send.emit(Message::ShowPlan),
            (_, None) => {
                self.select(ctx, row, row);
                send.emit(Message::Inspect);
            }
        }
        true
    }

    /// Edits the name of the row, where it has one.
    fn rename(&mut self) -> bool {
        if let (Some(row), Some(id)) = (self.active_row(), self.active.clone())
            && !matches!(self.rows[row].part, Part::Connection(_))
        {
            self.editing = Some((id, Column::Name));
        }
        true
    }

    /// Edits the cell, or leads to where it is edited.
    pub(super) fn edit(&mut self, ctx: &Context<Self>) -> bool {
        let send = &ctx.props().send;
        let (Some(row), Some(id), Some(column)) =
            (self.active_row(), self.active.clone(), self.column)
        else {
            return false;
        };
        let part = self.rows[row].part;
        let is_hosted = match part {
            Part::Component(index) => super::edits::is_hosted(&ctx.props().shown, index),
            _ => false,
        };
        let open = |overlay| {
            self.select(ctx, row, row);
            send.emit(Message::Open(overlay));
        };
        match (part, column) {
            (Part::Component(_) | Part::Place(_) | Part::Journey(_), Column::Name) => {
                self.editing = Some((id, column));
            }
            (Part::Component(_), Column::Hosting | Column::Instances) if is_hosted => {
                self.editing = Some((id, column));
            }
            (Part::Component(_), Column::Offer) if is_hosted => open(Overlay::Offers),
            (Part::Component(_), Column::Calls) => open(Overlay::Find(Find::Target)),
            (Part::Journey(_), _) => send.emit(Message::ShowPlan),
            (_, Column::Findings) if self.findings.contains_key(&id) => open(Overlay::Findings),
            _ => {
                self.select(ctx, row, row);
                send.emit(Message::Inspect);
            }
        }
        true
    }

    fn typed_lately(&self) -> &str {
        if clock::now_seconds() - self.typed_at.get() < TYPING_SECONDS {
            &self.typed
        } else {
            ""
        }
    }

    /// A letter of a name: goes to the next row whose name starts with what was typed.
    fn spell(&mut self, ctx: &Context<Self>, key: &str) -> bool {
        let before = self.typed_lately().to_owned();
        let mut letters = key.chars();
        let letter = match (letters.next(), letters.next()) {
            (Some(letter), None) if letter.is_alphabetic() || !before.is_empty() => letter,
            _ => return false,
        };
        let shown = &ctx.props().shown;
        let typed = format!("{before}{}", letter.to_lowercase());
        let count = self.rows.len();
        // A first letter leads away from where one is, the next ones only where they must.
        let start = self
            .active_row()
            .map_or(0, |row| row + usize::from(before.is_empty()));
        let found = (0..count).map(|step| (start + step) % count).find(|&row| {
            let name = super::cells::name(shown, self.rows[row].part);
            name.to_lowercase().starts_with(&typed)
        });
        if let Some(row) = found {
            self.column = None;
            self.go(ctx, row, Reach::Only);
        }
        self.typed = typed;
        self.typed_at.set(clock::now_seconds());
        true
    }

    fn row_of(&self, ctx: &Context<Self>, id: &Id) -> Option<usize> {
        let plan = &ctx.props().shown.plan;
        self.rows
            .iter()
            .position(|row| row.part.id(plan) == Some(id))
    }
}

/// What is selected on the way to a row.
#[derive(Clone, Copy)]
enum Reach {
    /// It alone.
    Only,
    /// All from the anchor to it.
    To,
    /// Nothing.
    Past,
}
