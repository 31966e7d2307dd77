//! The plan as a text that somebody types: what was typed, and which plan it changes.

use std::rc::Rc;

use model::commands::{Command, Redraw};
use model::plan::Plan;
use model::plan::sketch::{SketchError, read};
use model::plan::sketch_text::sketch_text;

/// A text in the arrow notation, and the plan that it is held against.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Sketched {
    /// What was typed, or written from the plan.
    pub text: String,
    /// The lines that cannot be read.
    pub errors: Vec<SketchError>,
    /// Why the plan is not as the text says, although it can be read.
    pub refusal: Option<String>,
    /// The plan that says what the notation cannot.
    origin: Rc<Plan>,
}

impl Sketched {
    /// The text of a plan.
    pub(super) fn of(plan: &Rc<Plan>) -> Self {
        Self {
            text: sketch_text(plan).text,
            origin: Rc::clone(plan),
            ..Self::default()
        }
    }

    /// Another text for the same plan, and the plan that it says where it can be read.
    pub(super) fn typed(&self, text: String) -> (Self, Option<Rc<Plan>>) {
        let (_, errors) = read(&text);
        let redraw = Command::from(Redraw {
            sketch: text.clone(),
        });
        let mut next = Self {
            text,
            errors,
            refusal: None,
            origin: Rc::clone(&self.origin),
        };
        if !next.errors.is_empty() {
            return (next, None);
        }
        match redraw.apply(&self.origin) {
            Ok(plan) => (next, Some(plan)),
            Err(refusal) => {
                next.refusal = Some(refusal.to_string());
                (next, None)
            }
        }
    }

    /// The text after the plan changed elsewhere: as it was typed where the notation has no word for the change.
    pub(super) fn following(&self, before: &Plan, after: &Rc<Plan>) -> Self {
        let written = Self::of(after);
        let is_same = self.errors.is_empty() && sketch_text(before).text == written.text;
        if is_same {
            Self {
                text: self.text.clone(),
                ..written
            }
        } else {
            written
        }
    }
}
