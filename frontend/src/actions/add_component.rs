//! Asks what type of component shall be added.

use super::{Action, Shortcut};
use crate::state::{Find, Message, Overlay};

pub(super) const ACTION: Action = Action {
    id: "add_component",
    label: text!("Add a component"),
    also: text!("new create insert place node"),
    icon: "plus",
    shortcut: Some(Shortcut::plain("a")),
    enabled: |_| true,
    needs: "",
    message: || Message::Open(Overlay::Find(Find::Type)),
};
