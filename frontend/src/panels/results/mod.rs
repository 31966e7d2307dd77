//! Where the six numbers come from: charts, tables and sentences in a drawer, one file for each number.

mod carries;
mod costs;
mod data;
mod day;
mod down;
mod failures;
mod fix_first;
mod growth;
mod measures;
mod path;
mod response;
mod simulation;
mod stops;
mod way_out;
mod work;

use model::evaluate::ComponentEvaluation;
use model::plan::Component;
use yew::prelude::*;

use super::{RESULTS_ID, Shown, distinct};
use crate::state::{Compared, Message, Overlay, Quantity};
use crate::texts::say;
use crate::widgets::button::Button;
use crate::widgets::drawer::Drawer;

/// Where one of the six numbers comes from.
#[derive(Properties, PartialEq)]
pub(crate) struct ResultsProps {
    /// What is shown.
    pub shown: Shown,
    /// Which number.
    pub quantity: Quantity,
    /// The plan that is set beside this one.
    pub compared: Option<Compared>,
    /// Whether tables stand in place of the charts.
    pub as_table: bool,
    /// Where messages go.
    pub send: Callback<Message>,
}

/// Draws where a number comes from.
#[component]
pub(crate) fn Results(props: &ResultsProps) -> Html {
    let (shown, quantity, as_table) = (&props.shown, props.quantity, props.as_table);
    let is_empty = shown.plan.components.is_empty();
    let (summary, body) = match quantity {
        _ if is_empty => ("", nothing_yet(quantity, &props.send)),
        Quantity::Carries => (
            t!("How many requests a second fit before something is full"),
            carries::carries(shown, as_table),
        ),
        Quantity::Response => (
            t!("How long a visitor waits at the peak"),
            response::response(shown, as_table, &props.send),
        ),
        Quantity::Down => (
            t!("How often nobody gets an answer, and why"),
            down::down(shown, &props.send),
        ),
        Quantity::Costs => (
            t!("What is charged, line by line"),
            costs::costs(shown, props.compared.as_ref(), as_table, &props.send),
        ),
        Quantity::Work => (
            t!("What there is to do every month, and whose it is"),
            work::work(shown, &props.send),
        ),
        Quantity::WayOut => (
            t!("What it takes to run everything elsewhere"),
            way_out::way_out(shown, &props.send),
        ),
    };
    let has_charts = !is_empty
        && matches!(
            quantity,
            Quantity::Carries | Quantity::Response | Quantity::Costs
        );
    let onclick = props
        .send
        .reform(move |_: MouseEvent| Message::ShowTables(quantity, !as_table));
    let aside = html! {
        <span class="slot">
            { for has_charts.then(|| html! {
                <button
                    type="button"
                    class="button button--small results__table"
                    aria-pressed={as_table.to_string()}
                    {onclick}
                >
                    { t!("Table") }
                </button>
            }) }
        </span>
    };
    html! {
        <Drawer
            id={RESULTS_ID}
            title={say(quantity.name())}
            {summary}
            {aside}
            close_label={t!("Close {name}", name = say(quantity.name()))}
            on_close={props.send.reform(|()| Message::Close)}
        >
            <div class="results scroll" tabindex="0" role="region" aria-label={t!("Derivation")} key={quantity.id()}>
                { body }
            </div>
        </Drawer>
    }
}

/// What a drawer will say once something is drawn.
fn nothing_yet(quantity: Quantity, send: &Callback<Message>) -> Html {
    let promise = match quantity {
        Quantity::Carries => t!(
            "Draw who visits and what answers them. Then you read here how many requests a second fit, what is full first, and how a day goes."
        ),
        Quantity::Response => t!(
            "Draw who visits and what answers them. Then you read here how long a visitor waits, where the time goes, and how sure that is."
        ),
        Quantity::Down => t!(
            "Draw who visits and what answers them. Then you read here how often nobody gets an answer, what stops it, and what to fix first."
        ),
        Quantity::Costs => t!(
            "Draw who visits and what answers them. Then you read here every line of the bill, what comes up front, and three years ahead."
        ),
        Quantity::Work => t!(
            "Draw who visits and what answers them. Then you read here what there is to do every month, and whose work each layer is."
        ),
        Quantity::WayOut => t!(
            "Draw who visits and what answers them. Then you read here how many days and how much money it takes to leave."
        ),
    };
    html! {
        <div class="results__empty">
            <p class="results__lead">{ t!("Nothing drawn yet") }</p>
            <p class="results__note">{ promise }</p>
            { Button {
                label: t!("Choose a starting plan").into(),
                icon: Some("templates".into()),
                small: true,
                on_click: send.reform(|()| Message::Open(Overlay::Gallery)),
                ..Button::default()
            }.draw() }
        </div>
    }
}

fn text(words: impl Into<String>) -> Html {
    let words: String = words.into();
    html! { { words } }
}

fn dash() -> Html {
    text("–")
}

fn optional<T>(value: Option<T>, words: impl Fn(T) -> String) -> Html {
    value.map_or_else(dash, |value| text(words(value)))
}

fn note(words: &str) -> Html {
    html! { <p class="results__note">{ words }</p> }
}

/// The sentence that a whole drawer comes down to.
fn lead(words: &str) -> Html {
    html! { <p class="results__lead">{ words }</p> }
}

/// A chart or a list under a heading.
fn part(heading: &str, body: Html) -> Html {
    html! {
        <section class="results__part" aria-label={heading.to_owned()}>
            <h3 class="chart__title">{ heading }</h3>
            { body }
        </section>
    }
}

/// Components that something can be said about, in the order of the plan.
fn components(shown: &Shown) -> impl Iterator<Item = (&Component, &ComponentEvaluation)> {
    distinct(&shown.plan.components, |component| &component.id).filter_map(|component| {
        let evaluation = shown.evaluation.components.get(&component.id)?;
        Some((&**component, evaluation))
    })
}
