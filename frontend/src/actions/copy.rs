//! Puts the selected components on the clipboard.

use super::{Action, Shortcut};
use crate::state::{Message, Rework};

pub(super) const ACTION: Action = Action {
    id: "copy",
    label: text!("Copy"),
    also: text!("clipboard"),
    icon: "copy",
    shortcut: Some(Shortcut::primary("c")),
    enabled: |editor| !editor.selection().components.is_empty(),
    needs: text!("select a component"),
    message: || Message::Rework(Rework::Copy),
};
