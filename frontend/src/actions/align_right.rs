//! Puts the selected cards in line by their right edges.

use super::Action;
use crate::state::{Line, Message, Rework};

pub(super) const ACTION: Action = Action {
    id: "align_right",
    label: text!("Align right edges"),
    also: text!("line up"),
    icon: "align-right",
    shortcut: None,
    enabled: |editor| editor.selection().components.len() > 1,
    needs: text!("select several components"),
    message: || Message::Rework(Rework::Align(Line::Right)),
};
