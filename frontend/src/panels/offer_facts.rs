//! What panels say of an offer: its size, its badges, its sources, how its price changed.

use model::catalog::{Cpu, Date, Offer, OfferKind, PriceHistory, Status};
use model::plan::{Disk, HostingKind};
use yew::prelude::*;

use super::Shown;
use super::words::confidence_words;
use crate::texts::say;
use crate::widgets::format;
use crate::widgets::segmented::Segment;

/// The name of an offer's provider.
pub(super) fn provider_name(shown: &Shown, offer: &Offer) -> String {
    shown
        .catalog
        .provider_of(offer)
        .map_or_else(|| offer.provider.clone(), |provider| provider.name.clone())
}

/// An offer's name, after its provider's unless that stands in it already.
pub(super) fn full_name(shown: &Shown, offer: &Offer) -> String {
    let provider = provider_name(shown, offer);
    let first = provider.split([' ', '.', ',']).next().unwrap_or_default();
    if offer.name.contains(first) {
        offer.name.clone()
    } else {
        format!("{provider} {}", offer.name)
    }
}

/// Cores, memory and disk, as far as they are known.
pub(super) fn size_words(offer: &Offer) -> String {
    let mut parts = Vec::new();
    if let Some(vcpu) = offer.vcpu {
        let count = format::short(vcpu);
        parts.push(match (offer.kind == OfferKind::BareMetal, offer.cpu) {
            (true, Some(Cpu::Shared)) => t!("{count} cores shared", count),
            (true, Some(Cpu::Burstable)) => t!("{count} cores burstable", count),
            (true, _) => t!("{count} cores", count),
            (false, Some(Cpu::Shared)) => t!("{count} vCPU shared", count),
            (false, Some(Cpu::Burstable)) => t!("{count} vCPU burstable", count),
            (false, _) => t!("{count} vCPU", count),
        });
    }
    if let Some(memory) = offer.memory_gib {
        parts.push(format!("{} GiB", format::short(memory)));
    }
    if let Some(disk) = offer.disk_gb {
        let size = format::short(disk);
        parts.push(match offer.disk {
            Some(Disk::Local) => t!("{size} GB local", size),
            Some(Disk::Network) => t!("{size} GB network", size),
            Some(Disk::Ephemeral) => t!("{size} GB ephemeral", size),
            _ => t!("{size} GB", size),
        });
    }
    parts.join(" · ")
}

/// The class that brings a kind's colour and pattern.
pub(super) fn kind_class(kind: HostingKind) -> &'static str {
    match kind {
        HostingKind::BareMetal => "kind--bare_metal",
        HostingKind::Vps => "kind--vps",
        HostingKind::Iaas => "kind--iaas",
        HostingKind::Paas => "kind--paas",
    }
}

/// The kinds of hosting to choose from.
pub(super) fn kind_segments() -> impl Iterator<Item = Segment> {
    HostingKind::ALL.into_iter().map(|kind| Segment {
        value: kind.id().into(),
        label: say(kind.name()).into(),
        swatch: Some(kind_class(kind)),
    })
}

/// What stands on a badge beside an offer: that it is gone, or that its price is old.
pub(super) fn badges(offer: &Offer, today: Option<Date>) -> Vec<(&'static str, String)> {
    let mut badges = Vec::new();
    match offer.status {
        Status::Active => {}
        Status::Legacy => badges.push(("high", t!("For old customers only").to_owned())),
        Status::Sustaining => badges.push(("medium", t!("Repairs only").to_owned())),
        Status::Renamed => badges.push(("info", t!("Renamed").to_owned())),
        Status::Retired => badges.push(("high", t!("No longer sold").to_owned())),
        Status::HistoricalPrice => badges.push(("medium", t!("Price of the past").to_owned())),
    }
    let is_past = matches!(offer.status, Status::Retired | Status::HistoricalPrice);
    if let (Some(today), false) = (today, is_past)
        && offer.is_price_old(today)
    {
        let months = offer.price_age_days(today) / 30;
        let age = if months >= 24 {
            tn!(months / 12; "Price {count} year old", "Price {count} years old")
        } else {
            tn!(months; "Price {count} month old", "Price {count} months old")
        };
        badges.push(("medium", age));
    }
    badges
}

/// Where the figures are from.
pub(super) fn sources(shown: &Shown, offer: &Offer) -> Html {
    let date = format::date(&offer.date.to_string());
    let trust = confidence_words(offer.confidence);
    let words = if offer.price.is_some() {
        t!("Price of {date}, {trust}.", date, trust)
    } else {
        t!("Seen of {date}, {trust}.", date, trust)
    };
    html! {
        <>
            <p>{ words }</p>
            <ul class="offer-source__list">
                { for shown.catalog.sources_of(offer).enumerate().map(|(index, source)| {
                    let title = format!("{} ({})", source.title, format::date(&source.date.to_string()));
                    html! {
                        <li key={index}>
                            { if source.location.starts_with("https://") {
                                html! { <a href={source.location.clone()} rel="noopener noreferrer" target="_blank">{ title }</a> }
                            } else {
                                html! { <span>{ title }</span> }
                            } }
                        </li>
                    }
                }) }
            </ul>
        </>
    }
}

/// From the first price to the last: `+20 %`, `−50 %`, `as it was`.
fn change(history: &PriceHistory) -> String {
    let ends = (history.points.first(), history.points.last());
    let (Some(first), Some(last)) = ends else {
        return String::new();
    };
    let change = last.amount.0 / first.amount.0 - 1.0;
    match change {
        change if !change.is_finite() => t!("from nothing").to_owned(),
        change if change.abs() < 0.005 => t!("as it was").to_owned(),
        change if change > 0.0 => format!("+{}", format::percent(change)),
        change => format::percent(change),
    }
}

/// How the price of an offer changed; none where nothing was noted down.
pub(super) fn changes(shown: &Shown, offer: &Offer) -> Option<Html> {
    let histories: Vec<&PriceHistory> = shown
        .catalog
        .provider_of(offer)?
        .price_history
        .iter()
        .filter(|history| history.offer == offer.id && history.points.len() > 1)
        .collect();
    (!histories.is_empty()).then(|| {
        html! {
            <div class="price-history">
                { for histories.into_iter().map(|history| {
                    let points: Vec<String> = history
                        .points
                        .iter()
                        .map(|point| format!(
                            "{} ({})",
                            format::unit_price(point.amount.0, &history.currency),
                            format::date(&point.date.to_string()),
                        ))
                        .collect();
                    html! {
                        <p key={history.what.clone()}>
                            <span class="price-history__what">{ t!("What changed: {what}", what = history.what) }</span>
                            <span class="price-history__points">{ points.join(" → ") }{ ", " }{ change(history) }</span>
                        </p>
                    }
                }) }
            </div>
        }
    })
}
