//! Changes between light, dark and the system's choice.

use super::Action;
use crate::state::Message;

pub(super) const ACTION: Action = Action {
    id: "theme",
    label: text!("Light or dark"),
    also: text!("dark mode colours"),
    icon: "moon",
    shortcut: None,
    enabled: |_| true,
    needs: "",
    message: || Message::NextTheme,
};
