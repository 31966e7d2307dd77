//! Work that nobody waits for, of which more arrives in a day than can be done.

use super::{Context, Finding, Rule, Severity};
use crate::analysis::day::Jobs;
use crate::words::{Words, fixed, text};

pub(super) const RULE: Rule = Rule {
    id: "growing-backlog",
    severity: Severity::Error,
    why: "A queue can carry a peak over to the night, but here the night is not long enough: the backlog grows every day and never drains.",
    advice: "Run more workers, make a job cheaper, or accept fewer jobs.",
    limits: "Takes every day to be like this one: a quiet weekend may drain what the week leaves.",
    bad: "users[rps=10] -> app[service_time_ms=1] ~> worker[service_time_ms=150]",
    good: "users[rps=10 profile=0.1*18,1*6] -> app[service_time_ms=1] ~> worker[service_time_ms=150]",
    check,
};

fn check(context: &Context) -> Vec<Finding> {
    let topology = context.topology;
    (0..topology.components.len())
        .filter_map(|component| Some((component, context.unwaited_jobs(component)?)))
        .filter_map(|(component, jobs)| Some((component, jobs, jobs.growth_day?)))
        .map(|(component, jobs, growth)| {
            let name = topology.name(component);
            let title = words!("{name} never catches up", name);
            let finding = RULE
                .finding(vec![topology.id(component).clone()], title)
                .why(why(jobs, growth))
                .number("arrivals_day", jobs.arrivals_day)
                .number("capacity_day", jobs.capacity_day)
                .number("backlog_growth_day", growth);
            let resolved = &topology.components[component];
            let share = jobs.arrivals_day / jobs.capacity_day;
            let enough = (share * resolved.instances as f64 + 1.0).floor() as usize;
            match context.run_instances(component, enough) {
                Some(command) if resolved.serving == resolved.instances => {
                    finding.fix(words!("Run {enough} of {name}", enough, name), command)
                }
                _ => finding,
            }
        })
        .collect()
}

fn why(jobs: &Jobs, growth: f64) -> Words {
    words!(
        "{arrivals} jobs arrive in a day and its {resource} does {capacity}: {growth} more wait every day. {why}",
        arrivals = fixed(jobs.arrivals_day, 0),
        resource = text(jobs.resource.name()),
        capacity = fixed(jobs.capacity_day, 0),
        growth = fixed(growth, 0),
        why = text(RULE.why)
    )
}
