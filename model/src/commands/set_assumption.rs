//! Changes an estimate.

use serde::{Deserialize, Serialize};

use super::{CommandError, Edit};
use crate::plan::{ASSUMPTIONS, AssumptionValue, Plan};
use crate::words::{Value, Words, small};

/// Changes an estimate, or takes the default again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SetAssumption {
    /// Which estimate.
    pub assumption: String,
    /// The value; none for the default.
    pub value: Option<AssumptionValue>,
}

impl Edit for SetAssumption {
    fn apply(&self, plan: &Plan) -> Result<Plan, CommandError> {
        let mut next = plan.clone();
        match self.value {
            Some(value) => next.assumptions.0.insert(self.assumption.clone(), value),
            None => next.assumptions.0.remove(&self.assumption),
        };
        Ok(next)
    }

    fn label(&self, _: &Plan) -> Words {
        let known = ASSUMPTIONS
            .iter()
            .find(|assumption| assumption.id == self.assumption);
        let name = known.map_or_else(
            || Value::from(&self.assumption),
            |assumption| small(assumption.name),
        );
        words!("Change {name}", name)
    }
}
