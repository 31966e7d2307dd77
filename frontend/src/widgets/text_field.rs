//! Text that is kept once it is finished: on Enter or when the focus leaves; Escape takes it back.

use yew::prelude::*;

use super::dom;

/// A line of text.
#[derive(Properties, PartialEq)]
pub(crate) struct TextFieldProps {
    /// The id of the element, for a label elsewhere.
    #[prop_or_default]
    pub id: Option<AttrValue>,
    /// The name for screen readers, where no label stands beside it.
    #[prop_or_default]
    pub label: Option<AttrValue>,
    /// The text.
    pub value: AttrValue,
    /// What is shown while it is empty.
    #[prop_or_default]
    pub placeholder: AttrValue,
    /// Classes of the element.
    #[prop_or_else(|| classes!("input"))]
    pub class: Classes,
    /// Whether it takes the focus when it appears.
    #[prop_or_default]
    pub takes_focus: bool,
    /// Whether it has several lines.
    #[prop_or_default]
    pub area: bool,
    /// Another text was written.
    pub on_change: Callback<String>,
    /// Writing ended, with or without another text.
    #[prop_or_default]
    pub on_leave: Callback<()>,
}

/// Draws a line of text, or an area.
#[component]
pub(crate) fn TextField(props: &TextFieldProps) -> Html {
    let node = use_node_ref();
    let draft = use_state_eq(|| None::<String>);
    {
        let node = node.clone();
        use_effect_with(props.takes_focus, move |takes_focus| {
            if *takes_focus {
                dom::focus(&node);
                dom::select_text(&node);
            }
        });
    }
    let oninput = {
        let draft = draft.clone();
        move |event: InputEvent| draft.set(Some(dom::value(&event)))
    };
    let finish = {
        let (draft, value, on_change) =
            (draft.clone(), props.value.clone(), props.on_change.clone());
        move || {
            if let Some(text) = &*draft
                && text.trim() != &*value
            {
                on_change.emit(text.trim().to_owned());
            }
            draft.set(None);
        }
    };
    let onblur = {
        let (finish, on_leave) = (finish.clone(), props.on_leave.clone());
        move |_: FocusEvent| {
            finish();
            on_leave.emit(());
        }
    };
    let onkeydown = {
        let (draft, on_leave, area) = (draft.clone(), props.on_leave.clone(), props.area);
        move |event: KeyboardEvent| {
            event.stop_propagation();
            match event.key().as_str() {
                "Enter" if !area => {
                    finish();
                    on_leave.emit(());
                }
                "Escape" => {
                    draft.set(None);
                    on_leave.emit(());
                }
                _ => {}
            }
        }
    };
    let value = draft.as_deref().unwrap_or(&props.value).to_owned();
    if props.area {
        html! {
            <textarea
                ref={node}
                id={props.id.clone()}
                class={classes!(props.class.clone(), "input--area")}
                aria-label={props.label.clone()}
                placeholder={props.placeholder.clone()}
                {value}
                {oninput}
                {onblur}
                {onkeydown}
            />
        }
    } else {
        html! {
            <input
                ref={node}
                id={props.id.clone()}
                type="text"
                class={props.class.clone()}
                aria-label={props.label.clone()}
                placeholder={props.placeholder.clone()}
                autocomplete="off"
                spellcheck="false"
                {value}
                {oninput}
                {onblur}
                {onkeydown}
            />
        }
    }
}
