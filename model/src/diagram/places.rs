//! The containers round what stands in one place.

use std::collections::{BTreeMap, BTreeSet};

use super::{Point, Rect};
use crate::order::{Gather as _, Order as _};
use crate::plan::{Component, Id, Place, PlaceKind, Plan};

/// A place on the canvas.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceBox {
    /// The place.
    pub id: Id,
    /// What it covers.
    pub area: Rect,
}

/// A card that lies in the container of a place in which it does not stand.
#[derive(Clone, Debug, PartialEq)]
pub struct Outsider {
    /// The component, by its index in the plan.
    pub component: usize,
    /// The innermost place that seems to hold it.
    pub place: Id,
    /// What is left free around the card, so that it does not seem to be inside.
    pub area: Rect,
}

/// Free space between a container and what is in it.
pub(super) const PADDING: f64 = 24.0;
/// More of it at the top, for the label.
pub(super) const LABEL: f64 = 16.0;
/// Free space around a card that is not inside.
const GAP: f64 = 10.0;

/// The containers of a plan, the outer ones first; a place that holds no card and has no area has none.
///
/// A component with instances in several places stands in the innermost place that holds them all.
/// `cards` are the cards of the plan's components, in their order.
pub fn places(plan: &Plan, cards: &[Rect]) -> Vec<PlaceBox> {
    let tree = Tree::of(plan);
    let mut areas: Vec<Option<Rect>> = plan.places.iter().map(|place| own_area(place)).collect();
    let mut contents: Vec<Option<Rect>> = vec![None; plan.places.len()];
    let joined = |area: Option<Rect>, more: Rect| Some(area.map_or(more, |area| area.union(more)));
    for (component, card) in plan.components.iter().zip(cards) {
        if let Some(place) = tree.home(component) {
            contents[place] = joined(contents[place], *card);
        }
    }
    let mut order: Vec<usize> = (0..plan.places.len()).collect();
    order.order_by_key(|&place| (std::cmp::Reverse(tree.depth(place)), place));
    for &place in &order {
        if let Some(content) = contents[place] {
            let mut area = content.grown(PADDING);
            area.y -= LABEL;
            area.height += LABEL;
            areas[place] = joined(areas[place], area);
        }
        let around = tree.around(place);
        if let (Some(area), Some(around)) = (areas[place], around)
            && tree.depth(around) < tree.depth(place)
        {
            contents[around] = joined(contents[around], area);
        }
    }
    order
        .into_iter()
        .rev()
        .filter_map(|place| {
            Some(PlaceBox {
                id: plan.places[place].id.clone(),
                area: areas[place]?,
            })
        })
        .collect()
}

/// For every component of a plan, in its order, the place whose container holds its card.
pub fn homes(plan: &Plan) -> Vec<Option<Id>> {
    let tree = Tree::of(plan);
    let components = plan.components.iter();
    components
        .map(|component| Some(plan.places[tree.home(component)?].id.clone()))
        .collect()
}

/// For every component of a plan, in its order, the places round its card by their index, from the outside in.
pub(super) fn home_paths(plan: &Plan) -> Vec<Vec<usize>> {
    let tree = Tree::of(plan);
    let path = |component: &Component| {
        let home = tree.home(component)?;
        Some(tree.paths[home].iter().rev().copied().collect())
    };
    let components = plan.components.iter();
    components
        .map(|component| path(component).unwrap_or_default())
        .collect()
}

/// The place itself and all within it.
pub fn places_within(plan: &Plan, id: &Id) -> BTreeSet<Id> {
    let tree = Tree::of(plan);
    let is_in = |place: &usize| tree.paths[*place].iter().any(|&p| plan.places[p].id == *id);
    let inside = (0..plan.places.len()).filter(is_in);
    inside
        .map(|place| plan.places[place].id.clone())
        .gather_set()
}

/// The innermost container at a point; of several side by side the smallest.
pub fn place_at(boxes: &[PlaceBox], point: Point) -> Option<&PlaceBox> {
    boxes
        .iter()
        .filter(|place| place.area.contains(point))
        .min_by(|a, b| {
            let size = |place: &PlaceBox| place.area.width * place.area.height;
            size(a).total_cmp(&size(b))
        })
}

/// The cards that lie in containers of places in which they do not stand.
pub fn outsiders(plan: &Plan, cards: &[Rect], boxes: &[PlaceBox]) -> Vec<Outsider> {
    let tree = Tree::of(plan);
    let stands_in = |component: &Component, place: &Id| {
        let home = tree.home(component);
        home.is_some_and(|home| {
            tree.paths[home]
                .iter()
                .any(|&p| plan.places[p].id == *place)
        })
    };
    let mut found = Vec::new();
    for (index, (component, card)) in plan.components.iter().zip(cards).enumerate() {
        let meets = |place: &&PlaceBox| place.area.meets(*card) && !stands_in(component, &place.id);
        if let Some(place) = boxes.iter().rfind(meets) {
            found.push(Outsider {
                component: index,
                place: place.id.clone(),
                area: card.grown(GAP),
            });
        }
    }
    found
}

/// What the plan says that a place covers, if it can be drawn.
fn own_area(place: &Place) -> Option<Rect> {
    let [x, y, width, height] = place.area.filter(|_| place.kind != PlaceKind::Account)?;
    let is_drawn = x.abs() <= 1e7
        && y.abs() <= 1e7
        && (1.0..=1e7).contains(&width)
        && (1.0..=1e7).contains(&height);
    is_drawn.then_some(Rect {
        x,
        y,
        width,
        height,
    })
}

/// The places of a plan and what lies around them.
struct Tree<'a> {
    index: BTreeMap<&'a str, usize>,
    /// Per place, itself and everything around it, from the inside out.
    paths: Vec<Vec<usize>>,
}

impl<'a> Tree<'a> {
    fn of(plan: &'a Plan) -> Self {
        let mut index: BTreeMap<&str, usize> = BTreeMap::new();
        for (place, source) in plan.places.iter().enumerate() {
            // What an account takes down has no walls, so it has no container.
            if source.kind != PlaceKind::Account {
                index.entry(&source.id).or_insert(place);
            }
        }
        let outer = |place: usize| index.get(plan.places[place].within.as_deref()?).copied();
        let paths = (0..plan.places.len())
            .map(|place| {
                let mut path = vec![place];
                while let Some(next) = path.last().and_then(|&last| outer(last)) {
                    if path.contains(&next) {
                        break;
                    }
                    path.push(next);
                }
                path
            })
            .collect();
        Self { index, paths }
    }

    fn depth(&self, place: usize) -> usize {
        self.paths[place].len()
    }

    fn around(&self, place: usize) -> Option<usize> {
        self.paths[place].get(1).copied()
    }

    /// The innermost place that holds all instances of a component.
    fn home(&self, component: &Component) -> Option<usize> {
        let mut stands = component
            .placement
            .iter()
            .filter_map(|place| self.index.get(place.as_str()));
        let first = *stands.next()?;
        let others: Vec<usize> = stands.copied().collect();
        self.paths[first]
            .iter()
            .find(|&&place| {
                others
                    .iter()
                    .all(|&other| self.paths[other].contains(&place))
            })
            .copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagram::Point;
    use crate::plan::{Place, sketch::sketch};
    use std::rc::Rc;

    fn place(id: &str, within: Option<&str>) -> Rc<Place> {
        let mut value = serde_json::json!({ "id": id, "kind": "region" });
        if let Some(within) = within {
            value["within"] = within.into();
        }
        Rc::new(serde_json::from_value(value).unwrap())
    }

    #[test]
    fn an_outer_place_holds_the_inner_and_the_cards() {
        let mut plan = sketch("app -> db").unwrap();
        plan.places = vec![
            place("zone", Some("region")),
            place("region", None),
            place("none", None),
        ];
        Rc::make_mut(&mut plan.components[0]).placement = vec!["zone".into()];
        Rc::make_mut(&mut plan.components[1]).placement = vec!["zone".into(), "region".into()];
        let cards = [
            Rect::card(Point::default()),
            Rect::card(Point { x: 400.0, y: 0.0 }),
        ];
        let boxes = places(&plan, &cards);
        assert_eq!(boxes.len(), 2);
        assert_eq!((&*boxes[0].id, &*boxes[1].id), ("region", "zone"));
        assert_eq!(boxes[0].area.union(boxes[1].area), boxes[0].area);
        assert!(boxes[0].area.contains(cards[1].centre()));
        assert!(!boxes[1].area.contains(cards[1].centre()));
    }

    #[test]
    fn places_within_each_other_are_drawn_without_hanging() {
        let mut plan = sketch("app -> db").unwrap();
        plan.places = vec![place("a", Some("b")), place("b", Some("a"))];
        Rc::make_mut(&mut plan.components[0]).placement = vec!["a".into()];
        let cards = [
            Rect::card(Point::default()),
            Rect::card(Point { x: 400.0, y: 0.0 }),
        ];
        assert!(!places(&plan, &cards).is_empty());
    }

    #[test]
    fn an_area_is_kept_and_grows_round_what_stands_in_it() {
        let mut plan = sketch("app -> db").unwrap();
        let mut empty = (*place("empty", None)).clone();
        empty.area = Some([-900.0, 0.0, 300.0, 200.0]);
        let mut full = (*place("full", Some("empty"))).clone();
        full.area = Some([0.0, 0.0, 50.0, 50.0]);
        let mut broken = (*place("broken", None)).clone();
        broken.area = Some([0.0, f64::MAX, 10.0, -3.0]);
        plan.places = vec![Rc::new(empty), Rc::new(full), Rc::new(broken)];
        Rc::make_mut(&mut plan.components[0]).placement = vec!["full".into()];
        let cards = [
            Rect::card(Point { x: 100.0, y: 0.0 }),
            Rect::card(Point { x: 800.0, y: 0.0 }),
        ];
        let boxes = places(&plan, &cards);
        assert_eq!(boxes.len(), 2);
        assert_eq!(boxes[0].area.x, -900.0);
        assert_eq!(boxes[0].area.union(boxes[1].area), boxes[0].area);
        assert!(boxes[1].area.contains(cards[0].centre()));
        assert_eq!(place_at(&boxes, cards[0].centre()).unwrap().id, *"full");
        assert_eq!(
            place_at(&boxes, Point { x: -800.0, y: 50.0 }).unwrap().id,
            *"empty"
        );
        assert_eq!(place_at(&boxes, cards[1].centre()), None);
        let within: Vec<Id> = places_within(&plan, &"empty".into()).into_iter().collect();
        assert_eq!(within, [Id::from("empty"), Id::from("full")]);
        assert_eq!(homes(&plan), [Some(Id::from("full")), None]);
    }

    #[test]
    fn a_card_between_those_of_a_place_is_shown_as_outside() {
        let mut plan = sketch("a:app -> b:app -> c:app").unwrap();
        plan.places = vec![place("region", None)];
        for index in [0, 2] {
            Rc::make_mut(&mut plan.components[index]).placement = vec!["region".into()];
        }
        let cards = [0.0, 300.0, 600.0].map(|x| Rect::card(Point { x, y: 0.0 }));
        let boxes = places(&plan, &cards);
        let found = outsiders(&plan, &cards, &boxes);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].component, &*found[0].place), (1, "region"));
        assert!(found[0].area.contains(cards[1].centre()));
    }
}
