//! Every offer of the catalogue with its price, its date and its source.

use model::catalog::{
    Catalog, Confidence, Offer, OfferKind, Price, PriceHistory, Provider, Status, Volume,
};
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
    let offers = if provider.offers.is_empty() {
        String::new()
    } else {
        offers + "\n"
    };
    format!(
        "## {}{}\n\n{note}{offers}{}{}{}{}{sources}",
        provider.name,
        status(provider.status),
        list(
            "What happened",
            provider
                .history
                .iter()
                .map(|event| format!("{}: {}", event.date, event.what))
        ),
        list(
            "How prices changed",
            provider.price_history.iter().map(changes)
        ),
        list("Disks", provider.storage.iter().map(disk)),
        list(
            "Charged beside",
            provider.extras.iter().map(|extra| {
                let listed = extra
                    .list_price
                    .as_ref()
                    .map_or_else(|| "not priced".to_owned(), charges);
                format!("{} (`{}`): {listed}, {}", extra.name, extra.id, extra.date)
            })
        ),
    )
}

/// A list under a heading; nothing where there is nothing.
fn list(title: &str, items: impl Iterator<Item = String>) -> String {
    let items: Vec<String> = items.map(|item| format!("- {item}")).collect();
    if items.is_empty() {
        return String::new();
    }
    format!("{title}:\n\n{}\n\n", items.join("\n"))
}

fn disk(volume: &Volume) -> String {
    let listed = volume.list_price.as_ref();
    let price = listed.map_or_else(|| "not priced".to_owned(), charges);
    let speed = volume.speed_words();
    let parts = [price, speed.to_string(), volume.date.to_string()];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    format!("{} (`{}`): {}", volume.name, volume.id, parts.join(", "))
}

fn changes(history: &PriceHistory) -> String {
    let points: Vec<String> = history
        .points
        .iter()
        .map(|point| format!("{} {}", point.date, figures::number(point.amount.0)))
        .collect();
    format!(
        "{}, {}: {}",
        history.what,
        history.currency,
        points.join("; ")
    )
}

fn status(status: Status) -> &'static str {
    match status {
        Status::Active => "",
        Status::Legacy => " (legacy)",
        Status::Sustaining => " (sustaining)",
        Status::Renamed => " (renamed)",
        Status::Retired => " (retired)",
        Status::HistoricalPrice => " (historical price)",
    }
}

fn row(catalog: &Catalog, provider: &Provider, offer: &Offer) -> Vec<String> {
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
        format!("{}{}", offer.name, status(offer.status)),
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
    let converted = charges(price);
    match &offer.list_price {
        Some(list) if list.currency != catalog.currency => {
            format!("{converted} ({})", charges(list))
        }
        _ => converted,
    }
}

/// Everything that a price charges for.
fn charges(price: &Price) -> String {
    let all: [(Option<Money>, &str); 16] = [
        (price.upfront, " once"),
        (price.month, " a month"),
        (price.per_hour.filter(|_| price.month.is_none()), " an hour"),
        (price.per_gb_month, " per GB and month"),
        (price.per_gb, " per GB"),
        (price.per_gb_out, " per GB sent"),
        (price.per_million_requests, " per million requests"),
        (price.per_million_reads, " per million reads"),
        (price.per_million_writes, " per million writes"),
        (price.per_vcpu_second, " per core and second"),
        (price.per_gib_second, " per GiB and second"),
        (price.per_unit_hour, " per unit and hour"),
        (price.backup_month, " a month for backups"),
        (price.per_iops_month, " per IOPS and month beyond"),
        (price.per_mib_s_month, " per MiB/s and month beyond"),
        (price.per_million_ios, " per million operations"),
    ];
    let stated = all.into_iter().filter_map(|(amount, unit)| {
        amount.map(|amount| {
            // A unit price may be far below a cent.
            let amount = if amount.0 != 0.0 && amount.0 < 1.0 {
                format!("{} {}", figures::number(amount.0), price.currency)
            } else {
                figures::money(amount, &price.currency)
            };
            format!("{amount}{unit}")
        })
    });
    let promised = price.commitments.iter().map(|one| {
        let month = figures::money(one.by_month(), &price.currency);
        format!("{month} a month if promised for {} months", one.months)
    });
    stated.chain(promised).collect::<Vec<_>>().join(", ")
}
