//! The buttons in the corner of the drawing: what is taken away, new places, and how large it is shown.

use yew::prelude::*;

use crate::actions::{self, Action};
use crate::state::Message;
use crate::texts::say;
use crate::widgets::icon::{Size, icon};

/// What the buttons show.
pub(super) struct ZoomProps {
    /// The zoom in percent.
    pub percent: i64,
    /// The button that shows it: whoever zooms writes it there, so that nothing else has to be drawn anew.
    pub level: NodeRef,
    /// Whether parts are being taken away.
    pub taking: bool,
    /// Whether the next drag draws the frame of a place.
    pub framing: bool,
    /// What is noted about the plan.
    pub notes: AttrValue,
    /// Where messages go.
    pub send: Callback<Message>,
}

/// Draws the buttons in the corner.
pub(super) fn zoom(props: &ZoomProps) -> Html {
    let button = |action: &'static Action| {
        let onclick = props.send.reform(move |_: MouseEvent| (action.message)());
        html! {
            <button type="button" class="zoom__button" aria-label={say(action.label)} data-tooltip={say(action.label)}
                data-tooltip-keys={action.keys()} data-tooltip-side="top" {onclick}>
                { icon(action.icon, Size::Normal) }
            </button>
        }
    };
    let take = &actions::TAKE_AWAY;
    let on_take = props.send.reform(move |_: MouseEvent| (take.message)());
    html! {
        <div class="zoom" role="group" aria-label={t!("Drawing tools")}>
            <button type="button" class="zoom__button zoom__take" aria-label={say(take.label)} aria-pressed={props.taking.to_string()}
                data-tooltip={say(take.label)} data-tooltip-keys={take.keys()} data-tooltip-side="top" onclick={on_take}>
                { icon(take.icon, Size::Normal) }
                <span class="zoom__word">{ say(take.label) }</span>
            </button>
            <button type="button" class="zoom__button zoom__take" aria-label={t!("Add a place")} aria-pressed={props.framing.to_string()}
                data-tooltip={t!("Add a place")} data-tooltip-keys={actions::ADD_PLACE.keys()} data-tooltip-side="top"
                onclick={props.send.reform(|event: MouseEvent| if event.detail() == 0 { Message::AddPlace(None) } else { Message::StartFraming })}>
                { icon("place", Size::Normal) }
                <span class="zoom__word">{ t!("Place") }</span>
            </button>
            <span class="slot">
                { for (!props.notes.is_empty()).then(|| html! {
                    <button type="button" class="zoom__button zoom__notes" aria-label={t!("Notes of the plan: {notes}", notes = props.notes)}
                        data-tooltip={props.notes.clone()} data-tooltip-side="top"
                        onclick={props.send.reform(|_: MouseEvent| Message::ShowPlan)}>
                        { icon("note", Size::Normal) }
                    </button>
                }) }
            </span>
            <span class="zoom__separator"></span>
            { button(&actions::ZOOM_OUT) }
            <button ref={props.level.clone()} type="button" class="zoom__level" aria-label={t!("{percent} %, show at 100 %", percent = props.percent)}
                onclick={props.send.reform(|_: MouseEvent| Message::ZoomToFull)}></button>
            { button(&actions::ZOOM_IN) }
            <span class="zoom__separator"></span>
            { button(&actions::FIT) }
            { button(&actions::ARRANGE) }
        </div>
    }
}
