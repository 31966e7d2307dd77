//! Names the plan.

use serde::{Deserialize, Serialize};

use super::{CommandError, Edit};
use crate::plan::Plan;
use crate::words::Words;

/// Sets the title and the notes of the plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SetTitle {
    /// The heading.
    pub title: String,
    /// Free text about the whole plan; none to leave it as it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Option<String>,
}

impl Edit for SetTitle {
    fn apply(&self, plan: &Plan) -> Result<Plan, CommandError> {
        let notes = self.notes.clone().unwrap_or_else(|| plan.notes.clone());
        Ok(Plan {
            title: self.title.clone(),
            notes,
            ..plan.clone()
        })
    }

    fn label(&self, _: &Plan) -> Words {
        words!("Rename plan")
    }
}
