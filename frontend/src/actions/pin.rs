//! Pins the selected components to where they stand, or lets an arrangement move them again.

use super::Action;
use crate::state::{Message, Rework};

pub(super) const ACTION: Action = Action {
    id: "pin",
    label: text!("Pin in place, or unpin"),
    also: text!("lock keep fix arrange"),
    icon: "pin",
    shortcut: None,
    enabled: |editor| !editor.selection().components.is_empty(),
    needs: text!("select a component"),
    message: || Message::Rework(Rework::Pin),
};
