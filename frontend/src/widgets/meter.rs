//! How full something is: a bar, a percentage, and a word once it matters.

use yew::prelude::*;

use super::format;
use super::icon::{Icon, Size};

/// How full something is, as a row of a list.
#[derive(Properties, PartialEq)]
pub(crate) struct MeterProps {
    /// What it is that fills.
    pub label: AttrValue,
    /// How full it is, from 0; 1 and more is more than it can do.
    pub share: f64,
}

/// Where a load is plain, busy, nearly full, or more than can be carried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Load {
    Plain,
    Busy,
    Full,
    Saturated,
}

impl Load {
    fn of(share: f64) -> Self {
        match share {
            share if share >= 1.0 => Self::Saturated,
            share if share >= 0.9 => Self::Full,
            share if share >= 0.7 => Self::Busy,
            _ => Self::Plain,
        }
    }

    fn class(self) -> &'static str {
        match self {
            Self::Plain => "meter__bar",
            Self::Busy => "meter__bar meter__bar--busy",
            Self::Full => "meter__bar meter__bar--full",
            // Its fill is the pattern named beside it.
            Self::Saturated => "meter__pattern",
        }
    }

    fn word(self) -> Option<(&'static str, &'static str, &'static str)> {
        match self {
            Self::Plain => None,
            Self::Busy => Some(("medium", "busy", "severity--medium")),
            Self::Full => Some(("high", "nearly full", "severity--high")),
            Self::Saturated => Some(("error", "too much", "severity--error")),
        }
    }
}

/// Draws how full something is.
#[component]
pub(crate) fn Meter(props: &MeterProps) -> Html {
    let load = Load::of(props.share);
    let width = format::attribute(props.share.clamp(0.0, 1.0) * 100.0);
    let fill = (load == Load::Saturated).then_some("url(#saturated)");
    html! {
        <div class="loads__row">
            <dt>{ &props.label }</dt>
            <dd class="loads__meter">
                <svg class="meter" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
                    <rect class="meter__track" width="100" height="6" />
                    <rect class={load.class()} {width} height="6" {fill} />
                </svg>
            </dd>
            <dd class="loads__value">
                { format::percent(props.share) }
                <span class="slot">
                    { for load.word().map(|(icon, word, class)| html! {
                        <span class={classes!("tag", "loads__word", class)}>
                            <Icon name={icon} size={Size::Small} />
                            { word }
                        </span>
                    }) }
                </span>
            </dd>
        </div>
    }
}
