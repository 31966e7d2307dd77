//! Under which conditions a plan is looked at: how much is asked of it, and what is missing.

use crate::order::Order as _;
use crate::topology::{Journey, MAX_USERS, Topology};
use crate::units::RequestsPerSecond;

/// How much is asked of a plan, and what is missing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Conditions {
    /// What is taken away.
    pub removed: Removed,
    /// Units by the hour that run, per component: they come with a busy hour, and nobody counts on them while
    /// something is missing.
    pub extra: Vec<usize>,
    /// Requests per second of every journey, in the order of the topology; those of a population are found.
    pub rates: Vec<RequestsPerSecond>,
    /// How many users every journey with a population has; 0 for the others.
    pub users: Vec<usize>,
    /// Mean attempts per call over every connection, 1 and more: retries are calls, too.
    pub attempts: Vec<f64>,
    /// Share of the visits of every component that find no room there and are refused.
    pub refused: Vec<f64>,
}

impl Conditions {
    /// Everything is there, every journey is at its peak, and no call fails.
    pub fn peak(topology: &Topology) -> Self {
        Self {
            removed: Removed::nothing(),
            extra: topology
                .components
                .iter()
                .map(|component| component.burst.map_or(0, |burst| burst.instances))
                .collect(),
            rates: topology
                .journeys
                .iter()
                .map(|journey| journey.peak)
                .collect(),
            users: topology.journeys.iter().map(users).collect(),
            attempts: vec![1.0; topology.connections.len()],
            refused: vec![0.0; topology.components.len()],
        }
    }

    /// As many times the load of the peak: requests per second of every journey, in the order of the topology, or
    /// users of one with a population, rounded to whole ones.
    pub fn times(self, topology: &Topology, factors: &[f64]) -> Self {
        let each = || topology.journeys.iter().zip(factors);
        Self {
            rates: each()
                .map(|(journey, &factor)| RequestsPerSecond((journey.peak.0 * factor).min(MOST)))
                .collect(),
            users: each()
                .map(|(journey, &factor)| (users(journey) as f64 * factor).round() as usize)
                .map(|users| users.min(MAX_USERS))
                .collect(),
            ..self
        }
    }

    /// The same load while something is taken away: static stability, no units by the hour come to help.
    pub fn without(self, removed: Removed) -> Self {
        Self {
            removed,
            extra: Vec::new(),
            ..self
        }
    }

    /// How many units by the hour of a component run; none of one that the conditions do not name.
    pub fn extra(&self, component: usize) -> usize {
        self.extra.get(component).copied().unwrap_or(0)
    }

    /// Requests per second of a journey; 0 for one that the conditions do not name.
    pub fn rate(&self, journey: usize) -> RequestsPerSecond {
        self.rates.get(journey).copied().unwrap_or_default()
    }

    /// Share of the visits of a component that are let in, above 0; 1 for one that the conditions do not name.
    pub fn let_in(&self, component: usize) -> f64 {
        let refused = self.refused.get(component).copied().unwrap_or(0.0);
        (1.0 - refused).clamp(LEAST_LET_IN, 1.0)
    }

    /// Mean attempts per call over a connection; 1 for one that the conditions do not name.
    pub fn attempts(&self, connection: usize) -> f64 {
        self.attempts.get(connection).copied().unwrap_or(1.0)
    }
}

/// More requests per second are not asked.
const MOST: f64 = 1e12;

fn users(journey: &Journey) -> usize {
    journey.population.map_or(0, |population| population.users)
}

/// However many are refused, at least this share is let in.
const LEAST_LET_IN: f64 = 1e-12;

/// Instances that are taken away.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Removed {
    /// Components and how many instances of each, in the order of the topology.
    instances: Vec<(usize, usize)>,
}

impl Removed {
    /// Everything is there.
    pub fn nothing() -> Self {
        Self::default()
    }

    /// All instances of a component are gone.
    pub fn component(topology: &Topology, component: usize) -> Self {
        Self::instances(component, topology.components[component].instances)
    }

    /// So many instances of a component are gone.
    pub fn instances(component: usize, count: usize) -> Self {
        Self::several([(component, count)])
    }

    /// So many instances of each of these components are gone; of one that is named twice, the larger number.
    pub fn several(losses: impl IntoIterator<Item = (usize, usize)>) -> Self {
        let mut instances: Vec<(usize, usize)> = losses.into_iter().collect();
        if !instances.is_sorted_by(|a, b| a.0 < b.0) {
            instances.order_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(&a.1)));
            instances.dedup_by_key(|lost| lost.0);
        }
        Self { instances }
    }

    /// The same, and all instances of these components, which are given in the order of the topology.
    pub fn with_all_of(&self, topology: &Topology, components: &[usize]) -> Self {
        let mut instances = Vec::with_capacity(self.instances.len() + components.len());
        let mut lost = self.instances.iter().peekable();
        for &component in components {
            while let Some(&earlier) = lost.next_if(|one| one.0 < component) {
                instances.push(earlier);
            }
            lost.next_if(|one| one.0 == component);
            instances.push((component, topology.components[component].instances));
        }
        instances.extend(lost);
        Self { instances }
    }

    /// For every failure domain, in the order of the topology: all instances in it are gone.
    pub fn domains(topology: &Topology) -> Vec<Self> {
        let mut domains = vec![Self::default(); topology.domains.len()];
        for (component, resolved) in topology.components.iter().enumerate() {
            for (path, standing) in resolved.placement.paths() {
                for &domain in path {
                    let instances = &mut domains[domain].instances;
                    match instances.last_mut() {
                        Some((last, count)) if *last == component => *count += standing,
                        _ => instances.push((component, standing)),
                    }
                }
            }
        }
        domains
    }

    /// The components that lose instances.
    pub fn components(&self) -> impl Iterator<Item = usize> {
        self.instances.iter().map(|&(component, _)| component)
    }

    /// How many instances a component loses.
    pub fn lost(&self, component: usize) -> usize {
        let found = self
            .instances
            .binary_search_by_key(&component, |lost| lost.0);
        found.map_or(0, |place| self.instances[place].1)
    }
}
