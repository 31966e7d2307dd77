//! Gives a connection another caller, or another component that is called.

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::connect::check_ends;
use super::{CommandError, Edit, connection_index, name_of};
use crate::plan::{Id, Plan};
use crate::words::Words;

/// Lets a connection run between these two; what is said about the call stays.
///
/// With another caller it leaves the group of the caller before, because groups are of one caller.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reconnect {
    /// The connection.
    pub connection: Id,
    /// Its caller from now on.
    pub from: Id,
    /// What it calls from now on.
    pub to: Id,
}

impl Edit for Reconnect {
    fn apply(&self, plan: &Plan) -> Result<Plan, CommandError> {
        let index = connection_index(plan, &self.connection)?;
        check_ends(plan, &self.from, &self.to, Some(&self.connection))?;
        let mut next = plan.clone();
        let connection = Rc::make_mut(&mut next.connections[index]);
        if connection.from != self.from {
            connection.group = None;
            connection.need = None;
            connection.weight = None;
            connection.only_on_miss_of = None;
        }
        if connection.only_on_miss_of.as_ref() == Some(&self.to) {
            connection.only_on_miss_of = None;
        }
        connection.from = self.from.clone();
        connection.to = self.to.clone();
        Ok(next)
    }

    fn label(&self, plan: &Plan) -> Words {
        words!(
            "Reconnect {from} to {to}",
            from = name_of(plan, &self.from),
            to = name_of(plan, &self.to)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Need;
    use crate::plan::sketch::sketch;

    fn reconnect(plan: &Plan, from: &str, to: &str) -> Result<Plan, CommandError> {
        Reconnect {
            connection: plan.connections[1].id.clone(),
            from: from.into(),
            to: to.into(),
        }
        .apply(plan)
    }

    #[test]
    fn what_is_said_about_the_call_moves_with_the_end() {
        let plan =
            sketch("users -> lb\nlb -[calls=3 need=any]-> app\ncdn -> files\nspare:app").unwrap();
        let moved = reconnect(&plan, "lb", "spare").unwrap();
        assert_eq!(moved.connections[1].to, "spare");
        assert_eq!(moved.connections[1].calls, Some(3.0));
        assert_eq!(moved.connections[1].need, Some(Need::Any));
        let moved = reconnect(&plan, "cdn", "app").unwrap();
        assert_eq!(moved.connections[1].from, "cdn");
        assert_eq!(moved.connections[1].calls, Some(3.0));
        assert_eq!(moved.connections[1].need, None);
    }

    #[test]
    fn ends_that_make_no_sense_are_refused_as_for_a_new_connection() {
        let plan = sketch("users -> lb\nlb -> app\nlb -> files").unwrap();
        assert_eq!(reconnect(&plan, "lb", "lb"), Err(CommandError::ToItself));
        assert_eq!(
            reconnect(&plan, "lb", "users"),
            Err(CommandError::IntoSource("users".into()))
        );
        assert_eq!(
            reconnect(&plan, "lb", "files"),
            Err(CommandError::AlreadyConnected("lb".into(), "files".into()))
        );
        assert_eq!(reconnect(&plan, "lb", "app").as_ref(), Ok(&plan));
    }
}
