//! A part of the drawing that is drawn anew only when what it shows has changed.
//!
//! All such parts are one component, so that what Yew does for a component is there once.

use std::any::Any;
use std::rc::Rc;

use yew::prelude::*;
use yew::virtual_dom::Key;

/// Draws a part: `key` tells it from its neighbours, `draw` turns what it shows into a picture.
pub(super) fn kept<T: PartialEq + 'static>(
    key: impl Into<Key>,
    shows: T,
    draw: fn(&T) -> Html,
) -> Html {
    let part: Rc<dyn Part> = Rc::new(Shown { shows, draw });
    html! { <Kept key={key} {part} /> }
}

/// What a part shows, whatever that is.
trait Part {
    fn is_same(&self, other: &dyn Part) -> bool;
    fn shows(&self) -> &dyn Any;
    fn draw(&self) -> Html;
}

struct Shown<T> {
    shows: T,
    draw: fn(&T) -> Html,
}

impl<T: PartialEq + 'static> Part for Shown<T> {
    fn is_same(&self, other: &dyn Part) -> bool {
        other.shows().downcast_ref() == Some(&self.shows)
    }

    fn shows(&self) -> &dyn Any {
        &self.shows
    }

    fn draw(&self) -> Html {
        (self.draw)(&self.shows)
    }
}

#[derive(Properties)]
struct KeptProps {
    part: Rc<dyn Part>,
}

impl PartialEq for KeptProps {
    fn eq(&self, other: &Self) -> bool {
        self.part.is_same(&*other.part)
    }
}

struct Kept;

impl Component for Kept {
    type Message = ();
    type Properties = KeptProps;

    fn create(_: &Context<Self>) -> Self {
        Self
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        ctx.props().part.draw()
    }
}
