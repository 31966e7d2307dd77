//! A choice from a list, as the system draws it.

use yew::prelude::*;

use super::dom;
use super::icon::{Size, icon};
use super::keys::unique;

/// A labelled choice from a list.
#[derive(Default)]
pub(crate) struct Select {
    /// The id of the element, for its label.
    pub id: AttrValue,
    /// The label.
    pub label: AttrValue,
    /// Value and words of each option, in order.
    pub options: Vec<(AttrValue, AttrValue)>,
    /// The value of the chosen option.
    pub chosen: AttrValue,
    /// A sentence below.
    pub hint: Option<AttrValue>,
    /// Whether the user has set it.
    pub is_own: bool,
    /// Whether the label is only heard.
    pub hides_label: bool,
    /// What a pointer on the label shows.
    pub explanation: Option<AttrValue>,
    /// Another one was chosen.
    pub on_choose: Callback<AttrValue>,
}

impl Select {
    /// Draws it.
    pub(crate) fn draw(self) -> Html {
        let hint_id = format!("{}-hint", self.id);
        let hint = self.hint.as_ref().or(self.explanation.as_ref());
        let hint_class = if self.hint.is_some() {
            "field__hint"
        } else {
            "visually-hidden"
        };
        let onchange = self
            .on_choose
            .reform(|event: Event| AttrValue::from(dom::value(&event)));
        let keys = unique(self.options.iter().map(|(value, _)| value.as_str()));
        html! {
            <div class={classes!("field", self.is_own.then_some("is-own"))}>
                <label
                    class={if self.hides_label { "visually-hidden" } else { "field__label" }}
                    for={self.id.clone()}
                    data-tooltip={self.explanation.clone()}
                    data-tooltip-side="start"
                >
                    { &self.label }
                </label>
                <span class="select">
                    <select
                        class="select__input"
                        id={self.id.clone()}
                        aria-describedby={hint.map(|_| hint_id.clone())}
                        {onchange}
                    >
                        { for self.options.iter().zip(keys).map(|((value, words), key)| html! {
                            <option {key} value={value.clone()} selected={*value == self.chosen}>{ words }</option>
                        }) }
                    </select>
                    { icon("chevron-down", Size::Normal) }
                </span>
                <div class="slot">
                    { for hint.map(|hint| html! { <p class={hint_class} id={hint_id.clone()}>{ hint }</p> }) }
                </div>
            </div>
        }
    }
}
