//! The handle of a sheet that rises from below: dragged up and down, or pressed.

use yew::prelude::*;

use super::dom;

/// Where a sheet goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum GripTo {
    /// Away.
    Closed,
    /// Half the height.
    Half,
    /// All of it.
    Full,
}

/// The handle of a sheet.
#[derive(Properties, PartialEq)]
pub(crate) struct GripProps {
    /// Whether the sheet has its full height.
    pub is_full: bool,
    /// The sheet was dragged somewhere.
    pub on_drag: Callback<GripTo>,
}

/// A pointer that moved less than this pressed the handle, in pixels.
const SLACK: i32 = 6;
/// A sheet that was dragged this far goes on by itself, in pixels.
const FAR: i32 = 48;

/// Draws the handle; while it is dragged, `--sheet-drag` of what holds it tells how far.
#[component]
pub(crate) fn Grip(props: &GripProps) -> Html {
    let node = use_node_ref();
    let start = use_mut_ref(|| None::<i32>);
    let dragged = use_mut_ref(|| false);
    let on_down = {
        let (node, start, dragged) = (node.clone(), start.clone(), dragged.clone());
        move |event: PointerEvent| {
            dom::capture(&node, &event);
            *start.borrow_mut() = Some(event.client_y());
            *dragged.borrow_mut() = false;
        }
    };
    let on_move = {
        let (node, start, dragged) = (node.clone(), start.clone(), dragged.clone());
        move |event: PointerEvent| {
            if let Some(from) = *start.borrow() {
                let by = event.client_y() - from;
                if by.abs() > SLACK {
                    *dragged.borrow_mut() = true;
                }
                dom::set_page_style(
                    &node,
                    ".app",
                    "--sheet-drag",
                    &format!("{}px", by.max(-FAR)),
                );
            }
        }
    };
    let on_up = {
        let (node, start) = (node.clone(), start.clone());
        let (is_full, on_drag) = (props.is_full, props.on_drag.clone());
        move |event: PointerEvent| {
            if let Some(from) = start.borrow_mut().take() {
                dom::set_page_style(&node, ".app", "--sheet-drag", "0px");
                if let Some(to) = after_drag(event.client_y() - from, is_full) {
                    on_drag.emit(to);
                }
            }
        }
    };
    let on_lost = {
        let (node, start) = (node.clone(), start);
        move |_: PointerEvent| {
            start.borrow_mut().take();
            dom::set_page_style(&node, ".app", "--sheet-drag", "0px");
        }
    };
    let onclick = {
        let (is_full, on_drag) = (props.is_full, props.on_drag.clone());
        move |_: MouseEvent| {
            // The click that ends a drag is no press.
            if !std::mem::take(&mut *dragged.borrow_mut()) {
                on_drag.emit(if is_full { GripTo::Half } else { GripTo::Full });
            }
        }
    };
    html! {
        <button
            ref={node}
            type="button"
            class="sheet-grip"
            aria-expanded={props.is_full.to_string()}
            aria-label={if props.is_full { t!("Make the sheet lower") } else { t!("Make the sheet taller") }}
            onpointerdown={on_down}
            onpointermove={on_move}
            onpointerup={on_up}
            onpointercancel={on_lost}
            {onclick}
        >
            <span class="sheet-grip__bar" />
        </button>
    }
}

/// Where a drag of so many pixels downwards leads; nowhere when it was too short.
fn after_drag(by: i32, is_full: bool) -> Option<GripTo> {
    match is_full {
        false if by <= -FAR => Some(GripTo::Full),
        false if by >= FAR => Some(GripTo::Closed),
        true if by >= FAR => Some(GripTo::Half),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_goes_where_it_is_dragged() {
        assert_eq!(after_drag(-60, false), Some(GripTo::Full));
        assert_eq!(after_drag(60, false), Some(GripTo::Closed));
        assert_eq!(after_drag(60, true), Some(GripTo::Half));
        assert_eq!(after_drag(-60, true), None);
        assert_eq!(after_drag(20, false), None);
    }
}
