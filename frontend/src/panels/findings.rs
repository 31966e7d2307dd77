//! What is wrong with the plan as drawn, then advice, the most important first.

use model::rules::Finding;
use model::scenarios::{Loss, Scenario};
use model::topology::Problem;
use yew::prelude::*;

use super::Shown;
use super::gains::{Gains, gain_words, key_of, use_gains};
use super::take_away::take_away_button;
use super::words::{counts, weight_of};
use crate::state::{Message, Overlay, Quantity};
use crate::texts::{self, say};
use crate::widgets::button::{Button, Look};
use crate::widgets::drawer::Drawer;
use crate::widgets::format;
use crate::widgets::icon::{Size, icon, icon_of};
use crate::widgets::keys::unique;

/// All findings in a drawer.
#[derive(Properties, PartialEq)]
pub(crate) struct FindingsProps {
    /// What is shown.
    pub shown: Shown,
    /// Where messages go.
    pub send: Callback<Message>,
}

/// Draws all findings.
#[component]
pub(crate) fn Findings(props: &FindingsProps) -> Html {
    let evaluation = &props.shown.evaluation;
    let gains = use_gains(&props.shown);
    let total = evaluation.problems.len() + evaluation.findings.len();
    let title = match total {
        0 => t!("No findings").to_owned(),
        total => tn!(total; "{count} finding", "{count} findings"),
    };
    let summary = counts(evaluation)
        .iter()
        .map(|(_, words)| words.as_str())
        .collect::<Vec<_>>()
        .join(", ");
    html! {
        <Drawer
            id="findings"
            {title}
            {summary}
            close_label={t!("Close the findings")}
            on_close={props.send.reform(|()| Message::Close)}
        >
            <div class="slot">{ if total == 0 { nothing() } else { list(props, &gains) } }</div>
        </Drawer>
    }
}

fn nothing() -> Html {
    html! {
        <p class="findings__none">
            { icon("check", Size::Normal) }
            { t!("Nothing to point out. What is not drawn is not checked.") }
        </p>
    }
}

/// No more of each are drawn; the title says how many there are.
const MOST: usize = 100;

fn list(props: &FindingsProps, gains: &Gains) -> Html {
    let evaluation = &props.shown.evaluation;
    let keys = unique(evaluation.findings.iter().take(MOST).map(key_of));
    html! {
        <ol class="findings__list scroll">
            { for evaluation.problems.iter().enumerate().take(MOST).map(|(index, problem)| problem_item(props, index, problem)) }
            { for evaluation.findings.iter().zip(keys).map(|(finding, key)| finding_item(props, gains, finding, key)) }
        </ol>
    }
}

fn problem_item(props: &FindingsProps, index: usize, problem: &Problem) -> Html {
    // The first sentence names the fault, the rest says what is computed instead and what to do.
    let said = texts::words(&problem.message);
    let (title, rest) = match said.split_once(". ") {
        Some((title, rest)) => (title, rest),
        None => (said.trim_end_matches('.'), ""),
    };
    html! {
        <li class="finding severity--error" key={format!("{} {} {index}", problem.id, problem.field)}>
            { icon_of("error", Size::Normal, "finding__icon") }
            <div class="finding__text">
                <div class="finding__head">
                    <h3 class="finding__title">{ title }</h3>
                    <span class="tag severity--error">{ t!("In the plan") }</span>
                </div>
                <p class="finding__why">{ rest }</p>
            </div>
            <div class="finding__actions">
                { for show_me(props, &problem.subjects) }
            </div>
        </li>
    }
}

fn finding_item(props: &FindingsProps, gains: &Gains, finding: &Finding, key: String) -> Html {
    let weight = weight_of(finding.severity);
    let subjects: Vec<String> = finding
        .subjects
        .iter()
        .map(|id| props.shown.part_name(id))
        .collect();
    html! {
        <li class={classes!("finding", weight.class())} {key}>
            { icon_of(weight.icon(), Size::Normal, "finding__icon") }
            <div class="finding__text">
                <div class="finding__head">
                    <h3 class="finding__title">{ texts::words(&finding.title) }</h3>
                    <span class={classes!("tag", weight.class())}>{ say(weight.word()) }</span>
                    <span class="finding__subjects">{ format::list(&subjects) }</span>
                </div>
                <p class="finding__why">{ texts::words(&finding.why) }</p>
                <p class="finding__advice">{ texts::words(&finding.advice) }</p>
                <div class="slot">{ for gains.of(finding).map(|gain| gain_words(&props.shown, gain)) }</div>
            </div>
            <div class="finding__actions">
                <span class="slot">{ for show_me(props, &finding.subjects) }</span>
                <span class="slot">{ for without(props, finding) }</span>
                <span class="slot">{ for see(props, finding.rule) }</span>
                <span class="slot">
                    { for finding.fix.as_ref().map(|fix| {
                        let command = fix.command.clone();
                        html! {
                            { Button {
                                label: texts::words(&fix.label).into(),
                                look: Look::Accent,
                                small: true,
                                on_click: props.send.reform(move |()| Message::Edit(command.clone())),
                                ..Button::default()
                            }.draw() }
                        }
                    }) }
                </span>
            </div>
        </li>
    }
}

/// A button that shows the drawing without what a finding is about.
fn without(props: &FindingsProps, finding: &Finding) -> Option<Html> {
    let is_about_loss = matches!(
        finding.rule,
        "every-instance-needed"
            | "overload-after-loss"
            | "shared-failure-domain"
            | "single-point-of-failure"
    );
    let plan = &props.shown.plan;
    let mut subjects = finding.subjects.iter();
    let place = subjects.find(|id| plan.component(id).is_none() && plan.connection(id).is_none());
    let loss = match place {
        Some(place) => Loss::Place(place.clone()),
        None => Loss::Instance(finding.subjects.first()?.clone(), 1),
    };
    is_about_loss.then(|| {
        let scenario = Scenario::default().turned(&loss);
        take_away_button(t!("Take it away"), scenario, &props.send)
    })
}

/// A button that leads to the numbers that a finding rests on.
fn see(props: &FindingsProps, rule: &str) -> Option<Html> {
    let quantity = match rule {
        "every-instance-needed"
        | "nothing-splits-traffic"
        | "overload-after-loss"
        | "shared-failure-domain"
        | "single-point-of-failure"
        | "missing-backup"
        | "backup-beside-data"
        | "recovery-target-missed"
        | "slow-restore"
        | "undrawn-causes" => Quantity::Down,
        "does-not-fit"
        | "growing-backlog"
        | "late-jobs"
        | "little-headroom"
        | "outgrown-soon"
        | "saturated-component"
        | "short-burst"
        | "slow-scale-out"
        | "throttled-after-burst"
        | "workers-run-out" => Quantity::Carries,
        "caller-gives-up-first"
        | "chatty-calls"
        | "distance-dominates"
        | "layered-retries"
        | "long-tail"
        | "metastable-retries"
        | "requests-fail"
        | "requests-refused"
        | "target-missed" => Quantity::Response,
        _ => return None,
    };
    let open = Message::Open(Overlay::Result(quantity));
    Some(
        Button {
            label: t!("See {name}", name = say(quantity.name())).into(),
            small: true,
            on_click: props.send.reform(move |()| open.clone()),
            ..Button::default()
        }
        .draw(),
    )
}

/// A button that selects what this is about and brings it into sight.
fn show_me(props: &FindingsProps, subjects: &[model::plan::Id]) -> Option<Html> {
    let plan = &props.shown.plan;
    let can_be_shown = subjects
        .iter()
        .any(|id| plan.component(id).is_some() || plan.connection(id).is_some());
    can_be_shown.then(|| {
        let subjects = subjects.to_vec();
        html! {
            { Button {
                label: t!("Show me").into(),
                icon: Some("target".into()),
                small: true,
                on_click: props.send.reform(move |()| Message::ShowMe(subjects.clone())),
                ..Button::default()
            }.draw() }
        }
    })
}
