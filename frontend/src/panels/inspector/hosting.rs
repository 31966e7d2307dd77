//! Where a component runs: the kind of hosting, the provider, the offer with its price, date and source.

use model::catalog::{Billing, Catalog, Cpu, Interface, Offer, OfferKind, Status};
use model::commands::{Command, SetHosting};
use model::order::Order as _;
use model::plan::{Component, Disk, Hosting, HostingKind, Id};
use model::units::HOURS_PER_MONTH;
use yew::prelude::*;

use super::super::Shown;
use super::super::words::{confidence_words, interface_words, month_price, price_words};
use super::{edits, section};
use crate::state::Message;
use crate::widgets::format;
use crate::widgets::radio_list::{Choice, RadioList};
use crate::widgets::segmented::{Segment, Segmented};
use crate::widgets::select::Select;

/// Draws where a component runs.
pub(super) fn hosting(shown: &Shown, component: &Component, send: &Callback<Message>) -> Html {
    let catalog = shown.catalog;
    let chosen = component.hosting.clone().unwrap_or_default();
    let current = chosen.offer.as_deref().and_then(|id| catalog.offer(id));
    let kind = chosen
        .kind
        .or(current.and_then(|offer| offer.kind.hosting()));
    let on_kind = {
        let component = component.clone();
        edits(send, move |id: AttrValue| {
            let kind = HostingKind::ALL
                .into_iter()
                .find(|kind| kind.id() == &*id)
                .unwrap_or(HostingKind::Vps);
            move_to(catalog, &component, kind, None)
        })
    };
    let aside = match kind {
        None => Some("not chosen yet".to_owned()),
        Some(_) => None,
    };
    let segments = HostingKind::ALL
        .into_iter()
        .map(|kind| Segment {
            value: kind.id().into(),
            label: kind.name().into(),
            swatch: Some(kind_class(kind)),
        })
        .collect::<Vec<_>>();
    section(
        "hosting",
        "Hosting",
        aside,
        html! {
            <>
                <Segmented
                    label="Hosting kind"
                    {segments}
                    chosen={kind.map(|kind| AttrValue::from(kind.id()))}
                    on_choose={on_kind}
                />
                <div class="slot">
                    { for kind.map(|kind| html! {
                        <Offers
                            key={kind.id()}
                            shown={shown.clone()}
                            id={component.id.clone()}
                            {kind}
                            send={send.clone()}
                        />
                    }) }
                </div>
            </>
        },
    )
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

/// The edit that moves a component to another kind or provider, onto the offer nearest to what it has.
pub(super) fn move_to(
    catalog: &Catalog,
    component: &Component,
    kind: HostingKind,
    provider: Option<&str>,
) -> Command {
    let before = component.hosting.clone().unwrap_or_default();
    let current = before.offer.as_deref().and_then(|id| catalog.offer(id));
    let offer = nearest(catalog, &component.kind, kind, provider, current);
    host_on(component, kind, offer.map(|offer| offer.id.clone()))
}

/// The edit that puts a component on an offer; what belongs to another kind of hosting is dropped.
fn host_on(component: &Component, kind: HostingKind, offer: Option<String>) -> Command {
    let before = component.hosting.clone().unwrap_or_default();
    let hosting = if before.kind == Some(kind) {
        Hosting { offer, ..before }
    } else {
        Hosting {
            kind: Some(kind),
            offer,
            software: before.software.filter(|_| kind != HostingKind::Paas),
            automated: before.automated,
            portable: before.portable,
            backup_interval_hours: before.backup_interval_hours,
            unknown: before.unknown,
            ..Hosting::default()
        }
    };
    SetHosting {
        component: component.id.clone(),
        hosting: Some(hosting),
    }
    .into()
}

/// The offer of a kind that is nearest to the present one: with a price of today; of the same provider; with as
/// many cores; then the cheapest. Only those of one provider where one is asked for.
fn nearest<'c>(
    catalog: &'c Catalog,
    component_type: &str,
    kind: HostingKind,
    provider: Option<&str>,
    current: Option<&Offer>,
) -> Option<&'c Offer> {
    let wish = provider.or(current.map(|offer| offer.provider.as_str()));
    let cores = current.and_then(|offer| offer.vcpu);
    let memory = current.and_then(|offer| offer.memory_gib);
    let distance = |wanted: Option<f64>, offered: Option<f64>| match (wanted, offered) {
        (Some(wanted), Some(offered)) if wanted > 0.0 && offered > 0.0 => {
            (offered / wanted).ln().abs()
        }
        (None, _) => 0.0,
        _ => 1.0,
    };
    let rank = |offer: &&Offer| {
        let elsewhere = wish.is_some_and(|wish| wish != offer.provider);
        let unpriced =
            offer.price.is_none() || !matches!(offer.status, Status::Active | Status::Renamed);
        let size = distance(cores, offer.vcpu) + 0.5 * distance(memory, offer.memory_gib);
        let price = month_price(offer).unwrap_or(0.0);
        (unpriced, elsewhere, size, price)
    };
    let offers = catalog
        .providers
        .iter()
        .flat_map(|provider| &provider.offers)
        .filter(|offer| offer.kind == OfferKind::from(kind) && offer.fits(component_type))
        .filter(|offer| provider.is_none_or(|provider| provider == offer.provider))
        .filter(|offer| offer.status != Status::Retired);
    offers.min_by(|a, b| {
        let (a, b) = (rank(a), rank(b));
        a.0.cmp(&b.0)
            .then(a.1.cmp(&b.1))
            .then(a.2.total_cmp(&b.2))
            .then(a.3.total_cmp(&b.3))
    })
}

#[derive(Properties, PartialEq)]
struct OffersProps {
    shown: Shown,
    id: Id,
    kind: HostingKind,
    send: Callback<Message>,
}

/// How many offers are in sight before all are asked for.
const FEW: usize = 4;

#[component]
fn Offers(props: &OffersProps) -> Html {
    let all = use_state_eq(|| false);
    let (shown, kind, send) = (&props.shown, props.kind, &props.send);
    let catalog = shown.catalog;
    let component = shown.plan.component(&props.id).cloned().unwrap_or_default();
    let chosen = component.hosting.clone().unwrap_or_default();
    let current = chosen.offer.as_deref().and_then(|id| catalog.offer(id));
    let fitting: Vec<&Offer> = catalog
        .offers_for(&component.kind, OfferKind::from(kind))
        .collect();
    let providers: Vec<(AttrValue, AttrValue)> = catalog
        .providers
        .iter()
        .filter(|provider| fitting.iter().any(|offer| offer.provider == provider.id))
        .map(|provider| (provider.id.clone().into(), provider.name.clone().into()))
        .collect();
    if providers.is_empty() {
        return html! {
            <p class="inspector__text">
                { format!("No offer of this kind is in the catalogue for it; it is computed on a reference machine. {} stays chosen.", kind.name()) }
            </p>
        };
    }
    let provider = current
        .map(|offer| offer.provider.clone())
        .unwrap_or_default();
    // The offer that was chosen when the list came up stays on top, so that choosing moves nothing.
    let first = use_memo(provider.clone(), |_| chosen.offer.clone());
    let offers = sorted(fitting, &provider, first.as_deref());
    let hidden = if *all {
        0
    } else {
        offers.len().saturating_sub(FEW)
    };
    let on_provider = {
        let component = component.clone();
        edits(send, move |id: AttrValue| {
            move_to(catalog, &component, kind, Some(&id))
        })
    };
    let mut options = providers;
    if provider.is_empty() {
        options.insert(0, (AttrValue::default(), "Choose".into()));
    }
    let choices: Vec<Choice> = offers
        .iter()
        .take(offers.len() - hidden)
        .map(|offer| Choice {
            value: offer.id.clone().into(),
            content: offer_words(shown, offer, provider.is_empty()),
        })
        .collect();
    let on_offer = {
        let component = component.clone();
        edits(send, move |id: AttrValue| {
            host_on(&component, kind, Some(id.to_string()))
        })
    };
    let on_more = {
        let all = all.clone();
        move |_: MouseEvent| all.set(true)
    };
    html! {
        <div class="inspector__fields">
            { Select {
                id: "hosting-provider".into(),
                label: "Provider".into(),
                options,
                chosen: provider.clone().into(),
                on_choose: on_provider,
                ..Select::default()
            }.draw() }
            <div class="offers__box">
                <RadioList
                    label="Offer"
                    class="offers"
                    choice_class="offer"
                    {choices}
                    chosen={chosen.offer.clone().map(AttrValue::from)}
                    on_choose={on_offer}
                />
                <div class="slot">
                    { for (hidden > 0).then(|| html! {
                        <button type="button" class="offer__more" onclick={on_more}>
                            { format!("All {} offers", offers.len()) }
                        </button>
                    }) }
                </div>
            </div>
            <div class="slot">{ for current.map(|offer| source(shown, offer)) }</div>
            <div class="slot">{ for software(shown, &component, kind, send) }</div>
        </div>
    }
}

/// Offers of one provider: `first` on top, then by price, those without a price last, and after them those of
/// the past.
fn sorted<'c>(fitting: Vec<&'c Offer>, provider: &str, first: Option<&str>) -> Vec<&'c Offer> {
    let is_first = |offer: &Offer| first == Some(&*offer.id);
    let mut offers: Vec<&Offer> = fitting
        .into_iter()
        .filter(|offer| provider.is_empty() || offer.provider == provider)
        .filter(|offer| offer.status != Status::Retired || is_first(offer))
        .collect();
    let is_past = |offer: &Offer| !matches!(offer.status, Status::Active | Status::Renamed);
    let price = |offer: &Offer| month_price(offer).unwrap_or(f64::MAX);
    offers.order_by(|a, b| {
        is_first(b)
            .cmp(&is_first(a))
            .then(is_past(a).cmp(&is_past(b)))
            .then(price(a).total_cmp(&price(b)))
    });
    offers
}

fn offer_words(shown: &Shown, offer: &Offer, with_provider: bool) -> Html {
    let (price, unit) = price_words(offer, shown.currency());
    let provider = shown.catalog.provider_of(offer).filter(|_| with_provider);
    let name = provider.map_or_else(
        || offer.name.clone(),
        |provider| format!("{} {}", provider.name, offer.name),
    );
    html! {
        <>
            <span class="offer__name">{ name }</span>
            <span class="offer__price">{ price }</span>
            <span class="offer__facts">{ size_words(offer) }</span>
            <span class="offer__unit">{ unit }</span>
        </>
    }
}

/// Cores, memory and disk, as far as they are known.
fn size_words(offer: &Offer) -> String {
    let mut parts = Vec::new();
    if let Some(vcpu) = offer.vcpu {
        let unit = if offer.kind == OfferKind::BareMetal {
            "cores"
        } else {
            "vCPU"
        };
        let shared = match offer.cpu {
            Some(Cpu::Shared) => " shared",
            Some(Cpu::Burstable) => " burstable",
            Some(Cpu::Dedicated) | None => "",
        };
        parts.push(format!("{} {unit}{shared}", format::short(vcpu)));
    }
    if let Some(memory) = offer.memory_gib {
        parts.push(format!("{} GiB", format::short(memory)));
    }
    if let Some(disk) = offer.disk_gb {
        let place = match offer.disk {
            Some(Disk::Local) => " local",
            Some(Disk::Network) => " network",
            Some(Disk::Ephemeral) => " ephemeral",
            _ => "",
        };
        parts.push(format!("{} GB{place}", format::short(disk)));
    }
    match offer.status {
        Status::Active | Status::Renamed => {}
        Status::Legacy | Status::Sustaining => parts.push("superseded".to_owned()),
        Status::Retired => parts.push("no longer sold".to_owned()),
        Status::HistoricalPrice => parts.push("old price".to_owned()),
    }
    parts.join(" · ")
}

/// Where the price is from.
fn source(shown: &Shown, offer: &Offer) -> Html {
    let what = if offer.price.is_some() {
        "Price"
    } else {
        "Seen"
    };
    let date = format::date(&offer.date.to_string());
    let trust = confidence_words(offer.confidence);
    html! {
        <div class="offer-source">
            <p>{ format!("{what} of {date}, {trust}.") }</p>
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
            <p class="slot">{ for offer.note.iter().map(|note| html! { <span class="offer-source__note">{ note }</span> }) }</p>
        </div>
    }
}

/// What runs on a machine of one's own.
fn software(
    shown: &Shown,
    component: &Component,
    kind: HostingKind,
    send: &Callback<Message>,
) -> Option<Html> {
    if kind == HostingKind::Paas {
        return None;
    }
    let mut options: Vec<(AttrValue, AttrValue)> = shown
        .catalog
        .offers_for(&component.kind, OfferKind::Software)
        .map(|offer| (offer.id.clone().into(), offer.name.clone().into()))
        .collect();
    if options.is_empty() {
        return None;
    }
    options.insert(0, (AttrValue::default(), "Not stated".into()));
    let chosen = component
        .hosting
        .as_ref()
        .and_then(|hosting| hosting.software.clone())
        .unwrap_or_default();
    let component = component.clone();
    let on_choose = edits(send, move |software: AttrValue| {
        let hosting = Hosting {
            software: (!software.is_empty()).then(|| software.to_string()),
            ..component.hosting.clone().unwrap_or_default()
        };
        SetHosting {
            component: component.id.clone(),
            hosting: Some(hosting),
        }
        .into()
    });
    Some(html! {
        { Select {
            id: "hosting-software".into(),
            label: "Software".into(),
            options,
            chosen: chosen.into(),
            on_choose,
            ..Select::default()
        }.draw() }
    })
}

/// What the offer promises; none where nothing is chosen.
pub(super) fn promise(shown: &Shown, component: &Component) -> Option<Html> {
    let offer = component
        .hosting
        .as_ref()
        .and_then(|hosting| hosting.offer.as_deref())
        .and_then(|id| shown.catalog.offer(id))?;
    let mut facts: Vec<(&str, String)> = Vec::new();
    if let Some(seconds) = offer.provision_seconds {
        facts.push((
            "Ready after",
            format!("about {}", format::duration(seconds)),
        ));
    }
    if let Some(billing) = offer.billing {
        facts.push(("Billed", billing_words(billing).to_owned()));
    }
    if let Some(region) = &offer.region {
        facts.push(("Region", region.clone()));
    }
    facts.push(("Interface", interface_words(offer.interface).to_owned()));
    if !offer.open_standards.is_empty() {
        facts.push(("Speaks", format::list(&offer.open_standards)));
    }
    if offer.interface >= Interface::ProprietaryOperations && !offer.proprietary.is_empty() {
        facts.push(("Only here", format::list(&offer.proprietary)));
    }
    Some(section(
        "promise",
        "What the offer promises",
        None,
        html! {
            <>
                <div class="promise">
                    <p class="promise__rule">{ sla_words(offer) }</p>
                    <p class="promise__note">{ "A refund rule, not a forecast: the numbers here use how often such a service fails." }</p>
                </div>
                <dl class="facts">
                    { for facts.iter().map(|(name, value)| html! {
                        <div class="facts__row" key={*name}><dt>{ *name }</dt><dd>{ value }</dd></div>
                    }) }
                </dl>
            </>
        },
    ))
}

fn sla_words(offer: &Offer) -> String {
    match offer.sla_percent {
        Some(percent) => {
            let allowed = (100.0 - percent).max(0.0) / 100.0 * HOURS_PER_MONTH;
            format!(
                "{} % a month: it may be out for {} before you get anything back.",
                format::exact(percent),
                format::hours(allowed)
            )
        }
        None => "No availability is promised in the contract, as far as we know.".to_owned(),
    }
}

fn billing_words(billing: Billing) -> &'static str {
    match billing {
        Billing::Monthly => "by the month",
        Billing::Hourly => "by the hour",
        Billing::PerSecond => "by the second",
        Billing::PerUse => "by use",
        Billing::OneOff => "once",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn component(kind: &str, offer: &str) -> Component {
        Component {
            id: "x".into(),
            kind: kind.to_owned(),
            hosting: Some(Hosting {
                kind: Some(HostingKind::Vps),
                offer: Some(offer.to_owned()),
                software: Some("self-postgresql".to_owned()),
                ..Hosting::default()
            }),
            ..Component::default()
        }
    }

    fn moved(component: &Component, kind: HostingKind, provider: Option<&str>) -> Hosting {
        match move_to(&Catalog::embedded(), component, kind, provider) {
            Command::SetHosting(SetHosting {
                hosting: Some(hosting),
                ..
            }) => hosting,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn another_kind_stays_with_the_provider_where_it_has_one() {
        let catalog = Catalog::embedded();
        let database = component("sql_database", "do-s-2vcpu-4gb");
        let hosting = moved(&database, HostingKind::Paas, None);
        let offer = catalog.offer(hosting.offer.as_deref().unwrap()).unwrap();
        assert_eq!(offer.provider, "digitalocean");
        assert!(offer.fits("sql_database") && offer.kind == OfferKind::Paas);
        assert_eq!(hosting.software, None);
    }

    #[test]
    fn elsewhere_it_lands_on_as_many_cores() {
        let catalog = Catalog::embedded();
        let database = component("sql_database", "linode-dedicated-2");
        let hosting = moved(&database, HostingKind::Paas, None);
        let offer = catalog.offer(hosting.offer.as_deref().unwrap()).unwrap();
        assert_eq!(offer.vcpu, Some(2.0));
        assert!(month_price(offer).is_some());
    }

    #[test]
    fn another_provider_is_taken_even_if_it_is_smaller() {
        let catalog = Catalog::embedded();
        let server = component("app_server", "linode-dedicated-2");
        let hosting = moved(&server, HostingKind::Vps, Some("hetzner"));
        let offer = catalog.offer(hosting.offer.as_deref().unwrap()).unwrap();
        assert_eq!(offer.provider, "hetzner");
        assert_eq!(hosting.software.as_deref(), Some("self-postgresql"));
    }

    #[test]
    fn the_present_offer_stands_first_and_the_rest_by_price() {
        let catalog = Catalog::embedded();
        let fitting = catalog.offers_for("app_server", OfferKind::Vps).collect();
        let offers = sorted(fitting, "linode", Some("linode-dedicated-2"));
        assert_eq!(offers[0].id, "linode-dedicated-2");
        let present = |offer: &&Offer| offer.status == Status::Active;
        let prices: Vec<f64> = offers[1..]
            .iter()
            .copied()
            .take_while(present)
            .filter_map(month_price)
            .collect();
        assert!(!prices.is_empty() && prices.is_sorted(), "{prices:?}");
        assert!(!offers[1 + prices.len()..].iter().any(present));
    }
}
