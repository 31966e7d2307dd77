//! Gives the selected cards equal distances from left to right.

use super::Action;
use crate::state::{Axis, Message, Rework};

pub(super) const ACTION: Action = Action {
    id: "distribute_across",
    label: text!("Distribute from left to right"),
    also: text!("space evenly"),
    icon: "distribute-across",
    shortcut: None,
    enabled: |editor| editor.selection().components.len() > 2,
    needs: text!("select three components or more"),
    message: || Message::Rework(Rework::Distribute(Axis::Across)),
};
