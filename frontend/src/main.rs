//! Mounts the page.

mod actions;
mod app;
mod browser;
mod canvas;
mod panels;
mod state;
mod tools;
mod widgets;

fn main() {
    browser::last_resort::install();
    yew::Renderer::<app::App>::new().render();
}
