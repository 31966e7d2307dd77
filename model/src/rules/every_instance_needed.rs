//! Several instances, none of which can be spared at the peak.

use super::{Context, Finding, Rule, Severity};
use crate::analysis::availability::Cause;

pub(super) const RULE: Rule = Rule {
    id: "every-instance-needed",
    severity: Severity::High,
    why: "There are several, but the peak needs them all: the first failure at a busy hour stops the service.",
    advice: "Run one more than the peak needs.",
    limits: "At quiet hours the others do suffice: this looks at the peak.",
    bad: "users[rps=90] -> lb*2 -> app*2[service_time_ms=20 servers=1]",
    good: "users[rps=90] -> lb*2 -> app*3[service_time_ms=20 servers=1]",
    check,
};

fn check(context: &Context) -> Vec<Finding> {
    let topology = context.topology;
    let fatal = context.taking_down("component:", Cause::Capacity);
    (0..topology.components.len())
        .filter(|&component| {
            topology.components[component].instances > 1
                && fatal.contains(topology.id(component).as_str())
        })
        .map(|component| {
            let name = topology.name(component);
            let needed = context.reports.needed[component];
            let title = words!(
                "The peak needs all {needed} instances of {name}",
                needed,
                name
            );
            let finding = RULE
                .finding(vec![topology.id(component).clone()], title)
                .number("needed", needed as f64);
            // Where requests are refused, more instances let more of them in; and units by the hour carry a part
            // of the peak that nobody counts on after a loss: one more may not be enough.
            let refuses = context.reports.at_peak.stations[component].refused > 0.0;
            let is_enough = !refuses && topology.components[component].burst.is_none();
            let enough = context.enough_for_the_peak(component).saturating_add(1);
            let label = if enough - 1 == topology.components[component].instances {
                words!("Add one more {name}", name)
            } else {
                words!("Run {enough} of {name}", enough, name)
            };
            match context.run_instances(component, enough) {
                Some(command) if is_enough => finding.fix(label, command),
                _ => finding,
            }
        })
        .collect()
}
