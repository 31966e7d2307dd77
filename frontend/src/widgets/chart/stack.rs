//! Parts of a whole side by side, each with its name and figure below.

use yew::prelude::*;

use super::percent;
use crate::widgets::format;

/// One part of a whole.
pub(crate) struct Part {
    /// Its name.
    pub label: String,
    /// How large it is.
    pub value: f64,
    /// The same in words.
    pub text: String,
    /// How much of it is hatched, from 0 to 1.
    pub hatched: f64,
}

/// Letters that have room below the whole.
const ROOM: f64 = 110.0;
/// Parts beyond are drawn as one.
const MOST: usize = 7;

/// Draws parts of a whole from left to right in the order given, those without room for their name in a line
/// below; none of a whole that is nothing.
pub(crate) fn stack(title: &str, sentence: &str, parts: &[Part]) -> Option<Html> {
    let whole: f64 = parts.iter().map(|part| part.value).sum();
    if whole <= 0.0 {
        return None;
    }
    let has_room = |part: &Part| {
        let letters = part.label.chars().count().max(part.text.chars().count());
        part.value / whole * ROOM >= letters as f64
    };
    let small: Vec<String> = parts
        .iter()
        .enumerate()
        .filter(|(index, part)| *index >= MOST || !has_room(part))
        .map(|(_, part)| format!("{} {}", part.label, part.text))
        .collect();
    let mut x = 0.0;
    let drawn: Html = parts
        .iter()
        .take(MOST)
        .enumerate()
        .map(|(index, part)| {
            let share = part.value / whole;
            let start = x;
            x += share;
            html! {
                <svg class={format!("stack__part stack__part--{index}")} key={index} x={percent(start)} width={percent(share)}>
                    <rect class="stack__bar" width="100%" height="24" />
                    <rect fill="url(#waiting)" width={percent(part.hatched.clamp(0.0, 1.0))} height="24" />
                    <rect class="stack__gap" x="100%" width="2" height="24" />
                    <g>
                        { for has_room(part).then(|| html! {
                            <>
                                <text class="stack__name" y="41">{ &part.label }</text>
                                <text class="stack__text" y="57">{ &part.text }</text>
                            </>
                        }) }
                    </g>
                </svg>
            }
        })
        .collect();
    Some(html! {
        <div class="chart" role="img" tabindex="0" aria-label={format!("{title}. {sentence}")}>
            <svg class="stack" aria-hidden="true">{ drawn }</svg>
            <div class="slot">
                { for (!small.is_empty()).then(|| html! {
                    <p class="stack__rest">{ t!("Beside them {list}.", list = format::few(&small, 6)) }</p>
                }) }
            </div>
        </div>
    })
}
