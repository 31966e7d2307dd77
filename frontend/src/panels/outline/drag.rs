//! Rows that are dragged: into a place, out of it, and among the others.

use std::collections::BTreeSet;

use model::commands::{Command, Reorder, SetPlacement, Together};
use model::diagram::{self, Rect};
use model::plan::{Component, Id, PlaceKind, Plan};
use yew::prelude::*;

use super::rows::{Part, Row};
use super::{Outline, is_selected};
use crate::actions;
use crate::browser::element;
use crate::state::{Message, Notice, Selection, Tone};
use crate::texts;
use crate::tools::{component_name, move_place, place_name, stays_outside};

/// A row that the pointer is pressed on.
// Pressed → Dragging → nothing
#[derive(Clone, Debug)]
pub(super) struct Held {
    /// What it stands for.
    id: Id,
    /// Where it was pressed, in pixels of the browser's window.
    from: (i32, i32),
    /// What is dragged; none while the pointer rests.
    moved: Option<Moved>,
    /// Where it would come; none where letting go changes nothing.
    pub drop: Option<Drop>,
}

/// What is dragged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Moved {
    /// Components.
    Components(BTreeSet<Id>),
    /// A place with all that is in it.
    Place(Id),
}

/// Where something would come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Drop {
    /// The row at which that is shown; none for the end of the list.
    pub row: Option<usize>,
    /// How it is shown there.
    pub at: Side,
    /// The place around it.
    into: Option<Id>,
    /// The component that follows it; none for the end.
    before: Option<Id>,
    /// Why it cannot come there, if so.
    pub refused: Option<String>,
}

/// A side of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// Above it.
    Before,
    /// Below it.
    After,
    /// In it.
    Inside,
}

/// A pointer that moved less than this did not move, in pixels.
const SLACK: i32 = 5;
/// So near to the edge of the list, in pixels, it is scrolled by so many.
const EDGE: (f64, f64) = (28.0, 14.0);

impl Outline {
    /// A row is pressed, which may begin to drag it.
    pub(super) fn hold(&mut self, ctx: &Context<Self>, event: &PointerEvent) {
        self.held = None;
        let adds = event.shift_key() || event.ctrl_key() || event.meta_key();
        if event.button() != 0 || adds || self.editing.is_some() {
            return;
        }
        let plan = &ctx.props().shown.plan;
        let (row, _) = self.row_under(event);
        let row = row.and_then(|row| self.rows.get(row));
        if let Some(Row { part, .. }) = row
            && matches!(part, Part::Component(_) | Part::Place(_))
            && let Some(id) = part.id(plan).cloned()
        {
            self.held = Some(Held {
                id,
                from: (event.client_x(), event.client_y()),
                moved: None,
                drop: None,
            });
        }
    }

    /// The pointer moved; whether the outline has to be drawn anew.
    pub(super) fn drag(&mut self, ctx: &Context<Self>, event: &PointerEvent) -> bool {
        let Some(mut held) = self.held.take() else {
            return false;
        };
        let props = ctx.props();
        let plan = &props.shown.plan;
        let (x, y) = held.from;
        let way = (event.client_x() - x)
            .abs()
            .max((event.client_y() - y).abs());
        if held.moved.is_none() && way <= SLACK {
            self.held = Some(held);
            return false;
        }
        let begins = held.moved.is_none();
        let moved = held.moved.take().unwrap_or_else(|| {
            element::capture(&self.body, event.pointer_id());
            if !is_selected(&props.selection, &held.id) {
                let alone = Selection::of(plan, std::slice::from_ref(&held.id));
                props.send.emit(Message::Select(alone));
            }
            what_moves(plan, &props.selection, &held.id)
        });
        self.scroll_at_edge(event);
        let (row, is_lower) = self.row_under(event);
        let drop = drop_at(plan, &self.rows, &moved, row, is_lower);
        let changed = begins || drop != held.drop;
        held.moved = Some(moved);
        held.drop = drop;
        self.held = Some(held);
        changed
    }

    /// The pointer is let go; whether the outline has to be drawn anew.
    pub(super) fn let_go(&mut self, ctx: &Context<Self>) -> bool {
        let Some(held) = self.held.take() else {
            return false;
        };
        let (props, plan) = (ctx.props(), &ctx.props().shown.plan);
        if let (Some(moved), Some(drop)) = (&held.moved, &held.drop) {
            props.send.emit(match &drop.refused {
                Some(reason) => Message::Notify(Notice::new(Tone::Refused, reason.clone())),
                None => Message::Edit(edit(plan, moved, drop)),
            });
        }
        held.moved.is_some()
    }

    /// Whether what is dragged would come to the end of the list.
    pub(super) fn is_dropped_at_end(&self) -> bool {
        let drop = self.held.as_ref().and_then(|held| held.drop.as_ref());
        drop.is_some_and(|drop| drop.row.is_none())
    }

    /// How a row shows what would come there.
    pub(super) fn drop_class(&self, row: usize) -> Option<&'static str> {
        let drop = self.held.as_ref()?.drop.as_ref()?;
        let side = match drop.at {
            Side::Before => "is-drop-before",
            Side::After => "is-drop-after",
            Side::Inside => "is-drop-inside",
        };
        let shown = if drop.refused.is_some() {
            "is-drop-refused"
        } else {
            side
        };
        (drop.row == Some(row)).then_some(shown)
    }

    /// Whether something is being dragged.
    pub(super) fn is_dragging(&self) -> bool {
        self.held.as_ref().is_some_and(|held| held.moved.is_some())
    }

    /// What letting go does, and whether that is refused.
    pub(super) fn drop_words(&self, ctx: &Context<Self>) -> Option<(String, bool)> {
        let held = self.held.as_ref()?;
        let moved = held.moved.as_ref()?;
        let Some(drop) = &held.drop else {
            return Some((t!("Let go over a place or between rows").to_owned(), false));
        };
        if let Some(reason) = &drop.refused {
            return Some((reason.clone(), true));
        }
        let plan = &ctx.props().shown.plan;
        let label = texts::words(&edit(plan, moved, drop).label(plan));
        Some((t!("Let go: {label}", label), false))
    }

    /// Asks for the place in which the selected components, or what the row stands for, shall stand.
    pub(super) fn move_elsewhere(&self, ctx: &Context<Self>) {
        let props = ctx.props();
        let Some(id) = &self.active else { return };
        if !is_selected(&props.selection, id) {
            let alone = Selection::of(&props.shown.plan, std::slice::from_ref(id));
            props.send.emit(Message::Select(alone));
        }
        props.send.emit((actions::MOVE_TO_PLACE.message)());
    }

    /// Moves the selected components, or the row, one row up or down among those that stand in the same place.
    pub(super) fn shift(&self, ctx: &Context<Self>, is_down: bool) {
        let props = ctx.props();
        let plan = &props.shown.plan;
        let Some(id) = &self.active else { return };
        if let Moved::Components(components) = what_moves(plan, &props.selection, id)
            && let Some(Follower(before)) = neighbour(plan, &components, is_down)
        {
            let command = Reorder { components, before };
            props.send.emit(Message::Edit(Command::from(command)));
        }
    }

    /// The row under a pointer, and whether it is over its lower half; the first row also from above.
    fn row_under(&self, event: &PointerEvent) -> (Option<usize>, bool) {
        let client = element::client_point(event.client_x(), event.client_y());
        let at = element::within(&self.body, client).y / self.row_height();
        let row = Some(at.max(0.0) as usize).filter(|row| *row < self.rows.len());
        (row, at.fract() >= 0.5)
    }

    fn scroll_at_edge(&self, event: &PointerEvent) {
        let client = element::client_point(event.client_x(), event.client_y());
        let y = element::within(&self.grid, client).y;
        let scrolled = element::scrolled(&self.grid);
        if y < EDGE.0 + super::HEAD_HEIGHT {
            element::scroll_to(&self.grid, scrolled - EDGE.1);
        } else if y > self.height - EDGE.0 {
            element::scroll_to(&self.grid, scrolled + EDGE.1);
        }
    }
}

/// What moves with a row: all selected components when it is one of them.
fn what_moves(plan: &Plan, selection: &Selection, id: &Id) -> Moved {
    if plan.place(id).is_some() {
        Moved::Place(id.clone())
    } else if selection.components.contains(id) {
        Moved::Components(selection.components.clone())
    } else {
        Moved::Components(BTreeSet::from([id.clone()]))
    }
}

/// Where what is dragged would come when it is let go over a row, or below all of them.
fn drop_at(
    plan: &Plan,
    rows: &[Row],
    moved: &Moved,
    row: Option<usize>,
    is_lower: bool,
) -> Option<Drop> {
    let homes = diagram::homes(plan);
    let home = |component: usize| homes.get(component).cloned().flatten();
    // What a component calls and is asked belongs to it.
    let owner = row.and_then(|row| {
        let is_inner = |row: &Row| matches!(row.part, Part::Connection(_) | Part::Journey(_));
        rows[..=row].iter().rposition(|row| !is_inner(row))
    });
    let (at, into, before) = match owner.map(|owner| rows[owner].part) {
        None => (Side::After, None, None),
        Some(Part::Place(place)) => {
            let place = plan.places.get(place)?;
            if place.kind == PlaceKind::Account {
                return None;
            }
            (Side::Inside, Some(place.id.clone()), None)
        }
        Some(Part::Component(component)) if is_lower || owner != row => {
            let next = first_after(plan, moved, component);
            (Side::After, home(component), next)
        }
        Some(Part::Component(component)) => {
            let next = plan.components.get(component)?.id.clone();
            (Side::Before, home(component), Some(next))
        }
        Some(Part::Connection(_) | Part::Journey(_)) => return None,
    };
    let mut refused = None;
    match moved {
        Moved::Components(ids) => {
            if let Some(Part::Component(over)) = owner.map(|owner| rows[owner].part)
                && ids.contains(&plan.components.get(over)?.id)
            {
                return None;
            }
            let mut all = plan.components.iter().filter(|one| ids.contains(&one.id));
            let outside: Vec<String> = all
                .clone()
                .filter_map(|component| stays_outside(component))
                .collect();
            if into.is_some() && all.all(|component| stays_outside(component).is_some()) {
                refused = outside.into_iter().next();
            }
        }
        Moved::Place(id) => {
            let inside = diagram::places_within(plan, id);
            let within = &plan.place(id)?.within;
            if into.as_ref().is_some_and(|into| inside.contains(into)) || *within == into {
                return None;
            }
        }
    }
    let row = if owner.is_some() { row.or(owner) } else { None };
    Some(Drop {
        row,
        at,
        into,
        before,
        refused,
    })
}

/// The component that follows another in the order of the plan, of those that do not move.
fn first_after(plan: &Plan, moved: &Moved, component: usize) -> Option<Id> {
    let rest = plan.components.get(component + 1..)?;
    let stays = |one: &&std::rc::Rc<Component>| match moved {
        Moved::Components(ids) => !ids.contains(&one.id),
        Moved::Place(_) => true,
    };
    rest.iter().find(stays).map(|one| one.id.clone())
}

/// What stands behind moved components; none at the end of the plan.
#[derive(Debug, PartialEq)]
struct Follower(Option<Id>);

/// What follows components once they are moved one up or down among those in the same place; none where there is no
/// such neighbour.
fn neighbour(plan: &Plan, ids: &BTreeSet<Id>, is_down: bool) -> Option<Follower> {
    let homes = diagram::homes(plan);
    let is_moved = |index: &usize| ids.contains(&plan.components[*index].id);
    let mut all = 0..plan.components.len();
    let first = all.clone().find(is_moved)?;
    let last = all.clone().rfind(is_moved)?;
    let is_beside = |index: &usize| homes[*index] == homes[first] && !is_moved(index);
    if is_down {
        let next = all.find(|index| *index > last && is_beside(index))?;
        let moved = Moved::Components(ids.clone());
        return Some(Follower(first_after(plan, &moved, next)));
    }
    let before = all.rfind(|index| *index < first && is_beside(index))?;
    Some(Follower(Some(plan.components[before].id.clone())))
}

/// The edit that letting go makes.
fn edit(plan: &Plan, moved: &Moved, drop: &Drop) -> Command {
    let ids = match moved {
        Moved::Components(ids) => ids,
        Moved::Place(id) => {
            let cards: Vec<Rect> = diagram::layout(plan).into_iter().map(Rect::card).collect();
            let boxes = diagram::places(plan, &cards);
            return move_place(plan, &boxes, id, (0.0, 0.0), drop.into.clone());
        }
    };
    let reorder = Command::from(Reorder {
        components: ids.clone(),
        before: drop.before.clone(),
    });
    let homes = diagram::homes(plan);
    let movers: Vec<(&Component, &Option<Id>)> = plan
        .components
        .iter()
        .zip(&homes)
        .filter(|(one, home)| {
            ids.contains(&one.id) && **home != drop.into && stays_outside(one).is_none()
        })
        .map(|(one, home)| (&**one, home))
        .collect();
    let Some((first, from)) = movers.first() else {
        return reorder;
    };
    let what = match movers.len() {
        1 => component_name(first).to_owned(),
        count => tn!(count; "{count} component", "{count} components"),
    };
    let title = match (&drop.into, from) {
        (Some(into), _) => t!(
            "Put {what} into {place}",
            what,
            place = place_name(plan, into)
        ),
        (None, Some(from)) => t!(
            "Take {what} out of {place}",
            what,
            place = place_name(plan, from)
        ),
        (None, None) => return reorder,
    };
    let placed = movers.iter().map(|(one, _)| {
        Command::from(SetPlacement {
            component: one.id.clone(),
            placement: plan.placement_in(one, drop.into.as_ref()),
        })
    });
    Command::from(Together {
        title: title.into(),
        commands: placed.chain(std::iter::once(reorder)).collect(),
    })
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use model::plan::sketch::sketch;

    use super::*;
    use crate::panels::outline::rows::rows;

    /// Rows: users, lb, eu, a, app, b, db.
    fn plan() -> Rc<Plan> {
        let text = "place eu: region\nplace a: zone in eu\nplace b: zone in eu\n\
                    users -> lb -> app@a -> db@b";
        Rc::new(sketch(text).unwrap())
    }

    fn components(ids: &[&str]) -> Moved {
        Moved::Components(ids.iter().map(|id| Id::from(*id)).collect())
    }

    fn row_of(plan: &Plan, id: &str) -> Option<usize> {
        let all = rows(plan, &BTreeSet::new());
        let found = all.iter().position(|row| row.part.id(plan).unwrap() == id);
        assert!(found.is_some());
        found
    }

    fn dropped(moved: &Moved, on: Option<&str>, is_lower: bool) -> Option<(Rc<Plan>, String)> {
        let plan = plan();
        let all = rows(&plan, &BTreeSet::new());
        let row = on.and_then(|on| row_of(&plan, on));
        let drop = drop_at(&plan, &all, moved, row, is_lower)?;
        assert_eq!(drop.refused, None);
        let command = edit(&plan, moved, &drop);
        Some((
            command.apply(&plan).unwrap(),
            command.label(&plan).to_string(),
        ))
    }

    fn order(plan: &Plan) -> Vec<&str> {
        plan.components.iter().map(|one| &*one.id).collect()
    }

    #[test]
    fn a_row_is_dragged_into_a_place_and_out_of_it() {
        let (next, label) = dropped(&components(&["app"]), Some("b"), false).unwrap();
        assert_eq!(next.component("app").unwrap().placement, ["b"]);
        assert_eq!(label, "Put app into b");
        let (next, label) = dropped(&components(&["app"]), None, false).unwrap();
        assert!(next.component("app").unwrap().placement.is_empty());
        assert_eq!(label, "Take app out of a");
        assert_eq!(order(&next), ["users", "lb", "db", "app"]);
    }

    #[test]
    fn a_row_is_dragged_among_the_others() {
        let (next, label) = dropped(&components(&["lb"]), Some("users"), false).unwrap();
        assert_eq!(order(&next), ["lb", "users", "app", "db"]);
        assert_eq!(label, "Move lb before users");
        let (next, label) = dropped(&components(&["lb", "app"]), Some("db"), true).unwrap();
        assert_eq!(order(&next), ["users", "db", "lb", "app"]);
        assert_eq!(next.component("lb").unwrap().placement, ["b"]);
        assert_eq!(label, "Put 2 components into b");
        assert_eq!(dropped(&components(&["lb"]), Some("lb"), true), None);
    }

    #[test]
    fn a_place_is_dragged_into_another_but_not_into_itself() {
        let (next, label) = dropped(&Moved::Place("a".into()), Some("b"), false).unwrap();
        assert_eq!(next.place("a").unwrap().within, Some("b".into()));
        assert_eq!(label, "Put a into b");
        let (next, _) = dropped(&Moved::Place("a".into()), Some("users"), true).unwrap();
        assert_eq!(next.place("a").unwrap().within, None);
        for inside in ["eu", "a", "app"] {
            assert_eq!(
                dropped(&Moved::Place("eu".into()), Some(inside), true),
                None
            );
        }
        assert_eq!(dropped(&Moved::Place("a".into()), Some("eu"), false), None);
    }

    #[test]
    fn users_stay_outside_and_are_told_why() {
        let plan = plan();
        let all = rows(&plan, &BTreeSet::new());
        let row = row_of(&plan, "a");
        let drop = drop_at(&plan, &all, &components(&["users"]), row, false).unwrap();
        assert!(drop.refused.unwrap().contains("stays outside"));
        let (next, _) = dropped(&components(&["users", "lb"]), Some("a"), false).unwrap();
        assert_eq!(next.component("lb").unwrap().placement, ["a"]);
        assert!(next.component("users").unwrap().placement.is_empty());
    }

    #[test]
    fn one_key_moves_a_row_past_its_neighbour_in_the_same_place() {
        let plan = plan();
        let ids = |id: &str| BTreeSet::from([Id::from(id)]);
        assert_eq!(
            neighbour(&plan, &ids("users"), true),
            Some(Follower(Some("app".into())))
        );
        assert_eq!(
            neighbour(&plan, &ids("lb"), false),
            Some(Follower(Some("users".into())))
        );
        assert_eq!(neighbour(&plan, &ids("lb"), true), None);
        assert_eq!(neighbour(&plan, &ids("app"), false), None);
    }
}
