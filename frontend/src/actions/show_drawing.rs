//! Shows the plan as a drawing.

use super::{Action, Shortcut};
use crate::state::{Message, View};

pub(super) const ACTION: Action = Action {
    id: "show_drawing",
    label: text!("Show the drawing"),
    also: text!("canvas view editor"),
    icon: "box",
    shortcut: Some(Shortcut::plain("5")),
    enabled: |_| true,
    needs: "",
    message: || Message::Show(View::Drawing),
};
