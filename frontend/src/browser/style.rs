//! The style of what loads once the page has answered.

use js_sys::Promise;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, HtmlElement};

/// Asks at once for the style of what loads late; gives whether it is there.
pub(crate) fn ask() -> impl Future<Output = bool> {
    let asked = asked();
    async move {
        match asked {
            Ok(Some(loaded)) => JsFuture::from(loaded).await.is_ok(),
            Ok(None) => true,
            Err(_) => false,
        }
    }
}

/// The sheet takes the place that the page kept for it among the others; a page that keeps none has it.
fn asked() -> Result<Option<Promise>, JsValue> {
    let page = web_sys::window()
        .and_then(|window| window.document())
        .ok_or(JsValue::NULL)?;
    let Some(place) = page.query_selector("meta[name=style]")? else {
        return Ok(None);
    };
    let link: HtmlElement = page.create_element("link")?.dyn_into()?;
    link.set_attribute("rel", "stylesheet")?;
    link.set_attribute("href", &place.get_attribute("content").unwrap_or_default())?;
    let loaded = Promise::new(&mut |done, failed| {
        link.set_onload(Some(&done));
        link.set_onerror(Some(&failed));
    });
    // After a failure, the one that is asked for anew stands in for the last.
    if let Some(last) = page.query_selector("link[data-late]")? {
        Element::remove(&last);
    }
    link.set_attribute("data-late", "")?;
    place.insert_adjacent_element("afterend", &link)?;
    Ok(Some(loaded))
}
