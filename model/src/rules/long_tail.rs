//! A journey whose slow answers are far slower than its usual ones.

use super::{Context, Finding, Rule, Severity};
use crate::words::{fixed, text};

pub(super) const RULE: Rule = Rule {
    id: "long-tail",
    severity: Severity::Medium,
    why: "Most people are served quickly and a few wait very long; who makes many requests is among those few every day.",
    advice: "Give slow requests a line of their own, or make the variable part steadier.",
    limits: "Where the usual answer comes from a cache, a long tail may be just what it costs to miss.",
    bad: "users[rps=0] -> app[service_time_ms=10 scv=20]",
    good: "users[rps=0] -> app[service_time_ms=10]",
    check,
};

/// How many times longer than half of the answers one in a hundred takes.
const LONG: f64 = 10.0;

fn check(context: &Context) -> Vec<Finding> {
    let topology = context.topology;
    topology
        .journeys
        .iter()
        .zip(&context.reports.latency.journeys)
        .filter_map(|(journey, latency)| {
            let times = latency.percentiles?;
            let ratio = times.p99.0 / times.p50.0;
            if !ratio.is_finite() || ratio <= LONG {
                return None;
            }
            let subject = journey.source.map_or(&journey.id, |source| &source.id);
            let title = words!(
                "One answer in a hundred takes {ratio} times as long as usual",
                ratio = fixed(ratio, 0)
            );
            let why = words!(
                "Half of the answers take up to {half} ms, one in a hundred more than {slowest} ms. {why}",
                half = fixed(times.p50.millis(), 0),
                slowest = fixed(times.p99.millis(), 0),
                why = text(RULE.why)
            );
            let finding = RULE
                .finding(vec![subject.clone()], title)
                .why(why)
                .number("ratio", ratio);
            Some(finding)
        })
        .collect()
}
