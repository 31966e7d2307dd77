//! The keyboard focus is never lost: when what had it is gone, the nearest thing that is left takes it.

use std::cell::RefCell;

use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::Listening;

/// What takes the focus, the nearest first.
const HEIRS: [&str; 3] = ["dialog[open]", ".app__drawer", "#canvas"];

thread_local! {
    /// What had the focus last.
    static LAST: RefCell<Option<Element>> = const { RefCell::new(None) };
}

/// Remembers what has the focus, as long as this lives.
pub(crate) fn watch() -> Listening {
    let document = gloo::utils::document();
    let came = EventListener::new(&document, "focusin", |event| {
        let target = event.target().and_then(|target| target.dyn_into().ok());
        LAST.with(|last| last.replace(target));
    });
    Listening::to(vec![came])
}

/// Gives the focus on where what had it is no longer in the page.
pub(crate) fn rescue() {
    let document = gloo::utils::document();
    let is_lost = document
        .active_element()
        .is_none_or(|active| active.tag_name() == "BODY");
    let is_gone = LAST.with(|last| {
        let last = last.borrow();
        last.as_ref().is_some_and(|element| !element.is_connected())
    });
    if !(is_lost && is_gone) {
        return;
    }
    LAST.with(|last| last.replace(None));
    for heir in HEIRS {
        let found = document.query_selector(heir).ok().flatten();
        if let Some(heir) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok())
            && heir.get_bounding_client_rect().width() > 0.0
        {
            let _ = heir.focus();
            return;
        }
    }
}
