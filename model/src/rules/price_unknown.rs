//! A component whose price nobody told the planner.

use super::{Context, Finding, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "price-unknown",
    severity: Severity::Info,
    why: "The total is too low by whatever it costs: an unknown price is not a price of nothing.",
    advice: "Pick an offer with a price, or state the cost by hand.",
    limits: "None: what has no price is not in the total.",
    bad: "users -> app[kind=vps]",
    good: "users -> app[offer=linode-dedicated-2]",
    check,
};

fn check(context: &Context) -> Vec<Finding> {
    let topology = context.topology;
    (0..topology.components.len())
        .filter(|&component| {
            topology.components[component].hosting.is_some()
                && context.reports.cost.components[component].month().is_none()
        })
        .map(|component| {
            let name = topology.name(component);
            RULE.finding(
                vec![topology.id(component).clone()],
                words!("What {name} costs is not known", name),
            )
        })
        .collect()
}
