//! Pins components to where they stand, or lets an arrangement move them.

use std::collections::BTreeSet;
use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::{CommandError, Edit, name_of};
use crate::plan::{Id, Plan};
use crate::words::{Value, Words};

/// Pins components to where they stand, or lets an arrangement of the drawing move them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SetPinned {
    /// The components; those that have no place of their own yet stay free.
    pub components: BTreeSet<Id>,
    /// Whether they stay.
    pub pinned: bool,
}

impl Edit for SetPinned {
    fn apply(&self, plan: &Plan) -> Result<Plan, CommandError> {
        if let Some(missing) = self
            .components
            .iter()
            .find(|id| plan.component(id).is_none())
        {
            return Err(CommandError::Unknown(missing.clone()));
        }
        let mut next = plan.clone();
        for component in &mut next.components {
            let pinned = (self.pinned && component.position.is_some()).then_some(true);
            if component.pinned != pinned && self.components.contains(&component.id) {
                Rc::make_mut(component).pinned = pinned;
            }
        }
        Ok(next)
    }

    fn label(&self, plan: &Plan) -> Words {
        let what: Value = match self.components.first() {
            Some(only) if self.components.len() == 1 => name_of(plan, only).into(),
            _ => counted!(self.components.len(); "{count} component", "{count} components").into(),
        };
        if self.pinned {
            words!("Pin {what}", what)
        } else {
            words!("Unpin {what}", what)
        }
    }
}
