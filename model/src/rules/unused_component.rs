//! A component that no journey reaches.

use super::{Context, Finding, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "unused-component",
    severity: Severity::Medium,
    why: "No journey reaches it, so it costs money and carries nothing.",
    advice: "Connect it to what calls it, or delete it.",
    limits: "A standby waits on purpose and is not reported.",
    bad: "users -> app\nspare:app",
    good: "users -> app -> db",
    check,
};

fn check(context: &Context) -> Vec<Finding> {
    let topology = context.topology;
    (0..topology.components.len())
        .filter(|&component| {
            let resolved = &topology.components[component];
            let is_visited = context
                .reports
                .at_peak
                .traffic
                .journeys
                .iter()
                .any(|journey| journey.visits[component] > 0.0);
            let is_entry = topology
                .journeys
                .iter()
                .any(|journey| journey.entry == component);
            resolved.standby_for.is_none() && !is_visited && !is_entry
        })
        .map(|component| {
            let name = topology.name(component);
            RULE.finding(
                vec![topology.id(component).clone()],
                words!("Nothing reaches {name}", name),
            )
        })
        .collect()
}
