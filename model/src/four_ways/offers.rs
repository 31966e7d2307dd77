//! Which offers a component may move to, the cheapest first.

use crate::catalog::{Catalog, Offer, OfferKind, Status};
use crate::order::Order as _;
use crate::plan::{Component, HostingKind, Plan};

/// Where an offer stands in the catalogue that it was found in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    /// The place of its provider.
    pub provider: usize,
    offer: usize,
}

impl Spot {
    /// The offer; none in another catalogue.
    pub(super) fn offer(self, catalog: &Catalog) -> Option<&Offer> {
        catalog.providers.get(self.provider)?.offers.get(self.offer)
    }
}

/// An offer that a component may move to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    /// The offer.
    pub spot: Spot,
    /// What one of it costs a month before anything is used; infinite without a price.
    pub list_month: f64,
}

/// The offers of one kind that a component can move to, by price, then the one that it has now, then by id.
pub(super) fn candidates(
    plan: &Plan,
    catalog: &Catalog,
    component: &Component,
    kind: HostingKind,
) -> Vec<Candidate> {
    let most_servers = component
        .settings
        .get("servers")
        .and_then(serde_json::Value::as_f64)
        .unwrap_or(0.0);
    let providers = catalog.providers.iter().enumerate();
    let sold = providers.filter(|(_, provider)| provider.status.is_sold());
    let mut found: Vec<(&Offer, Candidate)> = sold
        .flat_map(|(provider, one)| {
            let offers = one.offers.iter().enumerate();
            offers.map(move |(offer, one)| (Spot { provider, offer }, one))
        })
        .filter(|(_, offer)| offer.kind == OfferKind::from(kind) && offer.fits(&component.kind))
        .filter(|(_, offer)| offer.status.is_sold() && !is_room_only(offer))
        // Where the plan says how many servers run in parallel, a machine with fewer cores is none for it.
        .filter(|(_, offer)| {
            !offer.kind.is_machine() || offer.vcpu.is_none_or(|vcpu| vcpu >= most_servers)
        })
        .map(|(spot, offer)| {
            let list_month = list_month(plan, offer);
            (offer, Candidate { spot, list_month })
        })
        .collect();
    let now = component
        .hosting
        .as_ref()
        .and_then(|hosting| hosting.offer.as_deref());
    found.order_by(|(a, one), (b, other)| {
        let is_other = |offer: &Offer| now != Some(offer.id.as_str());
        one.list_month
            .total_cmp(&other.list_month)
            .then(is_other(a).cmp(&is_other(b)))
            .then(a.id.cmp(&b.id))
    });
    found.into_iter().map(|(_, candidate)| candidate).collect()
}

/// Whether an offer of machines says nothing of a machine: space and power for one of your own.
fn is_room_only(offer: &Offer) -> bool {
    offer.kind.is_machine()
        && offer.vcpu.is_none()
        && offer.memory_gib.is_none()
        && offer.disk.is_none()
        && offer.disk_gb.is_none()
}

fn list_month(plan: &Plan, offer: &Offer) -> f64 {
    let frozen = plan
        .catalogue
        .as_ref()
        .and_then(|catalogue| catalogue.price(&offer.id));
    let Some(price) = &offer.price else {
        return frozen.map_or(f64::INFINITY, |month| month.0);
    };
    let month = frozen.or(price.by_month()).map(|month| month.0);
    let months = plan.assumptions.get("write_off_months").base.max(1.0);
    month.unwrap_or(0.0) + price.upfront.map_or(0.0, |upfront| upfront.0 / months)
}

/// Software that a component of such a type is run with on a machine of your own: the first that is still sold,
/// in the order users see; none for what is your own program.
pub(super) fn software<'a>(catalog: &'a Catalog, component: &Component) -> Option<&'a Offer> {
    use crate::components::{Layer, component_type};
    let kind = component_type(&component.kind)?;
    if kind.layers.contains(&Layer::Application) {
        return None;
    }
    catalog
        .offers_for(kind.id, OfferKind::Software)
        .find(|offer| offer.status == Status::Active)
}
