//! What can be added at a spot of the drawing.

use model::components;
use yew::prelude::*;

use crate::state::{Joined, Message, Rework, Spot};
use crate::texts::say;
use crate::widgets::pick_list::{Pick, PickList};

/// Draws what can be added at a spot, and is connected at once where that is said.
pub(crate) fn quick_add(spot: Spot, joined: Option<Joined>, send: &Callback<Message>) -> Html {
    let label = match &joined {
        None => t!("Add a component"),
        Some(Joined::Into(_)) => t!("Put what in between?"),
        Some(Joined::CalledBy(_)) => t!("Add what is called"),
    };
    let picks = components::ALL
        .iter()
        .filter(|kind| joined.is_none() || !kind.behaviour.is_source)
        .map(|kind| Pick {
            id: kind.id,
            name: say(kind.name),
            about: say(kind.purpose),
        })
        .collect::<Vec<_>>();
    let on_pick = send.reform(move |kind: &'static str| match &joined {
        None => Message::Place {
            kind,
            at: Some(spot.canvas),
        },
        Some(joined) => Message::Rework(Rework::Put {
            kind,
            at: spot.canvas,
            joined: joined.clone(),
        }),
    });
    let on_close = send.reform(|()| Message::Rework(Rework::ClosePopover));
    html! {
        <PickList {label} {picks} at={(spot.screen.x, spot.screen.y)} {on_pick} {on_close} />
    }
}
