//! A part that opens on demand.

use yew::prelude::*;

use super::icon::Icon;

/// A part that opens on demand.
#[derive(Properties, PartialEq)]
pub(crate) struct DisclosureProps {
    /// The heading that opens it.
    pub title: AttrValue,
    /// What stands beside the heading.
    #[prop_or_default]
    pub aside: Option<AttrValue>,
    /// Whether it is open at first.
    #[prop_or_default]
    pub open: bool,
    /// What is inside.
    pub children: Html,
}

/// Draws a part that opens on demand.
#[component]
pub(crate) fn Disclosure(props: &DisclosureProps) -> Html {
    html! {
        <details class="inspector__section inspector__fold" open={props.open}>
            <summary class="inspector__heading">
                { &props.title }
                <span class="inspector__aside inspector__aside--fold">{ props.aside.clone().unwrap_or_default() }</span>
                <Icon name="chevron-down" />
            </summary>
            <div class="inspector__fields">{ props.children.clone() }</div>
        </details>
    }
}
