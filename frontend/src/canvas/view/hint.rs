//! What the hand is doing over the drawing, in words.

use model::components;
use model::plan::Id;
use yew::prelude::*;

use super::super::scene::name_of;
use super::lifted::held_kind;
use super::{Canvas, CanvasProps, Happening};
use crate::state::Message;
use crate::texts::inside;
use crate::tools::{
    Connect, End, Landing, Move, MovePlace, Reconnect, Tool, component_name, place_name,
};
use crate::widgets::hint::hint;

impl Canvas {
    /// The sentence at the edge of the drawing.
    pub(super) fn hint(&self, ctx: &Context<Self>) -> Option<Html> {
        let props = ctx.props();
        let (words, is_refused) = self.hint_words(props)?;
        // What goes on without a finger on the drawing ends by a button too.
        let goes_on = props.placing.is_some() || props.framing || self.caller.is_some();
        let on_stop = (goes_on && !self.tool.is_busy()).then(|| {
            let (send, link) = (props.send.clone(), ctx.link().clone());
            Callback::from(move |()| {
                send.emit(Message::StopPlacing);
                link.send_message(Happening::Stop);
            })
        });
        Some(hint(&words, is_refused, on_stop))
    }

    /// What the hand is doing, and whether that is refused.
    fn hint_words(&self, props: &CanvasProps) -> Option<(String, bool)> {
        if let Some(words) = self.insertion_words(props) {
            return Some((words, false));
        }
        let words = match (&self.tool, &self.caller) {
            (
                Tool::Connect(Connect {
                    over: Some((_, Some(reason))),
                    ..
                })
                | Tool::Reconnect(Reconnect {
                    over: Some((_, Some(reason))),
                    ..
                }),
                _,
            ) => return Some((reason.clone(), true)),
            (Tool::Connect(_) | Tool::Reconnect(Reconnect { end: End::To, .. }), _) => {
                t!("Let go on the component that is called").to_owned()
            }
            (Tool::Reconnect(_), _) => t!("Let go on the component that calls").to_owned(),
            (
                Tool::Move(Move {
                    landing: Some(landing),
                    ids,
                    ..
                }),
                _,
            ) if landing.is_change() => return Some(landing_words(props, landing, ids.first()?)),
            (Tool::MovePlace(MovePlace { id, over, .. }), _)
                if props.plan.place(id)?.within != *over =>
            {
                let name = place_name(&props.plan, id);
                match over {
                    Some(over) => {
                        let place = place_name(&props.plan, over);
                        t!("Let go to put {name} into {place}", name, place)
                    }
                    None => t!("Let go to take {name} out", name),
                }
            }
            (_, Some(caller)) => {
                let caller = props.plan.component(caller)?;
                let name = name_of(caller);
                t!("Tab to what {name} calls, then Enter", name)
            }
            _ if props.framing => {
                t!("Draw a frame: what is in it stands in the new place").to_owned()
            }
            _ if props.aftermath.is_some() => return None,
            _ => self.placing_words(props)?,
        };
        Some((words, false))
    }

    /// What putting a new component down does.
    fn placing_words(&self, props: &CanvasProps) -> Option<String> {
        let kind = components::component_type(held_kind(props)?)?;
        let name = inside(kind.name);
        let home = self
            .new_home(props)
            .map(|home| place_name(&props.plan, &home));
        Some(match (home, props.placing.is_some()) {
            (Some(place), true) => t!("Click to put the {name} into {place}", name, place),
            (Some(place), false) => t!("Let go to put the {name} into {place}", name, place),
            (None, true) => t!("Click where the {name} goes", name),
            (None, false) => t!("Let go where the {name} goes", name),
        })
    }

    /// What letting go of something over a connection does.
    fn insertion_words(&self, props: &CanvasProps) -> Option<String> {
        let struck = self.struck(props)?;
        let connection = props.plan.connection(&struck)?;
        let name = |id: &Id| {
            let component = props.plan.component(id);
            component.map_or_else(|| id.to_string(), |one| component_name(one).to_owned())
        };
        let (from, to) = (name(&connection.from), name(&connection.to));
        Some(if props.placing.is_some() {
            t!("Click to put it between {from} and {to}", from, to)
        } else {
            t!("Let go to put it between {from} and {to}", from, to)
        })
    }
}

/// What letting go of a card does to the place that it stands in, and whether that is refused.
fn landing_words(props: &CanvasProps, landing: &Landing, id: &Id) -> (String, bool) {
    if let Some(reason) = &landing.refused {
        return (reason.clone(), true);
    }
    let component = props.plan.component(id);
    let name = component.map_or(id.as_str(), |component| component_name(component));
    let words = match (&landing.to, &landing.from) {
        (Some(to), _) => {
            let place = place_name(&props.plan, to);
            t!("Let go to put {name} into {place}", name, place)
        }
        (None, Some(from)) => {
            let place = place_name(&props.plan, from);
            t!("Let go to take {name} out of {place}", name, place)
        }
        (None, None) => String::new(),
    };
    (words, false)
}
