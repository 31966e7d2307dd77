//! The hours of a day as 24 bars that are drawn with a pointer or set with the arrow keys.

use yew::prelude::*;

use super::{dom, format};

/// Hours of a day.
pub(crate) const HOURS: usize = 24;

/// The hours of a day, each a share of the fullest.
#[derive(Properties, PartialEq)]
pub(crate) struct HoursProps {
    /// What the bars are, for screen readers.
    pub label: AttrValue,
    /// One share for each hour from midnight, 0 to 1.
    pub shares: Vec<f64>,
    /// The bars change; comes often while they are drawn.
    pub on_change: Callback<Vec<f64>>,
    /// They were let go.
    pub on_release: Callback<()>,
}

/// How far an arrow key goes, and what a drawn bar snaps to.
const STEP: f64 = 0.05;

/// Draws the hours of a day.
#[component]
pub(crate) fn Hours(props: &HoursProps) -> Html {
    let node = use_node_ref();
    let at = use_state_eq(|| 0_usize);
    let set = {
        let (shares, on_change) = (props.shares.clone(), props.on_change.clone());
        move |hour: usize, share: f64| {
            let mut next = shares.clone();
            let share = ((share / STEP).round() * STEP * 100.0).round() / 100.0;
            if let Some(old) = next.get_mut(hour)
                && *old != share.clamp(0.0, 1.0)
            {
                *old = share.clamp(0.0, 1.0);
                on_change.emit(next);
            }
        }
    };
    let draw = {
        let (node, set, at) = (node.clone(), set.clone(), at.clone());
        Callback::from(move |event: PointerEvent| {
            if event.buttons() != 1 {
                return;
            }
            if let Some((across, down)) = dom::place_within(&node, &event) {
                let hour = ((across * HOURS as f64).max(0.0) as usize).min(HOURS - 1);
                at.set(hour);
                set(hour, 1.0 - down);
            }
        })
    };
    let onpointerdown = {
        let (node, draw) = (node.clone(), draw.clone());
        move |event: PointerEvent| {
            dom::capture(&node, &event);
            draw.emit(event);
        }
    };
    let onkeydown = {
        let (node, shares, at) = (node.clone(), props.shares.clone(), at.clone());
        move |event: KeyboardEvent| {
            let hour = *at;
            let share = shares.get(hour).copied().unwrap_or(1.0);
            let go = |to: usize| {
                at.set(to);
                dom::focus_nth(&node, "[role=slider]", to);
            };
            match &*event.key() {
                "ArrowRight" => go((hour + 1) % HOURS),
                "ArrowLeft" => go((hour + HOURS - 1) % HOURS),
                "ArrowUp" => set(hour, share + STEP),
                "ArrowDown" => set(hour, share - STEP),
                "PageUp" => set(hour, share + 4.0 * STEP),
                "PageDown" => set(hour, share - 4.0 * STEP),
                "Home" => set(hour, 0.0),
                "End" => set(hour, 1.0),
                _ => return,
            }
            event.prevent_default();
            event.stop_propagation();
        }
    };
    html! {
        <div class="hours" role="group" aria-label={&props.label} {onkeydown}>
            <div
                ref={node}
                class="hours__bars"
                {onpointerdown}
                onpointermove={draw}
                onpointerup={props.on_release.reform(|_: PointerEvent| ())}
            >
                { for props.shares.iter().take(HOURS).enumerate().map(|(hour, &share)| {
                    let at = at.clone();
                    let tabindex = if hour == *at { "0" } else { "-1" };
                    let percent = (share * 100.0).round();
                    let height = percent.clamp(0.0, 100.0);
                    html! {
                        <div
                            class="hours__hour"
                            key={hour}
                            role="slider"
                            {tabindex}
                            aria-label={format!("{hour}:00")}
                            aria-orientation="vertical"
                            aria-valuemin="0"
                            aria-valuemax="100"
                            aria-valuenow={height.to_string()}
                            aria-valuetext={format::percent(share)}
                            onfocus={move |_: FocusEvent| at.set(hour)}
                        >
                            <svg class="hours__bar" aria-hidden="true">
                                <rect width="100%" y={format!("{}%", 100.0 - height)} height={format!("{height}%")} rx="1" />
                            </svg>
                        </div>
                    }
                }) }
            </div>
            <p class="hours__axis" aria-hidden="true">
                <span>{ "0" }</span><span>{ "6" }</span><span>{ "12" }</span><span>{ "18" }</span><span>{ "24 h" }</span>
            </p>
        </div>
    }
}
