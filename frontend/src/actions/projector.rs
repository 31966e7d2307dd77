//! Shows everything larger and with more contrast, for a projector.

use super::{Action, Shortcut};
use crate::state::{DisplaySwitch, Message};

pub(super) const ACTION: Action = Action {
    id: "projector",
    label: text!("Large for a projector"),
    also: text!("presentation beamer big type contrast workshop"),
    icon: "projector",
    shortcut: Some(Shortcut::plain("j")),
    enabled: |_| true,
    needs: "",
    message: || Message::Switch(DisplaySwitch::Projector),
};
