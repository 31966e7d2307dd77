//! Later.

use gloo::timers::callback::Timeout;

/// Something that happens later, unless this is dropped before.
pub(crate) struct Later {
    _timeout: Timeout,
}

/// Does something after some milliseconds.
pub(crate) fn later(milliseconds: u32, act: impl FnOnce() + 'static) -> Later {
    Later {
        _timeout: Timeout::new(milliseconds, act),
    }
}
