//! A field for a day, as the system draws it.

use yew::prelude::*;

use super::dom;

/// A labelled day.
#[derive(Default)]
pub(crate) struct DateField {
    /// The id of the element, for its label.
    pub id: AttrValue,
    /// The label.
    pub label: AttrValue,
    /// The day, as in `2026-11-21`.
    pub value: AttrValue,
    /// The first day that can be chosen.
    pub min: AttrValue,
    /// Another day was chosen, as in `2026-11-21`; empty while none is.
    pub on_choose: Callback<String>,
}

impl DateField {
    /// Draws it.
    pub(crate) fn draw(self) -> Html {
        let onchange = self.on_choose.reform(|event: Event| dom::value(&event));
        html! {
            <div class="field">
                <label class="field__label" for={self.id.clone()}>{ &self.label }</label>
                <input
                    id={self.id.clone()}
                    class="input"
                    type="date"
                    required=true
                    min={self.min.clone()}
                    value={self.value.clone()}
                    {onchange}
                />
            </div>
        }
    }
}
