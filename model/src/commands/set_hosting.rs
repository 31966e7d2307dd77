//! Chooses what a component runs on.

use serde::{Deserialize, Serialize};

use super::{CommandError, Edit, name_of, with_component};
use crate::plan::{Hosting, Id, Plan};
use crate::words::Words;

/// Chooses what a component runs on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SetHosting {
    /// The component.
    pub component: Id,
    /// What it runs on; none for not chosen yet.
    pub hosting: Option<Hosting>,
}

impl Edit for SetHosting {
    fn apply(&self, plan: &Plan) -> Result<Plan, CommandError> {
        with_component(plan, &self.component, |component| {
            component.hosting.clone_from(&self.hosting);
        })
    }

    fn label(&self, plan: &Plan) -> Words {
        words!(
            "Host {name} elsewhere",
            name = name_of(plan, &self.component)
        )
    }
}
