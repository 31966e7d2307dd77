//! A part that opens on demand.

use yew::prelude::*;

use super::icon::{Size, icon};

/// Draws a part that opens on demand: the heading that opens it, what stands beside it, whether it is open at first,
/// and what is inside.
pub(crate) fn disclosure(title: &str, aside: &str, open: bool, inside: Html) -> Html {
    html! {
        <details class="inspector__section inspector__fold" {open}>
            <summary class="inspector__heading">
                { title }
                <span class="inspector__aside inspector__aside--fold">{ aside }</span>
                { icon("chevron-down", Size::Normal) }
            </summary>
            <div class="inspector__fields">{ inside }</div>
        </details>
    }
}
