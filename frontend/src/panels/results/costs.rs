//! What is charged, line by line.

use yew::prelude::*;

use super::super::{Shown, name_of};
use super::{components, dash, note, text};
use crate::widgets::format;
use crate::widgets::table::{Column, Row, table};

pub(super) fn costs(shown: &Shown) -> Html {
    let currency = shown.currency();
    let totals = &shown.evaluation.totals;
    let mut rows = Vec::new();
    for (component, evaluation) in components(shown) {
        for (index, item) in evaluation.line_items.iter().enumerate() {
            rows.push(Row {
                key: format!("{} {index}", component.id),
                cells: vec![
                    text(name_of(component)),
                    text(item.charge.name()),
                    text(format!(
                        "{} {} × {}",
                        format::short(item.pricing_quantity),
                        item.pricing_unit,
                        format::price(item.list_unit_price.0, currency)
                    )),
                    text(format::price(item.month.0, currency)),
                    text(item.price.words()),
                ],
            });
        }
        let is_hosted = evaluation.hosting.is_some();
        if is_hosted && evaluation.cost_month.is_none() {
            rows.push(Row {
                key: format!("{} unknown", component.id),
                cells: vec![
                    text(name_of(component)),
                    text("Its price is not known"),
                    dash(),
                    text("not priced"),
                    dash(),
                ],
            });
        }
    }
    let foot = vec![
        text("All"),
        text(""),
        text(""),
        text(format::price(totals.cost_month.0, currency)),
        text(""),
    ];
    let with_work = format!(
        "With your work at the day rate it is {} a month, and {} on the first day. A month has 730 hours.",
        format::money(totals.cost_loaded_month.0, currency),
        format::money(totals.cost_upfront.0, currency)
    );
    html! {
        <>
            { table("Charges of a month", &[
                    Column::text("Component"), Column::text("Charge"), Column::number("Quantity × price"),
                    Column::number("A month"), Column::text("Source of the price"),
                ], &rows, Some(&foot)) }
            { note(&with_work) }
        </>
    }
}
