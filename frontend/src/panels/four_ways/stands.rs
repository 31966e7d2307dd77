//! What stands where: a component's place in one way, and why.

use model::four_ways::{Mapping, Outcome, Way};
use model::plan::Component;
use yew::prelude::*;

use super::super::Shown;
use super::super::words::resource_words;
use crate::texts;
use crate::widgets::format;
use crate::widgets::severity::{Weight, tag};

/// A component in one way.
pub(super) fn stands(shown: &Shown, way: &Way, mapping: &Mapping, says_why: bool) -> Html {
    let now = shown.plan.component(&mapping.component);
    let word = match mapping.outcome {
        Outcome::Fits => None,
        Outcome::More => Some((Weight::Info, t!("more of it"))),
        Outcome::Stays => Some((Weight::Medium, t!("stays as it is"))),
        Outcome::OwnWork => Some((Weight::Medium, t!("you run it"))),
        Outcome::NotHosted => Some((Weight::Medium, t!("hosted nowhere"))),
    };
    let is_as_now = word.is_none()
        && now.is_some_and(|now| {
            offer_of(now) == mapping.offer.as_deref()
                && now.instances.unwrap_or(1.0) == mapping.instances as f64
        });
    let evaluated = way.evaluation.components.get(&mapping.component);
    let month = match evaluated.and_then(|component| component.cost_month) {
        Some(month) => t!(
            "{sum} a month",
            sum = format::money(month.0, shown.currency())
        ),
        None => t!("not priced").to_owned(),
    };
    let busy = mapping
        .busiest
        .filter(|(_, share)| *share >= 0.0005)
        .map(|(resource, share)| {
            format!("{} {}", resource_words(resource), format::percent(share))
        });
    let facts: Vec<String> = [Some(month), busy].into_iter().flatten().collect();
    html! {
        <>
            <p class="ways__offer">
                { hosted_on(shown, mapping.offer.as_deref(), mapping.instances as f64) }
                <span class="slot">{ for is_as_now.then(|| html! { <span class="ways__as-now">{ t!("as now") }</span> }) }</span>
            </p>
            <p class="ways__facts">{ facts.join(" · ") }</p>
            <p class="ways__word">{ for word.map(|(weight, word)| tag(weight, word)) }</p>
            <p class="ways__why">{ for (says_why || word.is_some()).then(|| texts::words(&mapping.why)) }</p>
        </>
    }
}

/// The name of an offer and how many of it there are.
pub(super) fn hosted_on(shown: &Shown, offer: Option<&str>, instances: f64) -> String {
    let Some(id) = offer else {
        return t!("Hosted nowhere yet").to_owned();
    };
    let name = shown
        .catalog
        .offer(id)
        .map_or_else(|| id.to_owned(), |offer| offer.name.clone());
    if instances > 1.0 {
        format!("{} × {name}", format::short(instances))
    } else {
        name
    }
}

/// The offer that a component has.
pub(super) fn offer_of(component: &Component) -> Option<&str> {
    component.hosting.as_ref()?.offer.as_deref()
}
