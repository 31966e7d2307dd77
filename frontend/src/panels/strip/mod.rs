//! The answer: six numbers in a fixed order, what moved them, then the findings.

mod answers;
mod change;
mod pictures;
mod what_if;

use std::cell::RefCell;
use std::rc::Rc;

use model::evaluate::Evaluation;
use model::rules::Finding;
use model::scenarios::Aftermath;
use yew::prelude::*;

use super::words::counts;
use super::{RESULTS_ID, Shown};
use crate::state::{Message, Overlay, Quantity};
use crate::texts::say;
use crate::widgets::format::Figure;
use crate::widgets::icon::{Size, icon};
use crate::widgets::severity::{Weight, tag};
use crate::widgets::timer::use_timer;

use answers::answer;
use change::Change;
use pictures::picture;
use what_if::answer_without;

/// How long a change stays in sight, in milliseconds.
const CHANGE_MILLIS: u32 = 5000;

/// The answer.
#[derive(Properties, PartialEq)]
pub(crate) struct StripProps {
    /// What is shown.
    pub shown: Shown,
    /// Whether its evaluation answers an edit: only then the difference from the one before is the user's.
    pub answers_edit: bool,
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
    let before = use_baseline(shown, props.answers_edit);
    let changes: Vec<Option<Change>> = Quantity::ALL
        .iter()
        .map(|&quantity| Change::between(quantity, before.as_ref()?, shown))
        .collect();
    let summary = spoken(shown, before.as_ref(), &changes);
    let what_if = props.aftermath.is_some();
    let label = if what_if {
        t!("Results without what is taken away")
    } else {
        t!("Results")
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
fn use_baseline(shown: &Shown, answers_edit: bool) -> Option<Shown> {
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
            if !answers_edit || is_other_plan(&memory.last, shown) {
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
    if !has_parts(after) {
        return before.plan.components.len() > 1;
    }
    has_parts(before)
        && before.plan.title != after.plan.title
        && before
            .plan
            .components
            .iter()
            .zip(&after.plan.components)
            .all(|(before, after)| !Rc::ptr_eq(before, after))
}

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
                <span class="strip__name">{ say(quantity.name()) }</span>
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
            <span class="strip__delta-words">{ &change.words }</span>
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
        t!("None").to_owned()
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
            <span class="strip__label"><span class="strip__name">{ t!("Findings") }</span></span>
            <span class="strip__figure"><span class="strip__value">{ value }</span></span>
            <span class="strip__driver">
                <span class="strip__counts">
                    { for counts.iter().take(2).map(|(weight, words)| tag(*weight, words)) }
                    { for (total == 0).then(|| tag(Weight::Good, t!("nothing found"))) }
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
            Some(format!(
                "{} {figure}, {}.",
                say(quantity.name()),
                change.words
            ))
        })
        .collect();
    sentences.extend(spoken_findings(&before.evaluation, &shown.evaluation));
    sentences.join(" ")
}

/// How many findings there are and how many of them are new, where that changed: `3 findings, 1 new.`
fn spoken_findings(before: &Evaluation, after: &Evaluation) -> Option<String> {
    let has = |findings: &[Finding], one: &Finding| {
        let mut all = findings.iter();
        all.any(|known| known.rule == one.rule && known.subjects == one.subjects)
    };
    let lost = |from: &Evaluation, to: &Evaluation| {
        let findings = from.findings.iter();
        let gone = findings.filter(|one| !has(&to.findings, one)).count();
        gone + from.problems.len().saturating_sub(to.problems.len())
    };
    let (new, gone) = (lost(after, before), lost(before, after));
    if new + gone == 0 {
        return None;
    }
    let all = tn!(
        after.findings.len() + after.problems.len();
        "{count} finding",
        "{count} findings"
    );
    Some(match (new, gone) {
        (new, 0) => t!("{all}, {new} new.", all, new),
        (0, gone) => t!("{all}, {gone} gone.", all, gone),
        (new, gone) => t!("{all}, {new} new, {gone} gone.", all, new, gone),
    })
}
