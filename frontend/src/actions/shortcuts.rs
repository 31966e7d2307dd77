//! Shows what the keys do.

use super::{Action, Shortcut};
use crate::state::{Message, Overlay};

pub(super) const ACTION: Action = Action {
    id: "shortcuts",
    label: text!("Keyboard shortcuts"),
    also: text!("help keys keyboard"),
    icon: "info",
    shortcut: Some(Shortcut::plain("?")),
    enabled: |_| true,
    needs: "",
    message: || Message::Open(Overlay::Shortcuts),
};
