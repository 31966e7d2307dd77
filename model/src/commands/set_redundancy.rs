//! Says how many instances of a component have to work.

use serde::{Deserialize, Serialize};

use super::{CommandError, Edit, name_of, with_component};
use crate::plan::{Id, Plan, Redundancy};
use crate::words::Words;

/// Says how many instances of a component have to work.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SetRedundancy {
    /// The component.
    pub component: Id,
    /// How many; none for the default.
    pub redundancy: Option<Redundancy>,
}

impl Edit for SetRedundancy {
    fn apply(&self, plan: &Plan) -> Result<Plan, CommandError> {
        with_component(plan, &self.component, |component| {
            component.redundancy.clone_from(&self.redundancy);
        })
    }

    fn label(&self, plan: &Plan) -> Words {
        words!(
            "Change redundancy of {name}",
            name = name_of(plan, &self.component)
        )
    }
}
