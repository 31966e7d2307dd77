//! Shows the next part that a search found.

use super::{Action, Shortcut};
use crate::state::Message;

pub(super) const ACTION: Action = Action {
    id: "next_found",
    label: text!("Next that was found"),
    also: text!("search result"),
    icon: "arrow-down",
    shortcut: Some(Shortcut::plain("F3")),
    enabled: |editor| !editor.found().ids.is_empty(),
    needs: text!("Search for something first"),
    message: || Message::FoundFurther { is_back: false },
};
