//! Puts the middles of the selected cards one below the other.

use super::Action;
use crate::state::{Line, Message, Rework};

pub(super) const ACTION: Action = Action {
    id: "align_centre",
    label: text!("Align one below the other"),
    also: text!("line up centre column"),
    icon: "align-centre",
    shortcut: None,
    enabled: |editor| editor.selection().components.len() > 1,
    needs: text!("select several components"),
    message: || Message::Rework(Rework::Align(Line::Centre)),
};
