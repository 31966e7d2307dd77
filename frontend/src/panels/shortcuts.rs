//! What the keys do.

use yew::prelude::*;

use crate::actions;
use crate::state::Message;
use crate::widgets::dialog::Dialog;

/// Where the help tells that it was closed.
#[derive(Properties, PartialEq)]
pub(crate) struct ShortcutsProps {
    /// Where messages go.
    pub send: Callback<Message>,
}

/// What the keys do on a card, beside the actions.
const ON_CARDS: &[(&str, &str)] = &[
    ("Tab", "Go to the next part of the drawing"),
    ("Enter", "Select it"),
    ("Shift Enter", "Add it to the selection, or take it out"),
    (
        "Arrows",
        "Move the selected components; with Shift in larger steps",
    ),
    ("C", "Connect: then Tab to what is called, and Enter"),
    ("Escape", "Stop, close, or select nothing"),
    ("Space Drag", "Move the window over the drawing"),
    ("Shift Drag", "Select what a frame touches"),
];

/// Draws the help.
#[component]
pub(crate) fn Shortcuts(props: &ShortcutsProps) -> Html {
    let actions = actions::ALL
        .iter()
        .filter(|action| action.shortcut.is_some())
        .map(|action| (action.id, action.keys(), action.label));
    let on_cards = ON_CARDS
        .iter()
        .map(|&(keys, text)| (keys, keys.to_owned(), text));
    html! {
        <Dialog
            id="shortcuts-title"
            title="Keyboard shortcuts"
            class="shortcuts"
            on_close={props.send.reform(|()| Message::Close)}
        >
            <dl class="shortcuts__list">
                { for actions.chain(on_cards).map(|(id, keys, text)| html! {
                    <div key={id} class="shortcuts__row">
                        <dt>{ text }</dt>
                        <dd>{ for keys.split(' ').map(|key| html! { <kbd key={key.to_owned()}>{ key }</kbd> }) }</dd>
                    </div>
                }) }
            </dl>
        </Dialog>
    }
}
