//! Asks where the selected components shall stand.

use super::{Action, Shortcut};
use crate::state::{Find, Message, Overlay};

pub(super) const ACTION: Action = Action {
    id: "move_to_place",
    label: "Move to a place",
    also: "zone region rack host assign",
    icon: "place",
    shortcut: Some(Shortcut::plain("m")),
    enabled: |editor| !editor.selection().components.is_empty(),
    needs: "Select a component first",
    message: || Message::Open(Overlay::Find(Find::Place)),
};
