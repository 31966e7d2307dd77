//! A component: what it is, where it runs, how many there are, what can be set, and what comes of it.

use model::commands::{Rename, SetNotes};
use model::components::component_type;
use model::plan::{Component, Id};
use yew::prelude::*;

use super::super::words::weight_of;
use super::super::{Shown, name_of};
use super::{
    Frame, copies, disk, duplicate_and_delete, edits, facts, hosting, numbers, promise, section,
    settings,
};
use crate::actions::PIN;
use crate::state::Message;
use crate::texts::{self, say};
use crate::widgets::button::{Button, Look};
use crate::widgets::icon::{Size, icon};
use crate::widgets::text_field::TextField;

/// Draws a component.
pub(super) fn component(shown: &Shown, id: &Id, send: &Callback<Message>) -> Html {
    let component = shown.plan.component(id).cloned().unwrap_or_default();
    let kind = component_type(&component.kind);
    let is_hosted =
        kind.is_some_and(|kind| !kind.behaviour.is_source && !kind.behaviour.is_external);
    let own = |part: fn(&Shown, &Component, &Callback<Message>) -> Html| {
        is_hosted.then(|| part(shown, &component, send))
    };
    let body = html! {
        <>
            <div class="slot">{ for findings(shown, id, send) }</div>
            <div class="slot">{ for own(hosting::hosting) }</div>
            <div class="slot">{ for is_hosted.then(|| disk::disk(shown, &component, send)).flatten() }</div>
            <div class="slot">{ for own(copies::copies) }</div>
            <div class="slot">{ for numbers::load(shown, id) }</div>
            <div class="slot">
                { for kind.filter(|kind| !kind.parameters.is_empty()).map(|_| html! {
                    <settings::Settings shown={shown.clone()} id={id.clone()} send={send.clone()} />
                }) }
            </div>
            <div class="slot">{ for is_hosted.then(|| promise::promise(shown, &component)).flatten() }</div>
            <div class="slot">{ for is_hosted.then(|| numbers::money_and_work(shown, id)).flatten() }</div>
            <div class="slot">{ for own(facts::facts) }</div>
            { notes(&component, send) }
        </>
    };
    let icon = kind.map_or("external_service", |kind| kind.id).to_owned();
    Frame {
        key: format!("component {id}"),
        about: name_of(&component),
        icon: Some(icon),
        titles: titles(&component, send),
        leaves: false,
        body,
        foot: Some(html! { <>{ pin(&component, send) }{ duplicate_and_delete(send) }</> }),
    }
    .draw(send)
}

/// The button that keeps the card where it stands when the drawing is arranged, or no longer.
fn pin(component: &Component, send: &Callback<Message>) -> Html {
    Button {
        label: if component.is_pinned() {
            t!("Unpin")
        } else {
            t!("Pin")
        }
        .into(),
        icon: Some("pin".into()),
        look: Look::Quiet,
        small: true,
        on_click: send.reform(|()| (PIN.message)()),
        ..Button::default()
    }
    .draw()
}

fn titles(component: &Component, send: &Callback<Message>) -> Html {
    let kind = component_type(&component.kind);
    let id = component.id.clone();
    let on_change = edits(send, move |label| {
        Rename {
            component: id.clone(),
            label,
        }
        .into()
    });
    html! {
        <>
            <TextField
                label={t!("Name")}
                class="inspector__name"
                value={component.label.clone()}
                placeholder={name_of(component)}
                {on_change}
            />
            <p class="inspector__type">
                { kind.map_or_else(|| t!("Unknown type \"{kind}\"", kind = component.kind), |kind| say(kind.name).to_owned()) }
            </p>
            <div class="slot">
                { for kind.map(|kind| html! { <p class="inspector__purpose">{ say(kind.purpose) }</p> }) }
            </div>
        </>
    }
}

fn findings(shown: &Shown, id: &Id, send: &Callback<Message>) -> Option<Html> {
    let evaluation = &shown.evaluation;
    let problems = evaluation
        .problems
        .iter()
        .filter(|problem| problem.subjects.contains(id))
        .enumerate()
        .map(|(index, problem)| {
            html! {
                <li class="note severity--error" key={format!("problem {index}")}>
                    { icon("error", Size::Normal) }
                    <div class="note__text"><p class="note__title">{ texts::words(&problem.message) }</p></div>
                </li>
            }
        });
    let findings = evaluation
        .findings
        .iter()
        .filter(|finding| finding.subjects.contains(id))
        .enumerate()
        .map(|(index, finding)| {
            let weight = weight_of(finding.severity);
            html! {
                <li class={classes!("note", weight.class())} key={format!("{} {index}", finding.rule)}>
                    { icon(weight.icon(), Size::Normal) }
                    <div class="note__text">
                        <p class="note__title">
                            <span class="visually-hidden">{ format!("{}: ", say(weight.word())) }</span>
                            { texts::words(&finding.title) }
                        </p>
                        <p class="note__why">{ texts::words(&finding.why) }</p>
                        <div class="slot">
                            { for finding.fix.as_ref().map(|fix| {
                                let command = fix.command.clone();
                                html! {
                                    <div class="note__actions">
                                        { Button {
                                            label: texts::words(&fix.label).into(),
                                            icon: Some("wrench".into()),
                                            small: true,
                                            on_click: send.reform(move |()| Message::Edit(command.clone())),
                                            ..Button::default()
                                        }.draw() }
                                    </div>
                                }
                            }) }
                        </div>
                    </div>
                </li>
            }
        });
    let notes: Vec<Html> = problems.chain(findings).collect();
    (!notes.is_empty()).then(|| {
        html! {
            <section class="inspector__section" aria-label={t!("Findings")}>
                <ul class="inspector__findings">{ for notes }</ul>
            </section>
        }
    })
}

fn notes(component: &Component, send: &Callback<Message>) -> Html {
    let id = component.id.clone();
    let on_change = edits(send, move |notes| {
        SetNotes {
            component: id.clone(),
            notes,
        }
        .into()
    });
    section(
        "notes",
        t!("Notes"),
        None,
        html! {
            <TextField
                area=true
                label={t!("Notes")}
                value={component.notes.clone()}
                placeholder={t!("What the next person should know")}
                {on_change}
            />
        },
    )
}
