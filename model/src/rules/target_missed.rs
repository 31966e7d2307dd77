//! A journey that is slower than it is asked to be.

use super::{Context, Finding, Rule, Severity};
use crate::words::{fixed, text};

pub(super) const RULE: Rule = Rule {
    id: "target-missed",
    severity: Severity::High,
    why: "The response takes longer than you promised.",
    advice: "Look at what takes most of the time first.",
    limits: "A target is checked against the next percentile that is computed, 50, 95 or 99, and against the mean where there is none.",
    bad: "users[rps=49 target_ms=100] -> app[service_time_ms=20 servers=1]",
    good: "users[rps=5 target_ms=100] -> app[service_time_ms=20 servers=1]",
    check,
};

fn check(context: &Context) -> Vec<Finding> {
    let topology = context.topology;
    topology
        .journeys
        .iter()
        .zip(&context.reports.latency.journeys)
        .filter_map(|(journey, latency)| {
            let source = journey.source?;
            let target = journey.target?;
            let (response, measured) = latency.measured(target.percentile)?;
            if response <= target.time {
                return None;
            }
            let name = if source.name.is_empty() {
                source.id.as_str()
            } else {
                &source.name
            };
            let title = words!(
                "{name}: {measured} {response} ms, {asked} were asked for",
                name,
                measured = text(measured),
                response = fixed(response.millis(), 0),
                asked = fixed(target.time.millis(), 0)
            );
            let slowest = latency.shares.iter().max_by(|a, b| a.1.0.total_cmp(&b.1.0));
            let finding = RULE
                .finding(vec![source.id.clone()], title)
                .number("seconds", response.0);
            Some(match slowest {
                Some((component, time)) => {
                    let name = topology
                        .component_index(component)
                        .map_or(component.as_str(), |c| topology.name(c));
                    finding.why(words!(
                        "{why} {name} takes most of it: {time} ms on average.",
                        why = text(RULE.why),
                        name,
                        time = fixed(time.millis(), 0)
                    ))
                }
                None => finding,
            })
        })
        .collect()
}
