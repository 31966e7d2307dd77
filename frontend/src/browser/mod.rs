//! All that the page asks of the browser, in plain values; nobody else names it.

pub(crate) mod catalogue;
pub(crate) mod clipboard;
pub(crate) mod clock;
pub(crate) mod element;
pub(crate) mod files;
pub(crate) mod focus;
pub(crate) mod keyboard;
pub(crate) mod language;
pub(crate) mod last_resort;
pub(crate) mod locale;
pub(crate) mod simulator;
pub(crate) mod storage;
pub(crate) mod style;
pub(crate) mod timers;

use gloo::events::EventListener;

/// Something that is listened to as long as this lives.
pub(crate) struct Listening {
    _listeners: Vec<EventListener>,
}

impl Listening {
    fn to(listeners: Vec<EventListener>) -> Self {
        Self {
            _listeners: listeners,
        }
    }
}
