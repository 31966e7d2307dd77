//! Puts the selected cards in line by their bottom edges.

use super::Action;
use crate::state::{Line, Message, Rework};

pub(super) const ACTION: Action = Action {
    id: "align_bottom",
    label: text!("Align bottom edges"),
    also: text!("line up"),
    icon: "align-bottom",
    shortcut: None,
    enabled: |editor| editor.selection().components.len() > 1,
    needs: text!("select several components"),
    message: || Message::Rework(Rework::Align(Line::Bottom)),
};
