//! Drills the end of a provider.

use super::{Action, Shortcut};
use crate::state::{Message, Overlay};

pub(super) const ACTION: Action = Action {
    id: "exit_drill",
    label: text!("Exit drill"),
    also: text!("leave provider lock-in migrate move"),
    icon: "exit",
    shortcut: Some(Shortcut::plain("x")),
    enabled: |_| true,
    needs: "",
    message: || Message::Open(Overlay::ExitDrill),
};
