//! Workers that are nearly all held while they wait for others.

use super::{Context, Finding, Rule, Severity, count};
use crate::commands::SetSetting;
use crate::words::text;

pub(super) const RULE: Rule = Rule {
    id: "workers-run-out",
    severity: Severity::High,
    why: "A request holds a worker until its answer is there, also while it waits for others: workers run out while the processor is idle, and then requests wait for a worker.",
    advice: "Run more workers per instance, hold them for a shorter time, or do the slow part where nobody waits for it.",
    limits: "More workers help only while what they call can take more, and each of them needs memory.",
    bad: "users[rps=95] -> app[service_time_ms=1 servers=4 pool=10] -> db[service_time_ms=100 servers=64]",
    good: "users[rps=50] -> app[service_time_ms=1 servers=4 pool=10] -> db[service_time_ms=100 servers=64]",
    check,
};

/// Share of what the workers are good for from which the wait for one is felt.
const NEARLY_ALL: f64 = 0.9;

/// Machines busier than this would be the next thing to give way: then more workers are no answer.
const IDLE_ENOUGH: f64 = 0.7;

/// An instance does not get more workers than this.
const MOST_WORKERS: usize = 10_000;

fn check(context: &Context) -> Vec<Finding> {
    let topology = context.topology;
    (0..topology.components.len())
        .filter_map(|component| {
            let pool = context.reports.at_peak.stations[component].pool?;
            let visits = context.reports.at_peak.traffic.loads[component].arrival_rate.0;
            let used = visits / pool.capacity.0;
            if !(used >= NEARLY_ALL && used.is_finite()) {
                return None;
            }
            let name = topology.name(component);
            let title = if pool.waiting.is_none() {
                words!("{name} runs out of workers", name)
            } else {
                words!("{name} has hardly a worker free", name)
            };
            let why = words!(
                "{rate} a second arrive at the peak; its {size} workers per instance are good for {capacity} in all. {why}",
                rate = count(visits),
                size = pool.size,
                capacity = count(pool.capacity.0),
                why = text(RULE.why)
            );
            let finding = RULE
                .finding(vec![topology.id(component).clone()], title)
                .why(why)
                .number("used", used)
                .number("capacity_rps", pool.capacity.0)
                .number("all_busy_probability", pool.all_busy_probability);
            let enough = (pool.size as f64 * used / NEARLY_ALL * 1.25).ceil() as usize;
            let finding = if pool.waiting.is_none() {
                finding.severity(Severity::Error)
            } else {
                finding
            };
            Some(if enough <= MOST_WORKERS && machines_are_idle(context) {
                let command = SetSetting {
                    component: topology.id(component).clone(),
                    setting: "pool".to_owned(),
                    value: Some(enough.into()),
                };
                finding.fix(words!(
                    "Run {enough} workers per instance of {name}",
                    enough,
                    name
                ), command)
            } else {
                finding
            })
        })
        .collect()
}

/// Whether no machine of the plan is so busy that more workers would only wait for it.
fn machines_are_idle(context: &Context) -> bool {
    let stations = &context.reports.at_peak.stations;
    let mut used = stations.iter().flat_map(|station| &station.resources);
    used.all(|used| used.utilisation < IDLE_ENOUGH)
}
