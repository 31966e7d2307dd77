//! The plan itself: who comes and how often, the bill, the estimates, and what is noted about it.

use model::commands::{Command, SetTitle};
use yew::prelude::*;

use super::super::Shown;
use super::{Frame, assumptions, bill, edits, journeys, prices, section};
use crate::state::Message;
use crate::texts;
use crate::widgets::icon::{Size, icon};
use crate::widgets::text_field::TextField;

/// Draws the plan itself.
pub(super) fn plan(shown: &Shown, send: &Callback<Message>) -> Html {
    let plan = &shown.plan;
    let title = if plan.title.is_empty() {
        t!("Untitled plan")
    } else {
        &plan.title
    };
    let body = html! {
        <>
            <div class="slot">{ for problems(shown) }</div>
            { journeys::journeys(shown, send) }
            { bill::bill(shown) }
            { prices::prices(shown, send) }
            <assumptions::Assumptions shown={shown.clone()} send={send.clone()} />
            { notes(shown, send) }
        </>
    };
    let on_title = edits(send, |title| Command::from(SetTitle { title, notes: None }));
    Frame {
        key: "plan".to_owned(),
        about: t!("plan").to_owned(),
        icon: None,
        titles: html! {
            <>
                <TextField
                    label={t!("Plan title")}
                    class="inspector__name"
                    value={plan.title.clone()}
                    placeholder={title.to_owned()}
                    on_change={on_title}
                />
                <p class="inspector__type">{ extent(shown) }</p>
            </>
        },
        leaves: true,
        body,
        foot: None,
    }
    .draw(send)
}

fn extent(shown: &Shown) -> String {
    let plan = &shown.plan;
    let components = tn!(plan.components.len(); "{count} component", "{count} components");
    let connections = tn!(plan.connections.len(); "{count} connection", "{count} connections");
    format!("{components}, {connections}")
}

/// What is wrong with the plan as drawn; none where nothing is.
fn problems(shown: &Shown) -> Option<Html> {
    const MOST: usize = 20;
    let problems = &shown.evaluation.problems;
    (!problems.is_empty()).then(|| {
        let aside = tn!(problems.len(); "{count} problem", "{count} problems");
        section(
            "problems",
            t!("In the plan"),
            Some(aside),
            html! {
                <ul class="inspector__findings">
                    { for problems.iter().take(MOST).enumerate().map(|(index, problem)| html! {
                        <li class="note severity--error" key={format!("{} {index}", problem.id)}>
                            { icon("error", Size::Normal) }
                            <div class="note__text"><p>{ texts::words(&problem.message) }</p></div>
                        </li>
                    }) }
                </ul>
            },
        )
    })
}

fn notes(shown: &Shown, send: &Callback<Message>) -> Html {
    let title = shown.plan.title.clone();
    let on_change = edits(send, move |notes| {
        Command::from(SetTitle {
            title: title.clone(),
            notes: Some(notes),
        })
    });
    section(
        "plan-notes",
        t!("Notes"),
        None,
        html! {
            <TextField
                area=true
                label={t!("Notes")}
                value={shown.plan.notes.clone()}
                placeholder={t!("Why this plan, and what speaks against it")}
                {on_change}
            />
        },
    )
}
