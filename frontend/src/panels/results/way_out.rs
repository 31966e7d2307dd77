//! What it takes to run everything elsewhere, facet by facet, and what one gets for staying.

use model::evaluate::{Charge, ComponentEvaluation, Exit, Facet, Hold};
use model::plan::{Component, Subject};
use yew::prelude::*;

use super::super::estimates::estimates;
use super::super::exit_drill::open_drill;
use super::super::words::{day_range, interface_words};
use super::super::{Shown, name_of};
use super::{components, dash, lead, note, optional, text};
use crate::state::Message;
use crate::texts::{self, say};
use crate::widgets::format;
use crate::widgets::table::{Column, Row, table};

pub(super) fn way_out(shown: &Shown, send: &Callback<Message>) -> Html {
    html! {
        <>
            { lead(&summary(shown)) }
            <div class="drill__open">{ open_drill(send) }<p class="results__note">{ t!("A provider ends: what moves, where to, and is there time?") }</p></div>
            { profile(shown) }
            { facets(shown) }
            { charges(shown) }
            { holds(shown) }
            { note(t!("In the European Union a switch may be charged at cost until 11 January 2027, and costs nothing from 12 January 2027, egress included (Regulation (EU) 2023/2854). The amounts here are those of the price lists.")) }
            { estimates(shown, send, |one| {
                one.subject == Subject::Exit || matches!(one.id, "day_rate" | "outage_cost_hour")
            }) }
        </>
    }
}

fn summary(shown: &Shown) -> String {
    let totals = &shown.evaluation.totals;
    let currency = shown.currency();
    let likelihood = shown.plan.assumptions.get("exit_likelihood").base;
    t!(
        "About {days} ({range}) and {cost} to run everything elsewhere. At a likelihood of {likelihood} within 36 months, expect {expected}.",
        days = format::days(totals.exit_days.base),
        range = day_range(totals.exit_days),
        cost = format::money(totals.exit_cost.0, currency),
        likelihood = format::percent(likelihood),
        expected = format::money(totals.exit_expected_cost.0, currency)
    )
}

/// Components that have a way out, with it.
fn exits(shown: &Shown) -> impl Iterator<Item = (&Component, &ComponentEvaluation, &Exit)> {
    components(shown).filter_map(|(component, evaluation)| {
        Some((component, evaluation, evaluation.exit.as_ref()?))
    })
}

fn profile(shown: &Shown) -> Html {
    let currency = shown.currency();
    let rows: Vec<Row> = exits(shown)
        .map(|(component, evaluation, exit)| Row {
            key: component.id.to_string(),
            cells: vec![
                text(name_of(component)),
                text(interface_words(exit.interface)),
                text(t!("about {days}", days = format::days(exit.days.base))),
                text(day_range(exit.days)),
                if exit.data.0 > 0.0 {
                    text(format!(
                        "{} GB, {}",
                        format::short(exit.data.0),
                        format::duration(exit.transfer.base)
                    ))
                } else {
                    dash()
                },
                text(format::money(exit.cost.0, currency)),
                optional(evaluation.exit_months_of_bill, format::months_of_bill),
            ],
        })
        .collect();
    let totals = &shown.evaluation.totals;
    let foot = vec![
        text(t!("All")),
        text(""),
        text(t!(
            "about {days}",
            days = format::days(totals.exit_days.base)
        )),
        text(day_range(totals.exit_days)),
        text(""),
        text(format::money(totals.exit_cost.0, currency)),
        text(""),
    ];
    table(
        t!("What it takes to leave"),
        &[
            Column::text(t!("Component")),
            Column::text(t!("Interface")),
            Column::number(t!("Days of work")),
            Column::number(t!("If things go well, and badly")),
            Column::number(t!("Data, under way")),
            Column::number(t!("Costs")),
            Column::number(t!("Of its bill")),
        ],
        &rows,
        Some(&foot),
    )
}

fn facets(shown: &Shown) -> Html {
    let is_used = |facet: &Facet| exits(shown).any(|(_, _, exit)| days_of(exit, *facet) > 0.0);
    let used: Vec<Facet> = Facet::ALL.into_iter().filter(is_used).collect();
    let cell = |days: f64| {
        if days > 0.0 {
            text(format::days(days).to_string())
        } else {
            dash()
        }
    };
    let rows: Vec<Row> = exits(shown)
        .map(|(component, _, exit)| {
            let mut cells = vec![text(name_of(component))];
            if exit.facets.is_empty() {
                cells.extend(used.iter().map(|_| dash()));
            } else {
                cells.extend(used.iter().map(|facet| cell(days_of(exit, *facet))));
            }
            Row {
                key: component.id.to_string(),
                cells,
            }
        })
        .collect();
    let mut foot = vec![text(t!("All"))];
    foot.extend(
        used.iter()
            .map(|facet| cell(exits(shown).map(|(_, _, exit)| days_of(exit, *facet)).sum())),
    );
    let mut columns = vec![Column::text(t!("Component"))];
    columns.extend(used.iter().map(|facet| Column::number(say(facet.name()))));
    table(t!("What the days go to"), &columns, &rows, Some(&foot))
}

fn days_of(exit: &Exit, facet: Facet) -> f64 {
    let mut facets = exit.facets.iter();
    let found = facets.find(|(kind, _)| *kind == facet);
    found.map_or(0.0, |(_, days)| days.base)
}

fn charges(shown: &Shown) -> Html {
    let currency = shown.currency();
    let is_used = |charge: &Charge| exits(shown).any(|(_, _, exit)| exit.charge(*charge).0 > 0.0);
    let used: Vec<Charge> = Charge::ALL.into_iter().filter(is_used).collect();
    let cell = |amount: f64| {
        if amount > 0.0 {
            text(format::money(amount, currency))
        } else {
            dash()
        }
    };
    let rows: Vec<Row> = exits(shown)
        .map(|(component, _, exit)| {
            let mut cells = vec![text(name_of(component))];
            cells.extend(used.iter().map(|charge| cell(exit.charge(*charge).0)));
            cells.push(cell(exit.expected_cost.0));
            Row {
                key: component.id.to_string(),
                cells,
            }
        })
        .collect();
    let mut foot = vec![text(t!("All"))];
    foot.extend(used.iter().map(|charge| {
        cell(
            exits(shown)
                .map(|(_, _, exit)| exit.charge(*charge).0)
                .sum(),
        )
    }));
    foot.push(cell(shown.evaluation.totals.exit_expected_cost.0));
    let mut columns = vec![Column::text(t!("Component"))];
    columns.extend(used.iter().map(|charge| Column::number(say(charge.name()))));
    columns.push(Column::number(t!("× likelihood")));
    table(t!("What the money goes to"), &columns, &rows, Some(&foot))
}

/// What holds, beside what one gets for it.
fn holds(shown: &Shown) -> Html {
    let row = |key: String, name: String, hold: &Hold| Row {
        key,
        cells: vec![
            text(name),
            text(say(hold.kind.name())),
            text(texts::words(&hold.what)),
            text(say(hold.benefit)),
        ],
    };
    let of_components = exits(shown).flat_map(|(component, _, exit)| {
        exit.holds.iter().enumerate().map(move |(index, hold)| {
            row(
                format!("{} {index}", component.id),
                name_of(component),
                hold,
            )
        })
    });
    let of_plan = shown.evaluation.totals.holds.iter();
    let of_plan = of_plan.map(|hold| row(hold.what.to_string(), t!("The plan").to_owned(), hold));
    let rows: Vec<Row> = of_components.chain(of_plan).collect();
    if rows.is_empty() {
        return note(t!(
            "Nothing holds it: every component stands on an open interface that several offer."
        ));
    }
    table(
        t!("What holds it, and what you get for that"),
        &[
            Column::text(t!("Component")),
            Column::text(t!("Lock-in")),
            Column::text(t!("What holds")),
            Column::text(t!("What you get for it")),
        ],
        &rows,
        None,
    )
}
