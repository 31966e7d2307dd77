//! How failures reach a journey: what falls one after the other, from what fails to whom nobody answers.
//!
//! **Question.** Once these events have happened, why is this journey down?
//!
//! **Model.** The reasons of [`crate::analysis::structure`], followed from the start of the journey to what
//! fails by itself. Where one missing target is enough, one is followed; where several had to go, all of them.
//!
//! **Complexity.** One structure, and what depends on the events for each set of them.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::analysis::structure::{Reason, Structure};
use crate::catalog::Catalog;
use crate::evaluate::Evaluation;
use crate::order::Order as _;
use crate::plan::{Id, Plan};
use crate::topology::Topology;

/// Why a journey is down.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Story {
    /// The components that fall, those that fail by themselves first, the start of the journey last; none if the
    /// journey goes on.
    pub steps: Vec<Step>,
}

/// A component that falls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The component.
    pub component: Id,
    /// Steps from it to the start of the journey: those of one number stand side by side.
    pub distance: usize,
    /// Why it falls.
    pub why: Why,
}

/// Why a component falls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// Fewer of its instances are left than have to work.
    Lost {
        /// What happened to them, as reports name it.
        events: Vec<Rc<str>>,
        /// How many are left.
        left: usize,
        /// How many have to work.
        needed: usize,
    },
    /// Fewer of those that it asks answer than have to.
    Unserved {
        /// The components that do not answer.
        by: Vec<Id>,
        /// The connections that are gone.
        cut: Vec<Id>,
        /// How many answer.
        left: usize,
        /// How many have to.
        needed: usize,
    },
}

/// Why a journey is down, for each of several sets of events; events that the plan does not have are left out.
///
/// `evaluation` is that of the plan: it knows how many instances the peak needs.
pub fn stories(
    plan: &Plan,
    catalog: &Catalog,
    evaluation: &Evaluation,
    journey: &Id,
    sets: &[Vec<Rc<str>>],
) -> Vec<Story> {
    let topology = Topology::new(plan, catalog);
    let needed: Vec<usize> = (0..topology.components.len())
        .map(|component| {
            let evaluation = evaluation.components.get(topology.id(component));
            evaluation.map_or(1, |component| component.needed)
        })
        .collect();
    let structure = Structure::new(&topology, &needed);
    let mut journeys = topology.journeys.iter();
    let Some(start) = journeys.find(|one| one.id == *journey) else {
        return vec![Story::default(); sets.len()];
    };
    sets.iter()
        .map(|set| {
            let failed: Vec<usize> = set
                .iter()
                .filter_map(|event| structure.event(event))
                .collect();
            story(&topology, &structure, start.entry, &failed)
        })
        .collect()
}

fn story(topology: &Topology, structure: &Structure, entry: usize, failed: &[usize]) -> Story {
    let explained = structure.explained(topology, failed);
    let mut distances = BTreeMap::from([(entry, 0)]);
    let mut steps = Vec::new();
    let mut level = vec![entry];
    while !level.is_empty() {
        let mut next = Vec::new();
        for component in level {
            let Some(reason) = &explained.reasons[component] else {
                continue;
            };
            let distance = distances[&component];
            let (why, behind) = match reason {
                Reason::Instances { left, needed, by } => {
                    let events = by.iter().map(|&event| structure.events[event].name.clone());
                    let why = Why::Lost {
                        events: events.collect(),
                        left: *left,
                        needed: *needed,
                    };
                    (why, Vec::new())
                }
                Reason::Unserved { needed, targets } => {
                    let left = targets.iter().filter(|target| target.is_served).count();
                    let gone = targets.iter().filter(|target| !target.is_served);
                    let enough = targets.len() + 1 - (*needed).clamp(1, targets.len().max(1));
                    let gone: Vec<_> = gone.take(enough).collect();
                    let connections = gone.iter().map(|one| &topology.connections[one.connection]);
                    let cut = connections.clone().zip(&gone);
                    let cut = cut
                        .filter(|(_, one)| !one.is_connected)
                        .map(|(connection, _)| connection.source.id.clone());
                    let cut: Vec<Id> = cut.collect();
                    let behind: Vec<usize> = connections
                        .filter(|connection| !cut.contains(&connection.source.id))
                        .flat_map(|one| {
                            let standbys = topology.standbys(one.to).iter().copied();
                            std::iter::once(one.to).chain(standbys)
                        })
                        .collect();
                    let why = Why::Unserved {
                        by: behind.iter().map(|&one| topology.id(one).clone()).collect(),
                        cut,
                        left,
                        needed: *needed,
                    };
                    (why, behind)
                }
            };
            steps.push(Step {
                component: topology.id(component).clone(),
                distance,
                why,
            });
            for one in behind {
                if let std::collections::btree_map::Entry::Vacant(unseen) = distances.entry(one) {
                    unseen.insert(distance + 1);
                    next.push(one);
                }
            }
        }
        level = next;
    }
    steps.order_by_key(|step| std::cmp::Reverse(step.distance));
    Story { steps }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::evaluate;
    use crate::plan::sketch::sketch;

    fn told(text: &str, events: &[&str]) -> Vec<String> {
        let plan = sketch(text).unwrap();
        let catalog = Catalog::embedded();
        let evaluation = evaluate(&plan, &catalog, None);
        let journey = &evaluation.journeys[0].id;
        let set = events.iter().map(|&event| Rc::from(event)).collect();
        let all = stories(&plan, &catalog, &evaluation, journey, &[set]);
        let steps = all[0].steps.iter().map(|step| match &step.why {
            Why::Lost {
                events,
                left,
                needed,
            } => format!(
                "{} loses {}: {left} of {needed}",
                step.component,
                events.join("+")
            ),
            Why::Unserved {
                by,
                cut,
                left,
                needed,
            } => {
                let missed: Vec<&str> = by.iter().chain(cut).map(Id::as_str).collect();
                format!(
                    "{} misses {}: {left} of {needed}",
                    step.component,
                    missed.join("+")
                )
            }
        });
        steps.collect()
    }

    #[test]
    fn a_database_takes_the_server_and_the_balancer_with_it() {
        assert_eq!(
            told("users -> lb -> app*2 -> db", &["component:db"]),
            [
                "db loses component:db: 0 of 1",
                "app misses db: 0 of 1",
                "lb misses app: 0 of 1",
                "users misses lb: 0 of 1",
            ]
        );
    }

    #[test]
    fn two_ways_are_told_where_both_had_to_go() {
        assert_eq!(
            told(
                "users -> a:lb, b:lb -> app",
                &["component:a", "component:b"]
            ),
            [
                "a loses component:a: 0 of 1",
                "b loses component:b: 0 of 1",
                "users misses a+b: 0 of 1",
            ]
        );
    }

    #[test]
    fn a_place_is_named_as_the_cause_of_what_stands_in_it() {
        assert_eq!(
            told("place box: host\nusers -> app*2@box", &["place:box"]),
            ["app loses place:box: 0 of 1", "users misses app: 0 of 1"]
        );
    }

    #[test]
    fn what_is_survived_has_no_story() {
        assert_eq!(told("users -> lb -> app*2 -> db", &["app#1"]), [""; 0]);
        assert_eq!(told("users -> app", &["component:nobody"]), [""; 0]);
    }
}
