//! A dialog in which a few typed letters find one of many things.

use std::rc::Rc;

use model::order::Order as _;
use yew::prelude::*;

use super::dom;
use super::icon::{Size, icon, icon_of};
use super::matching;

/// One thing that can be found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Entry {
    /// What it is one of; entries of one group follow each other.
    pub group: &'static str,
    /// Its icon.
    pub icon: AttrValue,
    /// What it is called.
    pub name: String,
    /// What else there is to say about it; found too, but after names.
    pub aside: String,
    /// Other words that find it, never shown.
    pub also: &'static str,
    /// The keys that do the same.
    pub keys: String,
    /// Why it cannot be chosen now; empty where it can.
    pub obstacle: AttrValue,
}

/// What was chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Choice {
    /// The entry.
    pub index: usize,
    /// All that were found with it, the best first.
    pub found: Vec<usize>,
}

/// A dialog in which a few typed letters find one of many things.
#[derive(Properties, PartialEq)]
pub(crate) struct FinderProps {
    /// The question, for screen readers.
    pub label: AttrValue,
    /// What stands in the empty field.
    pub placeholder: AttrValue,
    /// What can be found.
    pub entries: Rc<Vec<Entry>>,
    /// What is said when there is nothing to find.
    pub nothing: AttrValue,
    /// What a few letters found, whenever that changes; nothing while none are typed. What is found is in sight beside
    /// the dialog then.
    #[prop_or_default]
    pub on_found: Option<Callback<Vec<usize>>>,
    /// One was chosen.
    pub on_choose: Callback<Choice>,
    /// It wants to be closed.
    pub on_close: Callback<()>,
}

/// No more of what is found is drawn.
const MOST: usize = 80;
/// How many rows a page key goes.
const PAGE: usize = 8;
/// What a match beside the name is worth less.
const ASIDE: i32 = 20;
const LIST: &str = "finder-list";

/// One entry that was found, with the letters of its name and of what stands beside it that match.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Hit {
    index: usize,
    score: i32,
    name: Vec<usize>,
    aside: Vec<usize>,
}

/// Draws the dialog.
#[component]
pub(crate) fn Finder(props: &FinderProps) -> Html {
    let (dialog, list) = (use_node_ref(), use_node_ref());
    let query = use_state_eq(String::new);
    let active = use_state_eq(|| 0_usize);
    let hits = use_memo(
        (Rc::clone(&props.entries), (*query).clone()),
        |(entries, query)| search(entries, query),
    );
    {
        let dialog = dialog.clone();
        use_effect_with((), move |()| {
            let open = dom::show_modal(&dialog);
            // Closing gives the focus back to what had it before.
            move || {
                if let Some(open) = open {
                    open.close();
                }
            }
        });
    }
    {
        let list = list.clone();
        use_effect_with((*active, Rc::clone(&hits)), move |(active, _)| {
            dom::reveal_nth(&list, "[role=option]", *active);
        });
    }
    {
        let is_asked = !query.trim().is_empty();
        let on_found = props.on_found.clone();
        use_effect_with((is_asked, Rc::clone(&hits)), move |(is_asked, hits)| {
            if let Some(on_found) = on_found {
                let hits = hits.iter().filter(|_| *is_asked);
                on_found.emit(hits.map(|hit| hit.index).collect());
            }
        });
    }
    let shown = hits.len().min(MOST);
    let choose = {
        let (hits, entries) = (Rc::clone(&hits), Rc::clone(&props.entries));
        let on_choose = props.on_choose.clone();
        Rc::new(move |row: usize| {
            if let Some(hit) = hits.get(row)
                && entries[hit.index].obstacle.is_empty()
            {
                on_choose.emit(Choice {
                    index: hit.index,
                    found: hits.iter().map(|hit| hit.index).collect(),
                });
            }
        })
    };
    let oninput = {
        let (query, active) = (query.clone(), active.clone());
        move |event: InputEvent| {
            query.set(dom::value(&event));
            active.set(0);
        }
    };
    let onkeydown = {
        let (active, choose, on_close) =
            (active.clone(), Rc::clone(&choose), props.on_close.clone());
        move |event: KeyboardEvent| {
            // Keys of a dialog are not shortcuts of the page.
            event.stop_propagation();
            let last = shown.saturating_sub(1);
            let next = match event.key().as_str() {
                "ArrowDown" if *active >= last => 0,
                "ArrowDown" => *active + 1,
                "ArrowUp" if *active == 0 => last,
                "ArrowUp" => *active - 1,
                "PageDown" => (*active + PAGE).min(last),
                "PageUp" => active.saturating_sub(PAGE),
                "Enter" if !event.is_composing() => {
                    event.prevent_default();
                    choose(*active);
                    return;
                }
                "Escape" => {
                    event.prevent_default();
                    on_close.emit(());
                    return;
                }
                _ => return,
            };
            event.prevent_default();
            active.set(next);
        }
    };
    let oncancel = props
        .on_close
        .reform(|event: Event| event.prevent_default());
    let onclick = {
        let (dialog, on_close) = (dialog.clone(), props.on_close.clone());
        move |event: MouseEvent| {
            if dom::is_target(&event, &dialog) {
                on_close.emit(());
            }
        }
    };
    let said = match hits.len() {
        0 => props.nothing.to_string(),
        _ if query.trim().is_empty() => String::new(),
        count => tn!(count; "1 found", "{count} found"),
    };
    html! {
        <dialog ref={dialog} class={classes!("dialog", "finder", props.on_found.as_ref().map(|_| "finder--beside"))} aria-label={&props.label} {oncancel} {onclick} {onkeydown}>
            <div class="finder__field">
                { icon("search", Size::Normal) }
                <input
                    class="finder__input"
                    type="text"
                    role="combobox"
                    aria-label={&props.label}
                    aria-expanded="true"
                    aria-controls={LIST}
                    aria-autocomplete="list"
                    aria-activedescendant={(shown > 0).then(|| option_id(*active))}
                    placeholder={&props.placeholder}
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    autofocus=true
                    value={(*query).clone()}
                    {oninput}
                />
                <kbd class="finder__escape" aria-hidden="true">{ "Esc" }</kbd>
            </div>
            <div ref={list} class="finder__list scroll" id={LIST} role="listbox" aria-label={&props.label} tabindex="-1">
                { for rows(props, &hits[..shown], query.trim().is_empty(), *active, &choose) }
            </div>
            <p class="finder__foot">
                <span role="status">{ said }</span>
                <span class="finder__help" aria-hidden="true">{ t!("↑ ↓ to choose, Enter to go") }</span>
                <span class="slot">
                    { for (hits.len() > shown).then(|| t!("The first {shown} are shown; type to see others.", shown)) }
                </span>
            </p>
        </dialog>
    }
}

fn option_id(row: usize) -> String {
    format!("finder-{row}")
}

/// The rows, with headings where nothing is asked for yet.
fn rows(
    props: &FinderProps,
    hits: &[Hit],
    with_headings: bool,
    active: usize,
    choose: &Rc<impl Fn(usize) + 'static>,
) -> Vec<Html> {
    let entries = &props.entries;
    let group_of = |hit: &Hit| entries[hit.index].group;
    let option = |row: usize, hit: &Hit| {
        let choose = Rc::clone(choose);
        let entry = &entries[hit.index];
        let group = (!with_headings).then_some(entry.group);
        option(
            entry,
            hit,
            row,
            row == active,
            group,
            move |_: MouseEvent| choose(row),
        )
    };
    if !with_headings {
        return hits
            .iter()
            .enumerate()
            .map(|(row, hit)| option(row, hit))
            .collect();
    }
    let mut row = 0;
    hits.chunk_by(|a, b| group_of(a) == group_of(b))
        .map(|hits| {
            let first = row;
            row += hits.len();
            let group = group_of(&hits[0]);
            html! {
                <div class="finder__group" role="group" aria-label={group} key={format!("group {first}")}>
                    <p class="finder__heading" aria-hidden="true">{ group }</p>
                    { for hits.iter().enumerate().map(|(index, hit)| option(first + index, hit)) }
                </div>
            }
        })
        .collect()
}

fn option(
    entry: &Entry,
    hit: &Hit,
    row: usize,
    is_active: bool,
    group: Option<&'static str>,
    onclick: impl Fn(MouseEvent) + 'static,
) -> Html {
    let is_off = !entry.obstacle.is_empty();
    let aside = if is_off {
        entry.obstacle.as_str()
    } else {
        entry.aside.as_str()
    };
    let aside_at: &[usize] = if is_off { &[] } else { &hit.aside };
    html! {
        <div
            key={hit.index}
            id={option_id(row)}
            class={classes!("finder__option", is_active.then_some("is-active"), is_off.then_some("is-off"))}
            role="option"
            aria-selected={is_active.to_string()}
            aria-disabled={is_off.then_some("true")}
            {onclick}
        >
            { icon_of(&entry.icon, Size::Normal, "finder__icon") }
            <span class="finder__name">{ for marked(&entry.name, &hit.name) }</span>
            <span class="finder__aside">{ for marked(aside, aside_at) }</span>
            <span class="slot">
                { for group.map(|group| html! { <span class="finder__tag">{ group }</span> }) }
            </span>
            <span class="finder__keys">
                { for entry.keys.split(' ').filter(|key| !key.is_empty()).map(|key| html! { <kbd key={key.to_owned()}>{ key }</kbd> }) }
            </span>
        </div>
    }
}

/// A text with the letters that match set off.
fn marked(text: &str, at: &[usize]) -> Vec<Html> {
    let letters: Vec<(bool, char)> = text
        .chars()
        .enumerate()
        .map(|(index, letter)| (at.binary_search(&index).is_ok(), letter))
        .collect();
    letters
        .chunk_by(|a, b| a.0 == b.0)
        .map(|run| {
            let part: String = run.iter().map(|(_, letter)| *letter).collect();
            if run[0].0 {
                html! { <mark>{ part }</mark> }
            } else {
                html! { <span>{ part }</span> }
            }
        })
        .collect()
}

/// The entries that match, the best first; all of them in their order where nothing is asked for.
fn search(entries: &[Entry], query: &str) -> Vec<Hit> {
    let mut hits: Vec<Hit> = entries
        .iter()
        .enumerate()
        .filter_map(|(index, entry)| hit(index, entry, query))
        .collect();
    // What cannot be chosen stands behind what can and matches as well.
    let is_off = |hit: &Hit| !entries[hit.index].obstacle.is_empty();
    if !query.trim().is_empty() {
        hits.order_by(|a, b| b.score.cmp(&a.score).then(is_off(a).cmp(&is_off(b))));
    }
    hits
}

/// Where an entry is found best: in its name, beside it, or by another word for it.
fn hit(index: usize, entry: &Entry, query: &str) -> Option<Hit> {
    let hit = |score, name, aside| Hit {
        index,
        score,
        name,
        aside,
    };
    let name =
        matching::find(query, &entry.name).map(|found| hit(found.score, found.at, Vec::new()));
    let aside = matching::find(query, &entry.aside)
        .map(|found| hit(found.score - ASIDE, Vec::new(), found.at));
    let also = matching::word(query, entry.also)
        .and_then(|word| matching::find(query, word))
        .map(|found| hit(found.score - ASIDE, Vec::new(), Vec::new()));
    // Of equals the last one wins.
    let ways = [also, aside, name];
    ways.into_iter().flatten().max_by_key(|hit| hit.score)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries() -> Vec<Entry> {
        let entry = |name: &str, aside: &str, obstacle: &'static str| Entry {
            name: name.to_owned(),
            aside: aside.to_owned(),
            obstacle: obstacle.into(),
            ..Entry::default()
        };
        vec![
            entry("Undo", "", "Nothing to take back"),
            entry("Orders", "SQL database · Hetzner", ""),
            entry("Hetzner mirror", "Web server", ""),
            entry("Shop", "App server", ""),
            entry("Orders", "", "Not now"),
        ]
    }

    fn found(query: &str) -> Vec<usize> {
        search(&entries(), query)
            .iter()
            .map(|hit| hit.index)
            .collect()
    }

    #[test]
    fn names_come_before_what_stands_beside_them() {
        assert_eq!(found("hetz"), [2, 1]);
        assert_eq!(found("sql"), [1]);
        assert_eq!(found("shop"), [3]);
        assert_eq!(found("zzz"), [0; 0]);
    }

    #[test]
    fn nothing_asked_for_is_everything_in_order() {
        assert_eq!(found(""), [0, 1, 2, 3, 4]);
        assert_eq!(found(" "), [0, 1, 2, 3, 4]);
    }

    #[test]
    fn what_cannot_be_chosen_stands_behind_its_equals() {
        assert_eq!(found("orders"), [1, 4]);
    }

    #[test]
    fn other_words_find_by_their_start() {
        let entries = [
            Entry {
                name: "Starting plans".to_owned(),
                also: "template example",
                ..Entry::default()
            },
            Entry {
                name: "An example".to_owned(),
                ..Entry::default()
            },
        ];
        let found = |query: &str| -> Vec<usize> {
            let hits = search(&entries, query);
            hits.iter().map(|hit| hit.index).collect()
        };
        assert_eq!(found("templ"), [0]);
        assert_eq!(found("Examp"), [1, 0]);
        assert_eq!(found("late"), [0; 0]);
    }
}
