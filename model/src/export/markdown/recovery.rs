//! What is lost and for how long after a fault of software, hardware, a zone or a region, as sums of steps.

use super::page::{NOTHING, Page};
use super::text::text;
use crate::evaluate::Timeline;
use crate::export::figures;
use crate::units::Seconds;

pub(super) fn write(page: &mut Page) {
    let mut rows: Vec<[String; 5]> = Vec::new();
    for journey in &page.evaluation.journeys {
        for recovery in &journey.recovery {
            let waits_for = recovery.waits_for.as_ref().map(|id| page.name_of(id));
            let loses = recovery.loses.as_ref().map(|id| page.name_of(id));
            let lost = sum(recovery.data_loss.as_ref(), "all of it", "nothing");
            let down = sum(recovery.outage.as_ref(), "for good", "not at all");
            rows.push([
                text(&journey.name),
                recovery.class.name().to_owned(),
                of(lost, loses),
                of(down, waits_for),
                steps(recovery.outage.as_ref()),
            ]);
        }
    }
    let columns = [
        "Journey",
        "Worst loss",
        "Data lost at most",
        "Down for",
        "Step by step",
    ];
    page.table_section("Recovery", columns, rows);
    if page.evaluation.unchecked_recoveries > 0 {
        page.note("The plan is too large to follow every loss of a zone, region or host.");
    }
}

fn sum(timeline: Option<&Timeline>, endless: &str, nothing: &str) -> String {
    match timeline.map(|timeline| timeline.total().base) {
        None => endless.to_owned(),
        Some(seconds) if seconds > 0.0 => figures::time(Seconds(seconds)),
        Some(_) => nothing.to_owned(),
    }
}

fn of(figure: String, component: Option<String>) -> String {
    match component {
        Some(component) => format!("{figure} ({component})"),
        None => figure,
    }
}

fn steps(timeline: Option<&Timeline>) -> String {
    let terms = timeline.map_or(&[][..], |timeline| &timeline.terms);
    let terms: Vec<String> = terms
        .iter()
        .map(|term| {
            let time = figures::time(Seconds(term.time.base));
            format!("{} {time}", term.step.words())
        })
        .collect();
    if terms.is_empty() {
        return NOTHING.to_owned();
    }
    terms.join(" + ")
}
