//! Mounts the page.

mod panels;
mod state;
mod tools;
mod widgets;

use yew::prelude::*;

#[component]
fn App() -> Html {
    html! { <main>{ "Hosting Planner" }</main> }
}

fn main() {
    yew::Renderer::<App>::new().render();
}
