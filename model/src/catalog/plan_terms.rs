//! The catalogue as a plan sees it: in its currency, at its rates, with the offers that it brings along.

use std::borrow::Cow;

use super::{
    Catalog, Confidence, Date, Interface, MACHINE_TYPES, Offer, OfferKind, Price, Provider, Source,
    Status,
};
use crate::plan::{CatalogueStamp, HostingKind, OwnOffer, PRICES, Plan, SIZES};
use crate::units::Money;

/// The id of the provider under which a plan's own offers stand.
pub const OWN_OFFERS: &str = "own-offers";

/// What of a plan changes the catalogue.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Terms {
    currency: Option<String>,
    rates: Vec<(String, f64)>,
    offers: Vec<OwnOffer>,
}

impl Terms {
    fn of(stamp: Option<&CatalogueStamp>) -> Self {
        stamp.map_or_else(Self::default, |stamp| {
            let rates = stamp.rates.keys();
            Self {
                currency: stamp.currency.clone(),
                rates: rates
                    .filter_map(|currency| Some((currency.clone(), stamp.rate(currency)?)))
                    .collect(),
                offers: stamp.offers.clone(),
            }
        })
    }

    fn rate(&self, currency: &str) -> Option<f64> {
        let stated = self.rates.iter().find(|(known, _)| known == currency);
        stated.map(|(_, rate)| *rate)
    }
}

impl Catalog {
    /// The catalogue with its amounts in the plan's currency and with the plan's own offers; itself where the
    /// plan asks for neither. A currency without a rate changes nothing: [`Self::rate`] says so.
    pub fn for_plan(&self, plan: &Plan) -> Cow<'_, Self> {
        let terms = Terms::of(plan.catalogue.as_ref());
        if terms == self.terms {
            return Cow::Borrowed(self);
        }
        let mut catalog = self.clone();
        catalog.terms = terms;
        catalog.forget_own_offers();
        let wanted = catalog.terms.currency.clone();
        let currency = wanted
            .filter(|currency| catalog.rate(currency).is_some())
            .unwrap_or_else(|| catalog.own_currency.clone());
        catalog.convert(&currency, self);
        catalog.add_own_offers();
        Cow::Owned(catalog)
    }

    /// What one unit of a currency is worth in the catalogue's own, as the plan states it or else as published;
    /// `None` where nobody says.
    pub fn rate(&self, currency: &str) -> Option<f64> {
        if currency == self.own_currency {
            return Some(1.0);
        }
        let published = self.rates.iter().find(|rate| rate.currency == currency);
        self.terms
            .rate(currency)
            .or(published.map(|rate| rate.rate))
    }

    /// The currency that rates are given in.
    pub fn own_currency(&self) -> &str {
        &self.own_currency
    }

    fn forget_own_offers(&mut self) {
        let providers = std::mem::take(&mut self.providers);
        self.offers.clear();
        for provider in providers {
            if provider.id != OWN_OFFERS {
                self.push(provider);
            }
        }
    }

    /// Converts every amount; `before` is the same catalogue in the currency that it has now.
    fn convert(&mut self, currency: &str, before: &Self) {
        let target = self.rate(currency).unwrap_or(1.0);
        let factor = before.rate(&before.currency).unwrap_or(1.0) / target;
        let mut providers = std::mem::take(&mut self.providers);
        let converted = |list: Option<&Price>| {
            let list = list?;
            Some(list.converted(currency, self.rate(&list.currency)? / target))
        };
        for provider in &mut providers {
            for offer in &mut provider.offers {
                offer.price = converted(offer.list_price.as_ref());
            }
            for volume in &mut provider.storage {
                volume.price = converted(volume.list_price.as_ref());
            }
            for extra in &mut provider.extras {
                extra.price = converted(extra.list_price.as_ref());
            }
            if let Some(egress) = &mut provider.egress {
                for tier in &mut egress.tiers {
                    tier.per_gb = tier.per_gb * factor;
                }
                for price in [
                    &mut egress.per_gb_between_zones,
                    &mut egress.per_gb_between_regions,
                ] {
                    *price = price.map(|price| price * factor);
                }
            }
        }
        self.providers = providers;
        currency.clone_into(&mut self.currency);
    }

    fn add_own_offers(&mut self) {
        let Some(day) = Date::parse(&self.version) else {
            return;
        };
        let offers: Vec<Offer> = self
            .terms
            .offers
            .iter()
            .filter(|offer| !offer.id.is_empty())
            .map(|own| offer(own, &self.currency, day))
            .collect();
        if offers.is_empty() {
            return;
        }
        let sources = self
            .terms
            .offers
            .iter()
            .map(|own| (own.id.clone(), source(own, day)))
            .collect();
        self.push(Provider {
            id: OWN_OFFERS.to_owned(),
            name: "Your own offers".to_owned(),
            is_own: true,
            sources,
            offers,
            ..Provider::default()
        });
    }
}

fn date(own: &OwnOffer, day: Date) -> Date {
    own.date.as_deref().and_then(Date::parse).unwrap_or(day)
}

fn source(own: &OwnOffer, day: Date) -> Source {
    Source {
        title: own.source.clone().unwrap_or_else(|| "The plan".to_owned()),
        location: "stated in the plan".to_owned(),
        date: date(own, day),
    }
}

fn offer(own: &OwnOffer, currency: &str, day: Date) -> Offer {
    let amount = |amount: Option<f64>| amount.filter(|one| PRICES.contains(one)).map(Money);
    let size = |size: Option<f64>| size.filter(|one| SIZES.contains(one));
    let kind = OfferKind::from(own.kind.unwrap_or(HostingKind::Vps));
    let month = amount(own.month);
    let upfront = amount(own.upfront);
    let price = (month.is_some() || upfront.is_some()).then(|| Price {
        month,
        upfront,
        currency: currency.to_owned(),
        ..Price::default()
    });
    let component_types = if own.component_types.is_empty() {
        MACHINE_TYPES.iter().map(|&kind| kind.to_owned()).collect()
    } else {
        own.component_types.clone()
    };
    Offer {
        id: own.id.clone(),
        name: if own.name.is_empty() {
            own.id.clone()
        } else {
            own.name.clone()
        },
        provider: OWN_OFFERS.to_owned(),
        kind,
        component_types,
        status: Status::Active,
        region: None,
        site: None,
        vcpu: size(own.vcpu),
        cpu: None,
        memory_gib: size(own.memory_gib),
        disk_gb: size(own.disk_gb),
        disk: None,
        iops: None,
        write_iops: None,
        network_mbit: None,
        transfer_gb: size(own.transfer_gb),
        list_price: price.clone(),
        price,
        billing: None,
        instances: None,
        sla_percent: None,
        provision_seconds: None,
        limits: None,
        interface: Interface::OpenStandard,
        open_standards: Vec::new(),
        proprietary: Vec::new(),
        measured: None,
        source: vec![own.id.clone()],
        date: date(own, day),
        confidence: Confidence::Low,
        note: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::format;

    fn plan(stamp: &str) -> Plan {
        let text = format!(r#"{{"format": "hosting-plan/1", "catalogue": {stamp}}}"#);
        format::read(text.as_bytes()).unwrap()
    }

    fn month(catalog: &Catalog, id: &str) -> f64 {
        let price = catalog.offer(id).unwrap().price.as_ref().unwrap();
        price.month.unwrap().0
    }

    #[test]
    fn a_plan_without_wishes_sees_the_catalogue_itself() {
        let catalog = Catalog::embedded();
        for stamp in [
            r"{}",
            r#"{"version": "2026-11-21", "prices": {"aws-m5-large": 1}}"#,
        ] {
            assert!(
                matches!(catalog.for_plan(&plan(stamp)), Cow::Borrowed(_)),
                "{stamp}"
            );
        }
    }

    #[test]
    fn in_the_currency_of_the_list_the_published_amounts_come_back() {
        let catalog = Catalog::embedded();
        let euro = catalog.for_plan(&plan(r#"{"currency": "EUR"}"#));
        assert_eq!(euro.currency, "EUR");
        assert_eq!(month(&euro, "hetzner-ccx13"), 42.99);
        assert_eq!(month(&euro, "aws-m5-large"), 62.95);
        let egress = euro.provider("hetzner").unwrap().egress.as_ref().unwrap();
        assert!((egress.tiers[0].per_gb.0 - 0.001).abs() < 1e-12);
        let volume = &euro.provider("hetzner").unwrap().storage[0];
        assert!((volume.price.as_ref().unwrap().per_gb_month.unwrap().0 - 0.0572).abs() < 1e-12);
    }

    #[test]
    fn a_rate_of_the_plan_beats_the_published_one() {
        let catalog = Catalog::embedded();
        let stamp = plan(r#"{"currency": "EUR", "rates": {"EUR": 2}}"#);
        let euro = catalog.for_plan(&stamp);
        assert_eq!(euro.rate("EUR"), Some(2.0));
        assert_eq!(month(&euro, "aws-m5-large"), 35.04);
        assert_eq!(month(&euro, "hetzner-ccx13"), 42.99);
        for nonsense in ["0", "-1", "\"two\"", "null"] {
            let stamp = plan(&format!(
                r#"{{"currency": "EUR", "rates": {{"EUR": {nonsense}}}}}"#
            ));
            assert_eq!(
                month(&catalog.for_plan(&stamp), "aws-m5-large"),
                62.95,
                "{nonsense}"
            );
        }
    }

    #[test]
    fn a_currency_without_a_rate_changes_nothing() {
        let catalog = Catalog::embedded();
        let crowns = catalog.for_plan(&plan(r#"{"currency": "SEK"}"#));
        assert_eq!(crowns.currency, "USD");
        assert_eq!(crowns.rate("SEK"), None);
        assert_eq!(month(&crowns, "aws-m5-large"), 70.08);
        let stated = catalog.for_plan(&plan(r#"{"currency": "SEK", "rates": {"SEK": 0.1}}"#));
        assert_eq!(month(&stated, "aws-m5-large"), 700.8);
    }

    #[test]
    fn there_and_back_is_the_same_catalogue() {
        let catalog = Catalog::embedded();
        let own = r#"[{"id": "rack-7", "month": 40}]"#;
        let euro = catalog.for_plan(&plan(&format!(r#"{{"currency": "EUR", "offers": {own}}}"#)));
        assert!(matches!(
            euro.for_plan(&plan(&format!(r#"{{"currency": "EUR", "offers": {own}}}"#))),
            Cow::Borrowed(_)
        ));
        let back = euro.for_plan(&plan("{}"));
        assert_eq!(back.offer("rack-7"), None);
        for provider in &catalog.providers {
            let again = back.provider(&provider.id).unwrap();
            assert_eq!(again.offers, provider.offers);
            let tiers = |provider: &Provider| {
                let egress = provider.egress.as_ref();
                egress.map_or(Vec::new(), |egress| egress.tiers.clone())
            };
            for (a, b) in tiers(provider).iter().zip(tiers(again)) {
                assert!((a.per_gb.0 - b.per_gb.0).abs() < 1e-12, "{}", provider.id);
            }
        }
    }

    #[test]
    fn own_offers_stand_beside_the_catalogue_and_beat_it() {
        let catalog = Catalog::embedded();
        let stamp = plan(
            r#"{"currency": "EUR", "offers": [
                {"id": "rack-7", "name": "Rack 7", "kind": "bare_metal", "vcpu": 16, "memory_gib": -1, "month": 40, "upfront": 3000, "source": "Quote 12", "date": "2026-10-01"},
                {"id": "aws-m5-large", "kind": "iaas", "month": 50},
                {"id": "", "month": 1}
            ]}"#,
        );
        let seen = catalog.for_plan(&stamp);
        let rack = seen.offer("rack-7").unwrap();
        assert_eq!(rack.kind, OfferKind::BareMetal);
        assert_eq!((rack.vcpu, rack.memory_gib), (Some(16.0), None));
        let price = rack.price.as_ref().unwrap();
        assert_eq!(
            (price.month, price.upfront),
            (Some(Money(40.0)), Some(Money(3000.0)))
        );
        assert_eq!(seen.sources_of(rack).next().unwrap().title, "Quote 12");
        assert!(seen.provider_of(rack).unwrap().is_own);
        assert!(rack.fits("sql_database"));
        assert_eq!(month(&seen, "aws-m5-large"), 50.0);
        assert_eq!(seen.provider(OWN_OFFERS).unwrap().offers.len(), 2);
    }
}
