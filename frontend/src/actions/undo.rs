//! Takes back the last step.

use super::{Action, Shortcut};
use crate::state::Message;

pub(super) const ACTION: Action = Action {
    id: "undo",
    label: text!("Undo"),
    also: text!("back revert"),
    icon: "undo",
    shortcut: Some(Shortcut::primary("z")),
    enabled: |editor| editor.undo_label().is_some(),
    needs: text!("Nothing to take back"),
    message: || Message::Undo,
};
