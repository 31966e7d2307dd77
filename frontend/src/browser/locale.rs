//! How the visitor's language writes numbers, sums and dates, as the browser shows it by examples.

use js_sys::{Array, Date, Function, Intl, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// A piece of an example: what it is, and its text.
type Part = (String, String);

/// The visitor's language, as in `de-AT`.
pub(crate) fn language() -> String {
    gloo::utils::window()
        .navigator()
        .language()
        .unwrap_or_default()
}

/// A number in a language, in pieces.
pub(crate) fn number(language: &str, value: f64) -> Vec<Part> {
    let options = options(&[("numberingSystem", "latn")]);
    let format = Intl::NumberFormat::new(&locales(language), &options);
    parts(&format.format_to_parts(value))
}

/// A sum in euros in a language, in pieces.
pub(crate) fn money(language: &str, value: f64) -> Vec<Part> {
    let options = options(&[
        ("numberingSystem", "latn"),
        ("style", "currency"),
        ("currency", "EUR"),
    ]);
    let format = Intl::NumberFormat::new(&locales(language), &options);
    parts(&format.format_to_parts(value))
}

/// The 21st of every month of 2026 in a language, in pieces.
pub(crate) fn days(language: &str) -> Vec<Vec<Part>> {
    let options = options(&[
        ("numberingSystem", "latn"),
        ("calendar", "gregory"),
        ("timeZone", "UTC"),
        ("day", "numeric"),
        ("month", "short"),
        ("year", "numeric"),
    ]);
    let format = Intl::DateTimeFormat::new(&locales(language), &options);
    (0..12)
        .map(|month| {
            let moment = Date::new(&Date::utc(2026.0, f64::from(month)).into());
            moment.set_utc_date(21);
            parts(&format.format_to_parts(&moment))
        })
        .collect()
}

/// Which form a language takes for a number of things: `one`, `few`, `other`…
pub(crate) fn plural_category(language: &str, count: f64) -> String {
    let locales = Array::of1(&language.into());
    let rules = Intl::PluralRules::new(&locales, &Object::new());
    rules.select(count).into()
}

/// A language where the browser knows it, or else its own.
fn locales(language: &str) -> Array {
    let language = JsValue::from(language);
    let is_known = Reflect::get(&js_sys::global(), &"Intl".into())
        .and_then(|intl| Reflect::get(&intl, &"getCanonicalLocales".into()))
        .ok()
        .and_then(|ask| ask.dyn_into::<Function>().ok())
        .is_some_and(|ask| ask.call1(&JsValue::UNDEFINED, &language).is_ok());
    if is_known {
        Array::of1(&language)
    } else {
        Array::new()
    }
}

fn options(pairs: &[(&str, &str)]) -> Object {
    let options = Object::new();
    for (name, value) in pairs {
        let _ = Reflect::set(&options, &(*name).into(), &(*value).into());
    }
    options
}

fn parts(parts: &Array) -> Vec<Part> {
    let text = |part: &JsValue, name: &str| {
        Reflect::get(part, &name.into())
            .ok()
            .and_then(|value| value.as_string())
            .unwrap_or_default()
    };
    parts
        .iter()
        .map(|part| (text(&part, "type"), text(&part, "value")))
        .collect()
}
