//! Several selected parts: how many, where they run, and what can be done with all of them.

use std::rc::Rc;

use model::commands::{Command, Together};
use model::plan::HostingKind;
use yew::prelude::*;

use super::super::hosting_edits::{hosted, move_to};
use super::super::offer_facts::kind_segments;
use super::super::{Shown, name_of};
use super::{Frame, duplicate_and_delete, edits, section};
use crate::actions::{self, Action};
use crate::state::{Message, Selection};
use crate::texts::say;
use crate::widgets::button::IconButton;
use crate::widgets::format;
use crate::widgets::segmented::Segmented;

/// Draws several selected parts.
pub(super) fn several(shown: &Shown, selection: &Selection, send: &Callback<Message>) -> Html {
    let mut parts = Vec::new();
    if !selection.components.is_empty() {
        parts.push(tn!(selection.components.len(); "{count} component", "{count} components"));
    }
    if !selection.connections.is_empty() {
        parts.push(tn!(selection.connections.len(); "{count} connection", "{count} connections"));
    }
    let what = format::list(&parts);
    let names: Vec<String> = shown
        .plan
        .components
        .iter()
        .filter(|component| selection.components.contains(&component.id))
        .map(|component| name_of(component))
        .collect();
    let body = html! {
        <>
            <div class="slot">{ for arrange(selection, send) }</div>
            <div class="slot">{ for hosting(shown, selection, send) }</div>
            <div class="slot">
                { for (!names.is_empty()).then(|| section("names", t!("Selected"), None, html! {
                    <p class="inspector__text">{ format::few(&names, 30) }</p>
                })) }
            </div>
        </>
    };
    Frame {
        key: "several".to_owned(),
        about: what.clone(),
        icon: Some("box".to_owned()),
        titles: html! {
            <>
                <h2 class="inspector__name">{ what }</h2>
                <p class="inspector__type">{ t!("Selected together") }</p>
            </>
        },
        leaves: false,
        body,
        foot: Some(duplicate_and_delete(send)),
    }
    .draw(send)
}

/// Buttons that put the selected cards in line.
fn arrange(selection: &Selection, send: &Callback<Message>) -> Option<Html> {
    let count = selection.components.len();
    let button = |action: &'static Action, least: usize| {
        IconButton {
            icon: action.icon.into(),
            label: say(action.label).into(),
            tooltip: Some(say(action.label).into()),
            disabled: count < least,
            on_click: send.reform(move |()| (action.message)()),
            ..IconButton::default()
        }
        .draw()
    };
    (count > 1).then(|| {
        section(
            "arrange",
            t!("Arrange"),
            None,
            html! {
                <div class="arrange" role="group" aria-labelledby="inspector-arrange">
                    { button(&actions::ALIGN_LEFT, 2) }
                    { button(&actions::ALIGN_CENTRE, 2) }
                    { button(&actions::ALIGN_RIGHT, 2) }
                    <span class="arrange__gap"></span>
                    { button(&actions::ALIGN_TOP, 2) }
                    { button(&actions::ALIGN_MIDDLE, 2) }
                    { button(&actions::ALIGN_BOTTOM, 2) }
                    <span class="arrange__gap"></span>
                    { button(&actions::DISTRIBUTE_ACROSS, 3) }
                    { button(&actions::DISTRIBUTE_DOWN, 3) }
                </div>
            },
        )
    })
}

fn hosting(shown: &Shown, selection: &Selection, send: &Callback<Message>) -> Option<Html> {
    let hosted = hosted(&shown.plan, selection);
    let first = hosted.first()?;
    let kind_of = |id| shown.evaluation.components.get(id)?.hosting;
    let common = kind_of(&first.id).filter(|kind| {
        hosted
            .iter()
            .all(|component| kind_of(&component.id) == Some(*kind))
    });
    let catalog = Rc::clone(&shown.catalog);
    let on_choose = edits(send, move |id: AttrValue| {
        let kind = HostingKind::from_id(&id).unwrap_or(HostingKind::Vps);
        let commands = hosted
            .iter()
            .map(|component| move_to(&catalog, component, kind, None))
            .collect();
        Command::from(Together {
            title: tn!(hosted.len(); "Move {count} component to {name}", "Move {count} components to {name}", name = say(kind.name())).into(),
            commands,
        })
    });
    let aside = common
        .is_none()
        .then(|| t!("of different kinds").to_owned());
    Some(section(
        "common-hosting",
        t!("Hosting"),
        aside,
        html! {
            <Segmented
                label={t!("Hosting kind of all")}
                segments={kind_segments().collect::<Vec<_>>()}
                chosen={common.map(|kind| AttrValue::from(kind.id()))}
                {on_choose}
            />
        },
    ))
}
