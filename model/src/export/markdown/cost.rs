//! The whole plan in money and days.

use super::super::figures;
use super::page::{NOTHING, Page, days, spread};
use crate::units::Money;

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
    let bill = &page.evaluation.bill;
    let money = |amount| format!("{}{priced}", figures::money(amount, currency));
    let over_time = |amount: Money| {
        if bill.months.outgrown.is_some() {
            format!("{}, though the plan is outgrown before", money(amount))
        } else {
            money(amount)
        }
    };
    let rows = [
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
            "Cost of a million requests",
            bill.per_million_requests
                .map_or_else(|| NOTHING.to_owned(), money),
        ),
        (
            "Outages per month, expected",
            format!(
                "{} at {} an hour",
                figures::money(bill.outage_month, currency),
                figures::money(bill.outage_hour, currency)
            ),
        ),
        (
            "Paid to providers in 36 months",
            over_time(bill.months.total_cash()),
        ),
        (
            "Total cost of ownership in 36 months",
            over_time(bill.months.total_loaded()),
        ),
        (
            "The same, worth today",
            over_time(bill.months.present_value()),
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
