//! The component types, in the order in which a request meets them.

use model::components::{self, ComponentType, Section};
use yew::prelude::*;

use crate::browser::element;
use crate::state::{Carried, Message};
use crate::texts::say;
use crate::widgets::button::IconButton;
use crate::widgets::icon::{Size, icon_of};

/// What the palette shows, and where it tells what is taken from it.
#[derive(Properties, PartialEq)]
pub(crate) struct PaletteProps {
    /// The type that the next click on the canvas places.
    pub placing: Option<&'static str>,
    /// Where messages go.
    pub send: Callback<Message>,
    /// A component is carried out of the palette, or put down; none when it is put back.
    pub on_carry: Callback<Option<Carried>>,
}

/// What happens to the palette.
pub(crate) enum Happening {
    Pressed(&'static str, PointerEvent),
    Moved(PointerEvent),
    Released(PointerEvent),
    Cancelled,
    /// The button was used, by a click or by key.
    Used(&'static str, MouseEvent),
}

/// The list of component types.
// Resting → Pressed → Carrying → Resting
pub(crate) struct Palette {
    pressed: Option<(&'static str, i32, i32)>,
    carrying: bool,
    /// The click that ends a drag is no click.
    swallow_click: bool,
    items: Vec<NodeRef>,
}

/// A pointer that moved less than this did not move, in pixels.
const SLACK: i32 = 5;

impl Component for Palette {
    type Message = Happening;
    type Properties = PaletteProps;

    fn create(_: &Context<Self>) -> Self {
        Self {
            pressed: None,
            carrying: false,
            swallow_click: false,
            items: components::ALL.iter().map(|_| NodeRef::default()).collect(),
        }
    }

    fn update(&mut self, ctx: &Context<Self>, happening: Happening) -> bool {
        let props = ctx.props();
        match happening {
            Happening::Pressed(kind, event) => {
                self.swallow_click = false;
                let item = components::ALL.iter().position(|known| known.id == kind);
                if let (0, Some(item)) = (event.button(), item) {
                    // A quick hand has left the palette before its first move is told.
                    element::capture(&self.items[item], event.pointer_id());
                    self.pressed = Some((kind, event.client_x(), event.client_y()));
                }
            }
            Happening::Moved(event) => {
                let Some((kind, x, y)) = &self.pressed else {
                    return false;
                };
                let moved = (event.client_x() - x)
                    .abs()
                    .max((event.client_y() - y).abs());
                self.carrying |= moved > SLACK;
                if self.carrying {
                    props.on_carry.emit(Some(carried(kind, &event, false)));
                }
            }
            Happening::Released(event) => {
                if let Some((kind, ..)) = self.pressed.take()
                    && self.carrying
                {
                    self.swallow_click = true;
                    props.on_carry.emit(Some(carried(kind, &event, true)));
                }
                self.carrying = false;
            }
            Happening::Cancelled => {
                self.pressed = None;
                self.carrying = false;
                props.on_carry.emit(None);
            }
            Happening::Used(kind, event) => {
                if std::mem::take(&mut self.swallow_click) {
                    return false;
                }
                // A key makes a click without a place of its own.
                props.send.emit(if event.detail() == 0 {
                    Message::Place { kind, at: None }
                } else if props.placing == Some(kind) {
                    Message::StopPlacing
                } else {
                    Message::StartPlacing(kind)
                });
            }
        }
        false
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let (props, link) = (ctx.props(), ctx.link());
        html! {
            <nav
                class="palette app__palette scroll"
                aria-label={t!("Components")}
                onpointermove={link.callback(Happening::Moved)}
                onpointerup={link.callback(Happening::Released)}
                onpointercancel={link.callback(|_| Happening::Cancelled)}
            >
                <header class="palette__head">
                    <h2>{ t!("Add a component") }</h2>
                    { IconButton {
                        icon: "close".into(),
                        label: t!("Close").into(),
                        on_click: props.send.reform(|()| Message::TogglePalette),
                        ..IconButton::default()
                    }.draw() }
                </header>
                { for Section::ALL.into_iter().map(|section| self.section(ctx, section)) }
            </nav>
        }
    }
}

impl Palette {
    fn section(&self, ctx: &Context<Self>, section: Section) -> Html {
        let heading = format!("palette-{}", section.name().to_ascii_lowercase());
        let kinds = components::ALL
            .iter()
            .zip(&self.items)
            .filter(|(kind, _)| kind.section == section);
        html! {
            <section key={section.name()} class="palette__group" aria-labelledby={heading.clone()}>
                <h2 class="palette__heading" id={heading}>{ say(section.name()) }</h2>
                <ul class="palette__list">
                    { for kinds.map(|(kind, node)| item(ctx, kind, node)) }
                </ul>
            </section>
        }
    }
}

fn item(ctx: &Context<Palette>, kind: &'static ComponentType, node: &NodeRef) -> Html {
    let link = ctx.link();
    let pressed = ctx.props().placing == Some(kind.id);
    html! {
        <li key={kind.id}>
            <button
                ref={node.clone()}
                type="button"
                class="palette__item"
                data-type={kind.id}
                data-tooltip={say(kind.name)}
                data-tooltip-side="right"
                aria-pressed={pressed.to_string()}
                aria-description={say(kind.purpose)}
                onpointerdown={link.callback(|event| Happening::Pressed(kind.id, event))}
                onclick={link.callback(|event| Happening::Used(kind.id, event))}
            >
                { icon_of(kind.id, Size::Normal, "palette__icon") }
                <span class="palette__name">{ say(kind.name) }</span>
            </button>
        </li>
    }
}

fn carried(kind: &'static str, event: &PointerEvent, dropped: bool) -> Carried {
    Carried {
        kind,
        at: element::client_point(event.client_x(), event.client_y()),
        dropped,
        free: event.alt_key() || event.ctrl_key() || event.meta_key(),
    }
}
