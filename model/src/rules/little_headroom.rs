//! A component that is nearly used up at the peak.

use super::saturated_component::DISK_ADVICE;
use super::{Context, Finding, Rule, Severity};
use crate::analysis::traffic::Resource;
use crate::words::{fixed, text};

pub(super) const RULE: Rule = Rule {
    id: "little-headroom",
    severity: Severity::Medium,
    why: "Waiting grows with 1 ÷ (1 − utilisation): the last third of a machine costs more time than the first two.",
    advice: "At the peak, stay below the planning ceiling of the plan: add an instance, or make each request cheaper.",
    limits: "A worker that nobody waits for may run hotter.",
    bad: "users[rps=40] -> app[service_time_ms=20 servers=1]",
    good: "users[rps=20] -> app[service_time_ms=20 servers=1]",
    check,
};

fn check(context: &Context) -> Vec<Finding> {
    let topology = context.topology;
    let ceiling = topology.plan.assumptions.get("planning_ceiling").base;
    (0..topology.components.len())
        .filter_map(|component| {
            let station = &context.reports.at_peak.stations[component];
            let used = station
                .rates()
                .max_by(|a, b| a.utilisation.total_cmp(&b.utilisation))?;
            if station.saturated || used.utilisation < ceiling {
                return None;
            }
            let resolved = &topology.components[component];
            let name = topology.name(component);
            let title = words!(
                "{name} has little room left: its {resource} is {utilisation} % busy",
                name,
                resource = text(used.resource.name()),
                utilisation = fixed(used.utilisation * 100.0, 0)
            );
            let finding = RULE
                .finding(vec![topology.id(component).clone()], title)
                .number("utilisation", used.utilisation);
            let finding = match used.resource {
                Resource::Disk | Resource::DiskThroughput => finding.advice(DISK_ADVICE),
                _ => finding,
            };
            let enough =
                (used.utilisation * resolved.instances as f64 / ceiling + 1.0).floor() as usize;
            Some(match context.run_instances(component, enough) {
                Some(command) if resolved.serving == resolved.instances => {
                    finding.fix(words!("Run {enough} of {name}", enough, name), command)
                }
                _ => finding,
            })
        })
        .collect()
}
