//! Puts the selected cards in line by their left edges.

use super::Action;
use crate::state::{Line, Message, Rework};

pub(super) const ACTION: Action = Action {
    id: "align_left",
    label: "Align left edges",
    also: "line up",
    icon: "align-left",
    shortcut: None,
    enabled: |editor| editor.selection().components.len() > 1,
    needs: "select several components",
    message: || Message::Rework(Rework::Align(Line::Left)),
};
