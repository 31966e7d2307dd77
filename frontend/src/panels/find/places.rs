//! Where the selected components can stand.

use model::commands::{Command, SetPlacement, Together};
use model::plan::{Id, PlaceKind};

use super::Way;
use crate::panels::{Shown, distinct, name_of};
use crate::state::{Message, Selection};
use crate::widgets::finder::Entry;
use crate::widgets::format;

/// Every place with walls, and none.
pub(super) fn ways(shown: &Shown, selection: &Selection) -> Vec<Way> {
    let plan = &shown.plan;
    let places = distinct(&plan.places, |place| &place.id)
        .filter(|place| place.kind != PlaceKind::Account)
        .map(|place| {
            let name = shown.part_name(&place.id);
            let aside = place.within.as_ref().map_or_else(
                || place.kind.name().to_owned(),
                |outer| {
                    t!(
                        "{name} in {part}",
                        name = place.kind.name(),
                        part = shown.part_name(outer)
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
    let moved: Vec<Command> = shown
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
        .collect();
    Way {
        entry: Entry {
            group: t!("Place"),
            icon: "place".into(),
            name,
            aside,
            ..Entry::default()
        },
        message: Message::Edit(Command::from(Together {
            title,
            commands: moved,
        })),
    }
}

/// What is moved, in words.
fn what(shown: &Shown, selection: &Selection) -> String {
    match selection.only_component() {
        Some(id) => shown
            .plan
            .component(id)
            .map_or_else(String::new, |component| name_of(component)),
        None => format::count(selection.components.len(), "component", "components"),
    }
}
