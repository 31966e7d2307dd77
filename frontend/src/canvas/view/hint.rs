//! The sentence at the edge of the drawing that says what the hand is doing.

use model::components;
use model::plan::Id;
use yew::prelude::*;

use super::super::scene::name_of;
use super::super::text::lowered;
use super::lifted::held_kind;
use super::{Canvas, CanvasProps};
use crate::tools::{
    Connect, End, Landing, Move, MovePlace, Reconnect, Tool, component_name, place_name,
};

impl Canvas {
    pub(super) fn hint(&self, props: &CanvasProps) -> Option<Html> {
        let insertion = self.insertion_words(props);
        let (text, refused) = match (&self.tool, &self.caller) {
            _ if insertion.is_some() => (insertion.unwrap_or_default(), false),
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
            ) => (reason.clone(), true),
            (Tool::Reconnect(Reconnect { end, .. }), _) => {
                let words = match end {
                    End::From => "Let go on the component that calls · Esc to stop",
                    End::To => "Let go on the component that is called · Esc to stop",
                };
                (words.to_owned(), false)
            }
            (
                Tool::Move(Move {
                    landing: Some(landing),
                    ids,
                    ..
                }),
                _,
            ) if landing.is_change() => landing_words(props, landing, ids.first()?),
            (Tool::MovePlace(MovePlace { id, over, .. }), _)
                if props.plan.place(id)?.within != *over =>
            {
                let name = place_name(&props.plan, id);
                let words = match over {
                    Some(over) => {
                        let over = place_name(&props.plan, over);
                        format!("Let go to put {name} into {over} · Esc to stop")
                    }
                    None => format!("Let go to take {name} out · Esc to stop"),
                };
                (words, false)
            }
            (Tool::Connect(_), _) => (
                "Let go on the component that is called · Esc to stop".to_owned(),
                false,
            ),
            (_, Some(caller)) => {
                let name = props
                    .plan
                    .component(caller)
                    .map_or("it", |component| name_of(component));
                (
                    format!("Tab to what {name} calls, then Enter · Esc to stop"),
                    false,
                )
            }
            _ if props.framing => (
                "Draw a frame: what is in it stands in the new place · Esc to stop".to_owned(),
                false,
            ),
            _ if props.aftermath.is_some() => return None,
            _ => (self.placing_words(props)?, false),
        };
        Some(html! {
            <p class={classes!("canvas__hint", refused.then_some("is-refused"))} role="status">{ text }</p>
        })
    }
}

impl Canvas {
    /// What putting a new component down does.
    fn placing_words(&self, props: &CanvasProps) -> Option<String> {
        let kind = components::component_type(held_kind(props)?)?;
        let name = lowered(kind.name);
        let home = self
            .new_home(props)
            .map(|home| place_name(&props.plan, &home));
        Some(match (home, props.placing.is_some()) {
            (Some(home), true) => t!(
                "Click to put the {name} into {home} · Esc to stop",
                name,
                home
            ),
            (Some(home), false) => t!(
                "Let go to put the {name} into {home} · Esc to stop",
                name,
                home
            ),
            (None, true) => t!("Click where the {name} goes · Esc to stop", name),
            (None, false) => t!("Let go where the {name} goes · Esc to stop", name),
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
        let verb = if props.placing.is_some() {
            "Click"
        } else {
            "Let go"
        };
        Some(format!(
            "{verb} to put it between {from} and {to} · Esc to stop"
        ))
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
            let to = place_name(&props.plan, to);
            format!("Let go to put {name} into {to} · Esc to stop")
        }
        (None, Some(from)) => {
            let from = place_name(&props.plan, from);
            format!("Let go to take {name} out of {from} · Esc to stop")
        }
        (None, None) => String::new(),
    };
    (words, false)
}
