//! Shows what is selected as large as it fits.

use super::{Action, Shortcut};
use crate::state::Message;

pub(super) const ACTION: Action = Action {
    id: "zoom_selection",
    label: text!("Show what is selected"),
    also: text!("zoom focus"),
    icon: "target",
    shortcut: Some(Shortcut::plain("2")),
    enabled: |editor| !editor.selection().is_empty(),
    needs: text!("Select something first"),
    message: || Message::FitSelection,
};
