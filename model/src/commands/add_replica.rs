//! Adds one more of a component.

use serde::{Deserialize, Serialize};

use super::{CommandError, Edit, SetInstances, name_of, with_component};
use crate::components;
use crate::plan::{Id, Plan, PrimaryReplica, Redundancy};
use crate::words::Words;

/// Adds one instance of a component; the second one of what keeps data takes over when the first fails.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AddReplica {
    /// The component.
    pub component: Id,
}

impl Edit for AddReplica {
    fn apply(&self, plan: &Plan) -> Result<Plan, CommandError> {
        let component = plan
            .component(&self.component)
            .ok_or_else(|| CommandError::Unknown(self.component.clone()))?;
        let instances = component.instances.unwrap_or(1.0).max(1.0).floor();
        if instances >= f64::from(SetInstances::MOST) {
            return Err(CommandError::TooMany {
                what: text!("instances of one component"),
                limit: SetInstances::MOST as usize,
            });
        }
        let keeps_data = components::component_type(&component.kind)
            .is_some_and(|kind| kind.behaviour.keeps_data);
        with_component(plan, &self.component, |component| {
            component.instances = Some(instances + 1.0);
            if keeps_data && instances < 2.0 {
                component.redundancy = Some(Redundancy::PrimaryReplica(PrimaryReplica::default()));
                component.promotable = None;
                component.pinned = None;
            }
        })
    }

    fn label(&self, plan: &Plan) -> Words {
        words!(
            "Add a replica of {name}",
            name = name_of(plan, &self.component)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::sketch::sketch;

    #[test]
    fn a_second_database_takes_over_and_a_second_server_shares() {
        let plan = sketch("users -> app -> db").unwrap();
        let add = |component: &str| {
            let next = AddReplica {
                component: component.into(),
            }
            .apply(&plan)
            .unwrap();
            next.component(component).cloned().unwrap()
        };
        assert_eq!(add("db").instances, Some(2.0));
        assert!(matches!(
            add("db").redundancy,
            Some(Redundancy::PrimaryReplica(_))
        ));
        assert_eq!(add("app").instances, Some(2.0));
        assert_eq!(add("app").redundancy, None);
    }

    #[test]
    fn there_is_an_end_to_it() {
        let plan = sketch("users -> app*1000").unwrap();
        assert!(
            AddReplica {
                component: "app".into()
            }
            .apply(&plan)
            .is_err()
        );
    }
}
