//! The worker behind "Check by simulation": a plan and a seed come in, progress and a report go out.
//!
//! It says `ready`, and then for every job so many whole percents, and the report or a sentence on what is wrong:
//! see [`job::run`]. Ending the worker stops it.

mod job;

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

fn main() {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let page = scope.clone();
    let tell = move |answer: &str| {
        // A page that is gone needs no answer.
        let _ = page.post_message(&answer.into());
    };
    tell("ready");
    let listen = Closure::<dyn FnMut(MessageEvent)>::new(move |message: MessageEvent| {
        if let Some(text) = message.data().as_string() {
            job::run(&text, &tell);
        }
    });
    scope.set_onmessage(Some(listen.as_ref().unchecked_ref()));
    // The worker listens as long as it lives.
    listen.forget();
}
