//! What widgets ask of the browser: values, focus and modality of their elements, and time.

pub(super) use gloo::timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::{
    Element, Event, HtmlDialogElement, HtmlElement, HtmlInputElement, HtmlSelectElement,
    HtmlTextAreaElement, Node, PointerEvent,
};
use yew::{Callback, FocusEvent, NodeRef, TargetCast};

/// What the input, select or text area that an event comes from holds now.
pub(super) fn value(event: &Event) -> String {
    if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
        input.value()
    } else if let Some(select) = event.target_dyn_into::<HtmlSelectElement>() {
        select.value()
    } else {
        event
            .target_dyn_into::<HtmlTextAreaElement>()
            .map(|area| area.value())
            .unwrap_or_default()
    }
}

/// Moves the focus to an element.
pub(super) fn focus(node: &NodeRef) {
    if let Some(element) = node.cast::<HtmlElement>() {
        let _ = element.focus();
    }
}

/// Moves the focus to the element at `index` among those in `node` that match `selector`.
pub(super) fn focus_nth(node: &NodeRef, selector: &str, index: usize) {
    let found = node
        .cast::<Element>()
        .and_then(|element| element.query_selector_all(selector).ok())
        .and_then(|list| list.item(index as u32))
        .and_then(|node| node.dyn_into::<HtmlElement>().ok());
    if let Some(element) = found {
        let _ = element.focus();
    }
}

/// Scrolls `node` as little as needed to show the element at `index` among those that match `selector`.
pub(super) fn reveal_nth(node: &NodeRef, selector: &str, index: usize) {
    let Some(frame) = node.cast::<Element>() else {
        return;
    };
    let found = frame
        .query_selector_all(selector)
        .ok()
        .and_then(|list| list.item(index as u32))
        .and_then(|node| node.dyn_into::<Element>().ok());
    let Some(element) = found else { return };
    let (window, part) = (
        frame.get_bounding_client_rect(),
        element.get_bounding_client_rect(),
    );
    let shift = (part.bottom() - window.bottom()).max(0.0) + (part.top() - window.top()).min(0.0);
    if shift != 0.0 {
        // The first is shown with what stands above it.
        let top = if index == 0 {
            0
        } else {
            frame.scroll_top() + shift.round() as i32
        };
        frame.set_scroll_top(top);
    }
}

/// Puts an element at a point of the element that it is positioned in, or as near as it fits in there.
pub(super) fn put_within(node: &NodeRef, (x, y): (f64, f64)) {
    let Some(element) = node.cast::<HtmlElement>() else {
        return;
    };
    let Some(frame) = element.offset_parent() else {
        return;
    };
    let room = |frame: i32, own: i32| f64::from(frame - own - 8).max(8.0);
    let left = x.clamp(8.0, room(frame.client_width(), element.offset_width()));
    let top = y.clamp(8.0, room(frame.client_height(), element.offset_height()));
    let style = element.style();
    let _ = style.set_property("left", &format!("{left:.0}px"));
    let _ = style.set_property("top", &format!("{top:.0}px"));
}

/// Selects the text of an input.
pub(super) fn select_text(node: &NodeRef) {
    if let Some(input) = node.cast::<HtmlInputElement>() {
        input.select();
    }
}

/// The element that has the focus.
pub(super) fn focused() -> Option<HtmlElement> {
    web_sys::window()?
        .document()?
        .active_element()?
        .dyn_into()
        .ok()
}

/// Whether the focus goes somewhere outside `node`.
pub(super) fn leaves(event: &FocusEvent, node: &NodeRef) -> bool {
    let target = event
        .related_target()
        .and_then(|target| target.dyn_into::<Node>().ok());
    !node
        .cast::<Node>()
        .is_some_and(|node| node.contains(target.as_ref()))
}

/// Closes a list at a point once the focus goes elsewhere in the page; another window or tab does not count.
pub(super) fn when_left(
    node: &NodeRef,
    on_close: &Callback<()>,
) -> impl Fn(FocusEvent) + use<> + 'static {
    let (node, on_close) = (node.clone(), on_close.clone());
    move |event| {
        if event.related_target().is_some() && leaves(&event, &node) {
            on_close.emit(());
        }
    }
}

/// Opens a dialog above everything else, and gives it back to be closed.
pub(super) fn show_modal(node: &NodeRef) -> Option<HtmlDialogElement> {
    let dialog = node.cast::<HtmlDialogElement>()?;
    if !dialog.open() {
        let _ = dialog.show_modal();
        // What it holds can be scrolled at once; the button that closes it comes later.
        focus_nth(node, ".dialog__body", 0);
    }
    Some(dialog)
}

/// Whether an event happened on this very element, not on one inside.
pub(super) fn is_target(event: &Event, node: &NodeRef) -> bool {
    match (event.target_dyn_into::<Node>(), node.cast::<Node>()) {
        (Some(target), Some(node)) => node.is_same_node(Some(&target)),
        _ => false,
    }
}

/// Whether the element at `index` among those in `node` that match `selector` has the focus.
pub(super) fn nth_has_focus(node: &NodeRef, selector: &str, index: usize) -> bool {
    let nth = node
        .cast::<Element>()
        .and_then(|element| element.query_selector_all(selector).ok())
        .and_then(|list| list.item(index as u32));
    match (nth, focused()) {
        (Some(nth), Some(focused)) => nth.is_same_node(Some(&focused)),
        _ => false,
    }
}

/// Calls `end` after a while, unless what this returns is dropped before.
pub(super) fn after(millis: u32, end: impl FnOnce() + 'static) -> Timeout {
    Timeout::new(millis, end)
}

/// How far across and down an element a pointer is: 0 and 0 at its top left, 1 and 1 at its bottom right.
pub(super) fn place_within(node: &NodeRef, event: &PointerEvent) -> Option<(f64, f64)> {
    let frame = node.cast::<Element>()?.get_bounding_client_rect();
    let (width, height) = (frame.width(), frame.height());
    (width > 0.0 && height > 0.0).then(|| {
        (
            (f64::from(event.client_x()) - frame.left()) / width,
            (f64::from(event.client_y()) - frame.top()) / height,
        )
    })
}

/// Sets a style of the element around `node` that matches `selector`, in the way that the page's security policy allows.
pub(super) fn set_page_style(node: &NodeRef, selector: &str, property: &str, value: &str) {
    let around = node
        .cast::<Element>()
        .and_then(|element| element.closest(selector).ok().flatten())
        .and_then(|element| element.dyn_into::<HtmlElement>().ok());
    if let Some(element) = around {
        let _ = element.style().set_property(property, value);
    }
}

/// Gives an element all that a pointer does until it is let go.
pub(super) fn capture(node: &NodeRef, event: &PointerEvent) {
    if let Some(element) = node.cast::<Element>() {
        let _ = element.set_pointer_capture(event.pointer_id());
    }
}
