//! Finds a part of the plan.

use super::{Action, Shortcut};
use crate::state::{Find, Message, Overlay};

pub(super) const ACTION: Action = Action {
    id: "search",
    label: text!("Search the plan"),
    also: text!("find filter"),
    icon: "search",
    shortcut: Some(Shortcut::plain("/")),
    enabled: |editor| !editor.plan().components.is_empty(),
    needs: text!("Nothing is drawn yet"),
    message: || Message::Open(Overlay::Find(Find::Part)),
};
