//! Shows the drawing at its own size.

use super::{Action, Shortcut};
use crate::state::Message;

pub(super) const ACTION: Action = Action {
    id: "zoom_full",
    label: text!("Zoom to 100 %"),
    also: text!("actual size reset"),
    icon: "search",
    shortcut: Some(Shortcut::plain("0")),
    enabled: |_| true,
    needs: "",
    message: || Message::ZoomToFull,
};
