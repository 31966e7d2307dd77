//! What time it is.

use model::catalog::Date;

/// Seconds since the page was opened; only goes forward.
pub(crate) fn now_seconds() -> f64 {
    web_sys::window()
        .and_then(|window| window.performance())
        .map_or(0.0, |performance| performance.now() / 1_000.0)
}

/// The date of today.
pub(crate) fn today() -> Option<Date> {
    let moment = String::from(js_sys::Date::new_0().to_iso_string());
    Date::parse(moment.get(..10)?)
}
