//! How far a way reaches beyond the peak, what gives way first, and what the next step costs; the bar is how much
//! of it the peak takes.

use model::evaluate::Evaluation;
use model::four_ways::{GrowthStep, Headroom, NextStep, Way};
use yew::prelude::*;

use super::super::Shown;
use super::super::foremost::tightest;
use super::super::words::resource_words;
use super::bar;
use super::stands::hosted_on;
use crate::widgets::format;

/// What the plan carries now.
pub(super) fn now(evaluation: &Evaluation) -> String {
    let capacity = tightest(evaluation).and_then(|journey| journey.capacity);
    capacity.map_or_else(
        || t!("now without a limit").to_owned(),
        |capacity| t!("now {rate}", rate = format::rate(capacity.0)),
    )
}

/// A way's headroom: what it carries, what gives way first, and what lies beyond.
pub(super) fn reach(shown: &Shown, way: &Way) -> Html {
    let Some(found) = &way.headroom else {
        return html! {
            <p class="ways__figure"><span class="ways__value">{ t!("No limit") }</span>{ " " }<span class="ways__unit">{ t!("that is known") }</span></p>
        };
    };
    let carries = format::rate(found.carries.0);
    let unit = t!("requests/s");
    let mut journeys = way.evaluation.journeys.iter();
    let journey = journeys.find(|journey| journey.id == found.journey);
    let unit = match journey {
        Some(journey) if shown.evaluation.journeys.len() > 1 => {
            t!("{unit} of {name}", unit, name = journey.name)
        }
        _ => unit.to_owned(),
    };
    let factor = found.carries.0 / found.peak.0;
    let resource = resource_words(found.gives_way.resource);
    let name = shown.name(&found.gives_way.component);
    let what = if factor.is_finite() && factor > 0.0 {
        t!(
            "{times} the peak; the {resource} of {name} gives way first",
            times = format::times(factor),
            resource,
            name
        )
    } else {
        t!("the {resource} of {name} gives way first", resource, name)
    };
    html! {
        <>
            <p class="ways__figure">
                <span class="ways__value">{ carries.value }</span>
                { " " }
                <span class="ways__unit">{ unit }</span>
            </p>
            { bar(way.kind, (found.peak.0 / found.carries.0).min(1.0)) }
            <p class="ways__said">{ what }</p>
            <p class="ways__beyond">
                <span class="ways__beyond-word">{ t!("Beyond that:") }</span>{ " " }
                { beyond(shown, way, found) }
            </p>
        </>
    }
}

fn beyond(shown: &Shown, way: &Way, found: &Headroom) -> String {
    let component = way.plan.component(&found.gives_way.component);
    let hosting = component.and_then(|component| component.hosting.as_ref());
    let offer = hosting.and_then(|hosting| hosting.offer.as_deref());
    let Some(next) = &found.next else {
        return match offer {
            Some(_) => {
                t!("neither one more of it nor a larger one here helps by itself.").to_owned()
            }
            None => t!("it is not yours to make larger.").to_owned(),
        };
    };
    let step = match &next.growth {
        GrowthStep::Instances(many) => hosted_on(shown, offer, *many as f64),
        GrowthStep::Offer(larger) => {
            let count = component.and_then(|component| component.instances);
            hosted_on(shown, Some(larger), count.unwrap_or(1.0))
        }
    };
    let carries = next.carries.map_or_else(
        || t!("no limit").to_owned(),
        |rate| format::rate(rate.0).to_string(),
    );
    t!(
        "{step} for {carries}, {price}.",
        step,
        carries,
        price = price(shown, next)
    )
}

/// What a step adds to the bill and to the work.
fn price(shown: &Shown, next: &NextStep) -> String {
    let money = |amount: f64| format::money(amount, shown.currency());
    let month = match next.cost_month {
        None => t!("at a price that is not known").to_owned(),
        Some(month) if month.0 >= 0.005 => t!("{sum} a month more", sum = money(month.0)),
        Some(month) if month.0 <= -0.005 => t!("{sum} a month less", sum = money(-month.0)),
        Some(_) => t!("at no more cost").to_owned(),
    };
    let once = next.cost_upfront.0;
    let month = if once >= 0.005 {
        t!("{month}, {sum} once", month, sum = money(once))
    } else {
        month
    };
    let days = next.work_month.0;
    if days >= 0.05 {
        t!(
            "{month} and {days} of work",
            month,
            days = format::days(days)
        )
    } else {
        month
    }
}
