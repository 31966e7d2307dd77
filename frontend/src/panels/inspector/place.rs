//! A place: what it is called, what fails with it, where it lies, and what stands in it.

use model::commands::{ChangePlace, Command};
use model::diagram;
use model::order::Order as _;
use model::plan::{Id, Place, PlaceKind};
use model::scenarios::Loss;
use yew::prelude::*;

use super::super::{Shown, name_of};
use super::{Frame, delete, edits, section};
use crate::state::{Message, Selection, TakeAway};
use crate::texts::say;
use crate::widgets::button::{Button, Look};
use crate::widgets::number_field::NumberField;
use crate::widgets::select::Select;
use crate::widgets::text_field::TextField;

/// Draws a place.
pub(super) fn place(shown: &Shown, id: &Id, send: &Callback<Message>) -> Html {
    let Some(place) = shown.plan.place(id) else {
        return super::plan::plan(shown, send);
    };
    let change = |set: fn(&mut Place, String)| {
        let place = (**place).clone();
        move |text: String| {
            let mut next = place.clone();
            set(&mut next, text);
            Command::from(ChangePlace { place: next })
        }
    };
    let on_name = edits(send, change(|place, name| place.name = name));
    let on_kind = choice(
        send,
        change(|place, word| {
            let kind = PlaceKind::ALL.into_iter().find(|kind| kind.id() == word);
            place.kind = kind.unwrap_or(place.kind);
        }),
    );
    let on_within = choice(
        send,
        change(|place, outer| {
            place.within = (!outer.is_empty()).then(|| Id::from(outer));
        }),
    );
    let on_notes = edits(send, change(|place, notes| place.notes = notes));
    let kinds = PlaceKind::ALL
        .iter()
        .map(|kind| (kind.id().into(), say(kind.name()).into()))
        .collect();
    let body = html! {
        <>
            { section("place", t!("Where it lies"), None, html! {
                <div class="inspector__fields">
                    { Select {
                        id: "place-kind".into(),
                        label: t!("Kind").into(),
                        options: kinds,
                        chosen: place.kind.id().into(),
                        hint: Some(t!("When it fails, everything in it is down.").into()),
                        on_choose: on_kind,
                        ..Select::default()
                    }.draw() }
                    { Select {
                        id: "place-within".into(),
                        label: t!("Within").into(),
                        options: outer_options(shown, place),
                        chosen: place.within.as_ref().map_or_else(AttrValue::default, |id| id.to_string().into()),
                        on_choose: on_within,
                        ..Select::default()
                    }.draw() }
                    { unavailability(place, send) }
                </div>
            }) }
            { contents(shown, place, send) }
            { section("place-notes", t!("Notes"), None, html! {
                <TextField area=true label={t!("Notes")} value={place.notes.clone()}
                    placeholder={t!("What the next person should know")} on_change={on_notes} />
            }) }
        </>
    };
    let loss = Loss::Place(id.clone());
    Frame {
        key: format!("place {id}"),
        about: shown.part_name(id),
        icon: Some("place".to_owned()),
        titles: html! {
            <>
                <TextField label={t!("Name")} class="inspector__name" value={place.name.clone()}
                    placeholder={id.to_string()} on_change={on_name} />
                <p class="inspector__type">{ say(place.kind.name()) }</p>
            </>
        },
        leaves: false,
        body,
        foot: Some(html! {
            <>
                { Button {
                    label: t!("Take away").into(),
                    icon: Some("scissors".into()),
                    look: Look::Quiet,
                    small: true,
                    on_click: send.reform(move |()| Message::TakeAway(TakeAway::Turn(loss.clone()))),
                    ..Button::default()
                }.draw() }
                { delete(send) }
            </>
        }),
    }
    .draw(send)
}

fn choice(
    send: &Callback<Message>,
    command: impl Fn(String) -> Command + 'static,
) -> Callback<AttrValue> {
    edits(send, move |word: AttrValue| command(word.to_string()))
}

/// Every place that this one may lie in: not itself, and nothing inside it.
fn outer_options(shown: &Shown, place: &Place) -> Vec<(AttrValue, AttrValue)> {
    let inside = diagram::places_within(&shown.plan, &place.id);
    let mut options: Vec<(AttrValue, AttrValue)> =
        vec![(AttrValue::default(), t!("Nothing").into())];
    let others = shown.plan.places.iter();
    options.extend(
        others
            .filter(|other| !inside.contains(&other.id))
            .map(|other| {
                let words = format!("{} {}", say(other.kind.name()), shown.part_name(&other.id));
                (other.id.to_string().into(), words.into())
            }),
    );
    options
}

fn unavailability(place: &Place, send: &Callback<Message>) -> Html {
    let source = place.clone();
    let on_change = edits(send, move |value: Option<f64>| {
        let mut place = source.clone();
        place.unavailability = value;
        Command::from(ChangePlace { place })
    });
    html! {
        <NumberField
            id="place-unavailability"
            label={t!("Down by itself")}
            value={place.unavailability}
            default={Some(0.0)}
            min=0.0
            max=1.0
            explanation={t!("Share of time that the place itself is down, from 0 to 1.")}
            {on_change}
        />
    }
}

/// What stands in the place, each with a way to it.
fn contents(shown: &Shown, place: &Place, send: &Callback<Message>) -> Html {
    let inside = diagram::places_within(&shown.plan, &place.id);
    let stands = |placement: &[Id]| placement.iter().any(|id| inside.contains(id));
    let mut names: Vec<(String, Id)> = shown
        .plan
        .components
        .iter()
        .filter(|component| stands(&component.placement))
        .map(|component| (name_of(component), component.id.clone()))
        .collect();
    names.order_by(|a, b| a.0.cmp(&b.0));
    let aside = tn!(names.len(); "{count} component", "{count} components");
    section(
        "place-contents",
        t!("Stands in it"),
        Some(aside),
        html! {
            <ul class="places">
                { for names.into_iter().map(|(name, id)| {
                    let shows = Selection::component(id.clone());
                    html! {
                        <li class="places__item" key={id.to_string()}>
                            <button type="button" class="chip"
                                onclick={send.reform(move |_: MouseEvent| Message::Select(shows.clone()))}>
                                { name }
                            </button>
                        </li>
                    }
                }) }
            </ul>
        },
    )
}
