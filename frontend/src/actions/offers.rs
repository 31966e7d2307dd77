//! Shows all offers of the catalogue.

use super::{Action, Shortcut};
use crate::state::{Message, Overlay};

pub(super) const ACTION: Action = Action {
    id: "offers",
    label: text!("Offers"),
    also: text!("prices catalogue providers servers instances"),
    icon: "search",
    shortcut: Some(Shortcut::plain("o")),
    enabled: |_| true,
    needs: "",
    message: || Message::Open(Overlay::Offers),
};
