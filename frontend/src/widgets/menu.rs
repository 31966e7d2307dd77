//! A button that opens a list of things to do.

use yew::prelude::*;

use super::arrows::next_index;
use super::dom;
use super::icon::{Size, icon};

/// One thing to do.
#[derive(Clone, PartialEq)]
pub(crate) struct Item {
    /// Its name among the items.
    pub id: AttrValue,
    /// The icon before the words.
    pub icon: AttrValue,
    /// The words.
    pub label: AttrValue,
    /// A smaller line below, empty for none.
    pub hint: AttrValue,
    /// The keys that do the same, empty for none.
    pub keys: AttrValue,
    /// Whether it is on, where it is something that can be.
    pub checked: Option<bool>,
    /// Whether a line separates it from the item before.
    pub starts_group: bool,
    /// It was chosen.
    pub on_select: Callback<()>,
}

/// A button that opens a list of things to do.
#[derive(Properties, PartialEq)]
pub(crate) struct MenuProps {
    /// The words on the button, or its name when an icon stands alone.
    pub label: AttrValue,
    /// The icon on the button.
    #[prop_or_default]
    pub icon: Option<AttrValue>,
    /// Whether the icon stands alone.
    #[prop_or_default]
    pub icon_alone: bool,
    /// Classes of the button.
    #[prop_or_default]
    pub button_class: Classes,
    /// Classes of the words on the button.
    #[prop_or_default]
    pub label_class: Classes,
    /// Classes of the frame around button and list.
    #[prop_or_default]
    pub class: Classes,
    /// Whether the list ends where the button ends.
    #[prop_or_default]
    pub at_end: bool,
    /// Whether the list is open.
    pub open: bool,
    /// It wants to be opened, or closed.
    pub on_toggle: Callback<bool>,
    /// The list.
    pub items: Vec<Item>,
}

/// The elements of the list that take the focus.
const ITEMS: &str = "[role^=menuitem]";

/// Draws a button and, while it is open, the list.
#[component]
pub(crate) fn Menu(props: &MenuProps) -> Html {
    let open = props.open;
    let (frame, button) = (use_node_ref(), use_node_ref());
    {
        let frame = frame.clone();
        use_effect_with(open, move |open| {
            if *open {
                dom::focus_nth(&frame, ITEMS, 0);
            }
        });
    }
    let onclick = props.on_toggle.reform(move |_: MouseEvent| !open);
    let onfocusout = {
        let (frame, on_toggle) = (frame.clone(), props.on_toggle.clone());
        move |event: FocusEvent| {
            if open && dom::leaves(&event, &frame) {
                on_toggle.emit(false);
            }
        }
    };
    let onkeydown = {
        let (frame, button, on_toggle) = (frame.clone(), button.clone(), props.on_toggle.clone());
        let count = props.items.len();
        move |event: KeyboardEvent| {
            let key = event.key();
            if open && key == "Escape" {
                event.stop_propagation();
                on_toggle.emit(false);
                dom::focus(&button);
            } else if !open && key == "ArrowDown" {
                event.prevent_default();
                on_toggle.emit(true);
            } else if open && let Some(next) = next_index(&key, current(&frame, count), count) {
                event.prevent_default();
                event.stop_propagation();
                dom::focus_nth(&frame, ITEMS, next);
            }
        }
    };
    html! {
        <span ref={frame} class={classes!("menu-anchor", props.class.clone())} {onfocusout} {onkeydown}>
            <button
                ref={button.clone()}
                type="button"
                class={props.button_class.clone()}
                aria-haspopup="menu"
                aria-expanded={open.to_string()}
                aria-label={props.icon_alone.then(|| props.label.clone())}
                {onclick}
            >
                <span class="slot">
                    { for props.icon.as_ref().map(|name| icon(name, Size::Normal)) }
                </span>
                <span class="slot">
                    { for (!props.icon_alone).then(|| html! { <span class={props.label_class.clone()}>{ &props.label }</span> }) }
                </span>
                <span class="slot">
                    { for (!props.icon_alone).then(|| icon("chevron-down", Size::Small)) }
                </span>
            </button>
            <div class="slot">
                { for open.then(|| list(props, &button)) }
            </div>
        </span>
    }
}

fn list(props: &MenuProps, button: &NodeRef) -> Html {
    html! {
        <div
            class={classes!("menu", props.at_end.then_some("menu--end"))}
            role="menu"
            aria-label={&props.label}
        >
            { for props.items.iter().map(|item| {
                let onclick = {
                    let (button, on_toggle, on_select) = (button.clone(), props.on_toggle.clone(), item.on_select.clone());
                    move |_: MouseEvent| {
                        dom::focus(&button);
                        on_toggle.emit(false);
                        on_select.emit(());
                    }
                };
                html! {
                    <div class="slot" role="none" key={item.id.as_str()}>
                        <span class="slot" role="none">
                            { for item.starts_group.then(|| html! { <hr class="menu__rule" role="separator" /> }) }
                        </span>
                        <button type="button" class="menu__item" tabindex="-1" {onclick}
                            role={if item.checked.is_some() { "menuitemcheckbox" } else { "menuitem" }}
                            aria-checked={item.checked.map(|checked| checked.to_string())}>
                            { icon(&item.icon, Size::Normal) }
                            <span class="menu__text">
                                { &item.label }
                                <span class="menu__hint">{ &item.hint }</span>
                            </span>
                            <span class="menu__keys">{ &item.keys }</span>
                            <span class="slot">
                                { for (item.checked == Some(true)).then(|| icon("check", Size::Small)) }
                            </span>
                        </button>
                    </div>
                }
            }) }
        </div>
    }
}

/// Which of the items has the focus.
fn current(frame: &NodeRef, count: usize) -> Option<usize> {
    (0..count).find(|index| dom::nth_has_focus(frame, ITEMS, *index))
}
