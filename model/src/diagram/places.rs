//! The containers round what stands in one place.

use std::collections::BTreeMap;

use super::Rect;
use crate::order::Order as _;
use crate::plan::{Id, PlaceKind, Plan};

/// A place on the canvas.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceBox {
    /// The place.
    pub id: Id,
    /// What it covers.
    pub area: Rect,
}

/// Free space between a container and what is in it.
const PADDING: f64 = 24.0;
/// More of it at the top, for the label.
const LABEL: f64 = 16.0;

/// The containers of a plan, the outer ones first; a place that holds no card has none.
///
/// A component with instances in several places stands in the innermost place that holds them all.
/// `cards` are the cards of the plan's components, in their order.
pub fn places(plan: &Plan, cards: &[Rect]) -> Vec<PlaceBox> {
    let mut index: BTreeMap<&str, usize> = BTreeMap::new();
    for (place, source) in plan.places.iter().enumerate() {
        if source.kind != PlaceKind::Account {
            index.entry(&source.id).or_insert(place);
        }
    }
    let outer = |place: usize| -> Option<usize> {
        index.get(plan.places[place].within.as_deref()?).copied()
    };
    let paths: Vec<Vec<usize>> = (0..plan.places.len())
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

    let mut areas: Vec<Option<Rect>> = vec![None; plan.places.len()];
    for (component, card) in plan.components.iter().zip(cards) {
        let mut stands = component
            .placement
            .iter()
            .filter_map(|place| index.get(place.as_str()));
        let Some(&first) = stands.next() else {
            continue;
        };
        let others: Vec<usize> = stands.copied().collect();
        let innermost = paths[first]
            .iter()
            .find(|&&place| others.iter().all(|&other| paths[other].contains(&place)));
        if let Some(&place) = innermost {
            areas[place] = Some(areas[place].map_or(*card, |area| area.union(*card)));
        }
    }

    let mut order: Vec<usize> = (0..plan.places.len()).collect();
    order.order_by_key(|&place| (std::cmp::Reverse(paths[place].len()), place));
    for &place in &order {
        let Some(content) = areas[place] else {
            continue;
        };
        let mut area = content.grown(PADDING);
        area.y -= LABEL;
        area.height += LABEL;
        areas[place] = Some(area);
        if let Some(around) =
            outer(place).filter(|around| paths[*around].len() < paths[place].len())
        {
            areas[around] = Some(areas[around].map_or(area, |content| content.union(area)));
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
}
