//! What a provider charges beside an offer: addresses, gateways, clusters, each to be asked for.

use model::catalog::{Extra, Offer, Per};
use model::plan::{Component, Hosting};
use yew::prelude::*;

use super::super::Shown;
use super::disk::set;
use super::edits;
use crate::state::Message;
use crate::widgets::format;

/// What can be asked for; none where the provider has nothing of the kind.
pub(super) fn beside(
    shown: &Shown,
    component: &Component,
    offer: &Offer,
    send: &Callback<Message>,
) -> Option<Html> {
    let provider = shown.catalog.provider_of(offer)?;
    provider.beside().next()?;
    Some(html! {
        <fieldset class="extra-charges">
            <legend class="field__label">{ t!("Charged beside") }</legend>
            { for provider.beside().map(|extra| one(shown, component, extra, send)) }
        </fieldset>
    })
}

fn one(shown: &Shown, component: &Component, extra: &Extra, send: &Callback<Message>) -> Html {
    let hosting = component.hosting.as_ref();
    let is_asked = hosting.is_some_and(|hosting| hosting.with.contains(&extra.id));
    let (set, id) = (set(component), extra.id.clone());
    let onchange = edits(send, move |_: Event| {
        let id = &id;
        set(&move |mut hosting: Hosting| {
            if is_asked {
                hosting.with.retain(|known| known != id);
            } else {
                hosting.with.push(id.clone());
            }
            hosting
        })
    });
    html! {
        <label key={extra.id.clone()} class="extra-charges__one" data-tooltip={extra.note.clone()} data-tooltip-side="start">
            <input type="checkbox" checked={is_asked} {onchange} />
            <span class="extra-charges__name">{ &extra.name }</span>
            <span class="extra-charges__price">{ price(shown, extra) }</span>
        </label>
    }
}

/// What it costs a month, for what, and for each gigabyte.
fn price(shown: &Shown, extra: &Extra) -> String {
    let Some(price) = &extra.price else {
        return t!("not priced").to_owned();
    };
    let currency = shown.currency();
    let month = price.by_month().map(|month| {
        let sum = format::price(month.0, currency);
        match extra.per {
            Some(Per::Instance) => t!("{sum} each", sum),
            Some(Per::Zone) => t!("{sum} a zone", sum),
            Some(Per::Region) => t!("{sum} a region", sum),
            Some(Per::Component) | None => t!("{sum} in all", sum),
        }
    });
    let per_gb = price
        .per_gb
        .map(|per_gb| t!("{sum} a GB", sum = format::unit_price(per_gb.0, currency)));
    let parts: Vec<String> = month.into_iter().chain(per_gb).collect();
    parts.join(" + ")
}
