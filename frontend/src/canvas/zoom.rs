//! The buttons in the corner of the drawing: how large it is shown.

use yew::prelude::*;

use crate::actions::{self, Action};
use crate::state::Message;
use crate::widgets::icon::{Size, icon};

#[derive(Properties, PartialEq)]
pub(super) struct ZoomProps {
    /// The zoom in percent.
    pub percent: i64,
    /// Where messages go.
    pub send: Callback<Message>,
}

/// Draws the zoom buttons.
#[component]
pub(super) fn Zoom(props: &ZoomProps) -> Html {
    let button = |action: &'static Action| {
        let onclick = props.send.reform(move |_: MouseEvent| (action.message)());
        html! {
            <button type="button" class="zoom__button" aria-label={action.label} data-tooltip={action.label}
                data-tooltip-keys={action.keys()} data-tooltip-side="top" {onclick}>
                { icon(action.icon, Size::Normal) }
            </button>
        }
    };
    html! {
        <div class="zoom" role="group" aria-label="Zoom">
            { button(&actions::ZOOM_OUT) }
            <button type="button" class="zoom__level" aria-label={format!("{} %, show at 100 %", props.percent)}
                onclick={props.send.reform(|_: MouseEvent| Message::ZoomToFull)}>
                { format!("{} %", props.percent) }
            </button>
            { button(&actions::ZOOM_IN) }
            <span class="zoom__separator"></span>
            { button(&actions::FIT) }
        </div>
    }
}
