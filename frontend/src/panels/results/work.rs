//! What there is to do every month, and whose it is.

use model::components::Layer;
use model::evaluate::{ComponentEvaluation, Task, TaskKind};
use model::plan::{HostingKind, Subject};
use yew::prelude::*;

use super::super::estimates::estimates;
use super::super::words::in_sentence;
use super::super::{Shown, name_of};
use super::{components, dash, lead, note, part, text};
use crate::state::Message;
use crate::texts::say;
use crate::widgets::button::Button;
use crate::widgets::format;
use crate::widgets::table::{Column, Row, table};

pub(super) fn work(shown: &Shown, send: &Callback<Message>) -> Html {
    html! {
        <>
            { lead(&summary(shown)) }
            { tasks(shown) }
            { ledger(shown, send) }
            { estimates(shown, send, |one| one.subject == Subject::Work || one.id == "day_rate") }
            { note(t!("Published figures differ a hundredfold: put in your own, or state the days of one component under its facts.")) }
        </>
    }
}

fn summary(shown: &Shown) -> String {
    let totals = &shown.evaluation.totals;
    let days = totals.work_month.0;
    let rate = shown.plan.assumptions.get("day_rate").base;
    let currency = shown.currency();
    let most = TaskKind::ALL
        .into_iter()
        .map(|kind| (kind, sum(shown, kind, None)))
        .max_by(|a, b| a.1.total_cmp(&b.1))
        .filter(|(_, most)| *most > 0.0 && days > 0.0);
    let all = t!(
        "{days} a month, {cost} at {rate} a day. You look after {yours} of {layers} layers.",
        days = format::days(days),
        cost = format::money(days * rate, currency),
        rate = format::money(rate, currency),
        yours = totals.yours.len(),
        layers = Layer::ALL.len()
    );
    match most {
        Some((kind, most)) => {
            let largest = t!(
                "The largest part, {share}, is {task}.",
                share = format::percent((most / days).min(1.0)),
                task = in_sentence(kind.name())
            );
            format!("{all} {largest}")
        }
        None => all,
    }
}

/// Days of one kind of task on one kind of hosting, or anywhere.
fn sum(shown: &Shown, kind: TaskKind, hosting: Option<HostingKind>) -> f64 {
    let of = |tasks: &[Task]| -> f64 {
        let tasks = tasks.iter().filter(|task| task.kind == kind);
        tasks.map(|task| task.month.0).sum()
    };
    let shared = if hosting.is_none() {
        of(&shown.evaluation.totals.shared_tasks)
    } else {
        0.0
    };
    let evaluations = shown.evaluation.components.values();
    shared
        + evaluations
            .filter(|one| hosting.is_none() || one.hosting == hosting)
            .map(|one| of(&one.tasks))
            .sum::<f64>()
}

/// Tasks down, kinds of hosting across.
fn tasks(shown: &Shown) -> Html {
    let is_used = |kind: &HostingKind| {
        let mut all = shown.evaluation.components.values();
        all.any(|one| one.hosting == Some(*kind) && one.work_month.0 > 0.0)
    };
    let kinds: Vec<HostingKind> = HostingKind::ALL.into_iter().filter(is_used).collect();
    let cell = |days: f64| {
        if days > 0.0 {
            text(format::days(days).to_string())
        } else {
            dash()
        }
    };
    let mut columns = vec![Column::text(t!("Task"))];
    columns.extend(kinds.iter().map(|kind| Column::number(say(kind.name()))));
    columns.push(Column::number(t!("All")));
    let rows: Vec<Row> = TaskKind::ALL
        .into_iter()
        .filter(|task| sum(shown, *task, None) > 0.0)
        .map(|task| {
            let name = html! {
                <span class="ledger__task">
                    { say(task.name()) }
                    <span class="ledger__what">{ say(task.explanation()) }</span>
                </span>
            };
            let mut cells = vec![name];
            cells.extend(kinds.iter().map(|kind| cell(sum(shown, task, Some(*kind)))));
            cells.push(cell(sum(shown, task, None)));
            Row {
                key: task.name().to_owned(),
                cells,
            }
        })
        .collect();
    let mut foot = vec![text(t!("All"))];
    foot.extend(kinds.iter().map(|kind| {
        let all = TaskKind::ALL.into_iter();
        cell(all.map(|task| sum(shown, task, Some(*kind))).sum())
    }));
    foot.push(cell(shown.evaluation.totals.work_month.0));
    table(
        t!("Days a month, by task and kind of hosting"),
        &columns,
        &rows,
        Some(&foot),
    )
}

/// Components down, layers across: yours or theirs.
fn ledger(shown: &Shown, send: &Callback<Message>) -> Html {
    let mut columns = vec![Column::text(t!("Component"))];
    columns.extend(
        Layer::ALL
            .iter()
            .map(|layer| Column::text(say(layer.name()))),
    );
    let rows: Vec<Row> = components(shown)
        .filter(|(_, evaluation)| !evaluation.yours.is_empty() || !evaluation.theirs.is_empty())
        .map(|(component, evaluation)| {
            let mut cells = vec![text(name_of(component))];
            cells.extend(Layer::ALL.iter().map(|layer| whose(evaluation, *layer)));
            Row {
                key: component.id.to_string(),
                cells,
            }
        })
        .collect();
    let export = Button {
        label: t!("Save as CSV").into(),
        icon: Some("download".into()),
        small: true,
        on_click: send.reform(|()| Message::Export("responsibilities")),
        ..Button::default()
    };
    part(
        t!("Whose work each layer is"),
        html! {
            <div class="ledger" key="ledger">
                { table(t!("From the ground up: solid is yours, striped is somebody else's"), &columns, &rows, None) }
                <div class="ledger__actions">{ export.draw() }</div>
            </div>
        },
    )
}

fn whose(evaluation: &ComponentEvaluation, layer: Layer) -> Html {
    if evaluation.yours.contains(&layer) {
        html! { <span class="whose whose--yours">{ t!("Yours") }</span> }
    } else if evaluation.theirs.contains(&layer) {
        let provider = evaluation.provider.clone();
        html! { <span class="whose whose--theirs">{ provider.unwrap_or_else(|| t!("Theirs").to_owned()) }</span> }
    } else {
        html! { <span class="whose whose--absent"><span aria-hidden="true">{ "–" }</span><span class="visually-hidden">{ t!("not in it") }</span></span> }
    }
}
