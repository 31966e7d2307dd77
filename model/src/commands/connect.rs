//! Lets one component call another.

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::{CommandError, Edit, name_of};
use crate::components;
use crate::plan::format::MAX_CONNECTIONS;
use crate::plan::{Connection, Id, Plan};
use crate::words::Words;

/// Lets one component call another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Connect {
    /// The caller.
    pub from: Id,
    /// The called.
    pub to: Id,
}

impl Edit for Connect {
    fn apply(&self, plan: &Plan) -> Result<Plan, CommandError> {
        check_ends(plan, &self.from, &self.to, None)?;
        if plan.connections.len() >= MAX_CONNECTIONS {
            return Err(CommandError::TooMany {
                what: text!("connections"),
                limit: MAX_CONNECTIONS,
            });
        }
        let mut next = plan.clone();
        next.connections.push(Rc::new(Connection {
            id: plan.free_id(&format!("{}-{}", self.from, self.to)),
            from: self.from.clone(),
            to: self.to.clone(),
            ..Connection::default()
        }));
        Ok(next)
    }

    fn label(&self, plan: &Plan) -> Words {
        words!(
            "Connect {from} to {to}",
            from = name_of(plan, &self.from),
            to = name_of(plan, &self.to)
        )
    }
}

/// Refuses a connection between ends that make no sense, or one that another connection makes already.
pub(super) fn check_ends(
    plan: &Plan,
    from: &Id,
    to: &Id,
    itself: Option<&Id>,
) -> Result<(), CommandError> {
    if from == to {
        return Err(CommandError::ToItself);
    }
    plan.component(from)
        .ok_or_else(|| CommandError::Unknown(from.clone()))?;
    let target = plan
        .component(to)
        .ok_or_else(|| CommandError::Unknown(to.clone()))?;
    if components::component_type(&target.kind).is_some_and(|kind| kind.behaviour.is_source) {
        return Err(CommandError::IntoSource(to.clone()));
    }
    let is_there = plan.connections.iter().any(|known| {
        known.from == *from && known.to == *to && itself.is_none_or(|itself| known.id != *itself)
    });
    if is_there {
        return Err(CommandError::AlreadyConnected(from.clone(), to.clone()));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::sketch::sketch;

    #[test]
    fn what_cannot_be_connected_says_why() {
        let plan = sketch("users -> app").unwrap();
        let connect = |from: &str, to: &str| {
            Connect {
                from: from.into(),
                to: to.into(),
            }
            .apply(&plan)
        };
        assert_eq!(connect("app", "app"), Err(CommandError::ToItself));
        assert_eq!(
            connect("app", "users"),
            Err(CommandError::IntoSource("users".into()))
        );
        assert_eq!(
            connect("app", "gone"),
            Err(CommandError::Unknown("gone".into()))
        );
        assert_eq!(
            connect("users", "app"),
            Err(CommandError::AlreadyConnected("users".into(), "app".into()))
        );
    }
}
