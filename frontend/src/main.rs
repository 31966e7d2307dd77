//! Mounts the page.

mod state;

use yew::prelude::*;

#[component]
fn App() -> Html {
    html! { <main>{ "Hosting Planner" }</main> }
}

fn main() {
    yew::Renderer::<App>::new().render();
}
