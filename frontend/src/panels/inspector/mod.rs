//! What is selected, and all that can be set about it; with nothing selected, the plan itself.

mod assumptions;
mod beside;
mod bill;
mod component;
mod connection;
mod copies;
mod disk;
mod facts;
mod hosting;
mod journeys;
mod numbers;
mod place;
mod plan;
mod prices;
mod promise;
mod promised;
mod settings;
mod several;

use std::rc::Rc;

use model::commands::Command;
use yew::prelude::*;

use super::Shown;
use crate::state::{Message, Selection};
use crate::widgets::button::{Button, IconButton, Look};
use crate::widgets::icon::{Size, icon_of};
use crate::widgets::segmented::Segment;

/// What is selected.
#[derive(Properties)]
pub(crate) struct InspectorProps {
    /// What is shown.
    pub shown: Shown,
    /// What of it is selected.
    pub selection: Rc<Selection>,
    /// Where messages go.
    pub send: Callback<Message>,
}

impl PartialEq for InspectorProps {
    fn eq(&self, other: &Self) -> bool {
        self.shown == other.shown && self.selection == other.selection && self.send == other.send
    }
}

/// Draws what is selected.
#[component]
pub(crate) fn Inspector(props: &InspectorProps) -> Html {
    let (shown, send) = (&props.shown, &props.send);
    let plan = &props.shown.plan;
    if let Some(id) = props.selection.only_component()
        && plan.component(id).is_some()
    {
        return component::component(shown, id, send);
    }
    if let Some(id) = props.selection.only_connection()
        && plan.connection(id).is_some()
    {
        return connection::connection(shown, id, send);
    }
    if let Some(id) = &props.selection.place {
        return place::place(shown, id, send);
    }
    if props.selection.is_empty() {
        plan::plan(shown, send)
    } else {
        several::several(shown, &props.selection, send)
    }
}

/// The frame of every inspector.
struct Frame {
    /// Its name: another one starts with fields of its own.
    key: String,
    /// What is inspected, in words.
    about: String,
    /// The icon before the titles.
    icon: Option<String>,
    /// The titles.
    titles: Html,
    /// Whether closing leaves the selection as it is, and only puts the panel away.
    leaves: bool,
    /// The sections.
    body: Html,
    /// The buttons at the end.
    foot: Option<Html>,
}

impl Frame {
    fn draw(self, send: &Callback<Message>) -> Html {
        let leaves = self.leaves;
        let on_close = send.reform(move |()| {
            if leaves {
                Message::ToggleInspector
            } else {
                Message::Select(Selection::default())
            }
        });
        html! {
            <aside
                key={self.key}
                class="inspector app__inspector"
                aria-label={t!("Inspector: {about}", about = self.about)}
                tabindex="-1"
            >
                <h2 class="visually-hidden">{ t!("Inspector") }</h2>
                <header class="inspector__head">
                    <span class="slot">
                        { for self.icon.map(|name| html! { { icon_of(&name, Size::Large, "inspector__icon") } }) }
                    </span>
                    <div class="inspector__titles">{ self.titles }</div>
                    { IconButton {
                        icon: "close".into(),
                        label: t!("Close the inspector").into(),
                        side: Some("end".into()),
                        class: classes!(leaves.then_some("inspector__leave")),
                        on_click: on_close,
                        ..IconButton::default()
                    }.draw() }
                </header>
                <div class="inspector__body scroll">{ self.body }</div>
                <div class="slot">
                    { for self.foot.map(|foot| html! { <footer class="inspector__foot">{ foot }</footer> }) }
                </div>
            </aside>
        }
    }
}

/// A part of an inspector under a heading.
fn section(id: &str, title: &str, aside: Option<String>, body: Html) -> Html {
    let id = format!("inspector-{id}");
    html! {
        <section class="inspector__section" aria-labelledby={id.clone()} key={id.clone()}>
            <h3 class="inspector__heading" {id}>
                { title }
                <span class="slot">
                    { for aside.map(|aside| html! { <span class="inspector__aside">{ aside }</span> }) }
                </span>
            </h3>
            { body }
        </section>
    }
}

/// A callback that makes the edit that `command` builds from what happened.
fn edits<T: 'static>(
    send: &Callback<Message>,
    command: impl Fn(T) -> Command + 'static,
) -> Callback<T> {
    send.reform(move |input| Message::Edit(command(input)))
}

fn duplicate_and_delete(send: &Callback<Message>) -> Html {
    html! {
        <>
            { Button {
                label: t!("Duplicate").into(),
                icon: Some("copy".into()),
                look: Look::Quiet,
                small: true,
                on_click: send.reform(|()| Message::DuplicateSelection),
                ..Button::default()
            }.draw() }
            { delete(send) }
        </>
    }
}

fn delete(send: &Callback<Message>) -> Html {
    html! {
        { Button {
            label: t!("Delete").into(),
            icon: Some("trash".into()),
            look: Look::Danger,
            small: true,
            on_click: send.reform(|()| Message::DeleteSelection),
            ..Button::default()
        }.draw() }
    }
}

/// Words to choose from, each with its value.
fn segments(words: &[(&'static str, &'static str)]) -> Vec<Segment> {
    words
        .iter()
        .map(|(value, label)| Segment {
            value: (*value).into(),
            label: (*label).into(),
            swatch: None,
        })
        .collect()
}
