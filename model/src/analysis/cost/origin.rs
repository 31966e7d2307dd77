//! Where prices are from: offers, volumes, price lists, the plan itself, its assumptions.

use super::line::PriceOrigin;
use crate::catalog::{Confidence, Date, Egress, Extra, Offer, Provider, Volume};
use crate::plan::ASSUMPTIONS;
use crate::topology::{Component, Topology};
use crate::words::{Value, Words, text};

/// The price of an offer.
pub(super) fn of_offer(topology: &Topology, offer: &Offer) -> PriceOrigin {
    let provider = topology.catalog.provider_of(offer);
    PriceOrigin {
        offer: offer.id.clone(),
        offer_name: offer.name.clone(),
        region: offer.region.clone().unwrap_or_default(),
        ..published(provider, &offer.source, offer.date, offer.confidence)
    }
}

/// The price of a disk.
pub(super) fn of_volume(provider: &Provider, volume: &Volume) -> PriceOrigin {
    PriceOrigin {
        offer: volume.id.clone(),
        offer_name: volume.name.clone(),
        ..published(
            Some(provider),
            &volume.source,
            volume.date,
            volume.confidence,
        )
    }
}

/// The price of what is charged beside the offer of a component.
pub(super) fn of_extra(topology: &Topology, component: &Component, extra: &Extra) -> PriceOrigin {
    let offer = component.offer;
    let provider = offer.and_then(|offer| topology.catalog.provider_of(offer));
    PriceOrigin {
        offer: extra.id.clone(),
        offer_name: extra.name.clone(),
        ..published(provider, &extra.source, extra.date, extra.confidence)
    }
}

/// The prices of traffic.
pub(super) fn of_egress(provider: &Provider, egress: &Egress) -> PriceOrigin {
    published(
        Some(provider),
        &egress.source,
        egress.date,
        egress.confidence,
    )
}

/// What the plan says itself, in these words.
pub(super) fn of_plan(words: &'static str) -> PriceOrigin {
    PriceOrigin {
        source: text(words),
        ..PriceOrigin::default()
    }
}

/// An assumption of the plan.
pub(super) fn of_assumption(id: &str) -> PriceOrigin {
    let assumption = ASSUMPTIONS.iter().find(|assumption| assumption.id == id);
    PriceOrigin {
        source: words!(
            "the assumption {assumption}",
            assumption = assumption.map_or_else(|| id.into(), |one| Value::from(text(one.name)))
        ),
        ..PriceOrigin::default()
    }
}

fn published(
    provider: Option<&Provider>,
    source: &[String],
    date: Date,
    confidence: Confidence,
) -> PriceOrigin {
    let found = provider.and_then(|provider| provider.sources.get(source.first()?));
    PriceOrigin {
        provider: provider.map_or_else(String::new, |provider| provider.name.clone()),
        source: found.map_or_else(Words::default, |source| source.title.clone().into()),
        location: found.map_or_else(String::new, |source| source.location.clone()),
        date: Some(date),
        confidence: Some(confidence),
        ..PriceOrigin::default()
    }
}
