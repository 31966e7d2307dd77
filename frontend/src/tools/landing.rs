//! Where cards and places land: what they stand in once they are let go.

use std::collections::BTreeMap;
use std::rc::Rc;

use model::commands::{ChangePlace, Command, Edits, MoveComponents, SetPlacement, Together};
use model::components::component_type;
use model::diagram::{self, PlaceBox, Point, Rect};
use model::order::Gather as _;
use model::plan::{Component, Id, Plan};

use super::Surroundings;

/// Where a card comes from, and where it would stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Landing {
    /// The place whose container holds it now.
    pub from: Option<Id>,
    /// The place whose container would.
    pub to: Option<Id>,
    /// Why it stays where it stands, if it does.
    pub refused: Option<String>,
}

impl Landing {
    /// Whether it stands elsewhere then.
    pub(crate) fn is_change(&self) -> bool {
        self.from != self.to
    }
}

/// What a place is called: its name, or else its id.
pub(crate) fn place_name(plan: &Plan, id: &Id) -> String {
    match plan.place(id) {
        Some(place) if !place.name.is_empty() => place.name.clone(),
        _ => id.to_string(),
    }
}

/// What a component is called: its label, or else its id.
pub(crate) fn component_name(component: &Component) -> &str {
    match component.label.as_str() {
        "" => &component.id,
        label => label,
    }
}

/// Why a component stands in no place; none if it can.
pub(crate) fn stays_outside(component: &Component) -> Option<String> {
    let is_source = component_type(&component.kind).is_some_and(|kind| kind.behaviour.is_source);
    is_source.then(|| {
        let name = component_name(component);
        t!(
            "{name} stays outside: a place holds what you run, and users come from anywhere.",
            name
        )
    })
}

/// Where a card with its corner here would stand.
pub(super) fn landing(around: &Surroundings, component: &Component, corner: Point) -> Landing {
    let index = around
        .plan
        .components
        .iter()
        .position(|known| known.id == component.id);
    let from = index.and_then(|index| around.homes.get(index).cloned().flatten());
    let centre = Rect::card(corner).centre();
    let to = diagram::place_at(around.places, centre).map(|place| place.id.clone());
    let refused = (to.is_some() && from != to)
        .then(|| stays_outside(component))
        .flatten();
    Landing { from, to, refused }
}

/// The edit that moves cards to these corners, and into or out of the places that they land in.
pub(super) fn move_cards(around: &Surroundings, positions: BTreeMap<Id, [f64; 2]>) -> Command {
    let mut commands = Vec::new();
    let mut landed: Vec<(&Component, Landing)> = Vec::new();
    for component in &around.plan.components {
        let Some(&[x, y]) = positions.get(&component.id) else {
            continue;
        };
        let landing = landing(around, component, Point { x, y });
        if !landing.is_change() || landing.refused.is_some() {
            continue;
        }
        commands.push(Command::from(SetPlacement {
            component: component.id.clone(),
            placement: around.plan.placement_in(component, landing.to.as_ref()),
        }));
        landed.push((component, landing));
    }
    let moving = Command::from(MoveComponents { positions });
    let Some((first, landing)) = landed.first() else {
        return moving;
    };
    let what = match landed.len() {
        1 => component_name(first).to_owned(),
        count => tn!(count; "1 component", "{count} components"),
    };
    let title = match (&landing.to, &landing.from) {
        (Some(to), _) => t!(
            "Put {what} into {place}",
            what,
            place = place_name(around.plan, to)
        ),
        (None, Some(from)) => t!(
            "Take {what} out of {place}",
            what,
            place = place_name(around.plan, from)
        ),
        (None, None) => t!("Move {what}", what),
    };
    commands.insert(0, moving);
    keeping_places(around.plan, around.places, title, commands)
}

/// The edit that moves a place with everything in it, and into or out of the place around it.
pub(crate) fn move_place(
    plan: &Plan,
    boxes: &[PlaceBox],
    id: &Id,
    (dx, dy): (f64, f64),
    within: Option<Id>,
) -> Command {
    let inside = diagram::places_within(plan, id);
    let positions = plan
        .components
        .iter()
        .zip(diagram::homes(plan))
        .filter(|(_, home)| home.as_ref().is_some_and(|home| inside.contains(home)))
        .filter_map(|(component, _)| {
            let [x, y] = component.position?;
            Some((component.id.clone(), [x + dx, y + dy]))
        })
        .gather_map();
    let mut commands = vec![Command::from(MoveComponents { positions })];
    for place in plan
        .places
        .iter()
        .filter(|place| inside.contains(&place.id))
    {
        let mut place = (**place).clone();
        if let Some([x, y, width, height]) = place.area {
            place.area = Some([x + dx, y + dy, width, height]);
        }
        if place.id == *id {
            place.within.clone_from(&within);
        }
        commands.push(Command::from(ChangePlace { place }));
    }
    let name = place_name(plan, id);
    let before = plan.place(id).and_then(|place| place.within.as_ref());
    let title = match (&within, before) {
        (Some(to), before) if before != Some(to) => {
            t!(
                "Put {what} into {place}",
                what = name,
                place = place_name(plan, to)
            )
        }
        (None, Some(from)) => t!(
            "Take {what} out of {place}",
            what = name,
            place = place_name(plan, from)
        ),
        _ => t!("Move {what}", what = name),
    };
    keeping_places(plan, boxes, title, commands)
}

/// Several edits as one, after which every place that is drawn still is: one that nothing is left in keeps its area.
fn keeping_places(
    plan: &Plan,
    boxes: &[PlaceBox],
    title: String,
    mut commands: Vec<Command>,
) -> Command {
    let together = |commands: Vec<Command>| {
        Command::from(Together {
            title: title.clone().into(),
            commands,
        })
    };
    let moved = together(commands.clone());
    let Ok(next) = Edits::DRAWING.apply(&moved, &Rc::new(plan.clone())) else {
        return together(commands);
    };
    let cards: Vec<Rect> = diagram::layout(&next).into_iter().map(Rect::card).collect();
    let drawn = diagram::places(&next, &cards);
    for before in boxes {
        let is_drawn = drawn.iter().any(|place| place.id == before.id);
        if let (false, Some(place)) = (is_drawn, next.place(&before.id)) {
            let mut place = (**place).clone();
            let Rect {
                x,
                y,
                width,
                height,
            } = before.area;
            place.area = Some([x, y, width, height]);
            commands.push(Command::from(ChangePlace { place }));
        }
    }
    together(commands)
}
