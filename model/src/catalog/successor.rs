//! What can take the place of an offer: the closest that meets the same need first.

use super::{Catalog, Offer, OfferKind, Price};
use crate::order::Order as _;

/// What an offer is needed for. What is `None` does not matter.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Need<'a> {
    /// The component type that runs on it.
    pub component_type: &'a str,
    /// The kind of hosting.
    pub kind: Option<OfferKind>,
    /// Processor cores at least.
    pub vcpu: Option<f64>,
    /// Memory at least, in GiB.
    pub memory_gib: Option<f64>,
    /// What it cost a month.
    pub month: Option<f64>,
    /// A word that its id starts with, as `hetzner` of `hetzner-cx11`.
    pub id: &'a str,
}

impl Catalog {
    /// Offers that can still be had and run such a component: first those of the same kind, then those that are
    /// large enough, then those with a price, then those of the same provider, then the nearest in size and price.
    pub fn successors(&self, need: &Need) -> Vec<&Offer> {
        let mut offers: Vec<(Rank, &Offer)> = self
            .providers
            .iter()
            .flat_map(|provider| &provider.offers)
            .filter(|offer| offer.fits(need.component_type) && offer.kind != OfferKind::Software)
            .filter(|offer| offer.status.is_sold())
            .filter(|offer| offer.id != need.id)
            .map(|offer| (Rank::of(offer, need), offer))
            .collect();
        offers.order_by(|(a, _), (b, _)| a.compare(b));
        offers.into_iter().map(|(_, offer)| offer).collect()
    }
}

struct Rank {
    misses: [bool; 4],
    distance: f64,
    month: f64,
}

impl Rank {
    fn of(offer: &Offer, need: &Need) -> Self {
        let price = offer.price.as_ref();
        let month = price.and_then(Price::by_month).map(|month| month.0);
        let short = |wanted: Option<f64>, offered: Option<f64>| {
            wanted.is_some_and(|wanted| offered.is_none_or(|offered| offered < wanted))
        };
        let far = |wanted: Option<f64>, offered: Option<f64>| match (wanted, offered) {
            (Some(wanted), Some(offered)) if wanted > 0.0 && offered > 0.0 => {
                (offered / wanted).ln().abs()
            }
            (Some(_), _) => 1.0,
            (None, _) => 0.0,
        };
        let elsewhere = need
            .id
            .split_once('-')
            .is_none_or(|(provider, _)| !offer.id.starts_with(&format!("{provider}-")));
        Self {
            misses: [
                need.kind.is_some_and(|kind| kind != offer.kind),
                short(need.vcpu, offer.vcpu) || short(need.memory_gib, offer.memory_gib),
                price.is_none(),
                elsewhere,
            ],
            distance: far(need.vcpu, offer.vcpu)
                + far(need.memory_gib, offer.memory_gib)
                + far(need.month, month),
            month: month.unwrap_or(f64::MAX),
        }
    }

    fn compare(&self, other: &Self) -> std::cmp::Ordering {
        self.misses
            .cmp(&other.misses)
            .then(self.distance.total_cmp(&other.distance))
            .then(self.month.total_cmp(&other.month))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closest_that_meets_the_need_comes_first() {
        let catalog = Catalog::embedded();
        let need = Need {
            component_type: "app_server",
            kind: Some(OfferKind::Vps),
            vcpu: Some(2.0),
            memory_gib: Some(4.0),
            id: "linode-2gb-2020",
            ..Need::default()
        };
        let found = catalog.successors(&need);
        assert_eq!(found[0].provider, "linode");
        assert_eq!((found[0].vcpu, found[0].memory_gib), (Some(2.0), Some(4.0)));
        for offer in &found {
            assert!(offer.fits("app_server"));
            assert!(offer.status.is_sold(), "{}", offer.id);
        }
        let kinds: Vec<bool> = found
            .iter()
            .map(|offer| offer.kind != OfferKind::Vps)
            .collect();
        assert!(kinds.is_sorted(), "those of the same kind come first");
    }

    #[test]
    fn of_an_unknown_offer_the_provider_of_its_name_and_the_price_are_the_clue() {
        let catalog = Catalog::embedded();
        let found = catalog.successors(&Need {
            component_type: "app_server",
            month: Some(5.0),
            id: "vultr-long-gone",
            ..Need::default()
        });
        assert_eq!(found[0].id, "vultr-vc2-1c-1gb");
    }

    #[test]
    fn what_nothing_can_run_has_no_successor() {
        let need = Need {
            component_type: "client",
            ..Need::default()
        };
        assert!(Catalog::embedded().successors(&need).is_empty());
    }
}
