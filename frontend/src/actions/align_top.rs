//! Puts the selected cards in line by their top edges.

use super::Action;
use crate::state::{Line, Message, Rework};

pub(super) const ACTION: Action = Action {
    id: "align_top",
    label: text!("Align top edges"),
    also: text!("line up"),
    icon: "align-top",
    shortcut: None,
    enabled: |editor| editor.selection().components.len() > 1,
    needs: text!("select several components"),
    message: || Message::Rework(Rework::Align(Line::Top)),
};
