//! Takes a journey out of the plan.

use serde::{Deserialize, Serialize};

use super::{CommandError, Edit};
use crate::plan::{Id, Plan};
use crate::words::Words;

/// Takes a journey out of the plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RemoveJourney {
    /// The journey.
    pub journey: Id,
}

impl Edit for RemoveJourney {
    fn apply(&self, plan: &Plan) -> Result<Plan, CommandError> {
        plan.journey(&self.journey)
            .ok_or_else(|| CommandError::Unknown(self.journey.clone()))?;
        let mut next = plan.clone();
        next.journeys.retain(|journey| journey.id != self.journey);
        Ok(next)
    }

    fn label(&self, _: &Plan) -> Words {
        words!("Delete journey {name}", name = &self.journey)
    }
}
