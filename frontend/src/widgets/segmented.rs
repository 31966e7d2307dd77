//! A choice of a few words side by side: one tab stop, arrows move.

use yew::prelude::*;

use super::dom;

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
    let onkeydown = {
        let (group, on_choose) = (group.clone(), props.on_choose.clone());
        let values: Vec<AttrValue> = props
            .segments
            .iter()
            .map(|segment| segment.value.clone())
            .collect();
        move |event: KeyboardEvent| {
            if let Some(next) = next_index(&event.key(), chosen, values.len()) {
                event.prevent_default();
                event.stop_propagation();
                on_choose.emit(values[next].clone());
                dom::focus_nth(&group, "[role=radio]", next);
            }
        }
    };
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
                let has_stop = is_chosen || (chosen.is_none() && index == 0);
                let value = segment.value.clone();
                let onclick = props.on_choose.reform(move |_: MouseEvent| value.clone());
                html! {
                    <button
                        key={segment.value.as_str()}
                        type="button"
                        class={classes!("segmented__option", segment.swatch)}
                        role="radio"
                        aria-checked={is_chosen.to_string()}
                        tabindex={if has_stop { "0" } else { "-1" }}
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

/// Where a key leads in a row of `count` from `current`; none for other keys.
pub(super) fn next_index(key: &str, current: Option<usize>, count: usize) -> Option<usize> {
    if count == 0 {
        return None;
    }
    match key {
        "ArrowRight" | "ArrowDown" => Some(current.map_or(0, |current| (current + 1) % count)),
        "ArrowLeft" | "ArrowUp" => {
            Some(current.map_or(count - 1, |current| (current + count - 1) % count))
        }
        "Home" => Some(0),
        "End" => Some(count - 1),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrows_go_round_and_other_keys_stay() {
        assert_eq!(next_index("ArrowRight", Some(3), 4), Some(0));
        assert_eq!(next_index("ArrowLeft", Some(0), 4), Some(3));
        assert_eq!(next_index("ArrowDown", None, 4), Some(0));
        assert_eq!(next_index("End", Some(1), 4), Some(3));
        assert_eq!(next_index("a", Some(1), 4), None);
        assert_eq!(next_index("Home", None, 0), None);
    }
}
