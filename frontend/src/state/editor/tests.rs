//! What holds for the editor after any sequence of messages.

use model::commands::{Connect, Rename, SetInstances, SetTitle};
use model::plan::sketch::sketch;
use model::templates::template;
use proptest::prelude::*;

use super::*;
use crate::state::{Axis, Joined, Line, Rework, Spot, copied};

#[path = "../../../../model/tests/any_command/mod.rs"]
mod any_command;

fn shop() -> Editor {
    Editor::open(None, Theme::System).0
}

fn do_all(editor: &mut Editor, messages: impl IntoIterator<Item = Message>) {
    for (index, message) in messages.into_iter().enumerate() {
        editor.update(message, index as f64 * 10.0);
    }
}

fn rename(id: &str, label: &str) -> Command {
    Command::from(Rename {
        component: id.into(),
        label: label.to_owned(),
    })
}

#[test]
fn the_first_visit_opens_on_the_shop_and_greets_until_the_first_edit() {
    let mut editor = shop();
    assert_eq!(editor.plan().title, "Small shop");
    assert!(editor.welcomes());
    do_all(
        &mut editor,
        [Message::Edit(rename("db", "Orders of the shop"))],
    );
    assert!(!editor.welcomes());
}

#[test]
fn before_the_rest_has_loaded_hands_draw_and_everything_else_waits() {
    let mut editor = shop();
    let before = Rc::clone(editor.plan());
    let at = Some(Point { x: 40.0, y: 900.0 });
    let place = Message::Place { kind: "cache", at };
    assert!(editor.draw(place, 0.0).is_ok());
    assert_eq!(editor.plan().components.len(), before.components.len() + 1);
    let drawn = Rc::clone(editor.plan());
    for waits in [
        Message::Edit(rename("db", "Orders of the shop")),
        Message::DuplicateSelection,
        Message::Arrange,
        Message::StartEmpty,
    ] {
        assert_eq!(editor.draw(waits.clone(), 1.0), Err(Box::new(waits)));
        assert!(Rc::ptr_eq(editor.plan(), &drawn));
    }
    assert!(editor.draw(Message::Undo, 2.0).is_ok());
    assert!(Rc::ptr_eq(editor.plan(), &before));
    do_all(&mut editor, [Message::Edit(rename("db", "Orders"))]);
    assert!(
        editor
            .draw(Message::Edit(rename("db", "Both")), 9.0)
            .is_ok()
    );
}

#[test]
fn the_next_visit_opens_on_the_draft() {
    let mut plan = sketch("users -> app").unwrap();
    plan.title = "Draft".to_owned();
    let (editor, effects) = Editor::open(Some(&format::write(&plan)), Theme::Dark);
    assert_eq!(editor.plan().title, "Draft");
    assert!(!editor.welcomes() && effects.is_empty());
    assert!(
        editor
            .plan()
            .components
            .iter()
            .all(|c| c.position.is_some())
    );
}

#[test]
fn a_draft_that_cannot_be_read_is_offered_as_a_file() {
    let (editor, _) = Editor::open(Some("{"), Theme::System);
    assert_eq!(editor.plan().title, "Small shop");
    let action = editor.notice().unwrap().actions[0].clone();
    assert!(matches!(*action.message, Message::Download { text, .. } if text == "{"));
}

#[test]
fn a_refused_edit_changes_nothing_and_says_why() {
    let mut editor = shop();
    let before = Rc::clone(editor.plan());
    let effects = editor.update(
        Message::Edit(Command::from(Connect {
            from: "lb".into(),
            to: "users".into(),
        })),
        0.0,
    );
    assert!(Rc::ptr_eq(editor.plan(), &before));
    assert_eq!(editor.undo_label(), None);
    assert!(!effects.contains(&Effect::SaveDraft));
    assert_eq!(editor.notice().unwrap().tone, Tone::Refused);
}

#[test]
fn typing_in_one_field_is_one_step_until_a_pause() {
    let mut editor = shop();
    for (text, time) in [("O", 0.0), ("Or", 0.3), ("Ord", 0.9)] {
        editor.update(Message::EditLive(rename("db", text)), time);
    }
    editor.update(Message::EditLive(rename("db", "Later")), 5.0);
    editor.update(Message::Undo, 6.0);
    assert_eq!(editor.plan().component("db").unwrap().label, "Ord");
    editor.update(Message::Undo, 6.0);
    assert_eq!(editor.plan().component("db").unwrap().label, "Orders");
    assert_eq!(editor.undo_label(), None);
    editor.update(Message::Redo, 6.0);
    assert_eq!(editor.plan().component("db").unwrap().label, "Ord");
}

#[test]
fn another_edit_or_leaving_the_field_ends_the_step() {
    let mut editor = shop();
    editor.update(Message::EditLive(rename("db", "a")), 0.0);
    editor.update(Message::EditLive(rename("app", "b")), 0.1);
    editor.update(Message::EditLive(rename("app", "c")), 0.2);
    editor.update(Message::Settle, 0.2);
    editor.update(Message::EditLive(rename("app", "d")), 0.3);
    for expected in ["c", "Shop"] {
        editor.update(Message::Undo, 1.0);
        assert_eq!(editor.plan().component("app").unwrap().label, expected);
    }
    editor.update(Message::Undo, 1.0);
    assert_eq!(editor.plan().component("db").unwrap().label, "Orders");
}

#[test]
fn opening_a_file_replaces_everything_and_can_be_undone() {
    let mut editor = shop();
    let before = Rc::clone(editor.plan());
    do_all(
        &mut editor,
        [
            Message::Resized {
                width: 900.0,
                height: 600.0,
            },
            Message::SelectAll,
            Message::StartPlacing("cache"),
        ],
    );
    let text = format::write(&sketch("users -> app").unwrap());
    editor.update(
        Message::LoadBytes {
            name: "small.json".to_owned(),
            bytes: text.into_bytes(),
        },
        0.0,
    );
    assert_eq!(editor.plan().components.len(), 2);
    assert!(editor.selection().is_empty() && editor.placing().is_none());
    editor.update(Message::Undo, 0.0);
    assert!(Rc::ptr_eq(editor.plan(), &before));
}

#[test]
fn a_broken_file_leaves_the_drawing_alone_and_says_where_it_breaks() {
    let mut editor = shop();
    let before = Rc::clone(editor.plan());
    for bytes in [
        &b""[..],
        b"\x89PNG\r\n\x1a\n",
        b"{\"format\": ",
        b"[]",
        &vec![b'['; 100_000],
    ] {
        editor.update(
            Message::LoadBytes {
                name: "broken.json".to_owned(),
                bytes: bytes.to_vec(),
            },
            0.0,
        );
        assert!(Rc::ptr_eq(editor.plan(), &before));
        assert!(!editor.load_problem().unwrap().text.is_empty());
        editor.update(Message::DismissLoadProblem, 0.0);
        assert_eq!(editor.load_problem(), None);
    }
}

#[test]
fn what_is_exported_opens_as_the_same_plan() {
    let mut editor = shop();
    let effects = editor.update(Message::Export("json"), 0.0);
    let [Effect::Download { name, text, .. }] = &effects[..] else {
        panic!("{effects:?}");
    };
    assert_eq!(name, "small-shop.json");
    let (again, _) = Editor::open(Some(text), Theme::System);
    assert_eq!(again.plan(), editor.plan());
}

#[test]
fn copies_bring_the_connections_among_them() {
    let mut editor = shop();
    let (components, connections) = (
        editor.plan().components.len(),
        editor.plan().connections.len(),
    );
    do_all(
        &mut editor,
        [
            Message::ShowMe(vec!["app".into(), "db".into()]),
            Message::DuplicateSelection,
        ],
    );
    assert_eq!(editor.plan().components.len(), components + 2);
    assert_eq!(editor.plan().connections.len(), connections + 1);
    let copy = editor.plan().connections.last().unwrap();
    assert_eq!(
        copy.calls,
        editor.plan().connection("app-db").unwrap().calls
    );
    assert_eq!(editor.selection().components.len(), 2);
    assert!(editor.selection().components.contains(&copy.from));
    assert_eq!(editor.undo_label(), Some("Duplicate 2 components"));
}

#[test]
fn new_components_stand_clear_of_the_others_and_are_selected() {
    let mut editor = shop();
    do_all(
        &mut editor,
        [
            Message::Resized {
                width: 900.0,
                height: 600.0,
            },
            Message::Place {
                kind: "cache",
                at: None,
            },
            Message::Place {
                kind: "cache",
                at: None,
            },
        ],
    );
    let cards: Vec<Rect> = editor
        .plan()
        .components
        .iter()
        .filter_map(|c| c.position)
        .map(|[x, y]| Rect::card(Point { x, y }))
        .collect();
    for (index, card) in cards.iter().enumerate() {
        assert!(!cards[index + 1..].iter().any(|other| other.meets(*card)));
    }
    assert_eq!(editor.selection().only_component().unwrap(), &"cache-2");
}

#[test]
fn the_history_is_long_but_not_endless() {
    let mut editor = shop();
    for number in 0..250 {
        let title = SetTitle {
            title: format!("Plan {number}"),
            notes: None,
        };
        editor.update(Message::Edit(Command::from(title)), 0.0);
    }
    let mut steps = 0;
    while editor.undo_label().is_some() {
        editor.update(Message::Undo, 0.0);
        steps += 1;
    }
    assert_eq!(steps, 200);
    assert_eq!(editor.plan().title, "Plan 49");
}

fn any_id() -> impl Strategy<Value = Id> {
    prop::sample::select(vec![
        "users", "lb", "app", "db", "files", "cache", "nothing", "app-db",
    ])
    .prop_map(Id::from)
}

fn any_rework() -> impl Strategy<Value = Rework> {
    let number = || prop_oneof![Just(f64::NAN), -1e9..1e9, -1e3..1e3];
    let point = || (number(), number()).prop_map(|(x, y)| Point { x, y });
    let parts = copied(shop().plan(), &Selection::all(shop().plan())).unwrap();
    let whole = format::write(shop().plan());
    prop_oneof![
        prop::sample::select(vec![
            Line::Left,
            Line::Centre,
            Line::Right,
            Line::Top,
            Line::Middle,
            Line::Bottom
        ])
        .prop_map(Rework::Align),
        prop::sample::select(vec![Axis::Across, Axis::Down]).prop_map(Rework::Distribute),
        (number(), number()).prop_map(|(dx, dy)| Rework::CopyBy([dx, dy])),
        Just(Rework::Cut),
        Just(Rework::Pin),
        (
            prop::sample::select(vec![parts, whole, "rubbish".to_owned()]),
            prop::option::of(point()),
            any::<bool>()
        )
            .prop_map(|(text, at, whole)| Rework::Paste { text, at, whole }),
        Just(Rework::Bypass),
        any_id().prop_map(Rework::BypassInstead),
        (any_id(), point()).prop_map(|(id, at)| Rework::Put {
            kind: "cache",
            at,
            joined: Joined::Into(id)
        }),
        (any_id(), point()).prop_map(|(id, at)| Rework::Put {
            kind: "queue",
            at,
            joined: Joined::CalledBy(id)
        }),
        any_id().prop_map(|id| Rework::Rename(Some(id))),
        Just(Rework::EndRename),
        point().prop_map(|at| Rework::OpenMenu(Spot {
            canvas: at,
            screen: at
        })),
        Just(Rework::Rival("{".to_owned())),
        Just(Rework::TakeRival),
    ]
}

fn any_message() -> impl Strategy<Value = Message> {
    let number = || prop_oneof![Just(f64::NAN), Just(f64::INFINITY), -1e9..1e9];
    prop_oneof![
        (any_id(), any_id())
            .prop_map(|(from, to)| Message::Edit(Command::from(Connect { from, to }))),
        (any_id(), "[a-c]{0,2}").prop_map(|(component, label)| Message::EditLive(Command::from(
            Rename { component, label }
        ))),
        (any_id(), 0usize..5).prop_map(|(component, instances)| Message::EditLive(Command::from(
            SetInstances {
                component,
                instances: instances as _
            }
        ))),
        prop::collection::vec(any_id(), 0..3).prop_map(Message::ShowMe),
        any_id().prop_map(|id| Message::Toggle(Selection::component(id))),
        any_id().prop_map(|id| Message::Select(Selection::connection(id))),
        Just(Message::SelectAll),
        Just(Message::DeleteSelection),
        Just(Message::DuplicateSelection),
        (number(), number()).prop_map(|(dx, dy)| Message::Nudge { dx, dy }),
        (number(), number()).prop_map(|(x, y)| Message::Place {
            kind: "cache",
            at: Some(Point { x, y })
        }),
        Just(Message::Place {
            kind: "no_such_type",
            at: None
        }),
        Just(Message::LoadTemplate(
            *template("replica").expect("it is listed")
        )),
        Just(Message::StartEmpty),
        Just(Message::LoadBytes {
            name: String::new(),
            bytes: b"{".to_vec()
        }),
        number().prop_map(Message::ZoomBy),
        (number(), number()).prop_map(|(width, height)| Message::Resized { width, height }),
        Just(Message::Fit),
        Just(Message::FitSelection),
        Just(Message::Arrange),
        any_rework().prop_map(Message::Rework),
        Just(Message::AddPlace(None)),
        Just(Message::Undo),
        Just(Message::Redo),
    ]
}

#[test]
fn arranging_is_one_step_and_leaves_what_is_not_selected() {
    let mut editor = shop();
    let before = Rc::clone(editor.plan());
    let chosen = ["app", "db"].map(Id::from);
    let mut selection = Selection::default();
    selection.components.extend(chosen.iter().cloned());
    editor.update(Message::Select(selection), 0.0);
    editor.update(Message::Arrange, 1.0);
    for (old, new) in before.components.iter().zip(&editor.plan().components) {
        assert!(
            chosen.contains(&old.id) || Rc::ptr_eq(old, new),
            "{}",
            old.id
        );
    }
    editor.update(Message::Select(Selection::default()), 2.0);
    editor.update(Message::Arrange, 3.0);
    assert_eq!(editor.undo_label(), Some("Arrange the drawing"));
    assert!(editor.plan().says_same_as(&before));
    while editor.undo_label().is_some() {
        editor.update(Message::Undo, 4.0);
    }
    assert_eq!(editor.plan(), &before);
}

/// What a hand does: a message, or an edit of whatever plan it meets.
#[derive(Clone, Debug)]
enum Doing {
    Tell(Box<Message>),
    Edit(u8, usize, usize, f64),
}

fn any_doing() -> impl Strategy<Value = Doing> {
    prop_oneof![
        2 => any_message().prop_map(|message| Doing::Tell(Box::new(message))),
        1 => (0..any_command::CHOICES, 0_usize..40, 0_usize..40, -1e6_f64..1e6)
            .prop_map(|(choice, a, b, number)| Doing::Edit(choice, a, b, number)),
    ]
}

proptest! {
    #[test]
    fn any_sequence_undone_is_the_first_plan_and_redone_the_last(
        doings in prop::collection::vec((any_doing(), 0.0..2.0), 1..60)
    ) {
        let mut editor = shop();
        let first = Rc::clone(editor.plan());
        let mut now = 0.0;
        for (doing, pause) in doings {
            now += pause;
            match doing {
                Doing::Tell(message) => {
                    editor.update(*message, now);
                }
                Doing::Edit(choice, a, b, number) => {
                    if let Some(command) = any_command::command(editor.plan(), choice, a, b, number) {
                        editor.update(Message::EditLive(command), now);
                    }
                }
            }
            let selection = editor.selection();
            prop_assert!(selection.components.iter().all(|id| editor.plan().component(id).is_some()));
            prop_assert!(selection.connections.iter().all(|id| editor.plan().connection(id).is_some()));
            let view = editor.viewport();
            prop_assert!([view.x, view.y, view.zoom].iter().all(|number| number.is_finite()));
        }
        while editor.redo_label().is_some() {
            editor.update(Message::Redo, now);
        }
        let last = Rc::clone(editor.plan());
        let mut steps = 0;
        while editor.undo_label().is_some() {
            editor.update(Message::Undo, now);
            steps += 1;
        }
        prop_assert_eq!(editor.plan(), &first);
        for _ in 0..steps {
            editor.update(Message::Redo, now);
        }
        prop_assert_eq!(editor.plan(), &last);
        prop_assert_eq!(editor.redo_label(), None);
    }
}

#[test]
fn what_is_dropped_on_its_like_is_a_replica_of_it() {
    let mut editor = shop();
    let [x, y] = editor.plan().component("db").unwrap().position.unwrap();
    let at = Some(Point {
        x: x + 20.0,
        y: y + 20.0,
    });
    let before = editor.plan().components.len();
    do_all(
        &mut editor,
        [Message::Place {
            kind: "sql_database",
            at,
        }],
    );
    assert_eq!(editor.plan().components.len(), before);
    assert_eq!(editor.plan().component("db").unwrap().instances, Some(2.0));
    assert_eq!(editor.undo_label(), Some("Add a replica of Orders"));
    do_all(&mut editor, [Message::Place { kind: "cache", at }]);
    assert_eq!(editor.plan().components.len(), before + 1);
}

#[test]
fn what_is_put_into_a_place_stands_in_it() {
    let mut plan = sketch("place fsn: region\nusers -> app@fsn").unwrap();
    for (index, component) in plan.components.iter_mut().enumerate() {
        Rc::make_mut(component).position = Some([400.0 * index as f64, 0.0]);
    }
    let (mut editor, _) = Editor::open(Some(&format::write(&plan)), Theme::System);
    let near = Some(Point { x: 420.0, y: 10.0 });
    let far = Some(Point { x: 900.0, y: 400.0 });
    for (kind, at) in [("cache", near), ("queue", far), ("client", near)] {
        do_all(&mut editor, [Message::Place { kind, at }]);
    }
    let placement = |id: &str| editor.plan().component(id).unwrap().placement.clone();
    assert_eq!(placement("cache"), ["fsn"]);
    assert!(placement("queue").is_empty() && placement("client").is_empty());
}

#[test]
fn a_place_is_renamed_as_a_card_is() {
    let plan = sketch("place fsn: region\nusers -> app@fsn").unwrap();
    let (mut editor, _) = Editor::open(Some(&format::write(&plan)), Theme::System);
    assert!(!editor.can_rename());
    do_all(
        &mut editor,
        [
            Message::Select(Selection::place("fsn".into())),
            Message::Rework(Rework::Rename(None)),
        ],
    );
    assert_eq!(editor.renaming(), Some(&"fsn".into()));
    let left = editor.update(Message::Rework(Rework::EndRename), 1.0);
    assert_eq!(editor.renaming(), None);
    let back = FocusTarget::Back(Some("fsn".into()));
    assert_eq!(left, [Effect::Focus(back)]);
}

#[test]
fn a_deletion_offers_to_join_the_neighbours_as_one_step() {
    let mut editor = shop();
    let before = Rc::clone(editor.plan());
    do_all(
        &mut editor,
        [
            Message::Select(Selection::component("lb".into())),
            Message::DeleteSelection,
        ],
    );
    assert!(
        !editor
            .plan()
            .connections
            .iter()
            .any(|one| one.from == *"users" && one.to == *"app")
    );
    let actions = editor.notice().unwrap().actions.clone();
    assert_eq!(actions[0].label, "Join its neighbours");
    do_all(&mut editor, [*actions[0].message.clone()]);
    assert!(
        editor
            .plan()
            .connections
            .iter()
            .any(|one| one.from == *"users" && one.to == *"app")
    );
    do_all(&mut editor, [Message::Undo]);
    assert!(Rc::ptr_eq(editor.plan(), &before));

    do_all(
        &mut editor,
        [
            Message::Select(Selection::component("db".into())),
            Message::DeleteSelection,
        ],
    );
    let labels: Vec<&str> = editor
        .notice()
        .unwrap()
        .actions
        .iter()
        .map(|action| action.label)
        .collect();
    assert_eq!(labels, ["Undo"], "nobody stands behind the database");
}

#[test]
fn a_whole_plan_is_offered_and_rubbish_is_named() {
    let mut editor = shop();
    let before = Rc::clone(editor.plan());
    let paste = |text: String| {
        Message::Rework(Rework::Paste {
            text,
            at: None,
            whole: false,
        })
    };
    do_all(&mut editor, [paste("Dear all".to_owned())]);
    assert!(
        editor
            .notice()
            .unwrap()
            .text
            .contains("the text “Dear all”")
    );
    let other = format::write(&sketch("users -> app").unwrap());
    do_all(&mut editor, [paste(other)]);
    assert!(Rc::ptr_eq(editor.plan(), &before));
    let actions = editor.notice().unwrap().actions.clone();
    do_all(&mut editor, [*actions[1].message.clone()]);
    assert_eq!(editor.plan().components.len(), before.components.len() + 2);
    do_all(&mut editor, [*actions[0].message.clone()]);
    assert_eq!(editor.plan().components.len(), 2);
    do_all(&mut editor, [Message::Undo, Message::Undo]);
    assert!(Rc::ptr_eq(editor.plan(), &before));
}

#[test]
fn another_window_is_named_once_and_either_plan_can_be_kept() {
    let mut editor = shop();
    let before = Rc::clone(editor.plan());
    let rival = |text: &str| Message::Rework(Rework::Rival(format::write(&sketch(text).unwrap())));
    let same = Message::Rework(Rework::Rival(format::write(&before)));
    do_all(&mut editor, [same.clone()]);
    assert_eq!(editor.notice(), None);
    do_all(&mut editor, [rival("users -> app")]);
    let first = editor.notice().unwrap().id;
    do_all(&mut editor, [rival("users -> app -> db")]);
    assert_eq!(editor.notice().unwrap().id, first);
    do_all(&mut editor, [Message::Rework(Rework::TakeRival)]);
    assert_eq!(editor.plan().components.len(), 3);
    do_all(&mut editor, [Message::Undo]);
    assert!(Rc::ptr_eq(editor.plan(), &before));
    do_all(&mut editor, [rival("users -> app"), same]);
    assert_eq!(editor.notice(), None, "both show the same again");
}
