//! Buttons: with words, or with an icon and a name.

use yew::prelude::*;

use super::icon::{Icon, Size};

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
#[derive(Properties, PartialEq)]
pub(crate) struct ButtonProps {
    /// The words: what it does.
    pub label: AttrValue,
    /// What it is for.
    #[prop_or_default]
    pub look: Look,
    /// An icon before the words.
    #[prop_or_default]
    pub icon: Option<AttrValue>,
    /// Whether it stands beside small text.
    #[prop_or_default]
    pub small: bool,
    /// Whether it cannot be used now.
    #[prop_or_default]
    pub disabled: bool,
    /// What else there is to say, for screen readers.
    #[prop_or_default]
    pub described_by: Option<AttrValue>,
    /// Further classes.
    #[prop_or_default]
    pub class: Classes,
    /// It was used.
    pub on_click: Callback<()>,
}

/// Draws a button with words.
#[component]
pub(crate) fn Button(props: &ButtonProps) -> Html {
    let small = props.small.then_some("button--small");
    let size = if props.small {
        Size::Small
    } else {
        Size::Normal
    };
    html! {
        <button
            type="button"
            class={classes!(props.look.classes(), small, props.class.clone())}
            disabled={props.disabled}
            aria-describedby={props.described_by.clone()}
            onclick={props.on_click.reform(|_: MouseEvent| ())}
        >
            <span class="slot">
                { for props.icon.as_ref().map(|name| html! { <Icon name={name.clone()} {size} /> }) }
            </span>
            <span class="slot">{ &props.label }</span>
        </button>
    }
}

/// A button that shows an icon alone and is named.
#[derive(Properties, PartialEq)]
pub(crate) struct IconButtonProps {
    /// The name of the icon.
    pub icon: AttrValue,
    /// The name for screen readers.
    pub label: AttrValue,
    /// What a pointer or the focus shows; the name when absent.
    #[prop_or_default]
    pub tooltip: Option<AttrValue>,
    /// The keys that do the same.
    #[prop_or_default]
    pub keys: Option<AttrValue>,
    /// Where the tooltip stands, when not below: `top`, `right`, `end`.
    #[prop_or_default]
    pub side: Option<AttrValue>,
    /// Whether it stands beside small text.
    #[prop_or_default]
    pub small: bool,
    /// Whether it cannot be used now.
    #[prop_or_default]
    pub disabled: bool,
    /// Further classes.
    #[prop_or_default]
    pub class: Classes,
    /// It was used.
    pub on_click: Callback<()>,
}

/// Draws a button with an icon alone.
#[component]
pub(crate) fn IconButton(props: &IconButtonProps) -> Html {
    let small = props.small.then_some("button--small");
    let size = if props.small {
        Size::Small
    } else {
        Size::Normal
    };
    let tooltip = props.tooltip.as_ref().unwrap_or(&props.label).clone();
    html! {
        <button
            type="button"
            class={classes!("button", "button--quiet", "button--icon", small, props.class.clone())}
            aria-label={&props.label}
            data-tooltip={tooltip}
            data-tooltip-keys={props.keys.clone()}
            data-tooltip-side={props.side.clone()}
            disabled={props.disabled}
            onclick={props.on_click.reform(|_: MouseEvent| ())}
        >
            <Icon name={props.icon.clone()} {size} />
        </button>
    }
}
