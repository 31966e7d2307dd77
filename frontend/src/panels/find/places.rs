//! Where the selected components, or the selected place, can stand.

use model::commands::{Command, SetPlacement, Together};
use model::diagram::{self, Rect};
use model::plan::{Id, PlaceKind};

use super::Way;
use crate::panels::{Shown, distinct, name_of};
use crate::state::{Message, Selection};
use crate::texts::say;
use crate::tools::move_place;
use crate::widgets::finder::Entry;

/// Every place with walls, and none.
pub(super) fn ways(shown: &Shown, selection: &Selection) -> Vec<Way> {
    let plan = &shown.plan;
    let moved = selection.place.as_ref();
    let inside = moved.map(|moved| diagram::places_within(plan, moved));
    let is_inside = |id: &Id| inside.as_ref().is_some_and(|inside| inside.contains(id));
    let places = distinct(&plan.places, |place| &place.id)
        .filter(|place| place.kind != PlaceKind::Account && !is_inside(&place.id))
        .map(|place| {
            let name = shown.part_name(&place.id);
            let aside = place.within.as_ref().map_or_else(
                || say(place.kind.name()).to_owned(),
                |outer| {
                    t!(
                        "{kind} in {place}",
                        kind = say(place.kind.name()),
                        place = shown.part_name(outer)
                    )
                },
            );
            let title = t!(
                "Move {what} into {name}",
                what = what(shown, selection),
                name
            );
            way(shown, selection, Some(&place.id), (name, aside), title)
        });
    let nowhere = (
        t!("No place").to_owned(),
        t!("It stands by itself").to_owned(),
    );
    let title = t!(
        "Take {what} out of its place",
        what = what(shown, selection)
    );
    places
        .chain(std::iter::once(way(shown, selection, None, nowhere, title)))
        .collect()
}

fn way(
    shown: &Shown,
    selection: &Selection,
    place: Option<&Id>,
    (name, aside): (String, String),
    title: String,
) -> Way {
    let edit = if let Some(moved) = &selection.place {
        let plan = &shown.plan;
        let cards: Vec<Rect> = diagram::layout(plan).into_iter().map(Rect::card).collect();
        let boxes = diagram::places(plan, &cards);
        move_place(plan, &boxes, moved, (0.0, 0.0), place.cloned())
    } else {
        Command::from(Together {
            title: title.into(),
            commands: placements(shown, selection, place),
        })
    };
    Way {
        entry: Entry {
            group: t!("Place"),
            icon: "place".into(),
            name,
            aside,
            ..Entry::default()
        },
        message: Message::Edit(edit),
    }
}

fn placements(shown: &Shown, selection: &Selection, place: Option<&Id>) -> Vec<Command> {
    shown
        .plan
        .components
        .iter()
        .filter(|component| selection.components.contains(&component.id))
        .map(|component| {
            Command::from(SetPlacement {
                component: component.id.clone(),
                placement: shown.plan.placement_in(component, place),
            })
        })
        .collect()
}

/// What is moved, in words.
fn what(shown: &Shown, selection: &Selection) -> String {
    match selection.only_component().or(selection.place.as_ref()) {
        Some(id) if selection.place.is_some() => shown.part_name(id),
        Some(id) => shown
            .plan
            .component(id)
            .map_or_else(String::new, |component| name_of(component)),
        None => tn!(selection.components.len(); "{count} component", "{count} components"),
    }
}
