//! The numbers that nobody can look up, and what the amounts are in.

use super::super::figures;
use super::page::Page;
use super::text::text;
use crate::plan::{ASSUMPTIONS, Subject};
use crate::units::Range;

pub(super) fn write(page: &mut Page) {
    page.section("Assumptions");
    page.line(
        "Nobody can look these up; each is low, base and high, and the plan may say otherwise.",
    );
    let stated = |id| page.plan.assumptions.stated(id).is_some();
    let rows: Vec<[String; 5]> = ASSUMPTIONS
        .iter()
        .filter(|assumption| {
            !matches!(
                assumption.subject,
                Subject::Machine | Subject::Work | Subject::Exit
            ) || stated(assumption.id)
        })
        .map(|assumption| {
            let Range { low, base, high } = page.plan.assumptions.get(assumption.id);
            let unit = if assumption.unit.is_empty() {
                String::new()
            } else {
                format!(" ({})", assumption.unit)
            };
            let from = if stated(assumption.id) {
                "the plan"
            } else {
                "the default"
            };
            [
                format!("{}{unit}", assumption.name),
                figures::number(low),
                figures::number(base),
                figures::number(high),
                from.to_owned(),
            ]
        })
        .collect();
    page.table(["Assumption", "Low:", "Base:", "High:", "From"], rows);
    page.note("What a kind of disk or processor gives is as assumed by default, where the table, the plan and the offer do not say it.");
    let stamp = page.plan.catalogue.as_ref();
    let version = stamp.and_then(|stamp| stamp.version.as_deref());
    let version = version.map(|version| format!(" The catalogue is of {}.", text(version)));
    page.note(&format!(
        "Amounts are in {}; a month has 730 hours.{}",
        text(page.currency()),
        version.unwrap_or_default()
    ));
}
