//! Which offers are in the list, and in what order.

use model::catalog::{Catalog, Offer, OfferKind, Status};
use model::order::Order as _;

use super::super::words::month_price;

/// What is looked for. What is empty or `None` does not matter.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Filter {
    /// The component type that runs on it.
    pub component_type: String,
    /// The kind of hosting.
    pub kind: Option<OfferKind>,
    /// The id of the provider.
    pub provider: String,
    /// Processor cores at least.
    pub vcpu: Option<f64>,
    /// Memory at least, in GiB.
    pub memory_gib: Option<f64>,
    /// What a month costs at most.
    pub month: Option<f64>,
    /// Whether what can no longer be had is in the list too.
    pub with_past: bool,
    /// What comes first.
    pub order: Sort,
}

/// What comes first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Sort {
    /// The cheapest.
    #[default]
    Price,
    /// The cheapest core.
    PricePerCore,
    /// The most cores.
    Cores,
    /// The most memory.
    Memory,
    /// The most that was measured.
    Measured,
    /// The latest price.
    Date,
    /// The first of the alphabet.
    Name,
}

impl Sort {
    /// All of them with their words.
    pub(super) const ALL: [(Self, &'static str, &'static str); 7] = [
        (Self::Price, "price", text!("Cheapest")),
        (Self::PricePerCore, "core", text!("Cheapest per core")),
        (Self::Cores, "cores", text!("Most cores")),
        (Self::Memory, "memory", text!("Most memory")),
        (Self::Measured, "measured", text!("Fastest measured")),
        (Self::Date, "date", text!("Latest price")),
        (Self::Name, "name", text!("Name")),
    ];

    /// The one of this id, the first without.
    pub(super) fn of(id: &str) -> Self {
        Self::ALL
            .iter()
            .find(|(_, known, _)| *known == id)
            .map_or_else(Self::default, |(sort, ..)| *sort)
    }

    /// Its id.
    pub(super) fn id(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(sort, ..)| *sort == self)
            .map_or("", |(_, id, _)| *id)
    }
}

/// Whether an offer can still be had at its price.
pub(super) fn is_past(offer: &Offer) -> bool {
    matches!(offer.status, Status::Retired | Status::HistoricalPrice)
}

impl Filter {
    /// The offers of a catalogue that are looked for, in order.
    pub(super) fn of<'c>(&self, catalog: &'c Catalog) -> Vec<&'c Offer> {
        let mut offers: Vec<&Offer> = catalog
            .providers
            .iter()
            .filter(|provider| self.provider.is_empty() || provider.id == self.provider)
            .flat_map(|provider| &provider.offers)
            .filter(|offer| self.holds(offer))
            .collect();
        let last = |value: Option<f64>| value.unwrap_or(f64::MAX);
        let most = |value: Option<f64>| -value.unwrap_or(0.0);
        let rank = |offer: &Offer| match self.order {
            Sort::Price => last(month_price(offer)),
            Sort::PricePerCore => last(month_price(offer).zip(offer.vcpu).map(|(a, b)| a / b)),
            Sort::Cores => most(offer.vcpu),
            Sort::Memory => most(offer.memory_gib),
            Sort::Measured => most(offer.measured.and_then(|m| m.static_web_1k_rps)),
            Sort::Date | Sort::Name => 0.0,
        };
        // Software costs nothing by itself, but it wants a machine.
        let wants_machine = |offer: &Offer| {
            matches!(self.order, Sort::Price | Sort::PricePerCore) && offer.kind.hosting().is_none()
        };
        offers.order_by(|a, b| {
            let by_date = if self.order == Sort::Date {
                b.date.cmp(&a.date)
            } else {
                std::cmp::Ordering::Equal
            };
            wants_machine(a)
                .cmp(&wants_machine(b))
                .then(rank(a).total_cmp(&rank(b)))
                .then(by_date)
                .then_with(|| a.name.cmp(&b.name))
        });
        offers
    }

    fn holds(&self, offer: &Offer) -> bool {
        let at_least = |wanted: Option<f64>, offered: Option<f64>| {
            wanted.is_none_or(|wanted| offered.is_some_and(|offered| offered >= wanted))
        };
        (self.component_type.is_empty() || offer.fits(&self.component_type))
            && self.kind.is_none_or(|kind| kind == offer.kind)
            && at_least(self.vcpu, offer.vcpu)
            && at_least(self.memory_gib, offer.memory_gib)
            && self
                .month
                .is_none_or(|most| month_price(offer).is_some_and(|month| month <= most))
            && (self.with_past || !is_past(offer))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(filter: &Filter) -> Vec<String> {
        let catalog = Catalog::embedded();
        let offers = filter.of(&catalog);
        offers.iter().map(|offer| offer.id.clone()).collect()
    }

    #[test]
    fn every_wish_narrows_the_list_and_unknown_sizes_are_not_large_enough() {
        let filter = Filter {
            component_type: "app_server".to_owned(),
            kind: Some(OfferKind::Vps),
            vcpu: Some(2.0),
            memory_gib: Some(8.0),
            month: Some(50.0),
            ..Filter::default()
        };
        let catalog = Catalog::embedded();
        let offers = filter.of(&catalog);
        assert!(offers.len() > 3);
        for offer in &offers {
            assert!(offer.vcpu.unwrap() >= 2.0 && offer.memory_gib.unwrap() >= 8.0);
            assert!(month_price(offer).unwrap() <= 50.0 && !is_past(offer));
        }
        let one = Filter {
            provider: "hetzner".to_owned(),
            ..filter.clone()
        };
        assert!(ids(&one).iter().all(|id| id.starts_with("hetzner-")));
        assert!(ids(&one).len() < offers.len());
    }

    #[test]
    fn what_is_gone_is_shown_when_it_is_asked_for() {
        let mut filter = Filter::default();
        assert!(!ids(&filter).contains(&"dotcloud-1gb".to_owned()));
        filter.with_past = true;
        assert!(ids(&filter).contains(&"dotcloud-1gb".to_owned()));
    }

    #[test]
    fn what_has_no_price_comes_after_what_has_one_and_software_after_machines() {
        let catalog = Catalog::embedded();
        let offers = Filter::default().of(&catalog);
        let machines = offers.partition_point(|offer| offer.kind.hosting().is_some());
        let (offers, software) = offers.split_at(machines);
        assert!(!software.is_empty());
        assert!(software.iter().all(|offer| offer.kind.hosting().is_none()));
        let unpriced: Vec<bool> = offers.iter().map(|o| month_price(o).is_none()).collect();
        assert!(unpriced.is_sorted() && unpriced.contains(&true));
        let prices: Vec<f64> = offers.iter().filter_map(|o| month_price(o)).collect();
        assert!(prices.is_sorted());
        let filter = Filter {
            order: Sort::Cores,
            ..Filter::default()
        };
        assert_eq!(filter.of(&catalog)[0].id, "aws-c6i-metal");
        for (sort, id, _) in Sort::ALL {
            assert_eq!(Sort::of(id), sort);
            assert_eq!(sort.id(), id);
        }
    }
}
