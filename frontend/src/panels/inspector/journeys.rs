//! Who comes, how often, at which hours, and what they expect.

use std::rc::Rc;

use model::commands::{ChangeJourney, Command, RemoveJourney};
use model::order::Order as _;
use model::plan::{Journey, Population, Target};
use yew::prelude::*;

use super::super::{Shown, distinct};
use super::{edits, section, segments};
use crate::state::Message;
use crate::texts::say;
use crate::widgets::button::{Button, IconButton, Look};
use crate::widgets::format;
use crate::widgets::hours::{HOURS, Hours};
use crate::widgets::icon::{Size, icon};
use crate::widgets::number_field::{Beside, NumberField};
use crate::widgets::segmented::Segmented;
use crate::widgets::select::Select;
use crate::widgets::slider::Slider;
use crate::widgets::text_field::TextField;

/// Draws the journeys of the plan.
pub(super) fn journeys(shown: &Shown, send: &Callback<Message>) -> Html {
    let plan = &shown.plan;
    let on_add = {
        let plan = Rc::clone(plan);
        send.reform(move |()| {
            let id = plan.free_id("journey");
            let name = t!("Journey {len}", len = plan.journeys.len() + 1);
            Message::Edit(Command::from(ChangeJourney {
                journey: Journey {
                    id,
                    name,
                    ..Journey::default()
                },
            }))
        })
    };
    section(
        "journeys",
        t!("Who comes, and how often"),
        None,
        html! {
            <>
                <div class="journeys">
                    { for distinct(&plan.journeys, |journey| &journey.id).map(|source| html! {
                        <JourneyFields
                            key={source.id.as_str()}
                            shown={shown.clone()}
                            journey={Rc::clone(source)}
                            send={send.clone()}
                        />
                    }) }
                    { for plan.journeys.is_empty().then(|| html! {
                        <p class="inspector__text" key="none">
                            { t!("No journey is stated: every kind of users sends 10 requests a second.") }
                        </p>
                    }) }
                </div>
                { Button {
                    label: t!("Add a journey").into(),
                    icon: Some("plus".into()),
                    look: Look::Quiet,
                    small: true,
                    on_click: on_add,
                    ..Button::default()
                }.draw() }
            </>
        },
    )
}

#[derive(Properties)]
struct JourneyProps {
    shown: Shown,
    journey: Rc<Journey>,
    send: Callback<Message>,
}

impl PartialEq for JourneyProps {
    fn eq(&self, other: &Self) -> bool {
        self.shown == other.shown
            && Rc::ptr_eq(&self.journey, &other.journey)
            && self.send == other.send
    }
}

/// The ends of the slider, in requests per second.
const PEAKS: (f64, f64) = (0.1, 100_000.0);

#[component]
fn JourneyFields(props: &JourneyProps) -> Html {
    let more = use_state_eq(|| false);
    let (journey, send) = (&props.journey, &props.send);
    let id = |field: &str| AttrValue::from(format!("journey-{}-{field}", journey.id));
    let name = if journey.name.is_empty() {
        journey.id.as_str()
    } else {
        &journey.name
    };
    let peak = journey.peak_rps.unwrap_or(10.0);
    let changed = {
        let journey = Rc::clone(journey);
        move |change: &dyn Fn(&mut Journey)| {
            let mut next = (*journey).clone();
            change(&mut next);
            Command::from(ChangeJourney { journey: next })
        }
    };
    let edit = |change: fn(&mut Journey, Option<f64>)| {
        let changed = changed.clone();
        edits(send, move |value| {
            changed(&|journey| change(journey, value))
        })
    };
    let on_slide = {
        let changed = changed.clone();
        send.reform(move |peak| {
            Message::EditLive(changed(&|journey| journey.peak_rps = Some(peak)))
        })
    };
    let on_name = {
        let changed = changed.clone();
        edits(send, move |name: String| {
            changed(&|journey| journey.name.clone_from(&name))
        })
    };
    let percentile = journey
        .target
        .as_ref()
        .map_or(95.0, |target| target.percentile);
    let on_percentile = {
        let changed = changed.clone();
        edits(send, move |text: AttrValue| {
            changed(&|journey| {
                if let (Some(target), Some(percentile)) =
                    (&mut journey.target, format::parse(&text))
                {
                    target.percentile = percentile;
                }
            })
        })
    };
    let on_background = {
        let changed = changed.clone();
        edits(send, move |word: AttrValue| {
            changed(&|journey| journey.background = (word == "background").then_some(true))
        })
    };
    let remove = Command::from(RemoveJourney {
        journey: journey.id.clone(),
    });
    let on_more = {
        let more = more.clone();
        move |_: MouseEvent| more.set(!*more)
    };
    let on_source = {
        let changed = changed.clone();
        edits(send, move |word: AttrValue| {
            changed(&|journey| {
                journey.population = (word == "users").then(|| Population {
                    users: 100.0,
                    think_seconds: Some(10.0),
                    ..Population::default()
                });
            })
        })
    };
    let arrives = props
        .shown
        .evaluation
        .journeys
        .iter()
        .find(|found| found.id == journey.id)
        .map(|found| found.arrival_rate.0);
    let rate_fields = html! {
            <div class="journey__peak">
                { Slider {
                    label: t!("Peak of {name}, requests a second", name).into(),
                    text: t!("{peak} requests a second", peak = format::short(peak)).into(),
                    value: peak,
                    min: PEAKS.0,
                    max: PEAKS.1,
                    on_move: on_slide,
                    on_release: send.reform(|()| Message::Settle),
                }.draw() }
                <NumberField
                    id={id("peak")}
                    label={t!("Peak, requests a second")}
                    look={Beside::Nothing}
                    unit="/s"
                    value={Some(peak)}
                    min=0.0
                    max=1e9
                    required=true
                    on_change={edit(|journey, peak| journey.peak_rps = peak)}
                />
            </div>
    };
    html! {
        <div class="journey" role="group" aria-label={name.to_owned()}>
            <div class="journey__head">
                <TextField
                    label={t!("Name of the journey")}
                    class="journey__name"
                    value={name.to_owned()}
                    on_change={on_name}
                />
                { IconButton {
                    icon: "trash".into(),
                    label: t!("Delete {name}", name).into(),
                    side: Some("end".into()),
                    small: true,
                    on_click: send.reform(move |()| Message::Edit(remove.clone())),
                    ..IconButton::default()
                }.draw() }
            </div>
            <Segmented
                label={t!("{name} comes as", name)}
                segments={segments(&[("rate", t!("so many requests")), ("users", t!("so many users"))])}
                chosen={Some(AttrValue::from(if journey.population.is_some() { "users" } else { "rate" }))}
                on_choose={on_source}
            />
            <div class="slot">
                { match &journey.population {
                    Some(population) => users(population, &id, &edit, arrives),
                    None => rate_fields,
                } }
            </div>
            <NumberField
                id={id("target")}
                label={t!("Target, p{percentile}", percentile = format::short(percentile))}
                unit="ms"
                value={journey.target.as_ref().map(|target| round(target.seconds * 1000.0))}
                placeholder={t!("none")}
                min=1.0
                max=3_600_000.0
                on_change={edit(set_target)}
            />
            <div class="slot">
                { for journey.target.as_ref().map(|target| html! {
                    { Select {
                        id: id("percentile").into(),
                        label: t!("Holds for").into(),
                        options: percentiles(target.percentile),
                        chosen: format::exact(target.percentile).into(),
                        on_choose: on_percentile.clone(),
                        ..Select::default()
                    }.draw() }
                }) }
            </div>
            <button
                type="button"
                class="button button--quiet button--small journey__more"
                aria-expanded={more.to_string()}
                onclick={on_more}
            >
                { if *more { t!("Less") } else { t!("Hours, growth and bytes") } }
                { icon("chevron-down", Size::Small) }
            </button>
            <div class="slot">
                { for more.then(|| html! {
                    <div class="inspector__fields">
                        { hours(name, journey, send) }
                        <NumberField
                            id={id("growth")}
                            label={t!("Growth")}
                            unit={t!("% a month")}
                            value={journey.growth_percent_month}
                            default={Some(0.0)}
                            min={-100.0}
                            max=1000.0
                            explanation={t!("By how much the peak grows each month.")}
                            on_change={edit(|journey, growth| journey.growth_percent_month = growth)}
                        />
                        <NumberField
                            id={id("request")}
                            label={t!("Request")}
                            unit={t!("bytes")}
                            value={journey.request_bytes}
                            placeholder={t!("not stated")}
                            min=0.0
                            max=1e15
                            explanation={t!("Bytes of one request from outside.")}
                            on_change={edit(|journey, bytes| journey.request_bytes = bytes)}
                        />
                        <NumberField
                            id={id("response")}
                            label={t!("Response")}
                            unit={t!("bytes")}
                            value={journey.response_bytes}
                            placeholder={t!("not stated")}
                            min=0.0
                            max=1e15
                            explanation={t!("Bytes of one response to outside; they are what egress is charged for.")}
                            on_change={edit(|journey, bytes| journey.response_bytes = bytes)}
                        />
                        <NumberField
                            id={id("static")}
                            label={t!("From files")}
                            value={journey.static_share}
                            default={Some(1.0)}
                            min=0.0
                            max=1.0
                            step={Some(0.05)}
                            explanation={t!("Share of the requests that a CDN or web server could answer from files, from 0 to 1.")}
                            on_change={edit(|journey, share| journey.static_share = share)}
                        />
                        <div class="field field--stacked">
                            <span class="field__label">{ t!("For the answer") }</span>
                            <Segmented
                                label={t!("For the answer")}
                                segments={segments(&[("waits", t!("somebody waits")), ("background", t!("nobody waits"))])}
                                chosen={Some(AttrValue::from(if journey.background == Some(true) { "background" } else { "waits" }))}
                                on_choose={on_background.clone()}
                            />
                        </div>
                    </div>
                }) }
            </div>
        </div>
    }
}

/// A day's shares that many journeys have, by their name.
const DAYS: [(&str, [f64; HOURS]); 3] = [
    (text!("all day"), [1.0; HOURS]),
    (
        text!("office hours"),
        [
            0.05, 0.05, 0.05, 0.05, 0.05, 0.05, 0.1, 0.3, 0.7, 0.95, 1.0, 1.0, 0.8, 0.9, 1.0, 1.0,
            0.9, 0.6, 0.3, 0.15, 0.1, 0.1, 0.05, 0.05,
        ],
    ),
    (
        text!("evenings"),
        [
            0.4, 0.2, 0.1, 0.05, 0.05, 0.05, 0.1, 0.2, 0.3, 0.3, 0.3, 0.35, 0.4, 0.4, 0.4, 0.45,
            0.5, 0.6, 0.8, 0.95, 1.0, 1.0, 0.8, 0.6,
        ],
    ),
];

/// The hours at which a journey comes, as shares of its peak.
fn hours(name: &str, journey: &Rc<Journey>, send: &Callback<Message>) -> Html {
    let with = {
        let journey = Rc::clone(journey);
        move |shares: Vec<f64>| {
            let is_flat = shares.iter().all(|share| *share == 1.0);
            Command::from(ChangeJourney {
                journey: Journey {
                    profile: if is_flat { Vec::new() } else { shares },
                    ..(*journey).clone()
                },
            })
        }
    };
    let shares: Vec<f64> = (0..HOURS)
        .map(|hour| journey.profile.get(hour).copied().unwrap_or(1.0))
        .collect();
    let chosen = DAYS
        .iter()
        .find(|(_, day)| day[..] == shares[..])
        .map(|(word, _)| AttrValue::from(*word));
    let on_day = {
        let with = with.clone();
        send.reform(move |word: AttrValue| {
            let day = DAYS.iter().find(|(known, _)| *known == word);
            Message::Edit(with(day.map_or_else(Vec::new, |(_, day)| day.to_vec())))
        })
    };
    html! {
        <div class="field field--stacked">
            <span class="field__label">{ t!("Hours of the day") }</span>
            <Segmented
                label={t!("Hours of {name}", name)}
                segments={segments(&DAYS.map(|(word, _)| (word, say(word))))}
                {chosen}
                on_choose={on_day}
            />
            <Hours
                label={t!("{name}, share of the peak by hour", name)}
                {shares}
                on_change={send.reform(move |shares| Message::EditLive(with(shares)))}
                on_release={send.reform(|()| Message::Settle)}
            />
        </div>
    }
}

/// What a target can hold for: the usual percentiles, and the one that is set.
fn percentiles(own: f64) -> Vec<(AttrValue, AttrValue)> {
    let mut known = vec![50.0, 90.0, 95.0, 99.0, 99.9];
    if !known.contains(&own) {
        known.push(own);
        known.order_by(f64::total_cmp);
    }
    known
        .into_iter()
        .map(|percentile| {
            let text = format::exact(percentile);
            let words = t!("{percentile} of 100", percentile = text);
            (text.into(), words.into())
        })
        .collect()
}

/// Who asks again after thinking, and how often that comes to.
fn users(
    population: &Population,
    id: &impl Fn(&str) -> AttrValue,
    edit: &impl Fn(fn(&mut Journey, Option<f64>)) -> Callback<Option<f64>>,
    arrives: Option<f64>,
) -> Html {
    html! {
        <div class="inspector__fields">
            <NumberField
                id={id("users")}
                label={t!("Users")}
                value={Some(population.users)}
                min=0.0
                max=1e9
                required=true
                explanation={t!("How many there are. Each asks, waits for the answer, thinks, and asks again: when answers slow down, they ask less.")}
                on_change={edit(|journey, users| {
                    if let (Some(population), Some(users)) = (&mut journey.population, users) {
                        population.users = users;
                    }
                })}
            />
            <NumberField
                id={id("think")}
                label={t!("Thinks for")}
                unit="s"
                value={population.think_seconds}
                default={Some(0.0)}
                min=0.0
                max=1e9
                explanation={t!("Mean time from an answer to the next question.")}
                on_change={edit(|journey, seconds| {
                    if let Some(population) = &mut journey.population {
                        population.think_seconds = seconds;
                    }
                })}
            />
            <p class="inspector__text">
                { arrives.map_or_else(String::new, |rate| t!("That comes to {rate} at the peak.", rate = format::rate(rate))) }
            </p>
        </div>
    }
}

fn set_target(journey: &mut Journey, millis: Option<f64>) {
    journey.target = millis.map(|millis| Target {
        seconds: millis / 1000.0,
        ..journey.target.clone().unwrap_or(Target {
            percentile: 95.0,
            ..Target::default()
        })
    });
}

/// Milliseconds without the dust of a division.
fn round(millis: f64) -> f64 {
    (millis * 1e6).round() / 1e6
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_given_in_milliseconds_and_taken_away() {
        let mut journey = Journey::default();
        set_target(&mut journey, Some(300.0));
        let target = journey.target.clone().unwrap();
        assert_eq!((target.percentile, target.seconds), (95.0, 0.3));
        set_target(&mut journey, None);
        assert_eq!(journey.target, None);
    }
}
