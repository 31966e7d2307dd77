//! What a few typed letters lead to: actions, parts of the plan, targets of a connection, places, types.

mod commands;
mod parts;
mod places;
mod targets;
mod types;

use std::rc::Rc;

use model::plan::Id;
use yew::prelude::*;

use super::Shown;
use crate::state::{Find as What, Found, Message, Selection};
use crate::widgets::finder::{Choice, Entry, Finder};

/// Something to be found, and what choosing it does.
struct Way {
    entry: Entry,
    message: Message,
}

/// What is looked for, and in what.
#[derive(Properties, PartialEq)]
pub(crate) struct FindProps {
    /// What is looked for.
    pub what: What,
    /// What is shown.
    pub shown: Shown,
    /// What of it is selected.
    pub selection: Rc<Selection>,
    /// Which of the actions can be used now, in the order of their list.
    pub enabled: Vec<bool>,
    /// Where messages go.
    pub send: Callback<Message>,
}

/// Draws the dialog.
#[component]
pub(crate) fn Find(props: &FindProps) -> Html {
    let ways = {
        let (enabled, selection) = (props.enabled.clone(), Rc::clone(&props.selection));
        use_memo((props.what, props.shown.clone()), move |(what, shown)| {
            let ways = match what {
                What::Command => commands::ways(shown, &enabled),
                What::Part => parts::ways(shown),
                What::Target => targets::ways(shown, &selection),
                What::Place => places::ways(shown, &selection),
                What::Type => types::ways(),
            };
            let (entries, messages): (Vec<_>, Vec<_>) =
                ways.into_iter().map(|way| (way.entry, way.message)).unzip();
            (Rc::new(entries), messages)
        })
    };
    let (label, placeholder, nothing) = words(props);
    let on_choose = {
        let (send, ways, what) = (props.send.clone(), Rc::clone(&ways), props.what);
        Callback::from(move |choice: Choice| {
            send.emit(Message::Close);
            send.emit(match what {
                What::Part => found(&ways.1, &choice),
                _ => ways.1[choice.index].clone(),
            });
        })
    };
    let on_found = (props.what == What::Part).then(|| {
        let (send, ways) = (props.send.clone(), Rc::clone(&ways));
        Callback::from(move |found: Vec<usize>| {
            let ids = found.iter().filter_map(|&index| part_of(&ways.1[index]));
            send.emit(Message::Seek(ids.cloned().collect()));
        })
    });
    html! {
        <Finder
            {label}
            {placeholder}
            {nothing}
            entries={Rc::clone(&ways.0)}
            {on_found}
            {on_choose}
            on_close={props.send.reform(|()| Message::Close)}
        />
    }
}

/// The question, what stands in the empty field, and what is said when nothing is found.
fn words(props: &FindProps) -> (AttrValue, &'static str, &'static str) {
    match props.what {
        What::Command => (
            t!("All commands").into(),
            t!("What would you like to do, or to see?"),
            t!("Nothing of that name. Try a word such as cache, export or undo."),
        ),
        What::Part => (
            t!("Search the plan").into(),
            t!("A name, a type, a provider or an offer"),
            t!("Nothing that is drawn has these letters."),
        ),
        What::Target => {
            let from = props.selection.only_component();
            let from = from.map_or_else(String::new, |id| props.shown.name(id));
            (
                t!("What does {from} call?", from).into(),
                t!("The component to call"),
                t!("There is no such component."),
            )
        }
        What::Place => (
            t!("Where does it stand?").into(),
            t!("A region, a zone, a host"),
            t!("There is no such place. Add one with G."),
        ),
        What::Type => (
            t!("What shall be added?").into(),
            t!("A type of component"),
            t!("There is no such type."),
        ),
    }
}

/// The parts that were found, with the chosen one to be shown.
fn found(messages: &[Message], choice: &Choice) -> Message {
    let at = choice.found.iter().position(|&index| index == choice.index);
    let ids = choice
        .found
        .iter()
        .filter_map(|&index| part_of(&messages[index]));
    Message::Found(Found {
        ids: ids.cloned().collect(),
        at: at.unwrap_or(0),
    })
}

fn part_of(message: &Message) -> Option<&Id> {
    match message {
        Message::GoTo(id) => Some(id),
        _ => None,
    }
}
