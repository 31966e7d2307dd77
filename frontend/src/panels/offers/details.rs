//! What is known of an offer beyond its size: charges, limits, its story, where the figures are from.

use model::catalog::{Limits, Offer, Price};
use yew::prelude::*;

use super::super::Shown;
use super::super::offer_facts::{changes, sources};
use crate::texts::{fill, say};
use crate::widgets::format;

/// Draws what is known beyond the size.
pub(super) fn details(shown: &Shown, offer: &Offer) -> Html {
    let provider = shown.catalog.provider_of(offer);
    let mut facts: Vec<(&str, String)> = Vec::new();
    if let Some(price) = &offer.price {
        facts.push((t!("Charged"), charges(price, shown.currency()).join(", ")));
    }
    if let Some(listed) = offer
        .list_price
        .as_ref()
        .filter(|listed| listed.currency != shown.currency())
    {
        facts.push((
            t!("Published as"),
            charges(listed, &listed.currency).join(", "),
        ));
    }
    let mut fact = |name, value: Option<String>| {
        if let Some(value) = value {
            facts.push((name, value));
        }
    };
    fact(t!("Region"), offer.region.clone());
    fact(
        t!("Disk operations"),
        offer.iops.map(|reads| match offer.write_iops {
            Some(writes) => t!(
                "{reads} reads, {writes} writes a second",
                reads = format::short(reads),
                writes = format::short(writes)
            ),
            None => t!("{reads} a second", reads = format::short(reads)),
        }),
    );
    fact(
        t!("Traffic included"),
        offer
            .transfer_gb
            .map(|gb| t!("{gb} GB a month", gb = format::short(gb))),
    );
    fact(
        t!("Measured"),
        offer.measured.and_then(|measured| {
            Some(t!(
                "{pages} static pages a second at least",
                pages = format::short(measured.static_web_1k_rps?)
            ))
        }),
    );
    fact(
        t!("Promised"),
        offer
            .sla_percent
            .map(|percent| t!("{percent} % a month", percent = format::exact(percent))),
    );
    fact(
        t!("Ready after"),
        offer
            .provision_seconds
            .map(|seconds| t!("about {time}", time = format::duration(seconds))),
    );
    fact(t!("Limits"), offer.limits.and_then(limits));
    fact(
        t!("Way out"),
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

/// Bounds of what an offer takes; none where it states none.
fn limits(limits: Limits) -> Option<String> {
    let object = limits
        .object_gb
        .map(|gb| t!("objects up to {gb} GB", gb = format::short(gb)));
    let days = limits.minimum_days.map(|days| {
        t!(
            "each object is charged for {days} days at least",
            days = format::short(days)
        )
    });
    let parts: Vec<String> = object.into_iter().chain(days).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// Everything that a price charges for.
fn charges(price: &Price, currency: &str) -> Vec<String> {
    if price.is_free() {
        return vec![t!("nothing").to_owned()];
    }
    [
        (price.month, text!("{sum} a month")),
        (price.per_hour, text!("{sum} an hour")),
        (price.upfront, text!("{sum} once")),
        (price.minimum_month, text!("{sum} a month at least")),
        (price.per_gb_month, text!("{sum} per GB a month")),
        (price.per_gb, text!("{sum} per GB processed")),
        (price.per_gb_out, text!("{sum} per GB sent")),
        (
            price.per_million_requests,
            text!("{sum} per million requests"),
        ),
        (price.per_million_reads, text!("{sum} per million reads")),
        (price.per_million_writes, text!("{sum} per million writes")),
        (price.per_unit_hour, text!("{sum} per unit and hour")),
        (price.per_vcpu_second, text!("{sum} per vCPU and second")),
        (price.per_gib_second, text!("{sum} per GiB and second")),
        (price.backup_month, text!("{sum} a month for backups")),
    ]
    .into_iter()
    .filter_map(|(amount, words)| {
        let sum = format::unit_price(amount?.0, currency);
        Some(fill(say(words), &[("sum", &sum)]))
    })
    .chain(price.commitments.iter().map(|one| {
        t!(
            "{sum} a month if promised for {months} months",
            sum = format::price(one.by_month().0, currency),
            months = format::short(one.months)
        )
    }))
    .collect()
}
