//! The answer: six numbers in a fixed order, what moved them, then the findings.

use std::cell::RefCell;
use std::rc::Rc;

use model::evaluate::{Bottleneck, Evaluation, JourneyEvaluation, Level, Survival};
use model::order::Order as _;
use model::plan::Id;
use model::scenarios::{Aftermath, JourneyFate};
use yew::prelude::*;

use super::take_away::verdict;
use super::words::{counts, most_down, resource_words};
use super::{RESULTS_ID, Shown};
use crate::state::{Message, Overlay, Quantity};
use crate::widgets::format::{self, Figure};
use crate::widgets::icon::{Size, icon};
use crate::widgets::severity::{Weight, tag};
use crate::widgets::timer::use_timer;

/// How long a change stays in sight, in milliseconds.
const CHANGE_MILLIS: u32 = 5000;

/// Months within which growth is worth a word.
const SOON: f64 = 24.0;

/// The answer.
#[derive(Properties, PartialEq)]
pub(crate) struct StripProps {
    /// What is shown.
    pub shown: Shown,
    /// What stands above the drawing.
    pub overlay: Option<Overlay>,
    /// What becomes of the plan, while something is taken away.
    pub aftermath: Option<Rc<Aftermath>>,
    /// Where messages go.
    pub send: Callback<Message>,
}

/// Draws the answer.
#[component]
pub(crate) fn Strip(props: &StripProps) -> Html {
    let shown = &props.shown;
    let before = use_baseline(shown);
    let changes: Vec<Option<Change>> = Quantity::ALL
        .iter()
        .map(|&quantity| Change::between(quantity, before.as_ref()?, shown))
        .collect();
    let summary = spoken(shown, before.as_ref(), &changes);
    let what_if = props.aftermath.is_some();
    let label = if what_if {
        "Results without what is taken away"
    } else {
        "Results"
    };
    html! {
        <section class={classes!("strip", "app__strip", what_if.then_some("strip--what-if"))} aria-label={label}>
            { for Quantity::ALL.iter().zip(&changes).map(|(&quantity, change)| tile(props, quantity, change.as_ref())) }
            { findings_tile(props) }
            <p class="visually-hidden" role="status" key="summary">{ summary }</p>
        </section>
    }
}

/// What was shown before the changes that are still in sight.
#[hook]
fn use_baseline(shown: &Shown) -> Option<Shown> {
    struct Memory {
        last: Shown,
        baseline: Option<Shown>,
    }
    let memory = use_memo((), |()| {
        RefCell::new(Memory {
            last: shown.clone(),
            baseline: None,
        })
    });
    {
        let mut memory = memory.borrow_mut();
        if !Rc::ptr_eq(&memory.last.evaluation, &shown.evaluation) {
            if is_other_plan(&memory.last, shown) {
                memory.baseline = None;
            } else if memory.baseline.is_none() {
                memory.baseline = Some(memory.last.clone());
            }
            memory.last = shown.clone();
        }
    }
    let redraw = use_force_update();
    let baseline = memory.borrow().baseline.clone();
    let start = baseline.as_ref().map(|_| shown.clone());
    use_timer(start, CHANGE_MILLIS, move || {
        memory.borrow_mut().baseline = None;
        redraw.force_update();
    });
    baseline
}

/// Whether another plan was opened: a comparison with the one before would say nothing.
fn is_other_plan(before: &Shown, after: &Shown) -> bool {
    let has_parts = |shown: &Shown| !shown.plan.components.is_empty();
    has_parts(before)
        && has_parts(after)
        && before.plan.title != after.plan.title
        && before
            .plan
            .components
            .iter()
            .zip(&after.plan.components)
            .all(|(before, after)| !Rc::ptr_eq(before, after))
}

/// How one number moved.
#[derive(Clone, Debug, PartialEq)]
struct Change {
    /// How far, in words: `2.1 h worse`.
    words: String,
    /// Whether the number grew.
    is_more: bool,
    /// Whether that is good.
    is_better: bool,
}

impl Change {
    fn between(quantity: Quantity, before: &Shown, after: &Shown) -> Option<Self> {
        let old = measure(quantity, &before.evaluation)?;
        let new = measure(quantity, &after.evaluation)?;
        let size = (new - old).abs();
        let (is_more, amount) = (new > old, amount(quantity, size, after.currency()));
        let is_seen = size > 1e-9 * old.abs().max(new.abs())
            && amount.bytes().any(|digit| (b'1'..=b'9').contains(&digit));
        is_seen.then(|| {
            let more_is_better = quantity == Quantity::Carries;
            let word = match (quantity, is_more) {
                (Quantity::Response, true) => "slower",
                (Quantity::Response, false) => "faster",
                (Quantity::Down, true) => "worse",
                (Quantity::Down, false) => "better",
                (Quantity::WayOut, true) => "longer",
                (Quantity::WayOut, false) => "shorter",
                (_, true) => "more",
                (_, false) => "less",
            };
            Self {
                words: format!("{amount} {word}"),
                is_more,
                is_better: is_more == more_is_better,
            }
        })
    }
}

/// The number behind a tile, in SI units, the plan's currency or days.
fn measure(quantity: Quantity, evaluation: &Evaluation) -> Option<f64> {
    let totals = &evaluation.totals;
    match quantity {
        Quantity::Carries => tightest(evaluation)?.capacity.map(|capacity| capacity.0),
        Quantity::Response => slowest(evaluation).map(|(_, seconds, _)| seconds),
        Quantity::Down => {
            most_down(evaluation).map(|journey| journey.unavailability.hours_per_year())
        }
        Quantity::Costs => Some(totals.cost_month.0),
        Quantity::Work => Some(totals.work_month.0),
        Quantity::WayOut => Some(totals.exit_days.base),
    }
}

fn amount(quantity: Quantity, size: f64, currency: &str) -> String {
    match quantity {
        Quantity::Carries => format::rate(size).to_string(),
        Quantity::Response => format::duration(size).to_string(),
        Quantity::Down => format::duration(size * 3600.0).to_string(),
        Quantity::Costs => format::money(size, currency),
        Quantity::Work | Quantity::WayOut => format::days(size).to_string(),
    }
}

/// Whether the other journeys alone use up something that this one needs.
pub(super) fn is_squeezed_out(journey: &JourneyEvaluation) -> bool {
    journey.capacity.is_some_and(|capacity| capacity.0 <= 0.0)
}

/// The journey that comes closest to what can be carried; before those that can only wait, of fixed numbers of
/// users, and those that the others squeeze out.
pub(super) fn tightest(evaluation: &Evaluation) -> Option<&JourneyEvaluation> {
    let headroom = |journey: &JourneyEvaluation| match journey.capacity {
        Some(_) if is_squeezed_out(journey) => 1.0,
        Some(_) if journey.population.is_some() => f64::MAX / 4.0,
        Some(capacity) if journey.arrival_rate.0 > 0.0 => capacity / journey.arrival_rate,
        Some(_) => f64::MAX / 2.0,
        None => f64::MAX,
    };
    evaluation
        .journeys
        .iter()
        .min_by(|a, b| headroom(a).total_cmp(&headroom(b)))
}

/// A journey whose answers take ever longer, since more comes than can be done.
fn endless(evaluation: &Evaluation) -> Option<&JourneyEvaluation> {
    let mut journeys = evaluation.journeys.iter();
    journeys.find(|journey| journey.saturated && journey.response.is_none())
}

/// The journey that takes longest, how long, and what that time is of all times; none where one has no end.
fn slowest(evaluation: &Evaluation) -> Option<(&JourneyEvaluation, f64, &'static str)> {
    if endless(evaluation).is_some() {
        return None;
    }
    evaluation
        .journeys
        .iter()
        .filter_map(|journey| {
            let response = journey.response?;
            Some(match response.p95 {
                Some(p95) => (journey, p95.0, "p95"),
                None => (journey, response.mean.0, "on average"),
            })
        })
        .max_by(|a, b| a.1.total_cmp(&b.1))
}

/// The journey that is down longest.
/// What a tile says.
struct Answer {
    figure: Figure,
    picture: Html,
    driver: String,
    state: Option<&'static str>,
}

impl Answer {
    fn missing(word: &'static str, driver: &str) -> Self {
        Self {
            figure: Figure::new(word, ""),
            picture: picture(vec![]),
            driver: driver.to_owned(),
            state: Some("is-missing"),
        }
    }
}

fn tile(props: &StripProps, quantity: Quantity, change: Option<&Change>) -> Html {
    let without = props.aftermath.as_ref();
    let answer = without
        .and_then(|aftermath| answer_without(&props.shown, aftermath, quantity))
        .unwrap_or_else(|| answer(&props.shown, quantity));
    let overlay = Overlay::Result(quantity);
    let is_open = props.overlay == Some(overlay);
    let onclick = props.send.reform(move |_: MouseEvent| {
        if is_open {
            Message::Close
        } else {
            Message::Open(overlay)
        }
    });
    html! {
        <button
            type="button"
            key={quantity.id()}
            class={classes!("strip__tile", answer.state)}
            data-quantity={quantity.id()}
            aria-expanded={is_open.to_string()}
            aria-controls={is_open.then_some(RESULTS_ID)}
            {onclick}
        >
            <span class="strip__label">
                <span class="strip__name">{ quantity.name() }</span>
                <span class="slot">{ for change.map(delta) }</span>
            </span>
            <span class="strip__figure">
                <span class="strip__value">
                    { &answer.figure.value }
                    <span class="strip__unit">{ &answer.figure.unit }</span>
                </span>
                { answer.picture }
            </span>
            <span class="strip__driver">{ answer.driver }</span>
        </button>
    }
}

fn delta(change: &Change) -> Html {
    let weight = if change.is_better {
        Weight::Good
    } else {
        Weight::High
    };
    let arrow = if change.is_more {
        "arrow-up"
    } else {
        "arrow-down"
    };
    html! {
        <span class={classes!("strip__delta", weight.class())} key={change.words.as_str()}>
            { icon(arrow, Size::Small) }
            { &change.words }
        </span>
    }
}

fn findings_tile(props: &StripProps) -> Html {
    let evaluation = &props.shown.evaluation;
    let counts = counts(evaluation);
    let total = evaluation.problems.len() + evaluation.findings.len();
    let is_open = props.overlay == Some(Overlay::Findings);
    let onclick = props.send.reform(move |_: MouseEvent| {
        if is_open {
            Message::Close
        } else {
            Message::Open(Overlay::Findings)
        }
    });
    let value = if total == 0 {
        "None".to_owned()
    } else {
        total.to_string()
    };
    html! {
        <button
            type="button"
            key="findings"
            class="strip__tile strip__tile--findings"
            aria-expanded={is_open.to_string()}
            aria-controls={is_open.then_some("findings")}
            {onclick}
        >
            <span class="strip__label"><span class="strip__name">{ "Findings" }</span></span>
            <span class="strip__figure"><span class="strip__value">{ value }</span></span>
            <span class="strip__driver">
                <span class="strip__counts">
                    { for counts.iter().take(2).map(|(weight, words)| tag(*weight, words)) }
                    { for (total == 0).then(|| tag(Weight::Good, "nothing found")) }
                </span>
            </span>
        </button>
    }
}

/// The change in sentences, for those who listen.
fn spoken(shown: &Shown, before: Option<&Shown>, changes: &[Option<Change>]) -> String {
    let Some(before) = before else {
        return String::new();
    };
    let mut sentences: Vec<String> = Quantity::ALL
        .iter()
        .zip(changes)
        .filter_map(|(&quantity, change)| {
            let change = change.as_ref()?;
            let figure = answer(shown, quantity).figure;
            Some(format!("{} {figure}, {}.", quantity.name(), change.words))
        })
        .collect();
    let count = |shown: &Shown| shown.evaluation.findings.len() + shown.evaluation.problems.len();
    if count(before) != count(shown) {
        sentences.push(format!(
            "{}.",
            format::count(count(shown), "finding", "findings")
        ));
    }
    sentences.join(" ")
}

fn answer(shown: &Shown, quantity: Quantity) -> Answer {
    match quantity {
        Quantity::Carries => carries(shown),
        Quantity::Response => response(shown),
        Quantity::Down => down(shown),
        Quantity::Costs => costs(shown),
        Quantity::Work => work(shown),
        Quantity::WayOut => way_out(shown),
    }
}

/// What a tile says while something is taken away; none for what that does not change.
fn answer_without(shown: &Shown, aftermath: &Aftermath, quantity: Quantity) -> Option<Answer> {
    let journeys = &aftermath.journeys;
    let of = |fate: &JourneyFate, text: String| {
        if journeys.len() > 1 && !text.is_empty() {
            format!("{}: {text}", fate.name)
        } else {
            text
        }
    };
    let told = |fate: &JourneyFate| verdict(shown, aftermath, fate);
    let worst = journeys.iter().max_by(|a, b| {
        a.is_up
            .cmp(&b.is_up)
            .reverse()
            .then(a.verdict.cmp(&b.verdict))
    })?;
    let (_, word, why) = told(worst);
    let nothing = |value: &str, driver: String| Answer {
        figure: Figure::new(value, ""),
        picture: picture(vec![]),
        driver,
        state: Some("is-missing is-saturated"),
    };
    match quantity {
        Quantity::Down => {
            let down = journeys.iter().filter(|fate| !fate.is_up).count();
            Some(match (down, journeys.len()) {
                (0, _) => Answer {
                    figure: Figure::new("Up", "while it is gone"),
                    picture: picture(vec![]),
                    driver: of(worst, [word, why.as_str()].join("; ")),
                    state: None,
                },
                (_, 1) => nothing("Down", why),
                (down, all) => nothing(&format!("{down} of {all} down"), of(worst, why)),
            })
        }
        Quantity::Response => {
            if !worst.is_up || worst.verdict == Survival::Overloaded {
                return Some(nothing("No answer", of(worst, why)));
            }
            let slow = journeys.iter().filter_map(|fate| Some((fate, fate.mean?)));
            let (fate, mean) = slow.max_by(|a, b| a.1.0.total_cmp(&b.1.0))?;
            let figure = format::duration(mean.0);
            let before = fate.mean_before.map_or_else(String::new, |before| {
                format!("{} with everything there", format::duration(before.0))
            });
            Some(Answer {
                figure: Figure::new(figure.value, format!("{} on average", figure.unit)),
                picture: picture(vec![]),
                driver: of(fate, before),
                state: None,
            })
        }
        Quantity::Carries => {
            if !worst.is_up {
                return Some(nothing("Nothing", of(worst, why)));
            }
            let tight = journeys
                .iter()
                .filter_map(|fate| Some((fate, fate.capacity?)))
                .min_by(|a, b| a.1.0.total_cmp(&b.1.0));
            let (fate, capacity) = tight?;
            let first = fate.bottleneck.as_ref().map_or_else(String::new, |first| {
                let resource = resource_words(first.resource);
                format!(
                    "the {resource} of {} is full first",
                    shown.name(&first.component)
                )
            });
            Some(Answer {
                figure: Figure::new(format::short(capacity.0), "requests/s"),
                picture: picture(vec![]),
                driver: of(fate, first),
                state: (fate.verdict == Survival::Overloaded).then_some("is-saturated"),
            })
        }
        Quantity::Costs | Quantity::Work | Quantity::WayOut => None,
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
        return Answer::missing("no requests", "Draw who visits, and what they call");
    };
    let Some(capacity) = journey.capacity else {
        return Answer::missing("no limit known", "Nothing on the way can run full");
    };
    let of = |bottleneck: &Bottleneck| {
        let resource = resource_words(bottleneck.resource);
        format!("the {resource} of {}", shown.name(&bottleneck.component))
    };
    let growth = &journey.growth;
    let soon = growth
        .months_to_saturation
        .zip(growth.saturates.as_ref())
        .filter(|(months, _)| *months > 0.0 && *months <= SOON)
        .map(|(months, first)| format!("{} is full in {}", of(first), format::months(months)));
    let full_first = never_catches_up(shown)
        .or(soon)
        .or_else(|| too_little(shown, journey))
        .or_else(|| {
            let first = journey.bottleneck.as_ref()?;
            Some(format!("{} is full first", of(first)))
        });
    let load = if capacity.0 > 0.0 {
        journey.arrival_rate / capacity
    } else {
        1.0
    };
    let factor = if let Some(users) = &journey.population {
        let count = format::count(users.users, "user", "users");
        format!("{count} come to {}", format::rate(journey.arrival_rate.0))
    } else if is_squeezed_out(journey) {
        "The others leave nothing".to_owned()
    } else if journey.saturated {
        "Less than your peak".to_owned()
    } else if load > 0.0 {
        format!("{} your peak", format::times(1.0 / load))
    } else {
        "Nobody comes yet".to_owned()
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
        Figure::new("Nothing left", "")
    } else {
        Figure::new(format::short(capacity.0), "requests/s")
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
    Some(format!("the work of {} grows every day", shown.name(id)))
}

/// The first component of which one less is not enough for the peak.
fn too_little(shown: &Shown, journey: &JourneyEvaluation) -> Option<String> {
    let lost = journey.failures.iter().find(|failure| {
        failure.level == Level::Instance && failure.verdict == Survival::Overloaded
    })?;
    let name = shown.event_name(&lost.event);
    Some(format!("one {name} less is not enough"))
}

fn response(shown: &Shown) -> Answer {
    let evaluation = &shown.evaluation;
    let Some((journey, seconds, of)) = slowest(evaluation) else {
        return match endless(evaluation) {
            Some(journey) => Answer {
                driver: of_journey(
                    shown,
                    journey,
                    "More comes than can be done; see Carries".to_owned(),
                ),
                state: Some("is-missing is-saturated"),
                ..Answer::missing("grows without end", "")
            },
            None => Answer::missing("no requests", "Draw who visits, and what they call"),
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
                    format!("your target of {time} holds for {}", format::months(months))
                }
                _ => format!("your target is {time}"),
            }
        });
    let all: f64 = journey.shares.iter().map(|(_, share)| share.0).sum();
    let largest = journey
        .shares
        .first()
        .filter(|_| all > 0.0)
        .map(|(id, share)| {
            format!(
                "{} of it in {}",
                format::percent(share.0 / all),
                shown.name(id)
            )
        });
    let parts: Vec<String> = [largest, target].into_iter().flatten().collect();
    let shares: Vec<f64> = journey.shares.iter().map(|(_, share)| share.0).collect();
    Answer {
        figure: Figure::new(figure.value, format!("{} {of}", figure.unit)),
        picture: picture(stack(&shares)),
        driver: of_journey(shown, journey, parts.join("; ")),
        state: None,
    }
}

fn down(shown: &Shown) -> Answer {
    let Some(journey) = most_down(&shown.evaluation) else {
        return Answer::missing("no requests", "Draw who visits, and what they call");
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
            let only = if is_single { ", a single point" } else { "" };
            let name = shown.event_name(&first.event);
            (
                format!("{} of it {name}{only}", format::percent(share)),
                share,
            )
        }
        _ => (
            format!(
                "In order {} of the time",
                format::availability(journey.unavailability.0)
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
    let about = if journey.exact { "" } else { ", about" };
    Answer {
        figure: Figure::new(figure.value, format!("{}{about}", figure.unit)),
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
    let not_priced = match totals.not_priced {
        0 => None,
        1 => Some("1 component not priced".to_owned()),
        many => Some(format!("{many} components not priced")),
    };
    if totals.cost_month.0 == 0.0
        && let Some(not_priced) = &not_priced
    {
        return Answer::missing("not priced", not_priced);
    }
    let mut parts = by_component(shown, |evaluation| {
        evaluation.cost_month.map_or(0.0, |month| month.0)
    });
    let all: f64 = parts.iter().map(|(_, cost)| cost).sum();
    let upfront = if totals.cost_upfront.0 > 0.0 {
        format!(
            "{} up front",
            format::money(totals.cost_upfront.0, shown.currency())
        )
    } else {
        "nothing up front".to_owned()
    };
    let largest = parts
        .first()
        .filter(|_| all > 0.0)
        .map(|(id, cost)| format!("{} is {}", format::percent(cost / all), shown.name(id)));
    let driver: Vec<String> = [largest, Some(not_priced.unwrap_or(upfront))]
        .into_iter()
        .flatten()
        .collect();
    let shares: Vec<f64> = parts.drain(..).map(|(_, cost)| cost).collect();
    Answer {
        figure: Figure::new(
            format::money(totals.cost_month.0, shown.currency()),
            "a month",
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
        figure: Figure::new(figure.value, format!("{} a month", figure.unit)),
        picture: picture(boxes),
        driver: format!("You run {} of {} layers", totals.yours.len(), layers.len()),
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
    .map(|(id, _)| format!("; most of it {}", shown.name(id)))
    .unwrap_or_default();
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
        figure: Figure::new(figure.value, format!("{}, about", figure.unit)),
        picture,
        driver: format!(
            "{} to {}, {}{most}",
            format::short(days.low),
            format::days(days.high),
            format::money(totals.exit_cost.0, shown.currency())
        ),
        state: None,
    }
}

/// Components with what each adds to a sum, the largest first.
fn by_component(
    shown: &Shown,
    part: impl Fn(&model::evaluate::ComponentEvaluation) -> f64,
) -> Vec<(Id, f64)> {
    let mut parts: Vec<(Id, f64)> = shown
        .evaluation
        .components
        .iter()
        .map(|(id, evaluation)| (id.clone(), part(evaluation)))
        .collect();
    parts.order_by(|a, b| b.1.total_cmp(&a.1));
    parts
}

fn picture(parts: Vec<Html>) -> Html {
    html! {
        <svg class="strip__picture" viewBox="0 0 40 12" aria-hidden="true">{ for parts }</svg>
    }
}

fn rect(class: &'static str, x: f64, width: f64, opacity: f64) -> Html {
    html! {
        <rect
            {class}
            key={format!("{class}{x:.1}")}
            x={format::attribute(x)}
            y="3"
            width={format::attribute(width.max(0.0))}
            height="6"
            rx="1"
            opacity={opacity.to_string()}
        />
    }
}

fn mark(x: f64) -> Html {
    html! { <path key="mark" class="strip__mark" d={format!("M{x:.1} 0v12")} /> }
}

/// Parts of a whole side by side, the largest first; what is too small to see is left out.
fn stack(shares: &[f64]) -> Vec<Html> {
    let all: f64 = shares.iter().sum();
    if all <= 0.0 {
        return vec![rect("strip__track", 0.0, 40.0, 1.0)];
    }
    let mut x = 0.0;
    shares
        .iter()
        .map(|share| share / all * 40.0)
        .take_while(|width| *width >= 0.5)
        .take(6)
        .zip([1.0, 0.65, 0.45, 0.32, 0.25, 0.2])
        .map(|(width, opacity)| {
            let part = rect("strip__bar", x, (width - 1.0).max(0.5), opacity);
            x += width;
            part
        })
        .collect()
}
