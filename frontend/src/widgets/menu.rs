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
        // A list that is still on its way takes the focus when it comes.
        use_effect_with(open && !props.items.is_empty(), move |is_shown| {
            if *is_shown {
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
                { for (open && !props.items.is_empty()).then(|| list(props, &button)) }
            </div>
        </span>
    }
}

fn list(props: &MenuProps, button: &NodeRef) -> Html {
    let on_done = {
        let (button, on_toggle) = (button.clone(), props.on_toggle.clone());
        Callback::from(move |()| {
            dom::focus(&button);
            on_toggle.emit(false);
        })
    };
    html! {
        <div
            class={classes!("menu", props.at_end.then_some("menu--end"))}
            role="menu"
            aria-label={&props.label}
        >
            { rows(&props.items, &on_done) }
        </div>
    }
}

fn rows(items: &[Item], on_done: &Callback<()>) -> Html {
    let row = |item: &Item| {
        let onclick = {
            let (on_done, on_select) = (on_done.clone(), item.on_select.clone());
            move |_: MouseEvent| {
                on_done.emit(());
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
    };
    html! { <div class="slot" role="none">{ for items.iter().map(row) }</div> }
}

/// A list of things to do at a point, without a button.
#[derive(Properties, PartialEq)]
pub(crate) struct PopupProps {
    /// What the list is about.
    pub label: AttrValue,
    /// The list.
    pub items: Vec<Item>,
    /// Where: right and down of the corner of what it is positioned in, in pixels.
    pub at: (f64, f64),
    /// It wants to be closed.
    pub on_close: Callback<()>,
}

/// Draws a list of things to do at a point.
#[component]
pub(crate) fn Popup(props: &PopupProps) -> Html {
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with((props.at, props.items.len()), move |(at, _)| {
            dom::put_within(&node, *at);
            dom::focus_nth(&node, ITEMS, 0);
        });
    }
    let on_close = props.on_close.clone();
    let onfocusout = dom::when_left(&node, &on_close);
    let onkeydown = {
        let (node, on_close, count) = (node.clone(), on_close.clone(), props.items.len());
        move |event: KeyboardEvent| {
            event.stop_propagation();
            let key = event.key();
            if key == "Escape" || key == "Tab" {
                event.prevent_default();
                on_close.emit(());
            } else if let Some(next) = next_index(&key, current(&node, count), count) {
                event.prevent_default();
                dom::focus_nth(&node, ITEMS, next);
            }
        }
    };
    let stop = |event: MouseEvent| event.stop_propagation();
    html! {
        <div
            ref={node}
            class="menu menu--popup scroll"
            role="menu"
            aria-label={&props.label}
            {onfocusout}
            {onkeydown}
            ondblclick={stop}
            oncontextmenu={|event: MouseEvent| event.prevent_default()}
            onwheel={|event: WheelEvent| event.stop_propagation()}
        >
            { rows(&props.items, &props.on_close) }
        </div>
    }
}

/// Which of the items has the focus.
fn current(frame: &NodeRef, count: usize) -> Option<usize> {
    (0..count).find(|index| dom::nth_has_focus(frame, ITEMS, *index))
}
