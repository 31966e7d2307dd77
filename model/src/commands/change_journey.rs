//! Adds a journey, or changes what is said about one.

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::{CommandError, Edit};
use crate::plan::{Journey, Plan};

/// Replaces the journey of the same id, or adds it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChangeJourney {
    /// The journey as it shall be.
    pub journey: Journey,
}

impl Edit for ChangeJourney {
    fn apply(&self, plan: &Plan) -> Result<Plan, CommandError> {
        let mut next = plan.clone();
        match next
            .journeys
            .iter()
            .position(|known| known.id == self.journey.id)
        {
            Some(index) => next.journeys[index] = Rc::new(self.journey.clone()),
            None if plan.uses_id(&self.journey.id) => {
                return Err(CommandError::NameTaken(self.journey.id.clone()));
            }
            None => next.journeys.push(Rc::new(self.journey.clone())),
        }
        Ok(next)
    }

    fn label(&self, plan: &Plan) -> String {
        let name = if self.journey.name.is_empty() {
            &self.journey.id
        } else {
            self.journey.name.as_str()
        };
        let verb = if plan.journey(&self.journey.id).is_some() {
            "Change"
        } else {
            "Add"
        };
        format!("{verb} journey {name}")
    }
}
