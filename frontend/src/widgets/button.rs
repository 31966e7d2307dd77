//! Buttons: with words, or with an icon and a name.

use yew::prelude::*;

use super::icon::{Size, icon};

/// What a button is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Look {
    /// One of several.
    #[default]
    Plain,
    /// The one thing to do here.
    Primary,
    /// An edit that is offered.
    Accent,
    /// There when it is looked for.
    Quiet,
    /// Takes something away.
    Danger,
}

impl Look {
    fn classes(self) -> &'static str {
        match self {
            Self::Plain => "button",
            Self::Primary => "button button--primary",
            Self::Accent => "button button--accent",
            Self::Quiet => "button button--quiet",
            Self::Danger => "button button--quiet button--danger",
        }
    }
}

/// A button with words.
#[derive(Default)]
pub(crate) struct Button {
    /// The words: what it does.
    pub label: AttrValue,
    /// What it is for.
    pub look: Look,
    /// An icon before the words.
    pub icon: Option<AttrValue>,
    /// Whether it stands beside small text.
    pub small: bool,
    /// Whether it cannot be used now.
    pub disabled: bool,
    /// What else there is to say, for screen readers.
    pub described_by: Option<AttrValue>,
    /// Further classes.
    pub class: Classes,
    /// It was used.
    pub on_click: Callback<()>,
}

impl Button {
    /// Draws it.
    pub(crate) fn draw(self) -> Html {
        let small = self.small.then_some("button--small");
        let size = if self.small {
            Size::Small
        } else {
            Size::Normal
        };
        html! {
            <button
                type="button"
                class={classes!(self.look.classes(), small, self.class.clone())}
                disabled={self.disabled}
                aria-describedby={self.described_by.clone()}
                onclick={self.on_click.reform(|_: MouseEvent| ())}
            >
                <span class="slot">
                    { for self.icon.as_ref().map(|name| icon(name, size)) }
                </span>
                <span class="slot">{ &self.label }</span>
            </button>
        }
    }
}

/// A button that shows an icon alone and is named.
#[derive(Default)]
pub(crate) struct IconButton {
    /// The name of the icon.
    pub icon: AttrValue,
    /// The name for screen readers.
    pub label: AttrValue,
    /// What a pointer or the focus shows; the name when absent.
    pub tooltip: Option<AttrValue>,
    /// The keys that do the same.
    pub keys: Option<AttrValue>,
    /// Where the tooltip stands, when not below: `top`, `right`, `end`.
    pub side: Option<AttrValue>,
    /// Whether it stands beside small text.
    pub small: bool,
    /// Whether it cannot be used now.
    pub disabled: bool,
    /// Further classes.
    pub class: Classes,
    /// It was used.
    pub on_click: Callback<()>,
}

impl IconButton {
    /// Draws it.
    pub(crate) fn draw(self) -> Html {
        let small = self.small.then_some("button--small");
        let size = if self.small {
            Size::Small
        } else {
            Size::Normal
        };
        let tooltip = self.tooltip.as_ref().unwrap_or(&self.label).clone();
        html! {
            <button
                type="button"
                class={classes!("button", "button--quiet", "button--icon", small, self.class.clone())}
                aria-label={&self.label}
                data-tooltip={tooltip}
                data-tooltip-keys={self.keys.clone()}
                data-tooltip-side={self.side.clone()}
                disabled={self.disabled}
                onclick={self.on_click.reform(|_: MouseEvent| ())}
            >
                { icon(&self.icon, size) }
            </button>
        }
    }
}
