//! A drawing in small: cards with their kind's colour and pattern, and the connections between them.

use model::components::component_type;
use model::diagram::{CARD_HEIGHT, CARD_WIDTH, Point, Rect, corner, routes};
use model::plan::{Component, Plan};
use yew::prelude::*;

use super::offer_facts::kind_class;
use crate::widgets::format;

/// Width and height of the drawing in small.
const FRAME: (f64, f64) = (264.0, 112.0);
/// Cards are drawn taller than on the canvas, so that their icon is seen: this much is added above and below.
const TALLER: f64 = 20.0;
/// Width of an icon, where its card is not smaller.
const ICON: f64 = 16.0;
/// No drawing is shown larger than this part of its size on the canvas.
const LARGEST: f64 = 0.27;

/// The drawing in small: the geometry of the canvas, in taller cards; `class` places it.
pub(super) fn miniature(plan: &Plan, class: &'static str) -> Html {
    let cards: Vec<Rect> = plan
        .components
        .iter()
        .filter_map(|component| corner(component))
        .map(|Point { x, y }| Rect {
            x,
            y: y - TALLER,
            width: CARD_WIDTH,
            height: CARD_HEIGHT + 2.0 * TALLER,
        })
        .collect();
    let area = cards.iter().copied().reduce(Rect::union);
    let Some(area) = area.filter(|_| cards.len() == plan.components.len()) else {
        return html! { <svg class={classes!("mini", class)} viewBox="0 0 264 112" aria-hidden="true" /> };
    };
    let scale = ((FRAME.0 - 24.0) / area.width)
        .min((FRAME.1 - 20.0) / area.height)
        .min(LARGEST);
    let middle = area.centre();
    let place = |point: Point| Point {
        x: FRAME.0 / 2.0 + (point.x - middle.x) * scale,
        y: FRAME.1 / 2.0 + (point.y - middle.y) * scale,
    };
    html! {
        <svg class={classes!("mini", class)} viewBox="0 0 264 112" aria-hidden="true">
            <g>
                { for plan.connections.iter().zip(routes(plan, &cards)).filter_map(|(connection, route)| {
                    let points: Vec<Point> = route?.points.into_iter().map(place).collect();
                    Some(html! { <path class="mini__line" key={connection.id.as_str()} d={line(&points)} /> })
                }) }
            </g>
            <g>
                { for plan.components.iter().zip(&cards).map(|(component, card)| {
                    let size = (card.width * scale, card.height * scale);
                    node(component, place(Point { x: card.x, y: card.y }), size)
                }) }
            </g>
        </svg>
    }
}

fn line(points: &[Point]) -> String {
    let points: Vec<String> = points
        .iter()
        .map(|point| {
            format!(
                "{} {}",
                format::attribute(point.x),
                format::attribute(point.y)
            )
        })
        .collect();
    format!("M{}", points.join("L"))
}

fn node(component: &Component, corner: Point, (width, height): (f64, f64)) -> Html {
    let icon = height.min(ICON);
    let hosting = component.hosting.as_ref().and_then(|hosting| hosting.kind);
    let is_source = component_type(&component.kind).is_some_and(|kind| kind.behaviour.is_source);
    let class = hosting.map(kind_class);
    let radius = if is_source { height / 2.0 } else { 4.0 };
    let edge = format!(
        "M5 .5A4 4 0 0 0 .5 4.5v{:.1}a4 4 0 0 0 4.5 4z",
        (height - 9.0).max(0.0)
    );
    let edge_width = if hosting.is_some() { 5.0 } else { 0.0 };
    let transform = format!(
        "translate({} {})",
        format::attribute(corner.x),
        format::attribute(corner.y)
    );
    html! {
        <g key={component.id.as_str()} {class} {transform}>
            <rect
                class="mini__node"
                width={format::attribute(width)}
                height={format::attribute(height)}
                rx={format::attribute(radius)}
            />
            <g>
                { for hosting.map(|hosting| html! {
                    <>
                        <path class="mini__ground" d={edge.clone()} />
                        <path fill={format!("url(#kind-{})", hosting.id())} d={edge.clone()} />
                    </>
                }) }
            </g>
            <use
                class="mini__icon"
                href={format!("#icon-{}", component.kind)}
                x={format::attribute((width + edge_width - icon) / 2.0)}
                y={format::attribute((height - icon) / 2.0)}
                width={format::attribute(icon)}
                height={format::attribute(icon)}
            />
        </g>
    }
}
