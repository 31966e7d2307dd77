//! Puts another plan in the place of this one.

use serde::{Deserialize, Serialize};

use super::{CommandError, Edit};
use crate::plan::Plan;
use crate::words::Words;

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

    fn label(&self, _: &Plan) -> Words {
        if self.plan.components.is_empty() {
            words!("Start empty")
        } else if self.plan.title.is_empty() {
            words!("Open plan")
        } else {
            words!("Open {title}", title = &self.plan.title)
        }
    }
}
