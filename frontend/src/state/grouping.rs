//! New places: round what is selected, round what a frame holds, or empty.

use std::rc::Rc;

use model::commands::{ChangePlace, Command, SetPlacement, Together};
use model::components::component_type;
use model::diagram::{self, Point, Rect};
use model::order::Gather as _;
use model::plan::{Component, Id, Place, PlaceKind, Plan};

use super::Selection;

/// How large an empty place is.
const EMPTY: (f64, f64) = (320.0, 200.0);

/// The edit that makes a new place, and its id: with a frame round what lies in it, otherwise round what is
/// selected, otherwise empty with its middle here. Users stand in no place.
pub(super) fn new_place(
    plan: &Plan,
    selection: &Selection,
    frame: Option<Rect>,
    middle: Point,
) -> (Command, Id) {
    let cards: Vec<Rect> = diagram::layout(plan).into_iter().map(Rect::card).collect();
    let boxes = diagram::places(plan, &cards);
    let homes = diagram::homes(plan);
    let is_chosen = |component: &Component, card: &Rect| match frame {
        Some(frame) => frame.contains(card.centre()),
        None => selection.components.contains(&component.id),
    };
    let is_source = |component: &Component| {
        component_type(&component.kind).is_some_and(|kind| kind.behaviour.is_source)
    };
    let outer = outer_of(plan, &boxes, &homes, frame, middle, |index| {
        is_chosen(&plan.components[index], &cards[index]) && !is_source(&plan.components[index])
    });
    let around = |id: &Id| plan.place(id).and_then(|place| place.within.clone());
    let enclosed = boxes
        .iter()
        .filter(|place| {
            frame.is_some_and(|frame| frame.union(place.area) == frame)
                && around(&place.id) == outer
        })
        .map(|place| place.id.clone())
        .gather_set();
    let members: Vec<&Rc<Component>> = (0..plan.components.len())
        .filter(|&index| is_chosen(&plan.components[index], &cards[index]) && homes[index] == outer)
        .map(|index| &plan.components[index])
        .filter(|component| !is_source(component))
        .collect();

    let kind = narrower(outer.as_ref().and_then(|id| plan.place(id)).map(|p| p.kind));
    let id = plan.free_id(&format!("{}-1", kind.id()));
    let mut place = Place::new(id.clone(), kind);
    place.within = outer;
    let is_empty = members.is_empty() && enclosed.is_empty();
    let area = frame.or_else(|| {
        is_empty.then(|| Rect {
            x: ((middle.x - EMPTY.0 / 2.0) / 4.0).round() * 4.0,
            y: ((middle.y - EMPTY.1 / 2.0) / 4.0).round() * 4.0,
            width: EMPTY.0,
            height: EMPTY.1,
        })
    });
    place.area = area.map(|area| [area.x, area.y, area.width, area.height]);

    let mut commands = vec![Command::from(ChangePlace { place })];
    for inner in plan.places.iter().filter(|p| enclosed.contains(&p.id)) {
        let mut inner = (**inner).clone();
        inner.within = Some(id.clone());
        commands.push(Command::from(ChangePlace { place: inner }));
    }
    for component in members {
        commands.push(Command::from(SetPlacement {
            component: component.id.clone(),
            placement: plan.placement_in(component, Some(&id)),
        }));
    }
    let title = model::words!("Add place {id}", id = &id);
    (Command::from(Together { title, commands }), id)
}

/// The place that a new one lies in: that in which all its members stand; without any, what is under its middle.
fn outer_of(
    plan: &Plan,
    boxes: &[diagram::PlaceBox],
    homes: &[Option<Id>],
    frame: Option<Rect>,
    middle: Point,
    is_member: impl Fn(usize) -> bool,
) -> Option<Id> {
    let holds = |place: &&diagram::PlaceBox| {
        frame.is_none_or(|frame| place.area.union(frame) == place.area)
    };
    if let Some(frame) = frame {
        let around: Vec<diagram::PlaceBox> = boxes.iter().filter(holds).cloned().collect();
        return diagram::place_at(&around, frame.centre()).map(|place| place.id.clone());
    }
    let mut members = (0..plan.components.len()).filter(|&index| is_member(index));
    match members.next() {
        Some(first) => homes[first]
            .clone()
            .filter(|home| members.all(|other| homes[other].as_ref() == Some(home))),
        None => diagram::place_at(boxes, middle).map(|place| place.id.clone()),
    }
}

/// What usually lies in a place of a kind.
fn narrower(around: Option<PlaceKind>) -> PlaceKind {
    match around {
        None | Some(PlaceKind::Region) => PlaceKind::Zone,
        Some(PlaceKind::Provider | PlaceKind::Account) => PlaceKind::Region,
        Some(PlaceKind::Zone | PlaceKind::Site) => PlaceKind::Rack,
        Some(PlaceKind::Rack | PlaceKind::Power | PlaceKind::Host) => PlaceKind::Host,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::plan::sketch::sketch;

    /// Users, app and db in a row, 300 apart; db in a zone of its own.
    fn plan() -> Plan {
        let mut plan = sketch("place z: zone\nusers -> app -> db@z").unwrap();
        for (index, component) in plan.components.iter_mut().enumerate() {
            Rc::make_mut(component).position = Some([300.0 * index as f64, 0.0]);
        }
        plan
    }

    fn made(selection: &Selection, frame: Option<Rect>, middle: Point) -> (Plan, Id) {
        let plan = Rc::new(plan());
        let (command, id) = new_place(&plan, selection, frame, middle);
        ((*command.apply(&plan).unwrap()).clone(), id)
    }

    #[test]
    fn a_place_is_made_round_what_is_selected_but_not_round_users() {
        let chosen = Selection {
            components: ["users".into(), "app".into()].into(),
            ..Selection::default()
        };
        let (plan, id) = made(&chosen, None, Point::default());
        assert_eq!(
            plan.component("app").unwrap().placement,
            std::slice::from_ref(&id)
        );
        assert!(plan.component("users").unwrap().placement.is_empty());
        assert_eq!(plan.place(&id).unwrap().area, None);
    }

    #[test]
    fn a_frame_takes_cards_and_places_in() {
        let frame = Rect {
            x: 250.0,
            y: -100.0,
            width: 700.0,
            height: 300.0,
        };
        let (plan, id) = made(&Selection::default(), Some(frame), Point::default());
        assert_eq!(
            plan.component("app").unwrap().placement,
            std::slice::from_ref(&id)
        );
        assert_eq!(plan.component("db").unwrap().placement, ["z"]);
        assert_eq!(plan.place("z").unwrap().within, Some(id.clone()));
        assert_eq!(
            plan.place(&id).unwrap().area,
            Some([250.0, -100.0, 700.0, 300.0])
        );
    }

    #[test]
    fn an_empty_place_lies_where_it_is_made() {
        let (plan, id) = made(&Selection::default(), None, Point { x: 640.0, y: 30.0 });
        let place = plan.place(&id).unwrap();
        assert_eq!(place.within, Some("z".into()));
        assert_eq!(place.kind, PlaceKind::Rack);
        assert!(place.area.is_some());
    }
}
