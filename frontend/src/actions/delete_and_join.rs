//! Takes the selected component out and lets its callers call what it called.

use super::{Action, Shortcut};
use crate::state::{Message, Rework};

pub(super) const ACTION: Action = Action {
    id: "delete_and_join",
    label: text!("Delete and join neighbours"),
    also: text!("remove bypass"),
    icon: "join",
    shortcut: Some(Shortcut::plain("Delete").with_shift()),
    enabled: |editor| editor.can_bypass(),
    needs: text!("select a component between two others"),
    message: || Message::Rework(Rework::Bypass),
};
