//! Puts a component between the two ends of a connection.

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::connect::check_ends;
use super::{CommandError, Edit, connection_index, name_of};
use crate::components::component_type;
use crate::plan::format::MAX_CONNECTIONS;
use crate::plan::{Component, Connection, Id, Plan};
use crate::words::Words;

/// Puts a component between the two ends of a connection: the caller calls it, and it calls what was called.
///
/// A cache whose caller survives its loss is asked beside what was called, which is asked only on its misses:
/// that is how programs use one. What was said about the call stays with the caller; reads and writes go to
/// where the data are.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Insert {
    /// The component that comes between.
    pub component: Id,
    /// The connection.
    pub connection: Id,
}

impl Edit for Insert {
    fn apply(&self, plan: &Plan) -> Result<Plan, CommandError> {
        let index = connection_index(plan, &self.connection)?;
        let component = plan
            .component(&self.component)
            .ok_or_else(|| CommandError::Unknown(self.component.clone()))?;
        let before = &plan.connections[index];
        check_ends(plan, &before.from, &self.component, None)?;
        if plan.connections.len() >= MAX_CONNECTIONS {
            return Err(CommandError::TooMany {
                what: text!("connections"),
                limit: MAX_CONNECTIONS,
            });
        }
        let mut next = plan.clone();
        let changed = Rc::make_mut(&mut next.connections[index]);
        if stands_beside(plan, component, &before.from) {
            changed.only_on_miss_of = Some(self.component.clone());
            let asked = Connection {
                id: plan.free_id(&format!("{}-{}", before.from, self.component)),
                from: before.from.clone(),
                to: self.component.clone(),
                calls: before.calls,
                ..Connection::default()
            };
            next.connections.push(Rc::new(asked));
            return Ok(next);
        }
        check_ends(plan, &self.component, &before.to, None)?;
        changed.to = self.component.clone();
        changed.reads = None;
        changed.writes = None;
        if changed.only_on_miss_of.as_ref() == Some(&self.component) {
            changed.only_on_miss_of = None;
        }
        let onward = Connection {
            id: plan.free_id(&format!("{}-{}", self.component, before.to)),
            from: self.component.clone(),
            to: before.to.clone(),
            reads: before.reads,
            writes: before.writes,
            request_bytes: before.request_bytes,
            response_bytes: before.response_bytes,
            ..Connection::default()
        };
        next.connections.insert(index + 1, Rc::new(onward));
        Ok(next)
    }

    fn label(&self, plan: &Plan) -> Words {
        let name = name_of(plan, &self.component);
        match plan.connection(&self.connection) {
            Some(connection) => words!(
                "Insert {name} between {from} and {to}",
                name,
                from = name_of(plan, &connection.from),
                to = name_of(plan, &connection.to)
            ),
            None => words!("Insert {name}", name),
        }
    }
}

/// Whether a component is asked beside what its caller calls, and not on the way there.
fn stands_beside(plan: &Plan, component: &Component, caller: &Id) -> bool {
    let behaviour = component_type(&component.kind).map(|kind| kind.behaviour);
    let is_source = plan
        .component(caller)
        .and_then(|caller| component_type(&caller.kind))
        .is_some_and(|kind| kind.behaviour.is_source);
    behaviour.is_some_and(|behaviour| behaviour.caches && behaviour.is_optional) && !is_source
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::sketch::sketch;

    fn insert(plan: &Plan, component: &str, connection: usize) -> Result<Plan, CommandError> {
        Insert {
            component: component.into(),
            connection: plan.connections[connection].id.clone(),
        }
        .apply(plan)
    }

    fn ends(plan: &Plan) -> Vec<(&str, &str)> {
        plan.connections
            .iter()
            .map(|connection| (connection.from.as_str(), connection.to.as_str()))
            .collect()
    }

    #[test]
    fn the_way_leads_through_what_is_put_on_it() {
        let plan = sketch("users -[calls=2 reads=3]-> app\nlb").unwrap();
        let next = insert(&plan, "lb", 0).unwrap();
        assert_eq!(ends(&next), [("users", "lb"), ("lb", "app")]);
        assert_eq!(next.connections[0].calls, Some(2.0));
        assert_eq!(next.connections[0].reads, None);
        assert_eq!(next.connections[1].calls, None);
        assert_eq!(next.connections[1].reads, Some(3.0));
    }

    #[test]
    fn a_cache_is_asked_first_and_the_rest_on_its_misses() {
        let plan = sketch("users -> app\napp -[calls=3]-> db\ncache").unwrap();
        let next = insert(&plan, "cache", 1).unwrap();
        assert_eq!(
            ends(&next),
            [("users", "app"), ("app", "db"), ("app", "cache")]
        );
        assert_eq!(next.connections[1].only_on_miss_of, Some("cache".into()));
        assert_eq!(next.connections[2].calls, Some(3.0));
    }

    #[test]
    fn nobody_stands_between_twice_or_before_the_visitors() {
        let plan = sketch("users -> app\nusers -> cdn\ncdn -> app").unwrap();
        assert!(matches!(
            insert(&plan, "cdn", 0),
            Err(CommandError::AlreadyConnected(..))
        ));
        assert_eq!(
            insert(&plan, "app", 0),
            Err(CommandError::AlreadyConnected("users".into(), "app".into()))
        );
        assert_eq!(
            insert(&plan, "users", 2),
            Err(CommandError::IntoSource("users".into()))
        );
    }
}
