//! What becomes of a plan while parts of it are taken away: what dies, what degrades, what survives, and why.
//!
//! **Question.** All of these parts are gone at once while every journey is at its peak: which components and
//! journeys go on, and what is the reason where one does not?
//!
//! **Model.** What is down follows from the success function of [`crate::analysis::structure`], and from nothing
//! else. What is left carries the load of the peak, as in [`crate::analysis::failures`]: nothing is asked of what
//! is down, the rest takes over its share, and no units by the hour come to help.
//!
//! **Assumptions.** Those of [`crate::analysis::failures`]. A component that is up at low load but has fewer
//! instances than the peak needs counts as down, because it counts as downtime. Calls over a connection that is
//! taken away go on asking what it led to, as long as somebody else keeps the caller up.
//!
//! **Reference.** N-1 criterion of power systems, for any number of losses.
//!
//! **Complexity.** One structure and two operating points: `O(journeys × (components + connections))`.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::capacity::{Bottleneck, capacity};
use crate::analysis::failures::Survival;
use crate::analysis::latency::mean_response;
use crate::analysis::operating_point::{OperatingPoint, operating_point};
use crate::analysis::queueing::SATURATED;
use crate::analysis::structure::{Event, Explained, Reason, Structure, Subject};
use crate::analysis::traffic::{Conditions, Removed, Resource, needed_instances};
use crate::catalog::Catalog;
use crate::plan::{Id, Mode, PlaceKind, Plan};
use crate::topology::{Need, Topology};
use crate::units::{Probability, RequestsPerSecond, Seconds};
use crate::words::{Value, Words, fixed, text};

/// Parts that are taken away at once. Never a part of a plan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scenario {
    /// What is gone.
    pub losses: BTreeSet<Loss>,
}

/// Something that is taken away.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Loss {
    /// One instance of a component, counted from 1.
    Instance(Id, usize),
    /// A connection.
    Connection(Id),
    /// A place, or a provider, with everything in it.
    Place(Id),
}

impl Loss {
    /// The losses that an event of the reports stands for: `component:ID` is one of one or several, `ID#2` the
    /// second of several, `place:ID` and `connection:ID` are themselves; none for events that are no part of the
    /// drawing.
    pub fn of_event(event: &str) -> Option<Self> {
        if let Some(id) = event.strip_prefix("component:") {
            return Some(Self::Instance(id.into(), 1));
        }
        if let Some(id) = event.strip_prefix("place:") {
            return Some(Self::Place(id.into()));
        }
        if let Some(id) = event.strip_prefix("connection:") {
            return Some(Self::Connection(id.into()));
        }
        let (id, number) = event.split_once('#')?;
        Some(Self::Instance(id.into(), number.parse().ok()?))
    }
}

impl Scenario {
    /// The scenario in which these events of the reports have happened.
    pub fn of_events<'e>(events: impl IntoIterator<Item = &'e str>) -> Self {
        Self {
            losses: events.into_iter().filter_map(Loss::of_event).collect(),
        }
    }

    /// Whether everything is there.
    pub fn is_empty(&self) -> bool {
        self.losses.is_empty()
    }

    /// How many instances of a component are taken away.
    pub fn taken(&self, component: &Id) -> usize {
        let losses = self.losses.iter();
        losses
            .filter(|loss| matches!(loss, Loss::Instance(id, _) if id == component))
            .count()
    }

    /// The same with exactly so many instances of a component taken away, the first ones first.
    pub fn with_taken(&self, component: &Id, count: usize) -> Self {
        let mut next = self.clone();
        next.losses
            .retain(|loss| !matches!(loss, Loss::Instance(id, _) if id == component));
        next.losses
            .extend((1..=count).map(|number| Loss::Instance(component.clone(), number)));
        next
    }

    /// The same with a loss turned: gone when there, there when gone.
    pub fn turned(&self, loss: &Loss) -> Self {
        let mut next = self.clone();
        if !next.losses.remove(loss) {
            next.losses.insert(loss.clone());
        }
        next
    }

    /// What of it a plan has; places are kept, because a provider need not be drawn.
    pub fn within(&self, plan: &Plan) -> Self {
        let mut next = self.clone();
        next.losses.retain(|loss| match loss {
            Loss::Instance(id, _) => plan.component(id).is_some(),
            Loss::Connection(id) => plan.connection(id).is_some(),
            Loss::Place(_) => true,
        });
        next
    }
}

/// What becomes of a plan.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Aftermath {
    /// Every component.
    pub components: BTreeMap<Id, Fate>,
    /// Connections that are taken away, or over which nothing is answered.
    pub dead_connections: BTreeSet<Id>,
    /// Every journey, in the order of the plan.
    pub journeys: Vec<JourneyFate>,
    /// Everything that takes down what is in it, in the order of the plan, providers of offers last.
    pub places: Vec<PlaceFate>,
}

/// What becomes of a component.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fate {
    /// Whether it goes on.
    pub state: State,
    /// Why it does not, or what changes for it.
    pub why: Option<Why>,
    /// How many of its instances are left.
    pub left: usize,
    /// Of how many.
    pub of: usize,
}

/// Whether something goes on, from the best to the worst.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// It does.
    #[default]
    Survives,
    /// It does, but nobody reaches it any more.
    Idle,
    /// It does, with less than before.
    Degraded,
    /// It asks, and gets no answer: users never fail.
    Unserved,
    /// It does not.
    Down,
}

impl State {
    /// The word on screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Survives => "survives",
            Self::Idle => "idle",
            Self::Degraded => "degraded",
            Self::Unserved => "unserved",
            Self::Down => "down",
        }
    }
}

/// Why a component is down, degraded or idle, or what changes for it.
#[derive(Clone, Debug, PartialEq)]
pub enum Why {
    /// It is taken away itself.
    Taken,
    /// It is lost with a place that it stands in.
    LostWith {
        /// The place.
        place: Id,
        /// What kind of place it is.
        kind: PlaceKind,
    },
    /// Fewer of its instances are left than have to work.
    TooFew {
        /// How many are left.
        left: usize,
        /// How many have to work.
        needed: usize,
    },
    /// What it cannot do without is down, at the end of the way there.
    NoPath {
        /// The components that are down by themselves; never empty.
        to: Vec<Id>,
    },
    /// The connection to what it cannot do without is taken away.
    Cut {
        /// The component that it led to.
        to: Id,
    },
    /// Of several alternatives fewer are left than it needs.
    TooFewTargets {
        /// How many are left.
        left: usize,
        /// How many have to be there.
        needed: usize,
        /// The alternatives.
        of: Vec<Id>,
    },
    /// It gets more than it can do.
    Overloaded {
        /// What is used up, if it is a rate.
        resource: Option<(Resource, f64)>,
    },
    /// It is up, with fewer instances.
    Fewer {
        /// How many are left.
        left: usize,
        /// Of how many.
        of: usize,
    },
    /// It is busier than planned for.
    Busy {
        /// What is used most.
        resource: Resource,
        /// How much of it: 1 is all.
        used: f64,
    },
    /// It goes on without something that it can do without.
    Without {
        /// What is gone.
        parts: Vec<Id>,
    },
    /// Nobody reaches it any more.
    Unreached,
    /// It does the work of something that is down.
    StandsIn {
        /// For this.
        primary: Id,
    },
    /// It does more than before, within what is planned for.
    Busier {
        /// What is used most.
        resource: Resource,
        /// How much of it before.
        before: f64,
        /// How much now.
        after: f64,
    },
}

impl Why {
    /// The reason in a few words. `name` says what a component or a place is called.
    pub fn words(&self, name: impl Fn(&Id) -> String) -> Words {
        let percent = |share: f64| words!("{percent} %", percent = fixed(share * 100.0, 0));
        let names = |ids: &[Id]| {
            let names: Vec<String> = ids.iter().take(MOST_NAMED).map(&name).collect();
            let names = names.join(", ");
            match ids.len().saturating_sub(MOST_NAMED) {
                0 => Value::Name(names),
                more => words!("{names}, {more} more", names, more).into(),
            }
        };
        match self {
            Self::Taken => words!("taken away"),
            Self::LostWith { place, kind } => {
                words!(
                    "lost with {kind} {place}",
                    kind = text(kind.noun()),
                    place = name(place)
                )
            }
            Self::TooFew { left: 0, needed } => words!("none left, needs {needed}", needed),
            Self::TooFew { left, needed } => words!("{left} left, needs {needed}", left, needed),
            Self::NoPath { to } => words!("no path to {to}", to = names(to)),
            Self::Cut { to } => words!("no connection to {to}", to = name(to)),
            Self::TooFewTargets { left: 0, of, .. } => words!("none of {of} left", of = names(of)),
            Self::TooFewTargets { left, needed, of } => {
                words!(
                    "needs {needed} of {count}: {left} left",
                    needed,
                    count = of.len(),
                    left
                )
            }
            Self::Overloaded {
                resource: Some((resource, used)),
            } if *used >= SATURATED => {
                words!(
                    "overloaded: {resource} {used}",
                    resource = text(resource.name()),
                    used = percent(*used)
                )
            }
            Self::Overloaded { .. } => words!("overloaded"),
            Self::Fewer { left, of } => words!("{left} of {of} left", left, of),
            Self::Busy { resource, used } => {
                words!(
                    "little room: {resource} {used}",
                    resource = text(resource.name()),
                    used = percent(*used)
                )
            }
            Self::Without { parts } => words!("without {parts}", parts = names(parts)),
            Self::Unreached => words!("nobody reaches it"),
            Self::StandsIn { primary } => {
                words!("stands in for {primary}", primary = name(primary))
            }
            Self::Busier {
                resource,
                before,
                after,
            } => words!(
                "{resource} {before} → {after}",
                resource = text(resource.name()),
                before = percent(*before),
                after = percent(*after)
            ),
        }
    }
}

/// What becomes of a journey.
#[derive(Clone, Debug, PartialEq)]
pub struct JourneyFate {
    /// The journey.
    pub id: Id,
    /// Its name on screen.
    pub name: String,
    /// Whether it can be made at its peak: its success function. What is not up counts as downtime.
    pub is_up: bool,
    /// What becomes of it, in the words of the failure report: a journey that is overloaded and not up could be
    /// made at a low load.
    pub verdict: Survival,
    /// Why it is not up.
    pub why: Option<Why>,
    /// The mean response time; none if it is down or overloaded.
    pub mean: Option<Seconds>,
    /// The same while everything is there.
    pub mean_before: Option<Seconds>,
    /// The load at which something on its path is used up; none if nothing limits it, or if it is down.
    pub capacity: Option<RequestsPerSecond>,
    /// What is used up first then.
    pub bottleneck: Option<Bottleneck>,
}

/// A place, or a provider, and what becomes of it.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceFate {
    /// The place.
    pub id: Id,
    /// Its name on screen.
    pub name: String,
    /// What kind of place it is.
    pub kind: PlaceKind,
    /// How many components have an instance in it.
    pub holds: usize,
    /// Whether it or a place around it is taken away.
    pub is_lost: bool,
}

/// Components that a sentence names.
const MOST_NAMED: usize = 2;
/// Components that are looked through for the end of a way.
const MOST_FOLLOWED: usize = 200;
/// A resource that is used by so much more is worth a word.
const BUSIER: f64 = 0.05;

/// What becomes of a plan in a scenario. What the plan does not have is not missed.
pub fn aftermath(plan: &Plan, catalog: &Catalog, scenario: &Scenario) -> Aftermath {
    let mut topology = Topology::new(plan, catalog);
    for connection in &mut topology.connections {
        let is_taken = scenario
            .losses
            .contains(&Loss::Connection(connection.source.id.clone()));
        if is_taken && connection.unavailability.0 <= 0.0 {
            // Only what can fail has an event of its own.
            connection.unavailability = Probability(f64::MIN_POSITIVE);
        }
    }
    let topology = topology;
    let base = operating_point(&topology, Conditions::peak(&topology));
    let needed = needed_instances(&topology, &base.traffic);
    let structure = Structure::new(&topology, &needed);
    let failed = failed(&topology, &structure, scenario);
    let explained = structure.explained(&topology, &failed);
    let lost = lost_instances(&topology, &structure, &failed, scenario);
    let mut is_cut = vec![false; topology.connections.len()];
    for &event in &failed {
        if let Subject::Connection(connection) = structure.events[event].subject {
            is_cut[connection] = true;
        }
    }
    let changed;
    let after = if failed.is_empty() {
        &base
    } else {
        let removed = removed(&topology, &explained, &lost);
        changed = operating_point(&topology, base.conditions.clone().without(removed));
        &changed
    };
    let world = World {
        topology: &topology,
        structure: &structure,
        explained: &explained,
        lost: &lost,
        is_cut: &is_cut,
        base: &base,
        after,
        ceiling: plan.assumptions.get("planning_ceiling").base,
    };
    Aftermath {
        components: (0..topology.components.len())
            .map(|component| (topology.id(component).clone(), world.fate(component)))
            .collect(),
        dead_connections: world.dead_connections(),
        journeys: world.journeys(),
        places: places(&topology, scenario),
    }
}

/// The events of the structure that stand for the losses.
fn failed(topology: &Topology, structure: &Structure, scenario: &Scenario) -> Vec<usize> {
    let name_of = |loss: &Loss| match loss {
        Loss::Instance(id, number) => {
            let component = topology.component_index(id)?;
            Some(match topology.components[component].instances {
                1 => format!("component:{id}"),
                _ => format!("{id}#{number}"),
            })
        }
        Loss::Connection(id) => Some(format!("connection:{id}")),
        Loss::Place(id) => Some(format!("place:{id}")),
    };
    let names = scenario.losses.iter().filter_map(name_of);
    let told: Vec<usize> = names.filter_map(|name| structure.event(&name)).collect();
    let mut taken: BTreeMap<usize, usize> = BTreeMap::new();
    for loss in &scenario.losses {
        if let Loss::Instance(id, _) = loss
            && let Some(component) = topology.component_index(id)
        {
            *taken.entry(component).or_default() += 1;
        }
    }
    let counted = taken.into_iter();
    let counted =
        counted.filter_map(|(component, taken)| structure.without_several(component, taken));
    told.into_iter().chain(counted).collect()
}

/// Per component, how many of its instances are taken away or stand in what is.
fn lost_instances(
    topology: &Topology,
    structure: &Structure,
    failed: &[usize],
    scenario: &Scenario,
) -> Vec<usize> {
    let mut is_lost = vec![false; topology.domains.len()];
    for &event in failed {
        if let Subject::Place(place) = structure.events[event].subject {
            is_lost[place] = true;
        }
    }
    let is_lost_with = |path: &[usize]| path.iter().any(|&place| is_lost[place]);
    let components = topology.components.iter();
    let mut lost: Vec<usize> = components
        .map(|resolved| resolved.placement.count(is_lost_with))
        .collect();
    for loss in &scenario.losses {
        if let Loss::Instance(id, number) = loss
            && let Some(component) = topology.component_index(id)
            && let Some(instance) = number.checked_sub(1)
            && instance < topology.components[component].instances
            && !is_lost_with(&topology.components[component].placement[instance])
        {
            lost[component] += 1;
        }
    }
    lost
}

/// Everything that is not there. Users never go away, even where what they ask for does.
fn removed(topology: &Topology, explained: &Explained, lost: &[usize]) -> Removed {
    let components = topology.components.iter().enumerate();
    Removed::several(components.filter_map(|(component, resolved)| {
        let is_source = resolved.kind.behaviour.is_source;
        if !is_source && !explained.up_at_low_load[component] {
            return Some((component, resolved.instances));
        }
        (lost[component] > 0).then_some((component, lost[component]))
    }))
}

fn places(topology: &Topology, scenario: &Scenario) -> Vec<PlaceFate> {
    let mut holds = vec![0; topology.domains.len()];
    for resolved in &topology.components {
        let paths = resolved.placement.paths();
        let inside: BTreeSet<usize> = paths.flat_map(|(path, _)| path).copied().collect();
        for domain in inside {
            holds[domain] += 1;
        }
    }
    let is_taken = |id: &Id| scenario.losses.contains(&Loss::Place(id.clone()));
    topology
        .domains
        .iter()
        .zip(holds)
        .map(|(domain, holds)| {
            let mut is_lost = is_taken(&domain.id);
            let mut outer = domain.within;
            while let (false, Some(around)) = (is_lost, outer) {
                is_lost = is_taken(&topology.domains[around].id);
                outer = topology.domains[around].within;
            }
            PlaceFate {
                id: domain.id.clone(),
                name: domain.name.to_owned(),
                kind: domain.kind,
                holds,
                is_lost,
            }
        })
        .collect()
}

/// Everything that is known about a plan without some of its parts.
struct World<'a> {
    topology: &'a Topology<'a>,
    structure: &'a Structure,
    explained: &'a Explained,
    /// Per component, how many of its instances are gone, whatever they need.
    lost: &'a [usize],
    /// Per connection, whether it is taken away.
    is_cut: &'a [bool],
    base: &'a OperatingPoint,
    after: &'a OperatingPoint,
    ceiling: f64,
}

impl World<'_> {
    fn fate(&self, component: usize) -> Fate {
        let of = self.topology.components[component].instances;
        let left = of - self.lost[component].min(of);
        let (state, why) = match &self.explained.reasons[component] {
            Some(reason) => {
                let resolved = &self.topology.components[component];
                let state = if resolved.kind.behaviour.is_source {
                    State::Unserved
                } else {
                    State::Down
                };
                (state, Some(self.why_down(component, reason)))
            }
            None => self.change(component, left, of),
        };
        Fate {
            state,
            why,
            left,
            of,
        }
    }

    fn why_down(&self, component: usize, reason: &Reason) -> Why {
        match reason {
            Reason::Instances { left, needed, by } => self.why_lost(*left, *needed, by),
            Reason::Unserved { needed, targets } => {
                let unserved: Vec<usize> = targets
                    .iter()
                    .filter(|target| !target.is_served)
                    .map(|target| self.topology.connections[target.connection].to)
                    .collect();
                if let [only] = targets.as_slice()
                    && !only.is_connected
                {
                    let to = self.topology.connections[only.connection].to;
                    return Why::Cut { to: self.id(to) };
                }
                let roots = self.roots(component, &unserved);
                let is_choice = targets.len() > 1 && *needed < targets.len();
                if roots.is_empty() || (is_choice && roots.len() > 1) {
                    let left = targets.iter().filter(|target| target.is_served).count();
                    let of = targets
                        .iter()
                        .map(|target| self.id(self.topology.connections[target.connection].to))
                        .collect();
                    return Why::TooFewTargets {
                        left,
                        needed: *needed,
                        of,
                    };
                }
                Why::NoPath { to: roots }
            }
        }
    }

    fn why_lost(&self, left: usize, needed: usize, by: &[usize]) -> Why {
        let events: Vec<&Event> = by
            .iter()
            .map(|&event| &self.structure.events[event])
            .collect();
        let place = events.iter().find_map(|event| match event.subject {
            Subject::Place(place) => Some(&self.topology.domains[place]),
            _ => None,
        });
        let is_own = events
            .iter()
            .all(|event| matches!(event.subject, Subject::Instance { .. }));
        match place {
            _ if left > 0 => Why::TooFew { left, needed },
            Some(place) => Why::LostWith {
                place: place.id.clone(),
                kind: place.kind,
            },
            None if is_own => Why::Taken,
            None => Why::TooFew { left, needed },
        }
    }

    /// The components at the ends of the ways from a component over what is not served, that are down by
    /// themselves; the nearest first.
    fn roots(&self, from: usize, unserved: &[usize]) -> Vec<Id> {
        let mut roots: Vec<usize> = Vec::new();
        let mut seen = BTreeSet::from([from]);
        let mut open: std::collections::VecDeque<usize> = unserved.iter().copied().collect();
        while let Some(component) = open.pop_front() {
            if !seen.insert(component) || seen.len() > MOST_FOLLOWED {
                continue;
            }
            match &self.explained.reasons[component] {
                Some(Reason::Instances { .. }) => roots.push(component),
                Some(Reason::Unserved { targets, .. }) => open.extend(
                    targets
                        .iter()
                        .filter(|target| !target.is_served)
                        .map(|target| self.topology.connections[target.connection].to),
                ),
                None => {}
            }
        }
        roots.into_iter().map(|root| self.id(root)).collect()
    }

    /// What changes for a component that is up.
    fn change(&self, component: usize, left: usize, of: usize) -> (State, Option<Why>) {
        let (was, is) = (
            &self.base.stations[component],
            &self.after.stations[component],
        );
        if self.topology.components[component].kind.behaviour.is_source {
            return (State::Survives, None);
        }
        let busiest = |point: &OperatingPoint| busiest(point, component);
        if is.saturated && !was.saturated {
            let resource = busiest(self.after);
            return (State::Degraded, Some(Why::Overloaded { resource }));
        }
        if left < of {
            return (State::Degraded, Some(Why::Fewer { left, of }));
        }
        let (before, after) = (busiest(self.base), busiest(self.after));
        let used_before = before.map_or(0.0, |(_, used)| used);
        if let Some((resource, used)) = after
            && used > self.ceiling
            && used_before <= self.ceiling
        {
            return (State::Degraded, Some(Why::Busy { resource, used }));
        }
        let parts = self.missed(component);
        if !parts.is_empty() {
            return (State::Degraded, Some(Why::Without { parts }));
        }
        if let Some(primary) = self.topology.components[component].standby_for
            && self.explained.reasons[primary].is_some()
        {
            let primary = self.id(primary);
            return (State::Survives, Some(Why::StandsIn { primary }));
        }
        if was.arrival_rate.0 > 0.0 && is.arrival_rate.0 <= 0.0 {
            return (State::Idle, Some(Why::Unreached));
        }
        match after {
            Some((resource, after)) if after - used_before >= BUSIER => (
                State::Survives,
                Some(Why::Busier {
                    resource,
                    before: used_before,
                    after,
                }),
            ),
            _ => (State::Survives, None),
        }
    }

    /// What a component used and can do without, and that is not served any more.
    fn missed(&self, component: usize) -> Vec<Id> {
        let calls = self.topology.components[component].calls.iter();
        calls
            .map(|&call| (call, &self.topology.connections[call]))
            .filter(|(call, connection)| {
                let need = self.topology.groups[connection.group].need;
                let is_optional = need == Need::Optional || connection.mode == Mode::Async;
                is_optional && (self.is_cut[*call] || !self.explained.served[connection.to])
            })
            .map(|(_, connection)| self.id(connection.to))
            .collect()
    }

    fn dead_connections(&self) -> BTreeSet<Id> {
        let connections = self.topology.connections.iter().enumerate();
        connections
            .filter(|(index, connection)| {
                self.explained.reasons[connection.from].is_some()
                    || !self.explained.served[connection.to]
                    || self.is_cut[*index]
            })
            .map(|(_, connection)| connection.source.id.clone())
            .collect()
    }

    fn journeys(&self) -> Vec<JourneyFate> {
        let carried = capacity(self.topology, self.after);
        let journeys = self.topology.journeys.iter().enumerate();
        journeys
            .map(|(index, journey)| {
                let is_up = self.explained.journeys_up[index];
                let verdict = self.verdict(index);
                let goes_on = is_up && verdict < Survival::Overloaded;
                let entry = journey.entry;
                let own = self.explained.reasons[entry].as_ref();
                JourneyFate {
                    id: journey.id.clone(),
                    name: journey
                        .source
                        .map(|source| source.name.as_str())
                        .filter(|name| !name.is_empty())
                        .unwrap_or(&journey.id)
                        .to_owned(),
                    is_up,
                    verdict,
                    why: own
                        .filter(|_| !is_up)
                        .map(|reason| self.why_down(entry, reason)),
                    mean: goes_on
                        .then(|| mean_response(self.topology, self.after, index))
                        .flatten(),
                    mean_before: mean_response(self.topology, self.base, index),
                    capacity: carried.journeys[index].capacity.filter(|_| is_up),
                    bottleneck: carried.journeys[index].bottleneck.clone(),
                }
            })
            .collect()
    }

    /// What becomes of a journey, as the failure report says it of one loss.
    fn verdict(&self, journey: usize) -> Survival {
        if !self.explained.journeys_up_at_low_load[journey] {
            return Survival::Down;
        }
        if !self.explained.journeys_up[journey] {
            return Survival::Overloaded;
        }
        let visits = &self.after.traffic.journeys[journey].synchronous_visits;
        let waited_for = (0..visits.len()).filter(|&component| visits[component] > 0.0);
        let is_saturated = |component: usize| {
            self.after.stations[component].saturated
                || busiest(self.after, component).is_some_and(|(_, used)| used >= SATURATED)
        };
        if waited_for.clone().any(is_saturated) {
            return Survival::Overloaded;
        }
        let has_little_room = |component: usize| {
            busiest(self.after, component).is_some_and(|(_, used)| used > self.ceiling)
        };
        if waited_for.clone().any(has_little_room) || self.loses_optional_part(journey) {
            return Survival::Degraded;
        }
        Survival::Ok
    }

    /// Whether something that is gone was used over a connection that nobody insists on.
    fn loses_optional_part(&self, journey: usize) -> bool {
        let calls = &self.base.traffic.journeys[journey].calls;
        let mut connections = self.topology.connections.iter().zip(calls).enumerate();
        connections.any(|(call, (connection, &calls))| {
            let need = self.topology.groups[connection.group].need;
            let is_optional = need == Need::Optional || connection.mode == Mode::Async;
            let is_served = self.explained.served_at_low_load[connection.to];
            calls > 0.0 && is_optional && (self.is_cut[call] || !is_served)
        })
    }

    fn id(&self, component: usize) -> Id {
        self.topology.id(component).clone()
    }
}

/// The busiest resource of a component that carries so much per second.
fn busiest(point: &OperatingPoint, component: usize) -> Option<(Resource, f64)> {
    point.stations[component]
        .rates()
        .map(|used| (used.resource, used.utilisation))
        .reduce(|most, next| if next.1 > most.1 { next } else { most })
}
