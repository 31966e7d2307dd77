//! Shows the whole drawing.

use super::{Action, Shortcut};
use crate::state::Message;

pub(super) const ACTION: Action = Action {
    id: "fit",
    label: text!("Show the whole drawing"),
    also: text!("zoom all overview"),
    icon: "fit",
    shortcut: Some(Shortcut::plain("1")),
    enabled: |editor| !editor.plan().components.is_empty(),
    needs: text!("Nothing is drawn yet"),
    message: || Message::Fit,
};
