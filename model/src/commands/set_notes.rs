//! Writes the notes of a component.

use serde::{Deserialize, Serialize};

use super::{CommandError, Edit, name_of, with_component};
use crate::plan::{Id, Plan};
use crate::words::Words;

/// Writes the notes of a component.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SetNotes {
    /// The component.
    pub component: Id,
    /// The text.
    pub notes: String,
}

impl Edit for SetNotes {
    fn apply(&self, plan: &Plan) -> Result<Plan, CommandError> {
        with_component(plan, &self.component, |component| {
            self.notes.clone_into(&mut component.notes);
        })
    }

    fn label(&self, plan: &Plan) -> Words {
        words!(
            "Change notes of {name}",
            name = name_of(plan, &self.component)
        )
    }
}
