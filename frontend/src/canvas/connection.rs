//! One connection of the drawing.

use std::rc::Rc;

use model::diagram::Point;
use yew::prelude::*;

use super::flow::flow;
use super::scene::Wire;
use super::text::measured;

#[derive(PartialEq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each may hold beside any other"
)]
pub(super) struct ConnectionProps {
    /// What is drawn.
    pub wire: Rc<Wire>,
    /// Whether it is selected.
    pub selected: bool,
    /// Whether one of its ends is being moved, so that it is drawn elsewhere.
    pub lifted: bool,
    /// Whether nothing is answered over it while parts are taken away.
    pub dead: bool,
    /// Whether what is being typed finds it.
    pub sought: bool,
    /// Whether requests run along it.
    pub flowing: bool,
    /// Whether what is held would come into it.
    pub struck: bool,
}

/// Draws a connection.
pub(super) fn connection(props: &ConnectionProps) -> Html {
    let wire = &props.wire;
    let class = classes!(
        "connection",
        wire.asynchronous.then_some("connection--async"),
        wire.optional.then_some("connection--optional"),
        props.selected.then_some("is-selected"),
        props.sought.then_some("is-sought"),
        props.dead.then_some("is-dead"),
        props.struck.then_some("is-target"),
    );
    let arrow = if props.selected || props.struck {
        "url(#arrow-selected)"
    } else {
        "url(#arrow)"
    };
    html! {
        <g
            {class}
            data-connection={wire.id.to_string()}
            role="graphics-symbol"
            aria-roledescription={t!("connection")}
            aria-label={if props.dead { t!("{connection}, dead", connection = wire.spoken) } else { wire.spoken.clone() }}
            tabindex="0"
            opacity={props.lifted.then_some("0")}
        >
            <path class="connection__hit" d={wire.path.clone()} />
            <path class="connection__line" d={wire.path.clone()} stroke-width={format!("{:.1}", wire.width)} marker-end={arrow} />
            <g>{ for (props.flowing && !props.dead).then(|| flow(wire)) }</g>
            <g>
                { for (!wire.note.is_empty()).then(|| {
                    let middle = wire.route.middle();
                    note_sign(middle.x, middle.y)
                }) }
            </g>
        </g>
    }
}

/// The sign of a part about which something is noted, with its middle here.
pub(super) fn note_sign(x: f64, y: f64) -> Html {
    html! {
        <g class="note-sign" transform={format!("translate({:.1} {:.1})", x - 7.0, y - 7.0)}>
            <circle cx="7" cy="7" r="8.5" />
            <use href="#icon-note" x="0.5" y="0.5" width="13" height="13" />
        </g>
    }
}

/// How wide what a connection says is, in canvas units.
pub(super) fn label_width(wire: &Wire) -> f64 {
    measured(&wire.label, 12.0) + 18.0
}

/// Says what runs over a connection, at a point of the canvas.
pub(super) fn label(wire: &Wire, at: Point) -> Html {
    let width = label_width(wire);
    html! {
        <g class="connection-label" aria-hidden="true" transform={format!("translate({:.1} {:.1})", at.x, at.y)}>
            <rect x={format!("{:.1}", -width / 2.0)} y="-11" width={format!("{width:.1}")} height="22" rx="6" />
            <text y="4">{ &wire.label }</text>
        </g>
    }
}
