//! A component that stands nowhere yet.

use super::{Context, Finding, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "hosting-not-chosen",
    severity: Severity::Info,
    why: "It is computed on a reference machine with one core, and its price and its way out are not known.",
    advice: "Choose bare metal, VPS, IaaS or PaaS, and an offer.",
    limits: "None: every component but users and external services stands somewhere.",
    bad: "users -> app",
    good: "users -> app[offer=linode-dedicated-2]",
    check,
};

fn check(context: &Context) -> Vec<Finding> {
    let topology = context.topology;
    (0..topology.components.len())
        .filter(|&component| {
            let resolved = &topology.components[component];
            let behaviour = resolved.kind.behaviour;
            !behaviour.is_source && !behaviour.is_external && resolved.hosting.is_none()
        })
        .map(|component| {
            let name = topology.name(component);
            RULE.finding(
                vec![topology.id(component).clone()],
                words!("{name} stands nowhere yet", name),
            )
        })
        .collect()
}
