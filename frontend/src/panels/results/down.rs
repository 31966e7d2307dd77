//! How often nobody gets an answer, because of what, and what would help.

use model::evaluate::JourneyEvaluation;
use model::plan::{ASSUMPTIONS, Component};
use model::units::{HOURS_PER_MONTH, Probability};
use yew::prelude::*;

use super::super::Shown;
use super::super::words::{about_unless, in_sentence, most_down};
use super::fix_first::FixFirst;
use super::stops::Stops;
use super::{components, data, failures, lead, note, part, text};
use crate::state::Message;
use crate::texts::say;
use crate::widgets::button::Button;
use crate::widgets::format;
use crate::widgets::severity::{Weight, tag};
use crate::widgets::table::{Column, Row, table};

/// Journeys whose range is drawn.
const MOST: usize = 12;

/// Steps of growth that are told.
const MOST_STEPS: usize = 3;

/// The assumptions that a range comes from, each with the beginning of the events that it is about.
const DOUBTS: [(&str, &str); 4] = [
    ("failure_factor", ""),
    ("common_cause_fraction", "common_cause:"),
    ("repair_crews", "repair_queue:"),
    ("provider_unavailability", "place:"),
];

pub(super) fn down(shown: &Shown, send: &Callback<Message>) -> Html {
    let journeys = &shown.evaluation.journeys;
    html! {
        <>
            <div class="slot">{ for most_down(&shown.evaluation).map(|journey| lead(&sentence(journey))) }</div>
            <div class="slot">{ for (!journeys.is_empty()).then(|| ranges(shown, send)) }</div>
            <Stops shown={shown.clone()} send={send.clone()} />
            <FixFirst shown={shown.clone()} send={send.clone()} />
            { failures::failures(shown, send) }
            <div class="slot">{ for promises(shown) }</div>
            { data::data(shown) }
            { note(t!("Each failure has a probability: what the plan states, or else an assumption for its kind of hosting. What stops a journey is found from the drawing; nothing is added by hand.")) }
        </>
    }
}

/// The word beside every figure that is not exact; none for one that is.
pub(super) fn doubt(journey: &JourneyEvaluation) -> Option<Html> {
    (!journey.exact).then(|| tag(Weight::Info, t!("about")))
}

/// Hours per year in words, marked where they are not exact.
pub(super) fn about(journey: &JourneyEvaluation, hours: f64) -> String {
    about_unless(journey.exact, format::hours(hours))
}

fn sentence(journey: &JourneyEvaluation) -> String {
    let name = &journey.name;
    let [low, base, high] = span(journey);
    if base >= Probability(1.0).hours_per_year() {
        return t!("{name} is always down.", name);
    }
    t!(
        "{name} is down {hours} a year: {low} if things go well, {high} if they go badly.",
        name,
        hours = about(journey, base),
        low = format::hours(low),
        high = format::hours(high)
    )
}

/// Hours per year that it is down: if things go well, as expected, if they go badly.
fn span(journey: &JourneyEvaluation) -> [f64; 3] {
    let range = journey.unavailability_range;
    [
        Probability(range.low).hours_per_year(),
        journey.unavailability.hours_per_year(),
        Probability(range.high).hours_per_year(),
    ]
}

/// Every journey on one scale, and where the doubt comes from.
fn ranges(shown: &Shown, send: &Callback<Message>) -> Html {
    let journeys = &shown.evaluation.journeys;
    let longest = journeys
        .iter()
        .map(|journey| span(journey)[2])
        .fold(0.0, f64::max);
    let scale = if longest > 0.0 { longest * 1.02 } else { 1.0 };
    let more = journeys.len().saturating_sub(MOST);
    part(
        t!("Down in a year"),
        html! {
            <>
                <dl class="loads loads--wide">
                    { for journeys.iter().take(MOST).map(|journey| range(journey, scale)) }
                </dl>
                <div class="slot">
                    { for (more > 0).then(|| note(&tn!(more; "{count} more journey is not drawn.", "{count} more journeys are not drawn."))) }
                </div>
                { note(&doubts(shown)) }
                <div class="slot">
                    { for journeys.iter().take(MOST).filter_map(|journey| {
                        let words = erosion(shown, journey)?;
                        Some(html! { <div key={journey.id.as_str()}>{ words }</div> })
                    }) }
                </div>
                <div class="note__actions">
                    { Button {
                        label: t!("Change the assumptions").into(),
                        small: true,
                        on_click: send.reform(|()| Message::ShowPlan),
                        ..Button::default()
                    }.draw() }
                </div>
            </>
        },
    )
}

fn range(journey: &JourneyEvaluation, scale: f64) -> Html {
    let [low, base, high] = span(journey);
    let percent = |hours: f64| format!("{}%", format::attribute(hours / scale * 100.0));
    let method = method(journey);
    html! {
        <div class="loads__row" key={journey.id.as_str()}>
            <dt>{ &journey.name }</dt>
            <dd class="loads__meter">
                <svg class="meter" aria-hidden="true">
                    <rect class="meter__track" width="100%" height="100%" />
                    <rect class="meter__range" x={percent(low)} width={percent(high - low)} height="100%" />
                    <line class="meter__mark" x1={percent(base)} x2={percent(base)} y2="100%" />
                </svg>
                <span class="loads__note">
                    { t!("{low} to {high}; in order {share} of the time; {method}", low = format::hours(low), high = format::hours(high), share = format::availability(journey.unavailability.0), method) }
                </span>
            </dd>
            <dd class="loads__value">{ about(journey, base) }</dd>
            <dd class="loads__word">{ for doubt(journey) }</dd>
        </div>
    }
}

/// How the figure was found.
fn method(journey: &JourneyEvaluation) -> String {
    match journey.simulated {
        Some(simulated) if !journey.exact => t!(
            "estimated from {samples} drawn states, with 95 % certainty {low} to {high}; the bar holds in any case",
            samples = format::fixed(simulated.samples as f64, 0),
            low = format::hours(simulated.low.hours_per_year()),
            high = format::hours(simulated.high.hours_per_year())
        ),
        _ if journey.exact => t!("exact").to_owned(),
        _ => t!("bounded, not exact").to_owned(),
    }
}

/// What growth does to redundancy that is counted by what the peak needs.
fn erosion(shown: &Shown, journey: &JourneyEvaluation) -> Option<Html> {
    let steps: Vec<String> = journey
        .erosion
        .iter()
        .take(MOST_STEPS)
        .map(|step| {
            t!(
                "in {months} the peak needs {needed} of {name}, and it is down {hours} a year",
                months = format::months(step.months),
                needed = step.needed,
                name = shown.name(&step.component),
                hours = about(journey, step.downtime_hours_year)
            )
        })
        .collect();
    (!steps.is_empty()).then(|| {
        note(&t!(
            "Growth uses up the redundancy of {name}: {steps}.",
            name = journey.name,
            steps = steps.join("; ")
        ))
    })
}

/// Which assumptions make a figure a range.
fn doubts(shown: &Shown) -> String {
    let journeys = &shown.evaluation.journeys;
    let mut events = journeys.iter().flat_map(|journey| &journey.importance);
    let mut named = Vec::new();
    for (id, prefix) in DOUBTS {
        let is_met = events
            .clone()
            .any(|importance| importance.event.starts_with(prefix));
        let assumption = ASSUMPTIONS.iter().find(|assumption| assumption.id == id);
        if let Some(assumption) = assumption.filter(|_| is_met) {
            let range = shown.plan.assumptions.get(id);
            named.push(t!(
                "{assumption} {low} to {high}{unit}",
                assumption = in_sentence(assumption.name),
                low = format::exact(range.low),
                high = format::exact(range.high),
                unit = say(assumption.unit)
            ));
        }
    }
    if events.next().is_none() {
        return t!("Nothing that it needs can fail.").to_owned();
    }
    t!(
        "The bar runs from good to bad luck, the line is what to expect. The range comes from the assumptions: {assumptions}.",
        assumptions = format::list(&named)
    )
}

/// What the contracts say, as what it is: when money comes back.
fn promises(shown: &Shown) -> Option<Html> {
    let rows: Vec<Row> = components(shown)
        .filter_map(|(component, evaluation)| {
            let percent = sla_percent(shown, component)?;
            let allowed = (100.0 - percent).max(0.0) / 100.0 * HOURS_PER_MONTH;
            let expected = evaluation.unavailability.value.base * HOURS_PER_MONTH;
            Some(Row {
                key: component.id.to_string(),
                cells: vec![
                    text(shown.name(&component.id)),
                    text(format!("{}\u{a0}%", format::exact(percent))),
                    text(format::hours(allowed).to_string()),
                    text(format::hours(expected).to_string()),
                    super::optional(evaluation.cost_month, |month| {
                        format::price(month.0, shown.currency())
                    }),
                ],
            })
        })
        .collect();
    (!rows.is_empty()).then(|| {
        part(
            t!("What the providers promise"),
            html! {
                <>
                    { table(t!("Service levels"), &[
                        Column::text(t!("Component")),
                        Column::number(t!("Promised a month")),
                        Column::number(t!("Free of refund up to")),
                        Column::number(t!("Expected here, one instance")),
                        Column::number(t!("Its bill of a month")),
                    ], &rows, None) }
                    { note(t!("A service level is a refund rule, not a forecast: beyond it a part of the bill comes back, and never more than the bill. What your outage costs you does not. None of the numbers above uses it.")) }
                </>
            },
        )
    })
}

fn sla_percent(shown: &Shown, component: &Component) -> Option<f64> {
    let offer = component.hosting.as_ref()?.offer.as_deref()?;
    shown.catalog.offer(offer)?.sla_percent
}
