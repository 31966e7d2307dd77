//! One connection of the drawing.

use std::rc::Rc;

use yew::prelude::*;

use super::scene::Wire;
use super::text::measured;

#[derive(Properties, PartialEq)]
pub(super) struct ConnectionProps {
    /// What is drawn.
    pub wire: Rc<Wire>,
    /// Whether it is selected.
    pub selected: bool,
    /// Whether one of its ends is being moved, so that it is drawn elsewhere.
    pub lifted: bool,
}

/// Draws a connection.
#[component]
pub(super) fn Connection(props: &ConnectionProps) -> Html {
    let wire = &props.wire;
    let class = classes!(
        "connection",
        wire.asynchronous.then_some("connection--async"),
        wire.optional.then_some("connection--optional"),
        props.selected.then_some("is-selected"),
    );
    let arrow = if props.selected {
        "url(#arrow-selected)"
    } else {
        "url(#arrow)"
    };
    let middle = wire.route.middle();
    let width = measured(&wire.label, 12.0) + 12.0;
    html! {
        <g
            {class}
            data-connection={wire.id.to_string()}
            role="graphics-symbol"
            aria-roledescription="connection"
            aria-label={wire.spoken.clone()}
            tabindex="0"
            opacity={props.lifted.then_some("0")}
        >
            <path class="connection__hit" d={wire.path.clone()} />
            <path class="connection__line" d={wire.path.clone()} stroke-width={format!("{:.1}", wire.width)} marker-end={arrow} />
            <g class="connection__label" transform={format!("translate({:.1} {:.1})", middle.x, middle.y - 12.0)}>
                <rect x={format!("{:.1}", -width / 2.0)} y="-13" width={format!("{width:.1}")} height="18" rx="4" />
                <text>{ &wire.label }</text>
            </g>
        </g>
    }
}
