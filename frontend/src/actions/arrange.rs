//! Arranges what is selected, or the whole drawing.

use super::{Action, Shortcut};
use crate::state::Message;

pub(super) const ACTION: Action = Action {
    id: "arrange",
    label: text!("Arrange the drawing"),
    also: text!("layout tidy sort automatic"),
    icon: "arrange",
    shortcut: Some(Shortcut::plain("l")),
    enabled: |editor| editor.plan().components.len() > 1,
    needs: text!("There is nothing to arrange yet"),
    message: || Message::Arrange,
};
