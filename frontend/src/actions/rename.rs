//! Writes another name on the selected card or place.

use super::{Action, Shortcut};
use crate::state::{Message, Rework};

pub(super) const ACTION: Action = Action {
    id: "rename",
    label: text!("Rename"),
    also: text!("name label title"),
    icon: "pencil",
    shortcut: Some(Shortcut::plain("F2")),
    enabled: |editor| editor.can_rename(),
    needs: text!("select one component or place"),
    message: || Message::Rework(Rework::Rename(None)),
};
