//! Elements of the page: where they are, what is under a pointer, how they are moved.

use gloo::events::EventListener;
use model::diagram::{Point, Rect};
use model::plan::Id;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlElement, HtmlTextAreaElement, ResizeObserver, SvgElement};
use yew::{Event, InputEvent, NodeRef, TargetCast};

use super::Listening;

/// Sets a style of an element, in the way that the page's security policy allows.
pub(crate) fn set_style(node: &NodeRef, property: &str, value: &str) {
    if let Some(element) = node.cast::<HtmlElement>() {
        let _ = element.style().set_property(property, value);
    }
}

/// Sets an attribute of an element that nothing else sets.
pub(crate) fn set_attribute(node: &NodeRef, name: &str, value: &str) {
    if let Some(element) = node.cast::<Element>() {
        let _ = element.set_attribute(name, value);
    }
}

/// Puts the page on paper, as its style sheet for paper has it.
pub(crate) fn print() {
    if let Some(window) = web_sys::window() {
        let _ = window.print();
    }
}

/// Tells that the page is about to be put on paper, and that it has been, as long as this lives.
pub(crate) fn around_print(then: impl Fn(bool) + Clone + 'static) -> Listening {
    let window = gloo::utils::window();
    let listen = |event: &'static str, begins: bool| {
        let then = then.clone();
        EventListener::new(&window, event, move |_| then(begins))
    };
    Listening::to(vec![
        listen("beforeprint", true),
        listen("afterprint", false),
    ])
}

/// Sheets of paper with what fits on them, in CSS pixels; the style sheet for paper says the same.
const SHEETS: [(&str, f64, f64); 6] = [
    ("part", 1030.0, 415.0),
    ("a4", 1030.0, 690.0),
    ("a3", 1490.0, 1020.0),
    ("a2", 2150.0, 1485.0),
    ("a1", 3080.0, 2140.0),
    ("a0", 4395.0, 3075.0),
];
/// Smaller than this nobody reads what is on a card.
const LEGIBLE: f64 = 0.5;

/// Tells the style sheet for paper what the drawing covers, in units of the canvas, and on which sheet it is legible.
pub(crate) fn tell_extent(extent: Rect) {
    let canvas = gloo::utils::document()
        .get_element_by_id("canvas")
        .and_then(|element| element.dyn_into::<HtmlElement>().ok());
    let Some(canvas) = canvas else { return };
    let area = extent.grown(24.0);
    let fits =
        |sheet: &&(&str, f64, f64)| (sheet.1 / area.width).min(sheet.2 / area.height) >= LEGIBLE;
    let sheet = SHEETS
        .iter()
        .find(fits)
        .unwrap_or(&SHEETS[SHEETS.len() - 1]);
    let _ = canvas.set_attribute("data-sheet", sheet.0);
    for (name, value) in [
        ("--extent-x", area.x),
        ("--extent-y", area.y),
        ("--extent-width", area.width),
        ("--extent-height", area.height),
        ("--sheet-width", sheet.1),
        ("--sheet-height", sheet.2),
    ] {
        let _ = canvas.style().set_property(name, &format!("{value:.1}"));
    }
}

/// Lets the page say that everything came, or that something cannot be had.
pub(crate) fn say_complete(is_complete: bool) {
    let root = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.document_element());
    if let Some(root) = root {
        let state = if is_complete { "complete" } else { "partial" };
        let _ = root.set_attribute("data-program", state);
    }
}

/// A point of the browser's window, in pixels from the corner of an element.
pub(crate) fn within(node: &NodeRef, client: Point) -> Point {
    node.cast::<Element>().map_or(client, |element| {
        let corner = element.get_bounding_client_rect();
        client.moved(-corner.left(), -corner.top())
    })
}

/// Where a pointer is in the browser's window.
pub(crate) fn client_point(x: i32, y: i32) -> Point {
    Point {
        x: f64::from(x),
        y: f64::from(y),
    }
}

/// A spot of the drawing, as the attributes of its elements tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Spot {
    /// The canvas itself.
    Background,
    /// The card of a component.
    Component(Id),
    /// Where connections start at a card.
    Handle(Id),
    /// A connection.
    Connection(Id),
    /// The gate of this number.
    Gate(usize),
    /// The title of a place.
    Place(Id),
    /// The end of a connection at its caller.
    Start(Id),
    /// The end of a connection at what is called.
    End(Id),
}

/// What of the drawing a pointer was pressed on; none when it is something above the drawing.
pub(crate) fn pressed(event: &Event, canvas: &NodeRef) -> Option<Spot> {
    what_is(&event.target()?.dyn_into().ok()?, canvas)
}

/// What of the drawing is under a point of the browser's window: of a pointer that is held, events tell the canvas.
pub(crate) fn under(client: Point, canvas: &NodeRef) -> Option<Spot> {
    let document = gloo::utils::document();
    let element = document.element_from_point(client.x as f32, client.y as f32)?;
    what_is(&element, canvas)
}

fn what_is(element: &Element, canvas: &NodeRef) -> Option<Spot> {
    if let Some(id) = element.get_attribute("data-start-of") {
        return Some(Spot::Start(id.into()));
    }
    if let Some(id) = element.get_attribute("data-end-of") {
        return Some(Spot::End(id.into()));
    }
    let part = closest(
        element,
        "[data-gate], [data-component], [data-connection], [data-place]",
    );
    match part.and_then(|part| spot(&part)) {
        Some(Spot::Component(id)) if element.has_attribute("data-handle") => Some(Spot::Handle(id)),
        Some(spot) => Some(spot),
        None => {
            let canvas = canvas.cast::<Element>()?;
            (*element == canvas || closest(element, ".canvas__world").is_some())
                .then_some(Spot::Background)
        }
    }
}

/// What of the drawing has the focus.
pub(crate) fn focused() -> Option<Spot> {
    spot(&gloo::utils::document().active_element()?)
}

fn spot(element: &Element) -> Option<Spot> {
    if let Some(id) = element.get_attribute("data-component") {
        return Some(Spot::Component(id.into()));
    }
    if let Some(id) = element.get_attribute("data-connection") {
        return Some(Spot::Connection(id.into()));
    }
    if let Some(id) = element.get_attribute("data-place") {
        return Some(Spot::Place(id.into()));
    }
    element
        .get_attribute("data-gate")?
        .parse()
        .ok()
        .map(Spot::Gate)
}

/// Whether the element itself has the focus.
pub(crate) fn has_focus(node: &NodeRef) -> bool {
    match (
        gloo::utils::document().active_element(),
        node.cast::<Element>(),
    ) {
        (Some(active), Some(element)) => active == element,
        _ => false,
    }
}

/// Whether a pointer is pressed on the drawing.
pub(crate) fn is_held() -> bool {
    gloo::utils::document()
        .query_selector("#canvas:active")
        .is_ok_and(|found| found.is_some())
}

/// Whether the element with the focus shows it: it came there by key.
pub(crate) fn shows_focus() -> bool {
    gloo::utils::document()
        .query_selector(":focus-visible")
        .is_ok_and(|found| found.is_some())
}

/// The width and height of the drawing, from its corner, that the inspector does not cover.
pub(crate) fn uncovered() -> Option<(f64, f64)> {
    let find = |selector: &str| {
        gloo::utils::document()
            .query_selector(selector)
            .ok()
            .flatten()
    };
    let canvas = find("#canvas")?.get_bounding_client_rect();
    let cover = find(".app__inspector")?.get_bounding_client_rect();
    let is_beside = cover.left() >= canvas.right() || cover.top() >= canvas.bottom();
    if is_beside || cover.width() <= 0.0 || cover.height() <= 0.0 {
        return None;
    }
    let (right, bottom) = (cover.left() - canvas.left(), cover.top() - canvas.top());
    Some(if right > canvas.width() / 4.0 {
        (right, canvas.height())
    } else {
        (canvas.width(), bottom)
    })
}

/// Whether nothing has the focus.
pub(crate) fn focus_is_free() -> bool {
    let document = gloo::utils::document();
    match (document.active_element(), document.body()) {
        (Some(active), Some(body)) => active.is_same_node(Some(&body)),
        _ => true,
    }
}

/// Keeps a pointer's events at the element, wherever the pointer goes.
pub(crate) fn capture(node: &NodeRef, pointer: i32) {
    if let Some(element) = node.cast::<Element>() {
        let _ = element.set_pointer_capture(pointer);
    }
}

/// Moves the focus to the part of the drawing with this id.
pub(crate) fn focus_part(id: &str) {
    let selector = ".canvas__scene [tabindex]";
    let Ok(parts) = gloo::utils::document().query_selector_all(selector) else {
        return;
    };
    let is_part = |part: &SvgElement| {
        ["data-component", "data-connection", "data-place"]
            .iter()
            .any(|name| part.get_attribute(name).as_deref() == Some(id))
    };
    for index in 0..parts.length() {
        let part = parts
            .item(index)
            .and_then(|node| node.dyn_into::<SvgElement>().ok());
        if let Some(part) = part
            && is_part(&part)
        {
            let _ = part.focus();
            return;
        }
    }
}

/// How far an element is scrolled down, in pixels.
pub(crate) fn scrolled(node: &NodeRef) -> f64 {
    node.cast::<Element>()
        .map_or(0.0, |element| f64::from(element.scroll_top()))
}

/// Scrolls an element down to here, in pixels.
pub(crate) fn scroll_to(node: &NodeRef, top: f64) {
    if let Some(element) = node.cast::<Element>() {
        element.set_scroll_top(top.round() as i32);
    }
}

/// What the text area that an event comes from holds now.
pub(crate) fn text_of(event: &InputEvent) -> String {
    let area = event.target_dyn_into::<HtmlTextAreaElement>();
    area.map(|area| area.value()).unwrap_or_default()
}

/// Moves the focus and the caret to a character of a text area, line and column counted from 1.
pub(crate) fn put_caret(node: &NodeRef, line: usize, column: usize) {
    let Some(area) = node.cast::<HtmlTextAreaElement>() else {
        return;
    };
    let text = area.value();
    let mut lines = text.split('\n');
    let before: usize = lines
        .by_ref()
        .take(line - 1)
        .map(|line| line.encode_utf16().count() + 1)
        .sum();
    let rest = lines.next().unwrap_or_default();
    let within: usize = rest.chars().take(column - 1).map(char::len_utf16).sum();
    let at = (before + within) as u32;
    let _ = area.focus();
    let _ = area.set_selection_range(at, at);
}

/// Whether nothing in the page has the focus.
pub(crate) fn has_no_focus() -> bool {
    let document = gloo::utils::document();
    let body = document.body().map(Element::from);
    document
        .active_element()
        .is_none_or(|active| Some(active) == body)
}

/// Moves the focus to the first field in a part of `node`, unless that part has it.
pub(crate) fn focus_first_field(node: &NodeRef, part: &str) {
    let part = node
        .cast::<Element>()
        .and_then(|element| element.query_selector(part).ok().flatten());
    let active = gloo::utils::document().active_element();
    let Some(part) = part else { return };
    if part.contains(active.as_deref()) {
        return;
    }
    let field = part
        .query_selector("input, select, textarea")
        .ok()
        .flatten();
    if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlElement>().ok()) {
        let _ = field.focus();
    }
}

/// Moves the focus to the element of this id.
pub(crate) fn focus_id(id: &str) {
    let element = gloo::utils::document()
        .get_element_by_id(id)
        .and_then(|element| element.dyn_into::<HtmlElement>().ok());
    if let Some(element) = element {
        let _ = element.focus();
    }
}

/// Sets the theme of the page; without one, the system's.
pub(crate) fn set_theme(theme: Option<&str>) {
    let dark = js_sys::Reflect::get(&gloo::utils::window(), &"matchMedia".into())
        .ok()
        .and_then(|ask| ask.dyn_into::<js_sys::Function>().ok())
        .and_then(|ask| {
            ask.call1(
                &gloo::utils::window(),
                &"(prefers-color-scheme: dark)".into(),
            )
            .ok()
        })
        .and_then(|answer| js_sys::Reflect::get(&answer, &"matches".into()).ok())
        .is_some_and(|matches| matches.is_truthy());
    let shown = theme.unwrap_or(if dark { "dark" } else { "light" });
    if let Some(root) = gloo::utils::document().document_element() {
        let _ = root.set_attribute("data-theme", shown);
    }
}

/// Tells the style sheets how the page is shown.
pub(crate) fn set_display(words: &str) {
    if let Some(root) = gloo::utils::document().document_element() {
        let _ = root.set_attribute("data-display", words);
    }
}

/// Takes the picture away that is shown while the page loads.
pub(crate) fn end_loading() {
    if let Some(loading) = gloo::utils::document().get_element_by_id("loading") {
        loading.remove();
    }
}

/// Tells the size of an element whenever it changes, as long as this lives.
pub(crate) struct Measuring {
    observer: ResizeObserver,
    _on_change: Closure<dyn FnMut(js_sys::Array)>,
}

impl Drop for Measuring {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// Starts to measure an element; its width and height come in pixels.
pub(crate) fn measure(node: &NodeRef, on_size: impl Fn(f64, f64) + 'static) -> Option<Measuring> {
    let element = node.cast::<Element>()?;
    let measured = element.clone();
    let on_change: Closure<dyn FnMut(js_sys::Array)> = Closure::new(move |_: js_sys::Array| {
        let area = measured.get_bounding_client_rect();
        on_size(area.width(), area.height());
    });
    let callback: &JsValue = on_change.as_ref();
    let observer = ResizeObserver::new(callback.unchecked_ref()).ok()?;
    observer.observe(&element);
    Some(Measuring {
        observer,
        _on_change: on_change,
    })
}

fn closest(element: &Element, selector: &str) -> Option<Element> {
    element.closest(selector).ok().flatten()
}
