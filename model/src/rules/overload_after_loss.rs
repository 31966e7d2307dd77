//! A loss that the drawing survives and the load does not.

use super::{Context, Finding, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "overload-after-loss",
    severity: Severity::High,
    why: "What is lost is not needed by itself, but what is left cannot carry the load: the loss becomes an outage.",
    advice: "Size what is left for the load without it.",
    limits: "Looks at one loss at a time, at the peak.",
    bad: "users[rps=100] -> app*5[service_time_ms=20] -> cache[hit_ratio=0.9]\napp -[only_on_miss_of=cache]-> db[service_time_ms=20 servers=1]",
    good: "users[rps=100] -> app*5[service_time_ms=20] -> cache[hit_ratio=0.9]\napp -[only_on_miss_of=cache]-> db*4[service_time_ms=20 servers=1]",
    check,
};

fn check(context: &Context) -> Vec<Finding> {
    let topology = context.topology;
    let mut findings: Vec<Finding> = Vec::new();
    for journey in &context.reports.failures.journeys {
        for loss in journey.overloads() {
            let Some((busiest, _, utilisation)) = &loss.busiest else {
                continue;
            };
            let lost = loss
                .event
                .split_once(':')
                .map_or(&*loss.event, |(_, id)| id);
            let Some(victim) = topology.component_index(busiest) else {
                continue;
            };
            if *busiest == *lost {
                continue;
            }
            let lost_name = topology
                .component_index(lost)
                .map_or(lost, |component| topology.name(component));
            let victim_name = topology.name(victim);
            let title = format!("Without {lost_name}, {victim_name} gets more than it can do");
            if findings.iter().any(|finding| finding.title == title) {
                continue;
            }
            let subjects = vec![lost.into(), busiest.clone()];
            let finding = RULE
                .finding(subjects, title)
                .number("utilisation", *utilisation);
            let resolved = &topology.components[victim];
            let enough = (utilisation * resolved.instances as f64 + 1.0).floor() as usize;
            findings.push(match context.run_instances(victim, enough) {
                Some(command) if resolved.serving == resolved.instances => {
                    finding.fix(format!("Run {enough} of {victim_name}"), command)
                }
                _ => finding,
            });
        }
    }
    findings
}
