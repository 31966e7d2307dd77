//! What the keys and hands do.

use yew::prelude::*;

use crate::actions;
use crate::state::Message;
use crate::texts::say;
use crate::widgets::dialog::Dialog;

/// Where the help tells that it was closed.
#[derive(Properties, PartialEq)]
pub(crate) struct ShortcutsProps {
    /// Where messages go.
    pub send: Callback<Message>,
}

/// Keys or gestures, and what they do.
type Line = (&'static str, &'static str);

/// What the keys do in the drawing, beside the actions.
const IN_THE_DRAWING: &[Line] = &[
    (text!("Tab"), text!("Go to the next part of the drawing")),
    (
        text!("Enter"),
        text!("Select it, and show what can be set about it"),
    ),
    (
        text!("Shift Enter"),
        text!("Add it to the selection, or take it out"),
    ),
    (
        text!("Arrows"),
        text!("Move the selected components; with Shift in larger steps"),
    ),
    (
        "C",
        text!("On a card, connect: then Tab to what is called, and Enter"),
    ),
    (text!("Escape"), text!("Stop, close, or select nothing")),
    (
        text!("Shift F10"),
        text!("What can be done with it; also by right click or a finger that rests"),
    ),
];

/// What pointers and fingers do in the drawing.
const BY_HAND: &[Line] = &[
    (
        text!("Click"),
        text!("Select; with Shift, add to the selection"),
    ),
    (
        text!("Drag"),
        text!("Move a card or a place; from a handle, connect"),
    ),
    (
        text!("Alt Drag"),
        text!("Leave the original and move a copy"),
    ),
    (
        text!("Alt"),
        text!("While dragging, go anywhere: nothing snaps; Ctrl does the same"),
    ),
    (
        text!("Double\u{a0}click"),
        text!("Write a name on a card or a place; add a component where nothing is"),
    ),
    (text!("Shift Drag"), text!("Select what a frame touches")),
    (
        text!("Space Drag"),
        text!("Move the window over the drawing"),
    ),
    (text!("Wheel"), text!("Zoom; with Shift, move sideways")),
    (
        text!("Two\u{a0}fingers"),
        text!("Move the window, and zoom by pinching"),
    ),
];

/// What the keys do in the outline.
const IN_THE_OUTLINE: &[Line] = &[
    (
        text!("Arrows"),
        text!("Go to a row, and into it and its cells"),
    ),
    (
        text!("Home End"),
        text!("Go to the first row, or to the last"),
    ),
    (text!("Letters"), text!("Go to the next row of that name")),
    (
        text!("Enter"),
        text!("Edit the cell; on a row, show what can be set"),
    ),
    ("F2", text!("Rename")),
    (text!("Shift Arrows"), text!("Select several rows")),
    (
        text!("Ctrl Space"),
        text!("Add the row to the selection, or take it out"),
    ),
    (
        text!("Drag"),
        text!("Move a row: into a place, out of it, or among others"),
    ),
    (
        text!("Alt Enter"),
        text!("Move what is selected into a place, or out of it"),
    ),
    (
        text!("Alt Arrows"),
        text!("Move the row up or down in its place"),
    ),
];

/// Draws the help.
#[component]
pub(crate) fn Shortcuts(props: &ShortcutsProps) -> Html {
    let everywhere = actions::ALL
        .iter()
        .filter(|action| action.shortcut.is_some())
        .map(|action| (action.keys(), say(action.label)));
    html! {
        <Dialog
            id="shortcuts-title"
            title={t!("Keyboard shortcuts")}
            class="shortcuts"
            on_close={props.send.reform(|()| Message::Close)}
        >
            { group(t!("Everywhere"), everywhere) }
            { group(t!("In the drawing"), lines(IN_THE_DRAWING)) }
            { group(t!("By hand"), lines(BY_HAND)) }
            { group(t!("In the outline"), lines(IN_THE_OUTLINE)) }
        </Dialog>
    }
}

fn lines(lines: &'static [Line]) -> impl Iterator<Item = (String, &'static str)> {
    lines
        .iter()
        .map(|&(keys, text)| (say(keys).to_owned(), say(text)))
}

fn group(title: &'static str, lines: impl Iterator<Item = (String, &'static str)>) -> Html {
    html! {
        <section class="shortcuts__group" aria-label={title}>
            <h3 class="shortcuts__title">{ title }</h3>
            <dl class="shortcuts__list">
                { for lines.map(|(keys, text)| html! {
                    <div key={text} class="shortcuts__row">
                        <dt>{ text }</dt>
                        <dd>{ for keys.split(' ').map(|key| html! { <kbd key={key.to_owned()}>{ key }</kbd> }) }</dd>
                    </div>
                }) }
            </dl>
        </section>
    }
}
