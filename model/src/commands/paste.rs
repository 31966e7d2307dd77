//! Puts a fragment of a plan into the plan, under names of its own.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::{CommandError, Edit, check_position};
use crate::plan::format::{MAX_COMPONENTS, MAX_CONNECTIONS};
use crate::plan::{Id, Plan};
use crate::words::{Value, Words};

/// Puts the components, connections and places of a fragment into the plan.
///
/// Whatever is called as something in the plan gets a free name, and the parts of the fragment keep pointing to
/// each other. What points out of the fragment stays where the plan has a part of that name, and goes otherwise.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Paste {
    /// The fragment.
    pub fragment: Plan,
    /// How far it is moved, in canvas units, to the right and downwards.
    pub by: [f64; 2],
}

impl Paste {
    /// The names that the components of the fragment get, in its order.
    pub fn names(&self, plan: &Plan) -> Vec<Id> {
        Names::new(plan, &self.fragment).components
    }
}

impl Edit for Paste {
    fn apply(&self, plan: &Plan) -> Result<Plan, CommandError> {
        let part = &self.fragment;
        let names = Names::new(plan, part);
        let mut next = plan.clone();
        for (place, id) in part.places.iter().zip(&names.places) {
            let mut place = (**place).clone();
            place.id = id.clone();
            place.within = place.within.and_then(|id| names.place(plan, &id));
            if let Some([x, y, width, height]) = place.area {
                place.area = Some([x + self.by[0], y + self.by[1], width, height]);
                check_position(Some([x + self.by[0], y + self.by[1]]))?;
            }
            next.places.push(Rc::new(place));
        }
        for (component, id) in part.components.iter().zip(&names.components) {
            let mut component = (**component).clone();
            component.id = id.clone();
            component.position = component
                .position
                .map(|[x, y]| [x + self.by[0], y + self.by[1]]);
            check_position(component.position)?;
            component.pinned = None;
            component.placement = component
                .placement
                .iter()
                .filter_map(|id| names.place(plan, id))
                .collect();
            component.standby_for = component
                .standby_for
                .and_then(|id| names.component(plan, &id));
            next.components.push(Rc::new(component));
        }
        for (connection, id) in part.connections.iter().zip(&names.connections) {
            let (Some(from), Some(to)) = (
                names.copy_of.get(&connection.from),
                names.copy_of.get(&connection.to),
            ) else {
                continue;
            };
            let mut connection = (**connection).clone();
            connection.id = id.clone();
            connection.from = from.clone();
            connection.to = to.clone();
            connection.only_on_miss_of = connection
                .only_on_miss_of
                .and_then(|id| names.component(plan, &id));
            next.connections.push(Rc::new(connection));
        }
        check_count(text!("components"), next.components.len(), MAX_COMPONENTS)?;
        check_count(
            text!("connections"),
            next.connections.len(),
            MAX_CONNECTIONS,
        )?;
        Ok(next)
    }

    fn label(&self, _: &Plan) -> Words {
        words!("Paste {what}", what = named(&self.fragment))
    }
}

/// What is in a fragment, in words: the name of its only component, or how many there are.
fn named(fragment: &Plan) -> Value {
    match &fragment.components[..] {
        [only] if only.label.is_empty() => (&only.id).into(),
        [only] => (&only.label).into(),
        all => counted!(all.len(); "{count} component", "{count} components").into(),
    }
}

fn check_count(what: &'static str, found: usize, limit: usize) -> Result<(), CommandError> {
    if found > limit {
        return Err(CommandError::TooMany { what, limit });
    }
    Ok(())
}

/// The names of the parts of a fragment in a plan, in the fragment's order.
struct Names {
    components: Vec<Id>,
    connections: Vec<Id>,
    places: Vec<Id>,
    /// The new name of each component of the fragment.
    copy_of: BTreeMap<Id, Id>,
    /// The new name of each place of the fragment.
    place_of: BTreeMap<Id, Id>,
}

impl Names {
    fn new(plan: &Plan, part: &Plan) -> Self {
        let mut taken = plan.ids();
        let mut names = Self {
            components: Vec::new(),
            connections: Vec::new(),
            places: Vec::new(),
            copy_of: BTreeMap::new(),
            place_of: BTreeMap::new(),
        };
        for place in &part.places {
            let id = free(&mut taken, &place.id);
            names
                .place_of
                .entry(place.id.clone())
                .or_insert_with(|| id.clone());
            names.places.push(id);
        }
        for component in &part.components {
            let id = free(&mut taken, &component.id);
            names
                .copy_of
                .entry(component.id.clone())
                .or_insert_with(|| id.clone());
            names.components.push(id);
        }
        for connection in &part.connections {
            let id = match (
                names.copy_of.get(&connection.from),
                names.copy_of.get(&connection.to),
            ) {
                (Some(from), Some(to)) => free(&mut taken, &format!("{from}-{to}")),
                _ => Id::default(),
            };
            names.connections.push(id);
        }
        names
    }

    fn component(&self, plan: &Plan, id: &Id) -> Option<Id> {
        let known = || plan.component(id).map(|known| known.id.clone());
        self.copy_of.get(id).cloned().or_else(known)
    }

    fn place(&self, plan: &Plan, id: &Id) -> Option<Id> {
        let known = || plan.place(id).map(|known| known.id.clone());
        self.place_of.get(id).cloned().or_else(known)
    }
}

/// A name that nothing has yet, near to a wish; from now on it is taken.
fn free(taken: &mut BTreeSet<Id>, wish: &str) -> Id {
    let id = Id::free(wish, |id| taken.contains(id));
    taken.insert(id.clone());
    id
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::fragment::fragment;
    use crate::plan::sketch::sketch;

    #[test]
    fn copies_point_to_each_other_and_to_what_stays() {
        let plan = sketch(
            "users -> app -[only_on_miss_of=cache calls=3]-> db\napp -> cache\nspare:db[standby_for=db]",
        )
        .unwrap();
        let ids = ["app", "db", "spare"].map(Id::from);
        let paste = Paste {
            fragment: fragment(&plan, &BTreeSet::from(ids)),
            by: [10.0, 20.0],
        };
        let next = paste.apply(&plan).unwrap();
        assert_eq!(
            paste.names(&plan),
            ["app-2", "db-2", "spare-2"].map(Id::from)
        );
        assert_eq!(next.components.len(), plan.components.len() + 3);
        let copy = next.connections.last().unwrap();
        assert_eq!((&copy.from, &copy.to), (&"app-2".into(), &"db-2".into()));
        assert_eq!(copy.only_on_miss_of, Some("cache".into()));
        assert_eq!(copy.calls, Some(3.0));
        let spare = next.component("spare-2").unwrap();
        assert_eq!(spare.standby_for, Some("db-2".into()));
        let [x, y] = plan.component("app").unwrap().position.unwrap_or_default();
        let moved = next.component("app-2").unwrap().position;
        assert!(moved.is_none_or(|at| at == [x + 10.0, y + 20.0]));
    }

    #[test]
    fn elsewhere_it_brings_its_places_and_leaves_what_is_not_there() {
        let plan = Rc::new(crate::templates::template("shop").unwrap().plan().unwrap());
        let all: BTreeSet<Id> = plan.components.iter().map(|one| one.id.clone()).collect();
        let mut part = fragment(&plan, &all);
        Rc::make_mut(&mut part.components[0]).standby_for = Some("elsewhere".into());
        let paste = Paste {
            fragment: part,
            by: [0.0, 0.0],
        };
        let next = paste.apply(&Plan::default()).unwrap();
        assert_eq!(next.components[0].standby_for, None);
        assert_eq!(next.components[1..], plan.components[1..]);
        let twice = paste.apply(&next).unwrap();
        let ids: Vec<&Id> = twice.components.iter().map(|one| &one.id).collect();
        let different: BTreeSet<&Id> = ids.iter().copied().collect();
        assert_eq!(ids.len(), different.len());
    }
}
