//! Takes components and connections out of the plan.

use std::collections::BTreeSet;
use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::{CommandError, Edit, name_of};
use crate::plan::{Id, Plan};
use crate::words::Words;

/// Takes components out of the plan with all their connections, and connections by themselves.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Remove {
    /// Components that go.
    pub components: BTreeSet<Id>,
    /// Connections that go.
    pub connections: BTreeSet<Id>,
}

impl Edit for Remove {
    fn apply(&self, plan: &Plan) -> Result<Plan, CommandError> {
        let gone = |id: &Id| self.components.contains(id);
        let mut next = plan.clone();
        next.components.retain(|component| !gone(&component.id));
        next.connections.retain(|connection| {
            !self.connections.contains(&connection.id)
                && !gone(&connection.from)
                && !gone(&connection.to)
        });
        for connection in &mut next.connections {
            if connection.only_on_miss_of.as_ref().is_some_and(gone) {
                Rc::make_mut(connection).only_on_miss_of = None;
            }
        }
        for component in &mut next.components {
            if component.standby_for.as_ref().is_some_and(gone) {
                Rc::make_mut(component).standby_for = None;
            }
        }
        next.journeys
            .retain(|journey| !journey.entry.as_ref().is_some_and(gone));
        for journey in &mut next.journeys {
            if journey.demands.keys().any(gone) {
                Rc::make_mut(journey)
                    .demands
                    .retain(|component, _| !gone(component));
            }
        }
        Ok(next)
    }

    fn label(&self, plan: &Plan) -> Words {
        match (
            self.components.first(),
            self.components.len(),
            self.connections.len(),
        ) {
            (Some(only), 1, 0) => words!("Delete {name}", name = name_of(plan, only)),
            (None, _, 1) => words!("Delete connection"),
            (_, components, connections) => {
                words!("Delete {count} parts", count = components + connections)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::sketch::sketch;

    #[test]
    fn nothing_points_to_what_is_gone() {
        let plan = sketch(
            "users -> app -[only_on_miss_of=cache]-> db\napp -> cache\nspare:db[standby_for=cache]",
        )
        .unwrap();
        let next = Remove {
            components: BTreeSet::from(["cache".into()]),
            ..Remove::default()
        }
        .apply(&plan)
        .unwrap();
        assert_eq!(next.connections.len(), 2);
        assert!(
            next.connections
                .iter()
                .all(|connection| connection.only_on_miss_of.is_none())
        );
        assert!(
            next.components
                .iter()
                .all(|component| component.standby_for.is_none())
        );
        let next = Remove {
            components: BTreeSet::from(["users".into()]),
            ..Remove::default()
        }
        .apply(&plan)
        .unwrap();
        assert!(next.journeys.is_empty());
    }
}
