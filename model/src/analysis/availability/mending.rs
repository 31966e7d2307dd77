//! What is worth mending first, what one more instance would bring, and what growth takes away.
//!
//! **Question.** Which part costs a journey most hours, how many of them would one more instance save, and how
//! long does redundancy last while the load grows?
//!
//! **Formula.** A part that never fails: the formula once more with all its events at 0. One more instance: an
//! event that has happened for certain stands in the place of it; the unavailability is linear in every event, so
//! one with unavailability `q` saves `(1 - q)` times its Birnbaum measure. Where there is one instance today,
//! `q` is the chance that the second is down when the first is, common causes and the switch included.

use super::formula::Formula;
use super::probability::{Solved, probability, with};
use crate::analysis::structure::{Spare, Structure, Subject};
use crate::order::Order as _;
use crate::topology::Topology;
use crate::units::Probability;

/// How many parts are named.
const MOST_NAMED: usize = 10;

/// For how many of them one more instance is tried.
const MOST_TRIED: usize = 5;

/// Events of a plan and gates of a journey beyond which nothing is tried, for edits have to show at once.
const MOST_EVENTS: usize = 1_000;
const MOST_GATES: usize = 1_000;

/// Gates that all steps of growth together may take.
const MOST_GATES_OF_GROWTH: usize = 20_000;

/// A part of the plan that is worth mending.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mending {
    /// The part.
    pub part: Part,
    /// Hours per year that the journey would be down less if the part never failed.
    pub hours_year_if_perfect: f64,
    /// Hours per year that it would be down less with one more instance of the component; none for other parts,
    /// where that changes nothing, or if the plan is too large to try it.
    pub hours_year_with_another: Option<f64>,
}

/// A component with all its instances, a connection or a place, by its index in the topology.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// A component.
    Component(usize),
    /// A connection.
    Connection(usize),
    /// A place.
    Place(usize),
}

/// What growth does to one journey.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Erosion {
    /// In how many months.
    pub months: f64,
    /// The component that then needs one instance more at the peak.
    pub component: usize,
    /// How many of its instances it needs then.
    pub needed: usize,
    /// Share of time that the journey is down from then on.
    pub unavailability: Probability,
}

impl Part {
    fn of(subject: Subject) -> Self {
        match subject {
            Subject::Instance { component, .. }
            | Subject::CommonCause(component)
            | Subject::Failover(component)
            | Subject::SwitchOver(component)
            | Subject::RepairQueue(component)
            | Subject::Several { component, .. } => Self::Component(component),
            Subject::Connection(connection) => Self::Connection(connection),
            Subject::Place(place) => Self::Place(place),
        }
    }
}

/// The parts that cost a journey most hours, the worst first.
pub(super) fn mending(
    topology: &Topology,
    structure: &Structure,
    journey: usize,
    formula: &Formula,
    solved: &Solved,
) -> Vec<Mending> {
    let part = |leaf: usize| Part::of(structure.events[formula.events[leaf]].subject);
    let q = |leaf: usize| solved.values[leaf];
    let mut leaves: Vec<usize> = (0..formula.events.len())
        .filter(|&leaf| q(leaf) * solved.birnbaum[leaf] > 0.0)
        .collect();
    leaves.order_by_key(|&leaf| formula.events[leaf]);
    let mut parts: Vec<(f64, &[usize])> = leaves
        .chunk_by(|&a, &b| part(a) == part(b))
        .map(|leaves| {
            let saved = leaves.iter().map(|&leaf| q(leaf) * solved.birnbaum[leaf]);
            (saved.sum(), leaves)
        })
        .collect();
    parts.order_by(|a, b| b.0.total_cmp(&a.0));
    parts.truncate(MOST_NAMED);
    let whole = solved.values[formula.top];
    let mut found: Vec<Mending> = parts
        .into_iter()
        .map(|(linear, leaves)| {
            let saved = if leaves.len() == 1 || solved.sample.is_some() {
                linear.min(whole)
            } else {
                let spared: Vec<(usize, f64)> = leaves.iter().map(|&leaf| (leaf, 0.0)).collect();
                whole - with(formula, &solved.values, &spared)
            };
            Mending {
                part: part(leaves[0]),
                hours_year_if_perfect: Probability(saved).hours_per_year(),
                hours_year_with_another: None,
            }
        })
        .collect();
    found.order_by(|a, b| b.hours_year_if_perfect.total_cmp(&a.hours_year_if_perfect));
    try_another(topology, structure, journey, &mut found);
    found
}

fn try_another(topology: &Topology, structure: &Structure, journey: usize, found: &mut [Mending]) {
    if structure.events.len() > MOST_EVENTS {
        return;
    }
    let mut tried = structure.clone();
    let mut spares: Vec<(usize, Spare)> = Vec::new();
    for (place, one) in found.iter().enumerate() {
        if let Part::Component(component) = one.part
            && spares.len() < MOST_TRIED
            && let Some(spare) = tried.add_spare(topology, component)
        {
            spares.push((place, spare));
        }
    }
    if spares.is_empty() {
        return;
    }
    let (tree, complete) = tried.fault_tree(journey);
    if !complete || tree.len() > MOST_GATES {
        return;
    }
    let formula = Formula::new(&tree, &tried.events);
    let solved = probability(&formula, &tried.events);
    if solved.sample.is_some() {
        return;
    }
    let leaf = |event: usize| formula.events.iter().position(|&other| other == event);
    for (place, spare) in spares {
        let q = spare.unavailability;
        let there = leaf(spare.event);
        let saved = if let Some((event, excess)) = spare.repair {
            let changes = [(there, q), (leaf(event), excess)];
            let changes = changes.into_iter().filter_map(|(leaf, q)| Some((leaf?, q)));
            let changes: Vec<(usize, f64)> = changes.collect();
            solved.values[formula.top] - with(&formula, &solved.values, &changes)
        } else {
            there.map_or(0.0, |leaf| solved.birnbaum[leaf]) * (1.0 - q)
        };
        found[place].hours_year_with_another = Some(Probability(saved.max(0.0)).hours_per_year());
    }
}

/// What becomes of each journey when components need more of their instances: months, component and instances
/// needed, the earliest first. Stops where the plan is too large to go on.
pub(super) fn erosion(
    structure: &Structure,
    journeys: usize,
    today: impl Fn(usize) -> Probability,
    steps: &[(f64, usize, usize)],
) -> Vec<Vec<Erosion>> {
    let mut found = vec![Vec::new(); journeys];
    if steps.is_empty() {
        return found;
    }
    let mut grown = structure.clone();
    let mut work = 0;
    for &(months, component, needed) in steps {
        grown.require(component, needed);
        for (journey, steps) in found.iter_mut().enumerate() {
            let (tree, complete) = grown.fault_tree(journey);
            work += tree.len();
            if work > MOST_GATES_OF_GROWTH || !complete {
                return found;
            }
            let formula = Formula::new(&tree, &grown.events);
            let before = steps
                .last()
                .map_or_else(|| today(journey), |last: &Erosion| last.unavailability);
            let unavailability = Probability(probability(&formula, &grown.events).range.base);
            if unavailability.0 > before.0 * (1.0 + 1e-12) {
                steps.push(Erosion {
                    months,
                    component,
                    needed,
                    unavailability,
                });
            }
        }
    }
    found
}
