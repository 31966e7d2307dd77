//! Takes a place out of the plan.

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::{CommandError, Edit};
use crate::plan::{Id, Plan};
use crate::words::Words;

/// Takes a place out of the plan; what stood in it stands in the place around it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RemovePlace {
    /// The place.
    pub place: Id,
}

impl Edit for RemovePlace {
    fn apply(&self, plan: &Plan) -> Result<Plan, CommandError> {
        let place = plan
            .place(&self.place)
            .ok_or_else(|| CommandError::Unknown(self.place.clone()))?;
        let outer = place.within.as_ref();
        let mut next = plan.clone();
        next.places.retain(|place| place.id != self.place);
        for place in &mut next.places {
            if place.within.as_ref() == Some(&self.place) {
                Rc::make_mut(place).within = outer.cloned();
            }
        }
        for component in &mut next.components {
            if component.placement.contains(&self.place) {
                Rc::make_mut(component).placement = component
                    .placement
                    .iter()
                    .filter_map(|id| if *id == self.place { outer } else { Some(id) })
                    .cloned()
                    .collect();
            }
        }
        Ok(next)
    }

    fn label(&self, _: &Plan) -> Words {
        words!("Delete place {name}", name = &self.place)
    }
}
