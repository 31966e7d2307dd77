//! Servers that slow the others down more than they help.

use super::{Context, Finding, Rule, Severity};
use crate::analysis::traffic::scalability;
use crate::commands::SetSetting;
use crate::words::fixed;

pub(super) const RULE: Rule = Rule {
    id: "more-servers-than-pay",
    severity: Severity::High,
    why: "Servers of one instance keep each other's data in step, every pair of them: beyond a number of them, one more makes all of them together slower.",
    advice: "Use fewer servers per instance and more instances, or take away what they share: locks, counters, a common cache.",
    limits: "As good as the stated contention and coherency; fit them to measurements of your own program.",
    bad: "users -> app[servers=60 contention=0.05 coherency=0.001]",
    good: "users -> app[servers=24 contention=0.05 coherency=0.001]",
    check,
};

fn check(context: &Context) -> Vec<Finding> {
    let topology = context.topology;
    (0..topology.components.len())
        .filter_map(|component| {
            let servers = topology.components[component].servers.value;
            let law = scalability(topology, component);
            let peak = law.peak()?;
            if servers <= peak {
                return None;
            }
            let fewer = peak.floor().max(1.0);
            let title = words!(
                "{name} has {servers} servers that do less than {fewer} would",
                name = topology.name(component),
                servers = fixed(servers, 0),
                fewer = fixed(fewer, 0)
            );
            let finding = RULE
                .finding(vec![topology.id(component).clone()], title)
                .number("servers", servers)
                .number("most_useful_servers", peak)
                .number("speedup", law.speedup(servers))
                .number("most_speedup", law.speedup(peak));
            let fix = SetSetting {
                component: topology.id(component).clone(),
                setting: "servers".to_owned(),
                value: Some(fewer.into()),
            };
            Some(finding.fix(words!("Use {fewer} servers", fewer = fixed(fewer, 0)), fix))
        })
        .collect()
}
