//! The languages that the page was published with, as `assets/boot.js` found them.

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// What a file of a language says.
#[derive(Debug, Default)]
pub(crate) struct Read {
    /// Its code, as in `de`.
    pub code: String,
    /// Each English text with what to say instead: one text of the category `other`, or one for each category of
    /// counts.
    pub texts: Vec<(String, Vec<(String, String)>)>,
}

/// What the page can be read in besides English: codes and names.
pub(crate) fn offered() -> Vec<(String, String)> {
    let languages = Array::from(&of(&planner(), "languages"));
    languages
        .iter()
        .map(|one| (text(&one, "code"), text(&one, "name")))
        .collect()
}

/// The language that was read before the program started; none for English.
pub(crate) fn read() -> Option<Read> {
    read_from(&of(&planner(), "language"))
}

/// The name of the language that was wanted and could not be read.
pub(crate) fn unread() -> Option<String> {
    of(&planner(), "unread").as_string()
}

/// Reads another language, which the document then says it is in; none for English.
///
/// # Errors
/// When it cannot be read; the document stays in its language.
pub(crate) async fn speak(code: &str) -> Result<Option<Read>, ()> {
    let planner = planner();
    let speak = of(&planner, "speak").dyn_into::<Function>();
    let promise = speak
        .and_then(|speak| speak.call1(&planner, &code.into()))
        .and_then(JsCast::dyn_into::<Promise>)
        .map_err(|_| ())?;
    let language = JsFuture::from(promise).await.map_err(|_| ())?;
    Ok(read_from(&language))
}

fn read_from(language: &JsValue) -> Option<Read> {
    let texts = of(language, "texts").dyn_into::<Object>().ok()?;
    Some(Read {
        code: text(language, "code"),
        texts: entries(&texts)
            .map(|(english, said)| {
                let forms = match said.as_string() {
                    Some(text) => vec![("other".to_owned(), text)],
                    None => entries(said.unchecked_ref())
                        .filter_map(|(category, text)| Some((category, text.as_string()?)))
                        .collect(),
                };
                (english, forms)
            })
            .collect(),
    })
}

fn entries(object: &Object) -> impl Iterator<Item = (String, JsValue)> {
    Object::entries(object).into_iter().filter_map(|entry| {
        let entry = Array::from(&entry);
        Some((entry.get(0).as_string()?, entry.get(1)))
    })
}

fn planner() -> JsValue {
    of(&js_sys::global(), "hostingPlanner")
}

fn of(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

fn text(object: &JsValue, name: &str) -> String {
    of(object, name).as_string().unwrap_or_default()
}
