//! Asks what the selected component shall call.

use super::{Action, Shortcut};
use crate::state::{Find, Message, Overlay};

pub(super) const ACTION: Action = Action {
    id: "connect",
    label: text!("Connect to"),
    also: text!("line arrow call wire link"),
    icon: "arrow-right",
    shortcut: Some(Shortcut::plain("c")),
    enabled: |editor| editor.selection().only_component().is_some(),
    needs: text!("Select one component first"),
    message: || Message::Open(Overlay::Find(Find::Target)),
};
