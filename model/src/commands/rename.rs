//! Gives a component another name on screen; its id stays.

use serde::{Deserialize, Serialize};

use super::{CommandError, Edit, name_of, with_component};
use crate::plan::{Id, Plan};
use crate::words::Words;

/// Gives a component another name on screen; its id stays.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rename {
    /// The component.
    pub component: Id,
    /// The name; empty for the type's.
    pub label: String,
}

impl Edit for Rename {
    fn apply(&self, plan: &Plan) -> Result<Plan, CommandError> {
        with_component(plan, &self.component, |component| {
            self.label.clone_into(&mut component.label);
        })
    }

    fn label(&self, plan: &Plan) -> Words {
        words!("Rename {name}", name = name_of(plan, &self.component))
    }
}
