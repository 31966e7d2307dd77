//! Charts: drawings of a few numbers that say in a sentence what they show.

mod lines;
mod stack;

pub(crate) use lines::{Lines, Look, Series};
pub(crate) use stack::{Part, stack};

use yew::AttrValue;

use super::format;

/// What the numbers of a chart count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Measure {
    /// Requests or items per second.
    Rate,
    /// Shares, 1 being all.
    Share,
    /// Things.
    Count,
    /// Amounts of this currency.
    Money(AttrValue),
}

impl Measure {
    /// A number in words.
    pub(crate) fn text(&self, value: f64) -> String {
        match self {
            Self::Rate => format::rate(value).to_string(),
            Self::Share => format::percent(value),
            Self::Count => format::short(value),
            Self::Money(currency) => format::money(value, currency),
        }
    }
}

/// A place along a chart as a percentage of its width.
fn percent(share: f64) -> String {
    format!("{share:.2}%", share = share * 100.0)
}
