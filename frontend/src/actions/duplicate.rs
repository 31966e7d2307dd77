//! Copies the selected components.

use super::{Action, Shortcut};
use crate::state::Message;

pub(super) const ACTION: Action = Action {
    id: "duplicate",
    label: text!("Duplicate"),
    also: text!("clone copy"),
    icon: "copy",
    shortcut: Some(Shortcut::primary("d")),
    enabled: |editor| !editor.selection().components.is_empty(),
    needs: text!("Select a component first"),
    message: || Message::DuplicateSelection,
};
