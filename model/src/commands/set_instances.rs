//! Says how many instances of a component there are.

use serde::{Deserialize, Serialize};

use super::{CommandError, Edit, name_of, with_component};
use crate::plan::{Id, Plan};
use crate::words::Words;

/// Says how many instances of a component there are.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SetInstances {
    /// The component.
    pub component: Id,
    /// How many, from 1 to 1,000.
    pub instances: u32,
}

impl SetInstances {
    /// The most instances that one component can have.
    pub const MOST: u32 = 1_000;
}

impl Edit for SetInstances {
    fn apply(&self, plan: &Plan) -> Result<Plan, CommandError> {
        if !(1..=Self::MOST).contains(&self.instances) {
            return Err(CommandError::IllegalNumber {
                what: text!("The number of instances"),
                legal: words!("from 1 to {most}", most = Self::MOST),
            });
        }
        with_component(plan, &self.component, |component| {
            component.instances = Some(f64::from(self.instances));
        })
    }

    fn label(&self, plan: &Plan) -> Words {
        words!(
            "Run {instances} of {name}",
            instances = self.instances,
            name = name_of(plan, &self.component)
        )
    }
}
