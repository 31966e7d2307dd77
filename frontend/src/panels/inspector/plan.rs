//! The plan itself: who comes and how often, the bill, the estimates, and what is noted about it.

use std::rc::Rc;

use model::commands::{ChangeJourney, Command, RemoveJourney, SetAssumption, SetTitle};
use model::plan::{ASSUMPTIONS, Assumption, AssumptionValue, Component, Journey, Target};
use model::units::Range;
use yew::prelude::*;

use super::super::{Shown, distinct, name_of};
use super::{Frame, edits, section};
use crate::state::Message;
use crate::widgets::button::{Button, IconButton, Look};
use crate::widgets::disclosure::Disclosure;
use crate::widgets::format;
use crate::widgets::icon::Icon;
use crate::widgets::number_field::{Beside, NumberField};
use crate::widgets::slider::Slider;
use crate::widgets::text_field::TextField;

/// The plan itself.
#[derive(Properties, PartialEq)]
pub(super) struct PlanProps {
    /// What is shown.
    pub shown: Shown,
    /// Where messages go.
    pub send: Callback<Message>,
}

/// Draws the plan itself.
#[component]
pub(super) fn PlanInspector(props: &PlanProps) -> Html {
    let (shown, send) = (&props.shown, &props.send);
    let plan = &shown.plan;
    let title = if plan.title.is_empty() {
        "Untitled plan"
    } else {
        &plan.title
    };
    let body = html! {
        <>
            <div class="slot">{ for problems(shown) }</div>
            { journeys(shown, send) }
            { bill(shown) }
            <Assumptions shown={shown.clone()} send={send.clone()} />
            { notes(shown, send) }
        </>
    };
    let on_title = edits(send, |title| Command::from(SetTitle { title, notes: None }));
    Frame {
        about: "plan".to_owned(),
        icon: None,
        titles: html! {
            <>
                <TextField
                    label="Plan title"
                    class="inspector__name"
                    value={plan.title.clone()}
                    placeholder={title.to_owned()}
                    on_change={on_title}
                />
                <p class="inspector__type">{ extent(shown) }</p>
            </>
        },
        leaves: true,
        body,
        foot: None,
    }
    .draw(send)
}

fn extent(shown: &Shown) -> String {
    let plan = &shown.plan;
    let components = format::count(plan.components.len(), "component", "components");
    let connections = format::count(plan.connections.len(), "connection", "connections");
    format!("{components}, {connections}")
}

fn journeys(shown: &Shown, send: &Callback<Message>) -> Html {
    let plan = &shown.plan;
    let on_add = {
        let plan = Rc::clone(plan);
        send.reform(move |()| {
            let id = plan.free_id("journey");
            let name = format!("Journey {}", plan.journeys.len() + 1);
            Message::Edit(Command::from(ChangeJourney {
                journey: Journey {
                    id,
                    name,
                    ..Journey::default()
                },
            }))
        })
    };
    section(
        "journeys",
        "Who comes, and how often",
        None,
        html! {
            <>
                <div class="journeys">
                    { for distinct(&plan.journeys, |journey| &journey.id).map(|source| html! {
                        <JourneyFields
                            key={source.id.as_str()}
                            shown={shown.clone()}
                            journey={Rc::clone(source)}
                            send={send.clone()}
                        />
                    }) }
                    { for plan.journeys.is_empty().then(|| html! {
                        <p class="inspector__text" key="none">
                            { "No journey is stated: every kind of users sends 10 requests a second." }
                        </p>
                    }) }
                </div>
                <Button
                    label="Add a journey"
                    icon="plus"
                    look={Look::Quiet}
                    small=true
                    on_click={on_add}
                />
            </>
        },
    )
}

#[derive(Properties)]
struct JourneyProps {
    shown: Shown,
    journey: Rc<Journey>,
    send: Callback<Message>,
}

impl PartialEq for JourneyProps {
    fn eq(&self, other: &Self) -> bool {
        self.shown == other.shown
            && Rc::ptr_eq(&self.journey, &other.journey)
            && self.send == other.send
    }
}

/// The ends of the slider, in requests per second.
const PEAKS: (f64, f64) = (0.1, 100_000.0);

#[component]
fn JourneyFields(props: &JourneyProps) -> Html {
    let more = use_state_eq(|| false);
    let (journey, send) = (&props.journey, &props.send);
    let id = |field: &str| AttrValue::from(format!("journey-{}-{field}", journey.id));
    let name = if journey.name.is_empty() {
        journey.id.as_str()
    } else {
        &journey.name
    };
    let peak = journey.peak_rps.unwrap_or(10.0);
    let changed = {
        let journey = Rc::clone(journey);
        move |change: &dyn Fn(&mut Journey)| {
            let mut next = (*journey).clone();
            change(&mut next);
            Command::from(ChangeJourney { journey: next })
        }
    };
    let edit = |change: fn(&mut Journey, Option<f64>)| {
        let changed = changed.clone();
        edits(send, move |value| {
            changed(&|journey| change(journey, value))
        })
    };
    let on_slide = {
        let changed = changed.clone();
        send.reform(move |peak| {
            Message::EditLive(changed(&|journey| journey.peak_rps = Some(peak)))
        })
    };
    let on_name = {
        let changed = changed.clone();
        edits(send, move |name: String| {
            changed(&|journey| journey.name.clone_from(&name))
        })
    };
    let percentile = journey
        .target
        .as_ref()
        .map_or(95.0, |target| target.percentile);
    let remove = Command::from(RemoveJourney {
        journey: journey.id.clone(),
    });
    let on_more = {
        let more = more.clone();
        move |_: MouseEvent| more.set(!*more)
    };
    html! {
        <div class="journey" role="group" aria-label={name.to_owned()}>
            <div class="journey__head">
                <TextField
                    label="Name of the journey"
                    class="journey__name"
                    value={name.to_owned()}
                    on_change={on_name}
                />
                <IconButton
                    icon="trash"
                    label={format!("Delete {name}")}
                    side="end"
                    small=true
                    on_click={send.reform(move |()| Message::Edit(remove.clone()))}
                />
            </div>
            <div class="journey__peak">
                <Slider
                    label={format!("Peak of {name}, requests a second")}
                    text={format!("{} requests a second", format::short(peak))}
                    value={peak}
                    min={PEAKS.0}
                    max={PEAKS.1}
                    on_move={on_slide}
                    on_release={send.reform(|()| Message::Settle)}
                />
                <NumberField
                    id={id("peak")}
                    label="Peak, requests a second"
                    look={Beside::Nothing}
                    unit="/s"
                    value={Some(peak)}
                    min=0.0
                    max=1e9
                    required=true
                    on_change={edit(|journey, peak| journey.peak_rps = peak)}
                />
            </div>
            <NumberField
                id={id("target")}
                label={format!("Target, p{}", format::short(percentile))}
                unit="ms"
                value={journey.target.as_ref().map(|target| round(target.seconds * 1000.0))}
                placeholder="none"
                min=1.0
                max=3_600_000.0
                on_change={edit(set_target)}
            />
            <button
                type="button"
                class="button button--quiet button--small journey__more"
                aria-expanded={more.to_string()}
                onclick={on_more}
            >
                { if *more { "Less" } else { "Growth and bytes" } }
            </button>
            <div class="slot">
                { for more.then(|| html! {
                    <div class="inspector__fields">
                        <NumberField
                            id={id("growth")}
                            label="Growth"
                            unit="% a month"
                            value={journey.growth_percent_month}
                            default={Some(0.0)}
                            min={-100.0}
                            max=1000.0
                            explanation="By how much the peak grows each month."
                            on_change={edit(|journey, growth| journey.growth_percent_month = growth)}
                        />
                        <NumberField
                            id={id("request")}
                            label="Request"
                            unit="bytes"
                            value={journey.request_bytes}
                            placeholder="not stated"
                            min=0.0
                            max=1e15
                            explanation="Bytes of one request from outside."
                            on_change={edit(|journey, bytes| journey.request_bytes = bytes)}
                        />
                        <NumberField
                            id={id("response")}
                            label="Response"
                            unit="bytes"
                            value={journey.response_bytes}
                            placeholder="not stated"
                            min=0.0
                            max=1e15
                            explanation="Bytes of one response to outside; they are what egress is charged for."
                            on_change={edit(|journey, bytes| journey.response_bytes = bytes)}
                        />
                        <NumberField
                            id={id("static")}
                            label="From files"
                            value={journey.static_share}
                            default={Some(1.0)}
                            min=0.0
                            max=1.0
                            step={Some(0.05)}
                            explanation="Share of the requests that a CDN or web server could answer from files, from 0 to 1."
                            on_change={edit(|journey, share| journey.static_share = share)}
                        />
                    </div>
                }) }
            </div>
        </div>
    }
}

fn set_target(journey: &mut Journey, millis: Option<f64>) {
    journey.target = millis.map(|millis| Target {
        seconds: millis / 1000.0,
        ..journey.target.clone().unwrap_or(Target {
            percentile: 95.0,
            ..Target::default()
        })
    });
}

/// Milliseconds without the dust of a division.
fn round(millis: f64) -> f64 {
    (millis * 1e6).round() / 1e6
}

/// Components in the bill by name; what is beyond is one row.
const BILLED: usize = 12;

fn bill(shown: &Shown) -> Html {
    let currency = shown.currency();
    let mut billed: Vec<(&Component, Option<f64>)> =
        distinct(&shown.plan.components, |component| &component.id)
            .filter_map(|component| {
                let evaluation = shown.evaluation.components.get(&component.id)?;
                evaluation.hosting?;
                Some((&**component, evaluation.cost_month.map(|month| month.0)))
            })
            .collect();
    if billed.len() > BILLED {
        billed.sort_by(|a, b| b.1.unwrap_or(0.0).total_cmp(&a.1.unwrap_or(0.0)));
    }
    let rest = billed.split_off(billed.len().min(BILLED));
    let rest_cost: f64 = rest.iter().filter_map(|(_, cost)| *cost).sum();
    let row = |key: &str, name: String, price: String| {
        html! {
            <tr key={key}>
                <th scope="row">{ name }</th>
                <td class="table__number">{ price }</td>
            </tr>
        }
    };
    section(
        "bill",
        "The bill",
        Some("a month, 730 hours".to_owned()),
        html! {
            <table class="table">
                <thead class="visually-hidden">
                    <tr><th scope="col">{ "Component" }</th><th scope="col">{ "A month" }</th></tr>
                </thead>
                <tbody>
                    { for billed.iter().map(|(component, cost)| {
                        let price = cost.map_or_else(
                            || "not priced".to_owned(),
                            |cost| format::price(cost, currency),
                        );
                        row(&component.id, name_of(component), price)
                    }) }
                    { for (!rest.is_empty()).then(|| {
                        row("…", format!("{} more", rest.len()), format::price(rest_cost, currency))
                    }) }
                </tbody>
                <tfoot>
                    { row("all", "All".to_owned(), format::price(shown.evaluation.totals.cost_month.0, currency)) }
                </tfoot>
            </table>
        },
    )
}

/// What is wrong with the plan as drawn; none where nothing is.
fn problems(shown: &Shown) -> Option<Html> {
    const MOST: usize = 20;
    let problems = &shown.evaluation.problems;
    (!problems.is_empty()).then(|| {
        let aside = format::count(problems.len(), "problem", "problems");
        section(
            "problems",
            "In the plan",
            Some(aside),
            html! {
                <ul class="inspector__findings">
                    { for problems.iter().take(MOST).enumerate().map(|(index, problem)| html! {
                        <li class="note severity--error" key={format!("{} {index}", problem.id)}>
                            <Icon name="error" />
                            <div class="note__text"><p>{ &problem.message }</p></div>
                        </li>
                    }) }
                </ul>
            },
        )
    })
}

#[derive(Properties, PartialEq)]
struct AssumptionsProps {
    shown: Shown,
    send: Callback<Message>,
}

#[component]
fn Assumptions(props: &AssumptionsProps) -> Html {
    let explained = use_state_eq(|| false);
    let on_explain = {
        let explained = explained.clone();
        move |_: MouseEvent| explained.set(!*explained)
    };
    html! {
        <Disclosure title="Assumptions" aside={assumptions_aside(&props.shown)}>
            <p class="inspector__text">{ "Estimates that nobody can look up. Put in your own." }</p>
            <div class="inspector__fields">
                { for ASSUMPTIONS.iter().map(|assumption| assumption_field(props, assumption, *explained)) }
            </div>
            <button
                type="button"
                class="button button--quiet button--small"
                aria-pressed={explained.to_string()}
                onclick={on_explain}
            >
                { "Explain the assumptions" }
            </button>
        </Disclosure>
    }
}

fn assumptions_aside(shown: &Shown) -> String {
    let own = ASSUMPTIONS
        .iter()
        .filter(|assumption| shown.plan.assumptions.stated(assumption.id).is_some())
        .count();
    if own == 0 {
        "all defaults".to_owned()
    } else {
        format!("{own} your own")
    }
}

fn assumption_field(
    props: &AssumptionsProps,
    assumption: &'static Assumption,
    explained: bool,
) -> Html {
    let AssumptionsProps { shown, send } = props;
    // What is counted per something is money.
    let unit = if assumption.unit.starts_with("per ") {
        format!("{} {}", shown.currency(), assumption.unit)
    } else {
        assumption.unit.to_owned()
    };
    let stated = shown.plan.assumptions.stated(assumption.id);
    let on_change = edits(send, move |base: Option<f64>| {
        Command::from(SetAssumption {
            assumption: assumption.id.to_owned(),
            value: base.map(|base| around(assumption.default, base)),
        })
    });
    let Range { low, base, high } = assumption.default;
    let origin = format!(
        "estimated from {} to {}",
        format::exact(low.min(high)),
        format::exact(low.max(high))
    );
    html! {
        <NumberField
            key={assumption.id}
            id={format!("assumption-{}", assumption.id)}
            label={assumption.name}
            {unit}
            value={stated.map(|range| range.base)}
            default={Some(base)}
            min=0.0
            max=1e9
            explanation={assumption.explanation}
            {origin}
            {explained}
            {on_change}
        />
    }
}

/// One's own base with the doubt of the default around it; without doubt where the default has none or is 0.
fn around(default: Range, base: f64) -> AssumptionValue {
    if default.base == 0.0 || default.low.max(default.high) <= default.base {
        return AssumptionValue::Exactly(base);
    }
    let factor = base / default.base;
    AssumptionValue::Range([default.low * factor, base, default.high * factor])
}

fn notes(shown: &Shown, send: &Callback<Message>) -> Html {
    let title = shown.plan.title.clone();
    let on_change = edits(send, move |notes| {
        Command::from(SetTitle {
            title: title.clone(),
            notes: Some(notes),
        })
    });
    section(
        "plan-notes",
        "Notes",
        None,
        html! {
            <TextField
                area=true
                label="Notes"
                value={shown.plan.notes.clone()}
                placeholder="Why this plan, and what speaks against it"
                {on_change}
            />
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ones_own_estimate_keeps_the_doubt_of_the_default() {
        let doubt = Range::new(200.0, 400.0, 800.0);
        assert_eq!(
            around(doubt, 800.0),
            AssumptionValue::Range([400.0, 800.0, 1600.0])
        );
        assert_eq!(
            around(Range::exactly(3.0), 5.0),
            AssumptionValue::Exactly(5.0)
        );
        assert_eq!(around(doubt, 0.0), AssumptionValue::Range([0.0, 0.0, 0.0]));
    }

    #[test]
    fn a_target_is_given_in_milliseconds_and_taken_away() {
        let mut journey = Journey::default();
        set_target(&mut journey, Some(300.0));
        let target = journey.target.clone().unwrap();
        assert_eq!((target.percentile, target.seconds), (95.0, 0.3));
        set_target(&mut journey, None);
        assert_eq!(journey.target, None);
    }
}
