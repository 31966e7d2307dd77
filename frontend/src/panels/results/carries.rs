//! How many requests a second fit, and what is full first.

use model::analysis::capacity::Bottleneck;
use model::evaluate::{ComponentEvaluation, JourneyEvaluation, Resource};
use model::order::Order as _;
use model::plan::Component;
use yew::prelude::*;

use super::super::foremost::{is_squeezed_out, tightest};
use super::super::resource_meter::resource_meters;
use super::super::words::{resource_words, sentence_start};
use super::super::{Shown, name_of};
use super::{components, day, growth, lead, note, optional, part, text};
use crate::widgets::format;
use crate::widgets::meter::{Load, Meter};
use crate::widgets::severity::{Weight, tag};
use crate::widgets::table::{Column, Row, table};

/// Components with bars of their own; the table has them all.
const MOST: usize = 24;
/// From this share on a fixed number of users mostly waits.
const FULL: f64 = 0.9;

pub(super) fn carries(shown: &Shown, as_table: bool) -> Html {
    html! {
        <>
            { lead(&summary(shown)) }
            <div class={if as_table { "results__group" } else { "results__columns" }}>
                <div class="results__group">
                    <div class="slot">{ if as_table { journey_table(shown) } else { journeys(shown) } }</div>
                    <div class="slot">{ if as_table { component_table(shown) } else { resources(shown) } }</div>
                </div>
                <div class="results__group">
                    { growth::growth(shown, as_table) }
                    { day::day(shown, as_table) }
                </div>
            </div>
            { note(t!("A component carries instances × servers ÷ service time, or less where another of its resources is full before. A journey carries what the first full resource on its way allows.")) }
        </>
    }
}

/// The journey that comes closest to what fits, and what gives way first.
fn summary(shown: &Shown) -> String {
    let tightest =
        tightest(&shown.evaluation).and_then(|journey| Some((journey, journey.capacity?)));
    let Some((journey, capacity)) = tightest else {
        return t!("Nothing on the way of a request can run full.").to_owned();
    };
    let (peak, fits) = (
        format::rate(journey.arrival_rate.0),
        format::rate(capacity.0),
    );
    let name = &journey.name;
    let (first, then) = if let Some(users) = users(journey) {
        let busy = journey.bottleneck.as_ref().zip(busy_share(journey));
        let busy = busy.map(|(first, share)| {
            let place = sentence_start(&place(shown, first));
            t!("{place} is {share} busy.", place, share)
        });
        let come = t!(
            "{users} of {name} come to {peak}: they wait for each answer before they ask again.",
            users,
            name,
            peak
        );
        (come, busy)
    } else if is_squeezed_out(journey) {
        let first = journey.bottleneck.as_ref().map_or_else(
            || t!("what it needs").to_owned(),
            |bottleneck| place(shown, bottleneck),
        );
        let left = t!(
            "{name} asks for {peak} at the peak, and nothing is left for it: the others alone fill {first}.",
            name,
            peak,
            first
        );
        (left, None)
    } else if journey.saturated {
        let asks = t!(
            "{name} asks for {peak} at the peak, and {fits} fit.",
            name,
            peak,
            fits
        );
        (asks, full_first(shown, journey))
    } else {
        let has = t!(
            "{name} has {peak} at the peak, and {fits} fit.",
            name,
            peak,
            fits
        );
        (has, full_first(shown, journey))
    };
    match then {
        Some(then) => format!("{first} {then}"),
        None => first,
    }
}

/// What is full first, and when; none where nothing is.
fn full_first(shown: &Shown, journey: &JourneyEvaluation) -> Option<String> {
    let growth = &journey.growth;
    Some(match (&growth.saturates, growth.months_to_saturation) {
        (Some(first), Some(months)) if months > 0.0 && first.resource == Resource::Storage => {
            t!(
                "The data grows: {place} is full in {months}.",
                place = place(shown, first),
                months = format::months(months)
            )
        }
        (Some(first), Some(months)) if months > 0.0 => t!(
            "At {percent} % growth a month {place} is full in {months}.",
            percent = format::short(growth.percent_month),
            place = place(shown, first),
            months = format::months(months)
        ),
        _ => t!(
            "{place} is full first.",
            place = sentence_start(&place(shown, journey.bottleneck.as_ref()?))
        ),
    })
}

/// `the processor of Shop`.
pub(super) fn place(shown: &Shown, bottleneck: &Bottleneck) -> String {
    t!(
        "the {resource} of {name}",
        resource = resource_words(bottleneck.resource),
        name = shown.name(&bottleneck.component)
    )
}

/// `50 users`, where there is a fixed number of them: these wait instead of asking for more than fits.
pub(super) fn users(journey: &JourneyEvaluation) -> Option<String> {
    let users = journey.population.as_ref()?.users;
    Some(tn!(users; "{count} user", "{count} users"))
}

/// How much of what its bottleneck is good for a fixed number of users takes.
fn busy_share(journey: &JourneyEvaluation) -> Option<String> {
    let share = journey.population.as_ref()?.busy_share?;
    Some(format::percent(share))
}

/// How much of what fits the peak takes, from 0; 0 where nothing limits it.
fn load(journey: &JourneyEvaluation) -> f64 {
    match journey.capacity {
        Some(capacity) if capacity.0 > 0.0 => journey.arrival_rate / capacity,
        Some(_) => f64::INFINITY,
        None => 0.0,
    }
}

/// Each journey's peak against what fits.
fn journeys(shown: &Shown) -> Html {
    let rows = shown.evaluation.journeys.iter().map(|journey| {
        let peak = format::rate(journey.arrival_rate.0);
        if let Some(users) = users(journey) {
            let busy = busy_share(journey);
            let is_full = load(journey) >= FULL;
            return Meter {
                value: format!("{users}, {peak}"),
                load: if is_full { Load::Busy } else { Load::Plain },
                word: is_full.then_some((Weight::Medium, t!("they wait"))),
                note: match (&journey.bottleneck, busy) {
                    (Some(first), Some(busy)) => {
                        t!("{place} is {busy} busy", place = place(shown, first), busy)
                    }
                    _ => t!("nothing limits it").to_owned(),
                },
                ..Meter::of(&journey.name, load(journey))
            }
            .draw(journey.id.to_string());
        }
        let (value, note) = match (journey.capacity, &journey.bottleneck) {
            (Some(_), Some(bottleneck)) if is_squeezed_out(journey) => (
                t!("{peak}, nothing is left", peak),
                t!(
                    "the others alone fill {place}",
                    place = place(shown, bottleneck)
                ),
            ),
            (Some(capacity), Some(bottleneck)) => (
                t!("{peak} of {fits}", peak, fits = format::rate(capacity.0)),
                t!("first full: {place}", place = place(shown, bottleneck)),
            ),
            (Some(capacity), None) => (
                t!("{peak} of {fits}", peak, fits = format::rate(capacity.0)),
                String::new(),
            ),
            (None, _) => (peak.to_string(), t!("nothing limits it").to_owned()),
        };
        Meter {
            value,
            note,
            ..Meter::of(&journey.name, load(journey))
        }
        .draw(journey.id.to_string())
    });
    part(
        t!("The peak against what fits"),
        html! { <dl class="loads loads--wide">{ for rows }</dl> },
    )
}

/// Every resource of every component, the fullest component first.
fn resources(shown: &Shown) -> Html {
    let mut busy: Vec<(&Component, &ComponentEvaluation, f64)> = components(shown)
        .filter_map(|(component, evaluation)| {
            Some((component, evaluation, evaluation.busiest()?.1))
        })
        .collect();
    busy.order_by(|a, b| b.2.total_cmp(&a.2));
    let more = busy.len().saturating_sub(MOST);
    part(
        t!("How full everything is at the peak"),
        html! {
            <>
                <ul class="results__cards">
                    { for busy.iter().take(MOST).map(|(component, evaluation, _)| resources_of(shown, component, evaluation)) }
                </ul>
                <div class="slot">
                    { for (more > 0).then(|| note(&tn!(more; "{count} more stands in the table.", "{count} more stand in the table."))) }
                </div>
            </>
        },
    )
}

fn resources_of(shown: &Shown, component: &Component, evaluation: &ComponentEvaluation) -> Html {
    let is_first = shown.evaluation.journeys.iter().any(|journey| {
        journey
            .bottleneck
            .as_ref()
            .is_some_and(|bottleneck| bottleneck.component == component.id)
    });
    let mut used: Vec<_> = evaluation.resources.clone();
    used.order_by(|a, b| b.utilisation.total_cmp(&a.utilisation));
    let asked = match evaluation.capacity {
        Some(capacity) => t!(
            "{peak} of {fits}",
            peak = format::rate(evaluation.arrival_rate.0),
            fits = format::rate(capacity.0)
        ),
        None => format::rate(evaluation.arrival_rate.0).to_string(),
    };
    html! {
        <li class="results__card" key={component.id.as_str()}>
            <h4 class="results__name">
                { name_of(component) }
                <span class="slot">{ for is_first.then(|| tag(Weight::Info, t!("full first"))) }</span>
                <span class="results__aside">{ asked }</span>
            </h4>
            { resource_meters(evaluation, &used) }
        </li>
    }
}

fn journey_table(shown: &Shown) -> Html {
    let journeys: Vec<Row> = shown
        .evaluation
        .journeys
        .iter()
        .map(|journey| {
            let factor = journey
                .capacity
                .filter(|_| journey.arrival_rate.0 > 0.0 && journey.population.is_none())
                .map(|capacity| capacity / journey.arrival_rate);
            let full_first = journey.bottleneck.as_ref().map(|bottleneck| {
                let resource = resource_words(bottleneck.resource);
                format!("{}, {resource}", shown.name(&bottleneck.component))
            });
            Row {
                key: journey.id.to_string(),
                cells: vec![
                    text(&journey.name),
                    text(match users(journey) {
                        Some(users) => format!("{users}, {}", format::rate(journey.arrival_rate.0)),
                        None => format::rate(journey.arrival_rate.0).to_string(),
                    }),
                    optional(journey.capacity, |capacity| {
                        if is_squeezed_out(journey) {
                            t!("nothing is left").to_owned()
                        } else {
                            format::rate(capacity.0).to_string()
                        }
                    }),
                    optional(factor, format::times),
                    optional(full_first, |words| words),
                ],
            }
        })
        .collect();
    table(
        t!("Journeys"),
        &[
            Column::text(t!("Journey")),
            Column::number(t!("At the peak")),
            Column::number(t!("Carries")),
            Column::number(t!("Times the peak")),
            Column::text(t!("Full first")),
        ],
        &journeys,
        None,
    )
}

fn component_table(shown: &Shown) -> Html {
    let stations: Vec<Row> = components(shown)
        .filter(|(_, evaluation)| evaluation.busiest().is_some())
        .map(|(component, evaluation)| {
            let busiest = evaluation.busiest();
            Row {
                key: component.id.to_string(),
                cells: vec![
                    text(name_of(component)),
                    text(format::rate(evaluation.arrival_rate.0).to_string()),
                    text(format::duration(evaluation.service_time.value.0).to_string()),
                    text(format::short(evaluation.servers.value)),
                    optional(busiest, |(resource, share)| {
                        format!("{} {}", resource_words(resource), format::percent(share))
                    }),
                    optional(evaluation.capacity, |capacity| {
                        format::rate(capacity.0).to_string()
                    }),
                    text(if evaluation.saturated {
                        t!("more than {instances}", instances = evaluation.instances)
                    } else {
                        t!(
                            "{needed} of {instances}",
                            needed = evaluation.needed,
                            instances = evaluation.instances
                        )
                    }),
                ],
            }
        })
        .collect();
    table(
        t!("Components at the peak"),
        &[
            Column::text(t!("Component")),
            Column::number(t!("Visits")),
            Column::number(t!("Service time")),
            Column::number(t!("Servers each")),
            Column::number(t!("Busiest")),
            Column::number(t!("Carries")),
            Column::number(t!("Instances needed")),
        ],
        &stations,
        None,
    )
}
