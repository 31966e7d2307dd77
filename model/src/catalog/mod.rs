//! Providers and their offers, with price, source and date.

mod date;
mod load;
mod offer;
mod plan_terms;
mod prices;
mod provider;
mod successor;

use std::collections::BTreeMap;

use serde::Deserialize;

pub use date::Date;
pub use load::{CatalogError, File};
pub use offer::{
    Billing, CapacityUnit, Commitment, Cpu, Interface, Limits, MACHINE_TYPES, Measured,
    OLD_PRICE_DAYS, Offer, OfferKind, Price,
};
pub use plan_terms::OWN_OFFERS;
pub use prices::{PriceChange, PriceState};
pub use provider::{
    Confidence, Egress, Event, Extra, Per, PlatformShape, PriceHistory, PricePoint, Provider,
    Source, Status, Support, Tier, Volume,
};
pub use successor::Need;

/// Everything that can be hosted on.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Catalog {
    /// The date of the catalogue, as plans record it.
    pub version: String,
    /// The currency that all prices are converted to, as in ISO 4217.
    pub currency: String,
    /// What other currencies are worth in it.
    pub rates: Vec<ExchangeRate>,
    /// The providers, in the order users see.
    pub providers: Vec<Provider>,
    offers: BTreeMap<String, (usize, usize)>,
    /// The currency of the file.
    own_currency: String,
    /// What of a plan this catalogue follows already.
    terms: plan_terms::Terms,
}

/// What one unit of a currency is worth in the catalogue's.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExchangeRate {
    /// The currency, as in ISO 4217.
    pub currency: String,
    /// What one unit of it is worth.
    pub rate: f64,
    /// Who published the rate.
    pub title: String,
    /// Where to find it.
    #[serde(rename = "where")]
    pub location: String,
    /// When it held.
    pub date: Date,
    /// How far it can be trusted.
    pub confidence: Confidence,
}

macro_rules! provider_files {
    ($($id:literal,)*) => {
        /// The provider files, in the order users see.
        #[cfg(feature = "embedded")]
        pub const PROVIDERS: &[File] = &[$(
            (
                concat!("assets/providers/", $id, ".json"),
                include_str!(concat!("../../../assets/providers/", $id, ".json")),
            ),
        )*];
    };
}

provider_files! {
    "own-hw",
    "colo",
    "dell",
    "hp",
    "hetzner",
    "linode",
    "digitalocean",
    "vultr",
    "ovh",
    "scaleway",
    "upcloud",
    "prgmr",
    "packet",
    "aws",
    "gcp",
    "azure",
    "rackspace",
    "heroku",
    "render",
    "fly",
    "railway",
    "openshift",
    "vercel",
    "netlify",
    "cloudflare",
    "b2",
    "wasabi",
    "neon",
    "supabase",
    "planetscale",
    "auth0",
    "dotcloud",
    "gondor",
    "stackato",
    "selfsw",
    "xen",
    "vmware",
    "libcloud",
}

/// The file with the catalogue's date, currency and exchange rates.
#[cfg(feature = "embedded")]
pub const HEADER: File = (
    "assets/catalogue.json",
    include_str!("../../../assets/catalogue.json"),
);

impl Catalog {
    /// The catalogue that the planner comes with. Parsing takes a while: keep the result.
    ///
    /// # Panics
    /// Never: a test reads the very same files.
    #[expect(
        clippy::expect_used,
        reason = "the files are part of the program and a test reads each of them"
    )]
    #[cfg(feature = "embedded")]
    pub fn embedded() -> Self {
        Self::from_files(HEADER, PROVIDERS).expect("the embedded files are valid")
    }

    /// Adds a provider with its offers.
    fn push(&mut self, provider: Provider) {
        let place = self.providers.len();
        for (index, offer) in provider.offers.iter().enumerate() {
            self.offers.insert(offer.id.clone(), (place, index));
        }
        self.providers.push(provider);
    }

    /// The offer of this id.
    pub fn offer(&self, id: &str) -> Option<&Offer> {
        let &(provider, offer) = self.offers.get(id)?;
        self.providers.get(provider)?.offers.get(offer)
    }

    /// The provider of this id.
    pub fn provider(&self, id: &str) -> Option<&Provider> {
        self.providers.iter().find(|provider| provider.id == id)
    }

    /// Who an offer is had from.
    pub fn provider_of(&self, offer: &Offer) -> Option<&Provider> {
        self.provider(&offer.provider)
    }

    /// The offers of one kind that a component of this type can run on, in the order users see.
    pub fn offers_for<'a>(
        &'a self,
        component_type: &'a str,
        kind: OfferKind,
    ) -> impl Iterator<Item = &'a Offer> + use<'a> {
        self.providers
            .iter()
            .flat_map(|provider| &provider.offers)
            .filter(move |offer| offer.kind == kind && offer.fits(component_type))
    }

    /// Where the figures of an offer come from.
    pub fn sources_of<'a>(
        &'a self,
        offer: &'a Offer,
    ) -> impl Iterator<Item = &'a Source> + use<'a> {
        let provider = self.provider_of(offer);
        offer
            .source
            .iter()
            .filter_map(move |key| provider?.sources.get(key))
    }
}

#[cfg(test)]
mod tests;
