//! Shows the drawing larger.

use super::{Action, Shortcut};
use crate::state::Message;

pub(super) const ACTION: Action = Action {
    id: "zoom_in",
    label: text!("Zoom in"),
    also: text!("larger closer"),
    icon: "plus",
    shortcut: Some(Shortcut::plain("+")),
    enabled: |_| true,
    needs: "",
    message: || Message::ZoomBy(1.25),
};
