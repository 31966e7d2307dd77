//! What keys copy from the drawing and paste into it, and the field where a card is named.

use std::cell::RefCell;
use std::rc::Rc;

use model::commands::{Command, Rename};
use model::plan::Plan;
use yew::html::Scope;
use yew::prelude::*;

use super::{Canvas, CanvasProps, Happening};
use crate::browser::clipboard::{self, Pasted};
use crate::browser::{Listening, element};
use crate::state::{Message, Rework, Selection, copied};
use crate::widgets::text_field::TextField;

/// What there is to copy: keys have to be answered at once.
pub(super) struct Clips {
    plan: Rc<Plan>,
    selection: Rc<Selection>,
}

impl Clips {
    pub(super) fn of(props: &CanvasProps) -> Self {
        Self {
            plan: Rc::clone(&props.plan),
            selection: Rc::clone(&props.selection),
        }
    }
}

/// Listens to the keys that copy, cut and paste.
pub(super) fn listen(clips: &Rc<RefCell<Clips>>, link: &Scope<Canvas>) -> Listening {
    let (clips, copying, pasting) = (Rc::clone(clips), link.clone(), link.clone());
    clipboard::listen(
        move |cut| {
            let clips = clips.borrow();
            let text = copied(&clips.plan, &clips.selection)?;
            copying.send_message(Happening::Copied(cut));
            Some(text)
        },
        move |pasted| pasting.send_message(Happening::Pasted(pasted)),
    )
}

impl Canvas {
    /// Pastes at the pointer, or where the window looks when the pointer is elsewhere.
    pub(super) fn paste(&self, ctx: &Context<Self>, pasted: Pasted) {
        let at = self.hover.map(|at| self.viewport.canvas_from_screen(at));
        ctx.props().send.emit(Message::Rework(match pasted {
            Pasted::Text(text) => Rework::Paste {
                text,
                at,
                whole: false,
            },
            Pasted::Other(what) => Rework::NotText(what),
        }));
    }

    /// The field on a card where its name is written.
    pub(super) fn name_field(&self, props: &CanvasProps) -> Option<Html> {
        let id = props.renaming.clone()?;
        let label = props.plan.component(&id)?.label.clone();
        let on_change = {
            let (send, component) = (props.send.clone(), id.clone());
            Callback::from(move |label: String| {
                let component = component.clone();
                send.emit(Message::Edit(Command::from(Rename { component, label })));
            })
        };
        let on_leave = props.send.reform(|()| Message::Rework(Rework::EndRename));
        Some(html! {
            <div class="card-name" key={id.as_str()} ref={self.name_field.clone()}
                onpointerdown={|event: PointerEvent| event.stop_propagation()}
                ondblclick={|event: MouseEvent| event.stop_propagation()}>
                <TextField label="Name" class="input card-name__input" value={label} takes_focus=true {on_change} {on_leave} />
            </div>
        })
    }

    /// Puts the field on its card.
    pub(super) fn place_name_field(&self, props: &CanvasProps) {
        let Some(id) = &props.renaming else { return };
        if let Some(face) = self.scene.faces.iter().find(|face| face.id == *id) {
            element::set_style(&self.name_field, "left", &format!("{:.1}px", face.area.x));
            element::set_style(&self.name_field, "top", &format!("{:.1}px", face.area.y));
        }
    }
}
