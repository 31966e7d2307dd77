//! Puts the selected components on the clipboard and takes them out of the plan.

use super::{Action, Shortcut};
use crate::state::{Message, Rework};

pub(super) const ACTION: Action = Action {
    id: "cut",
    label: text!("Cut"),
    also: text!("clipboard"),
    icon: "cut",
    shortcut: Some(Shortcut::primary("x")),
    enabled: |editor| !editor.selection().components.is_empty(),
    needs: text!("select a component"),
    message: || Message::Rework(Rework::Cut),
};
