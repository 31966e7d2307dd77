//! The sentence at the edge of the plan that says what the hand is doing, and how to stop.

use yew::prelude::*;

/// Draws the sentence; a refused one says why, and `on_stop` is for those who have no key to stop with.
pub(crate) fn hint(words: &str, is_refused: bool, on_stop: Option<Callback<()>>) -> Html {
    let class = classes!(
        "canvas__hint",
        is_refused.then_some("is-refused"),
        on_stop.as_ref().map(|_| "canvas__hint--stays"),
    );
    html! {
        <p {class} role="status">
            <span>{ words.to_owned() }</span>
            <span class="canvas__hint-key">{ t!("Esc to stop") }</span>
            <span class="slot">
                { for on_stop.map(|stop| html! {
                    <button type="button" class="button button--small canvas__hint-stop"
                        onclick={stop.reform(|_: MouseEvent| ())}>{ t!("Stop") }</button>
                }) }
            </span>
        </p>
    }
}
