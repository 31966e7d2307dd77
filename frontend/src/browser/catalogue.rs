//! The catalogue of offers, which comes once the page has answered.

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::Response;

/// Asks for the catalogue and tells its text, or nothing where it cannot be had.
pub(crate) fn load(hear: impl FnOnce(Option<String>) + 'static) {
    spawn_local(async move { hear(text().await.ok()) });
}

/// Lets the page say that the catalogue is there, or that it cannot be had.
pub(crate) fn settle(is_there: bool) {
    let root = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.document_element());
    if let Some(root) = root {
        let state = if is_there { "there" } else { "missing" };
        let _ = root.set_attribute("data-catalogue", state);
    }
}

async fn text() -> Result<String, JsValue> {
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    let address = window
        .document()
        .and_then(|page| page.query_selector("meta[name=catalogue]").ok()?)
        .and_then(|meta| meta.get_attribute("content"))
        .ok_or(JsValue::NULL)?;
    let response: Response = JsFuture::from(window.fetch_with_str(&address))
        .await?
        .dyn_into()?;
    if !response.ok() {
        return Err(JsValue::NULL);
    }
    let text = JsFuture::from(response.text()?).await?;
    text.as_string().ok_or(JsValue::NULL)
}
