//! Retries that would keep an overload going after its cause is gone.

use super::{Context, Finding, Rule, Severity};
use crate::analysis::response::retries;
use crate::analysis::traffic::Resource;
use crate::words::{fixed, text};

pub(super) const RULE: Rule = Rule {
    id: "metastable-retries",
    severity: Severity::High,
    why: "When every attempt fails, all of them are work: that is more than the servers can do, so that they go on failing after the cause is gone.",
    advice: "Give retries a budget of about a tenth of the calls, try less often, or leave more headroom.",
    limits: "It takes a trigger, a short outage or a peak beyond the peak. Callers that stop asking altogether (a circuit breaker) end it as well.",
    bad: "users[rps=70] -[retries=3 timeout_ms=300]-> app[service_time_ms=10 servers=1]",
    good: "users[rps=70] -[retries=3 timeout_ms=300 retry_budget=0.1]-> app[service_time_ms=10 servers=1]",
    check,
};

fn check(context: &Context) -> Vec<Finding> {
    let topology = context.topology;
    let peak = &context.reports.at_peak;
    topology
        .connections
        .iter()
        .zip(&peak.calls)
        .filter(|(edge, _)| edge.most_attempts > 1.0)
        .filter_map(|(edge, calls)| {
            let busy = peak.stations[edge.to].utilisation(Resource::Cpu)?;
            let own = busy / calls.attempts;
            let can_fail = edge.timeout.is_some() || topology.components[edge.to].room.is_some();
            let alone = retries(edge).sustains_overload(own);
            if !can_fail || !(alone || calls.metastable) {
                return None;
            }
            let (from, to) = (topology.name(edge.from), topology.name(edge.to));
            let most = retries(edge).most();
            let title = words!("Retries of {from} would keep {to} overloaded", from, to);
            let busy = if alone {
                words!(
                    "{to} is {busy} % busy without retries; with {most} attempts for every call it would be {busier} %.",
                    to,
                    busy = fixed(own * 100.0, 0),
                    most,
                    busier = fixed(own * most * 100.0, 0)
                )
            } else {
                words!("Computed from an overload on, with the attempts of all callers together, the plan does not leave it.")
            };
            let why = words!("{busy} {why}", busy, why = text(RULE.why));
            let finding = RULE
                .finding(vec![edge.source.id.clone()], title)
                .why(why)
                .number("utilisation", own)
                .number("attempts", most);
            Some(finding)
        })
        .collect()
}
