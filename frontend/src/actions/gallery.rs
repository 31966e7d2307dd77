//! Offers plans to start from.

use super::{Action, Shortcut};
use crate::state::{Message, Overlay};

pub(super) const ACTION: Action = Action {
    id: "gallery",
    label: text!("Starting plans"),
    also: text!("template example new lesson open"),
    icon: "templates",
    shortcut: Some(Shortcut::primary("o").with_shift()),
    enabled: |_| true,
    needs: "",
    message: || Message::Open(Overlay::Gallery),
};
