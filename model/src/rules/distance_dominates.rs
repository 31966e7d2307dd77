//! A journey that spends its time on the way.

use super::{Context, Finding, Rule, Severity};
use crate::words::fixed;

pub(super) const RULE: Rule = Rule {
    id: "distance-dominates",
    severity: Severity::Medium,
    why: "No faster machine shortens the way: every call that waits for another pays the round trip again.",
    advice: "Put what talks most closest together, or ask once instead of many times.",
    limits: "The first round trip, to the user, is paid whatever you do; a copy near the users shortens it.",
    bad: "users[rps=1 target_ms=200] -> app[service_time_ms=10] -[calls=5 rtt_ms=20]-> db[service_time_ms=1]",
    good: "users[rps=1 target_ms=200] -> app[service_time_ms=10] -[calls=5 rtt_ms=1]-> db[service_time_ms=1]",
    check,
};

/// Share of the target that round trips may take.
const MUCH: f64 = 0.3;

fn check(context: &Context) -> Vec<Finding> {
    let journeys = context.topology.journeys.iter();
    journeys
        .zip(&context.reports.latency.journeys)
        .filter_map(|(journey, latency)| {
            let source = journey.source?;
            let target = source.target.as_ref()?.seconds;
            let on_the_way = latency.round_trips;
            if on_the_way.0 <= MUCH * target {
                return None;
            }
            let title = words!(
                "Round trips take {way} ms of the {target} ms that are asked for",
                way = fixed(on_the_way.millis(), 0),
                target = fixed(target * 1000.0, 0)
            );
            let finding = RULE
                .finding(vec![source.id.clone()], title)
                .number("round_trip_seconds", on_the_way.0)
                .number("target_seconds", target);
            Some(finding)
        })
        .collect()
}
