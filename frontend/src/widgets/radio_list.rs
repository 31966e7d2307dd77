//! A choice from a list of rows: one tab stop, arrows move.

use yew::prelude::*;

use super::arrows::{choose_by_arrows, tab_stop};

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
    let values = props.choices.iter();
    let values = values.map(|choice| choice.value.clone()).collect();
    let onkeydown = choose_by_arrows(&list, values, chosen, &props.on_choose);
    html! {
        <div ref={list} class={props.class.clone()} role="radiogroup" aria-label={&props.label} {onkeydown}>
            { for props.choices.iter().enumerate().map(|(index, choice)| {
                let is_chosen = chosen == Some(index);
                let value = choice.value.clone();
                html! {
                    <button
                        key={choice.value.as_str()}
                        type="button"
                        class={props.choice_class.clone()}
                        role="radio"
                        aria-checked={is_chosen.to_string()}
                        data-value={choice.value.clone()}
                        tabindex={tab_stop(index, chosen)}
                        onclick={props.on_choose.reform(move |_: MouseEvent| value.clone())}
                    >
                        { choice.content.clone() }
                    </button>
                }
            }) }
        </div>
    }
}
