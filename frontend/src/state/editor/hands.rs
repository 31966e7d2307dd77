//! What hands do with the selected parts, as messages change the editor.

use model::commands::{
    AddComponent, Bypass, Command, Connect, Insert, Remove, SetPinned, Together,
};
use model::diagram::Point;
use model::plan::{Id, Plan, format};

use crate::texts;

use super::super::placing::new_component;
use super::super::rework::{self, Clip, Joined, Popover, Rework};
use super::super::{Effect, FocusTarget, Message, Notice, Selection, Tone, View};
use super::Editor;

impl Editor {
    /// The list that stands at a spot of the drawing.
    pub(crate) fn popover(&self) -> Option<&Popover> {
        self.popover.as_ref()
    }

    /// The component or place whose name is written where it is drawn.
    pub(crate) fn renaming(&self) -> Option<&Id> {
        self.renaming.as_ref()
    }

    /// Whether a name can be written on the selected card or place; the outline has fields of its own.
    pub(crate) fn can_rename(&self) -> bool {
        self.view != View::Outline && self.named().is_some()
    }

    /// What is selected and has a name: one component, or one place.
    fn named(&self) -> Option<&Id> {
        let place = self.selection.place.as_ref();
        self.selection.only_component().or(place)
    }

    /// Whether there is a component or a place of this id.
    pub(super) fn is_named(&self, id: &Id) -> bool {
        self.plan.component(id).is_some() || self.plan.place(id).is_some()
    }

    /// Whether the selected component stands between two others that can be joined.
    pub(crate) fn can_bypass(&self) -> bool {
        Self::repair_of(&self.plan, &self.selection).is_some()
    }

    pub(super) fn rework(&mut self, rework: Rework, now_seconds: f64, effects: &mut Vec<Effect>) {
        self.popover = None;
        match rework {
            Rework::Align(line) => {
                let command = rework::alignment(&self.plan, &self.selection, line);
                self.edit_if_any(command, now_seconds, effects);
            }
            Rework::Pin => {
                let command = SetPinned {
                    components: self.selection.components.clone(),
                    pinned: !self.selection.is_pinned(&self.plan),
                };
                let command = Command::from(command);
                let label = texts::words(&command.label(&self.plan));
                if self.edit(&command, None, now_seconds, effects) {
                    effects.push(Effect::Announce(label));
                }
            }
            Rework::Distribute(axis) => {
                let command = rework::distribution(&self.plan, &self.selection, axis);
                self.edit_if_any(command, now_seconds, effects);
            }
            Rework::CopyBy(by) => self.copy_by(by, now_seconds, effects),
            Rework::Copy => self.copy(false, now_seconds, effects),
            Rework::Cut => self.copy(true, now_seconds, effects),
            Rework::Copied { cut } => self.copied(cut, now_seconds, effects),
            Rework::AskToPaste(at) => effects.push(Effect::ReadClipboard(at)),
            Rework::Paste { text, at, whole } => {
                self.paste(&text, at, whole, now_seconds, effects);
            }
            Rework::NotText(what) => {
                let text = t!("The clipboard holds {what}, and no parts of a plan.", what);
                self.notify(Notice::new(Tone::Refused, text), effects);
            }
            Rework::NoClipboard { keys } => {
                let text = t!(
                    "This browser lets pages do that by key alone: press {keys}.",
                    keys
                );
                self.notify(Notice::new(Tone::Refused, text), effects);
            }
            Rework::Bypass => {
                if let Some(component) = self.selection.only_component().cloned() {
                    self.bypass(component, now_seconds, effects);
                }
            }
            Rework::BypassInstead(component) => {
                self.undo(effects);
                self.bypass(component, now_seconds, effects);
            }
            Rework::Put { kind, at, joined } => self.put(kind, at, joined, now_seconds, effects),
            Rework::Rename(id) => {
                let id = id.or_else(|| self.named().cloned());
                self.renaming = id.filter(|id| self.is_named(id));
                if let Some(id) = &self.renaming {
                    self.select(Selection::of(&self.plan, std::slice::from_ref(id)));
                }
            }
            Rework::EndRename => {
                if let Some(id) = self.renaming.take() {
                    effects.push(Effect::Focus(FocusTarget::Back(Some(id))));
                }
            }
            Rework::OpenMenu(spot) => self.popover = Some(Popover::Menu(spot)),
            Rework::OpenAdd(spot, joined) => self.popover = Some(Popover::Add(spot, joined)),
            Rework::ClosePopover => {
                let part = self.named().or(self.selection.only_connection());
                effects.push(Effect::Focus(FocusTarget::Back(part.cloned())));
            }
            Rework::Rival(text) => self.meet_rival(text, effects),
            Rework::TakeRival => {
                let rival = self.rival.take();
                if let Some(Ok(plan)) = rival.map(|text| format::read(text.as_bytes())) {
                    self.replace(plan, now_seconds, effects);
                }
            }
            Rework::KeepOwn => {
                self.rival = None;
                effects.push(Effect::SaveDraft);
            }
        }
    }

    /// What could be done instead of a deletion that was just made.
    pub(super) fn repair_of(plan: &Plan, selection: &Selection) -> Option<Rework> {
        let component = selection.only_component()?.clone();
        let bypass = Bypass { component };
        bypass
            .joins(plan)
            .then_some(Rework::BypassInstead(bypass.component))
    }

    fn edit_if_any(
        &mut self,
        command: Option<Command>,
        now_seconds: f64,
        effects: &mut Vec<Effect>,
    ) {
        if let Some(command) = command {
            self.edit_and_tell(&command, now_seconds, effects);
        }
    }

    fn copy(&mut self, cut: bool, now_seconds: f64, effects: &mut Vec<Effect>) {
        if let Some(text) = rework::copied(&self.plan, &self.selection) {
            effects.push(Effect::WriteClipboard(text));
            self.copied(cut, now_seconds, effects);
        } else {
            let text = t!("Select the components to copy first.");
            self.notify(Notice::new(Tone::Refused, text), effects);
        }
    }

    fn only_name(&self) -> Option<&str> {
        let only = self.selection.only_component()?;
        let label = self.plan.component(only)?.label.as_str();
        Some(if label.is_empty() { only } else { label })
    }

    fn copied(&mut self, cut: bool, now_seconds: f64, effects: &mut Vec<Effect>) {
        let count = self.selection.components.len();
        if !cut {
            let copied = tn!(count; "1 component copied.", "{count} components copied.");
            effects.push(Effect::Announce(copied));
            return;
        }
        let remove = Command::from(Remove {
            components: self.selection.components.clone(),
            ..Remove::default()
        });
        let command = Command::from(Together {
            title: match self.only_name() {
                Some(name) => model::words!("Cut {name}", name),
                None => model::counted!(count; "Cut 1 component", "Cut {count} components"),
            },
            commands: vec![remove],
        });
        if self.edit(&command, None, now_seconds, effects) {
            let cut = tn!(count; "1 component cut.", "{count} components cut.");
            effects.push(Effect::Announce(cut));
            effects.push(Effect::Focus(FocusTarget::Canvas));
        }
    }

    fn paste(
        &mut self,
        text: &str,
        at: Option<Point>,
        whole: bool,
        now_seconds: f64,
        effects: &mut Vec<Effect>,
    ) {
        let part = match rework::read(text) {
            Clip::Parts(part) => part,
            Clip::Whole(plan) if whole => Plan {
                places: plan.places,
                components: plan.components,
                connections: plan.connections,
                ..Plan::default()
            },
            Clip::Whole(plan) => {
                let text_of = match plan.title.as_str() {
                    "" => t!("The clipboard holds a whole plan.").to_owned(),
                    title => t!("The clipboard holds the whole plan “{title}”.", title),
                };
                let notice = Notice::new(Tone::Warning, text_of)
                    .with_action(
                        t!("Open it"),
                        Message::LoadBytes {
                            name: t!("The clipboard").to_owned(),
                            bytes: text.as_bytes().to_vec(),
                        },
                    )
                    .with_action(
                        t!("Add it here"),
                        Message::Rework(Rework::Paste {
                            text: text.to_owned(),
                            at,
                            whole: true,
                        }),
                    );
                self.notify(notice, effects);
                return;
            }
            Clip::Neither(words) => {
                self.notify(Notice::new(Tone::Refused, words), effects);
                return;
            }
        };
        let middle = self.viewport.visible().centre();
        let (command, copies) = rework::pasting(&self.plan, part, at, middle, None);
        let label = texts::words(&command.label(&self.plan));
        if self.edit(&command, None, now_seconds, effects) {
            self.select(copies);
            if let (None, Some(area)) = (at, self.selected_area()) {
                self.viewport = self.viewport.revealing(area);
            }
            effects.push(Effect::Announce(label));
            effects.push(Effect::Focus(FocusTarget::Canvas));
        }
    }

    /// Puts copies of the selected components so far from them.
    fn copy_by(&mut self, by: [f64; 2], now_seconds: f64, effects: &mut Vec<Effect>) {
        if let Some((command, copies)) = rework::copying(&self.plan, &self.selection, by)
            && self.edit(&command, None, now_seconds, effects)
        {
            self.select(copies);
            effects.push(Effect::Announce(texts::words(&command.label(&self.plan))));
        }
    }

    fn bypass(&mut self, component: Id, now_seconds: f64, effects: &mut Vec<Effect>) {
        let command = Command::from(Bypass { component });
        let label = texts::words(&command.label(&self.plan));
        if self.edit(&command, None, now_seconds, effects) {
            let notice = Notice::new(Tone::Done, t!("{step}: done.", step = label))
                .with_action(t!("Undo"), Message::Undo);
            self.notify(notice, effects);
            effects.push(Effect::Focus(FocusTarget::Canvas));
        }
    }

    fn put(
        &mut self,
        kind: &'static str,
        at: Point,
        joined: Joined,
        now_seconds: f64,
        effects: &mut Vec<Effect>,
    ) {
        let component = new_component(&self.plan, kind, Some(at), self.viewport);
        let add = Command::from(AddComponent { component });
        let Ok(interim) = add.apply(&self.plan) else {
            return;
        };
        let Some(added) = interim.components.last().map(|added| added.id.clone()) else {
            return;
        };
        let join = match joined {
            Joined::Into(connection) => Command::from(Insert {
                component: added.clone(),
                connection,
            }),
            Joined::CalledBy(from) => Command::from(Connect {
                from,
                to: added.clone(),
            }),
        };
        let title = join.label(&interim);
        let command = Command::from(Together {
            title,
            commands: vec![add, join],
        });
        if self.edit(&command, None, now_seconds, effects) {
            self.placing = None;
            self.palette_open = false;
            self.select(Selection::component(added.clone()));
            effects.push(Effect::Announce(texts::words(&command.label(&self.plan))));
            effects.push(Effect::Focus(FocusTarget::Part(added)));
        }
    }

    /// Says once that another window keeps the plan, unless both are the same.
    fn meet_rival(&mut self, text: String, effects: &mut Vec<Effect>) {
        let is_same = format::read(text.as_bytes()).is_ok_and(|plan| plan == *self.plan);
        let was_met = self.rival.is_some();
        self.rival = (!is_same).then_some(text);
        if is_same {
            if was_met {
                self.notice = None;
            }
        } else if !was_met || self.notice.is_none() {
            let words = t!(
                "Another window changed the plan that this browser keeps. What you see here is yours until you choose."
            );
            let notice = Notice::new(Tone::Warning, words)
                .with_action(t!("Show the other"), Message::Rework(Rework::TakeRival))
                .with_action(t!("Keep this one"), Message::Rework(Rework::KeepOwn));
            self.notify(notice, effects);
        }
    }
}
