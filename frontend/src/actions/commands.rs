//! Finds anything that can be done, and any part of the plan.

use super::{Action, Shortcut};
use crate::state::{Find, Message, Overlay};

pub(super) const ACTION: Action = Action {
    id: "commands",
    label: text!("All commands"),
    also: text!("palette"),
    icon: "menu",
    shortcut: Some(Shortcut::primary("k")),
    enabled: |_| true,
    needs: "",
    message: || Message::Open(Overlay::Find(Find::Command)),
};
