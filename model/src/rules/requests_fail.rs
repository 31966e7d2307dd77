//! Journeys of which a part gets no answer in time, whatever is tried again.

use super::{Context, Finding, Rule, Severity};
use crate::words::fixed;

/// A part that is noticed: one request in a hundred.
const MANY: f64 = 0.01;

pub(super) const RULE: Rule = Rule {
    id: "requests-fail",
    severity: Severity::High,
    why: "Callers give up before the answer comes or find no room, and trying again does not help all of them; response times are those of the others.",
    advice: "Take load off what is slow, wait longer where the caller can, or make the dependency optional.",
    limits: "Outages come on top. How many attempts are late is estimated from mean and variance.",
    bad: "users[rps=50] -[timeout_ms=30]-> app[service_time_ms=10 servers=1]",
    good: "users[rps=50] -[timeout_ms=1000]-> app[service_time_ms=10 servers=1]",
    check,
};

fn check(context: &Context) -> Vec<Finding> {
    let journeys = context.topology.journeys.iter();
    journeys
        .zip(&context.reports.at_peak.failed)
        .filter(|(_, failed)| **failed >= MANY)
        .filter_map(|(journey, &failed)| {
            let source = journey.source?;
            let name = if source.name.is_empty() {
                source.id.as_str()
            } else {
                &source.name
            };
            let title = if failed > 1.0 - MANY {
                words!("{name}: no request is answered in time", name)
            } else {
                words!(
                    "{name}: {failed} of 100 requests fail",
                    name,
                    failed = fixed(failed * 100.0, 0)
                )
            };
            let finding = RULE
                .finding(vec![source.id.clone()], title)
                .number("failed", failed);
            Some(finding)
        })
        .collect()
}
