//! Changes what is said about a connection.

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::{CommandError, Edit, connection_index, name_of};
use crate::plan::{Connection, Plan};
use crate::words::Words;

/// Replaces the connection of the same id.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChangeConnection {
    /// The connection as it shall be.
    pub connection: Connection,
}

impl Edit for ChangeConnection {
    fn apply(&self, plan: &Plan) -> Result<Plan, CommandError> {
        let index = connection_index(plan, &self.connection.id)?;
        if self.connection.from == self.connection.to {
            return Err(CommandError::ToItself);
        }
        let mut next = plan.clone();
        next.connections[index] = Rc::new(self.connection.clone());
        Ok(next)
    }

    fn label(&self, plan: &Plan) -> Words {
        let (from, to) = (
            name_of(plan, &self.connection.from),
            name_of(plan, &self.connection.to),
        );
        words!("Change connection from {from} to {to}", from, to)
    }
}
