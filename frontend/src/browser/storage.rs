//! What the browser keeps for the next visit.

use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{Storage, StorageEvent};

use super::Listening;

const DRAFT: &str = "hosting-planner.draft";
const THEME: &str = "theme";
const DISPLAY: &str = "display";
const VIEW: &str = "view";
const LANGUAGE: &str = "language";

/// The plan of the last visit.
pub(crate) fn draft() -> Option<String> {
    storage()?.get_item(DRAFT).ok()?
}

/// Keeps the plan, and makes sure that it is kept.
///
/// # Errors
/// In words for the visitor, when the browser keeps nothing or has no room.
pub(crate) fn keep_draft(text: &str) -> Result<(), String> {
    let storage = storage().ok_or_else(|| {
        t!("This browser keeps nothing for the next visit. Export the plan to keep it.").to_owned()
    })?;
    let kept = storage.set_item(DRAFT, text).is_ok()
        && storage.get_item(DRAFT).ok().flatten().as_deref() == Some(text);
    if kept {
        return Ok(());
    }
    Err(t!(
        "The browser has no room for this plan of {kilobytes} KB. Export it to keep it.",
        kilobytes = text.len() / 1_000
    ))
}

/// Listens to other windows that keep a plan for the next visit.
pub(crate) fn listen(on_draft: impl Fn(String) + 'static) -> Listening {
    let listener = EventListener::new(&gloo::utils::window(), "storage", move |event| {
        let event = event.dyn_ref::<StorageEvent>();
        let kept = event.filter(|event| event.key().as_deref() == Some(DRAFT));
        if let Some(text) = kept.and_then(StorageEvent::new_value) {
            on_draft(text);
        }
    });
    Listening::to(vec![listener])
}

/// The theme that was chosen: `light` or `dark`.
pub(crate) fn theme() -> Option<String> {
    storage()?.get_item(THEME).ok()?
}

/// Keeps the theme; without one, the system decides. Where nothing is kept, it holds for this visit.
pub(crate) fn keep_theme(theme: Option<&str>) {
    if let Some(storage) = storage() {
        let _ = match theme {
            Some(theme) => storage.set_item(THEME, theme),
            None => storage.remove_item(THEME),
        };
    }
}

/// The words for how the page was shown.
pub(crate) fn display() -> Option<String> {
    storage()?.get_item(DISPLAY).ok()?
}

/// Keeps how the page is shown.
pub(crate) fn keep_display(words: &str) {
    if let Some(storage) = storage() {
        let _ = storage.set_item(DISPLAY, words);
    }
}

/// The way in which the plan was shown last.
pub(crate) fn view() -> Option<String> {
    storage()?.get_item(VIEW).ok()?
}

/// Keeps the way in which the plan is shown. Where nothing is kept, it holds for this visit.
pub(crate) fn keep_view(view: &str) {
    if let Some(storage) = storage() {
        let _ = storage.set_item(VIEW, view);
    }
}

/// Keeps the code of the language in which the page is read. Where nothing is kept, it holds for this visit.
pub(crate) fn keep_language(code: &str) {
    if let Some(storage) = storage() {
        let _ = storage.set_item(LANGUAGE, code);
    }
}

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}
