//! Keys, wherever in the page they are pressed.

use gloo::events::{EventListener, EventListenerOptions, EventListenerPhase};
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

use super::Listening;

/// A key that was pressed or let go.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts of one key press"
)]
pub(crate) struct Key {
    /// What it types or is called: `z`, `Delete`, `ArrowLeft`.
    pub name: String,
    /// Whether Ctrl, or ⌘, is held.
    pub primary: bool,
    /// Whether Shift is held.
    pub shift: bool,
    /// Whether Alt is held.
    pub alt: bool,
    /// Whether it belongs to a field that somebody types in.
    pub is_typing: bool,
    /// Whether the focus is on a button, link or the like, which has its own use for Enter and Space.
    pub is_on_control: bool,
    /// Whether the focus is inside a dialog or menu.
    pub is_in_dialog: bool,
}

/// Listens to keys that nobody has used yet; the answer says whether the key was used.
pub(crate) fn listen(on_key: impl Fn(Key) -> bool + 'static) -> Listening {
    Listening::to(vec![on("keydown", EventListenerPhase::Bubble, on_key)])
}

/// Listens to keys before anybody else, when they go down and when they go up.
pub(crate) fn listen_first(
    on_down: impl Fn(Key) -> bool + 'static,
    on_up: impl Fn(Key) -> bool + 'static,
) -> Listening {
    Listening::to(vec![
        on("keydown", EventListenerPhase::Capture, on_down),
        on("keyup", EventListenerPhase::Capture, on_up),
    ])
}

fn on(
    event: &'static str,
    phase: EventListenerPhase,
    on_key: impl Fn(Key) -> bool + 'static,
) -> EventListener {
    let options = EventListenerOptions {
        phase,
        passive: false,
    };
    EventListener::new_with_options(&gloo::utils::window(), event, options, move |event| {
        if let Some(event) = event.dyn_ref::<KeyboardEvent>()
            && !event.default_prevented()
            && on_key(key(event))
        {
            event.prevent_default();
        }
    })
}

fn key(event: &KeyboardEvent) -> Key {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    let is_within = |selector: &str| {
        target
            .as_ref()
            .and_then(|element| element.closest(selector).ok().flatten())
            .is_some()
    };
    Key {
        name: event.key(),
        primary: event.ctrl_key() || event.meta_key(),
        shift: event.shift_key(),
        alt: event.alt_key(),
        is_typing: is_within(
            "input:not([type=range]):not([type=checkbox]):not([type=radio]), textarea, select",
        ),
        is_on_control: is_within("button, a, summary, input, select, [role=radio], [role=slider]"),
        is_in_dialog: is_within("dialog, [role=menu]"),
    }
}
