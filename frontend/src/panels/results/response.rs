//! How long an answer takes, and where the time goes.

use model::evaluate::{JourneyEvaluation, PercentileMethod, ResponseTimes};
use model::plan::Target;
use model::rules::Finding;
use model::units::Seconds;
use yew::prelude::*;

use super::super::words::about_unless;
use super::super::{Shown, distinct};
use super::carries::users;
use super::{dash, note, optional, text};
use crate::state::Message;
use crate::texts;
use crate::texts::say;
use crate::widgets::button::Button;
use crate::widgets::chart::{Part, stack};
use crate::widgets::format;
use crate::widgets::meter::{Load, Meter};
use crate::widgets::severity::{Weight, tag};
use crate::widgets::table::{Column, Row, table};

/// Shares of the mean below this are left to the table.
const SMALL: f64 = 0.001;
/// What the table of such calls is called.
const AGAIN: &str = text!("Calls that fail or are made again");

pub(super) fn response(shown: &Shown, as_table: bool, send: &Callback<Message>) -> Html {
    let journeys = &shown.evaluation.journeys;
    html! {
        <>
            <div class="slot">{ for as_table.then(|| journey_table(shown)) }</div>
            <div class={if as_table { "results__group" } else { "results__columns" }}>
                { for journeys.iter().map(|journey| html! {
                    <section class="results__journey" key={journey.id.as_str()}>
                        { if as_table {
                            html! { <div class="slot">{ for share_table(shown, journey) }</div> }
                        } else {
                            times(shown, journey)
                        } }
                    </section>
                }) }
            </div>
            <div class="slot">{ for again(shown, send) }</div>
            <super::simulation::Simulation shown={shown.clone()} />
            { note(t!("Time at a component is its service time and the wait in line before it, times the calls on the way. The wait follows from how busy it is: with one server it doubles from 50 % to 67 %, and again to 80 %.")) }
        </>
    }
}

/// The calls that are made more than once or fail, and whether that keeps an overload alive.
fn again(shown: &Shown, send: &Callback<Message>) -> Option<Html> {
    let rows: Vec<Row> = distinct(&shown.plan.connections, |connection| &connection.id)
        .filter_map(|connection| {
            let calls = shown.evaluation.connections.get(&connection.id)?;
            let is_seen = calls.attempts > 1.0 + SMALL || calls.fails > SMALL;
            is_seen.then(|| Row {
                key: connection.id.to_string(),
                cells: vec![
                    text(shown.connection_name(connection)),
                    text(format::rate(calls.arrival_rate.0).to_string()),
                    text(format::short(calls.attempts)),
                    text(format::percent(calls.fails)),
                ],
            })
        })
        .collect();
    let findings: Vec<&Finding> = shown
        .evaluation
        .findings
        .iter()
        .filter(|finding| finding.rule == "metastable-retries")
        .collect();
    let is_empty = rows.is_empty() && findings.is_empty();
    (!is_empty).then(|| {
        html! {
            <section class="results__part" aria-label={say(AGAIN)}>
                <div class="slot">
                    { for (!rows.is_empty()).then(|| table(
                        say(AGAIN),
                        &[
                            Column::text(t!("Connection")),
                            Column::number(t!("Attempts at the peak")),
                            Column::number(t!("Attempts per call")),
                            Column::number(t!("Of them fail")),
                        ],
                        &rows,
                        None,
                    )) }
                </div>
                <ul class="results__cards">
                    { for findings.iter().enumerate().map(|(index, finding)| lasting(finding, index, send)) }
                </ul>
            </section>
        }
    })
}

/// Retries that would keep an overload alive, and the way to them.
fn lasting(finding: &Finding, index: usize, send: &Callback<Message>) -> Html {
    let subjects = finding.subjects.clone();
    html! {
        <li class="results__card" key={index}>
            <h4 class="results__name">
                { texts::words(&finding.title) }
                { tag(Weight::High, t!("keeps itself alive")) }
            </h4>
            { note(&texts::words(&finding.why)) }
            { note(&texts::words(&finding.advice)) }
            <div class="note__actions">
                { Button {
                    label: t!("Show me").into(),
                    icon: Some("target".into()),
                    small: true,
                    on_click: send.reform(move |()| Message::ShowMe(subjects.clone())),
                    ..Button::default()
                }.draw() }
            </div>
        </li>
    }
}

/// What happens to those that get no answer, and to those who wait for each before they ask again.
fn asides(journey: &JourneyEvaluation) -> Vec<String> {
    let failed = (journey.failed_share > 0.0).then(|| {
        t!(
            "{share} of the requests fail after all attempts; outages come on top, see Down.",
            share = format::percent(journey.failed_share)
        )
    });
    let users = users(journey)
        .zip(journey.population.as_ref())
        .map(|(users, population)| {
            let come = t!(
                "{users}, who think for {time} after each answer, come to {rate}: slower answers mean fewer questions.",
                users,
                time = duration(population.think),
                rate = format::rate(journey.arrival_rate.0)
            );
            match population.knee {
                Some(knee) => {
                    let from = t!(
                        "From {knee} on they get in each other's way.",
                        knee = format::short(knee.ceil())
                    );
                    format!("{come} {from}")
                }
                None => come,
            }
        });
    users.into_iter().chain(failed).collect()
}

/// One journey: a sentence, where the mean goes, and how the slowest fare.
fn times(shown: &Shown, journey: &JourneyEvaluation) -> Html {
    let target = shown
        .plan
        .journey(&journey.id)
        .and_then(|journey| journey.target.as_ref());
    let Some(response) = journey.response else {
        let why = if journey.saturated {
            t!("It grows without end: more comes at the peak than can be done. See Carries.")
        } else {
            t!("It has no end on the drawing, or is beyond all numbers.")
        };
        return html! {
            <>
                <h3 class="chart__title">{ &journey.name }</h3>
                { super::lead(why) }
                <div class="slot">{ for asides(journey).iter().map(|words| note(words)) }</div>
            </>
        };
    };
    html! {
        <>
            <h3 class="chart__title">{ &journey.name }</h3>
            { super::lead(&sentence(&response, target)) }
            <div class="slot">{ for asides(journey).iter().map(|words| note(words)) }</div>
            <div class="slot">{ for shares(shown, journey, response.mean) }</div>
            { percentiles(&response, target) }
        </>
    }
}

fn duration(seconds: Seconds) -> String {
    format::duration(seconds.0).to_string()
}

fn sentence(response: &ResponseTimes, target: Option<&Target>) -> String {
    let slow = match response.p95 {
        Some(p95) => t!(
            "95 of 100 answers come within {time}.",
            time = about_unless(!response.is_about(), duration(p95))
        ),
        None => t!(
            "An answer takes {time} in the mean.",
            time = duration(response.mean)
        ),
    };
    match target {
        Some(target) => {
            let aim = t!(
                "The target is {time} for {percentile} of 100.",
                time = format::duration(target.seconds),
                percentile = format::short(target.percentile)
            );
            format!("{slow} {aim}")
        }
        None => slow,
    }
}

/// Where the mean goes: a part for each component, its waiting hatched.
fn shares(shown: &Shown, journey: &JourneyEvaluation, mean: Seconds) -> Option<Html> {
    let parts: Vec<Part> = journey
        .shares
        .iter()
        .filter(|(_, share)| share.0 >= mean.0 * SMALL)
        .map(|(id, share)| {
            let station = shown.evaluation.components.get(id);
            let waits = station
                .and_then(|station| Some(station.waiting?.0 / station.residence?.0))
                .filter(|waits| waits.is_finite());
            Part {
                label: shown.name(id),
                value: share.0,
                text: format!(
                    "{}, {}",
                    format::duration(share.0),
                    format::percent(share.0 / mean.0)
                ),
                hatched: waits.unwrap_or(0.0),
            }
        })
        .collect();
    let all: Vec<String> = parts
        .iter()
        .map(|part| format!("{} {}", part.label, part.text))
        .collect();
    let title = t!("Where the {time} of the mean go", time = duration(mean));
    let picture = stack(&title, &format::few(&all, 8), &parts)?;
    Some(html! {
        <>
            <h4 class="results__name">
                { &title }
                <span class="results__aside">{ t!("hatched: waiting in line") }</span>
            </h4>
            { picture }
        </>
    })
}

/// The badge of percentiles that are not computed from the whole distribution.
fn estimate(response: &ResponseTimes) -> Option<&'static str> {
    match response.method? {
        PercentileMethod::Inversion => None,
        PercentileMethod::Independent => Some(t!(
            "about: waits of one request that may belong together count as independent"
        )),
        PercentileMethod::TwoMoments => Some(t!("estimated from mean and variance")),
    }
}

/// The percentiles on one scale, with the target across them.
fn percentiles(response: &ResponseTimes, target: Option<&Target>) -> Html {
    let times: Vec<(&str, f64, f64)> = [
        (t!("half"), 50.0, response.p50),
        (t!("95 of 100"), 95.0, response.p95),
        (t!("99 of 100"), 99.0, response.p99),
        (t!("999 of 1,000"), 99.9, response.p999),
    ]
    .into_iter()
    .filter_map(|(label, percentile, time)| Some((label, percentile, time?.0)))
    .collect();
    let longest = times
        .iter()
        .map(|(_, _, time)| *time)
        .chain(target.map(|target| target.seconds))
        .fold(0.0, f64::max);
    let scale = if longest > 0.0 { longest * 1.05 } else { 1.0 };
    let rows = times.into_iter().map(|(label, percentile, time)| {
        let aimed = target.filter(|target| target.percentile == percentile);
        let is_late = aimed.is_some_and(|target| time > target.seconds);
        Meter {
            label,
            share: time / scale,
            load: if is_late {
                Load::NearlyFull
            } else {
                Load::Plain
            },
            value: format::duration(time).to_string(),
            word: aimed.map(|_| {
                if is_late {
                    (Weight::High, t!("too slow"))
                } else {
                    (Weight::Good, t!("in time"))
                }
            }),
            mark: target.map(|target| target.seconds / scale),
            note: String::new(),
        }
        .draw(label.to_owned())
    });
    html! {
        <>
            <h4 class="results__name">
                { t!("How the slower ones fare") }
                <span class="slot">{ for estimate(response).map(|words| tag(Weight::Info, words)) }</span>
                <span class="results__aside">
                    { target.map(|target| t!("line: the target of {time}", time = format::duration(target.seconds))).unwrap_or_default() }
                </span>
            </h4>
            <dl class="loads loads--wide">{ for rows }</dl>
        </>
    }
}

fn journey_table(shown: &Shown) -> Html {
    let time = |seconds: Seconds| format::duration(seconds.0).to_string();
    let journeys: Vec<Row> = shown
        .evaluation
        .journeys
        .iter()
        .map(|journey| {
            let target = shown
                .plan
                .journey(&journey.id)
                .and_then(|journey| journey.target.as_ref())
                .map(|target| {
                    let time = format::duration(target.seconds);
                    t!(
                        "{time} at p{percentile}",
                        time,
                        percentile = format::short(target.percentile)
                    )
                });
            let response = journey.response;
            Row {
                key: journey.id.to_string(),
                cells: vec![
                    text(&journey.name),
                    if journey.saturated {
                        text(t!("grows without end"))
                    } else {
                        optional(response.map(|response| response.mean), time)
                    },
                    optional(response.and_then(|response| response.p50), time),
                    optional(response.and_then(|response| response.p95), time),
                    optional(response.and_then(|response| response.p99), time),
                    optional(response.and_then(|response| response.p999), time),
                    optional(target, |target| target),
                    text(format::percent(journey.failed_share)),
                    optional(response.and_then(|response| response.method), |method| {
                        match method {
                            PercentileMethod::Inversion => t!("computed"),
                            PercentileMethod::Independent => t!("about"),
                            PercentileMethod::TwoMoments => t!("estimated"),
                        }
                        .to_owned()
                    }),
                ],
            }
        })
        .collect();
    table(
        t!("Journeys"),
        &[
            Column::text(t!("Journey")),
            Column::number(t!("Mean")),
            Column::number("p50"),
            Column::number("p95"),
            Column::number("p99"),
            Column::number("p99.9"),
            Column::number(t!("Target")),
            Column::number(t!("Fail")),
            Column::text(t!("Percentiles")),
        ],
        &journeys,
        None,
    )
}

/// Where the time goes; none where no answer ever comes.
fn share_table(shown: &Shown, journey: &JourneyEvaluation) -> Option<Html> {
    let all: f64 = journey.shares.iter().map(|(_, share)| share.0).sum();
    let rows = journey
        .shares
        .iter()
        .map(|(id, share)| {
            let evaluation = shown.evaluation.components.get(id);
            Row {
                key: id.to_string(),
                cells: vec![
                    text(shown.name(id)),
                    text(format::duration(share.0).to_string()),
                    if all > 0.0 {
                        text(format::percent(share.0 / all))
                    } else {
                        dash()
                    },
                    optional(
                        evaluation.and_then(|evaluation| evaluation.waiting),
                        |waiting| format::duration(waiting.0).to_string(),
                    ),
                    optional(evaluation, |evaluation| {
                        format::duration(evaluation.service_time.value.0).to_string()
                    }),
                ],
            }
        })
        .collect::<Vec<_>>();
    (!rows.is_empty()).then(|| {
        table(
            &t!("Where the time of {name} goes", name = journey.name),
            &[
                Column::text(t!("Component")),
                Column::number(t!("Adds")),
                Column::number(t!("Share")),
                Column::number(t!("Waiting per visit")),
                Column::number(t!("Service per visit")),
            ],
            &rows,
            None,
        )
    })
}
