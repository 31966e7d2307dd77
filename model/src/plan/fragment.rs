//! Fragments: parts of a plan that are copied and pasted, as a small plan of their own.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Id, Plan, format};

/// What a fragment has beside the fields of a plan: `"fragment": true`.
const MARK: &str = "fragment";

/// The components with the connections among them and the places that they stand in.
pub fn fragment(plan: &Plan, components: &BTreeSet<Id>) -> Plan {
    let mut part = Plan::default();
    part.components.extend(
        plan.components
            .iter()
            .filter(|component| components.contains(&component.id))
            .cloned(),
    );
    part.connections.extend(
        plan.connections
            .iter()
            .filter(|one| components.contains(&one.from) && components.contains(&one.to))
            .cloned(),
    );
    let mut needed = BTreeSet::new();
    for id in part.components.iter().flat_map(|one| &one.placement) {
        let mut place = plan.place(id);
        // A place that is known already ends the way up, also where places lie within each other.
        while let Some(known) = place {
            if !needed.insert(known.id.clone()) {
                break;
            }
            place = known.within.as_ref().and_then(|within| plan.place(within));
        }
    }
    part.places.extend(
        plan.places
            .iter()
            .filter(|place| needed.contains(&place.id))
            .cloned(),
    );
    part
}

/// A fragment as text: a plan file that says that it is one.
pub fn write(fragment: &Plan) -> String {
    let mut marked = fragment.clone();
    marked.unknown.insert(MARK.to_owned(), Value::Bool(true));
    format::write(&marked)
}

/// Takes the mark of a fragment off a plan that was read; whether it was there.
pub fn unmark(plan: &mut Plan) -> bool {
    plan.unknown.shift_remove(MARK) == Some(Value::Bool(true))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::templates;

    #[test]
    fn it_holds_what_is_chosen_with_its_places_and_reads_as_a_plan() {
        for template in templates::ALL {
            let plan = template.plan().unwrap();
            let all: BTreeSet<Id> = plan.components.iter().map(|one| one.id.clone()).collect();
            let whole = fragment(&plan, &all);
            assert_eq!(whole.components, plan.components);
            assert_eq!(whole.connections.len(), plan.connections.len());
            for id in whole.components.iter().flat_map(|one| &one.placement) {
                assert!(whole.place(id).is_some());
            }
            for place in &whole.places {
                assert!(
                    place
                        .within
                        .as_ref()
                        .is_none_or(|id| whole.place(id).is_some())
                );
            }
            let mut again = format::read(write(&whole).as_bytes()).unwrap();
            assert!(unmark(&mut again));
            assert_eq!(again, whole);
            assert!(!unmark(&mut again));
        }
    }

    #[test]
    fn connections_that_leave_it_stay_behind() {
        let plan = super::super::sketch::sketch("users -> lb -> app -> db").unwrap();
        let part = fragment(&plan, &BTreeSet::from([Id::from("lb"), Id::from("app")]));
        assert_eq!(part.components.len(), 2);
        assert_eq!(part.connections.len(), 1);
    }
}
