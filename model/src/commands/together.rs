//! Several edits as one.

use serde::{Deserialize, Serialize};

use super::{Command, CommandError, Edit};
use crate::plan::Plan;
use crate::words::Words;

/// Several edits that are made and undone as one; if one is refused, none is made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Together {
    /// What they do together.
    pub title: Words,
    /// The edits, in order.
    pub commands: Vec<Command>,
}

impl Edit for Together {
    fn apply(&self, plan: &Plan) -> Result<Plan, CommandError> {
        let mut next = plan.clone();
        for command in &self.commands {
            next = command.as_edit().apply(&next)?;
        }
        Ok(next)
    }

    fn label(&self, _: &Plan) -> Words {
        self.title.clone()
    }
}
