//! Something that ends by itself after a while.

use std::rc::Rc;

use yew::prelude::*;

use super::dom;

/// Calls `end` once, `millis` after `start` took its present value; not at all while it is `None`.
#[hook]
pub(crate) fn use_timer<T: PartialEq + 'static>(
    start: Option<T>,
    millis: u32,
    end: impl Fn() + 'static,
) {
    let end = Rc::new(end);
    use_effect_with(start, move |start| {
        let timeout = start.is_some().then(|| dom::after(millis, move || end()));
        move || drop(timeout)
    });
}
