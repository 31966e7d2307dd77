//! Puts a component into the plan.

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::{CommandError, Edit, check_position};
use crate::components;
use crate::plan::format::MAX_COMPONENTS;
use crate::plan::{Component, Plan};
use crate::words::{Words, text};

/// Puts a component into the plan; an id that is empty or taken is replaced by a free one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AddComponent {
    /// The component.
    pub component: Component,
}

impl Edit for AddComponent {
    fn apply(&self, plan: &Plan) -> Result<Plan, CommandError> {
        if components::component_type(&self.component.kind).is_none() {
            return Err(CommandError::UnknownType(self.component.kind.clone()));
        }
        if plan.components.len() >= MAX_COMPONENTS {
            return Err(CommandError::TooMany {
                what: text!("components"),
                limit: MAX_COMPONENTS,
            });
        }
        check_position(self.component.position)?;
        let mut next = plan.clone();
        let wish = if self.component.id.is_empty() {
            self.component.kind.as_str()
        } else {
            &self.component.id
        };
        let id = plan.free_id(wish);
        next.components.push(Rc::new(Component {
            id,
            ..self.component.clone()
        }));
        Ok(next)
    }

    fn label(&self, _: &Plan) -> Words {
        let name = components::component_type(&self.component.kind)
            .map_or(text!("component"), |kind| kind.name);
        words!("Add {kind}", kind = text(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_name_gets_a_number() {
        let component = Component {
            kind: "sql_database".to_owned(),
            ..Component::default()
        };
        let once = AddComponent {
            component: component.clone(),
        }
        .apply(&Plan::default())
        .unwrap();
        let twice = AddComponent { component }.apply(&once).unwrap();
        assert_eq!(twice.components[0].id, "sql-database");
        assert_eq!(twice.components[1].id, "sql-database-2");
    }
}
