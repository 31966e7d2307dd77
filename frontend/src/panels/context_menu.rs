//! What can be done with what is under the pointer.

use yew::prelude::*;

use crate::actions::{self, Action};
use crate::state::{Editor, Joined, Message, Rework, Spot};
use crate::texts::say;
use crate::widgets::menu::{Item, Popup};

/// Draws what can be done with the selected parts, or with the drawing where nothing is selected.
pub(crate) fn context_menu(spot: Spot, editor: &Editor, send: &Callback<Message>) -> Html {
    let mut items = Vec::new();
    let selection = editor.selection();
    let label = if let Some(id) = selection.only_connection() {
        let joined = Some(Joined::Into(id.clone()));
        items.push(Item {
            label: t!("Insert a component…").into(),
            icon: "plus".into(),
            ..item(
                "insert",
                send,
                Message::Rework(Rework::OpenAdd(spot, joined)),
            )
        });
        add(&mut items, editor, send, &[&actions::DELETE]);
        t!("Connection")
    } else if selection.place.is_some() {
        let offered = [&actions::RENAME, &actions::MOVE_TO_PLACE, &actions::DELETE];
        add(&mut items, editor, send, &offered);
        t!("Place")
    } else if selection.is_empty() {
        items.push(Item {
            label: t!("Add a component here…").into(),
            icon: "plus".into(),
            ..item("add", send, Message::Rework(Rework::OpenAdd(spot, None)))
        });
        let ask = Message::Rework(Rework::AskToPaste(Some(spot.canvas)));
        items.push(Item {
            label: t!("Paste here").into(),
            ..of(&actions::PASTE, send, ask)
        });
        add(&mut items, editor, send, &[&actions::ADD_PLACE]);
        group(
            &mut items,
            editor,
            send,
            &[&actions::SELECT_ALL, &actions::FIT, &actions::UNDO],
        );
        t!("Drawing")
    } else {
        add(&mut items, editor, send, &[&actions::RENAME]);
        if let Some(id) = selection.only_component() {
            let joined = Some(Joined::CalledBy(id.clone()));
            items.push(Item {
                label: t!("Add what it calls…").into(),
                icon: "plus".into(),
                ..item("add", send, Message::Rework(Rework::OpenAdd(spot, joined)))
            });
        }
        items.push(Item {
            label: t!("Pinned").into(),
            checked: Some(selection.is_pinned(editor.plan())),
            ..of(&actions::PIN, send, (actions::PIN.message)())
        });
        group(
            &mut items,
            editor,
            send,
            &[&actions::CUT, &actions::COPY, &actions::DUPLICATE],
        );
        let alignments = [
            &actions::ALIGN_LEFT,
            &actions::ALIGN_MIDDLE,
            &actions::ALIGN_CENTRE,
            &actions::DISTRIBUTE_ACROSS,
            &actions::DISTRIBUTE_DOWN,
        ];
        group(&mut items, editor, send, &alignments);
        items.push(Item {
            label: t!("Group into a zone").into(),
            starts_group: true,
            ..of(&actions::ADD_PLACE, send, Message::AddPlace(None))
        });
        if !editor.plan().places.is_empty() {
            add(&mut items, editor, send, &[&actions::MOVE_TO_PLACE]);
        }
        group(
            &mut items,
            editor,
            send,
            &[&actions::DELETE, &actions::DELETE_AND_JOIN],
        );
        t!("Selection")
    };
    let on_close = send.reform(|()| Message::Rework(Rework::ClosePopover));
    html! {
        <Popup {label} {items} at={(spot.screen.x, spot.screen.y)} {on_close} />
    }
}

/// Adds those actions that would do anything.
fn add(items: &mut Vec<Item>, editor: &Editor, send: &Callback<Message>, actions: &[&Action]) {
    for action in actions {
        if (action.enabled)(editor) {
            items.push(of(action, send, (action.message)()));
        }
    }
}

/// The same below a line.
fn group(items: &mut Vec<Item>, editor: &Editor, send: &Callback<Message>, actions: &[&Action]) {
    let start = items.len();
    add(items, editor, send, actions);
    if let Some(first) = items.get_mut(start) {
        first.starts_group = true;
    }
}

fn of(action: &Action, send: &Callback<Message>, message: Message) -> Item {
    Item {
        label: say(action.label).into(),
        icon: action.icon.into(),
        keys: action.keys().into(),
        ..item(action.id, send, message)
    }
}

fn item(id: &'static str, send: &Callback<Message>, message: Message) -> Item {
    Item {
        id: id.into(),
        icon: AttrValue::default(),
        label: AttrValue::default(),
        hint: AttrValue::default(),
        keys: AttrValue::default(),
        checked: None,
        starts_group: false,
        on_select: send.reform(move |()| message.clone()),
    }
}
