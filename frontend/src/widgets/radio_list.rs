//! A choice from a list of rows: one tab stop, arrows move.

use yew::prelude::*;

use super::dom;
use super::segmented::next_index;

/// One row.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Choice {
    /// What choosing it gives.
    pub value: AttrValue,
    /// What it shows.
    pub content: Html,
}

/// A choice from a list of rows.
#[derive(Properties, PartialEq)]
pub(crate) struct RadioListProps {
    /// The question, for screen readers.
    pub label: AttrValue,
    /// Classes of the list.
    pub class: Classes,
    /// Classes of a row.
    pub choice_class: Classes,
    /// The rows, in order.
    pub choices: Vec<Choice>,
    /// The value of the chosen row, if one is chosen.
    pub chosen: Option<AttrValue>,
    /// Another one was chosen.
    pub on_choose: Callback<AttrValue>,
}

/// Draws a choice from a list of rows.
#[component]
pub(crate) fn RadioList(props: &RadioListProps) -> Html {
    let list = use_node_ref();
    let chosen = props
        .choices
        .iter()
        .position(|choice| Some(&choice.value) == props.chosen.as_ref());
    let onkeydown = {
        let (list, on_choose) = (list.clone(), props.on_choose.clone());
        let values: Vec<AttrValue> = props
            .choices
            .iter()
            .map(|choice| choice.value.clone())
            .collect();
        move |event: KeyboardEvent| {
            if let Some(next) = next_index(&event.key(), chosen, values.len()) {
                event.prevent_default();
                event.stop_propagation();
                on_choose.emit(values[next].clone());
                dom::focus_nth(&list, "[role=radio]", next);
            }
        }
    };
    html! {
        <div ref={list} class={props.class.clone()} role="radiogroup" aria-label={&props.label} {onkeydown}>
            { for props.choices.iter().enumerate().map(|(index, choice)| {
                let is_chosen = chosen == Some(index);
                let has_stop = is_chosen || (chosen.is_none() && index == 0);
                let value = choice.value.clone();
                html! {
                    <button
                        key={choice.value.as_str()}
                        type="button"
                        class={props.choice_class.clone()}
                        role="radio"
                        aria-checked={is_chosen.to_string()}
                        data-value={choice.value.clone()}
                        tabindex={if has_stop { "0" } else { "-1" }}
                        onclick={props.on_choose.reform(move |_: MouseEvent| value.clone())}
                    >
                        { choice.content.clone() }
                    </button>
                }
            }) }
        </div>
    }
}
