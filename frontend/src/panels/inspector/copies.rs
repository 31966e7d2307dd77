//! How many instances there are, how many have to work, and where they stand.

use model::commands::{
    ChangePlace, Command, SetInstances, SetPlacement, SetPromotable, SetRedundancy, Together,
};
use model::components::component_type;
use model::plan::{
    Burst, Component, Extra, Hosting, Id, Place, PlaceKind, PrimaryReplica, Redundancy,
};
use model::units::HOURS_PER_MONTH;
use yew::prelude::*;

use super::super::Shown;
use super::super::words::in_sentence;
use super::{disk, edits, section};
use crate::state::Message;
use crate::widgets::button::IconButton;
use crate::widgets::format;
use crate::widgets::number_field::{Beside, NumberField};
use crate::widgets::select::Select;

/// Draws how many instances there are.
pub(super) fn copies(shown: &Shown, component: &Component, send: &Callback<Message>) -> Html {
    let id = component.id.clone();
    let on_instances = edits(send, move |count: Option<f64>| {
        SetInstances {
            component: id.clone(),
            instances: count.unwrap_or(1.0) as u32,
        }
        .into()
    });
    let evaluation = shown.evaluation.components.get(&component.id);
    let needed = evaluation.map(|evaluation| {
        if evaluation.saturated {
            t!("the peak needs more").to_owned()
        } else {
            let needed = format::fixed(evaluation.needed as f64, 0);
            t!("the peak needs {needed}", needed)
        }
    });
    section(
        "copies",
        t!("Copies"),
        needed,
        html! {
            <>
                <NumberField
                    id="copies-instances"
                    label={t!("Instances")}
                    value={Some(component.instances.unwrap_or(1.0))}
                    min=1.0
                    max={f64::from(SetInstances::MOST)}
                    whole=true
                    look={Beside::Steps}
                    required=true
                    on_change={on_instances}
                />
                { redundancy(component, send) }
                <div class="slot">{ for promotable(shown, component, send) }</div>
                { burst(component, send) }
                { placement(shown, component, send) }
            </>
        },
    )
}

/// Instances that run in the busy hours only.
fn burst(component: &Component, send: &Callback<Message>) -> Html {
    let now = component
        .hosting
        .as_ref()
        .and_then(|hosting| hosting.extra.as_ref()?.burst.clone())
        .unwrap_or_default();
    let edit = |change: fn(&mut Burst, f64)| {
        let (set, now) = (disk::set(component), now.clone());
        edits(send, move |number: Option<f64>| {
            let mut burst = now.clone();
            change(&mut burst, number.unwrap_or(0.0));
            set(&move |mut hosting: Hosting| {
                let mut extra = hosting.extra.take().unwrap_or_default();
                extra.burst = (burst.instances > 0.0).then(|| burst.clone());
                hosting.extra = Some(extra).filter(|extra| *extra != Extra::default());
                hosting
            })
        })
    };
    html! {
        <div class="inspector__fields">
            <NumberField
                id="copies-burst"
                label={t!("More in busy hours")}
                value={Some(now.instances)}
                min=0.0
                max=1000.0
                whole=true
                look={Beside::Steps}
                required=true
                explanation={t!("Instances that start when the others alone would be too busy, and stop after it. They do not count after a failure.")}
                on_change={edit(|burst, instances| burst.instances = instances)}
            />
            <div class="slot">
                { for (now.instances > 0.0).then(|| html! {
                    <NumberField
                        id="copies-burst-hours"
                        label={t!("On the bill for")}
                        unit={t!("h a month")}
                        value={Some(now.hours_month)}
                        min=0.0
                        max={HOURS_PER_MONTH}
                        required=true
                        explanation={t!("Hours a month that each of them runs.")}
                        on_change={edit(|burst, hours| burst.hours_month = hours)}
                    />
                }) }
            </div>
        </div>
    }
}

const CAPACITY: &str = "capacity";
const ALL: &str = "all";
const K: &str = "k";
const QUORUM: &str = "quorum";
const PRIMARY: &str = "primary";

fn redundancy(component: &Component, send: &Callback<Message>) -> Html {
    let instances = component.instances.unwrap_or(1.0).max(1.0);
    let set = component.redundancy.clone().unwrap_or(Redundancy::Capacity);
    let chosen = match &set {
        Redundancy::Capacity => CAPACITY,
        Redundancy::All => ALL,
        Redundancy::K(_) => K,
        Redundancy::Quorum(_) => QUORUM,
        Redundancy::PrimaryReplica(_) => PRIMARY,
    };
    let options = vec![
        (CAPACITY.into(), t!("As the peak needs").into()),
        (ALL.into(), t!("All are needed").into()),
        (K.into(), t!("A number is needed").into()),
        (QUORUM.into(), t!("A quorum votes").into()),
        (PRIMARY.into(), t!("Primary and replica").into()),
    ];
    let majority = (instances / 2.0).floor() + 1.0;
    let id = component.id.clone();
    let on_choose = edits(send, move |word: AttrValue| {
        let redundancy = match &*word {
            ALL => Some(Redundancy::All),
            K => Some(Redundancy::K(1.0)),
            QUORUM => Some(Redundancy::Quorum(majority)),
            PRIMARY => Some(Redundancy::PrimaryReplica(PrimaryReplica::default())),
            _ => None,
        };
        SetRedundancy {
            component: id.clone(),
            redundancy,
        }
        .into()
    });
    let hint = match &set {
        _ if instances < 2.0 => t!("With one instance there is nothing to spare.").to_owned(),
        Redundancy::Capacity => {
            t!("As many as the peak needs have to work; the rest is spare.").to_owned()
        }
        Redundancy::All => t!("One failure is enough to stop it.").to_owned(),
        Redundancy::K(k) => t!(
            "{k} of {instances} have to work.",
            k = format::short(*k),
            instances = format::short(instances)
        ),
        Redundancy::Quorum(votes) => {
            t!(
                "{votes} of {instances} have to agree.",
                votes = format::short(*votes),
                instances = format::short(instances)
            )
        }
        Redundancy::PrimaryReplica(_) => {
            t!("One serves; a replica takes over when it fails, if the switch works.").to_owned()
        }
    };
    html! {
        <div class="inspector__fields">
            { Select {
                id: "copies-redundancy".into(),
                label: t!("Redundancy").into(),
                options,
                chosen: chosen.into(),
                hint: Some(hint.into()),
                on_choose,
                ..Select::default()
            }.draw() }
            <div class="slot">{ for details(component, &set, instances, send) }</div>
        </div>
    }
}

const MAY: &str = "may";
const MAY_NOT: &str = "may-not";

/// Whether a copy of its data may become the one that is written to; none where there is no copy.
fn promotable(shown: &Shown, component: &Component, send: &Callback<Message>) -> Option<Html> {
    let keeps_data = |component: &Component| {
        component_type(&component.kind).is_some_and(|kind| kind.behaviour.keeps_data)
    };
    let mut others = shown.plan.components.iter();
    let has_copy = component.instances.unwrap_or(1.0) > 1.0
        || component.standby_for.is_some()
        || others.any(|other| other.standby_for.as_ref() == Some(&component.id));
    if component.promotable.is_none() && !(keeps_data(component) && has_copy) {
        return None;
    }
    let id = component.id.clone();
    let on_choose = edits(send, move |word: AttrValue| {
        SetPromotable {
            component: id.clone(),
            promotable: (&*word == MAY_NOT).then_some(false),
        }
        .into()
    });
    let may = component.promotable != Some(false);
    let hint = if may {
        t!("When the one that is written to is lost, a copy takes its place.")
    } else {
        t!("Copies only answer reads: writes wait until the lost one is back.")
    };
    Some(
        Select {
            id: "copies-promotable".into(),
            label: t!("A copy").into(),
            options: vec![
                (MAY.into(), t!("May take over").into()),
                (MAY_NOT.into(), t!("May not take over").into()),
            ],
            chosen: if may { MAY } else { MAY_NOT }.into(),
            hint: Some(hint.into()),
            is_own: component.promotable.is_some(),
            on_choose,
            ..Select::default()
        }
        .draw(),
    )
}

/// The numbers of a redundancy.
fn details(
    component: &Component,
    set: &Redundancy,
    instances: f64,
    send: &Callback<Message>,
) -> Vec<Html> {
    let edit = |build: Box<dyn Fn(Option<f64>) -> Redundancy>| {
        let id = component.id.clone();
        edits(send, move |value| {
            Command::from(SetRedundancy {
                component: id.clone(),
                redundancy: Some(build(value)),
            })
        })
    };
    match set {
        Redundancy::Capacity | Redundancy::All => Vec::new(),
        Redundancy::K(k) => vec![html! {
            <NumberField
                key="k"
                id="copies-k"
                label={t!("Have to work")}
                value={Some(*k)}
                min=1.0
                max={instances}
                whole=true
                look={Beside::Steps}
                required=true
                on_change={edit(Box::new(|k| Redundancy::K(k.unwrap_or(1.0))))}
            />
        }],
        Redundancy::Quorum(votes) => vec![html! {
            <NumberField
                key="quorum"
                id="copies-quorum"
                label={t!("Votes needed")}
                value={Some(*votes)}
                min=1.0
                max={instances}
                whole=true
                look={Beside::Steps}
                required=true
                on_change={edit(Box::new(|votes| Redundancy::Quorum(votes.unwrap_or(1.0))))}
            />
        }],
        Redundancy::PrimaryReplica(switch) => {
            let with = |change: fn(&mut PrimaryReplica, Option<f64>)| {
                let switch = switch.clone();
                edit(Box::new(move |value| {
                    let mut next = switch.clone();
                    change(&mut next, value);
                    Redundancy::PrimaryReplica(next)
                }))
            };
            vec![
                html! {
                    <NumberField
                        key="detect"
                        id="copies-detect"
                        label={t!("Notices after")}
                        unit="s"
                        value={switch.detect_seconds}
                        default={Some(30.0)}
                        min=0.0
                        max=86_400.0
                        explanation={t!("Seconds until the failure of the primary is noticed.")}
                        on_change={with(|switch, value| switch.detect_seconds = value)}
                    />
                },
                html! {
                    <NumberField
                        key="switch"
                        id="copies-switch"
                        label={t!("Switches in")}
                        unit="s"
                        value={switch.switch_seconds}
                        default={Some(60.0)}
                        min=0.0
                        max=86_400.0
                        explanation={t!("Seconds until a replica has taken over.")}
                        on_change={with(|switch, value| switch.switch_seconds = value)}
                    />
                },
                html! {
                    <NumberField
                        key="coverage"
                        id="copies-coverage"
                        label={t!("Switch works")}
                        value={switch.coverage}
                        default={Some(0.95)}
                        min=0.0
                        max=1.0
                        step={Some(0.01)}
                        explanation={t!("Probability that the switch works, from 0 to 1; one that was never tried often does not.")}
                        on_change={with(|switch, value| switch.coverage = value)}
                    />
                },
            ]
        }
    }
}

const NEW_ZONE: &str = "+zone";

fn placement(shown: &Shown, component: &Component, send: &Callback<Message>) -> Html {
    let plan = &shown.plan;
    let place_words = |place: &Place| {
        let name = shown.part_name(&place.id);
        format!("{name} ({})", in_sentence(place.kind.name()))
    };
    let set = |placement: Vec<Id>| {
        Command::from(SetPlacement {
            component: component.id.clone(),
            placement,
        })
    };
    let chosen = component.placement.iter().enumerate().map(|(index, id)| {
        let rest: Vec<Id> = component
            .placement
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != index)
            .map(|(_, id)| id.clone())
            .collect();
        let command = set(rest);
        let words = plan
            .place(id)
            .map_or_else(|| id.to_string(), |place| place_words(place));
        html! {
            <li class="places__item" key={format!("{id} {index}")}>
                <span class="chip">{ &words }</span>
                { IconButton {
                    icon: "close".into(),
                    label: t!("Take it out of {place}", place = words).into(),
                    side: Some("end".into()),
                    small: true,
                    on_click: send.reform(move |()| Message::Edit(command.clone())),
                    ..IconButton::default()
                }.draw() }
            </li>
        }
    });
    let mut options: Vec<(AttrValue, AttrValue)> =
        vec![(AttrValue::default(), t!("Add a place").into())];
    options.extend(plan.places.iter().map(|place| {
        (
            AttrValue::from(place.id.to_string()),
            place_words(place).into(),
        )
    }));
    options.push((NEW_ZONE.into(), t!("A new zone").into()));
    let on_choose = {
        let (component, plan) = (component.clone(), std::rc::Rc::clone(plan));
        send.reform(move |id: AttrValue| {
            let into = |id: Id| {
                let mut placement = component.placement.clone();
                placement.push(id);
                Command::from(SetPlacement {
                    component: component.id.clone(),
                    placement,
                })
            };
            if id.is_empty() {
                return Message::Settle;
            }
            if &*id != NEW_ZONE {
                return Message::Edit(into(Id::from(&*id)));
            }
            let id = plan.free_id("zone-1");
            let place = Place::new(id.clone(), PlaceKind::Zone);
            Message::Edit(Command::from(Together {
                title: t!("Place {id} in a new zone", id = component.id).into(),
                commands: vec![ChangePlace { place }.into(), into(id)],
            }))
        })
    };
    let hint = if component.placement.is_empty() {
        t!("Nowhere in particular: only its provider can take all of it down.")
    } else {
        t!("Instances are dealt to the places in turn; a place takes all in it down.")
    };
    html! {
        <div class="inspector__fields">
            <div class="slot" key={component.placement.len().to_string()}>{ Select {
                id: "copies-place".into(),
                label: t!("Stands in").into(),
                options,
                chosen: "".into(),
                hint: Some(hint.into()),
                on_choose,
                ..Select::default()
            }.draw() }</div>
            <ul class="places">{ for chosen }</ul>
        </div>
    }
}
