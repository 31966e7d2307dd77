//! Callers that all come back at the same moment.

use super::{Context, Finding, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "retries-without-backoff",
    severity: Severity::Medium,
    why: "Callers that failed together come back together, and fail together again.",
    advice: "Wait longer before every attempt, each caller for a random part of that time.",
    limits: "A caller that is alone cannot come back in a crowd.",
    bad: "users -> app -[retries=2 backoff=none]-> db",
    good: "users -> app -[retries=2 backoff=jittered]-> db",
    check,
};

fn check(context: &Context) -> Vec<Finding> {
    let topology = context.topology;
    topology
        .connections
        .iter()
        .filter(|edge| edge.most_attempts > 1.0 && !edge.is_jittered)
        .map(|edge| {
            let (from, to) = (topology.name(edge.from), topology.name(edge.to));
            let title = words!("{from} asks {to} again without waiting", from, to);
            RULE.finding(vec![edge.source.id.clone()], title)
                .number("attempts", edge.most_attempts)
        })
        .collect()
}
