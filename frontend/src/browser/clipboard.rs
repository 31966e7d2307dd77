//! The clipboard: what keys copy and paste, and what buttons do.

use gloo::events::{EventListener, EventListenerOptions};
use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Clipboard, ClipboardEvent, Element};

use super::Listening;

/// What the clipboard holds.
pub(crate) enum Pasted {
    /// A text.
    Text(String),
    /// This, and no text.
    Other(&'static str),
}

/// Listens to the keys that copy, cut and paste, unless they are meant for a field or for selected text.
///
/// `copied` gives the text to copy, or nothing where there is nothing to copy; it is told whether that is cut.
pub(crate) fn listen(
    copied: impl Fn(bool) -> Option<String> + Clone + 'static,
    pasted: impl Fn(Pasted) + 'static,
) -> Listening {
    let on_copy = |name: &'static str, cut: bool| {
        let copied = copied.clone();
        on(name, move |event| {
            let text = (!selects_text()).then(|| copied(cut)).flatten();
            match (text, event.clipboard_data()) {
                (Some(text), Some(data)) => data.set_data("text/plain", &text).is_ok(),
                _ => false,
            }
        })
    };
    let on_paste = on("paste", move |event| {
        let Some(data) = event.clipboard_data() else {
            return false;
        };
        let text = data.get_data("text/plain").unwrap_or_default();
        let holds_file = data.types().includes(&"Files".into(), 0);
        pasted(if text.is_empty() && holds_file {
            Pasted::Other(t!("a picture or a file"))
        } else {
            Pasted::Text(text)
        });
        true
    });
    Listening::to(vec![on_copy("copy", false), on_copy("cut", true), on_paste])
}

/// Puts a text on the clipboard; `on_fail` where the browser does not let the page.
pub(crate) fn write(text: String, on_fail: impl Fn() + 'static) {
    let Some(clipboard) = clipboard() else {
        on_fail();
        return;
    };
    spawn_local(async move {
        if JsFuture::from(clipboard.write_text(&text)).await.is_err() {
            on_fail();
        }
    });
}

/// Gives the text on the clipboard; none where the browser does not let the page at it.
pub(crate) fn read(on_text: impl Fn(Option<String>) + 'static) {
    let Some(clipboard) = clipboard() else {
        on_text(None);
        return;
    };
    spawn_local(async move {
        let text = JsFuture::from(clipboard.read_text()).await;
        on_text(text.ok().and_then(|text| text.as_string()));
    });
}

/// Pages that are not served safely have no clipboard beside the keys.
fn clipboard() -> Option<Clipboard> {
    let navigator = web_sys::window()?.navigator();
    let clipboard = Reflect::get(&navigator, &JsValue::from_str("clipboard")).ok()?;
    clipboard.is_object().then(|| clipboard.unchecked_into())
}

fn on(name: &'static str, act: impl Fn(&ClipboardEvent) -> bool + 'static) -> EventListener {
    let options = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(&gloo::utils::document(), name, options, move |event| {
        if let Some(event) = event.dyn_ref::<ClipboardEvent>()
            && !event.default_prevented()
            && !is_elsewhere(event)
            && act(event)
        {
            event.prevent_default();
        }
    })
}

/// Whether the keys are meant for a field or a dialog.
fn is_elsewhere(event: &ClipboardEvent) -> bool {
    event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok())
        .and_then(|target| {
            target
                .closest("input, textarea, select, dialog")
                .ok()
                .flatten()
        })
        .is_some()
}

fn selects_text() -> bool {
    web_sys::window()
        .and_then(|window| window.get_selection().ok().flatten())
        .is_some_and(|selection| !selection.is_collapsed())
}
