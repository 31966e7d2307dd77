//! A dialog above the page: holds the focus, closes with Escape, gives the focus back.

use yew::prelude::*;

use super::button::IconButton;
use super::dom;

/// A dialog above the page. Draw it while it is open, and leave it out when it is not.
#[derive(Properties, PartialEq)]
pub(crate) struct DialogProps {
    /// The id of the title.
    pub id: AttrValue,
    /// The title.
    pub title: AttrValue,
    /// Further classes.
    #[prop_or_default]
    pub class: Classes,
    /// It wants to be closed.
    pub on_close: Callback<()>,
    /// Buttons at the end, if there are any.
    #[prop_or_default]
    pub foot: Option<Html>,
    /// What is inside.
    pub children: Html,
}

/// Draws a dialog.
#[component]
pub(crate) fn Dialog(props: &DialogProps) -> Html {
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with((), move |()| {
            let dialog = dom::show_modal(&node);
            // Closing gives the focus back to what had it before.
            move || {
                if let Some(dialog) = dialog {
                    dialog.close();
                }
            }
        });
    }
    let oncancel = props
        .on_close
        .reform(|event: Event| event.prevent_default());
    let onclick = {
        let (node, on_close) = (node.clone(), props.on_close.clone());
        move |event: MouseEvent| {
            if dom::is_target(&event, &node) {
                on_close.emit(());
            }
        }
    };
    // Keys of a dialog are not shortcuts of the page.
    let onkeydown = {
        let on_close = props.on_close.clone();
        move |event: KeyboardEvent| {
            event.stop_propagation();
            if event.key() == "Escape" {
                event.prevent_default();
                on_close.emit(());
            }
        }
    };
    html! {
        <dialog
            ref={node}
            class={classes!("dialog", props.class.clone())}
            aria-labelledby={&props.id}
            {oncancel}
            {onclick}
            {onkeydown}
        >
            <header class="dialog__head">
                <h2 class="dialog__title" id={props.id.clone()}>{ &props.title }</h2>
                { IconButton {
                    icon: "close".into(),
                    label: t!("Close").into(),
                    side: Some("end".into()),
                    on_click: props.on_close.clone(),
                    ..IconButton::default()
                }.draw() }
            </header>
            <div class="dialog__body scroll" tabindex="0">{ props.children.clone() }</div>
            <div class="slot">
                { for props.foot.iter().map(|foot| html! { <footer class="dialog__foot">{ foot.clone() }</footer> }) }
            </div>
        </dialog>
    }
}
