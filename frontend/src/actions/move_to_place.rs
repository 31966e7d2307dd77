//! Asks where the selected components, or the selected place, shall stand.

use super::{Action, Shortcut};
use crate::state::{Find, Message, Overlay};

pub(super) const ACTION: Action = Action {
    id: "move_to_place",
    label: text!("Move to a place"),
    also: text!("zone region rack host assign"),
    icon: "place",
    shortcut: Some(Shortcut::plain("m")),
    enabled: |editor| {
        let selection = editor.selection();
        !selection.components.is_empty() || selection.place.is_some()
    },
    needs: text!("Select a component or a place first"),
    message: || Message::Open(Overlay::Find(Find::Place)),
};
