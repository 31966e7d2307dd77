//! A list at a point in which a few typed letters find one of several things.

use model::order::Order as _;
use yew::prelude::*;

use super::icon::{Size, icon};
use super::{dom, matching};

/// One thing that can be picked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pick {
    /// What it is told by.
    pub id: &'static str,
    /// What it is called.
    pub name: &'static str,
    /// A sentence about it, which is shown while it is the one that Enter picks.
    pub about: &'static str,
}

/// A list at a point in which a few typed letters find one of several things.
#[derive(Properties, PartialEq)]
pub(crate) struct PickListProps {
    /// What is asked for.
    pub label: AttrValue,
    /// What there is, in order.
    pub picks: Vec<Pick>,
    /// Where: right and down of the corner of what it is positioned in, in pixels.
    pub at: (f64, f64),
    /// One was picked.
    pub on_pick: Callback<&'static str>,
    /// It wants to be closed.
    pub on_close: Callback<()>,
}

/// Draws the list.
#[component]
pub(crate) fn PickList(props: &PickListProps) -> Html {
    let (node, input, rows) = (use_node_ref(), use_node_ref(), use_node_ref());
    let query = use_state_eq(String::new);
    let active = use_state_eq(|| 0_usize);
    {
        let (node, input) = (node.clone(), input.clone());
        use_effect_with(props.at, move |at| {
            dom::put_within(&node, *at);
            dom::focus(&input);
        });
    }
    let found: Vec<Pick> = search(&props.picks, &query);
    let last = found.len().saturating_sub(1);
    let chosen = found.get((*active).min(last)).copied();
    {
        let (rows, row) = (rows.clone(), (*active).min(last));
        use_effect_with(row, move |row| {
            dom::reveal_nth(&rows, "[role=option]", *row);
        });
    }
    let oninput = {
        let (query, active) = (query.clone(), active.clone());
        move |event: InputEvent| {
            query.set(dom::value(&event));
            active.set(0);
        }
    };
    let onkeydown = {
        let active = active.clone();
        let (on_pick, on_close) = (props.on_pick.clone(), props.on_close.clone());
        move |event: KeyboardEvent| {
            event.stop_propagation();
            let row = (*active).min(last);
            let next = match event.key().as_str() {
                "ArrowDown" => (row + 1) % (last + 1),
                "ArrowUp" => (row + last) % (last + 1),
                "Enter" if !event.is_composing() => {
                    if let Some(chosen) = chosen {
                        on_pick.emit(chosen.id);
                    }
                    row
                }
                "Escape" | "Tab" => {
                    on_close.emit(());
                    row
                }
                _ => return,
            };
            event.prevent_default();
            active.set(next);
        }
    };
    let onfocusout = dom::when_left(&node, &props.on_close);
    let row = |pick: &Pick| {
        let id = pick.id;
        let is_chosen = chosen.is_some_and(|chosen| chosen.id == id);
        let onclick = props.on_pick.reform(move |_: MouseEvent| id);
        html! {
            <div key={id} id={format!("pick-{id}")} role="option" aria-selected={is_chosen.to_string()}
                class={classes!("pick", is_chosen.then_some("is-active"))}
                onpointerdown={|event: PointerEvent| event.prevent_default()} {onclick}>
                { icon(id, Size::Normal) }
                <span>{ pick.name }</span>
            </div>
        }
    };
    html! {
        <div
            ref={node}
            class="pick-list"
            role="dialog"
            aria-label={&props.label}
            {onfocusout}
            {onkeydown}
            ondblclick={|event: MouseEvent| event.stop_propagation()}
            oncontextmenu={|event: MouseEvent| event.stop_propagation()}
            onwheel={|event: WheelEvent| event.stop_propagation()}
        >
            <input
                ref={input}
                class="input pick-list__field"
                type="text"
                role="combobox"
                aria-label={&props.label}
                aria-expanded="true"
                aria-controls="pick-list"
                aria-autocomplete="list"
                aria-activedescendant={chosen.map(|chosen| format!("pick-{}", chosen.id))}
                placeholder={&props.label}
                autocomplete="off"
                spellcheck="false"
                value={(*query).clone()}
                {oninput}
            />
            <div ref={rows} class="pick-list__rows scroll" id="pick-list" role="listbox" aria-label={&props.label}>
                { for found.iter().map(row) }
            </div>
            <p class="pick-list__about" role="status">
                { chosen.map_or(t!("Nothing is called so."), |chosen| chosen.about) }
            </p>
        </div>
    }
}

/// What is called so, the best first, and then what is told so.
fn search(picks: &[Pick], query: &str) -> Vec<Pick> {
    let query = query.trim().to_lowercase();
    let mut found: Vec<(Option<i32>, Pick)> = picks
        .iter()
        .filter_map(|&pick| match matching::find(&query, pick.name) {
            Some(named) => Some((Some(named.score), pick)),
            None => is_told(&query, pick.about).then_some((None, pick)),
        })
        .collect();
    found.order_by(|(a, _), (b, _)| b.cmp(a));
    found.into_iter().map(|(_, pick)| pick).collect()
}

/// Whether a sentence holds a query that is long enough to mean something.
fn is_told(query: &str, about: &str) -> bool {
    query.len() > 2 && about.to_lowercase().contains(query)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_begin_so_come_first() {
        let pick = |name, about| Pick {
            id: name,
            name,
            about,
        };
        let picks = [
            pick("SQL database", "Keeps data."),
            pick("CDN", "Answers near to visitors, from a cache."),
            pick("Cache", "Keeps answers."),
        ];
        let names = |query| {
            search(&picks, query)
                .iter()
                .map(|pick| pick.name)
                .collect::<Vec<_>>()
        };
        assert_eq!(names(""), ["SQL database", "CDN", "Cache"]);
        assert_eq!(names(" ca"), ["Cache"]);
        assert_eq!(names("cac"), ["Cache", "CDN"]);
        assert_eq!(names("data"), ["SQL database"]);
        assert!(names("teapot").is_empty());
    }
}
