//! A component with limited room that has to send requests away.

use super::{Context, Finding, Rule, Severity, count};
use crate::words::{fixed, text};

pub(super) const RULE: Rule = Rule {
    id: "requests-refused",
    severity: Severity::High,
    why: "Whoever finds no room gets an error, and programs that try again make it worse.",
    advice: "Run more instances, send it less, or give it more room if its callers can wait for longer.",
    limits: "Refusing what cannot be done in time is right in an overload; at the peak you plan for it is not.",
    bad: "users[rps=100] -> lb -> app*2[service_time_ms=20 servers=1 room=10]",
    good: "users[rps=20] -> lb -> app*2[service_time_ms=20 servers=1 room=10]",
    check,
};

/// One request in a thousand is noticed.
const NOTICED: f64 = 1e-3;

/// Utilisation at which hardly anybody is refused.
const CALM: f64 = 0.5;

fn check(context: &Context) -> Vec<Finding> {
    let topology = context.topology;
    (0..topology.components.len())
        .filter(|&component| context.reports.at_peak.stations[component].refused > NOTICED)
        .map(|component| {
            let station = &context.reports.at_peak.stations[component];
            let resolved = &topology.components[component];
            let name = topology.name(component);
            let share = station.refused * 100.0;
            let title = if share >= 9.95 {
                words!("{name} refuses {share} % of its requests", name, share = fixed(share, 0))
            } else {
                words!("{name} refuses {share} % of its requests", name, share = fixed(share, 1))
            };
            let why = words!(
                "{arrival_rate} a second arrive at the peak, and an instance has room for {room}. {why}",
                arrival_rate = count(station.arrival_rate.0),
                room = resolved.room.unwrap_or_default(),
                why = text(RULE.why)
            );
            let finding = RULE
                .finding(vec![topology.id(component).clone()], title)
                .why(why)
                .number("refused", station.refused)
                .number("arrival_rate", station.arrival_rate.0);
            let busy = station.arrival_rate.0 * station.service_time.0;
            let enough = busy / resolved.servers.value.max(1.0) / CALM;
            match context.run_instances(component, enough.ceil() as usize) {
                Some(command) if enough > resolved.serving as f64 && station.pool.is_none() => {
                    finding.fix(words!(
                        "Run {instances} of {name}",
                        instances = command.instances,
                        name
                    ), command)
                }
                _ => finding,
            }
        })
        .collect()
}
