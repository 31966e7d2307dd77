//! Lets requests run along the connections.

use super::{Action, Shortcut};
use crate::state::{DisplaySwitch, Message};

pub(super) const ACTION: Action = Action {
    id: "flow",
    label: text!("Let requests run"),
    also: text!("animate traffic simulate play"),
    icon: "flow",
    shortcut: Some(Shortcut::plain("r")),
    enabled: |_| true,
    needs: "",
    message: || Message::Switch(DisplaySwitch::Flow),
};
