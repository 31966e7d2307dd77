//! Takes a component out from between its neighbours, and joins them.

use std::collections::BTreeSet;
use std::iter;
use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::connect::check_ends;
use super::{CommandError, Edit, Remove, name_of};
use crate::order::Gather as _;
use crate::plan::format::MAX_CONNECTIONS;
use crate::plan::{Connection, Id, Plan};
use crate::words::Words;

/// Takes a component out and lets its callers call what it called: the opposite of [`Insert`](super::Insert).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bypass {
    /// The component that goes.
    pub component: Id,
}

impl Bypass {
    /// Whether there are neighbours to join.
    pub fn joins(&self, plan: &Plan) -> bool {
        let legs = |is_leg: fn(&Connection, &Id) -> bool| {
            let legs = plan.connections.iter();
            legs.filter(move |leg| is_leg(leg, &self.component))
        };
        legs(|leg, id| leg.to == *id).any(|before| {
            legs(|leg, id| leg.from == *id)
                .any(|after| check_ends(plan, &before.from, &after.to, None).is_ok())
        })
    }
}

impl Edit for Bypass {
    fn apply(&self, plan: &Plan) -> Result<Plan, CommandError> {
        plan.component(&self.component)
            .ok_or_else(|| CommandError::Unknown(self.component.clone()))?;
        let mut next = Remove {
            components: iter::once(self.component.clone()).gather_set(),
            connections: BTreeSet::new(),
        }
        .apply(plan)?;
        let after: Vec<&Connection> = plan
            .connections
            .iter()
            .filter(|leg| leg.from == self.component)
            .map(|leg| &**leg)
            .collect();
        for (index, before) in plan.connections.iter().enumerate() {
            if before.to != self.component {
                continue;
            }
            for leg in &after {
                if check_ends(&next, &before.from, &leg.to, None).is_err() {
                    continue;
                }
                if next.connections.len() >= MAX_CONNECTIONS {
                    return Err(CommandError::TooMany {
                        what: text!("connections"),
                        limit: MAX_CONNECTIONS,
                    });
                }
                let id = if next.uses_id(&before.id) {
                    next.free_id(&format!("{}-{}", before.from, leg.to))
                } else {
                    before.id.clone()
                };
                let at = index.min(next.connections.len());
                let joined = joined(before, leg, id, &next);
                next.connections.insert(at, Rc::new(joined));
            }
        }
        Ok(next)
    }

    fn label(&self, plan: &Plan) -> Words {
        words!(
            "Delete {name} and join its neighbours",
            name = name_of(plan, &self.component)
        )
    }
}

/// One call in the place of two: the caller's way of calling, and what is asked at the end.
fn joined(before: &Connection, after: &Connection, id: Id, plan: &Plan) -> Connection {
    let calls = match (before.calls, after.calls) {
        (Some(before), Some(after)) => Some(before * after),
        (one, other) => one.or(other),
    };
    let is_grouped = before.group.is_some() || before.need.is_some();
    let cache = before.only_on_miss_of.as_ref();
    Connection {
        id,
        to: after.to.clone(),
        calls,
        group: if is_grouped {
            before.group.clone()
        } else {
            after.group.clone()
        },
        need: if is_grouped {
            before.need.clone()
        } else {
            after.need.clone()
        },
        weight: if is_grouped {
            before.weight
        } else {
            after.weight
        },
        reads: after.reads.or(before.reads),
        writes: after.writes.or(before.writes),
        only_on_miss_of: cache.filter(|id| plan.component(id).is_some()).cloned(),
        ..before.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::Insert;
    use crate::plan::sketch::sketch;

    #[test]
    fn it_undoes_an_insertion() {
        let plan =
            sketch("users -> app\napp -[calls=3 reads=2]-> db\nproxy:load_balancer").unwrap();
        let connection = plan.connections[1].id.clone();
        let component = Id::from("proxy");
        let inserted = Insert {
            component: component.clone(),
            connection,
        }
        .apply(&plan)
        .unwrap();
        let bypass = Bypass { component };
        assert!(bypass.joins(&inserted) && !bypass.joins(&plan));
        let next = bypass.apply(&inserted).unwrap();
        assert_eq!(next.connections, plan.connections);
    }

    #[test]
    fn callers_take_over_the_alternatives() {
        let plan = sketch("users -> lb -[need=any]-> app, spare:app\napp -> db").unwrap();
        let next = Bypass {
            component: "lb".into(),
        }
        .apply(&plan)
        .unwrap();
        let from_users: Vec<_> = next
            .connections
            .iter()
            .filter(|c| c.from == "users")
            .collect();
        assert_eq!(from_users.len(), 2);
        assert!(
            from_users
                .iter()
                .all(|c| c.need == Some(crate::plan::Need::Any))
        );
        assert_ne!(from_users[0].id, from_users[1].id);
    }

    #[test]
    fn neighbours_that_know_each_other_are_not_joined_again() {
        let plan = sketch("users -> cdn -> app\nusers -> app\napp -> cdn").unwrap();
        let bypass = Bypass {
            component: "cdn".into(),
        };
        assert!(!bypass.joins(&plan));
        let next = bypass.apply(&plan).unwrap();
        assert_eq!(next.connections.len(), 1);
    }
}
