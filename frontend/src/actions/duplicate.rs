//! Copies the selected components.

use super::{Action, Shortcut};
use crate::state::Message;

pub(super) const ACTION: Action = Action {
    id: "duplicate",
    label: "Duplicate",
    also: "clone copy",
    icon: "copy",
    shortcut: Some(Shortcut::primary("d")),
    enabled: |editor| !editor.selection().components.is_empty(),
    needs: "Select a component first",
    message: || Message::DuplicateSelection,
};
