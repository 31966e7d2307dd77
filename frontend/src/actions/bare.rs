//! Shows the drawing and the numbers alone.

use super::{Action, Shortcut};
use crate::state::{DisplaySwitch, Message};

pub(super) const ACTION: Action = Action {
    id: "bare",
    label: text!("Hide all panels"),
    also: text!("presenter focus zen full screen fullscreen"),
    icon: "panels",
    shortcut: Some(Shortcut::plain("h")),
    enabled: |_| true,
    needs: "",
    message: || Message::Switch(DisplaySwitch::Bare),
};
