//! States derived facts of a component by hand.

use serde::{Deserialize, Serialize};

use super::{CommandError, Edit, name_of, with_component};
use crate::plan::{Id, Overrides, Plan};
use crate::words::Words;

/// States derived facts of a component by hand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SetOverrides {
    /// The component.
    pub component: Id,
    /// The facts; none for what the planner derives.
    pub overrides: Option<Overrides>,
}

impl Edit for SetOverrides {
    fn apply(&self, plan: &Plan) -> Result<Plan, CommandError> {
        with_component(plan, &self.component, |component| {
            component.overrides.clone_from(&self.overrides);
        })
    }

    fn label(&self, plan: &Plan) -> Words {
        words!(
            "Change facts of {name}",
            name = name_of(plan, &self.component)
        )
    }
}
