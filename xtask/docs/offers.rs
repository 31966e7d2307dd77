//! Every offer of the catalogue with its price, its date and its source.

use model::catalog::{Catalog, Confidence, Offer, OfferKind, Provider, Status};
use model::export::figures;
use model::units::Money;

use crate::table::table;

pub(crate) fn text() -> String {
    let catalog = Catalog::embedded();
    let sections: Vec<String> = catalog
        .providers
        .iter()
        .map(|provider| section(&catalog, provider))
        .collect();
    format!(
        "<!-- Written by `cargo xtask docs`. -->\n\n# Offers\n\n\
         The catalogue of {}, in {}; list prices without tax or commitment.\n\
         A price in brackets is the one published, before conversion.\n\
         \"Not priced\" means that no source states a price, not that there is none.\n\
         How to add or correct one stands in [the catalogue](../catalogue.md).\n\n{}",
        catalog.version,
        catalog.currency,
        sections.join("\n")
    )
}

fn section(catalog: &Catalog, provider: &Provider) -> String {
    let offers = table(
        &[
            "offer",
            "id",
            "kind",
            "cores",
            "memory",
            "price",
            "date",
            "confidence",
            "source",
        ],
        provider
            .offers
            .iter()
            .map(|offer| row(catalog, provider, offer)),
    );
    let sources = table(
        &["source", "title", "where", "date"],
        provider.sources.iter().map(|(key, source)| {
            vec![
                key.clone(),
                source.title.clone(),
                source.location.clone(),
                source.date.to_string(),
            ]
        }),
    );
    let note = provider
        .note
        .as_ref()
        .map(|note| format!("{note}\n\n"))
        .unwrap_or_default();
    format!("## {}\n\n{note}{offers}\n{sources}", provider.name)
}

fn row(catalog: &Catalog, provider: &Provider, offer: &Offer) -> Vec<String> {
    let status = match offer.status {
        Status::Active => "",
        Status::Legacy => " (legacy)",
        Status::Sustaining => " (sustaining)",
        Status::Renamed => " (renamed)",
        Status::Retired => " (retired)",
        Status::HistoricalPrice => " (historical price)",
    };
    let number = |value: Option<f64>, unit: &str| {
        value.map_or(String::new(), |value| {
            format!("{}{unit}", figures::number(value))
        })
    };
    let confidence = match offer.confidence {
        Confidence::Low => "low",
        Confidence::Medium => "medium",
        Confidence::High => "high",
    };
    vec![
        format!("{}{status}", offer.name),
        format!("`{}`", offer.id),
        kind(offer.kind).to_owned(),
        number(offer.vcpu, ""),
        number(offer.memory_gib, " GiB"),
        price(catalog, offer),
        offer.date.to_string(),
        confidence.to_owned(),
        offer
            .source
            .iter()
            .filter(|key| provider.sources.contains_key(*key))
            .cloned()
            .collect::<Vec<_>>()
            .join(", "),
    ]
}

fn kind(kind: OfferKind) -> &'static str {
    match kind {
        OfferKind::BareMetal => "bare metal",
        OfferKind::Vps => "VPS",
        OfferKind::Iaas => "IaaS",
        OfferKind::Paas => "PaaS",
        OfferKind::Software => "software",
    }
}

fn price(catalog: &Catalog, offer: &Offer) -> String {
    let Some(price) = &offer.price else {
        return "not priced".to_owned();
    };
    let charges = |price: &model::catalog::Price| {
        let all: [(Option<Money>, &str); 7] = [
            (price.upfront, " once"),
            (price.month, " a month"),
            (price.per_hour.filter(|_| price.month.is_none()), " an hour"),
            (price.per_gb_month, " per GB and month"),
            (price.per_gb, " per GB"),
            (price.per_million_requests, " per million requests"),
            (price.per_vcpu_second, " per core and second"),
        ];
        let stated = all.into_iter().filter_map(|(amount, unit)| {
            amount.map(|amount| {
                // A unit price may be far below a cent.
                let amount = if amount.0 != 0.0 && amount.0 < 0.1 {
                    format!("{} {}", figures::number(amount.0), price.currency)
                } else {
                    figures::money(amount, &price.currency)
                };
                format!("{amount}{unit}")
            })
        });
        stated.collect::<Vec<_>>().join(", ")
    };
    let converted = charges(price);
    match &offer.list_price {
        Some(list) if list.currency != catalog.currency => {
            format!("{converted} ({})", charges(list))
        }
        _ => converted,
    }
}
