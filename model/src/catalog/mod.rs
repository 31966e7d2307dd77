//! Providers and their offers.

use std::collections::BTreeMap;

/// Everything that can be hosted on.
#[derive(Debug, Default)]
pub struct Catalog {
    /// The providers, in the order users see.
    pub providers: Vec<Provider>,
    offers: BTreeMap<String, (usize, usize)>,
}

/// A company or a kind of place that offers are had from.
#[derive(Debug, Default)]
pub struct Provider {
    /// Its id.
    pub id: String,
    /// Its name on screen.
    pub name: String,
    /// Whether it is yourself: no company that could fail as a whole.
    pub is_own: bool,
    /// What can be had from it.
    pub offers: Vec<Offer>,
}

/// A concrete product that can back a component.
#[derive(Debug)]
pub struct Offer {
    /// Its id.
    pub id: String,
    /// Its name on screen.
    pub name: String,
    /// The id of its provider.
    pub provider: String,
    /// What kind of product it is.
    pub kind: OfferKind,
    /// Component types that can run on it.
    pub component_types: Vec<String>,
    /// Virtual or real processor cores.
    pub vcpu: Option<f64>,
    /// Disk operations per second.
    pub iops: Option<f64>,
    /// Megabits per second of its network.
    pub network_mbit: Option<f64>,
}

/// What kind of product an offer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OfferKind {
    /// A whole machine.
    BareMetal,
    /// A slice of a machine.
    Vps,
    /// A machine by the hour or second.
    Iaas,
    /// A platform or managed service.
    Paas,
    /// Software to run on a machine of your own.
    Software,
}

impl Catalog {
    /// The offer of this id.
    pub fn offer(&self, id: &str) -> Option<&Offer> {
        self.offers
            .get(id)
            .map(|&(provider, offer)| &self.providers[provider].offers[offer])
    }

    /// The provider of this id.
    pub fn provider(&self, id: &str) -> Option<&Provider> {
        self.providers.iter().find(|provider| provider.id == id)
    }
}
