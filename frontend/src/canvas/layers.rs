//! The two layers of the drawing: what stands still, and what is being moved above it.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::rc::Rc;

use model::diagram::{Gate, Label, Point, Rect, label_spots};
use model::plan::Id;
use yew::prelude::*;

use super::card::{CardProps, Mark, card};
use super::connection::{ConnectionProps, connection, label, label_width, note_sign};
use super::fates::Fates;
use super::kept::kept;
use super::regions::{Region, region_part};
use super::scene::{Face, PlaceFace, Scene, Wire, noted};
use super::text::measured;
use crate::state::Selection;
use crate::texts;
use crate::tools::Guide;

/// Requests run along at most so many connections.
const MOST_FLOWING: usize = 400;
/// Along more than this, chevrons stand in place of what moves: a software renderer paints all of it in every step.
const MOST_MOVING: usize = 60;

/// Which parts of a scene are drawn.
#[derive(Clone, Debug, Default)]
pub(super) struct Drawn {
    /// Cards, by their index.
    pub cards: Vec<usize>,
    /// Connections, by their index.
    pub wires: Vec<usize>,
    /// Signs at alternatives, by their index.
    pub gates: Vec<usize>,
    /// Squares, each instead of the cards and connections in it.
    pub regions: Vec<Rc<Region>>,
    /// Whether the drawing is so far away that words cannot be read.
    pub far: bool,
    /// Whether cards are drawn without what cannot be read or seized from afar.
    pub plain: bool,
}

pub(super) struct SceneLayerProps {
    /// What there is.
    pub scene: Rc<Scene>,
    /// What of it is drawn.
    pub drawn: Rc<Drawn>,
    /// What is selected.
    pub selection: Rc<Selection>,
    /// Cards that are drawn in the layer above.
    pub lifted: Rc<BTreeSet<Id>>,
    /// Connections that are, by their index, in order.
    pub lifted_wires: Rc<Vec<usize>>,
    /// A card that stands out.
    pub mark: Option<(Id, Mark)>,
    /// The connection under the pointer or with the focus.
    pub pointed: Option<Id>,
    /// The connection that what is held would come into.
    pub struck: Option<Id>,
    /// Whether the ends of a selected connection can be taken hold of.
    pub grips: bool,
    /// What becomes of what is drawn, while parts are taken away.
    pub fates: Option<Rc<Fates>>,
    /// The place that something would land in, and whether it may.
    pub target: Option<(Id, bool)>,
    /// Places that are drawn in the layer above.
    pub lifted_places: Rc<BTreeSet<Id>>,
    /// Whether requests run along the connections.
    pub flowing: bool,
    /// The parts that what is being typed finds, in order.
    pub sought: Rc<Vec<Id>>,
}

impl PartialEq for SceneLayerProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.scene, &other.scene)
            && Rc::ptr_eq(&self.drawn, &other.drawn)
            && (Rc::ptr_eq(&self.selection, &other.selection) || self.selection == other.selection)
            && Rc::ptr_eq(&self.lifted, &other.lifted)
            && Rc::ptr_eq(&self.lifted_wires, &other.lifted_wires)
            && self.mark == other.mark
            && self.pointed == other.pointed
            && self.struck == other.struck
            && self.grips == other.grips
            && self.fates == other.fates
            && self.target == other.target
            && self.lifted_places == other.lifted_places
            && self.flowing == other.flowing
            && self.sought == other.sought
    }
}

/// Draws what stands still.
pub(super) fn scene_layer(props: &SceneLayerProps) -> Html {
    let (scene, drawn, selection) = (&props.scene, &props.drawn, &props.selection);
    let fates = props.fates.as_deref();
    // More than can be told apart would only cost time.
    let flowing = props.flowing && !drawn.far && drawn.wires.len() <= MOST_FLOWING;
    let is_dead =
        |wire: &Wire| fates.is_some_and(|fates| fates.dead_connections.contains(&wire.id));
    let is_sought = |id: &Id| props.sought.binary_search(id).is_ok();
    let mark_of = |face: &Face| match &props.mark {
        _ if props.lifted.contains(&face.id) => Mark::Lifted,
        Some((id, mark)) if *id == face.id => *mark,
        _ => Mark::None,
    };
    let state_of = |place: &PlaceFace| {
        let id = &place.area.id;
        match &props.target {
            Some((target, true)) if target == id => "is-target",
            Some((target, false)) if target == id => "is-refused",
            _ if is_sought(id) => "is-sought",
            _ if selection.place.as_ref() == Some(id) => "is-selected",
            _ => "",
        }
    };
    html! {
        <svg
            class={classes!(
                "canvas__scene",
                drawn.far.then_some("canvas__scene--far"),
                (drawn.wires.len() > MOST_MOVING).then_some("canvas__scene--many"),
                (!props.sought.is_empty()).then_some("is-searched"),
            )}
            role="graphics-document"
            aria-roledescription={t!("architecture drawing")}
            aria-label={scene.title.clone()}
        >
            <g>
                { for scene.places.iter().enumerate().filter(|(_, place)| !props.lifted_places.contains(&place.area.id)).map(|(index, place)| html! {
                    <g key={key_of(index, &place.area.id)}>{ container(place, fates, state_of(place)) }</g>
                }) }
            </g>
            <g>
                { for drawn.regions.iter().map(region_part) }
            </g>
            <g>
                { for scene.outsiders.iter().enumerate().map(|(index, (area, words))| html! {
                    <g key={index} class="outsider">
                        <rect x={area.x.to_string()} y={area.y.to_string()} width={area.width.to_string()} height={area.height.to_string()} rx="12" />
                        <text x={(area.x + area.width / 2.0).to_string()} y={(area.y - 6.0).to_string()}>{ words }</text>
                    </g>
                }) }
            </g>
            <g>
                { for drawn.wires.iter().filter_map(|&index| scene.wires.get(index)?.as_ref().map(|wire| (index, wire))).map(|(index, wire)| {
                    let shows = ConnectionProps {
                        wire: Rc::clone(wire),
                        selected: selection.connections.contains(&wire.id),
                        lifted: props.lifted_wires.binary_search(&index).is_ok(),
                        dead: is_dead(wire),
                        sought: is_sought(&wire.id),
                        struck: props.struck.as_ref() == Some(&wire.id),
                        flowing,
                    };
                    kept(key_of(index, &wire.id), shows, connection)
                }) }
            </g>
            <g>
                { for scene.places.iter().enumerate().filter(|(_, place)| !props.lifted_places.contains(&place.area.id)).map(|(index, place)| html! {
                    <g key={key_of(index, &place.area.id)}>{ title(place, fates, state_of(place)) }</g>
                }) }
            </g>
            <g>
                { for drawn.gates.iter().filter_map(|&index| Some((index, scene.gates.get(index)?))).map(|(index, gate)| html! { <g key={index}>{ sign(gate, index) }</g> }) }
            </g>
            <g>
                { for drawn_cards(props).map(|(index, face)| {
                    let shows = CardProps {
                        face: Rc::clone(face),
                        plain: drawn.plain,
                        selected: selection.components.contains(&face.id),
                        mark: mark_of(face),
                        sought: is_sought(&face.id),
                        fate: fates.and_then(|fates| fates.cards.get(&face.id)).map(Rc::clone),
                    };
                    kept(key_of(index, &face.id), shows, card)
                }) }
            </g>
            <g>
                { for gripped(props).map(|wire| html! { <g key={wire.id.to_string()}>{ grips(wire) }</g> }) }
            </g>
            <g>
                { for labels(props, flowing && drawn.wires.len() <= MOST_MOVING).into_iter().map(|(wire, at)| html! {
                    <g key={wire.id.to_string()}>{ label(wire, at) }</g>
                }) }
            </g>
        </svg>
    }
}

/// The cards in sight; among squares only those that are selected or sought.
fn drawn_cards(props: &SceneLayerProps) -> impl Iterator<Item = (usize, &Rc<Face>)> {
    let (selected, sought) = (&props.selection.components, &props.sought);
    let all = if props.drawn.regions.is_empty() || selected.is_empty() && sought.is_empty() {
        0
    } else {
        props.scene.faces.len()
    };
    let is_chosen = |index: &usize| {
        let face = props.scene.faces.get(*index);
        face.is_some_and(|face| {
            selected.contains(&face.id) || sought.binary_search(&face.id).is_ok()
        })
    };
    let chosen = (0..all).filter(is_chosen).take(CHOSEN_AMONG_REGIONS);
    let cards = props.drawn.cards.iter().copied().chain(chosen);
    cards.filter_map(|index| Some((index, props.scene.faces.get(index)?)))
}

/// Among squares, so many selected cards stand out at most.
const CHOSEN_AMONG_REGIONS: usize = 200;

/// The connection whose ends can be taken hold of: the only one that is selected.
fn gripped(props: &SceneLayerProps) -> impl Iterator<Item = &Wire> {
    let chosen = props.selection.only_connection().filter(|_| props.grips);
    let wires = props.drawn.wires.iter();
    wires
        .filter_map(|&index| props.scene.wires.get(index)?.as_ref())
        .filter(move |wire| Some(&wire.id) == chosen)
        .map(|wire| &**wire)
}

/// Draws the spots where the ends of a connection are taken hold of.
fn grips(wire: &Wire) -> Html {
    let id = wire.id.to_string();
    let grip = |at: Option<&Point>, start: bool| {
        let at = at.copied().unwrap_or_default();
        let (x, y) = (format!("{:.1}", at.x), format!("{:.1}", at.y));
        html! {
            <g>
                <circle class="connection-end__hit" cx={x.clone()} cy={y.clone()} r="16"
                    data-start-of={start.then(|| id.clone())} data-end-of={(!start).then(|| id.clone())} />
                <circle class="connection-end" cx={x} cy={y} r="6" />
            </g>
        }
    };
    html! {
        <g aria-hidden="true">
            { grip(wire.route.points.first(), true) }
            { grip(wire.route.points.last(), false) }
        </g>
    }
}

/// What connections say about what runs over them, and where: the one that is pointed at, those that are selected, and
/// all while requests run along few enough. One that would cover a card or another label is left out, but for the first.
fn labels(props: &SceneLayerProps, flowing: bool) -> Vec<(&Wire, Point)> {
    let scene = &props.scene;
    let wire = |index: usize| scene.wires.get(index)?.as_deref();
    let wires = || {
        props
            .drawn
            .wires
            .iter()
            .filter_map(|&index| Some((index, wire(index)?)))
    };
    let is_pointed = |wire: &Wire| props.pointed.as_ref() == Some(&wire.id);
    let is_said = |wire: &Wire| {
        flowing && wire.pace.is_some() || props.selection.connections.contains(&wire.id)
    };
    let pointed = wires().filter(|(_, wire)| is_pointed(wire));
    let said = wires().filter(|(_, wire)| is_said(wire) && !is_pointed(wire));
    let said: Vec<(usize, &Wire)> = pointed.chain(said).collect();
    let labels: Vec<Label> = said
        .iter()
        .map(|&(connection, wire)| Label {
            connection,
            width: label_width(wire),
        })
        .collect();
    let way = |index: usize| wire(index).map(|wire| &wire.route);
    let spots = label_spots(&labels, &way, &scene.wire_grid, &scene.grid);
    let placed = said.into_iter().zip(spots).enumerate();
    placed
        .filter_map(|(rank, ((_, wire), spot))| match spot {
            Some(at) => Some((wire, at)),
            None => (rank == 0).then(|| (wire, wire.route.middle())),
        })
        .collect()
}

/// Plans may name two parts alike; keys may not.
fn key_of(index: usize, id: &Id) -> String {
    format!("{id} {index}")
}

fn container(place: &PlaceFace, fates: Option<&Fates>, state: &'static str) -> Html {
    let Rect {
        x,
        y,
        width,
        height,
    } = place.area.area;
    let is_lost = fates.is_some_and(|fates| fates.lost_places.contains(&place.area.id));
    html! {
        <g class={classes!("place", state, is_lost.then_some("is-down"))}>
            <rect class="place__area" x={x.to_string()} y={y.to_string()} width={width.to_string()} height={height.to_string()} rx="12" />
        </g>
    }
}

/// The title of a container, by which it is chosen and moved.
fn title(place: &PlaceFace, fates: Option<&Fates>, state: &'static str) -> Html {
    let Rect { x, y, .. } = place.area.area;
    let is_lost = fates.is_some_and(|fates| fates.lost_places.contains(&place.area.id));
    let named = if is_lost {
        t!(
            "{kind} {name}, taken away",
            kind = place.domain,
            name = place.name
        )
    } else {
        t!("{kind} {name}", kind = place.domain, name = place.name)
    };
    let spoken = noted(named, &place.note);
    let end = measured(&place.name, 12.0) + measured(place.domain, 12.0) + 44.0;
    let tab = if place.note.is_empty() {
        end
    } else {
        end + 18.0
    };
    html! {
        <g class={classes!("place", state, is_lost.then_some("is-down"))}>
            <g
                class="place__tab"
                data-place={place.area.id.to_string()}
                role="button"
                tabindex="0"
                aria-label={spoken}
                aria-pressed={fates.map(|_| is_lost.to_string())}
                transform={format!("translate({} {})", x + 16.0, y - 12.0)}
            >
                <rect class="place__tab-area" width={format!("{tab:.0}")} height="24" rx="6" />
                <use class="place__icon" href={if is_lost { "#icon-error" } else { "#icon-place" }} x="7" y="5" width="14" height="14" />
                <text class="place__name" x="26" y="16">
                    { &place.name }
                    <tspan class="place__domain" dx="6">{ place.domain }</tspan>
                </text>
                <g>{ for (!place.note.is_empty()).then(|| note_sign(end + 2.0, 12.0)) }</g>
            </g>
        </g>
    }
}

fn sign(gate: &Gate, index: usize) -> Html {
    let text = texts::words(&gate.text());
    let width = measured(&text, 12.0) + 16.0;
    html! {
        <g
            class="gate"
            data-gate={index.to_string()}
            role="button"
            tabindex="0"
            aria-label={t!("{name} needs {text}; change", name = gate.from, text)}
            transform={format!("translate({:.1} {:.1})", gate.at.x, gate.at.y)}
        >
            <rect class="gate__area" x={format!("{:.1}", -width / 2.0)} y="-11" width={format!("{width:.1}")} height="22" rx="11" />
            <text class="gate__text" y="4">{ text }</text>
        </g>
    }
}

/// What is being moved, as it stands in the drawing.
#[derive(Debug, Default)]
pub(super) struct Lifted {
    /// Cards.
    pub cards: Vec<Rc<Face>>,
    /// Connections among them.
    pub wires: Vec<Rc<Wire>>,
    /// Places.
    pub places: Vec<Rc<PlaceFace>>,
}

/// What is above the drawing while a gesture goes on.
#[derive(Clone, Debug, Default)]
pub(super) struct Above {
    /// What is being moved.
    pub lifted: Option<Rc<Lifted>>,
    /// How far it has been moved.
    pub by: (f64, f64),
    /// Connections between that and the rest, and where they run meanwhile.
    pub wires: Vec<(Rc<Wire>, String)>,
    /// A connection being drawn, as path data, and how it fares.
    pub draft: Option<(String, &'static str)>,
    /// A selection frame.
    pub frame: Option<Rect>,
    /// A component that is not in the plan yet.
    pub ghost: Option<Rc<Face>>,
    /// What is in line with what is being moved.
    pub guides: Vec<Guide>,
}

/// What is being moved, which is the same only as itself.
struct Held(Rc<Lifted>);

impl PartialEq for Held {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// Draws what is being moved where it stands; it is drawn once for a whole movement.
fn lifted_parts(Held(lifted): &Held) -> Html {
    let Lifted {
        cards,
        wires,
        places,
    } = &**lifted;
    html! {
        <g>
            <g>
                { for places.iter().map(|place| html! {
                    <g key={place.area.id.to_string()}>{ container(place, None, "is-selected") }{ title(place, None, "is-selected") }</g>
                }) }
            </g>
            <g>{ for wires.iter().map(|wire| line(wire, wire.path.clone())) }</g>
            <g>
                { for cards.iter().map(|face| {
                    let shows = CardProps {
                        face: Rc::clone(face),
                        selected: true,
                        mark: Mark::Dragging,
                        sought: false,
                        plain: false,
                        fate: None,
                    };
                    kept(face.id.to_string(), shows, card)
                }) }
            </g>
        </g>
    }
}

/// A connection that is a picture of another.
fn line(wire: &Wire, path: String) -> Html {
    html! {
        <g key={wire.id.to_string()} class={classes!(
            "connection",
            wire.asynchronous.then_some("connection--async"),
            wire.optional.then_some("connection--optional"),
        )}>
            <path class="connection__line" d={path} stroke-width={format!("{:.1}", wire.width)} marker-end="url(#arrow)" />
        </g>
    }
}

/// A guide as path data; a gap has a stroke across each end.
fn guide_path(guide: &Guide) -> String {
    let (from, to) = (guide.from, guide.to);
    let mut path = format!("M{} {}L{} {}", from.x, from.y, to.x, to.y);
    if guide.is_gap {
        let (dx, dy) = if from.x == to.x {
            (GAP_END, 0.0)
        } else {
            (0.0, GAP_END)
        };
        for end in [from, to] {
            let (a, b) = (end.moved(-dx, -dy), end.moved(dx, dy));
            let _ = write!(path, "M{} {}L{} {}", a.x, a.y, b.x, b.y);
        }
    }
    path
}

/// Half of what stands across the end of a gap.
const GAP_END: f64 = 5.0;

/// Draws what is being moved.
pub(super) fn above(above: &Above) -> Html {
    let (dx, dy) = above.by;
    html! {
        <svg class="canvas__scene" pointer-events="none" aria-hidden="true">
            <g>{ for above.wires.iter().map(|(wire, path)| line(wire, path.clone())) }</g>
            <g transform={format!("translate({dx} {dy})")}>
                { for above.lifted.iter().map(|lifted| kept("lifted", Held(Rc::clone(lifted)), lifted_parts)) }
            </g>
            <g>
                { for above.guides.iter().enumerate().map(|(index, guide)| html! {
                    <path key={index} class={classes!("guide", guide.is_gap.then_some("guide--gap"))} d={guide_path(guide)} />
                }) }
            </g>
            <g>
                { for above.draft.iter().map(|(path, state)| html! {
                    <path class={classes!("draft", *state)} d={path.clone()} marker-end="url(#arrow-selected)" />
                }) }
            </g>
            <g>
                { for above.frame.map(|frame| html! {
                    <rect class="marquee" x={frame.x.to_string()} y={frame.y.to_string()}
                        width={frame.width.to_string()} height={frame.height.to_string()} />
                }) }
            </g>
            <g>
                { for above.ghost.iter().map(|face| {
                    let shows = CardProps {
                        face: Rc::clone(face),
                        selected: false,
                        mark: Mark::Ghost,
                        sought: false,
                        plain: false,
                        fate: None,
                    };
                    kept("ghost", shows, card)
                }) }
            </g>
        </svg>
    }
}
