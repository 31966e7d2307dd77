//! Something that ends by itself after a while.

use std::cell::RefCell;
use std::rc::Rc;

use yew::prelude::*;

use super::dom::{self, Timeout};

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

/// Calls a turn again and again, the page drawing in between, until it says `false`; `begin` makes it, anew
/// whenever `of` changes.
#[hook]
pub(crate) fn use_turns<T: PartialEq + 'static, F: FnMut() -> bool + 'static>(
    of: T,
    begin: impl FnOnce(&T) -> F + 'static,
) {
    use_effect_with(of, move |of| {
        let next = Rc::new(RefCell::new(None));
        take_turns(&next, begin(of));
        move || drop(next.borrow_mut().take())
    });
}

fn take_turns(next: &Rc<RefCell<Option<Timeout>>>, mut turn: impl FnMut() -> bool + 'static) {
    let then = Rc::clone(next);
    let timeout = dom::after(1, move || {
        if turn() {
            take_turns(&then, turn);
        }
    });
    *next.borrow_mut() = Some(timeout);
}
