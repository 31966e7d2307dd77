//! Undo and redo: every earlier plan, shared by pointer with the later ones.

use std::collections::VecDeque;
use std::rc::Rc;

use model::commands::Command;
use model::plan::{Id, Plan};

use super::Selection;

/// How many steps can be undone.
const STEPS: usize = 200;
/// Edits of the same thing within this many seconds of each other are one step.
const PAUSE_SECONDS: f64 = 1.0;

/// The plans before and after the present one.
#[derive(Debug, Default)]
pub(crate) struct History {
    past: VecDeque<Step>,
    future: Vec<Step>,
    /// What the last step edits, and when it last did.
    open: Option<(Subject, f64)>,
}

/// One edit: the plan and the selection on the far side of it.
#[derive(Debug)]
pub(crate) struct Step {
    /// The plan.
    pub plan: Rc<Plan>,
    /// The selection.
    pub selection: Selection,
    /// What the edit did: `Move orders`.
    pub label: String,
}

/// What an edit is about; edits about the same thing may become one step.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Subject {
    kind: &'static str,
    target: String,
}

impl Subject {
    /// The plan as text.
    pub(crate) fn text() -> Self {
        Self {
            kind: "text",
            target: String::new(),
        }
    }

    /// What a command is about; none if each such command is a step of its own.
    pub(crate) fn of(command: &Command) -> Option<Self> {
        let (kind, target) = match command {
            Command::MoveComponents(edit) => {
                let ids: Vec<&str> = edit.positions.keys().map(Id::as_str).collect();
                ("move", ids.join(" "))
            }
            Command::Rename(edit) => ("rename", edit.component.to_string()),
            Command::SetInstances(edit) => ("instances", edit.component.to_string()),
            Command::SetHosting(edit) => ("hosting", edit.component.to_string()),
            Command::SetRedundancy(edit) => ("redundancy", edit.component.to_string()),
            Command::SetSetting(edit) => {
                ("setting", format!("{} {}", edit.component, edit.setting))
            }
            Command::SetOverrides(edit) => ("overrides", edit.component.to_string()),
            Command::SetNotes(edit) => ("notes", edit.component.to_string()),
            Command::ChangeConnection(edit) => ("connection", edit.connection.id.to_string()),
            Command::ChangeJourney(edit) => ("journey", edit.journey.id.to_string()),
            Command::ChangePlace(edit) => ("place", edit.place.id.to_string()),
            Command::SetAssumption(edit) => ("assumption", edit.assumption.clone()),
            Command::SetTitle(_) => ("title", String::new()),
            Command::SetRequirements(_) => ("requirements", String::new()),
            _ => return None,
        };
        Some(Self { kind, target })
    }
}

impl History {
    /// Remembers the plan before an edit; with a subject, the edit may join the step before.
    pub(crate) fn record(&mut self, before: Step, subject: Option<Subject>, now_seconds: f64) {
        let joins = match (&self.open, &subject) {
            (Some((open, last)), Some(subject)) => {
                open == subject && now_seconds - last < PAUSE_SECONDS && self.future.is_empty()
            }
            _ => false,
        };
        self.open = subject.map(|subject| (subject, now_seconds));
        if joins {
            return;
        }
        self.future.clear();
        if self.past.len() == STEPS {
            self.past.pop_front();
        }
        self.past.push_back(before);
    }

    /// Lets no further edit join the last step.
    pub(crate) fn settle(&mut self) {
        self.open = None;
    }

    /// Goes back one step from this plan.
    pub(crate) fn undo(&mut self, plan: &Rc<Plan>, selection: &Selection) -> Option<Step> {
        self.settle();
        let step = self.past.pop_back()?;
        self.future.push(Step {
            plan: Rc::clone(plan),
            selection: selection.clone(),
            label: step.label.clone(),
        });
        Some(step)
    }

    /// Goes forward one step from this plan.
    pub(crate) fn redo(&mut self, plan: &Rc<Plan>, selection: &Selection) -> Option<Step> {
        self.settle();
        let step = self.future.pop()?;
        self.past.push_back(Step {
            plan: Rc::clone(plan),
            selection: selection.clone(),
            label: step.label.clone(),
        });
        Some(step)
    }

    /// What undoing would take back.
    pub(crate) fn undo_label(&self) -> Option<&str> {
        self.past.back().map(|step| step.label.as_str())
    }

    /// What redoing would do again.
    pub(crate) fn redo_label(&self) -> Option<&str> {
        self.future.last().map(|step| step.label.as_str())
    }
}
