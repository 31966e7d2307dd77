//! Shows the part before that a search found.

use super::{Action, Shortcut};
use crate::state::Message;

pub(super) const ACTION: Action = Action {
    id: "previous_found",
    label: text!("The one found before"),
    also: text!("search result"),
    icon: "arrow-up",
    shortcut: Some(Shortcut::plain("F3").with_shift()),
    enabled: |editor| !editor.found().ids.is_empty(),
    needs: text!("Search for something first"),
    message: || Message::FoundFurther { is_back: true },
};
