//! Files in and out: chosen, dropped on the page, downloaded.

use gloo::events::{EventListener, EventListenerOptions};
use gloo::timers::callback::Timeout;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, BlobPropertyBag, DragEvent, File, HtmlAnchorElement, HtmlInputElement, Url};

use super::Listening;

/// A file that was chosen or dropped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Chosen {
    /// Its name.
    pub name: String,
    /// What is in it.
    pub content: Content,
}

/// What is in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Content {
    /// These bytes.
    Bytes(Vec<u8>),
    /// More than anybody wants to read: so many bytes.
    TooLarge(usize),
    /// The browser could not read it.
    Unreadable,
}

/// Lets the visitor choose a file, and reads it unless it is larger than `most` bytes.
pub(crate) fn choose(most: usize, on_file: impl Fn(Chosen) + 'static) {
    let input = gloo::utils::document()
        .create_element("input")
        .ok()
        .and_then(|element| element.dyn_into::<HtmlInputElement>().ok());
    let Some(input) = input else { return };
    input.set_type("file");
    input.set_accept(".json,application/json");
    let chosen = input.clone();
    EventListener::once(&input, "change", move |_| {
        if let Some(file) = chosen.files().and_then(|files| files.get(0)) {
            read(file, most, on_file);
        }
    })
    .forget();
    input.click();
}

/// Listens to files that are dragged over the page and dropped on it.
pub(crate) fn listen(
    most: usize,
    on_hover: impl Fn(bool) + Clone + 'static,
    on_file: impl Fn(Chosen) + Clone + 'static,
) -> Listening {
    let on = |event: &'static str, act: Box<dyn Fn(&DragEvent)>| {
        let options = EventListenerOptions::enable_prevent_default();
        EventListener::new_with_options(&gloo::utils::window(), event, options, move |event| {
            if let Some(event) = event.dyn_ref::<DragEvent>()
                && carries_files(event)
            {
                event.prevent_default();
                act(event);
            }
        })
    };
    let (hover, leave, end) = (on_hover.clone(), on_hover.clone(), on_hover);
    Listening::to(vec![
        on("dragenter", Box::new(move |_| hover(true))),
        on("dragover", Box::new(|_| {})),
        on(
            "dragleave",
            Box::new(move |event| {
                if event.related_target().is_none() {
                    leave(false);
                }
            }),
        ),
        on(
            "drop",
            Box::new(move |event| {
                end(false);
                let files = event.data_transfer().and_then(|data| data.files());
                if let Some(file) = files.and_then(|files| files.get(0)) {
                    read(file, most, on_file.clone());
                }
            }),
        ),
    ])
}

/// Hands a text out as a file.
pub(crate) fn download(name: &str, mime: &str, text: &str) {
    let options = BlobPropertyBag::new();
    options.set_type(mime);
    let parts = Array::of1(&JsValue::from_str(text));
    let url = Blob::new_with_str_sequence_and_options(&parts, &options)
        .and_then(|blob| Url::create_object_url_with_blob(&blob));
    let link = gloo::utils::document()
        .create_element("a")
        .ok()
        .and_then(|element| element.dyn_into::<HtmlAnchorElement>().ok());
    if let (Ok(url), Some(link)) = (url, link) {
        link.set_href(&url);
        link.set_download(name);
        link.click();
        // The download has started long before.
        Timeout::new(10_000, move || {
            let _ = Url::revoke_object_url(&url);
        })
        .forget();
    }
}

fn carries_files(event: &DragEvent) -> bool {
    event
        .data_transfer()
        .is_some_and(|data| data.types().includes(&"Files".into(), 0))
}

fn read(file: File, most: usize, on_file: impl Fn(Chosen) + 'static) {
    let name = file.name();
    let size = file.size() as usize;
    if size > most {
        let content = Content::TooLarge(size);
        on_file(Chosen { name, content });
        return;
    }
    spawn_local(async move {
        let content = match JsFuture::from(file.array_buffer()).await {
            Ok(buffer) => Content::Bytes(Uint8Array::new(&buffer).to_vec()),
            Err(_) => Content::Unreadable,
        };
        on_file(Chosen { name, content });
    });
}
