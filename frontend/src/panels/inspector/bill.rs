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
    let mut billed: Vec<(&Component, Amount)> =
        distinct(&shown.plan.components, |component| &component.id)
            .filter_map(|component| {
                let evaluation = shown.evaluation.components.get(&component.id)?;
                evaluation.hosting?;
                let amount = Amount {
                    known: evaluation.cost_known_month.0,
                    not_priced: evaluation.missing_prices.len(),
                };
                Some((&**component, amount))
            })
            .collect();
    if billed.len() > BILLED {
        billed.order_by(|a, b| b.1.known.total_cmp(&a.1.known));
    }
    let rest = billed.split_off(billed.len().min(BILLED));
    let rest_amount = Amount {
        known: rest.iter().map(|(_, amount)| amount.known).sum(),
        not_priced: rest.iter().map(|(_, amount)| amount.not_priced).sum(),
    };
    let all = Amount {
        known: shown.evaluation.totals.cost_month.0,
        not_priced: shown.evaluation.bill.not_priced,
    };
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
        t!("The bill"),
        Some(t!("a month, 730 hours").to_owned()),
        html! {
            <table class="table">
                <thead class="visually-hidden">
                    <tr><th scope="col">{ t!("Component") }</th><th scope="col">{ t!("A month") }</th></tr>
                </thead>
                <tbody>
                    { for billed.iter().map(|(component, amount)| {
                        row(&component.id, name_of(component), amount.words(currency))
                    }) }
                    { for (!rest.is_empty()).then(|| {
                        row("…", tn!(rest.len(); "{count} more", "{count} more"), rest_amount.words(currency))
                    }) }
                </tbody>
                <tfoot>
                    { row("all", t!("All").to_owned(), all.words(currency)) }
                </tfoot>
            </table>
        },
    )
}

/// What is known of a sum, and how many charges it lacks.
struct Amount {
    known: f64,
    not_priced: usize,
}

impl Amount {
    fn words(&self, currency: &str) -> String {
        let known = format::price(self.known, currency);
        match self.not_priced {
            0 => known,
            _ if self.known <= 0.0 => t!("not priced").to_owned(),
            count => t!("{known} + not priced: {count}", known, count),
        }
    }
}
