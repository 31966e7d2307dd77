//! Retries in several layers that multiply.

use super::{Context, Finding, Rule, Severity};
use crate::analysis::response::retries;
use crate::words::{fixed, text};

pub(super) const RULE: Rule = Rule {
    id: "layered-retries",
    severity: Severity::High,
    why: "Each layer repeats all attempts of the layer behind it: in an outage the last one gets the product.",
    advice: "Try again in one layer only, the one that knows best whether it is worth it.",
    limits: "Layers that share one retry budget, or pass on that a call is a retry, do not multiply.",
    bad: "users -> app -[retries=3]-> orders:app-server -[retries=3]-> db",
    good: "users -> app -[retries=3]-> orders:app-server -> db",
    check,
};

/// Attempts for one request from which it is a storm.
const STORM: f64 = 10.0;

fn check(context: &Context) -> Vec<Finding> {
    let topology = context.topology;
    let callers_first = topology.order.iter().rev();
    let mut reached = vec![1.0_f64; topology.components.len()];
    let mut findings = Vec::new();
    for members in callers_first {
        for &component in members {
            let so_far = reached[component];
            for &call in &topology.components[component].calls {
                let edge = &topology.connections[call];
                let attempts = retries(edge).most();
                let all = (so_far * attempts).min(1e15);
                // A circle would go on for ever: what comes back to its own set is not counted again.
                if members.len() > 1 && members.binary_search(&edge.to).is_ok() {
                    continue;
                }
                reached[edge.to] = reached[edge.to].max(all);
                let is_layer = attempts > 1.0 && so_far > 1.0 && all > STORM;
                if is_layer {
                    let (from, to) = (topology.name(edge.from), topology.name(edge.to));
                    let title = words!(
                        "Up to {all} attempts reach {to} for one request",
                        all = fixed(all, 0),
                        to
                    );
                    let why = words!(
                        "{from} is asked up to {so_far} times, and tries up to {attempts} times each. {why}",
                        from,
                        so_far = fixed(so_far, 0),
                        attempts = fixed(attempts, 0),
                        why = text(RULE.why)
                    );
                    findings.push(
                        RULE.finding(vec![edge.source.id.clone()], title)
                            .why(why)
                            .number("attempts", all),
                    );
                }
            }
        }
    }
    findings
}
