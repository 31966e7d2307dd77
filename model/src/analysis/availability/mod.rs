//! How often each journey is down, and because of what.
//!
//! **Question.** Which share of time is a journey down, which failures stop it alone or together, and which of
//! them is worth mending first?
//!
//! **Model.** A fault tree per journey over events: instances, connections and places fail; [`Structure`] says
//! what each journey needs of them. Common causes take all instances of a component (beta factor), a switch to
//! a replica may fail, and takes its time.
//!
//! **Assumptions.** Events are independent of each other; repairs wait for each other only where the plan says how
//! many are made at a time; load does not change how often something fails.
//!
//! **Formula.** Exact probability of the tree by taking it apart into modules, and by binary decision diagrams
//! for what cannot be taken apart; for what is too large for them an estimate from drawn states with its interval,
//! between bounds, and marked as such. Importance of an event
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
mod mending;
mod probability;
mod sampling;

use std::rc::Rc;

use crate::analysis::structure::fault_tree::FaultTree;
use crate::analysis::structure::{Event, Structure, Subject};
use crate::order::Order as _;
use crate::topology::{Redundancy, Topology};
use crate::units::{Probability, Range};

pub use cut_sets::CutSets;
pub use mending::{Erosion, Mending, Part};

use cut_sets::{LARGEST, MOST_LISTED};
use formula::Formula;
use sampling::{Sample, sample};

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
    /// What drawing states says about the unavailability where it is not exact.
    pub simulated: Option<Simulated>,
    /// Expected hours per year that it is down.
    pub downtime_hours_year: f64,
    /// Whether it starts at users who are connected to nothing; then it is always down.
    pub reaches_nothing: bool,
    /// What takes it down by itself, by name.
    pub single_points: Vec<SinglePoint>,
    /// Smallest sets of instances, connections and places that take it down, by size and then by name.
    pub minimal_cut_sets: Vec<Vec<Rc<str>>>,
    /// Whether the sets are all there are of up to three events.
    pub cut_sets_complete: bool,
    /// What takes it down most often: the most probable of the smallest sets, of all events.
    pub worst_cut_sets: Vec<CutSet>,
    /// How much each event matters, the one that costs most hours first.
    pub importance: Vec<Importance>,
    /// The components, connections and places that cost most hours, the worst first.
    pub mending: Vec<Mending>,
}

/// Events that together take a journey down, and none of which can be left out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CutSet {
    /// Their names.
    pub events: Vec<Rc<str>>,
    /// Hours per year during which all of them have happened.
    pub hours_year: f64,
}

/// A probability found by drawing states, which are the same every time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Simulated {
    /// The estimate.
    pub unavailability: Probability,
    /// Lower end of the 95 % interval.
    pub low: Probability,
    /// Upper end of the 95 % interval.
    pub high: Probability,
    /// How many states were drawn.
    pub samples: usize,
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
    pub event: Rc<str>,
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
    /// What drawing states says about it where it is not exact.
    pub simulated: Option<Simulated>,
    /// Birnbaum's measure of each event.
    pub birnbaum: Vec<f64>,
    /// Minimal cut sets of up to three events.
    pub cut_sets: CutSets,
}

/// How often journeys are down, and because of what. `needed` is how many instances of each component the
/// peak needs; it counts where a component's redundancy is by capacity.
pub fn availability(topology: &Topology, needed: &[usize]) -> AvailabilityReport {
    let structure = Structure::new(topology, needed);
    let names = Names::new(&structure);
    let mut journeys: Vec<JourneyAvailability> = Vec::new();
    let (mut tree, tops) = structure.fault_trees(0..topology.journeys.len());
    for (journey, &(top, complete)) in tops.iter().enumerate() {
        let known = (0..journey).find(|&other| structure.is_alike(journey, other));
        let report = if let Some(other) = known {
            journeys[other].clone()
        } else {
            tree.top = top;
            journey_availability(topology, &names, journey, &tree, complete)
        };
        journeys.push(report);
    }
    AvailabilityReport {
        journeys,
        structure,
    }
}

/// What becomes of each journey when components need more of their instances: `steps` are months, component and
/// how many of its instances the peak needs then, the earliest first. Only what makes a journey worse is told; in
/// large plans only the first steps are.
pub fn erosion(report: &AvailabilityReport, steps: &[(f64, usize, usize)]) -> Vec<Vec<Erosion>> {
    let today = |journey: usize| report.journeys[journey].unavailability;
    mending::erosion(&report.structure, report.journeys.len(), today, steps)
}

/// Solves a fault tree whose leaves are indices of `events`.
pub fn solve(tree: &FaultTree, events: &[Event]) -> Solution {
    let formula = Formula::new(tree, events);
    let solved = probability::probability(&formula, events);
    let mut birnbaum = vec![0.0; events.len()];
    for (&event, measure) in formula.events.iter().zip(solved.birnbaum) {
        birnbaum[event] = measure;
    }
    Solution {
        unavailability: solved.range,
        exact: solved.sample.is_none(),
        simulated: solved.sample.map(Simulated::new),
        birnbaum,
        cut_sets: cut_sets::cut_sets(&formula, events),
    }
}

impl Simulated {
    fn new(sample: Sample) -> Self {
        let middle = 0.5 * (sample.low + sample.high);
        Self {
            unavailability: Probability(sample.share.unwrap_or(middle)),
            low: Probability(sample.low),
            high: Probability(sample.high),
            samples: sample.size,
        }
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
            hours_year_if_perfect: hours_year_if_perfect(event, birnbaum),
        }
    }
}

fn hours_year_if_perfect(event: &Event, birnbaum: f64) -> f64 {
    Probability(birnbaum * event.unavailability.base).hours_per_year()
}

fn finite(value: f64) -> Option<f64> {
    value.is_finite().then_some(value)
}

fn journey_availability(
    topology: &Topology,
    names: &Names,
    journey: usize,
    tree: &FaultTree,
    complete: bool,
) -> JourneyAvailability {
    let structure = names.structure;
    let events = &structure.events;
    let formula = Formula::new(tree, events);
    let solved = probability::probability(&formula, events);
    let (mut range, mut sample) = (solved.range, solved.sample);
    let mut cut_sets = cut_sets::cut_sets(&formula, events);
    if !complete {
        // The tree fails too often: only what the structure confirms counts, and only that is a lower bound.
        let sets = &mut cut_sets.sets;
        sets.retain(|set| !structure.without(set).journeys_up[journey]);
        let single = sets.iter().filter(|set| set.len() == 1).flatten();
        range.low = single.fold(0.0, |any, &event| {
            any + (1.0 - any) * events[event].unavailability.low
        });
        let drawn = states(structure, journey);
        if let Some(share) = drawn.share {
            range.base = share.min(range.high).max(range.low);
            range.high = range.high.max(range.base);
        }
        sample = Some(Sample {
            share: Some(range.base),
            low: drawn.low.clamp(range.low, range.base),
            high: drawn.high.clamp(range.base, range.high),
            ..drawn
        });
    }
    let importance = ranked(names, &formula, &solved.birnbaum, range.base);
    let unavailability = Probability(range.base);
    let mending = if complete {
        mending::mending(topology, structure, journey, &formula, &solved)
    } else {
        Vec::new()
    };
    JourneyAvailability {
        unavailability,
        unavailability_range: range,
        exact: sample.is_none(),
        simulated: sample.map(Simulated::new),
        downtime_hours_year: unavailability.hours_per_year(),
        reaches_nothing: structure.reaches_nothing(journey),
        single_points: single_points(topology, events, &cut_sets),
        worst_cut_sets: worst(&cut_sets.sets, names),
        minimal_cut_sets: listed(&cut_sets.sets, names),
        // Where instances are only counted, sets of several of one component are not listed.
        cut_sets_complete: cut_sets.complete
            && complete
            && !formula.events.iter().any(|&event| {
                matches!(
                    events[event].subject,
                    Subject::Several {
                        count: ..=LARGEST,
                        ..
                    }
                )
            }),
        importance,
        mending,
    }
}

/// The events of a formula with their measures, the one that costs most hours first, then by name.
fn ranked(names: &Names, formula: &Formula, birnbaum: &[f64], whole: f64) -> Vec<Importance> {
    let events = &names.structure.events;
    let leaves = formula.events.iter().zip(birnbaum).zip(0_u32..);
    let mut ranks: Vec<(u64, u32, u32)> = leaves
        .map(|((&event, &birnbaum), leaf)| {
            let hours = hours_year_if_perfect(&events[event], birnbaum);
            (from_the_largest(hours), names.places[event], leaf)
        })
        .collect();
    ranks.sort_unstable();
    let measured = |&(_, _, leaf): &(u64, u32, u32)| {
        let event = &events[formula.events[leaf as usize]];
        Importance::new(event, birnbaum[leaf as usize], whole)
    };
    ranks.iter().map(measured).collect()
}

/// A number of which the order is that of [`f64::total_cmp`] from the largest down.
fn from_the_largest(number: f64) -> u64 {
    const SIGN: u64 = 1 << 63;
    let bits = number.to_bits();
    if bits & SIGN == 0 { bits ^ !SIGN } else { bits }
}

/// Draws states of everything that can fail, and asks the structure.
fn states(structure: &Structure, journey: usize) -> Sample {
    let events = structure.events.iter();
    let q: Vec<f64> = events.map(|event| event.unavailability.base).collect();
    sample(&q, 4 * q.len(), |happened| {
        structure.down_in(journey, happened)
    })
}

/// How many of the most probable cut sets are told apart.
const MOST_WORST: usize = 20;

/// The events of a structure, and the place of each in the order of their names.
struct Names<'s> {
    structure: &'s Structure,
    places: Vec<u32>,
}

/// A set of events as the places of their names.
#[derive(Clone, Copy)]
struct Named {
    size: usize,
    names: [u32; LARGEST],
}

impl<'s> Names<'s> {
    fn new(structure: &'s Structure) -> Self {
        let mut places = vec![0; structure.events.len()];
        for (place, &event) in (0..).zip(structure.by_name()) {
            places[event] = place;
        }
        Self { structure, places }
    }

    fn of(&self, set: &[usize]) -> Named {
        let mut names = [0; LARGEST];
        for (name, &event) in names.iter_mut().zip(set) {
            *name = self.places[event];
        }
        names[..set.len()].sort_unstable();
        Named {
            size: set.len(),
            names,
        }
    }

    fn write(&self, named: &Named) -> Vec<Rc<str>> {
        let names = named.names[..named.size].iter();
        names
            .map(|&name| {
                let event = self.structure.by_name()[name as usize];
                self.structure.events[event].name.clone()
            })
            .collect()
    }
}

/// The sets of the parts of the plan, by size and then by name.
fn listed(sets: &[Vec<usize>], names: &Names) -> Vec<Vec<Rc<str>>> {
    let events = &names.structure.events;
    let mut listed: Vec<Vec<Rc<str>>> = Vec::new();
    for size in 0..=LARGEST {
        let mut named: Vec<Named> = sets
            .iter()
            .filter(|set| set.len() == size)
            .filter(|set| set.iter().all(|&event| events[event].is_structural()))
            .map(|set| names.of(set))
            .collect();
        let left = MOST_LISTED - listed.len();
        if left == 0 {
            break;
        }
        named.order_by_key(|set| set.names);
        named.truncate(left);
        listed.extend(named.iter().map(|set| names.write(set)));
    }
    listed
}

/// The most probable sets.
fn worst(sets: &[Vec<usize>], names: &Names) -> Vec<CutSet> {
    let events = &names.structure.events;
    let mut likeliest: Vec<(f64, Named)> = Vec::with_capacity(MOST_WORST + 1);
    for set in sets {
        let q = set.iter().map(|&event| events[event].unavailability.base);
        let probability: f64 = q.product();
        let is_full = likeliest.len() == MOST_WORST;
        let least = likeliest.last().map_or(0.0, |&(least, _)| least);
        if probability <= 0.0 || is_full && probability < least {
            continue;
        }
        let named = names.of(set);
        let place = likeliest.partition_point(|(other, before)| {
            *other > probability
                || *other == probability && (before.size, before.names) <= (named.size, named.names)
        });
        likeliest.insert(place, (probability, named));
        likeliest.truncate(MOST_WORST);
    }
    likeliest
        .iter()
        .map(|(probability, set)| CutSet {
            events: names.write(set),
            hours_year: Probability(*probability).hours_per_year(),
        })
        .collect()
}

fn single_points(topology: &Topology, events: &[Event], cut_sets: &CutSets) -> Vec<SinglePoint> {
    let single = cut_sets.sets.iter().filter(|set| set.len() == 1);
    let mut points: Vec<SinglePoint> = single
        .flatten()
        .filter(|&&event| events[event].is_structural())
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
                event: events[event].name.to_string(),
                cause: Cause::Domain,
            },
            _ => SinglePoint {
                event: events[event].name.to_string(),
                cause: Cause::Structural,
            },
        })
        .collect();
    points.order_by(Ord::cmp);
    points.dedup();
    points
}
