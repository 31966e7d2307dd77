//! The bill line by line: grouped by who causes it, who is paid or what it is for, each line with its why.

use std::collections::BTreeMap;

use model::evaluate::{ChargeGroup, LineItem, Missing};
use model::order::Order as _;
use yew::prelude::*;

use super::super::super::words::{charge_name, confidence_words};
use super::super::super::{Shown, name_of};
use super::super::components;
use super::{quantity, subject};
use crate::state::Message;
use crate::texts::{self, say};
use crate::widgets::button::Button;
use crate::widgets::format;
use crate::widgets::segmented::{Segment, Segmented};

/// Groups that are drawn; the table and the file have them all.
const MOST_GROUPS: usize = 24;
/// Lines of a group that are drawn.
const MOST_LINES: usize = 24;

/// What lines stand together by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Grouping {
    Component,
    Provider,
    Kind,
}

impl Grouping {
    const ALL: [(Self, &'static str, &'static str); 3] = [
        (Self::Component, "component", text!("Component")),
        (Self::Provider, "provider", text!("Provider")),
        (Self::Kind, "kind", text!("Kind of charge")),
    ];
}

/// The bill.
#[derive(Properties, PartialEq)]
pub(super) struct LinesProps {
    /// What is shown.
    pub shown: Shown,
    /// Where messages go.
    pub send: Callback<Message>,
}

/// Draws the bill.
#[component]
pub(super) fn Lines(props: &LinesProps) -> Html {
    let LinesProps { shown, send } = props;
    let grouping = use_state_eq(|| Grouping::Component);
    let on_choose = {
        let grouping = grouping.clone();
        Callback::from(move |id: AttrValue| {
            let mut all = Grouping::ALL.into_iter();
            if let Some((chosen, _, _)) = all.find(|(_, name, _)| *name == id.as_str()) {
                grouping.set(chosen);
            }
        })
    };
    let segments: Vec<Segment> = Grouping::ALL
        .into_iter()
        .map(|(_, id, name)| Segment {
            value: id.into(),
            label: say(name).into(),
            swatch: None,
        })
        .collect();
    let mut chosen = Grouping::ALL.into_iter();
    let chosen = chosen.find(|(one, _, _)| one == &*grouping);
    let groups = groups(shown, *grouping);
    let whole = shown.evaluation.totals.cost_month.0;
    let currency = shown.currency();
    let beyond = groups.len().saturating_sub(MOST_GROUPS);
    let export = Button {
        label: t!("Save as CSV").into(),
        icon: Some("download".into()),
        small: true,
        on_click: send.reform(|()| Message::Export("bill")),
        ..Button::default()
    };
    html! {
        <section class="invoice" aria-label={t!("The bill of a month")}>
            <div class="invoice__head">
                <h3 class="chart__title">{ t!("The bill of a month") }</h3>
                <Segmented
                    label={t!("Group the bill by")}
                    {segments}
                    chosen={chosen.map(|(_, id, _)| AttrValue::from(id))}
                    {on_choose}
                />
                { export.draw() }
            </div>
            <div class="invoice__groups">
                { for groups.iter().take(MOST_GROUPS).map(|group| draw_group(group, whole, currency)) }
            </div>
            <div class="slot">
                { for (beyond > 0).then(|| html! {
                    <p class="results__note">{ tn!(beyond; "{count} more stands in the table and in the file.", "{count} more stand in the table and in the file.") }</p>
                }) }
            </div>
            <p class="invoice__total">
                <span>{ t!("All of a month") }</span>
                { super::lacks(shown) }
                <strong>{ format::price(whole, currency) }</strong>
            </p>
        </section>
    }
}

/// Lines that stand together.
#[derive(Default)]
struct Group {
    key: String,
    name: String,
    month: f64,
    lines: Vec<Line>,
}

/// One line, or one that has no price.
struct Line {
    key: String,
    name: String,
    what: String,
    month: Option<f64>,
    why: Vec<(&'static str, String)>,
}

fn groups(shown: &Shown, grouping: Grouping) -> Vec<Group> {
    let mut groups: BTreeMap<String, Group> = BTreeMap::new();
    let mut add = |(key, name): (String, String), line: Line| {
        let group = groups.entry(key.clone()).or_insert_with(|| Group {
            key,
            name,
            ..Group::default()
        });
        group.month += line.month.unwrap_or(0.0);
        group.lines.push(line);
    };
    for (component, evaluation) in components(shown) {
        let name = name_of(component);
        let own = |charge: &str, connection: Option<&_>| match grouping {
            Grouping::Component => match connection {
                Some(id) => format!("{charge}, {}", shown.part_name(id)),
                None => charge.to_owned(),
            },
            Grouping::Provider | Grouping::Kind => {
                format!("{}: {charge}", subject(shown, &name, connection))
            }
        };
        // Two components may have one name, but not one id.
        let heading = |provider: &str, group: ChargeGroup| match grouping {
            Grouping::Component => (component.id.to_string(), name.clone()),
            Grouping::Provider if provider.is_empty() => {
                (String::new(), t!("Nobody in the catalogue").to_owned())
            }
            Grouping::Provider => (provider.to_owned(), provider.to_owned()),
            Grouping::Kind => (group.name().to_owned(), say(group.name()).to_owned()),
        };
        for (index, line) in evaluation.line_items.iter().enumerate() {
            add(
                heading(&line.price.provider, line.charge.group()),
                Line {
                    key: format!("{} {index}", component.id),
                    name: own(&charge_name(line), line.connection.as_ref()),
                    what: format!(
                        "{} × {}",
                        quantity(line.pricing_quantity, line.pricing_unit),
                        format::unit_price(line.list_unit_price.0, shown.currency())
                    ),
                    month: Some(line.month.0),
                    why: why(shown, line),
                },
            );
        }
        for (index, missing) in evaluation.missing_prices.iter().enumerate() {
            let provider = evaluation.provider.as_deref().unwrap_or_default();
            add(
                heading(provider, missing.charge.group()),
                Line {
                    key: format!("{} unknown {index}", component.id),
                    name: own(say(missing.charge.name()), missing.connection.as_ref()),
                    what: missing
                        .pricing_quantity
                        .map_or_else(String::new, |amount| quantity(amount, missing.pricing_unit)),
                    month: None,
                    why: why_not(missing),
                },
            );
        }
    }
    let mut groups: Vec<Group> = groups.into_values().collect();
    groups.order_by(|a, b| b.month.total_cmp(&a.month));
    for group in &mut groups {
        let size = |line: &Line| line.month.unwrap_or(-1.0);
        group.lines.order_by(|a, b| size(b).total_cmp(&size(a)));
    }
    groups
}

/// How a line came about, and where its price is from.
fn why(shown: &Shown, line: &LineItem) -> Vec<(&'static str, String)> {
    let price = &line.price;
    let mut why = vec![(t!("Quantity"), texts::words(&line.formula))];
    let mut add = |name, words: &str| {
        if !words.is_empty() {
            why.push((name, words.to_owned()));
        }
    };
    let offer = match (price.offer_name.as_str(), price.region.as_str()) {
        (offer, "") => offer.to_owned(),
        (offer, region) => format!("{offer}, {region}"),
    };
    add(t!("Offer"), &offer);
    add(t!("Provider"), &price.provider);
    add(t!("Price from"), &texts::words(&price.source));
    add(t!("Found at"), &price.location);
    let date = price.date.map(|date| format::date(&date.to_string()));
    add(t!("Published"), &date.unwrap_or_default());
    let confidence = price.confidence.map_or("", confidence_words);
    add(t!("Trust"), confidence);
    if line.upfront.0 > 0.0 {
        let upfront = format::price(line.upfront.0, shown.currency());
        add(t!("On the first day"), &upfront);
    }
    why
}

fn why_not(missing: &Missing) -> Vec<(&'static str, String)> {
    let sentence = t!(
        "It is not counted as nothing: all sums lack it. State the cost of the component under its facts, or choose another offer."
    );
    vec![
        (t!("Why"), texts::words(&missing.why)),
        (t!("What to do"), sentence.to_owned()),
    ]
}

fn draw_group(group: &Group, whole: f64, currency: &str) -> Html {
    let beyond = group.lines.len().saturating_sub(MOST_LINES);
    let unknown = group.lines.iter().filter(|line| line.month.is_none());
    let unknown = unknown.count();
    let is_unknown = unknown == group.lines.len();
    html! {
        <section class="invoice__group" key={group.key.clone()} aria-label={group.name.clone()}>
            <h4 class="invoice__heading">
                <span class="invoice__name">{ &group.name }</span>
                { bar(group.month, whole) }
                <span class="invoice__lacks">
                    { for (unknown > 0 && !is_unknown).then(|| t!("+ not priced: {count}", count = unknown)) }
                </span>
                <span class="invoice__amount">
                    { if is_unknown { t!("not priced").to_owned() } else { format::price(group.month, currency) } }
                </span>
            </h4>
            <ul class="invoice__lines">
                { for group.lines.iter().take(MOST_LINES).map(|line| draw_line(line, whole, currency)) }
            </ul>
            <div class="slot">
                { for (beyond > 0).then(|| html! {
                    <p class="results__note">{ tn!(beyond; "{count} more line stands in the table.", "{count} more lines stand in the table.") }</p>
                }) }
            </div>
        </section>
    }
}

fn draw_line(line: &Line, whole: f64, currency: &str) -> Html {
    let unpriced = line.month.is_none().then_some("is-unpriced");
    let amount = line.month.map_or_else(
        || t!("not priced").to_owned(),
        |month| format::price(month, currency),
    );
    html! {
        <li key={line.key.clone()}>
            <details class={classes!("invoice__line", unpriced)}>
                <summary class="invoice__row">
                    <span class="invoice__charge">
                        { &line.name }
                        <span class="invoice__quantity">{ &line.what }</span>
                    </span>
                    { bar(line.month.unwrap_or(0.0), whole) }
                    <span class="invoice__amount">{ amount }</span>
                </summary>
                <dl class="invoice__why">
                    { for line.why.iter().map(|(name, words)| html! {
                        <div key={*name}><dt>{ *name }</dt><dd>{ words }</dd></div>
                    }) }
                </dl>
            </details>
        </li>
    }
}

/// A part of the whole bill as a bar.
fn bar(part: f64, whole: f64) -> Html {
    let share = if whole > 0.0 {
        (part / whole).clamp(0.0, 1.0)
    } else {
        0.0
    };
    html! {
        <svg class="invoice__bar" aria-hidden="true">
            <rect class="invoice__track" width="100%" height="100%" />
            <rect class="invoice__part" width={format!("{share:.2}%", share = share * 100.0)} height="100%" />
        </svg>
    }
}
