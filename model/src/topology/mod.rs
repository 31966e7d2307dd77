//! The validated graph of a plan: every default filled in, every reference resolved, every fault named.
//!
//! Building it never fails. What cannot be used as drawn becomes a [`Problem`], and the rest is still there.

mod component;
mod disk;
mod failure;
mod groups;
mod journey;
mod numbers;
mod placement;
mod places;
mod problem;
mod protection;
mod stated;
mod terms;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};

use crate::catalog::Catalog;
use crate::plan::{self, ASSUMPTIONS, Backoff, Id, Mode, PlaceKind, Plan};
use crate::units::{Probability, Seconds};

pub use component::{Access, Burst, Component, Footprint, Origin, Redundancy, Sourced};
pub use disk::{Bought, DiskSpeed};
pub use groups::{Dependency, DependencyGroup, Need};
pub use journey::{DEFAULT_PEAK, Journey, MAX_JOURNEYS, MAX_USERS, Population, Target};
pub use placement::Placement;
pub use places::FailureDomain;
pub use problem::Problem;
pub use protection::{Backup, BackupLocation, Protection};
pub use stated::Stated;

use numbers::Numbers;

/// A plan with everything resolved. Parts refer to each other by index.
#[derive(Debug)]
pub struct Topology<'a> {
    /// The plan it was built from.
    pub plan: &'a Plan,
    /// Where its offers come from.
    pub catalog: &'a Catalog,
    /// The components, in the order of the plan; a second one of the same id is left out.
    pub components: Vec<Component<'a>>,
    /// The connections between them; those to nowhere are left out.
    pub connections: Vec<Connection<'a>>,
    /// What components depend on, several connections together where they are alternatives.
    pub groups: Vec<DependencyGroup>,
    /// Places, and the providers behind the chosen offers.
    pub domains: Vec<FailureDomain<'a>>,
    /// The journeys; one per client where the plan has none.
    pub journeys: Vec<Journey<'a>>,
    /// Sets of components that call each other in a circle, and single ones, callees before callers.
    pub order: Vec<Vec<usize>>,
    /// What is wrong with the plan as drawn.
    pub problems: Vec<Problem>,
    index: BTreeMap<&'a str, usize>,
    /// The connections by id; nothing for those to nowhere.
    connection_index: BTreeMap<&'a str, Option<usize>>,
    /// Per component, those that wait to replace it.
    standbys: Vec<Vec<usize>>,
    /// Per component, the connections that its hits spare.
    spared: Vec<Vec<usize>>,
    /// Per component, its set of the call order.
    set_of: Vec<usize>,
    /// Per component, whether a call that nobody waits for leads there, at once or by further calls.
    behind_asynchronous: Vec<bool>,
    /// Per component, whether it makes a call that nobody waits for, or something does that it calls.
    before_asynchronous: Vec<bool>,
    /// Per component, whether all its callers ask the same of it.
    callers_alike: Vec<bool>,
}

/// A connection with every default filled in.
#[derive(Debug)]
pub struct Connection<'a> {
    /// As the plan has it.
    pub source: &'a plan::Connection,
    /// The caller.
    pub from: usize,
    /// The called.
    pub to: usize,
    /// Its dependency group.
    pub group: usize,
    /// Mean calls per visit of the caller, its share of a divided group included, misses not yet.
    pub calls: f64,
    /// The same before the calls are divided among the members of its group.
    pub undivided_calls: f64,
    /// Whether the caller waits.
    pub mode: Mode,
    /// A cache of the caller that spares it the calls it answers.
    pub only_on_miss_of: Option<usize>,
    /// Reads and writes of one call, where either is stated.
    pub accesses: Option<(f64, f64)>,
    /// Processor time and disk operations of one call, likewise.
    pub demand: Option<(Seconds, f64)>,
    /// Bytes of one request, where the connection states them or no client makes it; else they are those of the
    /// journey.
    pub request_bytes: Option<f64>,
    /// Bytes of one response, likewise.
    pub response_bytes: Option<f64>,
    /// One round trip.
    pub rtt: Seconds,
    /// Share of time that the connection itself is down.
    pub unavailability: Probability,
    /// Attempts that a call makes at most; more than one only where the caller waits for the answer.
    pub most_attempts: f64,
    /// Retries per call that are allowed on average; none without a limit.
    pub retry_budget: Option<f64>,
    /// Time after which the caller gives up; none where it waits for ever.
    pub timeout: Option<Seconds>,
    /// Whether callers that try again do so at times of their own.
    pub is_jittered: bool,
}

/// The longest name in a sentence, in characters.
const LONGEST_NAME: usize = 80;

impl<'a> Topology<'a> {
    /// Resolves a plan.
    pub fn new(plan: &'a Plan, catalog: &'a Catalog) -> Self {
        let mut topology = Self {
            plan,
            catalog,
            components: Vec::with_capacity(plan.components.len()),
            connections: Vec::with_capacity(plan.connections.len()),
            groups: Vec::with_capacity(plan.connections.len()),
            domains: Vec::new(),
            journeys: Vec::new(),
            order: Vec::new(),
            problems: Vec::new(),
            index: BTreeMap::new(),
            connection_index: BTreeMap::new(),
            standbys: Vec::new(),
            spared: Vec::new(),
            set_of: Vec::new(),
            behind_asynchronous: Vec::new(),
            before_asynchronous: Vec::new(),
            callers_alike: Vec::new(),
        };
        let places = places::resolve(plan, &mut topology.domains, &mut topology.problems);
        topology.add_components(&places);
        topology.add_connections();
        groups::form(&mut topology);
        journey::resolve(&mut topology);
        topology.check_assumptions();
        terms::check(plan, catalog, &mut topology.problems);
        topology.order = call_order(&topology.connections, topology.components.len());
        topology.look_up();
        topology
    }

    /// The index of the component of this id.
    pub fn component_index(&self, id: &str) -> Option<usize> {
        self.index.get(id).copied()
    }

    /// All components, in the order of their ids.
    pub fn components_by_id(&self) -> impl Iterator<Item = usize> {
        self.index.values().copied()
    }

    /// All connections, in the order of their ids.
    pub fn connections_by_id(&self) -> impl Iterator<Item = usize> {
        self.connection_index.values().copied().flatten()
    }

    /// The id of a component.
    pub fn id(&self, component: usize) -> &'a Id {
        &self.components[component].source.id
    }

    /// The name of a component on screen: its label, or else its id; as much of it as a sentence holds.
    pub fn name(&self, component: usize) -> &'a str {
        let source = self.components[component].source;
        let name: &str = if source.label.is_empty() {
            &source.id
        } else {
            &source.label
        };
        let end = name.char_indices().nth(LONGEST_NAME);
        end.map_or(name, |(end, _)| &name[..end])
    }

    /// The components that wait to replace this one.
    pub fn standbys(&self, component: usize) -> &[usize] {
        &self.standbys[component]
    }

    /// The connections that are spared the calls which a component answers as a look-aside cache.
    pub fn spared_by(&self, cache: usize) -> &[usize] {
        &self.spared[cache]
    }

    /// The place in [`Topology::order`] of the set that a component belongs to.
    pub fn set_of(&self, component: usize) -> usize {
        self.set_of[component]
    }

    /// Whether a call that nobody waits for may lead to a component, at once or by further calls.
    pub fn is_behind_asynchronous(&self, component: usize) -> bool {
        self.behind_asynchronous[component]
    }

    /// Whether some call that a journey may cause is one that nobody waits for.
    pub fn may_call_asynchronously(&self, journey: usize) -> bool {
        self.before_asynchronous[self.journeys[journey].entry]
    }

    /// Whether a call asks the same of a component whoever makes it: then only how many there are counts.
    pub fn are_callers_alike(&self, component: usize) -> bool {
        self.callers_alike[component]
    }

    /// Notes what is asked again and again of components, connections and call order.
    fn look_up(&mut self) {
        let count = self.components.len();
        self.standbys = vec![Vec::new(); count];
        self.spared = vec![Vec::new(); count];
        self.set_of = vec![0; count];
        for (component, resolved) in self.components.iter().enumerate() {
            if let Some(primary) = resolved.standby_for {
                self.standbys[primary].push(component);
            }
        }
        let (mut called, mut calling) = (Vec::new(), Vec::new());
        for (connection, resolved) in self.connections.iter().enumerate() {
            if let Some(cache) = resolved.only_on_miss_of {
                self.spared[cache].push(connection);
            }
            if resolved.mode == Mode::Async {
                called.push(resolved.to);
                calling.push(resolved.from);
            }
        }
        for (set, members) in self.order.iter().enumerate() {
            for &member in members {
                self.set_of[member] = set;
            }
        }
        let (components, connections) = (&self.components, &self.connections);
        let asks = |caller: usize| {
            let edge = &connections[caller];
            (edge.demand, edge.request_bytes, edge.response_bytes)
        };
        let alike = |component: &Component| {
            let mut pairs = component.callers.windows(2);
            pairs.all(|pair| asks(pair[0]) == asks(pair[1]))
        };
        self.callers_alike = components.iter().map(alike).collect();
        self.behind_asynchronous = reached(called, count, |component| {
            let calls = components[component].calls.iter();
            calls.map(|&connection| connections[connection].to)
        });
        self.before_asynchronous = reached(calling, count, |component| {
            let callers = components[component].callers.iter();
            callers.map(|&connection| connections[connection].from)
        });
    }

    /// Names estimates of the plan that are out of their legal range; [`plan::Assumptions`] brings them into it.
    fn check_assumptions(&mut self) {
        let subject = Id::from("assumptions");
        let mut numbers = Numbers {
            subject: &subject,
            problems: &mut self.problems,
        };
        for assumption in ASSUMPTIONS {
            let Some(stated) = self.plan.assumptions.0.get(assumption.id) else {
                continue;
            };
            let stated = stated.range();
            let (min, max) = assumption.legal;
            let illegal = [stated.base, stated.low, stated.high]
                .into_iter()
                .find(|value| !(min..=max).contains(value));
            if let Some(value) = illegal {
                numbers.clamped(assumption.id, value, min, max);
            }
        }
    }

    fn add_components(&mut self, places: &BTreeMap<&'a str, usize>) {
        for source in &self.plan.components {
            if self.index.contains_key(source.id.as_str()) {
                self.problems
                    .push(Problem::duplicate(text!("components"), &source.id));
                continue;
            }
            let component = component::resolve(source, self.plan, self.catalog, &mut self.problems);
            self.index.insert(&source.id, self.components.len());
            self.components.push(component);
            let component = self.components.len() - 1;
            self.place_instances(component, places);
        }
        for component in 0..self.components.len() {
            if let Some(id) = &self.components[component].source.standby_for {
                match self.index.get(id.as_str()) {
                    Some(&primary) if primary != component => {
                        let standby = &mut self.components[component];
                        standby.serving = 0;
                        // A copy that may not be promoted is there, and takes over from nobody.
                        standby.standby_for = standby.takes_over().then_some(primary);
                    }
                    _ => self.problems.push(Problem::unknown_reference(
                        "standby_for",
                        self.id(component),
                        id,
                        text!("it stands in for nobody"),
                    )),
                }
            }
        }
    }

    fn place_instances(&mut self, component: usize, places: &BTreeMap<&'a str, usize>) {
        let source = self.components[component].source;
        let mut leaves = Vec::new();
        // What an account takes down has no walls: every instance depends on it.
        let mut accounts = Vec::new();
        for place in &source.placement {
            match places.get(place.as_str()) {
                Some(&leaf) if self.domains[leaf].kind == PlaceKind::Account => accounts.push(leaf),
                Some(&leaf) => leaves.push(leaf),
                None => self.problems.push(Problem::unknown_reference(
                    "placement",
                    &source.id,
                    place,
                    text!("the instance is counted as standing nowhere in particular"),
                )),
            }
        }
        let provider = self.components[component]
            .offer
            .and_then(|offer| self.catalog.provider_of(offer));
        let provider = provider
            .filter(|provider| !provider.is_own)
            .map(|provider| {
                let stated = self.components[component].unavailability.origin == Origin::Stated;
                places::provider_domain(
                    &mut self.domains,
                    places,
                    provider,
                    stated,
                    &self.plan.assumptions,
                )
            });
        let path = |leaf: Option<usize>| {
            let mut path = Vec::new();
            let mut next = leaf;
            let mut accounts = accounts.iter();
            while let Some(domain) = next.or_else(|| accounts.next().copied()) {
                if !path.contains(&domain) {
                    path.push(domain);
                }
                next = self.domains[domain].within;
            }
            if let Some(provider) = provider
                && !path.contains(&provider)
            {
                path.push(provider);
            }
            path
        };
        let paths = match leaves[..] {
            [] => vec![path(None)],
            _ => leaves.iter().map(|&leaf| path(Some(leaf))).collect(),
        };
        let instances = self.components[component].instances;
        self.components[component].placement = Placement::new(paths, instances);
    }

    fn add_connections(&mut self) {
        for source in &self.plan.connections {
            let Entry::Vacant(entry) = self.connection_index.entry(&source.id) else {
                self.problems
                    .push(Problem::duplicate(text!("connections"), &source.id));
                continue;
            };
            let index = entry.insert(None);
            let (Some(&from), Some(&to)) = (
                self.index.get(source.from.as_str()),
                self.index.get(source.to.as_str()),
            ) else {
                let missing = if self.index.contains_key(source.from.as_str()) {
                    &source.to
                } else {
                    &source.from
                };
                self.problems.push(Problem::dangling(&source.id, missing));
                continue;
            };
            if from == to {
                self.problems
                    .push(Problem::to_itself(&source.id, &source.from));
                continue;
            }
            let only_on_miss_of = source.only_on_miss_of.as_ref().and_then(|cache| {
                let found = self.index.get(cache.as_str()).copied();
                if found.is_none() {
                    self.problems.push(Problem::unknown_reference(
                        "only_on_miss_of",
                        &source.id,
                        cache,
                        text!("every call is counted"),
                    ));
                }
                found
            });
            let access = self.components[to].access;
            let mut numbers = Numbers {
                subject: &source.id,
                problems: &mut self.problems,
            };
            let reads = source
                .reads
                .map(|reads| numbers.clamped("reads", reads, 0.0, 1e9));
            let writes = source
                .writes
                .map(|writes| numbers.clamped("writes", writes, 0.0, 1e9));
            let accesses = (reads.is_some() || writes.is_some())
                .then(|| (reads.unwrap_or(0.0), writes.unwrap_or(0.0)));
            let demand = accesses.map(|(reads, writes)| {
                (
                    access.read * reads + access.write * writes,
                    access.ios_per_read * reads + access.ios_per_write * writes,
                )
            });
            let from_client = self.components[from].kind.behaviour.is_source;
            let bytes = |field, stated: Option<f64>, numbers: &mut Numbers| match stated {
                None if from_client => None,
                stated => Some(numbers.or(field, stated, 0.0, 0.0, 1e15)),
            };
            let calls = numbers.or("calls", source.calls, 1.0, 0.0, 1e9);
            let waits = source.mode != Some(Mode::Async);
            let retries = numbers.or("retries", source.retries, 0.0, 0.0, 1000.0);
            let timeout = numbers.or("timeout_ms", source.timeout_ms, 0.0, 0.0, 3.6e9);
            let retry_budget = source
                .retry_budget
                .map(|budget| numbers.clamped("retry_budget", budget, 0.0, 1000.0));
            let connection = Connection {
                source,
                from,
                to,
                group: 0,
                calls,
                undivided_calls: calls,
                mode: source.mode.unwrap_or(Mode::Sync),
                only_on_miss_of,
                accesses,
                demand,
                request_bytes: bytes("request_bytes", source.request_bytes, &mut numbers),
                response_bytes: bytes("response_bytes", source.response_bytes, &mut numbers),
                rtt: Seconds::from_millis(numbers.or("rtt_ms", source.rtt_ms, 0.0, 0.0, 3.6e6)),
                unavailability: Probability(numbers.or(
                    "unavailability",
                    source.unavailability,
                    0.0,
                    0.0,
                    1.0,
                )),
                most_attempts: if waits { 1.0 + retries.floor() } else { 1.0 },
                retry_budget,
                timeout: (waits && timeout > 0.0).then(|| Seconds::from_millis(timeout)),
                is_jittered: source.backoff != Some(Backoff::None),
            };
            numbers.or("weight", source.weight, 1.0, 0.0, 1e9);
            *index = Some(self.connections.len());
            self.components[from].calls.push(self.connections.len());
            self.components[to].callers.push(self.connections.len());
            self.connections.push(connection);
        }
    }
}

/// Which of so many components are reached from these, themselves included.
fn reached<I: Iterator<Item = usize>>(
    mut open: Vec<usize>,
    count: usize,
    next: impl Fn(usize) -> I,
) -> Vec<bool> {
    let mut reached = vec![false; count];
    while let Some(component) = open.pop() {
        if !std::mem::replace(&mut reached[component], true) {
            open.extend(next(component));
        }
    }
    reached
}

/// Strongly connected components, callees first; not recursive, so that long chains fit a small stack.
fn call_order(connections: &[Connection], components: usize) -> Vec<Vec<usize>> {
    let mut graph = DiGraph::<(), ()>::with_capacity(components, connections.len());
    for _ in 0..components {
        graph.add_node(());
    }
    for connection in connections {
        graph.add_edge(
            NodeIndex::new(connection.from),
            NodeIndex::new(connection.to),
            (),
        );
    }
    kosaraju_scc(&graph)
        .into_iter()
        .map(|set| {
            let mut members: Vec<usize> = set.into_iter().map(NodeIndex::index).collect();
            members.sort_unstable();
            members
        })
        .collect()
}
