//! The small signs where a component calls several that belong together: how many of them it needs.

use std::collections::BTreeMap;

use super::{Point, Route};
use crate::commands::{ChangeConnection, Command, Together};
use crate::plan::{self, Id, Plan};
use crate::topology::{Dependency, Need};
use crate::words::Words;

/// How many of several targets a component needs.
#[derive(Clone, Debug, PartialEq)]
pub struct Gate {
    /// The component that calls.
    pub from: Id,
    /// The connections that belong together, at least two.
    pub connections: Vec<Id>,
    /// How many targets have to work, from 1 to all.
    pub needed: usize,
    /// Where the sign stands.
    pub at: Point,
}

/// The signs of what belongs together in a plan. `routes` are the ways of the plan's connections, in their order.
pub fn gates(plan: &Plan, dependencies: &[Dependency], routes: &[Option<Route>]) -> Vec<Gate> {
    let mut index: BTreeMap<&str, usize> = BTreeMap::new();
    for (number, connection) in plan.connections.iter().enumerate() {
        index.entry(&connection.id).or_insert(number);
    }
    let way_of = |connection: &Id| routes.get(*index.get(connection.as_str())?)?.as_ref();
    dependencies
        .iter()
        .filter_map(|dependency| {
            let Need::AtLeast(needed) = dependency.need else {
                return None;
            };
            if dependency.connections.len() < 2 {
                return None;
            }
            let way = dependency.connections.iter().find_map(way_of)?;
            let (start, corner) = (way.points.first()?, way.points.get(1)?);
            let room = |a: f64, b: f64| (b - a).clamp(-40.0, 40.0);
            Some(Gate {
                from: dependency.from.clone(),
                connections: dependency.connections.clone(),
                needed,
                at: start.moved(room(start.x, corner.x), room(start.y, corner.y)),
            })
        })
        .collect()
}

impl Gate {
    /// What the sign says.
    pub fn text(&self) -> Words {
        let count = self.connections.len();
        if self.needed == count {
            words!("all {count}", count)
        } else {
            words!("{needed} of {count}", needed = self.needed, count)
        }
    }

    /// The edit that needs one more of the targets; one alone after all of them.
    pub fn next(&self, plan: &Plan) -> Command {
        let count = self.connections.len();
        let needed = self.needed % count + 1;
        let need = match needed {
            1 => plan::Need::Any,
            _ if needed == count => plan::Need::All,
            _ => plan::Need::K(needed as f64),
        };
        let commands = self
            .connections
            .iter()
            .filter_map(|id| plan.connection(id))
            .map(|connection| {
                let mut connection = (**connection).clone();
                connection.need = Some(need.clone());
                connection
                    .group
                    .get_or_insert_with(|| self.from.to_string());
                Command::from(ChangeConnection { connection })
            })
            .collect();
        Command::from(Together {
            title: words!("Need {needed} of {count}", needed, count),
            commands,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;
    use crate::diagram::{Rect, layout, routes};
    use crate::evaluate::evaluate;
    use crate::plan::sketch::sketch;
    use std::rc::Rc;

    fn gates_of(plan: &Plan) -> Vec<Gate> {
        let cards: Vec<Rect> = layout(plan).into_iter().map(Rect::card).collect();
        let evaluation = evaluate(plan, &Catalog::default(), None);
        gates(plan, &evaluation.dependencies, &routes(plan, &cards))
    }

    #[test]
    fn alternatives_have_one_sign_and_single_calls_none() {
        let plan = sketch("lb -> a:app -> db\nlb -> b:app -> db").unwrap();
        let gates = gates_of(&plan);
        assert_eq!(gates.len(), 1);
        assert_eq!(
            (&*gates[0].text().to_string(), &*gates[0].from),
            ("1 of 2", "lb")
        );
    }

    #[test]
    fn clicking_goes_round_all_numbers() {
        let mut plan = Rc::new(sketch("lb -> a:app\nlb -> b:app\nlb -> c:app").unwrap());
        for expected in ["1 of 3", "2 of 3", "all 3", "1 of 3"] {
            let gates = gates_of(&plan);
            assert_eq!(gates[0].text().to_string(), expected);
            plan = gates[0].next(&plan).apply(&plan).unwrap();
        }
    }
}
