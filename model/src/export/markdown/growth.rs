//! How long the plan lasts if the load grows as stated.

use super::super::figures;
use super::page::{Page, in_months, optional};
use super::text::text;
use crate::evaluate::JourneyEvaluation;

pub(super) fn write(page: &mut Page) {
    let growing = page.evaluation.journeys.iter();
    let rows: Vec<[String; 5]> = growing
        .filter(|journey| {
            let growth = &journey.growth;
            growth.percent_month > 0.0 || growth.months_to_saturation.is_some()
        })
        .map(|journey| row(page, journey))
        .collect();
    page.table_section(
        "Growth",
        [
            "Journey",
            "A month:",
            "Used up first",
            "When",
            "Target missed",
        ],
        rows,
    );
}

fn row(page: &Page, journey: &JourneyEvaluation) -> [String; 5] {
    let growth = &journey.growth;
    let target = match growth.months_to_target {
        Some(months) => Some(in_months(months)),
        None if growth.is_too_large => Some("not known: the plan is too large".to_owned()),
        None => None,
    };
    let saturates = growth.saturates.as_ref();
    [
        text(&journey.name),
        format!("+{} %", figures::number(growth.percent_month)),
        saturates.map_or("nothing".to_owned(), |first| page.bottleneck(first)),
        optional(growth.months_to_saturation, in_months),
        optional(target, |target| target),
    ]
}
