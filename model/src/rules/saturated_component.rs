//! A component that gets more than it can do.

use super::{Context, Finding, Rule, Severity, count};
use crate::analysis::queueing::SATURATED;
use crate::analysis::traffic::Resource;
use crate::words::{fixed, text};

pub(super) const RULE: Rule = Rule {
    id: "saturated-component",
    severity: Severity::Error,
    why: "More arrives than it can do, so the line grows without end and requests time out.",
    advice: "Run more instances, take a larger offer, or send it less: a cache in front, fewer calls.",
    limits: "Counts the peak as if it lasted: a short peak may pass before the line is long.",
    bad: "users[rps=100] -> lb -> app[service_time_ms=20 servers=1]",
    good: "users[rps=100] -> lb -> app*4[service_time_ms=20 servers=1]",
    check,
};

/// What helps when it is the disk: more cores do not.
pub(super) const DISK_ADVICE: &str = "Ask the disk less often (a cache, an index), take a disk of your own or one with more operations, or move away from the neighbours: more cores change nothing.";

fn check(context: &Context) -> Vec<Finding> {
    let topology = context.topology;
    (0..topology.components.len())
        .filter(|&component| context.reports.at_peak.stations[component].saturated)
        // Where only the workers run out, that is said by a rule of its own.
        .filter(|&component| {
            let station = &context.reports.at_peak.stations[component];
            station.pool.is_none_or(|pool| pool.waiting.is_some())
                || station.rates().any(|used| used.utilisation >= SATURATED)
        })
        .filter(|&component| context.unwaited_jobs(component).is_none())
        .map(|component| {
            let station = &context.reports.at_peak.stations[component];
            let name = topology.name(component);
            let fullest = station
                .rates()
                .max_by(|a, b| a.utilisation.total_cmp(&b.utilisation));
            let (utilisation, resource) = fullest.map_or((1.0, "server"), |used| {
                (used.utilisation, used.resource.name())
            });
            let title = words!("{name} gets more than it can do", name);
            let why = words!(
                "{arrival_rate} a second arrive at the peak; that is {utilisation} % of what its {resource} can do. {why}",
                arrival_rate = count(station.arrival_rate.0),
                utilisation = fixed(utilisation * 100.0, 0),
                resource,
                why = text(RULE.why)
            );
            let finding = RULE
                .finding(vec![topology.id(component).clone()], title)
                .why(why)
                .number("utilisation", utilisation)
                .number("arrival_rate", station.arrival_rate.0);
            let finding = match fullest.map(|used| used.resource) {
                Some(Resource::Disk | Resource::DiskThroughput) => finding.advice(DISK_ADVICE),
                _ => finding,
            };
            let resolved = &topology.components[component];
            // Only load that is dealt among the instances gets less for each when there are more of them.
            let enough = (utilisation * resolved.instances as f64 + 1.0).floor() as usize;
            match context.run_instances(component, enough) {
                Some(command) if resolved.serving == resolved.instances => {
                    finding.fix(words!("Run {enough} of {name}", enough, name), command)
                }
                _ => finding,
            }
        })
        .collect()
}
