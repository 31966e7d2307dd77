//! What of the catalogue could stand in for an offer.

use super::kind_of;
use crate::catalog::{Catalog, Interface, Offer, OfferKind, Provider};
use crate::evaluate::Exit;
use crate::order::Order as _;
use crate::topology::Component;
use crate::units::{Gigabytes, Money};

/// No more than this are offered.
const MOST: usize = 3;

/// Something that meets the same need somewhere else.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// The id of the offer.
    pub offer: String,
    /// Its name.
    pub name: String,
    /// The name of its provider.
    pub provider: String,
    /// What all instances would cost a month at the list price; none where it is charged by use alone.
    pub month: Option<Money>,
    /// Whose interface it has.
    pub interface: Interface,
    /// The open standards that the old and the new one both speak.
    pub shared_standards: Vec<String>,
    /// Seconds from order to first use, if known.
    pub provision_seconds: Option<f64>,
}

impl Candidate {
    /// The offer with its provider, without saying a word twice.
    pub fn full_name(&self) -> String {
        let first = self.provider.split(' ').next().unwrap_or_default();
        if self.name.starts_with(first) {
            return self.name.clone();
        }
        match self.provider.rsplit_once(' ') {
            Some((before, last)) if self.name.starts_with(last) => {
                format!("{before} {}", self.name)
            }
            _ => format!("{} {}", self.provider, self.name),
        }
    }
}

/// Up to three offers of others than the provider that is left, for the same type of component, at least as large
/// and of the same kind, those that are no harder to leave first, then those that speak a standard of the old one,
/// then the cheapest; one for each provider.
pub(super) fn candidates(
    catalog: &Catalog,
    left: &Provider,
    component: &Component,
    exit: &Exit,
) -> Vec<Candidate> {
    let old = component.offer;
    let kind = old.map_or(kind_of(component).into(), |old| old.kind);
    let spoken = old.map_or(&[][..], |old| &old.open_standards);
    let instances = component.instances.max(1) as f64;
    let mut found: Vec<(bool, bool, Candidate)> = Vec::new();
    let providers = catalog.providers.iter();
    for provider in providers.filter(|one| one.id != left.id && one.status.is_sold()) {
        let mut own: Vec<(bool, bool, Candidate)> = provider
            .offers
            .iter()
            .filter(|offer| meets(kind, old, offer, component.kind.id))
            .map(|offer| {
                let shared = offer.open_standards.iter();
                let shared_standards: Vec<String> =
                    shared.filter(|one| spoken.contains(one)).cloned().collect();
                let candidate = Candidate {
                    offer: offer.id.clone(),
                    name: offer.name.clone(),
                    provider: provider.name.clone(),
                    month: month(offer, exit.data).map(|month| month * instances),
                    interface: offer.interface,
                    shared_standards,
                    provision_seconds: offer.provision_seconds,
                };
                let speaks_none = candidate.shared_standards.is_empty();
                (offer.interface > exit.interface, speaks_none, candidate)
            })
            .collect();
        own.order_by(compare);
        found.extend(own.into_iter().next());
    }
    found.order_by(compare);
    let found = found.into_iter().take(MOST);
    found.map(|(_, _, candidate)| candidate).collect()
}

fn compare(a: &(bool, bool, Candidate), b: &(bool, bool, Candidate)) -> std::cmp::Ordering {
    let price = |candidate: &Candidate| candidate.month.map_or(f64::MAX, |month| month.0);
    (a.0, a.1)
        .cmp(&(b.0, b.1))
        .then_with(|| price(&a.2).total_cmp(&price(&b.2)))
}

/// Whether an offer is of the same kind, for the same type, and no smaller where sizes are known.
fn meets(kind: OfferKind, old: Option<&Offer>, new: &Offer, component_type: &str) -> bool {
    let is_enough = |old: Option<f64>, new: Option<f64>| match (old, new) {
        (Some(old), Some(new)) => new >= old,
        (Some(_), None) => false,
        (None, _) => true,
    };
    let is_same_kind = kind == new.kind || (is_virtual(kind) && is_virtual(new.kind));
    let size = |read: fn(&Offer) -> Option<f64>| is_enough(old.and_then(read), read(new));
    is_same_kind
        && new.site.is_none()
        && new.status.is_sold()
        && new.price.is_some()
        && new.fits(component_type)
        && size(|offer| offer.vcpu)
        && size(|offer| offer.memory_gib)
}

fn is_virtual(kind: OfferKind) -> bool {
    matches!(kind, OfferKind::Vps | OfferKind::Iaas)
}

/// What a month costs at the list price, as far as it does not hang on the traffic.
fn month(offer: &Offer, data: Gigabytes) -> Option<Money> {
    let price = offer.price.as_ref()?;
    let fixed = price.by_month();
    let stored = price.per_gb_month.map(|per_gb| {
        let charged = (data.0 - price.included_gb.unwrap_or(0.0)).max(0.0);
        per_gb * charged
    });
    match (fixed, stored) {
        (Some(fixed), Some(stored)) => Some(fixed + stored),
        (fixed, stored) => fixed.or(stored),
    }
}
