//! Gestures as a hand makes them: press, move, let go.

use model::commands::Command;
use model::plan::sketch::sketch;

use super::*;
use crate::state::{Joined, Rework};

#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
struct Bench {
    plan: Plan,
    grid: Grid,
    selection: Selection,
    viewport: Viewport,
    placing: Option<&'static str>,
    taking: bool,
    framing: bool,
    copies: bool,
    wire: Option<Id>,
    free: bool,
    tool: Tool,
}

/// Three cards in a row, 300 apart, at half size.
fn bench() -> Bench {
    let mut plan = sketch("users -> app -> db").unwrap();
    for (index, component) in plan.components.iter_mut().enumerate() {
        std::rc::Rc::make_mut(component).position = Some([300.0 * index as f64, 0.0]);
    }
    let cards: Vec<Rect> = plan
        .components
        .iter()
        .filter_map(|component| component.position)
        .map(|[x, y]| Rect::card(Point { x, y }))
        .collect();
    Bench {
        grid: Grid::new(cards),
        plan,
        selection: Selection::default(),
        viewport: Viewport {
            zoom: 0.5,
            width: 800.0,
            height: 600.0,
            ..Viewport::default()
        },
        placing: None,
        taking: false,
        framing: false,
        copies: false,
        wire: None,
        free: false,
        tool: Tool::Idle,
    }
}

impl Bench {
    fn with(&mut self, act: impl FnOnce(&mut Tool, &Surroundings) -> Response) -> Response {
        let mut tool = std::mem::take(&mut self.tool);
        let cards: Vec<Rect> = model::diagram::layout(&self.plan)
            .into_iter()
            .map(Rect::card)
            .collect();
        let places = model::diagram::places(&self.plan, &cards);
        let homes = model::diagram::homes(&self.plan);
        let around = Surroundings {
            plan: &self.plan,
            grid: &self.grid,
            selection: &self.selection,
            viewport: self.viewport,
            placing: self.placing,
            taking: self.taking,
            framing: self.framing,
            places: &places,
            homes: &homes,
            wire: self.wire.as_ref(),
            free: self.free,
        };
        let response = act(&mut tool, &around);
        self.tool = tool;
        if let Some(viewport) = response.viewport {
            self.viewport = viewport;
        }
        response
    }

    fn press(&mut self, target: Target, at: (f64, f64), adds: bool) -> Vec<Message> {
        self.press_with(1, target, at, adds)
    }

    fn press_with(
        &mut self,
        pointer: i32,
        target: Target,
        (x, y): (f64, f64),
        adds: bool,
    ) -> Vec<Message> {
        let press = Press {
            at: Point { x, y },
            pointer,
            target,
            adds,
            copies: self.copies,
            pans: false,
        };
        self.with(|tool, around| tool.press(around, &press))
            .messages
    }

    fn moved(&mut self, pointer: i32, (x, y): (f64, f64)) {
        self.with(|tool, around| tool.moved(around, pointer, Point { x, y }));
    }

    fn release(&mut self, (x, y): (f64, f64)) -> Vec<Message> {
        let messages = self
            .with(|tool, around| tool.released(around, Point { x, y }))
            .messages;
        assert_eq!(self.tool, Tool::Idle);
        messages
    }
}

fn card(id: &str) -> Target {
    Target::Component(id.into())
}

#[test]
fn a_click_selects_and_with_shift_adds() {
    let mut bench = bench();
    bench.press(card("app"), (200.0, 20.0), false);
    bench.moved(1, (202.0, 20.0));
    let app = Selection::component("app".into());
    assert_eq!(
        bench.release((202.0, 20.0)),
        [Message::Select(app.clone()), Message::Inspect]
    );
    bench.press(card("app"), (200.0, 20.0), true);
    assert_eq!(bench.release((200.0, 20.0)), [Message::Toggle(app)]);
}

#[test]
fn dragging_a_card_moves_the_selection_once_on_the_grid() {
    let mut bench = bench();
    bench.selection = Selection::all(&bench.plan);
    assert_eq!(bench.press(card("app"), (200.0, 20.0), false), []);
    for x in [210.0, 230.0, 251.0] {
        bench.moved(1, (x, 20.0));
    }
    let messages = bench.release((251.0, 20.0));
    let Some(Message::Edit(Command::MoveComponents(edit))) = messages.last() else {
        panic!("{messages:?}");
    };
    assert_eq!(edit.positions.len(), 3);
    assert_eq!(edit.positions["app"], [404.0, 0.0]);
}

#[test]
fn a_cancelled_drag_changes_nothing() {
    let mut bench = bench();
    bench.press(card("app"), (200.0, 20.0), false);
    bench.moved(1, (300.0, 90.0));
    bench.tool.cancel();
    assert!(!bench.tool.is_busy());
    assert_eq!(bench.release((300.0, 90.0)), []);
}

#[test]
fn a_connection_is_made_where_it_may_be_and_refused_with_a_reason() {
    let mut bench = bench();
    bench.press(Target::Handle("users".into()), (84.0, 18.0), false);
    bench.moved(1, (340.0, 18.0));
    assert!(
        matches!(&bench.tool, Tool::Connect(Connect { over: Some((id, None)), .. }) if *id == *"db")
    );
    let messages = bench.release((340.0, 18.0));
    assert!(matches!(&messages[..], [Message::Edit(Command::Connect(edit))] if edit.to == *"db"));

    bench.press(Target::Handle("db".into()), (300.0, 18.0), false);
    bench.moved(1, (20.0, 18.0));
    let messages = bench.release((20.0, 18.0));
    assert!(matches!(&messages[..], [Message::Notify(notice)] if notice.text.contains("users")));

    bench.press(Target::Handle("db".into()), (300.0, 18.0), false);
    bench.moved(1, (310.0, 60.0));
    assert_eq!(bench.release((310.0, 60.0)), []);
}

#[test]
fn a_connection_that_leads_nowhere_asks_what_is_called() {
    let mut bench = bench();
    bench.press(Target::Handle("db".into()), (384.0, 18.0), false);
    bench.moved(1, (20.0, 400.0));
    let messages = bench.release((20.0, 400.0));
    let [Message::Rework(Rework::OpenAdd(spot, joined))] = &messages[..] else {
        panic!("{messages:?}");
    };
    assert_eq!((spot.canvas.x, spot.canvas.y), (40.0, 800.0));
    assert_eq!(*joined, Some(Joined::CalledBy("db".into())));
}

#[test]
fn an_end_is_let_go_on_another_card_or_stays() {
    let mut bench = bench();
    let end = |bench: &Bench, end| Target::End(bench.plan.connections[1].id.clone(), end);
    bench.press(end(&bench, End::From), (234.0, 18.0), false);
    bench.moved(1, (20.0, 18.0));
    let messages = bench.release((20.0, 18.0));
    assert!(
        matches!(&messages[0], Message::Edit(Command::Reconnect(edit)) if edit.from == *"users" && edit.to == *"db")
    );

    bench.press(end(&bench, End::To), (300.0, 18.0), false);
    bench.moved(1, (200.0, 18.0));
    assert!(matches!(
        &bench.tool,
        Tool::Reconnect(Reconnect {
            over: Some((_, Some(_))),
            ..
        })
    ));
    let messages = bench.release((200.0, 18.0));
    assert!(matches!(&messages[..], [Message::Notify(notice)] if notice.text.contains("itself")));

    for nowhere in [(340.0, 18.0), (340.0, 300.0)] {
        bench.press(end(&bench, End::To), (300.0, 18.0), false);
        bench.moved(1, nowhere);
        assert_eq!(bench.release(nowhere), []);
    }
}

#[test]
fn a_card_snaps_to_the_line_of_others_and_shows_it() {
    let mut bench = bench();
    bench.press(card("app"), (200.0, 20.0), false);
    bench.moved(1, (200.0, 120.0));
    bench.moved(1, (251.0, 23.0));
    let Tool::Move(held) = &bench.tool else {
        panic!("{:?}", bench.tool);
    };
    assert_eq!(held.by, Some((104.0, 0.0)));
    assert_eq!(held.guides.len(), 1);
    bench.moved(1, (252.0, 60.0));
    assert!(matches!(&bench.tool, Tool::Move(held) if held.guides.is_empty()));
}

#[test]
fn with_alt_copies_move_and_the_originals_stay() {
    let mut bench = bench();
    bench.copies = true;
    bench.press(card("app"), (200.0, 20.0), false);
    bench.moved(1, (200.0, 220.0));
    let messages = bench.release((200.0, 220.0));
    assert_eq!(
        messages,
        [
            Message::Select(Selection::component("app".into())),
            Message::Rework(Rework::CopyBy([0.0, 400.0])),
        ]
    );
}

#[test]
fn a_loose_card_that_is_dropped_on_a_connection_comes_in_between() {
    let mut bench = bench();
    let proxy = model::plan::Component {
        id: "proxy".into(),
        kind: "load_balancer".to_owned(),
        position: Some([0.0, 600.0]),
        ..model::plan::Component::default()
    };
    bench.plan.components.push(std::rc::Rc::new(proxy));
    let wire = bench.plan.connections[1].id.clone();
    bench.wire = Some(wire.clone());
    bench.press(card("proxy"), (20.0, 310.0), false);
    bench.moved(1, (260.0, 60.0));
    assert!(matches!(&bench.tool, Tool::Move(held) if held.into.as_ref() == Some(&wire)));
    let messages = bench.release((260.0, 60.0));
    let after = applied(&bench, &messages);
    let ends: Vec<_> = after
        .connections
        .iter()
        .map(|one| (&*one.from, &*one.to))
        .collect();
    assert_eq!(ends, [("users", "app"), ("app", "proxy"), ("proxy", "db")]);

    // One that is connected already only moves.
    bench.press(card("users"), (20.0, 20.0), false);
    bench.moved(1, (260.0, 60.0));
    assert!(matches!(&bench.tool, Tool::Move(held) if held.into.is_none()));
    bench.tool.cancel();

    bench.placing = Some("cache");
    bench.press(Target::Background, (260.0, 18.0), false);
    let messages = bench.release((260.0, 18.0));
    assert!(
        matches!(&messages[..], [Message::Rework(Rework::Put { joined: Joined::Into(into), .. })] if *into == wire)
    );
}

#[test]
fn the_background_pans_clears_and_frames() {
    let mut bench = bench();
    bench.press(Target::Background, (10.0, 300.0), false);
    bench.moved(1, (60.0, 320.0));
    assert_eq!((bench.viewport.x, bench.viewport.y), (50.0, 20.0));
    assert_eq!(bench.release((60.0, 320.0)), []);

    bench.press(Target::Background, (10.0, 300.0), false);
    assert_eq!(
        bench.release((10.0, 300.0)),
        [Message::Select(Selection::default())]
    );

    bench.viewport = Viewport {
        x: 0.0,
        y: 0.0,
        ..bench.viewport
    };
    bench.press(Target::Background, (-5.0, -5.0), true);
    bench.moved(1, (200.0, 100.0));
    let expected = Selection {
        components: ["users".into(), "app".into()].into(),
        ..Selection::default()
    };
    assert_eq!(bench.release((200.0, 100.0)), [Message::Select(expected)]);
}

/// The same three cards, the last one in a zone.
fn bench_with_zone() -> Bench {
    let mut bench = bench();
    bench.plan.places = sketch("place z: zone\nusers -> app").unwrap().places;
    std::rc::Rc::make_mut(&mut bench.plan.components[2]).placement = vec!["z".into()];
    bench
}

fn applied(bench: &Bench, messages: &[Message]) -> Plan {
    let command = messages.iter().find_map(|message| match message {
        Message::Edit(command) => Some(command),
        _ => None,
    });
    let plan = std::rc::Rc::new(bench.plan.clone());
    (*command.unwrap().apply(&plan).unwrap()).clone()
}

#[test]
fn a_card_is_dragged_into_a_place_and_out_of_it_as_one_step() {
    let mut bench = bench_with_zone();
    bench.press(card("app"), (200.0, 20.0), false);
    bench.moved(1, (340.0, 20.0));
    let Tool::Move(Move {
        landing: Some(landing),
        ..
    }) = &bench.tool
    else {
        panic!("{:?}", bench.tool);
    };
    assert_eq!(
        (landing.from.clone(), landing.to.clone()),
        (None, Some("z".into()))
    );
    let messages = bench.release((340.0, 20.0));
    let after = applied(&bench, &messages);
    assert_eq!(after.component("app").unwrap().placement, ["z"]);

    bench.press(card("db"), (340.0, 20.0), false);
    bench.moved(1, (340.0, 260.0));
    let messages = bench.release((340.0, 260.0));
    let after = applied(&bench, &messages);
    assert!(after.component("db").unwrap().placement.is_empty());
    assert_eq!(
        after.component("db").unwrap().position,
        Some([600.0, 480.0])
    );
    assert!(
        after.place("z").unwrap().area.is_some(),
        "an empty place is still drawn"
    );

    bench.press(card("db"), (340.0, 20.0), false);
    bench.moved(1, (346.0, 24.0));
    let messages = bench.release((346.0, 24.0));
    let after = applied(&bench, &messages);
    assert_eq!(after.component("db").unwrap().placement, ["z"]);
}

#[test]
fn users_move_over_a_place_and_stay_outside_with_a_reason() {
    let mut bench = bench_with_zone();
    bench.press(card("users"), (20.0, 20.0), false);
    bench.moved(1, (320.0, 24.0));
    let messages = bench.release((320.0, 24.0));
    assert!(
        applied(&bench, &messages)
            .component("users")
            .unwrap()
            .placement
            .is_empty()
    );
    assert!(
        matches!(messages.last(), Some(Message::Notify(notice)) if notice.text.contains("outside"))
    );
}

#[test]
fn a_place_is_moved_by_its_title_with_what_is_in_it() {
    let mut bench = bench_with_zone();
    bench.press(Target::Place("z".into()), (300.0, -20.0), false);
    assert_eq!(
        bench.release((300.0, -20.0)),
        [
            Message::Select(Selection::place("z".into())),
            Message::Inspect
        ]
    );
    bench.press(Target::Place("z".into()), (300.0, -20.0), false);
    bench.moved(1, (300.0, 30.0));
    let messages = bench.release((300.0, 30.0));
    let after = applied(&bench, &messages);
    assert_eq!(
        after.component("db").unwrap().position,
        Some([600.0, 100.0])
    );
    assert_eq!(after.component("app").unwrap().position, Some([300.0, 0.0]));
}

#[test]
fn a_frame_makes_a_place_and_clicks_take_away() {
    let mut bench = bench_with_zone();
    bench.framing = true;
    bench.press(Target::Background, (100.0, -20.0), false);
    bench.moved(1, (250.0, 80.0));
    let messages = bench.release((250.0, 80.0));
    assert!(matches!(messages[..], [Message::AddPlace(Some(frame))] if frame.width == 300.0));

    bench.framing = false;
    bench.taking = true;
    bench.press(card("db"), (340.0, 20.0), false);
    assert_eq!(
        bench.release((340.0, 20.0)),
        [Message::TakeAway(TakeAway::Card("db".into()))]
    );
    bench.press(Target::Place("z".into()), (300.0, -20.0), false);
    let loss = Loss::Place("z".into());
    assert_eq!(
        bench.release((300.0, -20.0)),
        [Message::TakeAway(TakeAway::Turn(loss))]
    );
}

#[test]
fn what_waits_to_be_placed_lands_under_the_pointer() {
    let mut bench = bench();
    bench.placing = Some("cache");
    bench.press(card("app"), (200.0, 20.0), false);
    bench.moved(1, (210.0, 220.0));
    let at = Some(Point { x: 420.0, y: 440.0 });
    assert_eq!(
        bench.release((210.0, 220.0)),
        [Message::Place { kind: "cache", at }]
    );
}

#[test]
fn every_gesture_that_is_broken_off_leaves_nothing() {
    let wire = bench().plan.connections[0].id.clone();
    let targets = [
        Target::Background,
        card("app"),
        Target::Handle("app".into()),
        Target::End(wire.clone(), End::From),
        Target::End(wire, End::To),
        Target::Place("z".into()),
    ];
    for target in targets {
        for (adds, placing, framing) in [
            (false, None, false),
            (true, None, false),
            (false, Some("cache"), false),
            (false, None, true),
        ] {
            let mut bench = bench_with_zone();
            (bench.placing, bench.framing) = (placing, framing);
            bench.press(target.clone(), (200.0, 20.0), adds);
            bench.moved(1, (260.0, 90.0));
            assert!(bench.tool.is_busy(), "{target:?}");
            bench.tool.cancel();
            bench.moved(1, (300.0, 20.0));
            assert_eq!(bench.release((300.0, 20.0)), [], "{target:?}");
        }
    }
}

#[test]
fn a_second_finger_zooms_whatever_the_first_one_did() {
    for target in [
        Target::Background,
        card("app"),
        Target::Handle("app".into()),
    ] {
        let mut bench = bench();
        bench.press(target, (200.0, 20.0), false);
        bench.press_with(2, Target::Background, (300.0, 20.0), false);
        bench.moved(2, (400.0, 20.0));
        assert!((bench.viewport.zoom - 1.0).abs() < 1e-9);
        assert_eq!(bench.release((400.0, 20.0)), []);
    }
}

#[test]
fn a_new_component_snaps_as_a_card_does_unless_the_hand_asks_otherwise() {
    let mut bench = bench();
    bench.placing = Some("cache");
    // The row is at half size: 150 apart on screen, the middle of the first at 42, 18.
    let at = (45.0, 118.0);
    let middle = |messages: &[Message]| match messages {
        [Message::Place { at: Some(at), .. }] => (at.x, at.y),
        other => panic!("{other:?}"),
    };
    bench.press(Target::Background, at, false);
    assert_eq!(middle(&bench.release(at)), (84.0, 236.0));
    bench.free = true;
    bench.press(Target::Background, at, false);
    assert_eq!(middle(&bench.release(at)), (90.0, 236.0));
}

#[test]
fn a_card_that_is_moved_freely_snaps_to_nothing() {
    let mut bench = bench();
    let moved = |bench: &mut Bench| {
        bench.press(card("db"), (310.0, 10.0), false);
        bench.moved(1, (309.0, 30.5));
        let by = match &bench.tool {
            Tool::Move(held) => (held.by, held.guides.len()),
            other => panic!("{other:?}"),
        };
        bench.release((309.0, 30.5));
        by
    };
    assert_eq!(moved(&mut bench), (Some((0.0, 40.0)), 2));
    bench.free = true;
    assert_eq!(moved(&mut bench), (Some((-2.0, 41.0)), 0));
}
