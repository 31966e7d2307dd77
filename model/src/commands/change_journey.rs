//! Adds a journey, or changes what is said about one.

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::{CommandError, Edit};
use crate::plan::{Journey, Plan};
use crate::words::Words;

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

    fn label(&self, plan: &Plan) -> Words {
        let name = if self.journey.name.is_empty() {
            self.journey.id.as_str()
        } else {
            self.journey.name.as_str()
        };
        if plan.journey(&self.journey.id).is_some() {
            words!("Change journey {name}", name)
        } else {
            words!("Add journey {name}", name)
        }
    }
}
