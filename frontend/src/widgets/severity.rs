//! How much something matters: always a colour, an icon and a word.

use yew::prelude::*;

use super::icon::{Size, icon};

/// How much something matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Weight {
    /// It does not work.
    Error,
    /// It hurts.
    High,
    /// It will hurt some day.
    Medium,
    /// It is good to know.
    Info,
    /// It is as it should be.
    Good,
}

impl Weight {
    /// The class that colours what is inside.
    pub(crate) fn class(self) -> &'static str {
        match self {
            Self::Error => "severity--error",
            Self::High => "severity--high",
            Self::Medium => "severity--medium",
            Self::Info => "severity--info",
            Self::Good => "severity--good",
        }
    }

    /// The name of its icon.
    pub(crate) fn icon(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::High => "high",
            Self::Medium => "medium",
            Self::Info => "info",
            Self::Good => "check",
        }
    }

    /// The word on screen.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Error => t!("Does not work"),
            Self::High => t!("Serious"),
            Self::Medium => t!("Worth fixing"),
            Self::Info => t!("Good to know"),
            Self::Good => t!("Fine"),
        }
    }
}

/// Draws a word with the icon and colour of its weight.
pub(crate) fn tag(weight: Weight, text: &str) -> Html {
    html! {
        <span class={classes!("tag", weight.class())} key={weight.class()}>
            { icon(weight.icon(), Size::Normal) }
            { text }
        </span>
    }
}
