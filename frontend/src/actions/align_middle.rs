//! Puts the middles of the selected cards side by side.

use super::Action;
use crate::state::{Line, Message, Rework};

pub(super) const ACTION: Action = Action {
    id: "align_middle",
    label: text!("Align side by side"),
    also: text!("line up middle row"),
    icon: "align-middle",
    shortcut: None,
    enabled: |editor| editor.selection().components.len() > 1,
    needs: text!("select several components"),
    message: || Message::Rework(Rework::Align(Line::Middle)),
};
