//! What stands with a provider: by the offers of a plan, and by the places that are drawn as the provider's.

use crate::catalog::{Catalog, Provider};
use crate::plan::{PlaceKind, Plan};
use crate::topology::{Component, FailureDomain, Topology};

/// The providers that a plan stands on and how many components stand with each, in the order of the catalogue,
/// without oneself.
pub fn providers_in<'c>(plan: &Plan, catalog: &'c Catalog) -> Vec<(&'c Provider, usize)> {
    let topology = Topology::new(plan, catalog);
    let others = catalog.providers.iter().filter(|one| !one.is_own);
    others
        .map(|provider| {
            let here = Standing::new(&topology, provider);
            let components = topology.components.iter();
            let standing = components.filter(|component| here.instances(component) > 0);
            (provider, standing.count())
        })
        .filter(|(_, components)| *components > 0)
        .collect()
}

/// What is a provider's in a plan.
pub(super) struct Standing<'p> {
    provider: &'p Provider,
    /// For each place whether it is the provider's.
    is_its: Vec<bool>,
}

impl<'p> Standing<'p> {
    pub(super) fn new(topology: &Topology, provider: &'p Provider) -> Self {
        let domains = topology.domains.iter();
        Self {
            provider,
            is_its: domains.map(|domain| is_named(domain, provider)).collect(),
        }
    }

    /// How many instances of a component stand there; none of what is only drawn as users or as somebody else's.
    pub(super) fn instances(&self, component: &Component) -> usize {
        let behaviour = component.kind.behaviour;
        if behaviour.is_source || behaviour.is_external {
            return 0;
        }
        let offer = component.offer;
        if offer.is_some_and(|offer| offer.provider == self.provider.id) {
            return component.instances;
        }
        let is_there = |path: &[usize]| path.iter().any(|&domain| self.is_its[domain]);
        component.placement.count(is_there)
    }
}

/// Whether a place is drawn as a provider's: it has its id, or the name of either.
fn is_named(domain: &FailureDomain, provider: &Provider) -> bool {
    let is = |word: &str| {
        word.eq_ignore_ascii_case(&provider.id) || word.eq_ignore_ascii_case(&provider.name)
    };
    domain.kind == PlaceKind::Provider && (is(&domain.id) || is(domain.name.trim()))
}
