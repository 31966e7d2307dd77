//! What the keys and hands do.

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

/// Keys or gestures, and what they do.
type Line = (&'static str, &'static str);

/// What the keys do in the drawing, beside the actions.
const IN_THE_DRAWING: &[Line] = &[
    ("Tab", "Go to the next part of the drawing"),
    ("Enter", "Select it, and show what can be set about it"),
    ("Shift Enter", "Add it to the selection, or take it out"),
    (
        "Arrows",
        "Move the selected components; with Shift in larger steps",
    ),
    (
        "C",
        "On a card, connect: then Tab to what is called, and Enter",
    ),
    ("Escape", "Stop, close, or select nothing"),
    (
        "Shift F10",
        "What can be done with it; also by right click or a finger that rests",
    ),
];

/// What pointers and fingers do in the drawing.
const BY_HAND: &[Line] = &[
    ("Click", "Select; with Shift, add to the selection"),
    ("Drag", "Move a card or a place; from a handle, connect"),
    ("Alt Drag", "Leave the original and move a copy"),
    (
        "Alt",
        "While dragging, go anywhere: nothing snaps; Ctrl does the same",
    ),
    (
        "Double\u{a0}click",
        "Write a name on a card or a place; add a component where nothing is",
    ),
    ("Shift Drag", "Select what a frame touches"),
    ("Space Drag", "Move the window over the drawing"),
    ("Wheel", "Zoom; with Shift, move sideways"),
    ("Two\u{a0}fingers", "Move the window, and zoom by pinching"),
];

/// What the keys do in the outline.
const IN_THE_OUTLINE: &[Line] = &[
    ("Arrows", "Go to a row, and into it and its cells"),
    ("Home End", "Go to the first row, or to the last"),
    ("Letters", "Go to the next row of that name"),
    ("Enter", "Edit the cell; on a row, show what can be set"),
    ("F2", "Rename"),
    ("Shift Arrows", "Select several rows"),
    ("Ctrl Space", "Add the row to the selection, or take it out"),
    (
        "Drag",
        "Move a row: into a place, out of it, or among others",
    ),
    ("M", "Move what is selected into a place, or out of it"),
    ("Alt Arrows", "Move the row up or down in its place"),
];

/// Draws the help.
#[component]
pub(crate) fn Shortcuts(props: &ShortcutsProps) -> Html {
    let everywhere = actions::ALL
        .iter()
        .filter(|action| action.shortcut.is_some())
        .map(|action| (action.keys(), action.label));
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
    lines.iter().map(|&(keys, text)| (keys.to_owned(), text))
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
