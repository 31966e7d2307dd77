//! Writes the plan to a file.

use super::{Action, Shortcut};
use crate::state::Message;

pub(super) const ACTION: Action = Action {
    id: "export_json",
    label: text!("Export as JSON"),
    also: text!("save download file share"),
    icon: "export",
    shortcut: Some(Shortcut::primary("s")),
    enabled: |_| true,
    needs: "",
    message: || Message::Export("json"),
};
