//! The prices of the plan: their currency and rate, those that it keeps, what the catalogue has newer, own offers.

use model::catalog::{OWN_OFFERS, PriceChange, PriceState};
use model::commands::{Command, SetCatalogue};
use model::plan::{CatalogueStamp, HostingKind, OwnOffer};
use yew::prelude::*;

use super::super::Shown;
use super::{edits, section};
use crate::state::Message;
use crate::texts::say;
use crate::widgets::button::{Button, Look};
use crate::widgets::disclosure::disclosure;
use crate::widgets::format;
use crate::widgets::icon::{Size, icon};
use crate::widgets::number_field::NumberField;
use crate::widgets::select::Select;
use crate::widgets::text_field::TextField;

/// Draws the prices of the plan.
pub(super) fn prices(shown: &Shown, send: &Callback<Message>) -> Html {
    let catalog = &shown.catalog;
    let state = catalog.price_state(&shown.plan);
    let aside = t!("of {date}", date = format::date(&catalog.version));
    section(
        "prices",
        t!("Prices"),
        (!catalog.version.is_empty()).then_some(aside),
        html! {
            <>
                { currency(shown, send) }
                <div class="slot">{ for rate(shown, send) }</div>
                { kept(shown, state, send) }
                { own_offers(shown, send) }
            </>
        },
    )
}

fn stamp(shown: &Shown) -> CatalogueStamp {
    shown.plan.catalogue.clone().unwrap_or_default()
}

/// The edit that notes something else about the catalogue.
fn set(next: CatalogueStamp) -> Command {
    SetCatalogue {
        catalogue: Some(next),
    }
    .into()
}

fn currency(shown: &Shown, send: &Callback<Message>) -> Html {
    let catalog = &shown.catalog;
    let mut known: Vec<AttrValue> = vec![catalog.own_currency().to_owned().into()];
    let published = catalog.rates.iter().map(|rate| rate.currency.clone());
    let stated = stamp(shown);
    let chosen = AttrValue::from(shown.currency().to_owned());
    let all = published
        .chain(stated.rates.keys().cloned())
        .map(AttrValue::from)
        .chain([chosen.clone()]);
    for currency in all {
        if !known.contains(&currency) {
            known.push(currency);
        }
    }
    let own = catalog.own_currency().to_owned();
    let on_choose = edits(send, move |currency: AttrValue| {
        let currency = (*currency != *own).then(|| currency.to_string());
        set(CatalogueStamp {
            currency,
            ..stated.clone()
        })
    });
    Select {
        id: "prices-currency".into(),
        label: t!("Currency").into(),
        options: known
            .into_iter()
            .map(|currency| (currency.clone(), currency))
            .collect(),
        chosen,
        on_choose,
        ..Select::default()
    }
    .draw()
}

/// What one unit of the plan's currency is worth; none for the catalogue's own.
fn rate(shown: &Shown, send: &Callback<Message>) -> Option<Html> {
    let catalog = &shown.catalog;
    let currency = shown.currency().to_owned();
    if currency == catalog.own_currency() || catalog.version.is_empty() {
        return None;
    }
    let published = catalog.rates.iter().find(|rate| rate.currency == currency);
    let stated = stamp(shown);
    let value = stated
        .rates
        .get(&currency)
        .and_then(serde_json::Value::as_f64);
    let origin = published.map_or_else(
        || t!("nobody publishes one here").to_owned(),
        |rate| format!("{}, {}", format::date(&rate.date.to_string()), rate.title),
    );
    let id = currency.clone();
    let on_change = edits(send, move |rate: Option<f64>| {
        let mut next = stated.clone();
        match rate.and_then(serde_json::Number::from_f64) {
            Some(rate) => {
                next.rates.insert(id.clone(), rate.into());
            }
            None => {
                next.rates.shift_remove(&id);
            }
        }
        set(next)
    });
    Some(html! {
        <div class="inspector__fields">
            <NumberField
                id="prices-rate"
                label={t!("1 {currency} is worth", currency)}
                unit={catalog.own_currency().to_owned()}
                {value}
                placeholder={published.map(|rate| format::exact(rate.rate)).unwrap_or_default()}
                min=0.000_001
                max=1e6
                explanation={t!("The rate that the catalogue's prices are converted at. Empty means the published one.")}
                {on_change}
            />
            <p class="inspector__text">{ t!("Published rate: {origin}.", origin) }</p>
        </div>
    })
}

/// The prices that the plan keeps, and what the catalogue has newer.
fn kept(shown: &Shown, state: PriceState, send: &Callback<Message>) -> Html {
    let changes = shown.catalog.price_changes(&shown.plan);
    let count = stamp(shown).prices.len();
    let since = stamp(shown).version.map(|version| format::date(&version));
    let words = match (state, since) {
        (PriceState::Following, _) => {
            t!("The plan follows the catalogue: its figures change when prices do.").to_owned()
        }
        (PriceState::Kept, None) => tn!(
            count;
            "The plan keeps {count} price.",
            "The plan keeps {count} prices."
        ),
        (PriceState::Kept, Some(date)) => tn!(
            count;
            "The plan keeps {count} price of {date}.",
            "The plan keeps {count} prices of {date}.",
            date
        ),
        (PriceState::Outdated, None) => tn!(
            count;
            "The catalogue has newer prices than the {count} price that the plan keeps.",
            "The catalogue has newer prices than the {count} prices that the plan keeps."
        ),
        (PriceState::Outdated, Some(date)) => tn!(
            count;
            "The catalogue has newer prices than the {count} price that the plan keeps of {date}.",
            "The catalogue has newer prices than the {count} prices that the plan keeps of {date}.",
            date
        ),
    };
    let is_outdated = state == PriceState::Outdated;
    let frozen = shown.catalog.frozen(&shown.plan);
    let on_keep = edits(send, {
        let frozen = frozen.clone();
        move |()| set(frozen.clone())
    });
    let following = CatalogueStamp {
        prices: serde_json::Map::new(),
        version: None,
        ..stamp(shown)
    };
    let on_follow = edits(send, move |()| set(following.clone()));
    let can_keep = frozen != stamp(shown) && !shown.catalog.version.is_empty();
    html! {
        <div class={classes!("kept-prices", is_outdated.then_some("kept-prices--outdated"))}>
            <p class="kept-prices__state" role="status">
                <span class="slot">{ for is_outdated.then(|| icon("info", Size::Normal)) }</span>
                <span>{ words }</span>
            </p>
            <div class="slot">{ for (!changes.is_empty()).then(|| difference(shown, &changes)) }</div>
            <div class="kept-prices__actions">
                <span class="slot">{ for can_keep.then(|| Button {
                    label: match state {
                        PriceState::Following => t!("Keep today's prices"),
                        PriceState::Kept | PriceState::Outdated => t!("Update to the catalogue's"),
                    }.into(),
                    look: if is_outdated { Look::Accent } else { Look::Plain },
                    small: true,
                    on_click: on_keep,
                    ..Button::default()
                }.draw()) }</span>
                <span class="slot">{ for (count > 0).then(|| Button {
                    label: t!("Follow the catalogue").into(),
                    look: Look::Quiet,
                    small: true,
                    on_click: on_follow,
                    ..Button::default()
                }.draw()) }</span>
            </div>
        </div>
    }
}

/// Kept and present prices side by side.
fn difference(shown: &Shown, changes: &[PriceChange]) -> Html {
    let currency = shown.currency();
    html! {
        <table class="table">
            <caption class="visually-hidden">{ t!("Prices that the plan keeps, against the catalogue's") }</caption>
            <thead>
                <tr>
                    <th scope="col">{ t!("A month") }</th>
                    <th scope="col" class="table__number">{ t!("Kept") }</th>
                    <th scope="col" class="table__number">{ t!("Catalogue") }</th>
                </tr>
            </thead>
            <tbody>
                { for changes.iter().map(|change| {
                    let name = shown.catalog.offer(&change.offer).map_or(change.offer.as_str(), |offer| &offer.name);
                    let listed = change.listed.map_or_else(
                        || t!("not known").to_owned(),
                        |listed| format::price(listed.0, currency),
                    );
                    let by = change.listed.filter(|_| change.kept.0 > 0.0).map(|listed| {
                        let percent = (listed.0 / change.kept.0 - 1.0) * 100.0;
                        format!("{}{} %", if percent < 0.0 { "−" } else { "+" }, format::short(percent.abs()))
                    });
                    html! {
                        <tr key={change.offer.clone()}>
                            <th scope="row">{ name }</th>
                            <td class="table__number">{ format::price(change.kept.0, currency) }</td>
                            <td class="table__number">
                                { listed }
                                <span class="slot">{ for by.map(|by| html! { <span class="kept-prices__by">{ by }</span> }) }</span>
                            </td>
                        </tr>
                    }
                }) }
            </tbody>
        </table>
    }
}

/// What the plan brings along.
fn own_offers(shown: &Shown, send: &Callback<Message>) -> Html {
    let stated = stamp(shown);
    let aside = match stated.offers.len() {
        0 => t!("none").to_owned(),
        count => count.to_string(),
    };
    let on_add = edits(send, {
        let stated = stated.clone();
        move |()| {
            let mut next = stated.clone();
            next.offers.push(OwnOffer {
                id: fresh_id(&next.offers),
                name: t!("My machine").to_owned(),
                kind: Some(HostingKind::BareMetal),
                ..OwnOffer::default()
            });
            set(next)
        }
    });
    disclosure(
        t!("Your own offers"),
        &aside,
        !stated.offers.is_empty(),
        html! {
            <>
                <p class="inspector__text">{ t!("Machines, quotes and contracts that no catalogue has. They stay with the plan and stand in the list of offers.") }</p>
                <ul class="own-offers">
                    { for stated.offers.iter().enumerate().map(|(index, own)| own_offer(shown, index, own, send)) }
                </ul>
                { Button {
                    label: t!("Add an offer of your own").into(),
                    icon: Some("plus".into()),
                    small: true,
                    on_click: on_add,
                    ..Button::default()
                }.draw() }
            </>
        },
    )
}

/// An id that no own offer has yet.
fn fresh_id(offers: &[OwnOffer]) -> String {
    let mut number = offers.len() + 1;
    loop {
        let id = format!("{OWN_OFFERS}-{number}");
        if offers.iter().all(|own| own.id != id) {
            return id;
        }
        number += 1;
    }
}

fn own_offer(shown: &Shown, index: usize, own: &OwnOffer, send: &Callback<Message>) -> Html {
    let stated = stamp(shown);
    let number = |id: &str,
                  label: &'static str,
                  unit: String,
                  value,
                  write: fn(&mut OwnOffer, Option<f64>)| {
        let stated = stated.clone();
        let on_change = edits(send, move |value: Option<f64>| {
            let mut next = stated.clone();
            if let Some(own) = next.offers.get_mut(index) {
                write(own, value);
            }
            set(next)
        });
        html! {
            <NumberField
                id={format!("own-offer-{index}-{id}")}
                {label}
                {unit}
                {value}
                placeholder={t!("not known")}
                min=0.0
                max=1e9
                {on_change}
            />
        }
    };
    let text = |write: fn(&mut OwnOffer, String)| {
        let stated = stated.clone();
        edits(send, move |text: String| {
            let mut next = stated.clone();
            if let Some(own) = next.offers.get_mut(index) {
                write(own, text);
            }
            set(next)
        })
    };
    let on_kind = {
        let stated = stated.clone();
        edits(send, move |id: AttrValue| {
            let mut next = stated.clone();
            if let Some(own) = next.offers.get_mut(index) {
                own.kind = HostingKind::from_id(&id);
            }
            set(next)
        })
    };
    let on_remove = {
        let stated = stated.clone();
        edits(send, move |()| {
            let mut next = stated.clone();
            if index < next.offers.len() {
                next.offers.remove(index);
            }
            set(next)
        })
    };
    let currency = shown.currency().to_owned();
    html! {
        <li key={own.id.clone()} class="own-offer inspector__fields">
            <TextField label={t!("Name")} class="inspector__name" value={own.name.clone()} placeholder={own.id.clone()}
                on_change={text(|own, name| own.name = name)} />
            { Select {
                id: format!("own-offer-{index}-kind").into(),
                label: t!("Kind").into(),
                options: HostingKind::ALL.into_iter().map(|kind| (kind.id().into(), say(kind.name()).into())).collect(),
                chosen: own.kind.unwrap_or(HostingKind::Vps).id().into(),
                on_choose: on_kind,
                ..Select::default()
            }.draw() }
            { number("cores", t!("Cores"), String::new(), own.vcpu, |own, value| own.vcpu = value) }
            { number("memory", t!("Memory"), "GiB".to_owned(), own.memory_gib, |own, value| own.memory_gib = value) }
            { number("a-month", t!("A month"), currency.clone(), own.month, |own, value| own.month = value) }
            { number("at-first", t!("At first"), currency, own.upfront, |own, value| own.upfront = value) }
            <TextField label={t!("Source")} value={own.source.clone().unwrap_or_default()} placeholder={t!("Who says so")}
                on_change={text(|own, source| own.source = (!source.is_empty()).then_some(source))} />
            { Button {
                label: t!("Remove this offer").into(),
                icon: Some("trash".into()),
                look: Look::Danger,
                small: true,
                on_click: on_remove,
                ..Button::default()
            }.draw() }
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_offer_takes_an_id_that_is_free() {
        let own = |id: &str| OwnOffer {
            id: id.to_owned(),
            ..OwnOffer::default()
        };
        assert_eq!(fresh_id(&[]), "own-offers-1");
        assert_eq!(fresh_id(&[own("own-offers-2")]), "own-offers-3");
    }
}
