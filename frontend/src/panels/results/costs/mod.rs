//! What is charged: the sums, the bill line by line, and what it comes to over time.

mod ahead;
mod lines;

use model::plan::Id;
use yew::prelude::*;

use super::super::estimates::estimates;
use super::super::words::{charge_name, in_sentence};
use super::super::{Shown, name_of};
use super::{components, dash, lead, note, text};
use crate::state::{Compared, Message};
use crate::texts::{self, say};
use crate::widgets::format;
use crate::widgets::table::{Column, Row, table};
use ahead::Ahead;
use lines::Lines;

/// The estimates that money rests on.
const ESTIMATES: [&str; 5] = [
    "day_rate",
    "outage_cost_hour",
    "write_off_months",
    "capital_rate",
    "discount_rate",
];

/// Units of the bill that are words, one of them and many.
const MANY: [(&str, &str); 16] = [
    (text!("GB-month"), text!("GB-months")),
    (text!("GiB-second"), text!("GiB-seconds")),
    (text!("IOPS-month"), text!("IOPS-months")),
    (text!("disk-month"), text!("disk-months")),
    (text!("instance-hour"), text!("instance-hours")),
    (text!("instance-month"), text!("instance-months")),
    (text!("line-month"), text!("line-months")),
    (text!("machine-month"), text!("machine-months")),
    (text!("million operations"), text!("million operations")),
    (text!("million reads"), text!("million reads")),
    (text!("million requests"), text!("million requests")),
    (text!("million writes"), text!("million writes")),
    (text!("month"), text!("months")),
    (text!("month of one"), text!("months of one")),
    (text!("unit-hour"), text!("unit-hours")),
    (text!("vCPU-second"), text!("vCPU-seconds")),
];

pub(super) fn costs(
    shown: &Shown,
    compared: Option<&Compared>,
    as_table: bool,
    send: &Callback<Message>,
) -> Html {
    let bill = if as_table {
        bill_table(shown)
    } else {
        html! { <Lines shown={shown.clone()} send={send.clone()} /> }
    };
    html! {
        <>
            { lead(&summary(shown)) }
            { sums(shown) }
            { bill }
            <Ahead shown={shown.clone()} compared={compared.cloned()} {as_table} send={send.clone()} />
            { estimates(shown, send, |one| ESTIMATES.contains(&one.id)) }
            { note(t!("List prices without tax. A month has 730 hours; what is used follows the day of each journey. What has no price is never counted as nothing: every sum that lacks one says so.")) }
        </>
    }
}

fn summary(shown: &Shown) -> String {
    let bill = &shown.evaluation.bill;
    let money = |amount: f64| format::money(amount, shown.currency());
    let largest = bill.groups.iter().max_by(|a, b| a.1.0.total_cmp(&b.1.0));
    let all = bill.paid_month.0 + bill.spread_month.0;
    let mut sentences = vec![if bill.spread_month.0 > 0.0 {
        t!(
            "{sum} a month, {spread} of it what was paid on the first day, spread over its use.",
            sum = money(all),
            spread = money(bill.spread_month.0)
        )
    } else {
        t!("{sum} a month.", sum = money(all))
    }];
    sentences.extend(largest.map(|(group, month)| {
        t!(
            "{share} of that is for {group}.",
            share = format::percent((month.0 / all).min(1.0)),
            group = in_sentence(group.name())
        )
    }));
    if bill.not_priced > 0 {
        sentences.push(tn!(
            bill.not_priced;
            "One charge has no known price and comes on top.",
            "{count} charges have no known price and come on top."
        ));
    }
    sentences.join(" ")
}

/// How many charges a sum lacks; nothing where it lacks none.
fn lacks(shown: &Shown) -> Html {
    let not_priced = shown.evaluation.bill.not_priced;
    html! {
        <span class="slot">
            { for (not_priced > 0).then(|| html! {
                <span class="invoice__lacks">{ t!("+ not priced: {count}", count = not_priced) }</span>
            }) }
        </span>
    }
}

/// The sums of the bill.
fn sums(shown: &Shown) -> Html {
    let bill = &shown.evaluation.bill;
    let assume = |id| shown.plan.assumptions.get(id).base;
    let currency = shown.currency();
    let money = |amount: f64| format::money(amount, currency);
    let sum = |name: &str, amount: String, what: String, lacks: Html| {
        html! {
            <div class="invoice__sum" key={name.to_owned()}>
                <dt>{ name }</dt>
                <dd class="invoice__figure">{ amount }{ lacks }</dd>
                <dd class="invoice__what">{ what }</dd>
            </div>
        }
    };
    let none = || html! { <span class="slot" /> };
    let spread = bill.spread_month.0;
    let first_day = if spread > 0.0 {
        t!("spread over its use: {sum} a month", sum = money(spread))
    } else {
        t!("nothing is bought").to_owned()
    };
    let outages = if bill.outage_hour.0 > 0.0 {
        t!(
            "{hours} a month down at {sum} an hour",
            hours = format::hours(bill.down_hours_month),
            sum = money(bill.outage_hour.0)
        )
    } else {
        t!(
            "{hours} a month down; say below what an hour costs",
            hours = format::hours(bill.down_hours_month)
        )
    };
    let requests = t!(
        "{millions} million requests a month",
        millions = format::short(bill.requests_month / 1e6)
    );
    html! {
        <dl class="invoice__sums">
            { sum(t!("Providers, a month"), money(bill.paid_month.0), t!("what arrives as a bill").to_owned(), lacks(shown)) }
            { sum(t!("On the first day"), money(bill.upfront.0), first_day, none()) }
            { sum(
                t!("Your work, a month"),
                money(bill.work_month.0),
                t!("{days} at {rate} a day", days = format::days(shown.evaluation.totals.work_month.0), rate = money(assume("day_rate"))),
                none(),
            ) }
            { sum(t!("Outages, a month"), money(bill.outage_month.0), outages, none()) }
            { sum(t!("All together, a month"), money(bill.loaded_month().0), t!("providers, spread, work, outages").to_owned(), lacks(shown)) }
            { sum(
                t!("A million requests"),
                bill.per_million_requests.map_or_else(|| "–".to_owned(), |cost| format::price(cost.0, currency)),
                requests,
                if bill.per_million_requests.is_some() { lacks(shown) } else { none() },
            ) }
        </dl>
    }
}

/// A component, and over which connection if it is its traffic.
fn subject(shown: &Shown, name: &str, connection: Option<&Id>) -> String {
    match connection {
        Some(id) => t!(
            "{name}, over {connection}",
            name,
            connection = shown.part_name(id)
        ),
        None => name.to_owned(),
    }
}

/// Every line of the bill as a table.
fn bill_table(shown: &Shown) -> Html {
    let currency = shown.currency();
    let mut rows = Vec::new();
    for (component, evaluation) in components(shown) {
        let name = name_of(component);
        for (index, line) in evaluation.line_items.iter().enumerate() {
            rows.push(Row {
                key: format!("{} {index}", component.id),
                cells: vec![
                    text(subject(shown, &name, line.connection.as_ref())),
                    text(charge_name(line)),
                    text(quantity(line.pricing_quantity, line.pricing_unit)),
                    text(format::unit_price(line.list_unit_price.0, currency)),
                    text(format::price(line.month.0, currency)),
                    text(texts::words(&line.price.words())),
                ],
            });
        }
        for (index, missing) in evaluation.missing_prices.iter().enumerate() {
            let amount = missing.pricing_quantity;
            rows.push(Row {
                key: format!("{} unknown {index}", component.id),
                cells: vec![
                    text(subject(shown, &name, missing.connection.as_ref())),
                    text(say(missing.charge.name())),
                    amount.map_or_else(dash, |amount| text(quantity(amount, missing.pricing_unit))),
                    dash(),
                    text(t!("not priced")),
                    text(texts::words(&missing.why)),
                ],
            });
        }
    }
    let lacks = match shown.evaluation.bill.not_priced {
        0 => String::new(),
        count => t!("not priced: {count}", count),
    };
    let foot = vec![
        text(t!("All")),
        text(lacks),
        text(""),
        text(""),
        text(format::price(
            shown.evaluation.totals.cost_month.0,
            currency,
        )),
        text(""),
    ];
    table(
        t!("Charges of a month"),
        &[
            Column::text(t!("Component")),
            Column::text(t!("Charge")),
            Column::number(t!("Quantity")),
            Column::number(t!("Price of one")),
            Column::number(t!("A month")),
            Column::text(t!("Source of the price")),
        ],
        &rows,
        Some(&foot),
    )
}

/// `1,460 instance-hours`, `2 GB-months`.
fn quantity(amount: f64, unit: &'static str) -> String {
    let is_one = (amount - 1.0).abs() <= 1e-9;
    let many = MANY.iter().find(|(one, _)| *one == unit);
    let unit = match many {
        Some((_, many)) if !is_one => say(many),
        _ => say(unit),
    };
    format!("{} {unit}", format::short(amount))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_that_are_counted_stand_in_the_plural() {
        for (amount, unit, words) in [
            (1.0, "instance-month", "1 instance-month"),
            (1460.0, "instance-hour", "1,460 instance-hours"),
            (6395.0, "GB", "6,395 GB"),
            (2.0, "million reads", "2 million reads"),
        ] {
            assert_eq!(quantity(amount, unit), words);
        }
    }
}
