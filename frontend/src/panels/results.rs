//! Where the six numbers come from: tables, shares and sentences in a drawer.

use model::analysis::availability::Cause;
use model::components::Layer;
use model::evaluate::{ComponentEvaluation, JourneyEvaluation};
use model::plan::Component;
use model::units::Seconds;
use yew::prelude::*;

use super::words::{day_range, interface_words, resource_words};
use super::{RESULTS_ID, Shown, distinct, name_of};
use crate::state::{Message, Quantity};
use crate::widgets::drawer::Drawer;
use crate::widgets::format;
use crate::widgets::table::{Column, Row, Table};

/// Where one of the six numbers comes from.
#[derive(Properties, PartialEq)]
pub(crate) struct ResultsProps {
    /// What is shown.
    pub shown: Shown,
    /// Which number.
    pub quantity: Quantity,
    /// Where messages go.
    pub send: Callback<Message>,
}

/// Draws where a number comes from.
#[component]
pub(crate) fn Results(props: &ResultsProps) -> Html {
    let shown = &props.shown;
    let (summary, body) = match props.quantity {
        Quantity::Carries => (
            "How many requests a second fit before something is full",
            carries(shown),
        ),
        Quantity::Response => ("How long a visitor waits at the peak", response(shown)),
        Quantity::Down => ("How often nobody gets an answer, and why", down(shown)),
        Quantity::Costs => ("What is charged, line by line", costs(shown)),
        Quantity::Work => (
            "What there is to do every month, and whose it is",
            work(shown),
        ),
        Quantity::WayOut => ("What it takes to run everything elsewhere", way_out(shown)),
    };
    html! {
        <Drawer
            id={RESULTS_ID}
            title={props.quantity.name()}
            {summary}
            close_label={format!("Close {}", props.quantity.name())}
            on_close={props.send.reform(|()| Message::Close)}
        >
            <div class="results scroll" tabindex="0" role="region" aria-label="Derivation" key={props.quantity.id()}>
                { body }
            </div>
        </Drawer>
    }
}

fn text(words: impl Into<String>) -> Html {
    let words: String = words.into();
    html! { { words } }
}

fn dash() -> Html {
    text("–")
}

fn optional<T>(value: Option<T>, words: impl Fn(T) -> String) -> Html {
    value.map_or_else(dash, |value| text(words(value)))
}

fn note(words: &str) -> Html {
    html! { <p class="results__note">{ words }</p> }
}

/// Components that something can be said about, in the order of the plan.
fn components(shown: &Shown) -> impl Iterator<Item = (&Component, &ComponentEvaluation)> {
    distinct(&shown.plan.components, |component| &component.id).filter_map(|component| {
        let evaluation = shown.evaluation.components.get(&component.id)?;
        Some((&**component, evaluation))
    })
}

fn carries(shown: &Shown) -> Html {
    let journeys: Vec<Row> = shown
        .evaluation
        .journeys
        .iter()
        .map(|journey| {
            let factor = journey
                .capacity
                .filter(|_| journey.arrival_rate.0 > 0.0)
                .map(|capacity| capacity / journey.arrival_rate);
            let full_first = journey.bottleneck.as_ref().map(|bottleneck| {
                let resource = resource_words(bottleneck.resource);
                format!("{}, {resource}", shown.name(&bottleneck.component))
            });
            Row {
                key: journey.id.to_string(),
                cells: vec![
                    text(&journey.name),
                    text(format::rate(journey.arrival_rate.0).to_string()),
                    optional(journey.capacity, |capacity| {
                        format::rate(capacity.0).to_string()
                    }),
                    optional(factor, format::times),
                    optional(full_first, |words| words),
                ],
            }
        })
        .collect();
    let stations: Vec<Row> = components(shown)
        .filter(|(_, evaluation)| evaluation.busiest().is_some())
        .map(|(component, evaluation)| {
            let busiest = evaluation.busiest();
            Row {
                key: component.id.to_string(),
                cells: vec![
                    text(name_of(component)),
                    text(format::rate(evaluation.arrival_rate.0).to_string()),
                    text(format::duration(evaluation.service_time.value.0).to_string()),
                    text(format::short(evaluation.servers.value)),
                    optional(busiest, |(resource, share)| {
                        format!("{} {}", resource_words(resource), format::percent(share))
                    }),
                    optional(evaluation.capacity, |capacity| {
                        format::rate(capacity.0).to_string()
                    }),
                    text(if evaluation.saturated {
                        format!("more than {}", evaluation.instances)
                    } else {
                        format!("{} of {}", evaluation.needed, evaluation.instances)
                    }),
                ],
            }
        })
        .collect();
    html! {
        <>
            <Table
                caption="Journeys"
                columns={vec![
                    Column::text("Journey"), Column::number("At the peak"), Column::number("Carries"),
                    Column::number("Times the peak"), Column::text("Full first"),
                ]}
                rows={journeys}
            />
            <Table
                caption="Components at the peak"
                columns={vec![
                    Column::text("Component"), Column::number("Visits"), Column::number("Service time"),
                    Column::number("Servers each"), Column::number("Busiest"), Column::number("Carries"),
                    Column::number("Instances needed"),
                ]}
                rows={stations}
            />
            { note("A component carries instances × servers ÷ service time, or less where its disk or network is full before. A journey carries what the first full component on its way allows.") }
        </>
    }
}

fn response(shown: &Shown) -> Html {
    let time = |seconds: Seconds| format::duration(seconds.0).to_string();
    let journeys: Vec<Row> = shown
        .evaluation
        .journeys
        .iter()
        .map(|journey| {
            let target = shown
                .plan
                .journey(&journey.id)
                .and_then(|journey| journey.target.as_ref())
                .map(|target| {
                    let time = format::duration(target.seconds);
                    format!("{time} at p{}", format::short(target.percentile))
                });
            let response = journey.response;
            Row {
                key: journey.id.to_string(),
                cells: vec![
                    text(&journey.name),
                    if journey.saturated {
                        text("grows without end")
                    } else {
                        optional(response.map(|response| response.mean), time)
                    },
                    optional(response.and_then(|response| response.p50), time),
                    optional(response.and_then(|response| response.p95), time),
                    optional(response.and_then(|response| response.p99), time),
                    optional(target, |target| target),
                ],
            }
        })
        .collect();
    html! {
        <>
            <Table
                caption="Journeys"
                columns={vec![
                    Column::text("Journey"), Column::number("Mean"), Column::number("p50"),
                    Column::number("p95"), Column::number("p99"), Column::number("Target"),
                ]}
                rows={journeys}
            />
            <div class="results__group">
                { for shown.evaluation.journeys.iter().filter(|journey| !journey.shares.is_empty()).map(|journey| shares(shown, journey)) }
            </div>
            { note("Time at a component is its service time and the wait in line before it, times the calls on the way. The wait follows from how busy it is: with one server it doubles from 50 % to 67 %, and again to 80 %.") }
        </>
    }
}

fn shares(shown: &Shown, journey: &JourneyEvaluation) -> Html {
    let all: f64 = journey.shares.iter().map(|(_, share)| share.0).sum();
    let rows = journey
        .shares
        .iter()
        .map(|(id, share)| {
            let evaluation = shown.evaluation.components.get(id);
            Row {
                key: id.to_string(),
                cells: vec![
                    text(shown.name(id)),
                    text(format::duration(share.0).to_string()),
                    if all > 0.0 {
                        text(format::percent(share.0 / all))
                    } else {
                        dash()
                    },
                    optional(
                        evaluation.and_then(|evaluation| evaluation.waiting),
                        |waiting| format::duration(waiting.0).to_string(),
                    ),
                    optional(evaluation, |evaluation| {
                        format::duration(evaluation.service_time.value.0).to_string()
                    }),
                ],
            }
        })
        .collect::<Vec<_>>();
    html! {
        <Table
            key={journey.id.as_str()}
            caption={format!("Where the time of {} goes", journey.name)}
            columns={vec![
                Column::text("Component"), Column::number("Adds"), Column::number("Share"),
                Column::number("Waiting per visit"), Column::number("Service per visit"),
            ]}
            {rows}
        />
    }
}

fn down(shown: &Shown) -> Html {
    let rows: Vec<Row> = shown
        .evaluation
        .journeys
        .iter()
        .map(|journey| {
            let range = journey.unavailability_range;
            let low = model::units::Probability(range.low).hours_per_year();
            let high = model::units::Probability(range.high).hours_per_year();
            Row {
                key: journey.id.to_string(),
                cells: vec![
                    text(&journey.name),
                    text(format::downtime(journey.unavailability.hours_per_year()).to_string()),
                    text(format!("{} to {}", format::hours(low), format::hours(high))),
                    text(format::availability(journey.unavailability.0)),
                    text(if journey.exact { "exact" } else { "bounded" }),
                ],
            }
        })
        .collect();
    html! {
        <>
            <Table
                caption="Journeys"
                columns={vec![
                    Column::text("Journey"), Column::number("Down"), Column::number("If things go well, and badly"),
                    Column::number("In order"), Column::text("Computed"),
                ]}
                {rows}
            />
            <div class="results__group">
                { for shown.evaluation.journeys.iter().map(|journey| causes(shown, journey)) }
            </div>
            { note("Each failure has a probability: what the plan states, or else an assumption for its kind of hosting. What stops a journey is found from the drawing; nothing is added by hand.") }
        </>
    }
}

/// How many sentences and rows are shown of a long list.
const MOST: usize = 12;

fn causes(shown: &Shown, journey: &JourneyEvaluation) -> Html {
    let alone = journey.single_points.iter().map(|point| {
        let why = match point.cause {
            Cause::Structural => "there is one of it",
            Cause::Capacity => "there are several, but the peak needs them all",
            Cause::Domain => "what stands in it goes with it",
        };
        let name = shown.event_name(&point.event);
        let sentence = format!("{name} fails → {} is down; {why}", journey.name);
        (point.event.clone(), sentence)
    });
    let together = journey
        .minimal_cut_sets
        .iter()
        .filter(|set| set.len() > 1)
        .map(|set| {
            let names: Vec<String> = set.iter().map(|event| shown.event_name(event)).collect();
            let sentence = format!(
                "{} fail together → {} is down",
                format::list(&names),
                journey.name
            );
            (set.join(" "), sentence)
        });
    let all: Vec<(String, String)> = alone.chain(together).collect();
    let more = all.len().saturating_sub(MOST);
    let rows: Vec<Row> = journey
        .importance
        .iter()
        .take(MOST)
        .map(|importance| Row {
            key: importance.event.clone(),
            cells: vec![
                text(shown.event_name(&importance.event)),
                text(format::hours(importance.hours_year_if_perfect).to_string()),
                text(format::percent(importance.fussell_vesely)),
            ],
        })
        .collect();
    html! {
        <div class="results__journey" key={journey.id.as_str()}>
            <h3 class="results__heading">{ format!("What stops {}", journey.name) }</h3>
            <ul class="results__list">
                { for all.iter().take(MOST).map(|(key, sentence)| html! { <li key={key.as_str()}>{ sentence }</li> }) }
                { for all.is_empty().then(|| html! { <li key="none">{ "No failure of up to three parts stops it." }</li> }) }
                { for (more > 0).then(|| html! { <li key="more">{ format!("and {more} more") }</li> }) }
            </ul>
            <div class="slot">
                { for (!rows.is_empty()).then(|| html! {
                    <Table
                        caption="What it would save if it never failed"
                        columns={vec![
                            Column::text("What fails"), Column::number("Saved in a year"), Column::number("Part in the downtime"),
                        ]}
                        rows={rows.clone()}
                    />
                }) }
            </div>
        </div>
    }
}

fn costs(shown: &Shown) -> Html {
    let currency = shown.currency();
    let totals = &shown.evaluation.totals;
    let mut rows = Vec::new();
    for (component, evaluation) in components(shown) {
        for (index, item) in evaluation.line_items.iter().enumerate() {
            rows.push(Row {
                key: format!("{} {index}", component.id),
                cells: vec![
                    text(name_of(component)),
                    text(&item.name),
                    text(format!(
                        "{} {} × {}",
                        format::short(item.pricing_quantity),
                        item.pricing_unit,
                        format::price(item.list_unit_price.0, currency)
                    )),
                    text(format::price(item.month.0, currency)),
                    text(&item.source),
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
            <Table
                caption="Charges of a month"
                columns={vec![
                    Column::text("Component"), Column::text("Charge"), Column::number("Quantity × price"),
                    Column::number("A month"), Column::text("Source of the price"),
                ]}
                {rows}
                {foot}
            />
            { note(&with_work) }
        </>
    }
}

fn work(shown: &Shown) -> Html {
    let mut tasks = Vec::new();
    for (component, evaluation) in components(shown) {
        for task in &evaluation.tasks {
            tasks.push(Row {
                key: format!("{} {}", component.id, task.name),
                cells: vec![
                    text(name_of(component)),
                    text(task.name),
                    text(format::days(task.month.0).to_string()),
                ],
            });
        }
    }
    let foot = vec![
        text("All"),
        text(""),
        text(format::days(shown.evaluation.totals.work_month.0).to_string()),
    ];
    let layers: Vec<Row> = Layer::ALL
        .iter()
        .map(|layer| {
            let who = |is_theirs: bool| {
                let names: Vec<String> = components(shown)
                    .filter(|(_, evaluation)| {
                        let layers = if is_theirs {
                            &evaluation.theirs
                        } else {
                            &evaluation.yours
                        };
                        layers.contains(layer)
                    })
                    .map(|(component, _)| name_of(component))
                    .collect();
                if names.is_empty() {
                    dash()
                } else {
                    text(format::few(&names, 8))
                }
            };
            Row {
                key: layer.name().to_owned(),
                cells: vec![text(layer.name()), who(false), who(true)],
            }
        })
        .collect();
    html! {
        <>
            <Table
                caption="Tasks"
                columns={vec![Column::text("Component"), Column::text("Task"), Column::number("Days a month")]}
                rows={tasks}
                {foot}
            />
            <Table
                caption="Whose layer it is"
                columns={vec![Column::text("Layer"), Column::text("Yours"), Column::text("Somebody else's")]}
                rows={layers}
            />
            { note("The days are estimates; published figures differ a hundredfold. State your own under the facts of a component.") }
        </>
    }
}

fn way_out(shown: &Shown) -> Html {
    let currency = shown.currency();
    let rows: Vec<Row> = components(shown)
        .filter_map(|(component, evaluation)| {
            let exit = evaluation.exit.as_ref()?;
            Some(Row {
                key: component.id.to_string(),
                cells: vec![
                    text(name_of(component)),
                    text(interface_words(exit.interface)),
                    text(format!("about {}", format::days(exit.days.base))),
                    text(day_range(exit.days)),
                    text(format::money(exit.cost.0, currency)),
                    optional(evaluation.exit_months_of_bill, |months| {
                        format!("{} months", format::short(months))
                    }),
                ],
            })
        })
        .collect();
    let totals = &shown.evaluation.totals;
    let foot = vec![
        text("All"),
        text(""),
        text(format!("about {}", format::days(totals.exit_days.base))),
        text(day_range(totals.exit_days)),
        text(format::money(totals.exit_cost.0, currency)),
        text(""),
    ];
    html! {
        <>
            <Table
                caption="What it takes to leave"
                columns={vec![
                    Column::text("Component"), Column::text("Interface"), Column::number("Days of work"),
                    Column::number("If things go well, and badly"), Column::number("Costs"), Column::number("Of its bill"),
                ]}
                {rows}
                {foot}
            />
            { note("The work follows from whose interface a component has and how much data it keeps; the costs are that work at the day rate and what carrying the data out is charged.") }
        </>
    }
}
