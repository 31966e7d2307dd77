//! Selects every component.

use super::{Action, Shortcut};
use crate::state::Message;

pub(super) const ACTION: Action = Action {
    id: "select_all",
    label: text!("Select everything"),
    also: text!("mark"),
    icon: "box",
    shortcut: Some(Shortcut::primary("a")),
    enabled: |editor| !editor.plan().components.is_empty(),
    needs: text!("Nothing is drawn yet"),
    message: || Message::SelectAll,
};
