//! How a choice of one among several is made by keys: one tab stop, arrows move and choose.

use yew::prelude::*;

use super::dom;

/// Chooses by arrow keys, Home and End among the radios in `group`, which stand for `values` in order.
pub(super) fn choose_by_arrows(
    group: &NodeRef,
    values: Vec<AttrValue>,
    chosen: Option<usize>,
    on_choose: &Callback<AttrValue>,
) -> Callback<KeyboardEvent> {
    let (group, on_choose) = (group.clone(), on_choose.clone());
    Callback::from(move |event: KeyboardEvent| {
        if let Some(next) = next_index(&event.key(), chosen, values.len()) {
            event.prevent_default();
            event.stop_propagation();
            on_choose.emit(values[next].clone());
            dom::focus_nth(&group, "[role=radio]", next);
        }
    })
}

/// The `tabindex` of one of them: the chosen one is the tab stop, or the first where none is chosen.
pub(super) fn tab_stop(index: usize, chosen: Option<usize>) -> &'static str {
    if index == chosen.unwrap_or(0) {
        "0"
    } else {
        "-1"
    }
}

/// Where a key leads in a row of `count` from `current`; none for other keys.
pub(super) fn next_index(key: &str, current: Option<usize>, count: usize) -> Option<usize> {
    if count == 0 {
        return None;
    }
    match key {
        "ArrowRight" | "ArrowDown" => Some(current.map_or(0, |current| (current + 1) % count)),
        "ArrowLeft" | "ArrowUp" => {
            Some(current.map_or(count - 1, |current| (current + count - 1) % count))
        }
        "Home" => Some(0),
        "End" => Some(count - 1),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrows_go_round_and_other_keys_stay() {
        assert_eq!(next_index("ArrowRight", Some(3), 4), Some(0));
        assert_eq!(next_index("ArrowLeft", Some(0), 4), Some(3));
        assert_eq!(next_index("ArrowDown", None, 4), Some(0));
        assert_eq!(next_index("End", Some(1), 4), Some(3));
        assert_eq!(next_index("a", Some(1), 4), None);
        assert_eq!(next_index("Home", None, 0), None);
    }
}
