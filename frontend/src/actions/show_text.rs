//! Shows the plan as text.

use super::{Action, Shortcut};
use crate::state::{Message, View};

pub(super) const ACTION: Action = Action {
    id: "show_text",
    label: text!("Show the text"),
    also: text!("sketch code view editor"),
    icon: "pencil",
    shortcut: Some(Shortcut::plain("7")),
    enabled: |_| true,
    needs: "",
    message: || Message::Show(View::Text),
};
