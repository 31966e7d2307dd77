//! What keys do to the drawing: everything that pointers do.

use model::commands::{self, Command};
use model::diagram::Point;
use model::plan::Id;
use model::scenarios::Loss;
use yew::prelude::*;

use super::{Canvas, NUDGE};
use crate::actions::{self, Action};
use crate::browser::element::{self, Spot};
use crate::state::{Message, Notice, Selection, TakeAway, Tone};
use crate::tools::{move_place, refusal};

/// What is done with the selected parts, and with the one that has the focus where none is selected.
const ON_PARTS: [&Action; 5] = [
    &actions::RENAME,
    &actions::DELETE,
    &actions::DELETE_AND_JOIN,
    &actions::DUPLICATE,
    &actions::MOVE_TO_PLACE,
];

impl Canvas {
    pub(super) fn use_key(&mut self, ctx: &Context<Self>, event: &KeyboardEvent) -> bool {
        let props = ctx.props();
        let plain = !event.ctrl_key() && !event.meta_key() && !event.alt_key();
        let (key, spot) = (event.key(), element::focused());
        let arrow = match key.as_str() {
            "ArrowLeft" => Some((-1.0, 0.0)),
            "ArrowRight" => Some((1.0, 0.0)),
            "ArrowUp" => Some((0.0, -1.0)),
            "ArrowDown" => Some((0.0, 1.0)),
            _ => None,
        };
        let taking = props.aftermath.is_some();
        if let Some(spot) = spot.as_ref().filter(|_| !taking) {
            choose_for(ctx, spot, event);
        }
        if !plain {
            return false;
        }
        let asks = key == "ContextMenu" || key == "F10" && event.shift_key();
        if asks && (spot.is_some() || element::has_focus(&self.node)) {
            let at = self.place_of(spot.as_ref());
            event.prevent_default();
            event.stop_propagation();
            self.open_menu(ctx, Some(spot.unwrap_or(Spot::Background)), at);
            return true;
        }
        let used = match (spot, key.as_str(), arrow) {
            (Some(spot), "Enter" | " ", _) if taking => take_away(ctx, spot),
            (Some(Spot::Component(id)), "Enter" | " ", _) => {
                self.use_card(ctx, id, event.shift_key());
                true
            }
            (Some(Spot::Component(id)), "c" | "C", _) => {
                self.caller = Some(id);
                true
            }
            (Some(Spot::Connection(id)), "Enter" | " ", _) => {
                props.send.emit(Message::Select(Selection::connection(id)));
                props.send.emit(Message::Inspect);
                true
            }
            (Some(Spot::Place(id)), "Enter" | " ", _) => {
                props.send.emit(Message::Select(Selection::place(id)));
                props.send.emit(Message::Inspect);
                true
            }
            (Some(Spot::Place(id)), _, Some((x, y))) => {
                let step = if event.shift_key() { NUDGE.1 } else { NUDGE.0 };
                let within = props.plan.place(&id).and_then(|place| place.within.clone());
                let by = (x * step, y * step);
                let edit = move_place(&props.plan, &self.scene.boxes, &id, by, within);
                props.send.emit(Message::Edit(edit));
                true
            }
            (Some(Spot::Gate(index)), "Enter" | " ", _) => {
                self.turn_gate(ctx, index);
                true
            }
            (Some(Spot::Component(id)), _, Some((x, y))) => {
                if !props.selection.components.contains(&id) {
                    props.send.emit(Message::Select(Selection::component(id)));
                }
                let step = if event.shift_key() { NUDGE.1 } else { NUDGE.0 };
                props.send.emit(Message::Nudge {
                    dx: x * step,
                    dy: y * step,
                });
                true
            }
            (None, _, Some((x, y))) if element::has_focus(&self.node) => {
                self.step(ctx, x, y);
                true
            }
            _ => false,
        };
        if used {
            event.prevent_default();
            event.stop_propagation();
        }
        used
    }

    /// Enter or Space on a card: selects it, or ends the connection that is drawn by key.
    fn use_card(&mut self, ctx: &Context<Self>, id: Id, adds: bool) {
        let props = ctx.props();
        match self.caller.take() {
            Some(from) if from != id => {
                props.send.emit(match refusal(&props.plan, &from, &id) {
                    None => Message::Edit(Command::from(commands::Connect { from, to: id })),
                    Some(reason) => Message::Notify(Notice::new(Tone::Refused, reason)),
                });
            }
            _ if adds => props.send.emit(Message::Toggle(Selection::component(id))),
            _ => {
                props.send.emit(Message::Select(Selection::component(id)));
                props.send.emit(Message::Inspect);
            }
        }
    }

    /// Where a part of the drawing is in the window; the middle of the window for the drawing itself.
    fn place_of(&self, spot: Option<&Spot>) -> Point {
        let scene = &self.scene;
        let on_canvas = match spot {
            Some(Spot::Component(id)) => {
                let face = scene.faces.iter().find(|face| face.id == *id);
                face.map(|face| face.area.centre())
            }
            Some(Spot::Connection(id)) => {
                let mut wires = scene.wires.iter().flatten();
                let wire = wires.find(|wire| wire.id == *id);
                wire.map(|wire| wire.route.middle())
            }
            Some(Spot::Place(id)) => {
                let place = scene.boxes.iter().find(|place| place.id == *id);
                place.map(|place| Point {
                    x: place.area.x + 24.0,
                    y: place.area.y + 8.0,
                })
            }
            _ => None,
        };
        let visible = self.viewport.visible().centre();
        self.viewport
            .screen_from_canvas(on_canvas.unwrap_or(visible))
    }

    pub(super) fn turn_gate(&self, ctx: &Context<Self>, index: usize) {
        if let Some(gate) = self.scene.gates.get(index) {
            let command = gate.next(&ctx.props().plan);
            ctx.props().send.emit(Message::Edit(command));
        }
    }

    /// Brings the card into sight that the focus came to by key.
    pub(super) fn reveal_focus(&mut self, ctx: &Context<Self>) -> bool {
        if self.tool.is_busy() || !element::shows_focus() {
            return false;
        }
        let spot = element::focused();
        let Some(Spot::Component(id)) = spot.clone() else {
            return self.point_at(spot);
        };
        let face = self.scene.faces.iter().find(|face| face.id == id);
        if let Some(face) = face {
            let viewport = self.viewport.revealing(face.area);
            if viewport != self.viewport {
                ctx.props().send.emit(Message::SetViewport(viewport));
            }
        }
        self.point_at(spot)
    }
}

/// Selects the part with the focus, where nothing is selected and a key is about to do something with what is.
fn choose_for(ctx: &Context<Canvas>, spot: &Spot, event: &KeyboardEvent) {
    let props = ctx.props();
    let (Spot::Component(id) | Spot::Connection(id) | Spot::Place(id)) = spot else {
        return;
    };
    let primary = event.ctrl_key() || event.meta_key();
    let action = actions::of_keys(&event.key(), primary, event.shift_key());
    let needs_part = action.is_some_and(|action| ON_PARTS.iter().any(|one| one.id == action.id));
    if needs_part && props.selection.is_empty() {
        let alone = Selection::of(&props.plan, std::slice::from_ref(id));
        props.send.emit(Message::Select(alone));
    }
}

/// Enter or Space while parts are taken away; whether there is anything to take.
fn take_away(ctx: &Context<Canvas>, spot: Spot) -> bool {
    let what = match spot {
        Spot::Component(id) | Spot::Handle(id) => TakeAway::Card(id),
        Spot::Connection(id) => TakeAway::Turn(Loss::Connection(id)),
        Spot::Place(id) => TakeAway::Turn(Loss::Place(id)),
        Spot::Gate(_) | Spot::Background | Spot::Start(_) | Spot::End(_) => return false,
    };
    ctx.props().send.emit(Message::TakeAway(what));
    true
}
