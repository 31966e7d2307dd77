//! Which offers a component may move to, the cheapest first.

use crate::catalog::{Catalog, Offer, OfferKind, Status};
use crate::order::Order as _;
use crate::plan::{Component, HostingKind, Plan};

/// An offer that a component may move to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate<'a> {
    /// The offer.
    pub offer: &'a Offer,
    /// What one of it costs a month before anything is used; infinite without a price.
    pub list_month: f64,
}

/// The offers of one kind that a component can move to, by price, then the one that it has now, then by id.
pub(super) fn candidates<'a>(
    plan: &Plan,
    catalog: &'a Catalog,
    component: &Component,
    kind: HostingKind,
) -> Vec<Candidate<'a>> {
    let most_servers = component
        .settings
        .get("servers")
        .and_then(serde_json::Value::as_f64)
        .unwrap_or(0.0);
    let mut found: Vec<Candidate> = catalog
        .providers
        .iter()
        .filter(|provider| provider.status.is_sold())
        .flat_map(|provider| &provider.offers)
        .filter(|offer| offer.kind == OfferKind::from(kind) && offer.fits(&component.kind))
        .filter(|offer| offer.status.is_sold() && !is_room_only(offer))
        // Where the plan says how many servers run in parallel, a machine with fewer cores is none for it.
        .filter(|offer| {
            !offer.kind.is_machine() || offer.vcpu.is_none_or(|vcpu| vcpu >= most_servers)
        })
        .map(|offer| Candidate {
            offer,
            list_month: list_month(plan, offer),
        })
        .collect();
    let now = component
        .hosting
        .as_ref()
        .and_then(|hosting| hosting.offer.as_deref());
    found.order_by(|a, b| {
        let is_other = |candidate: &Candidate| now != Some(candidate.offer.id.as_str());
        a.list_month
            .total_cmp(&b.list_month)
            .then(is_other(a).cmp(&is_other(b)))
            .then(a.offer.id.cmp(&b.offer.id))
    });
    found
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
