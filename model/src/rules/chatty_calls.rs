//! One request that asks the same component over and over.

use super::{Context, Finding, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "chatty-calls",
    severity: Severity::Medium,
    why: "Every call waits for the one before it, so distance and queues count once per call, and the slowest of many decides.",
    advice: "Ask for everything at once: a join, a batch, a cache.",
    limits: "Calls in parallel or without waiting are not reported.",
    bad: "users -> app -[calls=40]-> db",
    good: "users -> app -[calls=4]-> db",
    check,
};

/// Calls of one visit from which the number of calls itself is the problem.
const MANY: f64 = 20.0;

fn check(context: &Context) -> Vec<Finding> {
    let topology = context.topology;
    topology
        .connections
        .iter()
        .filter(|connection| connection.calls > MANY && connection.mode == crate::plan::Mode::Sync)
        .map(|connection| {
            let (from, to) = (topology.name(connection.from), topology.name(connection.to));
            let title = words!(
                "{from} asks {to} {calls} times for one request",
                from,
                to,
                calls = connection.calls.round()
            );
            RULE.finding(vec![connection.source.id.clone()], title)
                .number("calls", connection.calls)
        })
        .collect()
}
