//! Check by simulation: what the formulas say beside what happens when the plan is tried out.

use model::export::figures;
use model::plan::format as plan_file;
use model::units::Seconds;
use serde_json::Value;
use yew::prelude::*;

use super::super::Shown;
use super::{dash, note, optional, text};
use crate::browser::simulator::{Answer, Simulator, simulate};
use crate::texts::say;
use crate::widgets::button::{Button, Look};
use crate::widgets::format;
use crate::widgets::severity::{Weight, tag};
use crate::widgets::table::{Column, Row, table};

/// What is tried out.
#[derive(Properties, PartialEq)]
pub(super) struct SimulationProps {
    /// The plan on screen.
    pub shown: Shown,
}

/// How far a check is.
#[derive(Clone, PartialEq)]
enum Check {
    NotAsked,
    /// So many percent.
    Running(u32),
    Done(Seen),
    Broken(String),
}

/// Draws the button, how far it is, and what was seen; a change of the plan makes it vanish.
#[component]
pub(super) fn Simulation(props: &SimulationProps) -> Html {
    let check = use_state_eq(|| Check::NotAsked);
    let seed = use_mut_ref(|| 0_u64);
    let running = use_mut_ref(|| None::<Simulator>);
    {
        let (check, running) = (check.clone(), running.clone());
        use_effect_with(props.shown.clone(), move |_| {
            running.take();
            check.set(Check::NotAsked);
        });
    }
    let start = {
        let (shown, check, running) = (props.shown.clone(), check.clone(), running.clone());
        Callback::from(move |()| {
            *seed.borrow_mut() += 1;
            check.set(Check::Running(0));
            let (hearing, shown_then) = (check.clone(), shown.clone());
            let hear = move |answer| {
                hearing.set(match answer {
                    Answer::Progress(percent) => Check::Running(percent),
                    Answer::Report(report) => seen(&report, &shown_then)
                        .map_or_else(|| Check::Broken(String::new()), Check::Done),
                    Answer::Fault(why) => Check::Broken(why),
                });
            };
            let plan = plan_file::write(&shown.plan);
            let simulator = simulate(*seed.borrow(), &plan, hear);
            if simulator.is_none() {
                check.set(Check::Broken(t!("This browser has no workers.").to_owned()));
            }
            *running.borrow_mut() = simulator;
        })
    };
    let cancel = {
        let check = check.clone();
        Callback::from(move |()| {
            running.take();
            check.set(Check::NotAsked);
        })
    };
    html! {
        <section class="results__part simulation" aria-label={t!("Check by simulation")}>
            <h3 class="chart__title">{ t!("Check by simulation") }</h3>
            { note(t!("Makes about a million requests at random times, follows each through the drawing, and looks whether the formulas are inside what happens.")) }
            <div class="simulation__run">{ controls(&check, start, cancel) }</div>
            <p class="results__note" role="status">{ status(&check) }</p>
            <div class="slot">{ for outcome(&check) }</div>
        </section>
    }
}

fn controls(check: &Check, start: Callback<()>, cancel: Callback<()>) -> Html {
    match check {
        Check::Running(percent) => html! {
            <span class="simulation__progress" key="running">
                <progress
                    class="simulation__bar"
                    max="100"
                    value={percent.to_string()}
                    aria-label={t!("Simulated so far")}
                />
                <span class="simulation__percent">{ format!("{percent} %") }</span>
                { Button {
                    label: t!("Cancel").into(),
                    small: true,
                    on_click: cancel,
                    ..Button::default()
                }.draw() }
            </span>
        },
        check => {
            let label = match check {
                Check::NotAsked => t!("Check by simulation"),
                _ => t!("Check again with other numbers"),
            };
            html! {
                <span key="waiting">
                    { Button {
                        label: label.into(),
                        look: Look::Accent,
                        small: true,
                        on_click: start,
                        ..Button::default()
                    }.draw() }
                </span>
            }
        }
    }
}

/// What a screen reader says when something has changed.
fn status(check: &Check) -> String {
    match check {
        Check::NotAsked => String::new(),
        Check::Running(_) => t!("Simulating …").to_owned(),
        Check::Done(seen) => seen.summary.clone(),
        Check::Broken(why) => t!("The simulation did not come to an end. {why}", why),
    }
}

fn outcome(check: &Check) -> Option<Html> {
    let Check::Done(seen) = check else {
        return None;
    };
    let rows: Vec<Row> = seen.figures.iter().map(FigureSeen::row).collect();
    (!rows.is_empty()).then(|| {
        table(
            t!("Formulas and simulation"),
            &[
                Column::text(t!("Journey")),
                Column::text(t!("Figure")),
                Column::number(t!("Formula")),
                Column::number(t!("Simulated, 99 % sure")),
                Column::text(t!("The formula is")),
            ],
            &rows,
            None,
        )
    })
}

/// What a simulation saw.
#[derive(Clone, PartialEq)]
struct Seen {
    summary: String,
    figures: Vec<FigureSeen>,
}

/// One figure of one journey, times in seconds, or the share that fails.
#[derive(Clone, PartialEq)]
struct FigureSeen {
    journey: String,
    figure: &'static str,
    formula: Option<f64>,
    interval: Option<(f64, f64)>,
    is_inside: Option<bool>,
}

/// The figures of a response time: the name in reports, and on screen.
const FIGURES: [(&str, &str); 5] = [
    ("mean", text!("Mean")),
    ("p50", "p50"),
    ("p95", "p95"),
    ("p99", "p99"),
    ("p999", "p99.9"),
];

/// What the share of the requests without an answer is called.
const FAILED: &str = text!("Fail");

/// Reads a report as `hosting-simulation/1`.
fn seen(report: &str, shown: &Shown) -> Option<Seen> {
    let report: Value = serde_json::from_str(report).ok()?;
    let journeys = report["journeys"].as_array()?;
    let (figures, summary) = match report["outcome"].as_str()? {
        "steady" => {
            let figures: Vec<FigureSeen> = journeys
                .iter()
                .flat_map(|journey| figures_of(journey, shown))
                .collect();
            let summary = summary(&figures, &report);
            (figures, summary)
        }
        "grows_without_end" => {
            let name = shown.name(report["grows_at"].as_str().unwrap_or_default());
            let words = t!(
                "It grows without end: {name} gets more than it can do.",
                name
            );
            (Vec::new(), words)
        }
        "idle" => (Vec::new(), t!("Nobody asks for anything.").to_owned()),
        _ => (
            Vec::new(),
            t!("It was stopped: too many events.").to_owned(),
        ),
    };
    Some(Seen { summary, figures })
}

fn summary(figures: &[FigureSeen], report: &Value) -> String {
    let judged: Vec<bool> = figures.iter().filter_map(|one| one.is_inside).collect();
    let inside = judged.iter().filter(|is_inside| **is_inside).count();
    let requests = format::short(report["requests"].as_f64().unwrap_or_default());
    let seed = report["seed"].as_u64().unwrap_or_default();
    t!(
        "{inside} of {judged} figures of the formulas are inside the simulated interval, after {requests} requests with seed {seed}. One in a hundred is outside by chance.",
        inside,
        judged = judged.len(),
        requests,
        seed
    )
}

/// The times of a journey, and what share of it fails where some does.
fn figures_of(journey: &Value, shown: &Shown) -> Vec<FigureSeen> {
    let seen = |figure, compared: &Value| FigureSeen {
        journey: journey["name"].as_str().unwrap_or_default().to_owned(),
        figure,
        formula: compared["formula"].as_f64(),
        interval: interval(compared),
        is_inside: compared["inside"].as_bool(),
    };
    let times = &journey["response_seconds"];
    let mut figures: Vec<FigureSeen> = FIGURES
        .into_iter()
        .map(|(id, figure)| seen(figure, &times[id]))
        .collect();
    let failed = &journey["failed_share"];
    let mut journeys = shown.evaluation.journeys.iter();
    let formula = journeys
        .find(|one| Some(one.id.as_str()) == journey["id"].as_str())
        .map(|one| one.failed_share);
    if formula.is_some_and(|share| share > 0.0) || failed["simulated"].as_f64() > Some(0.0) {
        figures.push(FigureSeen {
            formula,
            is_inside: formula
                .zip(interval(failed))
                .map(|(formula, (low, high))| (low..=high).contains(&formula)),
            ..seen(FAILED, failed)
        });
    }
    figures
}

fn interval(compared: &Value) -> Option<(f64, f64)> {
    let interval = &compared["interval"];
    interval[0].as_f64().zip(interval[1].as_f64())
}

impl FigureSeen {
    fn row(&self) -> Row {
        Row {
            key: format!("{} {}", self.journey, self.figure),
            cells: vec![
                text(&self.journey),
                text(say(self.figure)),
                optional(self.formula, |formula| {
                    if self.figure == FAILED {
                        format::percent(formula)
                    } else {
                        figures::time(Seconds(formula))
                    }
                }),
                optional(self.interval, |(low, high)| {
                    if self.figure == FAILED {
                        t!(
                            "{low} to {high}",
                            low = format::short(low * 100.0),
                            high = format::percent(high)
                        )
                    } else {
                        figures::times(Seconds(low), Seconds(high))
                    }
                }),
                self.verdict(),
            ],
        }
    }

    fn verdict(&self) -> Html {
        match (self.is_inside, self.formula, self.interval) {
            (Some(true), ..) => tag(Weight::Good, t!("inside the interval")),
            (Some(false), Some(formula), Some((low, high))) => {
                let off = formula / f64::midpoint(low, high) - 1.0;
                let share = format::percent(off.abs());
                let words = if off > 0.0 {
                    t!("outside, {share} above", share)
                } else {
                    t!("outside, {share} below", share)
                };
                tag(Weight::Medium, &words)
            }
            _ => dash(),
        }
    }
}
