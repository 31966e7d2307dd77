//! The whole plan in money and days.

use super::super::figures;
use super::page::{Page, days, spread};

pub(super) fn write(page: &mut Page) {
    let totals = &page.evaluation.totals;
    let currency = page.currency();
    let priced = match totals.not_priced {
        0 => String::new(),
        1 => ", without one component that has no known price".to_owned(),
        count => format!(", without {count} components that have no known price"),
    };
    let yours: Vec<String> = totals
        .yours
        .iter()
        .map(|layer| layer.name().to_lowercase())
        .collect();
    let rows: [(&str, String); 6] = [
        (
            "Cost per month",
            format!("{}{priced}", figures::money(totals.cost_month, currency)),
        ),
        (
            "Cost on the first day",
            figures::money(totals.cost_upfront, currency),
        ),
        ("Work per month", days(totals.work_month.0)),
        (
            "Cost per month with the work",
            format!(
                "{}{priced}",
                figures::money(totals.cost_loaded_month, currency)
            ),
        ),
        (
            "Layers that are yours",
            if yours.is_empty() {
                "none".to_owned()
            } else {
                yours.join(", ")
            },
        ),
        (
            "Moving everything elsewhere",
            format!(
                "{}, {}",
                spread(totals.exit_days),
                figures::money(totals.exit_cost, currency)
            ),
        ),
    ];
    page.table_section(
        "Cost and work",
        ["Figure", "Value"],
        rows.map(|(name, value)| [name.to_owned(), value]),
    );
}
