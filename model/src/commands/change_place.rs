//! Adds a place, or changes what is said about one.

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::{CommandError, Edit};
use crate::plan::{Place, Plan};
use crate::words::Words;

/// Replaces the place of the same id, or adds it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChangePlace {
    /// The place as it shall be.
    pub place: Place,
}

impl Edit for ChangePlace {
    fn apply(&self, plan: &Plan) -> Result<Plan, CommandError> {
        let mut outer = self.place.within.as_ref();
        for _ in 0..=plan.places.len() {
            match outer {
                Some(id) if *id == self.place.id => {
                    return Err(CommandError::WithinItself(id.clone()));
                }
                Some(id) => outer = plan.place(id).and_then(|place| place.within.as_ref()),
                None => break,
            }
        }
        let mut next = plan.clone();
        match next
            .places
            .iter()
            .position(|known| known.id == self.place.id)
        {
            Some(index) => next.places[index] = Rc::new(self.place.clone()),
            None if plan.uses_id(&self.place.id) => {
                return Err(CommandError::NameTaken(self.place.id.clone()));
            }
            None => next.places.push(Rc::new(self.place.clone())),
        }
        Ok(next)
    }

    fn label(&self, plan: &Plan) -> Words {
        let name = &self.place.id;
        if plan.place(name).is_some() {
            words!("Change place {name}", name)
        } else {
            words!("Add place {name}", name)
        }
    }
}
