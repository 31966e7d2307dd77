//! Does the step again that was taken back.

use super::{Action, Shortcut};
use crate::state::Message;

pub(super) const ACTION: Action = Action {
    id: "redo",
    label: text!("Redo"),
    also: text!("again repeat"),
    icon: "redo",
    shortcut: Some(Shortcut::primary("z").with_shift()),
    enabled: |editor| editor.redo_label().is_some(),
    needs: text!("Nothing to do again"),
    message: || Message::Redo,
};
