//! What hands do with the selected parts: copy, paste, put in line, join, rename.

use std::collections::{BTreeMap, BTreeSet};

use model::commands::{Command, MoveComponents, Paste, Together};
use model::components::component_type;
use model::diagram::{self, Point, Rect};
use model::order::Order as _;
use model::plan::{Id, Plan, format, fragment};
use model::words::Words;

use super::Selection;
use crate::texts;

/// Something that is done with the selected parts, or at a spot of the drawing.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Rework {
    /// Put the selected cards in line.
    Align(Line),
    /// Pin the selected cards to where they stand, or unpin them where all are.
    Pin,
    /// Give the selected cards equal distances.
    Distribute(Axis),
    /// Put copies of the selected components so far to the right of them and below.
    CopyBy([f64; 2]),
    /// Put the selected parts on the clipboard.
    Copy,
    /// The same, and take them out of the plan.
    Cut,
    /// They are on the clipboard already; whether they shall go.
    Copied {
        /// Whether they are taken out of the plan.
        cut: bool,
    },
    /// Ask the browser what is on the clipboard.
    AskToPaste(Option<Point>),
    /// Put what this text describes into the plan.
    Paste {
        /// What was on the clipboard.
        text: String,
        /// The middle of what is put in; where there is room without.
        at: Option<Point>,
        /// Whether a whole plan is put in too, and not offered to be opened.
        whole: bool,
    },
    /// There was no text on the clipboard, but this.
    NotText(&'static str),
    /// The browser does not let the page at the clipboard.
    NoClipboard {
        /// The keys that do it all the same.
        keys: &'static str,
    },
    /// Delete the selected component, and let its callers call what it called.
    Bypass,
    /// Undo the deletion of a component, and delete it so.
    BypassInstead(Id),
    /// Put a new component down that is connected at once.
    Put {
        /// The id of the component type.
        kind: &'static str,
        /// Its middle.
        at: Point,
        /// With what.
        joined: Joined,
    },
    /// Write another name on a card or a place; on the selected one without an id.
    Rename(Option<Id>),
    /// The name is written.
    EndRename,
    /// Show what can be done here.
    OpenMenu(Spot),
    /// Show what can be added here.
    OpenAdd(Spot, Option<Joined>),
    /// Put the list away.
    ClosePopover,
    /// Another window keeps this plan for the next visit now.
    Rival(String),
    /// Show the plan of the other window.
    TakeRival,
    /// Keep the plan of this window for the next visit.
    KeepOwn,
}

/// How a new component is connected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Joined {
    /// It comes between the ends of this connection.
    Into(Id),
    /// This component calls it.
    CalledBy(Id),
}

/// A list that stands at a spot of the drawing.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Popover {
    /// What can be done there.
    Menu(Spot),
    /// What can be added there.
    Add(Spot, Option<Joined>),
}

/// A spot of the drawing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Spot {
    /// On the canvas, in its units.
    pub canvas: Point,
    /// In pixels from the corner of the window to the canvas.
    pub screen: Point,
}

/// What cards are put in line by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Line {
    /// Their left edges.
    Left,
    /// Their middles, one below the other.
    Centre,
    /// Their right edges.
    Right,
    /// Their top edges.
    Top,
    /// Their middles, side by side.
    Middle,
    /// Their bottom edges.
    Bottom,
}

/// A direction of the drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Axis {
    /// From left to right.
    Across,
    /// From top to bottom.
    Down,
}

/// What a text from the clipboard is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Clip {
    /// Parts of a plan.
    Parts(Plan),
    /// A whole plan.
    Whole(Plan),
    /// Neither, in words.
    Neither(String),
}

/// Copies stand this far right of and below their originals.
const COPY_OFFSET: f64 = 32.0;
/// What is pasted stands on a grid of this width.
const GRID: f64 = 4.0;
/// What every text of a plan holds.
const MARK: &str = "hosting-plan/";
/// So many characters of a text that is no plan are shown.
const SHOWN: usize = 32;

/// The edit that puts the selected cards in line; none where nothing would move.
pub(super) fn alignment(plan: &Plan, selection: &Selection, line: Line) -> Option<Command> {
    let cards = selected(plan, selection);
    let frame = frame(&cards)?;
    let middle = frame.centre();
    let positions = cards.iter().map(|(id, card)| {
        let (mut x, mut y) = (card.x, card.y);
        match line {
            Line::Left => x = frame.x,
            Line::Centre => x = (middle.x - card.width / 2.0).round(),
            Line::Right => x = frame.right() - card.width,
            Line::Top => y = frame.y,
            Line::Middle => y = (middle.y - card.height / 2.0).round(),
            Line::Bottom => y = frame.bottom() - card.height,
        }
        (Id::clone(id), [x, y])
    });
    let count = cards.len();
    let title = match line {
        Line::Left => t!("Align {count} components by their left edges", count),
        Line::Centre => t!("Align {count} components one below the other", count),
        Line::Right => t!("Align {count} components by their right edges", count),
        Line::Top => t!("Align {count} components by their top edges", count),
        Line::Middle => t!("Align {count} components side by side", count),
        Line::Bottom => t!("Align {count} components by their bottom edges", count),
    };
    (count > 1).then(|| moving(title, positions))
}

/// The edit that gives the selected cards equal distances between the outermost; none for fewer than three.
pub(super) fn distribution(plan: &Plan, selection: &Selection, axis: Axis) -> Option<Command> {
    let mut cards = selected(plan, selection);
    if cards.len() < 3 {
        return None;
    }
    let along = |card: &Rect| match axis {
        Axis::Across => card.x,
        Axis::Down => card.y,
    };
    cards.order_by(|(_, a), (_, b)| along(a).total_cmp(&along(b)));
    let (first, last) = (along(&cards.first()?.1), along(&cards.last()?.1));
    let step = (last - first) / (cards.len() - 1) as f64;
    let positions = cards.iter().enumerate().map(|(index, (id, card))| {
        let place = (first + step * index as f64).round();
        let corner = match axis {
            Axis::Across => [place, card.y],
            Axis::Down => [card.x, place],
        };
        (Id::clone(id), corner)
    });
    let count = cards.len();
    let title = match axis {
        Axis::Across => t!("Distribute {count} components from left to right", count),
        Axis::Down => t!("Distribute {count} components from top to bottom", count),
    };
    Some(moving(title, positions))
}

/// What writes the selected components for the clipboard.
pub(crate) type Copied = fn(&Plan, &Selection) -> Option<String>;

/// The selected components as text for the clipboard; none without any.
pub(crate) fn copied(plan: &Plan, selection: &Selection) -> Option<String> {
    let part = fragment::fragment(plan, &selection.components);
    (!part.components.is_empty()).then(|| fragment::write(&part))
}

/// What a text from the clipboard is.
pub(super) fn read(text: &str) -> Clip {
    let trimmed = text.trim();
    let error = match format::read(text.as_bytes()) {
        Ok(mut plan) => {
            let is_part = fragment::unmark(&mut plan);
            return match (is_part, plan.components.is_empty()) {
                (true, true) => Clip::Neither(
                    t!("The clipboard holds parts of a plan, but no component.").to_owned(),
                ),
                (true, false) => Clip::Parts(plan),
                (false, _) => Clip::Whole(plan),
            };
        }
        Err(error) => error,
    };
    Clip::Neither(if trimmed.is_empty() {
        t!("There is nothing on the clipboard.").to_owned()
    } else if trimmed.starts_with(['{', '[']) && !trimmed.contains(MARK) {
        t!("The clipboard holds JSON of something else, and no parts of a plan.").to_owned()
    } else if trimmed.starts_with(['{', '[']) {
        t!(
            "The clipboard holds JSON that is no part of a plan. {why}",
            why = texts::words(&error.message())
        )
    } else {
        let mut start: String = trimmed.chars().take(SHOWN).collect();
        start = start
            .split_whitespace()
            .fold(String::new(), |mut line, word| {
                if !line.is_empty() {
                    line.push(' ');
                }
                line.push_str(word);
                line
            });
        if trimmed.chars().nth(SHOWN).is_some() {
            start.push('…');
        }
        t!(
            "The clipboard holds the text “{start}”, and no parts of a plan.",
            start
        )
    })
}

/// The edit that puts a fragment into the plan with its middle here, and the new components.
///
/// Without a middle it stands beside its originals where they are in the plan, and otherwise where the window
/// looks. A card that lands in a container stands in that place; one that brings a place of its own stays there.
pub(super) fn pasting(
    plan: &Plan,
    mut part: Plan,
    at: Option<Point>,
    middle: Point,
    title: Option<String>,
) -> (Command, Selection) {
    let corners = diagram::layout(&part);
    for (component, corner) in part.components.iter_mut().zip(corners) {
        std::rc::Rc::make_mut(component).position = Some([corner.x, corner.y]);
    }
    let is_known = |id: &Id| {
        let own = part.place(id);
        plan.place(id)
            .zip(own)
            .is_some_and(|(known, own)| known.kind == own.kind && known.name == own.name)
    };
    let known: Vec<Id> = part
        .places
        .iter()
        .map(|place| place.id.clone())
        .filter(is_known)
        .collect();
    part.places.retain(|place| !known.contains(&place.id));

    let cards: Vec<Rect> = part
        .components
        .iter()
        .filter_map(|one| diagram::corner(one))
        .map(Rect::card)
        .collect();
    let by = shift(plan, &part, &cards, at, middle);
    let own = diagram::layout(plan)
        .into_iter()
        .map(Rect::card)
        .collect::<Vec<_>>();
    let boxes = diagram::places(plan, &own);
    for (component, card) in part.components.iter_mut().zip(&cards) {
        let behaviour = component_type(&component.kind).map(|kind| kind.behaviour);
        let is_source = behaviour.is_some_and(|behaviour| behaviour.is_source);
        let stays = component.placement.iter().any(|id| !known.contains(id))
            && !component.placement.is_empty();
        if is_source || stays {
            continue;
        }
        let landed = diagram::place_at(&boxes, card.centre().moved(by[0], by[1]));
        let placement = plan.placement_in(component, landed.map(|place| &place.id));
        std::rc::Rc::make_mut(component).placement = placement;
    }
    pasted(plan, Paste { fragment: part, by }, title)
}

/// The edit that copies the selected components with the connections among them, and the copies.
pub(super) fn duplication(plan: &Plan, selection: &Selection) -> Option<(Command, Selection)> {
    let mut part = fragment::fragment(plan, &selection.components);
    part.places.clear();
    let title = duplicate(&part)?;
    let by = [COPY_OFFSET; 2];
    Some(pasted(plan, Paste { fragment: part, by }, Some(title)))
}

/// The same so far from the originals, and in the places where the copies land.
pub(super) fn copying(
    plan: &Plan,
    selection: &Selection,
    by: [f64; 2],
) -> Option<(Command, Selection)> {
    let part = fragment::fragment(plan, &selection.components);
    let title = duplicate(&part)?;
    let centre = frame(&selected(plan, selection))?.centre();
    let at = centre.moved(by[0], by[1]);
    Some(pasting(plan, part, Some(at), at, Some(title)))
}

fn duplicate(part: &Plan) -> Option<String> {
    Some(match &part.components[..] {
        [] => return None,
        [only] if only.label.is_empty() => t!("Duplicate {name}", name = only.id),
        [only] => t!("Duplicate {name}", name = only.label),
        all => tn!(all.len(); "Duplicate 1 component", "Duplicate {count} components"),
    })
}

fn pasted(plan: &Plan, paste: Paste, title: Option<String>) -> (Command, Selection) {
    let mut components = BTreeSet::new();
    components.extend(paste.names(plan));
    let selection = Selection {
        components,
        ..Selection::default()
    };
    let command = Command::from(paste);
    let title = title.map_or_else(|| command.label(plan), Words::from);
    let together = Together {
        title,
        commands: vec![command],
    };
    (together.into(), selection)
}

/// How far a fragment is moved.
fn shift(plan: &Plan, part: &Plan, cards: &[Rect], at: Option<Point>, middle: Point) -> [f64; 2] {
    let Some(frame) = cards.iter().copied().reduce(Rect::union) else {
        return [0.0; 2];
    };
    let beside = part.components.iter().any(|one| {
        plan.component(&one.id)
            .is_some_and(|known| known.position == one.position)
    });
    let snapped = |by: f64| (by / GRID).round() * GRID;
    let centre = frame.centre();
    let mut by = match at {
        None if beside => [COPY_OFFSET; 2],
        at => {
            let at = at.unwrap_or(middle);
            [snapped(at.x - centre.x), snapped(at.y - centre.y)]
        }
    };
    // What is pasted twice at one spot does not hide what was pasted there before.
    let is_hidden = |by: [f64; 2]| {
        cards.iter().any(|card| {
            let corner = [card.x + by[0], card.y + by[1]];
            plan.components
                .iter()
                .any(|one| one.position == Some(corner))
        })
    };
    for _ in 0..plan.components.len() {
        if !is_hidden(by) {
            break;
        }
        by = by.map(|by| by + COPY_OFFSET);
    }
    by
}

fn selected<'p>(plan: &'p Plan, selection: &Selection) -> Vec<(&'p Id, Rect)> {
    let mut cards = Vec::new();
    for component in &plan.components {
        if selection.components.contains(&component.id)
            && let Some(corner) = diagram::corner(component)
        {
            cards.push((&component.id, Rect::card(corner)));
        }
    }
    cards
}

fn frame(cards: &[(&Id, Rect)]) -> Option<Rect> {
    cards.iter().map(|(_, card)| *card).reduce(Rect::union)
}

fn moving(title: String, corners: impl Iterator<Item = (Id, [f64; 2])>) -> Command {
    let mut positions = BTreeMap::new();
    positions.extend(corners);
    let command = Command::from(MoveComponents { positions });
    Command::from(Together {
        title: title.into(),
        commands: vec![command],
    })
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use model::plan::sketch::sketch;

    use super::*;

    fn plan() -> Plan {
        let mut plan = sketch("users -> app -> db\ncache").unwrap();
        for (component, at) in plan.components.iter_mut().zip([
            [0.0, 40.0],
            [300.0, 0.0],
            [900.0, 80.0],
            [400.0, 300.0],
        ]) {
            Rc::make_mut(component).position = Some(at);
        }
        plan
    }

    fn after(plan: &Plan, command: &Command) -> Plan {
        (*command.apply(&Rc::new(plan.clone())).unwrap()).clone()
    }

    fn corners(plan: &Plan) -> Vec<[f64; 2]> {
        plan.components
            .iter()
            .filter_map(|one| one.position)
            .collect()
    }

    fn some(ids: &[&str]) -> Selection {
        let mut selection = Selection::default();
        selection
            .components
            .extend(ids.iter().map(|id| Id::from(*id)));
        selection
    }

    #[test]
    fn cards_are_put_in_line_and_the_others_stay() {
        let (plan, three) = (plan(), some(&["users", "app", "db"]));
        let in_line = |line| corners(&after(&plan, &alignment(&plan, &three, line).unwrap()));
        assert_eq!(
            in_line(Line::Left)[..3],
            [[0.0, 40.0], [0.0, 0.0], [0.0, 80.0]]
        );
        assert_eq!(in_line(Line::Right)[0], [900.0, 40.0]);
        assert_eq!(in_line(Line::Centre)[1], [450.0, 0.0]);
        assert_eq!(in_line(Line::Top)[2], [900.0, 0.0]);
        assert_eq!(in_line(Line::Middle)[1], [300.0, 40.0]);
        assert_eq!(in_line(Line::Bottom)[0], [0.0, 80.0]);
        assert_eq!(in_line(Line::Left)[3], [400.0, 300.0]);
        assert_eq!(alignment(&plan, &some(&["app"]), Line::Left), None);
    }

    #[test]
    fn cards_get_equal_distances_between_the_outermost() {
        let (plan, three) = (plan(), some(&["users", "app", "db"]));
        let spread = |axis| corners(&after(&plan, &distribution(&plan, &three, axis).unwrap()));
        assert_eq!(spread(Axis::Across)[1], [450.0, 0.0]);
        assert_eq!(
            spread(Axis::Down)[..3],
            [[0.0, 40.0], [300.0, 0.0], [900.0, 80.0]]
        );
        assert_eq!(
            distribution(&plan, &some(&["app", "db"]), Axis::Across),
            None
        );
    }

    #[test]
    fn what_is_copied_is_pasted_with_its_middle_at_the_pointer_under_new_names() {
        let plan = plan();
        let text = copied(&plan, &some(&["app", "db"])).unwrap();
        let Clip::Parts(part) = read(&text) else {
            panic!("{text}")
        };
        let at = Point {
            x: 2000.0,
            y: 1000.0,
        };
        let (command, copies) = pasting(&plan, part.clone(), Some(at), Point::default(), None);
        let next = after(&plan, &command);
        let frame = frame(&selected(&next, &copies)).unwrap();
        assert_eq!(frame.centre(), at);
        assert_eq!(copies, some(&["app-2", "db-2"]));
        assert_eq!(next.connections.len(), plan.connections.len() + 1);
        assert_eq!(command.label(&plan), "Paste 2 components");

        let (again, _) = pasting(&next, part, Some(at), Point::default(), None);
        let last = corners(&after(&next, &again)).split_off(6);
        assert!(last.iter().all(|corner| !corners(&next).contains(corner)));
    }

    #[test]
    fn a_card_that_is_pasted_into_a_container_stands_in_the_place() {
        let mut plan = plan();
        let mut place = model::plan::Place::new("zone".into(), model::plan::PlaceKind::Zone);
        place.area = Some([2000.0, 0.0, 600.0, 400.0]);
        plan.places.push(Rc::new(place));
        let Clip::Parts(part) = read(&copied(&plan, &some(&["app"])).unwrap()) else {
            panic!()
        };
        let inside = Point {
            x: 2300.0,
            y: 200.0,
        };
        let (command, _) = pasting(&plan, part.clone(), Some(inside), Point::default(), None);
        let next = after(&plan, &command);
        assert_eq!(next.component("app-2").unwrap().placement, ["zone"]);

        let Clip::Parts(part) = read(&copied(&next, &some(&["app-2"])).unwrap()) else {
            panic!()
        };
        let (command, _) = pasting(
            &plan,
            part.clone(),
            Some(Point::default()),
            Point::default(),
            None,
        );
        assert!(
            after(&plan, &command)
                .component("app-2")
                .unwrap()
                .placement
                .is_empty()
        );
        let (command, _) = pasting(&Plan::default(), part, None, Point::default(), None);
        let elsewhere = after(&Plan::default(), &command);
        assert_eq!(elsewhere.component("app-2").unwrap().placement, ["zone"]);
        assert!(elsewhere.place("zone").is_some());
    }

    #[test]
    fn what_is_no_part_of_a_plan_is_called_by_its_name() {
        let say = |text: &str| match read(text) {
            Clip::Neither(words) => words,
            other => panic!("{other:?}"),
        };
        assert_eq!(say("  "), "There is nothing on the clipboard.");
        assert_eq!(
            say("{\"a\": 1}"),
            "The clipboard holds JSON of something else, and no parts of a plan."
        );
        assert!(
            say(&format!("{{{MARK}: 1}}"))
                .starts_with("The clipboard holds JSON that is no part of a plan. ")
        );
        assert_eq!(
            say("Dear\nall, please find attached the minutes of"),
            "The clipboard holds the text “Dear all, please find attached t…”, and no parts of a plan."
        );
        assert!(matches!(read(&format::write(&plan())), Clip::Whole(_)));
    }
}
