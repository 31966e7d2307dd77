//! What each of the six tiles says of a plan.

use model::evaluate::{Bottleneck, ComponentEvaluation, JourneyEvaluation, Level, Survival};
use model::order::Order as _;
use model::plan::Id;
use yew::prelude::*;

use super::super::Shown;
use super::super::foremost::{endless, is_squeezed_out, slowest, tightest};
use super::super::words::{most_down, resource_words};
use super::Answer;
use super::pictures::{mark, picture, rect, stack};
use crate::state::Quantity;
use crate::widgets::format::{self, Figure};

/// Months within which growth is worth a word.
const SOON: f64 = 24.0;

/// What one tile says.
pub(super) fn answer(shown: &Shown, quantity: Quantity) -> Answer {
    match quantity {
        Quantity::Carries => carries(shown),
        Quantity::Response => response(shown),
        Quantity::Down => down(shown),
        Quantity::Costs => costs(shown),
        Quantity::Work => work(shown),
        Quantity::WayOut => way_out(shown),
    }
}

/// `text`, with the journey before it where there are several.
fn of_journey(shown: &Shown, journey: &JourneyEvaluation, text: String) -> String {
    if shown.evaluation.journeys.len() > 1 {
        format!("{}: {text}", journey.name)
    } else {
        text
    }
}

fn carries(shown: &Shown) -> Answer {
    let Some(journey) = tightest(&shown.evaluation) else {
        return Answer::missing(t!("no requests"), t!("Draw who visits, and what they call"));
    };
    let Some(capacity) = journey.capacity else {
        return Answer::missing(t!("no limit known"), t!("Nothing on the way can run full"));
    };
    let of = |bottleneck: &Bottleneck| {
        let resource = resource_words(bottleneck.resource);
        t!(
            "the {resource} of {name}",
            resource,
            name = shown.name(&bottleneck.component)
        )
    };
    let growth = &journey.growth;
    let soon = growth
        .months_to_saturation
        .zip(growth.saturates.as_ref())
        .filter(|(months, _)| *months > 0.0 && *months <= SOON)
        .map(|(months, first)| {
            t!(
                "{place} is full in {months}",
                place = of(first),
                months = format::months(months)
            )
        });
    let full_first = never_catches_up(shown)
        .or(soon)
        .or_else(|| too_little(shown, journey))
        .or_else(|| {
            let first = journey.bottleneck.as_ref()?;
            Some(t!("{place} is full first", place = of(first)))
        });
    let load = if capacity.0 > 0.0 {
        journey.arrival_rate / capacity
    } else {
        1.0
    };
    let factor = if let Some(users) = &journey.population {
        tn!(
            users.users;
            "{count} user comes to {rate}",
            "{count} users come to {rate}",
            rate = format::rate(journey.arrival_rate.0)
        )
    } else if is_squeezed_out(journey) {
        t!("The others leave nothing").to_owned()
    } else if journey.saturated {
        t!("Less than your peak").to_owned()
    } else if load > 0.0 {
        t!("{times} your peak", times = format::times(1.0 / load))
    } else {
        t!("Nobody comes yet").to_owned()
    };
    let driver = match full_first {
        Some(full_first) => format!("{factor}; {full_first}"),
        None => factor,
    };
    let width = (load.clamp(0.0, 1.0)) * 40.0;
    let bar = if load >= 0.9 && journey.population.is_none() {
        "strip__bar--high"
    } else if load >= 0.7 {
        "strip__bar--medium"
    } else {
        "strip__bar"
    };
    let figure = if is_squeezed_out(journey) {
        Figure::new(t!("Nothing left"), "")
    } else {
        Figure::new(format::short(capacity.0), t!("requests/s"))
    };
    Answer {
        figure,
        picture: picture(vec![
            rect("strip__track", 0.0, 40.0, 1.0),
            rect(bar, 0.0, width, 1.0),
            mark(width),
        ]),
        driver: of_journey(shown, journey, driver),
        state: (journey.saturated && journey.population.is_none()).then_some("is-saturated"),
    }
}

/// The first component whose late work grows every day.
fn never_catches_up(shown: &Shown) -> Option<String> {
    let days = &shown.evaluation.day.components;
    let (id, _) = days.iter().find(|(_, day)| {
        day.jobs
            .as_ref()
            .is_some_and(|jobs| jobs.growth_day.is_some())
    })?;
    Some(t!(
        "the work of {name} grows every day",
        name = shown.name(id)
    ))
}

/// The first component of which one less is not enough for the peak.
fn too_little(shown: &Shown, journey: &JourneyEvaluation) -> Option<String> {
    let lost = journey.failures.iter().find(|failure| {
        failure.level == Level::Instance && failure.verdict == Survival::Overloaded
    })?;
    let name = shown.event_name(&lost.event);
    Some(t!("one {name} less is not enough", name))
}

fn response(shown: &Shown) -> Answer {
    let evaluation = &shown.evaluation;
    let Some((journey, seconds, of)) = slowest(evaluation) else {
        return match endless(evaluation) {
            Some(journey) => Answer {
                driver: of_journey(
                    shown,
                    journey,
                    t!("More comes than can be done; see Carries").to_owned(),
                ),
                state: Some("is-missing is-saturated"),
                ..Answer::missing(t!("grows without end"), "")
            },
            None => Answer::missing(t!("no requests"), t!("Draw who visits, and what they call")),
        };
    };
    let figure = format::duration(seconds);
    let target = shown
        .plan
        .journey(&journey.id)
        .and_then(|journey| journey.target.as_ref())
        .map(|target| {
            let time = format::duration(target.seconds);
            match journey.growth.months_to_target {
                Some(months) if months > 0.0 && months <= SOON => {
                    t!(
                        "your target of {time} holds for {months}",
                        time,
                        months = format::months(months)
                    )
                }
                _ => t!("your target is {time}", time),
            }
        });
    let all: f64 = journey.shares.iter().map(|(_, share)| share.0).sum();
    let largest = journey
        .shares
        .first()
        .filter(|_| all > 0.0)
        .map(|(id, share)| {
            t!(
                "{share} of it in {name}",
                share = format::percent(share.0 / all),
                name = shown.name(id)
            )
        });
    let parts: Vec<String> = [largest, target].into_iter().flatten().collect();
    let shares: Vec<f64> = journey.shares.iter().map(|(_, share)| share.0).collect();
    Answer {
        figure: Figure::new(figure.value, of.unit(&figure.unit)),
        picture: picture(stack(&shares)),
        driver: of_journey(shown, journey, parts.join("; ")),
        state: None,
    }
}

fn down(shown: &Shown) -> Answer {
    let Some(journey) = most_down(&shown.evaluation) else {
        return Answer::missing(t!("no requests"), t!("Draw who visits, and what they call"));
    };
    let hours = journey.unavailability.hours_per_year();
    let first = journey.importance.first();
    let (driver, share) = match first {
        Some(first) if hours > 0.0 && first.hours_year_if_perfect > 0.0 => {
            let share = (first.hours_year_if_perfect / hours).clamp(0.0, 1.0);
            let is_single = journey
                .single_points
                .iter()
                .any(|point| *point.event == *first.event);
            let (percent, name) = (format::percent(share), shown.event_name(&first.event));
            (
                if is_single {
                    t!(
                        "{share} of it {name}, a single point",
                        share = percent,
                        name
                    )
                } else {
                    t!("{share} of it {name}", share = percent, name)
                },
                share,
            )
        }
        _ => (
            t!(
                "In order {share} of the time",
                share = format::availability(journey.unavailability.0)
            ),
            0.0,
        ),
    };
    let bar = if journey.single_points.is_empty() {
        "strip__bar"
    } else {
        "strip__bar--high"
    };
    let figure = format::downtime(hours);
    let unit = if journey.exact {
        figure.unit
    } else {
        t!("{unit}, about", unit = figure.unit)
    };
    Answer {
        figure: Figure::new(figure.value, unit),
        picture: picture(vec![
            rect("strip__track", 0.0, 40.0, 1.0),
            rect(bar, 0.0, share * 40.0, 1.0),
        ]),
        driver: of_journey(shown, journey, driver),
        state: None,
    }
}

fn costs(shown: &Shown) -> Answer {
    let totals = &shown.evaluation.totals;
    let not_priced = shown.evaluation.bill.not_priced;
    let not_priced = (not_priced > 0).then(|| t!("not priced: {count}", count = not_priced));
    if totals.cost_month.0 == 0.0
        && let Some(not_priced) = &not_priced
    {
        return Answer::missing(t!("not priced"), not_priced);
    }
    let mut parts = by_component(shown, |evaluation| evaluation.cost_known_month.0);
    let all: f64 = parts.iter().map(|(_, cost)| cost).sum();
    let upfront = if totals.cost_upfront.0 > 0.0 {
        t!(
            "{sum} up front",
            sum = format::money(totals.cost_upfront.0, shown.currency())
        )
    } else {
        t!("nothing up front").to_owned()
    };
    let largest = parts.first().filter(|_| all > 0.0).map(|(id, cost)| {
        t!(
            "{share} is {name}",
            share = format::percent(cost / all),
            name = shown.name(id)
        )
    });
    let driver: Vec<String> = [largest, Some(not_priced.unwrap_or(upfront))]
        .into_iter()
        .flatten()
        .collect();
    let shares: Vec<f64> = parts.drain(..).map(|(_, cost)| cost).collect();
    Answer {
        figure: Figure::new(
            format::money(totals.cost_month.0, shown.currency()),
            t!("a month"),
        ),
        picture: picture(stack(&shares)),
        driver: driver.join("; "),
        state: None,
    }
}

fn work(shown: &Shown) -> Answer {
    let totals = &shown.evaluation.totals;
    let figure = format::days(totals.work_month.0);
    let layers = model::components::Layer::ALL;
    let boxes = layers
        .iter()
        .enumerate()
        .map(|(index, layer)| {
            let class = if totals.yours.contains(layer) {
                "strip__bar"
            } else {
                "strip__track"
            };
            rect(class, 6.0 * index as f64, 4.0, 1.0)
        })
        .collect();
    Answer {
        figure: Figure::new(figure.value, t!("{unit} a month", unit = figure.unit)),
        picture: picture(boxes),
        driver: t!(
            "You run {yours} of {layers} layers",
            yours = totals.yours.len(),
            layers = layers.len()
        ),
        state: None,
    }
}

fn way_out(shown: &Shown) -> Answer {
    let totals = &shown.evaluation.totals;
    let days = totals.exit_days;
    let figure = format::days(days.base);
    let most = by_component(shown, |evaluation| {
        evaluation.exit.as_ref().map_or(0.0, |exit| exit.days.base)
    })
    .first()
    .filter(|(_, days)| *days > 0.0)
    .map(|(id, _)| shown.name(id));
    let at = |value: f64| {
        if days.high > 0.0 {
            4.0 + 30.0 * (value / days.high).clamp(0.0, 1.0)
        } else {
            4.0
        }
    };
    let (low, base, high) = (at(days.low), at(days.base), at(days.high));
    let picture = picture(vec![
        html! { <path key="range" class="strip__mark" opacity=".5" d={format!("M{low:.1} 6H{high:.1}")} /> },
        html! { <path key="marks" class="strip__mark" d={format!("M{low:.1} 3v6M{high:.1} 3v6M{base:.1} 1v10")} /> },
    ]);
    Answer {
        figure: Figure::new(figure.value, t!("{unit}, about", unit = figure.unit)),
        picture,
        driver: match most {
            Some(name) => t!(
                "{low} to {high}, {cost}; most of it {name}",
                low = format::short(days.low),
                high = format::days(days.high),
                cost = format::money(totals.exit_cost.0, shown.currency()),
                name
            ),
            None => t!(
                "{low} to {high}, {cost}",
                low = format::short(days.low),
                high = format::days(days.high),
                cost = format::money(totals.exit_cost.0, shown.currency())
            ),
        },
        state: None,
    }
}

/// Components with what each adds to a sum, the largest first.
fn by_component(shown: &Shown, part: impl Fn(&ComponentEvaluation) -> f64) -> Vec<(Id, f64)> {
    let mut parts: Vec<(Id, f64)> = shown
        .evaluation
        .components
        .iter()
        .map(|(id, evaluation)| (id.clone(), part(evaluation)))
        .collect();
    parts.order_by(|a, b| b.1.total_cmp(&a.1));
    parts
}
