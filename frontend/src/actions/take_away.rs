//! Starts to take parts away, or puts everything back.

use super::{Action, Shortcut};
use crate::state::{Message, TakeAway};

pub(super) const ACTION: Action = Action {
    id: "take_away",
    label: text!("Take away"),
    also: text!("failure outage chaos what if down lose"),
    icon: "scissors",
    shortcut: Some(Shortcut::plain("t")),
    enabled: |editor| editor.scenario().is_some() || !editor.plan().components.is_empty(),
    needs: text!("Nothing is drawn yet"),
    message: || Message::TakeAway(TakeAway::Toggle),
};
