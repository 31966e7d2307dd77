//! Takes the selected parts out of the plan.

use super::{Action, Shortcut};
use crate::state::Message;

pub(super) const ACTION: Action = Action {
    id: "delete",
    label: text!("Delete"),
    also: text!("remove erase"),
    icon: "trash",
    shortcut: Some(Shortcut::plain("Delete")),
    enabled: |editor| !editor.selection().is_empty(),
    needs: text!("Select something first"),
    message: || Message::DeleteSelection,
};
