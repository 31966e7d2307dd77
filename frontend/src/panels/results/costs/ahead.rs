//! What a plan costs over the next three years, beside another plan if one is set there.

use std::rc::Rc;

use model::analysis::cost::{MONTHS, break_even, cumulative};
use model::evaluate::{Evaluation, evaluate};
use model::export::figures;
use model::templates;
use model::units::Money;
use yew::prelude::*;

use super::super::super::Shown;
use crate::state::{Compare, Compared, Message};
use crate::texts::say;
use crate::widgets::button::Button;
use crate::widgets::chart::{Lines, Look, Measure, Series};
use crate::widgets::format;
use crate::widgets::segmented::{Segment, Segmented};
use crate::widgets::select::Select;

/// What counts as cost.
const SCOPES: [(&str, &str); 2] = [
    ("cash", text!("Providers")),
    ("all", text!("With work and outages")),
];

/// What a plan costs over time.
#[derive(Properties, PartialEq)]
pub(super) struct AheadProps {
    /// What is shown.
    pub shown: Shown,
    /// The plan beside it, if there is one.
    pub compared: Option<Compared>,
    /// Whether tables stand in place of the charts.
    pub as_table: bool,
    /// Where messages go.
    pub send: Callback<Message>,
}

/// Draws what a plan costs over time.
#[component]
pub(super) fn Ahead(props: &AheadProps) -> Html {
    let AheadProps {
        shown,
        compared,
        as_table,
        send,
    } = props;
    let with_work = use_state_eq(|| false);
    let other = use_memo(compared.clone(), |compared| {
        let compared = compared.as_ref()?;
        Some(Rc::new(evaluate(&compared.plan, &shown.catalog, None)))
    });
    let on_choose = {
        let with_work = with_work.clone();
        Callback::from(move |id: AttrValue| with_work.set(id == "all"))
    };
    let segments: Vec<Segment> = SCOPES
        .into_iter()
        .map(|(id, name)| Segment {
            value: id.into(),
            label: say(name).into(),
            swatch: None,
        })
        .collect();
    let both = compared.as_ref().zip((*other).clone());
    let chosen = if *with_work { "all" } else { "cash" };
    html! {
        <section class="invoice invoice--ahead" aria-label={t!("Three years ahead")}>
            <div class="invoice__head">
                <h3 class="chart__title">{ t!("Three years ahead") }</h3>
                <Segmented label={t!("What counts")} {segments} chosen={AttrValue::from(chosen)} {on_choose} />
            </div>
            { chart(shown, both.as_ref().map(|(compared, other)| (*compared, &**other)), *with_work, *as_table) }
            { worth(shown, both.as_ref().map(|(compared, other)| (*compared, &**other))) }
            { chooser(compared.as_ref(), send) }
        </section>
    }
}

/// What is paid until the end of each month.
fn chart(
    shown: &Shown,
    other: Option<(&Compared, &Evaluation)>,
    with_work: bool,
    as_table: bool,
) -> Html {
    let currency = shown.currency();
    if let Some((compared, _)) = other
        && figures::currency(&compared.plan) != currency
    {
        return html! {
            <p class="results__note">
                { t!("{name} counts in {other}, this plan in {currency}: choose one currency for both to compare them.", name = compared.name, other = figures::currency(&compared.plan), currency) }
            </p>
        };
    }
    let flows = |evaluation: &Evaluation| -> Vec<Money> {
        let months = &evaluation.bill.months;
        if with_work {
            months.loaded.clone()
        } else {
            months.cash.clone()
        }
    };
    let sums = |flows: &[Money]| cumulative(flows).into_iter().map(|sum| sum.0).collect();
    let own = flows(&shown.evaluation);
    let mut series = vec![Series {
        name: t!("this plan").into(),
        values: sums(&own),
        look: if other.is_some() {
            Look::Line
        } else {
            Look::Area
        },
    }];
    let mut mark = None;
    let sentence = if let Some((compared, evaluation)) = other {
        let theirs = flows(evaluation);
        series.push(Series {
            name: short_name(&compared.name).into(),
            values: sums(&theirs),
            look: Look::Line,
        });
        mark = break_even(&own, &theirs).map(|found| found.month);
        verdict(&own, &theirs, &compared.name, currency)
    } else {
        alone(shown, &own, currency)
    };
    let points: Vec<AttrValue> = (0..=MONTHS)
        .map(|month| match month {
            0 => t!("first day").into(),
            month => t!("month {month}", month).into(),
        })
        .collect();
    html! {
        <Lines
            title={t!("Paid until the end of each month")}
            {sentence}
            along={t!("Month")}
            {points}
            every=12
            {series}
            measure={Measure::Money(currency.to_owned().into())}
            {mark}
            {as_table}
        />
    }
}

/// A name that fits beside a line.
fn short_name(name: &str) -> String {
    const MOST: usize = 18;
    if name.chars().count() <= MOST {
        return name.to_owned();
    }
    let cut: String = name.chars().take(MOST - 1).collect();
    format!("{}…", cut.trim_end())
}

/// Which of two plans is cheaper, and from when on.
fn verdict(own: &[Money], theirs: &[Money], name: &str, currency: &str) -> String {
    let name = t!("“{name}”", name);
    let total = |flows: &[Money]| flows.iter().map(|flow| flow.0).sum::<f64>();
    let difference = total(own) - total(theirs);
    let apart = format::money(difference.abs(), currency);
    if difference.abs() < 0.005 {
        return t!(
            "Both cost the same: {sum}.",
            sum = format::money(total(own), currency)
        );
    }
    let is_saving = difference < 0.0;
    let first = match break_even(own, theirs) {
        Some(found) if found.first_pays => t!(
            "This plan is dearer at first and breaks even with {name} in month {month}.",
            name,
            month = found.month
        ),
        Some(found) => t!(
            "This plan is cheaper until {name} breaks even with it in month {month}.",
            name,
            month = found.month
        ),
        None if is_saving => t!(
            "This plan is cheaper than {name} from the first month.",
            name
        ),
        None => t!("This plan never breaks even with {name}.", name),
    };
    let end = if is_saving {
        t!(
            "After {months} months it has saved {apart}.",
            months = MONTHS,
            apart
        )
    } else {
        t!(
            "After {months} months it has cost {apart} more.",
            months = MONTHS,
            apart
        )
    };
    format!("{first} {end}")
}

/// What one plan comes to.
fn alone(shown: &Shown, own: &[Money], currency: &str) -> String {
    let money = |amount: Money| format::money(amount.0, currency);
    let total: Money = own.iter().copied().sum();
    let (first, last) = (own.get(1), own.last());
    let sum = match (first, last) {
        (Some(first), Some(last)) if last.0 > first.0 * 1.005 => t!(
            "{sum} in {months} months: {first} in the first month, {last} in the last, as the load grows.",
            sum = money(total),
            months = MONTHS,
            first = money(*first),
            last = money(*last)
        ),
        _ => t!(
            "{sum} in {months} months.",
            sum = money(total),
            months = MONTHS
        ),
    };
    match shown.evaluation.bill.months.outgrown {
        Some(months) if months > 0.0 => {
            let full = t!(
                "The plan is full in {months}: it has to change before.",
                months = format::months(months)
            );
            format!("{sum} {full}")
        }
        Some(_) => {
            let full = t!("The plan is full already: it has to change.");
            format!("{sum} {full}")
        }
        None => sum,
    }
}

/// Total cost of ownership, what it is worth today, and what the comparison lacks.
fn worth(shown: &Shown, other: Option<(&Compared, &Evaluation)>) -> Html {
    let currency = shown.currency();
    let money = |amount: Money| format::money(amount.0, currency);
    let bill = &shown.evaluation.bill;
    let mut sentences = vec![t!(
        "Total cost of ownership with work and outages: {sum}; worth {present_value} today at {rate} a year.",
        sum = money(bill.months.total_loaded()),
        present_value = money(bill.months.present_value()),
        rate = format::percent(bill.months.discount_rate)
    )];
    if bill.not_priced > 0 {
        sentences.push(lacking(t!("This plan"), bill.not_priced));
    }
    if let Some((compared, evaluation)) = other
        && figures::currency(&compared.plan) == currency
    {
        let bill = &evaluation.bill;
        sentences.push(t!(
            "{name}: {sum}; worth {present_value} today.",
            name = compared.name,
            sum = money(bill.months.total_loaded()),
            present_value = money(bill.months.present_value())
        ));
        if bill.not_priced > 0 {
            sentences.push(lacking(&compared.name, bill.not_priced));
        }
    }
    html! { <p class="results__note">{ sentences.join(" ") }</p> }
}

fn lacking(name: &str, count: usize) -> String {
    tn!(
        count;
        "{name} lacks {count} charge without a known price: its line is too low.",
        "{name} lacks {count} charges without a known price: its line is too low.",
        name
    )
}

/// What else can be set beside the plan.
fn chooser(compared: Option<&Compared>, send: &Callback<Message>) -> Html {
    let starting = std::iter::once((AttrValue::default(), AttrValue::from(t!("Choose…")))).chain(
        templates::ALL.iter().filter_map(|template| {
            let plan = template.plan().ok()?;
            Some((template.id.into(), plan.title.into()))
        }),
    );
    let of_template = send.reform(|id: AttrValue| {
        let template = templates::template(&id).copied();
        Message::Compare(template.map_or(Compare::Stop, Compare::Template))
    });
    let select = Select {
        id: "compare-template".into(),
        label: t!("Compare with a starting plan").into(),
        options: starting.collect(),
        chosen: compared.map_or_else(AttrValue::default, |compared| compared.key.into()),
        on_choose: of_template,
        ..Select::default()
    };
    let button = |label: &'static str, compare: Compare| {
        Button {
            label: label.into(),
            small: true,
            on_click: send.reform(move |()| Message::Compare(compare.clone())),
            ..Button::default()
        }
        .draw()
    };
    html! {
        <div class="invoice__compare">
            { select.draw() }
            { button(t!("Compare with a file…"), Compare::ChooseFile) }
            { button(t!("Remember this plan to compare"), Compare::Pin) }
            <span class="slot">
                { for compared.map(|_| button(t!("Stop comparing"), Compare::Stop)) }
            </span>
        </div>
    }
}
