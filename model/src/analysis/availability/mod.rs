//! How often each journey is down, and because of what.
//!
//! **Question.** Which share of time is a journey down, which failures stop it alone or together, and which of
//! them is worth mending first?
//!
//! **Model.** A fault tree per journey over events: instances, connections and places fail; [`Structure`] says
//! what each journey needs of them. Common causes take all instances of a component (beta factor), a switch to
//! a replica may fail, and takes its time.
//!
//! **Assumptions.** Events are independent of each other; repairs do not wait for each other; load does not
//! change how often something fails.
//!
//! **Formula.** Exact probability of the tree by taking it apart into modules, and by binary decision diagrams
//! for what cannot be taken apart; bounds, marked as such, for what is too large for them. Importance of an event
//! with unavailability q, journey with unavailability Q: Birnbaum `B = ∂Q/∂q`; criticality `B q / Q`;
//! risk achievement worth `Q(q=1) / Q` with `Q(q=1) = Q + B (1 - q)`; risk reduction worth
//! `Q / (Q - B q)`; Fussell-Vesely `q Q(q=1) / Q`; hours per year if perfect `B q × 8,766 h`.
//!
//! **Reference.** Rauzy, *New algorithms for fault trees analysis* (1993); Dutuit and Rauzy (1996); Birnbaum
//! (1969); beta factor: IEC 61508-6 annex D. Importance as in SCRAM's documentation.
//!
//! **Complexity.** Linear in components and connections, plus the diagrams, which have a budget.

mod bdd;
mod cut_sets;
mod formula;
mod probability;

use crate::analysis::structure::fault_tree::{FaultTree, Gate};
use crate::analysis::structure::{Event, Structure, Subject};
use crate::order::Order as _;
use crate::topology::{Redundancy, Topology};
use crate::units::{Probability, Range};

pub use cut_sets::CutSets;

use cut_sets::MOST_LISTED;
use formula::Formula;

/// How often journeys are down, and because of what.
#[derive(Clone, Debug)]
pub struct AvailabilityReport {
    /// Per journey, in the order of the topology.
    pub journeys: Vec<JourneyAvailability>,
    /// What journeys need: answers what is down once something has failed.
    pub structure: Structure,
}

/// How often one journey is down, and because of what.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct JourneyAvailability {
    /// Share of time that it is down.
    pub unavailability: Probability,
    /// The same with low and high estimates; where it is not exact, lower and upper bounds of these.
    pub unavailability_range: Range,
    /// Whether the numbers are exact; otherwise they lie within the range.
    pub exact: bool,
    /// Expected hours per year that it is down.
    pub downtime_hours_year: f64,
    /// Whether it starts at users who are connected to nothing; then it is always down.
    pub reaches_nothing: bool,
    /// What takes it down by itself, by name.
    pub single_points: Vec<SinglePoint>,
    /// Smallest sets of instances, connections and places that take it down, by size and then by name.
    pub minimal_cut_sets: Vec<Vec<String>>,
    /// Whether the sets are all there are of up to three events.
    pub cut_sets_complete: bool,
    /// How much each event matters, the one that costs most hours first.
    pub importance: Vec<Importance>,
}

/// Something that takes a journey down by itself.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SinglePoint {
    /// Its name: `component:ID`, `connection:ID` or `place:ID`.
    pub event: String,
    /// Why it does.
    pub cause: Cause,
}

/// Why something takes a journey down by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// There is one of it, or all of its instances have to work whatever the load.
    Structural,
    /// There are several, but the peak needs them all.
    Capacity,
    /// It is a place, and takes everything in it.
    Domain,
}

/// How much one event matters to a journey.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Importance {
    /// The event's name.
    pub event: String,
    /// Share of time that it is failed.
    pub unavailability: Probability,
    /// How fast the journey's unavailability grows with the event's.
    pub birnbaum: f64,
    /// Share of the journey's unavailability that would go if the event never happened.
    pub criticality: f64,
    /// Share of the journey's down time during which the event has happened.
    pub fussell_vesely: f64,
    /// By which factor the unavailability grows if the event has happened; none if the journey is never down.
    pub risk_achievement_worth: Option<f64>,
    /// By which factor the unavailability shrinks if the event never happens; none if nothing is left of it.
    pub risk_reduction_worth: Option<f64>,
    /// Hours per year that the journey would be down less if the event never happened.
    pub hours_year_if_perfect: f64,
}

/// A fault tree, solved.
#[derive(Clone, Debug, PartialEq)]
pub struct Solution {
    /// The probability of failure with the events' low, base and high estimates.
    pub unavailability: Range,
    /// Whether it is exact; otherwise low and high are bounds.
    pub exact: bool,
    /// Birnbaum's measure of each event.
    pub birnbaum: Vec<f64>,
    /// Minimal cut sets of the structural events.
    pub cut_sets: CutSets,
}

/// How often journeys are down, and because of what. `needed` is how many instances of each component the
/// peak needs; it counts where a component's redundancy is by capacity.
pub fn availability(topology: &Topology, needed: &[usize]) -> AvailabilityReport {
    let structure = Structure::new(topology, needed);
    let mut journeys: Vec<JourneyAvailability> = Vec::new();
    for journey in 0..topology.journeys.len() {
        let known = (0..journey).find(|&other| structure.is_alike(journey, other));
        let report = match known {
            Some(other) => journeys[other].clone(),
            None => journey_availability(topology, &structure, journey),
        };
        journeys.push(report);
    }
    AvailabilityReport {
        journeys,
        structure,
    }
}

/// Solves a fault tree whose leaves are indices of `events`.
pub fn solve(tree: &FaultTree, events: &[Event]) -> Solution {
    let formula = Formula::new(tree, events);
    let (unavailability, birnbaum) = probability::probability(&formula, events);
    Solution {
        unavailability,
        exact: formula.is_exact(),
        birnbaum,
        cut_sets: cut_sets::cut_sets(&formula, events),
    }
}

impl Importance {
    /// The measures of an event of unavailability `q` and Birnbaum measure `birnbaum` where the whole is down
    /// with probability `whole`.
    pub fn new(event: &Event, birnbaum: f64, whole: f64) -> Self {
        let q = event.unavailability.base;
        let saved = birnbaum * q;
        let happened = whole + birnbaum * (1.0 - q);
        let share = |part: f64| {
            if whole > 0.0 {
                (part / whole).min(1.0)
            } else {
                0.0
            }
        };
        let left = whole - saved;
        Self {
            event: event.name.clone(),
            unavailability: Probability(q),
            birnbaum,
            criticality: share(saved),
            fussell_vesely: share(q * happened),
            risk_achievement_worth: finite(happened / whole),
            risk_reduction_worth: if left > whole * 1e-12 {
                finite(whole / left)
            } else {
                None
            },
            hours_year_if_perfect: Probability(saved).hours_per_year(),
        }
    }
}

fn finite(value: f64) -> Option<f64> {
    value.is_finite().then_some(value)
}

fn journey_availability(
    topology: &Topology,
    structure: &Structure,
    journey: usize,
) -> JourneyAvailability {
    let events = &structure.events;
    let (tree, complete) = structure.fault_tree(journey);
    let mut solution = solve(&tree, events);
    let mut range = solution.unavailability;
    if !complete {
        // The tree fails too often: only what the structure confirms counts, and only that is a lower bound.
        let sets = &mut solution.cut_sets.sets;
        sets.retain(|set| !structure.without(set).journeys_up[journey]);
        let single = sets.iter().filter(|set| set.len() == 1).flatten();
        range.low = single.fold(0.0, |any, &event| {
            any + (1.0 - any) * events[event].unavailability.low
        });
    }
    let mut importance: Vec<Importance> = tree
        .gates()
        .iter()
        .filter_map(|gate| match gate {
            Gate::Event(event) => Some(*event),
            Gate::AtLeast { .. } => None,
        })
        .map(|event| Importance::new(&events[event], solution.birnbaum[event], range.base))
        .collect();
    importance.order_by(|a, b| {
        b.hours_year_if_perfect
            .total_cmp(&a.hours_year_if_perfect)
            .then_with(|| a.event.cmp(&b.event))
    });
    let mut named: Vec<Vec<&str>> = solution
        .cut_sets
        .sets
        .iter()
        .map(|set| {
            let mut names: Vec<&str> = set.iter().map(|&e| events[e].name.as_str()).collect();
            names.sort_unstable();
            names
        })
        .collect();
    named.order_by(|a, b| a.len().cmp(&b.len()).then_with(|| a.cmp(b)));
    named.truncate(MOST_LISTED);
    let unavailability = Probability(range.base);
    JourneyAvailability {
        unavailability,
        unavailability_range: range,
        exact: solution.exact && complete,
        downtime_hours_year: unavailability.hours_per_year(),
        reaches_nothing: structure.reaches_nothing(journey),
        single_points: single_points(topology, events, &solution.cut_sets),
        minimal_cut_sets: named
            .into_iter()
            .map(|set| set.into_iter().map(str::to_owned).collect())
            .collect(),
        cut_sets_complete: solution.cut_sets.complete && complete,
        importance,
    }
}

fn single_points(topology: &Topology, events: &[Event], cut_sets: &CutSets) -> Vec<SinglePoint> {
    let single = cut_sets.sets.iter().filter(|set| set.len() == 1);
    let mut points: Vec<SinglePoint> = single
        .flatten()
        .map(|&event| match events[event].subject {
            Subject::Instance { component, .. } => {
                let resolved = &topology.components[component];
                let by_capacity =
                    resolved.instances > 1 && resolved.redundancy == Redundancy::Capacity;
                SinglePoint {
                    event: format!("component:{}", topology.id(component)),
                    cause: if by_capacity {
                        Cause::Capacity
                    } else {
                        Cause::Structural
                    },
                }
            }
            Subject::Place(_) => SinglePoint {
                event: events[event].name.clone(),
                cause: Cause::Domain,
            },
            _ => SinglePoint {
                event: events[event].name.clone(),
                cause: Cause::Structural,
            },
        })
        .collect();
    points.order_by(Ord::cmp);
    points.dedup();
    points
}
