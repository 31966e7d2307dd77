//! Opens a plan from a file.

use super::{Action, Shortcut};
use crate::state::Message;

pub(super) const ACTION: Action = Action {
    id: "import",
    label: text!("Import"),
    also: text!("open load file upload"),
    icon: "import",
    shortcut: Some(Shortcut::primary("o")),
    enabled: |_| true,
    needs: "",
    message: || Message::ChooseFile,
};
