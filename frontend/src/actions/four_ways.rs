//! Shows the same architecture on each kind of hosting, side by side.

use super::{Action, Shortcut};
use crate::state::{Message, Overlay};

pub(super) const ACTION: Action = Action {
    id: "four_ways",
    label: text!("Four ways"),
    also: text!("compare bare metal VPS IaaS PaaS hosting"),
    icon: "four-ways",
    shortcut: Some(Shortcut::plain("4")),
    enabled: |editor| !editor.plan().components.is_empty(),
    needs: text!("Nothing is drawn yet"),
    message: || Message::Open(Overlay::FourWays),
};
