//! Gives the selected cards equal distances from top to bottom.

use super::Action;
use crate::state::{Axis, Message, Rework};

pub(super) const ACTION: Action = Action {
    id: "distribute_down",
    label: text!("Distribute from top to bottom"),
    also: text!("space evenly"),
    icon: "distribute-down",
    shortcut: None,
    enabled: |editor| editor.selection().components.len() > 2,
    needs: text!("select three components or more"),
    message: || Message::Rework(Rework::Distribute(Axis::Down)),
};
