//! How much data the worst losses take, and how long it takes to get going again, step by step.

use model::evaluate::{Disruption, JourneyEvaluation, Recovery, Remedy, Timeline};
use model::plan::Comparison;
use yew::prelude::*;

use super::super::Shown;
use super::{lead, note, text};
use crate::texts;
use crate::texts::say;
use crate::widgets::chart::{Part, stack};
use crate::widgets::format;
use crate::widgets::severity::{Weight, tag};
use crate::widgets::table::{Column, Row, table};

/// Draws what every journey loses and waits for, class by class.
pub(super) fn data(shown: &Shown) -> Html {
    let evaluation = &shown.evaluation;
    let mut told: Vec<&JourneyEvaluation> = Vec::new();
    for journey in &evaluation.journeys {
        if !told.iter().any(|known| known.recovery == journey.recovery) {
            told.push(journey);
        }
    }
    html! {
        <section class="results__group" aria-label={t!("Data and recovery")}>
            { for told.into_iter().filter(|journey| !journey.recovery.is_empty()).map(|journey| html! {
                <div class="results__journey" key={journey.id.as_str()}>
                    <h3 class="results__heading">{ t!("What {name} loses, and when it is back", name = journey.name) }</h3>
                    { lead(&sentence(shown, journey)) }
                    { classes(shown, journey) }
                    { for journey.recovery.iter().map(|recovery| steps(shown, recovery)) }
                </div>
            }) }
            { note(t!("The worst loss of each class, right before the next backup. How long people and machines take are assumptions of the plan; backups, copies and the speed of a restore are settings of what keeps the data.")) }
            <div class="slot">
                { for (evaluation.unchecked_recoveries > 0).then(|| {
                    note(t!("The plan is too large to follow every loss of a zone, region or host."))
                }) }
            </div>
        </section>
    }
}

fn sentence(shown: &Shown, journey: &JourneyEvaluation) -> String {
    let for_good = journey
        .recovery
        .iter()
        .filter(|one| one.data_loss.is_none());
    let for_good: Vec<&str> = for_good.map(|one| what(one.class)).collect();
    if !for_good.is_empty() {
        let whose = journey.recovery.iter().find_map(|one| one.loses.as_deref());
        let after = format::list(&for_good);
        return match whose {
            Some(id) => t!(
                "The data of {name} is gone for good after {after}.",
                name = shown.name(id),
                after
            ),
            None => t!("The data is gone for good after {after}.", after),
        };
    }
    let most = |read: fn(&Recovery) -> &Option<Timeline>| {
        let all = journey.recovery.iter().filter_map(|one| read(one).as_ref());
        let seconds = all.map(|timeline| timeline.total().base);
        seconds.fold(0.0, f64::max)
    };
    let lost = most(|one| &one.data_loss);
    let down = most(|one| &one.outage);
    let is_back = journey.recovery.iter().all(|one| one.outage.is_some());
    let (loss, back) = (format::duration(lost), format::duration(down));
    match (lost > 0.0, is_back) {
        (true, true) => t!(
            "It loses at most {loss} of data, and is back within {back}.",
            loss,
            back
        ),
        (true, false) => t!(
            "It loses at most {loss} of data, but does not come back from everything.",
            loss
        ),
        (false, true) => t!("It loses no data, and is back within {back}.", back),
        (false, false) => {
            t!("It loses no data, but does not come back from everything.").to_owned()
        }
    }
}

fn what(class: Disruption) -> &'static str {
    match class {
        Disruption::Software => t!("a bad release or a deletion"),
        Disruption::Hardware => t!("the loss of a machine"),
        Disruption::Zone => t!("the loss of a data centre"),
        Disruption::Region => t!("the loss of a region"),
    }
}

fn classes(shown: &Shown, journey: &JourneyEvaluation) -> Html {
    let rows: Vec<Row> = journey
        .recovery
        .iter()
        .map(|recovery| {
            let lost = recovery.data_loss.as_ref();
            let down = recovery.outage.as_ref();
            Row {
                key: recovery.class.id().to_owned(),
                cells: vec![
                    text(say(recovery.class.name())),
                    figure(
                        shown,
                        lost,
                        t!("everything"),
                        t!("nothing"),
                        recovery.loses.as_deref(),
                    ),
                    verdict(shown, "rpo_hours", recovery.class, lost),
                    figure(
                        shown,
                        down,
                        t!("for good"),
                        t!("not at all"),
                        recovery.waits_for.as_deref(),
                    ),
                    verdict(shown, "rto_hours", recovery.class, down),
                    text(back_from(recovery.remedy)),
                ],
            }
        })
        .collect();
    table(
        &t!("Data and recovery: {name}", name = journey.name),
        &[
            Column::text(t!("Worst loss")),
            Column::text(t!("Lost at most")),
            Column::text(t!("Data")),
            Column::text(t!("Down for")),
            Column::text(t!("Recovery")),
            Column::text(t!("Comes back from")),
        ],
        &rows,
        None,
    )
}

fn figure(
    shown: &Shown,
    timeline: Option<&Timeline>,
    endless: &str,
    nothing: &str,
    component: Option<&str>,
) -> Html {
    let figure = match timeline.map(Timeline::total) {
        None => endless.to_owned(),
        Some(total) if total.base > 0.0 => format::duration(total.base).to_string(),
        Some(_) => nothing.to_owned(),
    };
    text(match component {
        Some(id) => format!("{figure} ({})", shown.name(id)),
        None => figure,
    })
}

/// Whether the target of the plan is kept, as a word; what has none is judged only if it is lost for good.
fn verdict(shown: &Shown, metric: &str, class: Disruption, timeline: Option<&Timeline>) -> Html {
    let by_class = format!("{metric}.{}", class.id());
    let asked = shown.plan.requirements.iter().filter(|one| {
        one.op == Comparison::AtMost && (one.metric == metric || one.metric == by_class)
    });
    let asked = asked.filter_map(|one| one.value.as_f64());
    let hours = asked.fold(f64::INFINITY, f64::min);
    let actual = timeline.map(Timeline::hours);
    let is_asked = hours.is_finite();
    let within = format!("{}", format::duration(hours * 3600.0));
    match actual {
        Some(actual) if is_asked && actual <= hours => {
            tag(Weight::Good, &t!("within {within}", within))
        }
        Some(_) if is_asked => tag(Weight::High, &t!("more than {within}", within)),
        None if is_asked => tag(Weight::Error, &t!("more than {within}", within)),
        None => tag(Weight::Error, t!("no way back")),
        Some(_) => text(t!("no target")),
    }
}

fn back_from(remedy: Remedy) -> &'static str {
    match remedy {
        Remedy::Unneeded => t!("no data to bring back"),
        Remedy::Replica => t!("a replica"),
        Remedy::Standby => t!("the component that stands by"),
        Remedy::Disk => t!("its disk, which is left"),
        Remedy::Backup => t!("the last backup"),
        Remedy::Nothing => t!("nowhere"),
    }
}

/// The outage as a bar of its steps.
fn steps(shown: &Shown, recovery: &Recovery) -> Html {
    let picture = recovery.outage.as_ref().and_then(|outage| {
        let parts: Vec<Part> = outage
            .terms
            .iter()
            .map(|term| Part {
                label: texts::words(&term.step.words()),
                value: term.time.base,
                text: format::duration(term.time.base).to_string(),
                hatched: 0.0,
            })
            .collect();
        let all: Vec<String> = parts
            .iter()
            .map(|part| format!("{} {}", part.label, part.text))
            .collect();
        let total = outage.total();
        let waits = recovery.waits_for.as_deref();
        let (class, time) = (say(recovery.class.name()), format::duration(total.base));
        let title = match waits {
            Some(id) => t!(
                "{class}: {time}, waiting for {name}",
                class,
                time,
                name = shown.name(id)
            ),
            None => format!("{class}: {time}"),
        };
        let spread = t!(
            "{low} to {high}",
            low = format::duration(total.low),
            high = format::duration(total.high)
        );
        let picture = stack(&title, &all.join(" + "), &parts)?;
        Some(html! {
            <>
                <h4 class="results__name">
                    { &title }
                    <span class="results__aside">{ spread }</span>
                </h4>
                { picture }
            </>
        })
    });
    html! {
        <div class="slot" key={recovery.class.id()}>{ for picture }</div>
    }
}
