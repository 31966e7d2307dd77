//! Several instances, and nobody who deals requests to them.

use super::{Context, Finding, Rule, Severity};
use crate::components::Section;

pub(super) const RULE: Rule = Rule {
    id: "nothing-splits-traffic",
    severity: Severity::Medium,
    why: "Visitors know one address. Without something that deals requests out, they all go to one instance and its failure is theirs.",
    advice: "Put a load balancer in front, or let DNS answer with several addresses.",
    limits: "A platform brings its own balancer and is not reported.",
    bad: "users -> app*2[kind=vps]",
    good: "users -> lb -> app*2[kind=vps]",
    check,
};

fn check(context: &Context) -> Vec<Finding> {
    let topology = context.topology;
    let is_bare = |component: &usize| {
        let resolved = &topology.components[*component];
        resolved.instances > 1
            && resolved.kind.section == Section::Compute
            && resolved.hosting != Some(crate::plan::HostingKind::Paas)
            && resolved.callers.iter().any(|&connection| {
                let caller = topology.connections[connection].from;
                topology.components[caller].kind.behaviour.is_source
            })
    };
    (0..topology.components.len())
        .filter(is_bare)
        .map(|component| {
            let name = topology.name(component);
            let instances = topology.components[component].instances;
            let title = words!(
                "Nothing splits the traffic between the {instances} instances of {name}",
                instances,
                name
            );
            RULE.finding(vec![topology.id(component).clone()], title)
                .number("instances", instances as f64)
        })
        .collect()
}
