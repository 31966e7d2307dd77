//! What there is to do every month, and whose it is.

use model::components::Layer;
use yew::prelude::*;

use super::super::{Shown, name_of};
use super::{components, dash, note, text};
use crate::widgets::format;
use crate::widgets::table::{Column, Row, table};

pub(super) fn work(shown: &Shown) -> Html {
    let mut tasks = Vec::new();
    for (component, evaluation) in components(shown) {
        for task in &evaluation.tasks {
            tasks.push(Row {
                key: format!("{} {}", component.id, task.name),
                cells: vec![
                    text(name_of(component)),
                    text(task.name),
                    text(format::days(task.month.0).to_string()),
                ],
            });
        }
    }
    let foot = vec![
        text("All"),
        text(""),
        text(format::days(shown.evaluation.totals.work_month.0).to_string()),
    ];
    let layers: Vec<Row> = Layer::ALL
        .iter()
        .map(|layer| {
            let who = |is_theirs: bool| {
                let names: Vec<String> = components(shown)
                    .filter(|(_, evaluation)| {
                        let layers = if is_theirs {
                            &evaluation.theirs
                        } else {
                            &evaluation.yours
                        };
                        layers.contains(layer)
                    })
                    .map(|(component, _)| name_of(component))
                    .collect();
                if names.is_empty() {
                    dash()
                } else {
                    text(format::few(&names, 8))
                }
            };
            Row {
                key: layer.name().to_owned(),
                cells: vec![text(layer.name()), who(false), who(true)],
            }
        })
        .collect();
    html! {
        <>
            { table("Tasks", &[Column::text("Component"), Column::text("Task"), Column::number("Days a month")], &tasks, Some(&foot)) }
            { table("Whose layer it is", &[Column::text("Layer"), Column::text("Yours"), Column::text("Somebody else's")], &layers, None) }
            { note("The days are estimates; published figures differ a hundredfold. State your own under the facts of a component.") }
        </>
    }
}
