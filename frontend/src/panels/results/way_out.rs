//! What it takes to run everything elsewhere.

use yew::prelude::*;

use super::super::words::{day_range, interface_words};
use super::super::{Shown, name_of};
use super::{components, note, optional, text};
use crate::widgets::format;
use crate::widgets::table::{Column, Row, table};

pub(super) fn way_out(shown: &Shown) -> Html {
    let currency = shown.currency();
    let rows: Vec<Row> = components(shown)
        .filter_map(|(component, evaluation)| {
            let exit = evaluation.exit.as_ref()?;
            Some(Row {
                key: component.id.to_string(),
                cells: vec![
                    text(name_of(component)),
                    text(interface_words(exit.interface)),
                    text(format!("about {}", format::days(exit.days.base))),
                    text(day_range(exit.days)),
                    text(format::money(exit.cost.0, currency)),
                    optional(evaluation.exit_months_of_bill, format::months_of_bill),
                ],
            })
        })
        .collect();
    let totals = &shown.evaluation.totals;
    let foot = vec![
        text("All"),
        text(""),
        text(format!("about {}", format::days(totals.exit_days.base))),
        text(day_range(totals.exit_days)),
        text(format::money(totals.exit_cost.0, currency)),
        text(""),
    ];
    html! {
        <>
            { table("What it takes to leave", &[
                    Column::text("Component"), Column::text("Interface"), Column::number("Days of work"),
                    Column::number("If things go well, and badly"), Column::number("Costs"), Column::number("Of its bill"),
                ], &rows, Some(&foot)) }
            { note("The work follows from whose interface a component has and how much data it keeps; the costs are that work at the day rate what carrying the data out is charged, and half of what is committed to in advance.") }
        </>
    }
}
