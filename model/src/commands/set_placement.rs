//! Says where the instances of a component stand.

use serde::{Deserialize, Serialize};

use super::{CommandError, Edit, name_of, with_component};
use crate::plan::{Id, Plan};
use crate::words::Words;

/// Says where the instances of a component stand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SetPlacement {
    /// The component.
    pub component: Id,
    /// Places that its instances are dealt to, round robin.
    pub placement: Vec<Id>,
}

impl Edit for SetPlacement {
    fn apply(&self, plan: &Plan) -> Result<Plan, CommandError> {
        if let Some(unknown) = self.placement.iter().find(|id| plan.place(id).is_none()) {
            return Err(CommandError::Unknown(unknown.clone()));
        }
        with_component(plan, &self.component, |component| {
            component.placement.clone_from(&self.placement);
        })
    }

    fn label(&self, plan: &Plan) -> Words {
        words!("Place {name}", name = name_of(plan, &self.component))
    }
}
