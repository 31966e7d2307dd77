//! Shows the drawing smaller.

use super::{Action, Shortcut};
use crate::state::Message;

pub(super) const ACTION: Action = Action {
    id: "zoom_out",
    label: text!("Zoom out"),
    also: text!("smaller farther"),
    icon: "minus",
    shortcut: Some(Shortcut::plain("-")),
    enabled: |_| true,
    needs: "",
    message: || Message::ZoomBy(0.8),
};
