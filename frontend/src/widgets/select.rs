//! A choice from a list, as the system draws it.

use yew::prelude::*;

use super::dom;
use super::icon::Icon;
use super::keys::unique;

/// A labelled choice from a list.
#[derive(Properties, PartialEq)]
pub(crate) struct SelectProps {
    /// The id of the element, for its label.
    pub id: AttrValue,
    /// The label.
    pub label: AttrValue,
    /// Value and words of each option, in order.
    pub options: Vec<(AttrValue, AttrValue)>,
    /// The value of the chosen option.
    pub chosen: AttrValue,
    /// A sentence below.
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    /// Whether the user has set it.
    #[prop_or_default]
    pub is_own: bool,
    /// What a pointer on the label shows.
    #[prop_or_default]
    pub explanation: Option<AttrValue>,
    /// Another one was chosen.
    pub on_choose: Callback<AttrValue>,
}

/// Draws a labelled choice from a list.
#[component]
pub(crate) fn Select(props: &SelectProps) -> Html {
    let hint_id = format!("{}-hint", props.id);
    let hint = props.hint.as_ref().or(props.explanation.as_ref());
    let hint_class = if props.hint.is_some() {
        "field__hint"
    } else {
        "visually-hidden"
    };
    let onchange = props
        .on_choose
        .reform(|event: Event| AttrValue::from(dom::value(&event)));
    let keys = unique(props.options.iter().map(|(value, _)| value.as_str()));
    html! {
        <div class={classes!("field", props.is_own.then_some("is-own"))}>
            <label
                class="field__label"
                for={props.id.clone()}
                data-tooltip={props.explanation.clone()}
                data-tooltip-side="start"
            >
                { &props.label }
            </label>
            <span class="select">
                <select
                    class="select__input"
                    id={props.id.clone()}
                    aria-describedby={hint.map(|_| hint_id.clone())}
                    {onchange}
                >
                    { for props.options.iter().zip(keys).map(|((value, words), key)| html! {
                        <option {key} value={value.clone()} selected={*value == props.chosen}>{ words }</option>
                    }) }
                </select>
                <Icon name="chevron-down" />
            </span>
            <div class="slot">
                { for hint.map(|hint| html! { <p class={hint_class} id={hint_id.clone()}>{ hint }</p> }) }
            </div>
        </div>
    }
}
