//! Makes a place round what is selected, or an empty one.

use super::{Action, Shortcut};
use crate::state::Message;

pub(super) const ACTION: Action = Action {
    id: "add_place",
    label: text!("Add a place"),
    also: text!("zone region rack host group area around"),
    icon: "place",
    shortcut: Some(Shortcut::plain("g")),
    enabled: |_| true,
    needs: "",
    message: || Message::AddPlace(None),
};
