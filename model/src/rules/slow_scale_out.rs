//! Units by the hour that come too late for the step of the load that they are for.

use super::{Context, Finding, Rule, Severity};
use crate::units::Seconds;
use crate::words::{fixed, text};

pub(super) const RULE: Rule = Rule {
    id: "slow-scale-out",
    severity: Severity::Medium,
    why: "The load steps up faster than machines start: meanwhile a line builds up, and requests in it time out.",
    advice: "Start the extra units before the busy hour, on a schedule, or own enough for the step.",
    limits: "Takes the load to jump when the hour changes; a real ramp is gentler, a campaign is not.",
    bad: "users[rps=300 profile=0.2*18,1*4,0.2*2 target_ms=500] -> lb[service_time_ms=0.01] -> app*2[service_time_ms=10 burst=2 burst_hours=130]",
    good: "users[rps=300 profile=0.2*18,0.5*4,0.2*2 target_ms=500] -> lb[service_time_ms=0.01] -> app*2[service_time_ms=10 burst=2 burst_hours=130]",
    check,
};

fn check(context: &Context) -> Vec<Finding> {
    let topology = context.topology;
    (0..topology.components.len())
        .filter(|&component| context.reports.at_peak.traffic.waited_for[component])
        .filter_map(|component| {
            let day = &context.reports.day.components[component];
            let start = day.burst.as_ref()?.start?;
            let patience = patience(context, component)?;
            let delay = start.backlog.longest_delay;
            if delay.is_some_and(|delay| delay <= patience) {
                return None;
            }
            let name = topology.name(component);
            let title = words!("{name} starts too slowly for {hour}:00", name, hour = start.hour);
            let lasts = delay.map_or(words!("longer and longer"), |delay| {
                words!("up to {delay} s", delay = fixed(delay.0, 0))
            });
            let why = words!(
                "For {start_up} s the others are alone with the step: {peak_backlog} requests queue up and take {lasts} longer, where {patience} s are accepted. {why}",
                start_up = fixed(start.start_up.0, 0),
                peak_backlog = fixed(start.backlog.peak_backlog, 0),
                lasts,
                patience = patience.0,
                why = text(RULE.why)
            );
            let finding = RULE
                .finding(vec![topology.id(component).clone()], title)
                .why(why)
                .number("backlog", start.backlog.peak_backlog)
                .number("start_up_seconds", start.start_up.0);
            Some(match delay {
                Some(delay) => finding.number("longest_delay_seconds", delay.0),
                None => finding,
            })
        })
        .collect()
}

/// How long those who call a component wait: the shortest timeout of its callers, or else the shortest target of
/// the journeys that wait for it.
fn patience(context: &Context, component: usize) -> Option<Seconds> {
    let topology = context.topology;
    let callers = topology.components[component].callers.iter();
    let timeouts = callers
        .filter_map(|&caller| topology.connections[caller].source.timeout_ms)
        .map(Seconds::from_millis);
    let journeys = topology.journeys.iter();
    let flows = &context.reports.at_peak.traffic.journeys;
    let targets = journeys
        .zip(flows)
        .filter(|(_, flow)| flow.synchronous_visits[component] > 0.0)
        .filter_map(|(journey, _)| Some(journey.target?.time));
    let shortest = |a: Seconds, b: Seconds| if b < a { b } else { a };
    timeouts.reduce(shortest).or(targets.reduce(shortest))
}
