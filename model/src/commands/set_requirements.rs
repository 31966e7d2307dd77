//! Sets the targets of the plan.

use serde::{Deserialize, Serialize};

use super::{CommandError, Edit};
use crate::plan::{Plan, Requirement};
use crate::words::Words;

/// Replaces all targets of the plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SetRequirements {
    /// The targets.
    pub requirements: Vec<Requirement>,
}

impl Edit for SetRequirements {
    fn apply(&self, plan: &Plan) -> Result<Plan, CommandError> {
        Ok(Plan {
            requirements: self.requirements.clone(),
            ..plan.clone()
        })
    }

    fn label(&self, _: &Plan) -> Words {
        words!("Change targets")
    }
}
