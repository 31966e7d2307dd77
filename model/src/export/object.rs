//! Objects of a report for scripts, key by key: what does not exist is left out.

use serde_json::{Map, Value};

use crate::units::Range;

/// An object under construction: a number that does not exist leaves its key out.
#[derive(Default)]
pub(super) struct Object(pub Map<String, Value>);

impl Object {
    pub(super) fn named(id: &str) -> Self {
        let mut object = Self::default();
        object.put("id", id);
        object
    }

    pub(super) fn put(&mut self, key: &str, value: impl Into<Value>) {
        self.0.insert(key.to_owned(), value.into());
    }

    pub(super) fn number(&mut self, key: &str, value: f64) {
        if value.is_finite() {
            // Adding zero turns a negative zero into zero.
            self.put(key, value + 0.0);
        }
    }

    pub(super) fn optional(&mut self, key: &str, value: Option<f64>) {
        if let Some(value) = value {
            self.number(key, value);
        }
    }

    pub(super) fn range(&mut self, key: &str, ends: &[f64]) {
        if ends.iter().all(|end| end.is_finite()) {
            self.put(key, ends.iter().map(|end| end + 0.0).collect::<Vec<_>>());
        }
    }
}

/// Low, base and high.
pub(super) fn ends(range: Range) -> [f64; 3] {
    [range.low, range.base, range.high]
}
