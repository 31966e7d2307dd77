//! The small pictures beside the six numbers.

use yew::prelude::*;

use crate::widgets::format;

/// Parts side by side on a small ground.
pub(super) fn picture(parts: Vec<Html>) -> Html {
    html! {
        <svg class="strip__picture" viewBox="0 0 40 12" aria-hidden="true">{ for parts }</svg>
    }
}

/// A bar of the picture.
pub(super) fn rect(class: &'static str, x: f64, width: f64, opacity: f64) -> Html {
    html! {
        <rect
            {class}
            key={format!("{class}{x:.1}")}
            x={format::attribute(x)}
            y="3"
            width={format::attribute(width.max(0.0))}
            height="6"
            rx="1"
            opacity={opacity.to_string()}
        />
    }
}

/// A line across the picture.
pub(super) fn mark(x: f64) -> Html {
    html! { <path key="mark" class="strip__mark" d={format!("M{x:.1} 0v12")} /> }
}

/// Parts of a whole side by side, the largest first; what is too small to see is left out.
pub(super) fn stack(shares: &[f64]) -> Vec<Html> {
    let all: f64 = shares.iter().sum();
    if all <= 0.0 {
        return vec![rect("strip__track", 0.0, 40.0, 1.0)];
    }
    let mut x = 0.0;
    shares
        .iter()
        .map(|share| share / all * 40.0)
        .take_while(|width| *width >= 0.5)
        .take(6)
        .zip([1.0, 0.65, 0.45, 0.32, 0.25, 0.2])
        .map(|(width, opacity)| {
            let part = rect("strip__bar", x, (width - 1.0).max(0.5), opacity);
            x += width;
            part
        })
        .collect()
}
