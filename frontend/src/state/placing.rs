//! New components: one more where a card of their type lies, otherwise on a spot and with a label that are free.

use std::rc::Rc;

use model::components;
use model::diagram::{self, CARD_HEIGHT, CARD_WIDTH, Point, Rect};
use model::plan::{Component, Id, Plan};

use super::Viewport;
use crate::texts::say;

/// New components that have no place of their own are put on a grid of this width.
const GRID: f64 = 4.0;

/// A new component of a type, with its middle here or else on a free spot in sight, in the place that is drawn there.
pub(super) fn new_component(
    plan: &Plan,
    kind: &str,
    middle: Option<Point>,
    viewport: Viewport,
) -> Component {
    let step = if middle.is_some() { 1.0 } else { GRID };
    let middle = middle.unwrap_or_else(|| free_spot(plan, viewport));
    let snapped = |middle: f64, extent: f64| ((middle - extent / 2.0) / step).round() * step;
    let mut component = Component {
        kind: kind.to_owned(),
        label: free_label(plan, kind),
        position: Some([
            snapped(middle.x, CARD_WIDTH),
            snapped(middle.y, CARD_HEIGHT),
        ]),
        ..Component::default()
    };
    let is_source = components::component_type(kind).is_some_and(|kind| kind.behaviour.is_source);
    if !plan.places.is_empty() && !is_source {
        let cards: Vec<Rect> = diagram::layout(plan).into_iter().map(Rect::card).collect();
        let boxes = diagram::places(plan, &cards);
        let home = diagram::place_at(&boxes, middle).map(|home| &home.id);
        component.placement = plan.placement_in(&component, home);
    }
    component
}

/// The component of a type whose card lies under a point, the one drawn last first.
pub(super) fn card_at(plan: &Plan, kind: &str, at: Point) -> Option<Id> {
    let is_under = |component: &&Rc<Component>| {
        component.kind == kind
            && component.position.is_some_and(|[x, y]| {
                let card = Rect::card(Point { x, y });
                (card.x..card.right()).contains(&at.x) && (card.y..card.bottom()).contains(&at.y)
            })
    };
    let found = plan.components.iter().rev().find(is_under)?;
    Some(found.id.clone())
}

/// The middle of the window, or the nearest spot below it where no card stands.
fn free_spot(plan: &Plan, viewport: Viewport) -> Point {
    let mut spot = viewport.visible().centre();
    let cards: Vec<Rect> = plan
        .components
        .iter()
        .filter_map(|component| component.position)
        .map(|[x, y]| Rect::card(Point { x, y }))
        .collect();
    for _ in 0..cards.len() {
        let corner = spot.moved(-CARD_WIDTH / 2.0, -CARD_HEIGHT / 2.0);
        let area = Rect::card(corner).grown(12.0);
        match cards.iter().find(|card| card.meets(area)) {
            Some(card) => spot.y = card.bottom() + CARD_HEIGHT / 2.0 + 24.0,
            None => break,
        }
    }
    spot
}

/// The name of a type, with a number where the plan has it already: `Cache 2`.
fn free_label(plan: &Plan, kind: &str) -> String {
    let Some(kind) = components::component_type(kind) else {
        return String::new();
    };
    let is_taken = |label: &str| plan.components.iter().any(|known| known.label == label);
    let name = say(kind.name);
    let numbered = (2..=plan.components.len() + 1).map(|number| format!("{name} {number}"));
    std::iter::once(name.to_owned())
        .chain(numbered)
        .find(|label| !is_taken(label))
        .unwrap_or_default()
}
