//! Mounts the page.

#[macro_use]
mod texts;

mod actions;
mod app;
mod browser;
mod canvas;
mod late;
mod panels;
mod state;
mod tools;
mod widgets;

use widgets::locale::{Examples, Locale, speak};

fn main() {
    browser::last_resort::install();
    speak(locale());
    yew::Renderer::<app::App>::new().render();
}

/// How the visitor's language writes numbers; dates in English are those of the page's own words.
fn locale() -> Locale {
    use browser::locale as shown;

    let is_english = shown::language().starts_with("en");
    Locale::of(&Examples {
        thousand: shown::number(1_234.0),
        million: shown::number(12_345_678.5),
        money: shown::money(1.0),
        days: if is_english {
            Vec::new()
        } else {
            shown::days()
        },
    })
}
