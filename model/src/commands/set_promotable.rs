//! Says whether copies of the data may take over.

use serde::{Deserialize, Serialize};

use super::{CommandError, Edit, name_of, with_component};
use crate::plan::{Id, Plan};
use crate::words::Words;

/// Says whether a copy of the data of a component may become the one that is written to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SetPromotable {
    /// The component.
    pub component: Id,
    /// Whether it may; none for the default, which is that it may.
    pub promotable: Option<bool>,
}

impl Edit for SetPromotable {
    fn apply(&self, plan: &Plan) -> Result<Plan, CommandError> {
        with_component(plan, &self.component, |component| {
            component.promotable = self.promotable;
        })
    }

    fn label(&self, plan: &Plan) -> Words {
        let name = name_of(plan, &self.component);
        match self.promotable {
            Some(false) => words!("Keep copies of {name} from taking over", name),
            _ => words!("Let a copy of {name} take over", name),
        }
    }
}
