//! A choice of a few words side by side: one tab stop, arrows move.

use yew::prelude::*;

use super::arrows::{choose_by_arrows, tab_stop};

/// One of the words.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Segment {
    /// What choosing it gives.
    pub value: AttrValue,
    /// The word.
    pub label: AttrValue,
    /// The class of the pattern above the word, if there is one.
    pub swatch: Option<&'static str>,
}

/// A choice of a few words side by side.
#[derive(Properties, PartialEq)]
pub(crate) struct SegmentedProps {
    /// The question, for screen readers.
    pub label: AttrValue,
    /// The words, in order.
    pub segments: Vec<Segment>,
    /// The value of the chosen one, if one is chosen.
    pub chosen: Option<AttrValue>,
    /// Another one was chosen.
    pub on_choose: Callback<AttrValue>,
}

/// Draws a choice of a few words.
#[component]
pub(crate) fn Segmented(props: &SegmentedProps) -> Html {
    let group = use_node_ref();
    let chosen = props
        .segments
        .iter()
        .position(|segment| Some(&segment.value) == props.chosen.as_ref());
    let values = props.segments.iter();
    let values = values.map(|segment| segment.value.clone()).collect();
    let onkeydown = choose_by_arrows(&group, values, chosen, &props.on_choose);
    let stacked = props
        .segments
        .iter()
        .any(|segment| segment.swatch.is_some())
        .then_some("segmented--stacked");
    html! {
        <div
            ref={group}
            class={classes!("segmented", stacked)}
            role="radiogroup"
            aria-label={&props.label}
            {onkeydown}
        >
            { for props.segments.iter().enumerate().map(|(index, segment)| {
                let is_chosen = chosen == Some(index);
                let value = segment.value.clone();
                let onclick = props.on_choose.reform(move |_: MouseEvent| value.clone());
                html! {
                    <button
                        key={segment.value.as_str()}
                        type="button"
                        class={classes!("segmented__option", segment.swatch)}
                        role="radio"
                        aria-checked={is_chosen.to_string()}
                        tabindex={tab_stop(index, chosen)}
                        {onclick}
                    >
                        <span class="slot">
                            { for segment.swatch.map(|kind| html! { <span class={classes!("swatch", "swatch--wide", kind)} /> }) }
                        </span>
                        { &segment.label }
                    </button>
                }
            }) }
        </div>
    }
}
