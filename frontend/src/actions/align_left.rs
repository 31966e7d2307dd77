//! Puts the selected cards in line by their left edges.

use super::Action;
use crate::state::{Line, Message, Rework};

pub(super) const ACTION: Action = Action {
    id: "align_left",
    label: text!("Align left edges"),
    also: text!("line up"),
    icon: "align-left",
    shortcut: None,
    enabled: |editor| editor.selection().components.len() > 1,
    needs: text!("select several components"),
    message: || Message::Rework(Rework::Align(Line::Left)),
};
