//! What keys copy from the drawing and paste into it, and the field where a card or a place is named.

use std::cell::RefCell;
use std::rc::Rc;

use model::commands::{ChangePlace, Command, Rename};
use model::plan::{Id, Place, Plan};
use yew::html::Scope;
use yew::prelude::*;

use super::{Canvas, CanvasProps, Happening};
use crate::browser::clipboard::{self, Pasted};
use crate::browser::{Listening, element};
use crate::state::{Copied, Message, Rework, Selection};
use crate::widgets::text_field::TextField;

/// What there is to copy: keys have to be answered at once.
pub(super) struct Clips {
    plan: Rc<Plan>,
    selection: Rc<Selection>,
    copied: Option<Copied>,
}

impl Clips {
    pub(super) fn of(props: &CanvasProps) -> Self {
        Self {
            plan: Rc::clone(&props.plan),
            selection: Rc::clone(&props.selection),
            copied: props.further.map(|further| further.copied),
        }
    }
}

/// Listens to the keys that copy, cut and paste.
pub(super) fn listen(clips: &Rc<RefCell<Clips>>, link: &Scope<Canvas>) -> Listening {
    let (clips, copying, pasting) = (Rc::clone(clips), link.clone(), link.clone());
    clipboard::listen(
        move |cut| {
            let clips = clips.borrow();
            let Some(copied) = clips.copied else {
                if !clips.selection.components.is_empty() {
                    let rework = if cut { Rework::Cut } else { Rework::Copy };
                    copying.send_message(Happening::Copied(rework));
                }
                return None;
            };
            let text = copied(&clips.plan, &clips.selection)?;
            copying.send_message(Happening::Copied(Rework::Copied { cut }));
            Some(text)
        },
        move |pasted| pasting.send_message(Happening::Pasted(pasted)),
    )
}

impl Canvas {
    /// Pastes at the pointer, or where the window looks when the pointer is elsewhere.
    pub(super) fn paste(&self, ctx: &Context<Self>, pasted: Pasted) {
        let at = self.hand.map(|at| self.viewport.canvas_from_screen(at));
        ctx.props().send.emit(Message::Rework(match pasted {
            Pasted::Text(text) => Rework::Paste {
                text,
                at,
                whole: false,
            },
            Pasted::Other(what) => Rework::NotText(what),
        }));
    }

    /// The field on a card, or over the title of a place, where its name is written.
    pub(super) fn name_field(&self, props: &CanvasProps) -> Option<Html> {
        let id = props.renaming.clone()?;
        self.name_corner(&id)?;
        let is_place = props.plan.place(&id).is_some();
        let field = props.further?.name_field;
        Some(html! {
            <div class={classes!("card-name", is_place.then_some("card-name--place"))} key={id.as_str()} ref={self.name_field.clone()}
                onpointerdown={|event: PointerEvent| event.stop_propagation()}
                ondblclick={|event: MouseEvent| event.stop_propagation()}>
                { field(&props.plan, id, &props.send) }
            </div>
        })
    }

    /// Where the field for the name of a part stands, on the canvas.
    fn name_corner(&self, id: &Id) -> Option<(f64, f64)> {
        let scene = &self.scene;
        let place = scene.boxes.iter().find(|place| place.id == *id);
        let face = scene.faces.iter().find(|face| face.id == *id);
        let of_place = place.map(|place| (place.area.x + 16.0, place.area.y - 14.0));
        of_place.or(face.map(|face| (face.area.x, face.area.y)))
    }

    /// Puts the field on its card, or over the title of its place.
    pub(super) fn place_name_field(&self, props: &CanvasProps) {
        let Some(id) = &props.renaming else { return };
        if let Some((x, y)) = self.name_corner(id) {
            element::set_style(&self.name_field, "left", &format!("{x:.1}px"));
            element::set_style(&self.name_field, "top", &format!("{y:.1}px"));
        }
    }
}

/// The field where the name of a component or a place is written.
pub(super) fn name_field(plan: &Rc<Plan>, id: Id, send: &Callback<Message>) -> Html {
    let place = plan.place(&id).map(Rc::clone);
    let name = match (&place, plan.component(&id)) {
        (Some(place), _) => place.name.clone(),
        (None, component) => component.map(|one| one.label.clone()).unwrap_or_default(),
    };
    let on_change = send.reform(move |name: String| {
        Message::Edit(match &place {
            Some(place) => Command::from(ChangePlace {
                place: Place {
                    name,
                    ..Place::clone(place)
                },
            }),
            None => Command::from(Rename {
                component: id.clone(),
                label: name,
            }),
        })
    });
    let on_leave = send.reform(|()| Message::Rework(Rework::EndRename));
    html! {
        <TextField label={t!("Name")} class="input card-name__input" value={name} takes_focus=true {on_change} {on_leave} />
    }
}
