//! The estimates that everything else rests on, and one's own in their place.

use model::plan::{ASSUMPTIONS, Subject};
use yew::prelude::*;

use super::super::Shown;
use super::super::estimates::estimate;
use crate::state::Message;
use crate::widgets::disclosure::disclosure;

/// The estimates.
#[derive(Properties, PartialEq)]
pub(super) struct AssumptionsProps {
    /// What is shown.
    pub shown: Shown,
    /// Where messages go.
    pub send: Callback<Message>,
}

/// Draws the estimates.
#[component]
pub(super) fn Assumptions(props: &AssumptionsProps) -> Html {
    let explained = use_state_eq(|| false);
    let on_explain = {
        let explained = explained.clone();
        move |_: MouseEvent| explained.set(!*explained)
    };
    let fields = |subject: Subject| {
        let about = ASSUMPTIONS.iter().filter(move |one| one.subject == subject);
        html! {
            <div class="inspector__fields">
                { for about.map(|assumption| estimate(&props.shown, &props.send, assumption, "plan", *explained)) }
            </div>
        }
    };
    disclosure(
        t!("Assumptions"),
        &assumptions_aside(&props.shown),
        false,
        html! {
            <>
            <p class="inspector__text">{ t!("Estimates that nobody can look up. Put in your own.") }</p>
            { fields(Subject::Plan) }
            <p class="inspector__text">{ t!("Disks and processors, where neither the plan nor the offer says more:") }</p>
            { fields(Subject::Machine) }
            <p class="inspector__text">{ t!("How long it takes to get back what was lost:") }</p>
            { fields(Subject::Recovery) }
            <p class="inspector__text">{ t!("The work of every month:") }</p>
            { fields(Subject::Work) }
            <p class="inspector__text">{ t!("What leaving takes:") }</p>
            { fields(Subject::Exit) }
            <button
                type="button"
                class="button button--quiet button--small"
                aria-pressed={explained.to_string()}
                onclick={on_explain}
            >
                { t!("Explain the assumptions") }
            </button>
        </>
        },
    )
}

fn assumptions_aside(shown: &Shown) -> String {
    let own = ASSUMPTIONS
        .iter()
        .filter(|assumption| shown.plan.assumptions.stated(assumption.id).is_some())
        .count();
    if own == 0 {
        t!("all defaults").to_owned()
    } else {
        tn!(own; "{count} your own", "{count} your own")
    }
}
