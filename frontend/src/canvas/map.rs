//! The mini-map: the whole of a large drawing, and what of it is in sight.

use std::rc::Rc;

use model::diagram::{Point, Rect};
use yew::prelude::*;

use super::regions::{Region, region_part};
use crate::browser::element;

/// Width and height of the map, in pixels.
const SIZE: (f64, f64) = (184.0, 124.0);
/// Free space round the drawing, as a share of its extent.
const MARGIN: f64 = 0.04;

#[derive(Properties)]
pub(super) struct MapProps {
    /// The squares of the drawing.
    pub regions: Rc<Vec<Rc<Region>>>,
    /// The frame round what is in sight, which is moved without drawing the map anew.
    pub window: NodeRef,
    /// Called with the point of the canvas that shall be in the middle, and whether the hand rests there.
    pub on_look: Callback<(Point, bool)>,
    /// Called with the direction of an arrow key.
    pub on_step: Callback<(f64, f64)>,
}

impl PartialEq for MapProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.regions, &other.regions)
            && self.window == other.window
            && self.on_look == other.on_look
            && self.on_step == other.on_step
    }
}

/// Draws the map; a press or a drag on it moves what is in sight, and so do the arrow keys.
#[component]
pub(super) fn Map(props: &MapProps) -> Html {
    let node = use_node_ref();
    let whole = whole(&props.regions);
    let point = {
        let node = node.clone();
        move |event: &PointerEvent| {
            let at = element::within(
                &node,
                element::client_point(event.client_x(), event.client_y()),
            );
            Point {
                x: whole.x + at.x / SIZE.0 * whole.width,
                y: whole.y + at.y / SIZE.1 * whole.height,
            }
        }
    };
    let onpointerdown = {
        let (point, node, look) = (point.clone(), node.clone(), props.on_look.clone());
        Callback::from(move |event: PointerEvent| {
            element::capture(&node, event.pointer_id());
            look.emit((point(&event), false));
        })
    };
    let onpointermove = {
        let (point, look) = (point.clone(), props.on_look.clone());
        Callback::from(move |event: PointerEvent| {
            if event.buttons() & 1 == 1 {
                look.emit((point(&event), false));
            }
        })
    };
    let onpointerup = {
        let look = props.on_look.clone();
        Callback::from(move |event: PointerEvent| look.emit((point(&event), true)))
    };
    let onkeydown = {
        let step = props.on_step.clone();
        Callback::from(move |event: KeyboardEvent| {
            let by = match event.key().as_str() {
                "ArrowLeft" => (-1.0, 0.0),
                "ArrowRight" => (1.0, 0.0),
                "ArrowUp" => (0.0, -1.0),
                "ArrowDown" => (0.0, 1.0),
                _ => return,
            };
            event.prevent_default();
            event.stop_propagation();
            step.emit(by);
        })
    };
    html! {
        <div
            ref={node}
            class="map"
            role="application"
            aria-label={t!("Mini-map: arrow keys move what is in sight")}
            tabindex="0"
            {onpointerdown}
            {onpointermove}
            {onpointerup}
            {onkeydown}
        >
            <svg viewBox={format!("{:.0} {:.0} {:.0} {:.0}", whole.x, whole.y, whole.width, whole.height)} aria-hidden="true">
                <g>{ for props.regions.iter().map(region_part) }</g>
                <rect class="map__window" ref={props.window.clone()} />
            </svg>
        </div>
    }
}

/// What the map shows: everything, with the proportions of the map.
fn whole(regions: &[Rc<Region>]) -> Rect {
    let areas = regions.iter().map(|region| region.area);
    let all = areas.reduce(Rect::union).unwrap_or_default();
    let all = all.grown(all.width.max(all.height) * MARGIN);
    let scale = (all.width / SIZE.0).max(all.height / SIZE.1).max(1.0);
    let (width, height) = (SIZE.0 * scale, SIZE.1 * scale);
    let centre = all.centre();
    Rect {
        x: centre.x - width / 2.0,
        y: centre.y - height / 2.0,
        width,
        height,
    }
}
