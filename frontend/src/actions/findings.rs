//! Shows all findings.

use super::{Action, Shortcut};
use crate::state::{Message, Overlay};

pub(super) const ACTION: Action = Action {
    id: "findings",
    label: text!("Findings"),
    also: text!("problems warnings single point of failure advice"),
    icon: "high",
    shortcut: Some(Shortcut::plain("f")),
    enabled: |_| true,
    needs: "",
    message: || Message::Open(Overlay::Findings),
};
