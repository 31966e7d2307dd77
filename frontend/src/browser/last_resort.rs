//! What is left when the program breaks: the plan as a file, and a word on what happened.

use js_sys::{Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// Lets a panic show the last resort instead of a dead page.
pub(crate) fn install() {
    std::panic::set_hook(Box::new(|info| show(&info.to_string())));
}

/// Tells the last resort which plan is on screen.
pub(crate) fn remember(plan: &str) {
    if let Some(window) = web_sys::window() {
        let _ = Reflect::set(&window, &"hostingPlannerDraft".into(), &plan.into());
    }
}

fn show(message: &str) {
    let Some(window) = web_sys::window() else {
        return;
    };
    let planner = Reflect::get(&window, &"hostingPlanner".into()).unwrap_or(JsValue::UNDEFINED);
    let panic = Reflect::get(&planner, &"panic".into()).unwrap_or(JsValue::UNDEFINED);
    if let Ok(panic) = panic.dyn_into::<Function>() {
        let _ = panic.call1(&planner, &message.into());
    }
}
