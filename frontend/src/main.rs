//! Mounts the page.

#[macro_use]
mod texts;

mod actions;
mod app;
mod browser;
mod canvas;
mod errands;
mod late;
mod panels;
mod state;
mod tools;
mod widgets;

fn main() {
    browser::last_resort::install();
    texts::learn(browser::language::read());
    yew::Renderer::<app::App>::new().render();
}
