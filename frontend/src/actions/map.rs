//! Shows or hides the mini-map of a large drawing.

use super::{Action, Shortcut};
use crate::state::{DisplaySwitch, MAPPED, Message};

pub(super) const ACTION: Action = Action {
    id: "map",
    label: text!("Mini-map of a large drawing"),
    also: text!("overview minimap"),
    icon: "map",
    shortcut: Some(Shortcut::plain("n")),
    enabled: |editor| editor.plan().components.len() >= MAPPED,
    needs: text!("It comes with larger drawings"),
    message: || Message::Switch(DisplaySwitch::Map),
};
