//! The bill of the plan, component by component.

use model::order::Order as _;
use model::plan::Component;
use yew::prelude::*;

use super::super::{Shown, distinct, name_of};
use super::section;
use crate::widgets::format;

/// Components in the bill by name; what is beyond is one row.
const BILLED: usize = 12;

/// Draws the bill.
pub(super) fn bill(shown: &Shown) -> Html {
    let currency = shown.currency();
    let mut billed: Vec<(&Component, Option<f64>)> =
        distinct(&shown.plan.components, |component| &component.id)
            .filter_map(|component| {
                let evaluation = shown.evaluation.components.get(&component.id)?;
                evaluation.hosting?;
                Some((&**component, evaluation.cost_month.map(|month| month.0)))
            })
            .collect();
    if billed.len() > BILLED {
        billed.order_by(|a, b| b.1.unwrap_or(0.0).total_cmp(&a.1.unwrap_or(0.0)));
    }
    let rest = billed.split_off(billed.len().min(BILLED));
    let rest_cost: f64 = rest.iter().filter_map(|(_, cost)| *cost).sum();
    let row = |key: &str, name: String, price: String| {
        html! {
            <tr key={key}>
                <th scope="row">{ name }</th>
                <td class="table__number">{ price }</td>
            </tr>
        }
    };
    section(
        "bill",
        "The bill",
        Some("a month, 730 hours".to_owned()),
        html! {
            <table class="table">
                <thead class="visually-hidden">
                    <tr><th scope="col">{ "Component" }</th><th scope="col">{ "A month" }</th></tr>
                </thead>
                <tbody>
                    { for billed.iter().map(|(component, cost)| {
                        let price = cost.map_or_else(
                            || "not priced".to_owned(),
                            |cost| format::price(cost, currency),
                        );
                        row(&component.id, name_of(component), price)
                    }) }
                    { for (!rest.is_empty()).then(|| {
                        row("…", format!("{} more", rest.len()), format::price(rest_cost, currency))
                    }) }
                </tbody>
                <tfoot>
                    { row("all", "All".to_owned(), format::price(shown.evaluation.totals.cost_month.0, currency)) }
                </tfoot>
            </table>
        },
    )
}
