//! A new arrangement of the drawing, as one edit.

use std::collections::BTreeSet;
use std::rc::Rc;

use model::commands::{ChangePlace, Command, MoveComponents, Together};
use model::diagram::{self, Rect};
use model::plan::{Id, Place, Plan};

use super::Selection;

/// The edit that arranges the selected components, or all where fewer than two are selected.
///
/// What is not selected stays where it stands. Where all are arranged, the frames of places that hold a card are drawn
/// round their cards anew.
pub(super) fn arrangement(plan: &Plan, selection: &Selection) -> Command {
    let chosen = &selection.components;
    let is_whole = chosen.len() < 2;
    let positions = diagram::arranged(plan, |id| is_whole || chosen.contains(id));
    let count = positions.len();
    let mut commands = vec![Command::from(MoveComponents { positions })];
    if is_whole {
        let mut full = BTreeSet::new();
        full.extend(diagram::homes(plan).into_iter().flatten());
        let is_framed = |place: &&Rc<Place>| place.area.is_some() && full.contains(&place.id);
        commands.extend(plan.places.iter().filter(is_framed).map(|place| {
            let place = Place {
                area: None,
                ..(**place).clone()
            };
            Command::from(ChangePlace { place })
        }));
    }
    let title = if is_whole {
        model::words!("Arrange the drawing")
    } else {
        model::counted!(count; "Arrange 1 component", "Arrange {count} components")
    };
    Command::from(Together { title, commands })
}

/// What the selected parts cover; none where nothing of them is drawn.
pub(super) fn extent(plan: &Plan, selection: &Selection) -> Option<Rect> {
    let cards: Vec<Rect> = diagram::layout(plan).into_iter().map(Rect::card).collect();
    let ends = |id: &Id| {
        let connections = plan.connections.iter();
        let mut chosen =
            connections.filter(|connection| selection.connections.contains(&connection.id));
        chosen.any(|connection| connection.from == *id || connection.to == *id)
    };
    let is_chosen = |id: &Id| selection.components.contains(id) || ends(id);
    let boxes = diagram::places(plan, &cards);
    let place = boxes
        .iter()
        .find(|place| selection.place.as_ref() == Some(&place.id));
    plan.components
        .iter()
        .zip(&cards)
        .filter(|(component, _)| is_chosen(&component.id))
        .map(|(_, card)| *card)
        .chain(place.map(|place| place.area))
        .reduce(Rect::union)
}
