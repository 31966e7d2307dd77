//! A caller that gives up before what it asks does.

use super::{Context, Finding, Rule, Severity};
use crate::words::{fixed, text};

pub(super) const RULE: Rule = Rule {
    id: "caller-gives-up-first",
    severity: Severity::Info,
    why: "Behind a caller that has given up, work goes on that nobody waits for.",
    advice: "Let timeouts get shorter from the outside in: each shorter than that of its caller, retries included.",
    limits: "Work that is worth finishing, such as a payment, may well go on.",
    bad: "users -[timeout_ms=1000]-> app -[timeout_ms=3000]-> db",
    good: "users -[timeout_ms=3000]-> app -[timeout_ms=1000]-> db",
    check,
};

fn check(context: &Context) -> Vec<Finding> {
    let topology = context.topology;
    topology
        .connections
        .iter()
        .filter_map(|edge| {
            let own = edge.timeout?;
            let callers = topology.components[edge.from].callers.iter();
            let (caller, patience) = callers
                .filter_map(|&caller| {
                    let caller = &topology.connections[caller];
                    Some((caller, caller.timeout?))
                })
                .min_by(|a, b| a.1.0.total_cmp(&b.1.0))?;
            if own.0 < patience.0 {
                return None;
            }
            let name = topology.name(edge.from);
            let title = words!(
                "{from} gives up on {name} before {name} gives up on {to}",
                from = topology.name(caller.from),
                name,
                to = topology.name(edge.to)
            );
            let why = words!(
                "After {patience} ms nobody waits for {name} any more, which waits for up to {own} ms. {why}",
                patience = fixed(patience.millis(), 0),
                name,
                own = fixed(own.millis(), 0),
                why = text(RULE.why)
            );
            let finding = RULE
                .finding(vec![edge.source.id.clone()], title)
                .why(why)
                .number("timeout_seconds", own.0)
                .number("caller_timeout_seconds", patience.0);
            Some(finding)
        })
        .collect()
}
