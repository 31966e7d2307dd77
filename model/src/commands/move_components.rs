//! Moves components on the canvas.

use std::collections::BTreeMap;
use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::{CommandError, Edit, check_position, name_of};
use crate::plan::{Id, Plan};
use crate::words::Words;

/// Moves components on the canvas.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MoveComponents {
    /// The new top left corners, in canvas units.
    pub positions: BTreeMap<Id, [f64; 2]>,
}

impl Edit for MoveComponents {
    fn apply(&self, plan: &Plan) -> Result<Plan, CommandError> {
        for &position in self.positions.values() {
            check_position(Some(position))?;
        }
        let mut next = plan.clone();
        for component in &mut next.components {
            if let Some(&position) = self.positions.get(&component.id)
                && component.position != Some(position)
            {
                Rc::make_mut(component).position = Some(position);
            }
        }
        Ok(next)
    }

    fn label(&self, plan: &Plan) -> Words {
        match self.positions.keys().next() {
            Some(only) if self.positions.len() == 1 => {
                words!("Move {name}", name = name_of(plan, only))
            }
            _ => words!("Move {count} components", count = self.positions.len()),
        }
    }
}
