//! Puts components elsewhere in the order of the plan.

use std::collections::BTreeSet;
use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::{CommandError, Edit, name_of};
use crate::plan::{Component, Id, Plan};
use crate::words::{Value, Words};

/// Puts components, in the order that they have, before another one or at the end.
///
/// Lists, reports and the keyboard go through the components in the order of the plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reorder {
    /// The components.
    pub components: BTreeSet<Id>,
    /// The one that follows them; none for the end. One of those that are moved is passed over.
    pub before: Option<Id>,
}

impl Edit for Reorder {
    fn apply(&self, plan: &Plan) -> Result<Plan, CommandError> {
        for id in self.components.iter().chain(&self.before) {
            if plan.component(id).is_none() {
                return Err(CommandError::Unknown(id.clone()));
            }
        }
        let is_moved = |component: &Rc<Component>| self.components.contains(&component.id);
        let all = plan.components.iter();
        let at = self
            .before
            .as_ref()
            .and_then(|id| all.clone().position(|one| one.id == *id));
        let (first, last) = plan
            .components
            .split_at(at.unwrap_or(plan.components.len()));
        let stay = |part: &[Rc<Component>]| -> Vec<Rc<Component>> {
            part.iter().filter(|one| !is_moved(one)).cloned().collect()
        };
        let mut next = plan.clone();
        next.components = stay(first);
        next.components
            .extend(all.filter(|one| is_moved(one)).cloned());
        next.components.extend(stay(last));
        Ok(next)
    }

    fn label(&self, plan: &Plan) -> Words {
        let what: Value = match (self.components.len(), self.components.first()) {
            (1, Some(only)) => name_of(plan, only).into(),
            (count, _) => counted!(count; "{count} component", "{count} components").into(),
        };
        match &self.before {
            Some(before) => words!(
                "Move {what} before {name}",
                what,
                name = name_of(plan, before)
            ),
            None => words!("Move {what} to the end", what),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::sketch::sketch;

    fn order(moved: &[&str], before: Option<&str>) -> Result<Vec<String>, CommandError> {
        let plan = sketch("a:app -> b:app -> c:app -> d:app").unwrap();
        let edit = Reorder {
            components: moved.iter().map(|id| Id::from(*id)).collect(),
            before: before.map(Id::from),
        };
        let next = edit.apply(&plan)?;
        assert_eq!(next.connections, plan.connections);
        let ids = next.components.iter();
        Ok(ids.map(|component| component.id.to_string()).collect())
    }

    #[test]
    fn components_move_together_and_keep_their_order() {
        assert_eq!(order(&["d"], Some("b")).unwrap(), ["a", "d", "b", "c"]);
        assert_eq!(order(&["c", "a"], None).unwrap(), ["b", "d", "a", "c"]);
        assert_eq!(order(&["d", "a"], Some("c")).unwrap(), ["b", "a", "d", "c"]);
        assert_eq!(order(&["b"], Some("b")).unwrap(), ["a", "b", "c", "d"]);
    }

    #[test]
    fn what_is_not_there_is_refused() {
        for (moved, before) in [(&["x"], None), (&["a"], Some("x"))] {
            assert_eq!(order(moved, before), Err(CommandError::Unknown("x".into())));
        }
    }
}
