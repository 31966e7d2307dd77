//! Where a component runs: the kind of hosting, the provider, the offer with its price, date and source.

use std::rc::Rc;

use model::catalog::{Need, Offer, OfferKind, Status};
use model::commands::{SetCatalogue, SetHosting};
use model::order::Order as _;
use model::plan::{Component, Hosting, HostingKind, Id};
use yew::prelude::*;

use super::super::Shown;
use super::super::hosting_edits::{host_on, move_to};
use super::super::offer_facts::{badges, changes, full_name, kind_segments, size_words, sources};
use super::super::words::{month_price, price_words};
use super::beside::beside;
use super::promised::promised;
use super::{edits, section};
use crate::browser::clock;
use crate::state::{Message, Overlay};
use crate::texts::say;
use crate::widgets::format;
use crate::widgets::icon::{Size, icon};
use crate::widgets::number_field::NumberField;
use crate::widgets::radio_list::{Choice, RadioList};
use crate::widgets::segmented::Segmented;
use crate::widgets::select::Select;

/// Draws where a component runs.
pub(super) fn hosting(shown: &Shown, component: &Component, send: &Callback<Message>) -> Html {
    let catalog = &shown.catalog;
    let chosen = component.hosting.clone().unwrap_or_default();
    let current = chosen.offer.as_deref().and_then(|id| catalog.offer(id));
    let kind = chosen
        .kind
        .or(current.and_then(|offer| offer.kind.hosting()));
    let on_kind = {
        let (component, catalog) = (component.clone(), Rc::clone(catalog));
        edits(send, move |id: AttrValue| {
            let kind = HostingKind::from_id(&id).unwrap_or(HostingKind::Vps);
            move_to(&catalog, &component, kind, None)
        })
    };
    let aside = match kind {
        None => Some(t!("not chosen yet").to_owned()),
        Some(_) => None,
    };
    section(
        "hosting",
        t!("Hosting"),
        aside,
        html! {
            <>
                <Segmented
                    label={t!("Hosting kind")}
                    segments={kind_segments().collect::<Vec<_>>()}
                    chosen={kind.map(|kind| AttrValue::from(kind.id()))}
                    on_choose={on_kind}
                />
                <div class="slot">{ for successors(shown, component, send) }</div>
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
    let catalog = &shown.catalog;
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
                { t!("No offer of this kind is in the catalogue for it; it is computed on a reference machine. {name} stays chosen.", name = say(kind.name())) }
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
        let (component, catalog) = (component.clone(), Rc::clone(catalog));
        edits(send, move |id: AttrValue| {
            move_to(&catalog, &component, kind, Some(&id))
        })
    };
    let mut options = providers;
    if provider.is_empty() {
        options.insert(0, (AttrValue::default(), t!("Choose").into()));
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
        let (component, catalog) = (component.clone(), Rc::clone(catalog));
        edits(send, move |id: AttrValue| {
            host_on(&catalog, &component, kind, Some(id.to_string()))
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
                label: t!("Provider").into(),
                options,
                chosen: provider.clone().into(),
                on_choose: on_provider,
                ..Select::default()
            }.draw() }
            <div class="offers__box">
                <RadioList
                    label={t!("Offer")}
                    class="offers"
                    choice_class="offer"
                    {choices}
                    chosen={chosen.offer.clone().map(AttrValue::from)}
                    on_choose={on_offer}
                />
                <div class="slot">
                    { for (hidden > 0).then(|| html! {
                        <button type="button" class="offer__more" onclick={on_more}>
                            { tn!(offers.len(); "All {count} offers", "All {count} offers") }
                        </button>
                    }) }
                </div>
            </div>
            <button type="button" class="button offers__browse" onclick={browse(send)}>
                { icon("search", Size::Normal) }
                <span>{ t!("Browse and compare all") }</span>
            </button>
            <div class="slot">{ for current.map(|offer| source(shown, offer)) }</div>
            <div class="slot">{ for current.and_then(|offer| own_price(shown, offer, send)) }</div>
            <div class="slot">{ for current.and_then(|offer| promised(shown, &component, offer, send)) }</div>
            <div class="slot">{ for current.and_then(|offer| beside(shown, &component, offer, send)) }</div>
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
    let name = if with_provider {
        full_name(shown, offer)
    } else {
        offer.name.clone()
    };
    html! {
        <>
            <span class="offer__name">{ name }</span>
            <span class="offer__price">{ price }</span>
            <span class="offer__facts">{ facts(offer) }</span>
            <span class="offer__unit">{ unit }</span>
        </>
    }
}

/// Its size, and whether it is of the past.
fn facts(offer: &Offer) -> String {
    let mut parts = vec![size_words(offer)];
    match offer.status {
        Status::Active | Status::Renamed => {}
        Status::Legacy | Status::Sustaining => parts.push(t!("superseded").to_owned()),
        Status::Retired => parts.push(t!("no longer sold").to_owned()),
        Status::HistoricalPrice => parts.push(t!("old price").to_owned()),
    }
    parts.retain(|part| !part.is_empty());
    parts.join(" · ")
}

/// Where the price is from, whether it is old, and how it changed.
fn source(shown: &Shown, offer: &Offer) -> Html {
    html! {
        <div class="offer-source">
            <p class="offer-source__badges">
                { for badges(offer, clock::today()).into_iter().map(|(severity, words)| html! {
                    <span key={words.clone()} class={format!("tag severity--{severity}")}>{ words }</span>
                }) }
            </p>
            { sources(shown, offer) }
            <div class="slot">{ for changes(shown, offer) }</div>
            <p class="slot">{ for offer.note.iter().map(|note| html! { <span class="offer-source__note">{ note }</span> }) }</p>
        </div>
    }
}

fn browse(send: &Callback<Message>) -> Callback<MouseEvent> {
    send.reform(|_| Message::Open(Overlay::Offers))
}

/// The price that the plan keeps for an offer, in place of the catalogue's; none where it is not charged by the month.
fn own_price(shown: &Shown, offer: &Offer, send: &Callback<Message>) -> Option<Html> {
    let listed = month_price(offer)?;
    let stamp = shown.plan.catalogue.clone().unwrap_or_default();
    let kept = stamp.price(&offer.id).map(|price| price.0);
    let version = shown.catalog.version.clone();
    let id = offer.id.clone();
    let on_change = edits(send, move |price: Option<f64>| {
        let mut next = stamp.clone();
        match price.and_then(serde_json::Number::from_f64) {
            Some(price) => {
                next.prices.insert(id.clone(), price.into());
                next.version.get_or_insert_with(|| version.clone());
            }
            None => {
                next.prices.shift_remove(&id);
            }
        }
        SetCatalogue {
            catalogue: Some(next),
        }
        .into()
    });
    Some(html! {
        <NumberField
            id="hosting-own-price"
            label={t!("Your price a month")}
            unit={shown.currency().to_owned()}
            value={kept}
            placeholder={format::short(listed)}
            min=0.0
            max=1e9
            explanation={t!("What one of it costs you, in place of the list price; it stays with the plan. Empty means the list price.")}
            {on_change}
        />
    })
}

/// What is said of an offer that cannot be found, or not be had any more, with what could take its place.
fn successors(shown: &Shown, component: &Component, send: &Callback<Message>) -> Option<Html> {
    /// No more than these are named; the browser has the rest.
    const NAMED: usize = 3;
    let catalog = &shown.catalog;
    let hosting = component.hosting.as_ref()?;
    let id = hosting.offer.as_deref()?;
    let offer = catalog.offer(id);
    let is_gone =
        offer.is_none_or(|offer| matches!(offer.status, Status::Retired | Status::HistoricalPrice));
    if !is_gone || catalog.providers.is_empty() {
        return None;
    }
    let stamp = shown.plan.catalogue.as_ref();
    let need = Need {
        component_type: &component.kind,
        kind: hosting
            .kind
            .map(OfferKind::from)
            .or(offer.map(|offer| offer.kind)),
        vcpu: offer.and_then(|offer| offer.vcpu),
        memory_gib: offer.and_then(|offer| offer.memory_gib),
        month: stamp
            .and_then(|stamp| Some(stamp.price(id)?.0))
            .or(offer.and_then(month_price)),
        id,
    };
    let words = match offer {
        None => t!(
            "\"{id}\" is not in the catalogue. It stays in the plan and counts as not chosen. Closest to what it was:",
            id
        ),
        Some(offer) => t!(
            "{name} can no longer be had. Closest to it:",
            name = offer.name
        ),
    };
    let currency = shown.currency();
    Some(html! {
        <div class="successors">
            <p class="inspector__text">{ words }</p>
            <ul class="successors__list">
                { for catalog.successors(&need).into_iter().take(NAMED).map(|offer| {
                    let (price, unit) = price_words(offer, currency);
                    let kind = offer.kind.hosting().unwrap_or(HostingKind::Vps);
                    let (component, id) = (component.clone(), offer.id.clone());
                    let catalog = Rc::clone(catalog);
                    let onclick = edits(send, move |_: MouseEvent| {
                        host_on(&catalog, &component, kind, Some(id.clone()))
                    });
                    html! {
                        <li key={offer.id.clone()}>
                            <button type="button" class="successors__one" data-successor={offer.id.clone()} {onclick}>
                                <span class="offer__name">{ full_name(shown, offer) }</span>
                                <span class="offer__price">{ price }</span>
                                <span class="offer__facts">{ size_words(offer) }</span>
                                <span class="offer__unit">{ unit }</span>
                            </button>
                        </li>
                    }
                }) }
            </ul>
        </div>
    })
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
    options.insert(0, (AttrValue::default(), t!("Not stated").into()));
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
            label: t!("Software").into(),
            options,
            chosen: chosen.into(),
            on_choose,
            ..Select::default()
        }.draw() }
    })
}

#[cfg(test)]
mod tests {
    use model::catalog::Catalog;

    use super::*;

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
