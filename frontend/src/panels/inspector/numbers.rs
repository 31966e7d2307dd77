//! What comes of a component: its load, its bill, its work, its way out, each with the reason.

use model::components::Layer;
use model::evaluate::{ComponentEvaluation, PriceOrigin};
use model::plan::Id;
use yew::prelude::*;

use super::super::Shown;
use super::super::resource_meter::resource_meters;
use super::super::words::{charge_name, day_range, interface_words, origin_words};
use super::section;
use crate::texts::{self, say};
use crate::widgets::disclosure::disclosure;
use crate::widgets::format;

/// Draws how busy a component is; none for what does no work.
pub(super) fn load(shown: &Shown, id: &Id) -> Option<Html> {
    let evaluation = shown.evaluation.components.get(id)?;
    if evaluation.resources.is_empty() {
        return None;
    }
    let aside = t!(
        "{rate} requests/s",
        rate = format::short(evaluation.arrival_rate.0)
    );
    let mut facts = vec![(
        t!("Service time"),
        format::duration(evaluation.service_time.value.0).to_string(),
        Some(origin_words(evaluation.service_time.origin).to_owned()),
    )];
    if let Some(slowed) = slowed(evaluation) {
        facts.push(slowed);
    }
    if evaluation.saturated {
        facts.push((
            t!("Waiting in line"),
            t!("grows without end").to_owned(),
            None,
        ));
    }
    if let Some(waiting) = evaluation.waiting {
        facts.push((
            t!("Waiting in line"),
            format::duration(waiting.0).to_string(),
            None,
        ));
    }
    if let Some(operation) = evaluation.disk_operation {
        facts.push((
            t!("Disk, each operation"),
            format::duration(operation.0).to_string(),
            None,
        ));
    }
    if let Some(residence) = evaluation.residence {
        facts.push((
            t!("Together"),
            format::duration(residence.0).to_string(),
            None,
        ));
    }
    if let Some(capacity) = evaluation.capacity {
        facts.push((t!("Carries"), format::rate(capacity.0).to_string(), None));
    }
    facts.push((
        t!("Down by itself"),
        format::downtime(
            model::units::Probability(evaluation.unavailability.value.base).hours_per_year(),
        )
        .to_string(),
        Some(origin_words(evaluation.unavailability.origin).to_owned()),
    ));
    Some(section(
        "load",
        t!("Load at the peak"),
        Some(aside),
        html! {
            <>
                { resource_meters(evaluation, &evaluation.resources) }
                <dl class="facts">
                    { for facts.into_iter().map(|(name, value, why)| html! {
                        <div class="facts__row" key={name}>
                            <dt>{ name }</dt>
                            <dd>
                                { value }
                                <span class="slot">
                                    { for why.map(|why| html! { <span class="facts__why">{ why }</span> }) }
                                </span>
                            </dd>
                        </div>
                    }) }
                </dl>
            </>
        },
    ))
}

/// How the service time comes about where something slows the servers down: `20 ms ÷ 0.98`.
fn slowed(evaluation: &ComponentEvaluation) -> Option<(&'static str, String, Option<String>)> {
    if evaluation.speed_factors.is_empty() {
        return None;
    }
    let factors = evaluation.speed_factors.iter();
    let each = factors.clone().map(|factor| format::short(factor.factor));
    let time = format::duration(evaluation.service_time.value.0);
    let words: Vec<&str> = factors.map(|factor| say(factor.name)).collect();
    Some((
        t!("Slowed down"),
        format!("{time} ÷ {}", each.collect::<Vec<_>>().join(" ÷ ")),
        Some(format::list(&words)),
    ))
}

/// Draws bill, work and way out; none for what was not evaluated.
pub(super) fn money_and_work(shown: &Shown, id: &Id) -> Option<Html> {
    let evaluation = shown.evaluation.components.get(id)?;
    Some(html! {
        <div class="slot">
            { bill(shown, evaluation) }
            { work(evaluation) }
            <div class="slot">{ for way_out(shown, evaluation) }</div>
        </div>
    })
}

/// The source and the day of a price.
fn price_origin(price: &PriceOrigin) -> String {
    texts::words(&price.words())
}

fn bill(shown: &Shown, evaluation: &ComponentEvaluation) -> Html {
    let currency = shown.currency();
    let known = evaluation.cost_known_month.0;
    let total = match evaluation.cost_month {
        Some(month) => t!("{sum} a month", sum = format::price(month.0, currency)),
        None if known > 0.0 => t!(
            "{sum} a month and more",
            sum = format::price(known, currency)
        ),
        None => t!("not priced").to_owned(),
    };
    disclosure(
        t!("The bill"),
        &total,
        false,
        html! {
            <>
            <ul class="bill">
                { for evaluation.line_items.iter().enumerate().map(|(index, item)| html! {
                    <li class="bill__item" key={format!("{} {index}", item.charge.id())}>
                        <span class="bill__name">{ charge_name(item) }</span>
                        <span class="bill__sum">{ format::price(item.month.0, currency) }</span>
                        <span class="bill__why">
                            { format!(
                                "{} {} × {}: {}. {}",
                                format::short(item.pricing_quantity),
                                say(item.pricing_unit),
                                format::unit_price(item.list_unit_price.0, currency),
                                texts::words(&item.formula),
                                price_origin(&item.price)
                            ) }
                        </span>
                    </li>
                }) }
                { for evaluation.missing_prices.iter().enumerate().map(|(index, missing)| html! {
                    <li class="bill__item" key={format!("missing {index}")}>
                        <span class="bill__name">{ say(missing.charge.name()) }</span>
                        <span class="bill__sum">{ t!("not priced") }</span>
                        <span class="bill__why">{ texts::words(&missing.why) }</span>
                    </li>
                }) }
                { for (evaluation.line_items.is_empty() && evaluation.missing_prices.is_empty()).then(|| html! {
                    <li class="bill__item" key="none">
                        <span class="bill__name">{ t!("Nothing is charged that is known.") }</span>
                    </li>
                }) }
                { for (evaluation.cost_upfront.0 > 0.0).then(|| html! {
                    <li class="bill__item" key="upfront">
                        <span class="bill__name">{ t!("On the first day") }</span>
                        <span class="bill__sum">{ format::price(evaluation.cost_upfront.0, currency) }</span>
                    </li>
                }) }
            </ul>
        </>
        },
    )
}

fn work(evaluation: &ComponentEvaluation) -> Html {
    let days = format::days(evaluation.work_month.0);
    disclosure(
        t!("Your work"),
        &t!("{days} a month", days),
        false,
        html! {
            <>
            <ul class="bill">
                { for evaluation.tasks.iter().map(|task| html! {
                    <li class="bill__item" key={task.kind.name()}>
                        <span class="bill__name">{ format!("{}: {}", say(task.kind.name()), say(task.kind.explanation())) }</span>
                        <span class="bill__sum">{ format::days(task.month.0).to_string() }</span>
                    </li>
                }) }
            </ul>
            <ul class="layers" aria-label={t!("Whose layer it is")}>
                { for Layer::ALL.iter().rev().map(|layer| {
                    let (class, whose) = if evaluation.yours.contains(layer) {
                        ("layers__item is-yours", t!("yours"))
                    } else if evaluation.theirs.contains(layer) {
                        ("layers__item", evaluation.provider.as_deref().unwrap_or(t!("the provider's")))
                    } else {
                        ("layers__item is-absent", t!("not in it"))
                    };
                    html! {
                        <li {class} key={layer.name()}>
                            <span>{ say(layer.name()) }</span>
                            <span class="layers__whose">{ whose }</span>
                        </li>
                    }
                }) }
            </ul>
        </>
        },
    )
}

fn way_out(shown: &Shown, evaluation: &ComponentEvaluation) -> Option<Html> {
    let exit = evaluation.exit.as_ref()?;
    let currency = shown.currency();
    let mut rows = vec![
        (t!("Interface"), interface_words(exit.interface).to_owned()),
        (t!("Work"), day_range(exit.days)),
        (
            t!("Data to carry"),
            format!("{} GB", format::short(exit.data.0)),
        ),
        (t!("Costs"), format::money(exit.cost.0, currency)),
    ];
    if let Some(months) = evaluation.exit_months_of_bill {
        rows.push((t!("Of its bill"), format::months_of_bill(months)));
    }
    let aside = t!("about {days}", days = format::days(exit.days.base));
    Some(disclosure(
        t!("The way out"),
        &aside,
        false,
        html! {
            <>
            <dl class="facts">
                { for rows.into_iter().map(|(name, value)| html! {
                    <div class="facts__row" key={name}><dt>{ name }</dt><dd>{ value }</dd></div>
                }) }
            </dl>
        </>
        },
    ))
}
