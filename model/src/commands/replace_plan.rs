//! Puts another plan in the place of this one.

use serde::{Deserialize, Serialize};

use super::{CommandError, Edit};
use crate::plan::Plan;

/// Puts another plan in the place of this one: a file that was opened, a template, an empty sheet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReplacePlan {
    /// The plan that shall be shown.
    pub plan: Plan,
}

impl Edit for ReplacePlan {
    fn apply(&self, _: &Plan) -> Result<Plan, CommandError> {
        Ok(self.plan.clone())
    }

    fn label(&self, _: &Plan) -> String {
        if self.plan.components.is_empty() {
            "Start empty".to_owned()
        } else if self.plan.title.is_empty() {
            "Open plan".to_owned()
        } else {
            format!("Open {}", self.plan.title)
        }
    }
}
