//! What a pointer does on the canvas: one small state machine per gesture, without Yew and without a browser.

mod connect;
mod guides;
mod landing;
mod marquee;
mod move_cards;
mod move_place;
mod pan;
mod pinch;
mod place;
mod reconnect;

use model::diagram::{Grid, PlaceBox, Point, Rect};
use model::plan::{Component, Id, Plan};
use model::scenarios::Loss;

use crate::state::{Message, Selection, TakeAway, Viewport};

pub(crate) use connect::{Connect, refusal};
pub(crate) use guides::Guide;
pub(crate) use landing::{Landing, component_name, move_place, place_name, stays_outside};
pub(crate) use marquee::Marquee;
pub(crate) use move_cards::Move;
pub(crate) use move_place::MovePlace;
pub(crate) use pan::Pan;
pub(crate) use pinch::Pinch;
pub(crate) use place::{Aim, Place, aim, put};
pub(crate) use reconnect::Reconnect;

/// A pointer that moved less than this since it was pressed did not move, in screen pixels.
const SLACK: f64 = 4.0;
/// Cards that are moved snap to a grid of this width.
const GRID: f64 = 4.0;

/// The gesture that goes on.
// Idle → Pan | Marquee | Move | MovePlace | Connect | Reconnect | Place → Idle;  any of them → Pinch → Idle
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum Tool {
    /// None.
    #[default]
    Idle,
    /// Moves the window over the canvas.
    Pan(Pan),
    /// Draws a frame round what shall be selected.
    Marquee(Marquee),
    /// Moves cards.
    Move(Move),
    /// Moves a place with what is in it.
    MovePlace(MovePlace),
    /// Draws a connection.
    Connect(Connect),
    /// Moves one end of a connection.
    Reconnect(Reconnect),
    /// Puts a new component down.
    Place(Place),
    /// Zooms with two fingers.
    Pinch(Pinch),
}

/// What a gesture can see.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Surroundings<'a> {
    /// The plan on screen.
    pub plan: &'a Plan,
    /// The cards of its components, by their place.
    pub grid: &'a Grid,
    /// What is selected.
    pub selection: &'a Selection,
    /// What is in sight.
    pub viewport: Viewport,
    /// The type that the next press places.
    pub placing: Option<&'static str>,
    /// Whether a click takes parts away.
    pub taking: bool,
    /// Whether a drag draws the frame of a new place.
    pub framing: bool,
    /// The containers, the outer ones first.
    pub places: &'a [PlaceBox],
    /// For every component of the plan, in its order, the place whose container holds it.
    pub homes: &'a [Option<Id>],
    /// The connection under the pointer, and none where a card is.
    pub wire: Option<&'a Id>,
    /// Whether the hand asks that nothing snaps.
    pub free: bool,
}

impl<'a> Surroundings<'a> {
    /// The component under a point of the window.
    fn component_at(&self, screen: Point) -> Option<&'a Component> {
        let point = self.viewport.canvas_from_screen(screen);
        let found = self.grid.meeting(Rect::between(point, point));
        self.plan
            .components
            .get(*found.last()?)
            .map(|component| &**component)
    }
}

/// What is under a pointer when it is pressed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// The canvas itself.
    Background,
    /// A card.
    Component(Id),
    /// The spot of a card where connections start.
    Handle(Id),
    /// A connection.
    Connection(Id),
    /// One end of a connection.
    End(Id, End),
    /// The title of a place.
    Place(Id),
}

/// An end of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// At its caller.
    From,
    /// At what is called.
    To,
}

/// A pointer that is pressed, in pixels from the corner of the window.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Press {
    /// Where.
    pub at: Point,
    /// Which pointer.
    pub pointer: i32,
    /// On what.
    pub target: Target,
    /// Whether it adds to the selection instead of replacing it.
    pub adds: bool,
    /// Whether it leaves the originals and moves copies.
    pub copies: bool,
    /// Whether it moves the window whatever it is on: the middle button, or the space bar held.
    pub pans: bool,
}

/// What a gesture asks for.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Response {
    /// For the editor.
    pub messages: Vec<Message>,
    /// What shall be in sight while the gesture goes on.
    pub viewport: Option<Viewport>,
}

impl Response {
    fn say(message: Message) -> Self {
        Self {
            messages: vec![message],
            viewport: None,
        }
    }

    fn look(viewport: Viewport) -> Self {
        Self {
            messages: Vec::new(),
            viewport: Some(viewport),
        }
    }
}

impl Tool {
    /// A pointer was pressed.
    pub(crate) fn press(&mut self, around: &Surroundings, press: &Press) -> Response {
        if let Some(first) = self.first_finger() {
            *self = Self::Pinch(Pinch::new(first, (press.pointer, press.at)));
            return Response::default();
        }
        let (tool, response) = if press.pans {
            (Self::Pan(Pan::new(press)), Response::default())
        } else if let Some(kind) = around.placing {
            (Self::Place(Place::new(press, kind)), Response::default())
        } else if around.framing {
            let frame = Marquee::new(around, press);
            (Self::Marquee(frame), Response::default())
        } else {
            match &press.target {
                Target::Handle(id) => (
                    Self::Connect(Connect::new(around, press, id.clone())),
                    Response::default(),
                ),
                Target::Component(id) => {
                    let (tool, response) = Move::new(around, press, id.clone());
                    (Self::Move(tool), response)
                }
                Target::Connection(id) if around.taking => {
                    let loss = Loss::Connection(id.clone());
                    let turn = Message::TakeAway(TakeAway::Turn(loss));
                    (Self::Idle, Response::say(turn))
                }
                Target::End(id, end) => {
                    let tool = Reconnect::new(around, press, id, *end);
                    (
                        tool.map_or(Self::Idle, Self::Reconnect),
                        Response::default(),
                    )
                }
                Target::Place(id) => {
                    let tool = MovePlace::new(around, press, id.clone());
                    (Self::MovePlace(tool), Response::default())
                }
                Target::Connection(id) => {
                    let part = Selection::connection(id.clone());
                    let response = if press.adds {
                        Response::say(Message::Toggle(part))
                    } else {
                        Response {
                            messages: vec![Message::Select(part), Message::Inspect],
                            viewport: None,
                        }
                    };
                    (Self::Idle, response)
                }
                Target::Background if press.adds => (
                    Self::Marquee(Marquee::new(around, press)),
                    Response::default(),
                ),
                Target::Background => (Self::Pan(Pan::new(press)), Response::default()),
            }
        };
        *self = tool;
        response
    }

    /// A pointer moved.
    pub(crate) fn moved(&mut self, around: &Surroundings, pointer: i32, at: Point) -> Response {
        match self {
            Self::Idle => Response::default(),
            Self::Pan(tool) => tool.moved(around, at),
            Self::Marquee(tool) => tool.moved(around, at),
            Self::Move(tool) => tool.moved(around, at),
            Self::MovePlace(tool) => tool.moved(around, at),
            Self::Connect(tool) => tool.moved(around, at),
            Self::Reconnect(tool) => tool.moved(around, at),
            Self::Place(tool) => tool.moved(at),
            Self::Pinch(tool) => tool.moved(around, pointer, at),
        }
    }

    /// A pointer was let go.
    pub(crate) fn released(&mut self, around: &Surroundings, at: Point) -> Response {
        match std::mem::take(self) {
            Self::Idle | Self::Pinch(_) => Response::default(),
            Self::Pan(tool) => tool.released(),
            Self::Marquee(tool) => tool.released(around),
            Self::Move(tool) => tool.released(around),
            Self::MovePlace(tool) => tool.released(around),
            Self::Connect(tool) => tool.released(around),
            Self::Reconnect(tool) => tool.released(),
            Self::Place(tool) => tool.released(around, at),
        }
    }

    /// The gesture is broken off: nothing that it would have done is done.
    pub(crate) fn cancel(&mut self) {
        *self = Self::Idle;
    }

    /// Whether a gesture goes on.
    pub(crate) fn is_busy(&self) -> bool {
        *self != Self::Idle
    }

    /// The pointer of a gesture that a second one turns into a pinch.
    fn first_finger(&self) -> Option<(i32, Point)> {
        match self {
            Self::Idle | Self::Pinch(_) => None,
            Self::Pan(tool) => Some(tool.finger()),
            Self::Marquee(tool) => Some(tool.finger()),
            Self::Move(tool) => Some(tool.finger()),
            Self::MovePlace(tool) => Some(tool.finger()),
            Self::Connect(tool) => Some(tool.finger()),
            Self::Reconnect(tool) => Some(tool.finger()),
            Self::Place(tool) => Some(tool.finger()),
        }
    }
}

fn is_far(a: Point, b: Point, slack: f64) -> bool {
    (a.x - b.x).hypot(a.y - b.y) > slack
}

#[cfg(test)]
mod tests;
