//! What an offer promises: how soon it is ready, how it is billed, what it speaks, and when money comes back.

use model::catalog::{Interface, Offer};
use model::plan::Component;
use model::units::HOURS_PER_MONTH;
use yew::prelude::*;

use super::super::Shown;
use super::super::words::{billing_words, interface_words};
use super::section;
use crate::widgets::format;

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
            t!("Ready after"),
            t!("about {time}", time = format::duration(seconds)),
        ));
    }
    if let Some(billing) = offer.billing {
        facts.push((t!("Billed"), billing_words(billing).to_owned()));
    }
    if let Some(region) = &offer.region {
        facts.push((t!("Region"), region.clone()));
    }
    facts.push((t!("Interface"), interface_words(offer.interface).to_owned()));
    if !offer.open_standards.is_empty() {
        facts.push((t!("Speaks"), format::list(&offer.open_standards)));
    }
    if offer.interface >= Interface::ProprietaryOperations && !offer.proprietary.is_empty() {
        facts.push((t!("Only here"), format::list(&offer.proprietary)));
    }
    Some(section(
        "promise",
        t!("What the offer promises"),
        None,
        html! {
            <>
                <div class="promise">
                    <p class="promise__rule">{ sla_words(offer) }</p>
                    <p class="promise__note">{ t!("A refund rule, not a forecast: the numbers here use how often such a service fails.") }</p>
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
            t!(
                "{percent} % a month: it may be out for {hours} before you get anything back.",
                percent = format::exact(percent),
                hours = format::hours(allowed)
            )
        }
        None => t!("No availability is promised in the contract, as far as we know.").to_owned(),
    }
}
