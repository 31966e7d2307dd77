//! Shows what can be said about the plan as a whole.

use super::{Action, Shortcut};
use crate::state::Message;

pub(super) const ACTION: Action = Action {
    id: "show_plan",
    label: text!("Visitors, bill and notes"),
    also: text!("settings load traffic notes currency assumptions"),
    icon: "person",
    shortcut: Some(Shortcut::plain("p")),
    enabled: |_| true,
    needs: "",
    message: || Message::ShowPlan,
};
