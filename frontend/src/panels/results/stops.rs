//! What stops a journey: the failures that cost most hours, each told and drawn, and how much every part matters.

use std::collections::BTreeSet;
use std::rc::Rc;

use model::commands::Command;
use model::evaluate::{Cause, JourneyEvaluation};
use model::plan::{Id, Redundancy};
use model::rules::Finding;
use model::scenarios::Scenario;
use model::story::stories;
use yew::prelude::*;

use super::super::Shown;
use super::super::take_away::take_away_button;
use super::super::words::most_down;
use super::down::{about, doubt};
use super::path::Path;
use super::{measures, note, part};
use crate::state::Message;
use crate::texts::{self, say};
use crate::widgets::button::{Button, Look};
use crate::widgets::format;
use crate::widgets::keys::unique;
use crate::widgets::segmented::{Segment, Segmented};
use crate::widgets::select::Select;
use crate::widgets::severity::{Weight, tag};

/// How many ways to fail are told.
const MOST: usize = 10;

/// What stops a journey.
#[derive(Properties, PartialEq)]
pub(super) struct StopsProps {
    /// What is shown.
    pub shown: Shown,
    /// Where messages go.
    pub send: Callback<Message>,
}

/// One way to fail.
#[derive(Clone, PartialEq)]
struct Stop {
    events: Vec<Rc<str>>,
    /// None where the drawing survives it, and the load does not.
    hours_year: Option<f64>,
    cause: Cause,
}

/// Draws what stops a journey.
#[component]
pub(super) fn Stops(props: &StopsProps) -> Html {
    let shown = &props.shown;
    let chosen = use_state_eq(|| None::<Id>);
    let filter = use_state_eq(|| None::<Cause>);
    let journeys = &shown.evaluation.journeys;
    let journey = journeys
        .iter()
        .find(|journey| chosen.as_ref() == Some(&journey.id))
        .or_else(|| most_down(&shown.evaluation));
    let Some(journey) = journey else {
        return html! { <div class="slot" /> };
    };
    let all = stops(shown, journey);
    let kept: Vec<Stop> = all
        .iter()
        .filter(|stop| filter.is_none_or(|cause| stop.cause == cause))
        .take(MOST)
        .cloned()
        .collect();
    let choose = {
        let chosen = chosen.clone();
        Callback::from(move |id: AttrValue| chosen.set(Some(Id::from(&*id))))
    };
    let filter_by = {
        let filter = filter.clone();
        Callback::from(move |word: AttrValue| {
            filter.set(CAUSES.iter().find(|one| one.0 == &*word).map(|one| one.1));
        })
    };
    part(
        &t!("What stops {name}", name = journey.name),
        html! {
            <>
                <div class="stops__choices">
                    <div class="slot">
                        { for (journeys.len() > 1).then(|| Select {
                            id: "stops-journey".into(),
                            label: t!("Journey").into(),
                            options: journeys.iter().map(|one| (one.id.to_string().into(), one.name.clone().into())).collect(),
                            chosen: journey.id.to_string().into(),
                            on_choose: choose,
                            ..Select::default()
                        }.draw()) }
                    </div>
                    <Segmented
                        label={t!("Which causes")}
                        segments={segments()}
                        chosen={Some(AttrValue::from(word_of(*filter)))}
                        on_choose={filter_by}
                    />
                </div>
                { note(meaning(*filter)) }
                <ol class="stops">
                    { for list(props, journey, &kept) }
                </ol>
                <div class="slot">
                    { for kept.is_empty().then(|| note(if all.is_empty() {
                        t!("No failure of up to three parts stops it.")
                    } else {
                        t!("Nothing of this kind stops it.")
                    })) }
                </div>
                <div class="slot">
                    { for (!journey.cut_sets_complete && !all.is_empty()).then(|| note(
                        t!("There are more ways to fail than were looked for: these are the most likely ones found.")
                    )) }
                </div>
                <div class="slot">{ for measures::measures(shown, journey) }</div>
            </>
        },
    )
}

const CAUSES: [(&str, Cause, &str, &str); 3] = [
    (
        "structural",
        Cause::Structural,
        text!("Structure"),
        text!("The drawing needs these, whatever the load."),
    ),
    (
        "capacity",
        Cause::Capacity,
        text!("Capacity"),
        text!("There are several, but the peak needs them all: growth brings more of these."),
    ),
    (
        "domain",
        Cause::Domain,
        text!("Place"),
        text!("A place takes everything that stands in it."),
    ),
];

fn segments() -> Vec<Segment> {
    let all = ("all", t!("All"));
    let causes = CAUSES.iter().map(|(word, _, label, _)| (*word, say(label)));
    std::iter::once(all)
        .chain(causes)
        .map(|(value, label)| Segment {
            value: value.into(),
            label: label.into(),
            swatch: None,
        })
        .collect()
}

fn word_of(cause: Option<Cause>) -> &'static str {
    let mut causes = CAUSES.iter();
    causes
        .find(|one| Some(one.1) == cause)
        .map_or("all", |one| one.0)
}

fn meaning(cause: Option<Cause>) -> &'static str {
    let mut causes = CAUSES.iter();
    causes.find(|one| Some(one.1) == cause).map_or(
        t!("The ways to fail that cost most hours, the worst first."),
        |one| say(one.3),
    )
}

/// The ways to fail, the one that costs most hours first; losses that only the load does not survive come last.
fn stops(shown: &Shown, journey: &JourneyEvaluation) -> Vec<Stop> {
    let drawn = journey.worst_cut_sets.iter().map(|set| Stop {
        events: set.events.clone(),
        hours_year: Some(set.hours_year),
        cause: cause(shown, journey, &set.events),
    });
    let told: BTreeSet<&str> = journey
        .worst_cut_sets
        .iter()
        .filter(|set| set.events.len() == 1)
        .map(|set| component_of(&set.events[0]))
        .collect();
    let by_load = journey
        .single_points
        .iter()
        .filter(|point| point.cause == Cause::Capacity)
        .filter(|point| !told.contains(component_of(&point.event)))
        .map(|point| Stop {
            events: vec![Rc::from(&*point.event)],
            hours_year: None,
            cause: Cause::Capacity,
        });
    drawn.chain(by_load).collect()
}

/// The component that an event is about, or the event itself.
fn component_of(event: &str) -> &str {
    let id = event.split_once(':').map_or(event, |(kind, id)| {
        if kind == "place" || kind == "connection" {
            event
        } else {
            id
        }
    });
    id.split_once('#').map_or(id, |(id, _)| id)
}

fn cause(shown: &Shown, journey: &JourneyEvaluation, events: &[Rc<str>]) -> Cause {
    if let [event] = events {
        let about = component_of(event);
        let mut points = journey.single_points.iter();
        let point = points.find(|point| component_of(&point.event) == about);
        if let Some(point) = point {
            return point.cause;
        }
    }
    if events.iter().any(|event| event.starts_with("place:")) {
        return Cause::Domain;
    }
    let by_capacity = events.iter().any(|event| {
        let id = component_of(event);
        let taken = events
            .iter()
            .filter(|other| component_of(other) == id)
            .count();
        let is_dealt = shown.plan.component(id).is_some_and(|component| {
            matches!(component.redundancy, None | Some(Redundancy::Capacity))
        });
        let station = shown.evaluation.components.get(id);
        event.contains('#') && is_dealt && station.is_some_and(|one| taken < one.instances)
    });
    if by_capacity {
        Cause::Capacity
    } else {
        Cause::Structural
    }
}

fn list(props: &StopsProps, journey: &JourneyEvaluation, stops: &[Stop]) -> Vec<Html> {
    let shown = &props.shown;
    let sets: Vec<Vec<Rc<str>>> = stops.iter().map(|stop| stop.events.clone()).collect();
    let told = stories(
        &shown.plan,
        &shown.catalog,
        &shown.evaluation,
        &journey.id,
        &sets,
    );
    let keys = unique(sets.iter().map(|set| set.join(" ")));
    stops
        .iter()
        .zip(&told)
        .zip(keys)
        .map(|((stop, story), key)| {
            let path = Path::new(shown, journey, &stop.events, story);
            let hours = match stop.hours_year {
                Some(hours) => t!("{hours} a year", hours = about(journey, hours)),
                None => t!("at the peak").to_owned(),
            };
            html! {
                <li class="stop" {key}>
                    <div class="stop__head">
                        <span class="stop__hours">
                            { hours }
                            { for doubt(journey) }
                        </span>
                        { cause_tag(stop.cause) }
                    </div>
                    <p class="stop__sentence">
                        { if stop.hours_year.is_some() {
                            path.sentence()
                        } else {
                            overload(shown, journey, &stop.events)
                        } }
                    </p>
                    { path.picture() }
                    <div class="slot">{ for actions(props, stop) }</div>
                </li>
            }
        })
        .collect()
}

fn overload(shown: &Shown, journey: &JourneyEvaluation, events: &[Rc<str>]) -> String {
    let names: Vec<String> = events.iter().map(|event| shown.event_name(event)).collect();
    t!(
        "Without one {names} the others cannot carry the peak of {name}; at quiet hours they can.",
        names = format::list(&names),
        name = journey.name
    )
}

fn cause_tag(cause: Cause) -> Html {
    match cause {
        Cause::Structural => tag(Weight::High, t!("structure")),
        Cause::Capacity => tag(Weight::Medium, t!("capacity")),
        Cause::Domain => tag(Weight::Info, t!("place")),
    }
}

/// What can be done about it; none where there is nothing.
fn actions(props: &StopsProps, stop: &Stop) -> Option<Html> {
    let buttons: Vec<Html> = [
        show_me(props, &stop.events),
        take_away(props, &stop.events),
        fix(props, stop),
    ]
    .into_iter()
    .flatten()
    .collect();
    (!buttons.is_empty()).then(|| html! { <div class="note__actions">{ for buttons }</div> })
}

/// A button that selects what fails and brings it into sight.
fn show_me(props: &StopsProps, events: &[Rc<str>]) -> Option<Html> {
    let plan = &props.shown.plan;
    let subjects: Vec<Id> = events
        .iter()
        .map(|event| {
            Id::from(
                event
                    .strip_prefix("connection:")
                    .unwrap_or(component_of(event)),
            )
        })
        .filter(|id| plan.component(id).is_some() || plan.connection(id).is_some())
        .collect();
    (!subjects.is_empty()).then(|| {
        Button {
            label: t!("Show me").into(),
            icon: Some("target".into()),
            small: true,
            on_click: props
                .send
                .reform(move |()| Message::ShowMe(subjects.clone())),
            ..Button::default()
        }
        .draw()
    })
}

/// A button that shows in the drawing what follows; none for what has no place in it.
fn take_away(props: &StopsProps, events: &[Rc<str>]) -> Option<Html> {
    let scenario = Scenario::of_events(events.iter().map(|event| &**event));
    let is_drawn = scenario.losses.len() == events.len() && !scenario.is_empty();
    is_drawn.then(|| {
        let label = if events.len() > 1 {
            t!("Take them away")
        } else {
            t!("Take it away")
        };
        take_away_button(label, scenario, &props.send)
    })
}

/// The fix of the finding about what fails alone.
fn fix(props: &StopsProps, stop: &Stop) -> Option<Html> {
    let [event] = &stop.events[..] else {
        return None;
    };
    let about = component_of(event);
    let is_about = |finding: &&Finding| {
        let rules = [
            "single-point-of-failure",
            "every-instance-needed",
            "shared-failure-domain",
        ];
        rules.contains(&finding.rule)
            && finding
                .subjects
                .iter()
                .any(|id| id.as_str() == about.strip_prefix("place:").unwrap_or(about))
    };
    let findings = &props.shown.evaluation.findings;
    let finding = findings
        .iter()
        .filter(is_about)
        .find_map(|one| one.fix.as_ref())?;
    Some(fix_button(
        &props.send,
        &texts::words(&finding.label),
        &finding.command,
    ))
}

/// A button that makes an edit.
pub(super) fn fix_button(send: &Callback<Message>, label: &str, command: &Command) -> Html {
    let command = command.clone();
    Button {
        label: label.to_owned().into(),
        look: Look::Accent,
        small: true,
        on_click: send.reform(move |()| Message::Edit(command.clone())),
        ..Button::default()
    }
    .draw()
}
