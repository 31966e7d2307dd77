//! Shows the plan as a tree and table.

use super::{Action, Shortcut};
use crate::state::{Message, View};

pub(super) const ACTION: Action = Action {
    id: "show_outline",
    label: text!("Show the outline"),
    also: text!("tree table list view editor"),
    icon: "menu",
    shortcut: Some(Shortcut::plain("6")),
    enabled: |_| true,
    needs: "",
    message: || Message::Show(View::Outline),
};
