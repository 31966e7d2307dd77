//! The catalogue of offers, which comes once the page has answered.

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

/// The text of the catalogue, or nothing where it cannot be had.
pub(crate) async fn text() -> Option<String> {
    fetched().await.ok()
}

async fn fetched() -> Result<String, JsValue> {
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
