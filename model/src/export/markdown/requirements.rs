//! What is asked of the plan, and whether it holds.

use super::super::figures;
use super::page::Page;
use super::text::text;
use crate::metrics::{self, Verdict};
use crate::plan::Requirement;

pub(super) fn write(page: &mut Page) {
    let rows: Vec<[String; 3]> = page
        .plan
        .requirements
        .iter()
        .map(|requirement| row(page, requirement))
        .collect();
    page.table_section("Requirements", ["Requirement", "Verdict", "Actual"], rows);
}

fn row(page: &Page, requirement: &Requirement) -> [String; 3] {
    let asked = text(&requirement.to_string());
    let (verdict, actual) = match metrics::check(requirement, page.plan, page.evaluation) {
        Verdict::Met { actual } => ("met", Some(actual)),
        Verdict::Missed { actual } => ("**missed**", Some(actual)),
        Verdict::Unknown(why) => return [asked, "not known".to_owned(), text(&why.to_string())],
    };
    let shown = actual.zip(metrics::metric(&requirement.metric));
    let shown =
        shown.map(|(actual, (metric, _))| figures::metric(metric, &actual, page.currency()));
    [asked, verdict.to_owned(), text(&shown.unwrap_or_default())]
}
