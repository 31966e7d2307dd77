//! A panel over the lower half of the page: takes the focus, closes with Escape, gives the focus back.

use yew::prelude::*;

use super::button::IconButton;
use super::dom;

/// A panel over the lower half of the page. Draw it while it is open, and leave it out when it is not.
#[derive(Properties, PartialEq)]
pub(crate) struct DrawerProps {
    /// The id of the panel, named by what opens it.
    pub id: AttrValue,
    /// The title.
    pub title: AttrValue,
    /// What stands beside the title.
    #[prop_or_default]
    pub summary: AttrValue,
    /// What stands before the closing button.
    #[prop_or_default]
    pub aside: Html,
    /// What the closing button says.
    pub close_label: AttrValue,
    /// It wants to be closed.
    pub on_close: Callback<()>,
    /// What is inside.
    pub children: Html,
}

/// Draws a panel over the lower half of the page.
#[component]
pub(crate) fn Drawer(props: &DrawerProps) -> Html {
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with((), move |()| {
            let before = dom::focused();
            dom::focus(&node);
            move || {
                if let Some(element) = before {
                    let _ = element.focus();
                }
            }
        });
    }
    let onkeydown = {
        let on_close = props.on_close.clone();
        move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                event.stop_propagation();
                on_close.emit(());
            }
        }
    };
    let title_id = format!("{}-title", props.id);
    html! {
        <section
            ref={node}
            class="findings app__drawer"
            id={props.id.clone()}
            aria-labelledby={title_id.clone()}
            tabindex="-1"
            {onkeydown}
        >
            <header class="findings__head">
                <h2 class="findings__title" id={title_id}>{ &props.title }</h2>
                <p class="findings__summary">{ &props.summary }</p>
                { props.aside.clone() }
                { IconButton {
                    icon: "close".into(),
                    label: props.close_label.clone().into(),
                    side: Some("end".into()),
                    on_click: props.on_close.clone(),
                    ..IconButton::default()
                }.draw() }
            </header>
            { props.children.clone() }
        </section>
    }
}
