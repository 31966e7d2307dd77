//! Puts what is on the clipboard into the plan.

use super::{Action, Shortcut};
use crate::state::{Message, Rework};

pub(super) const ACTION: Action = Action {
    id: "paste",
    label: text!("Paste"),
    also: text!("clipboard"),
    icon: "paste",
    shortcut: Some(Shortcut::primary("v")),
    enabled: |_| true,
    needs: "",
    message: || Message::Rework(Rework::AskToPaste(None)),
};
