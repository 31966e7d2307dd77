//! What is known of an offer beyond its size: charges, limits, its story, where the figures are from.

use model::catalog::{Offer, Price};
use yew::prelude::*;

use super::super::Shown;
use super::super::offer_facts::{changes, sources};
use crate::widgets::format;

/// Draws what is known beyond the size.
pub(super) fn details(shown: &Shown, offer: &Offer) -> Html {
    let provider = shown.catalog.provider_of(offer);
    let mut facts: Vec<(&str, String)> = Vec::new();
    if let Some(price) = &offer.price {
        facts.push(("Charged", charges(price, shown.currency()).join(", ")));
    }
    if let Some(listed) = offer
        .list_price
        .as_ref()
        .filter(|listed| listed.currency != shown.currency())
    {
        facts.push(("Published as", charges(listed, &listed.currency).join(", ")));
    }
    let mut fact = |name, value: Option<String>| {
        if let Some(value) = value {
            facts.push((name, value));
        }
    };
    fact("Region", offer.region.clone());
    fact(
        "Disk operations",
        offer.iops.map(|reads| match offer.write_iops {
            Some(writes) => format!(
                "{} reads, {} writes a second",
                format::short(reads),
                format::short(writes)
            ),
            None => format!("{} a second", format::short(reads)),
        }),
    );
    fact(
        "Traffic included",
        offer
            .transfer_gb
            .map(|gb| format!("{} GB a month", format::short(gb))),
    );
    fact(
        "Measured",
        offer.measured.and_then(|measured| {
            Some(format!(
                "{} static pages a second at least",
                format::short(measured.static_web_1k_rps?)
            ))
        }),
    );
    fact(
        "Promised",
        offer
            .sla_percent
            .map(|percent| format!("{} % a month", format::exact(percent))),
    );
    fact(
        "Ready after",
        offer
            .provision_seconds
            .map(|seconds| format!("about {}", format::duration(seconds))),
    );
    fact(
        "Limits",
        offer.limits.and_then(|limits| {
            let parts: Vec<String> = [
                limits
                    .object_gb
                    .map(|gb| format!("objects up to {} GB", format::short(gb))),
                limits.minimum_days.map(|days| {
                    format!(
                        "each object is charged for {} days at least",
                        format::short(days)
                    )
                }),
            ]
            .into_iter()
            .flatten()
            .collect();
            (!parts.is_empty()).then(|| parts.join(", "))
        }),
    );
    fact(
        "Way out",
        provider
            .filter(|provider| !provider.exit_options.is_empty())
            .map(|provider| format::list(&provider.exit_options)),
    );
    html! {
        <div class="offer-details">
            <dl class="facts">
                { for facts.iter().map(|(name, value)| html! {
                    <div class="facts__row" key={*name}><dt>{ *name }</dt><dd>{ value }</dd></div>
                }) }
            </dl>
            <div class="slot">{ for changes(shown, offer) }</div>
            <ul class="offer-details__story">
                { for provider.iter().flat_map(|provider| &provider.history).enumerate().map(|(index, event)| html! {
                    <li key={index}><strong>{ format::date(&event.date.to_string()) }</strong>{ " " }{ &event.what }</li>
                }) }
            </ul>
            <p class="slot">{ for offer.note.iter().map(|note| html! { <span class="offer-details__note">{ note }</span> }) }</p>
            { sources(shown, offer) }
        </div>
    }
}

/// Everything that a price charges for.
fn charges(price: &Price, currency: &str) -> Vec<String> {
    if price.is_free() {
        return vec!["nothing".to_owned()];
    }
    [
        (price.month, "a month"),
        (price.per_hour, "an hour"),
        (price.upfront, "once"),
        (price.minimum_month, "a month at least"),
        (price.per_gb_month, "per GB a month"),
        (price.per_gb, "per GB processed"),
        (price.per_gb_out, "per GB sent"),
        (price.per_million_requests, "per million requests"),
        (price.per_million_reads, "per million reads"),
        (price.per_million_writes, "per million writes"),
        (price.per_unit_hour, "per unit and hour"),
        (price.per_vcpu_second, "per vCPU and second"),
        (price.per_gib_second, "per GiB and second"),
        (price.backup_month, "a month for backups"),
    ]
    .into_iter()
    .filter_map(|(amount, unit)| {
        Some(format!(
            "{} {unit}",
            format::unit_price(amount?.0, currency)
        ))
    })
    .chain(price.commitments.iter().map(|one| {
        format!(
            "{} a month if promised for {} months",
            format::price(one.by_month().0, currency),
            format::short(one.months)
        )
    }))
    .collect()
}
