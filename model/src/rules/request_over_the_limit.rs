//! Requests that take longer than the platform lets them.

use super::{Context, Finding, Rule, Severity};
use crate::components::Section;
use crate::words::fixed;

pub(super) const RULE: Rule = Rule {
    id: "request-over-the-limit",
    severity: Severity::High,
    why: "The platform ends a request after its limit, and the visitor gets an error although the work goes on.",
    advice: "Put slow work into a queue with a worker behind it, and answer at once.",
    limits: "Compares the slowest one of a hundred responses of the whole journey, or the mean where there are no percentiles, with the limit that the catalogue names.",
    bad: "users[rps=0.01] -> app[offer=heroku-standard-1x service_time_ms=40000]",
    good: "users[rps=1] -> app[offer=heroku-standard-1x service_time_ms=100]",
    check,
};

fn check(context: &Context) -> Vec<Finding> {
    let topology = context.topology;
    let mut findings = Vec::new();
    for (component, resolved) in topology.components.iter().enumerate() {
        let provider = resolved
            .offer
            .and_then(|offer| topology.catalog.provider_of(offer));
        let platform = provider.and_then(|provider| Some((provider, provider.platform.as_ref()?)));
        let Some((provider, platform)) = platform else {
            continue;
        };
        let answers =
            resolved.kind.section == Section::Compute && !resolved.kind.behaviour.pulls_work;
        let (Some(limit), true) = (platform.request_limit_seconds, answers) else {
            continue;
        };
        let id = topology.id(component);
        let slowest = context
            .reports
            .latency
            .journeys
            .iter()
            .filter(|journey| journey.shares.iter().any(|(one, _)| one == id))
            .filter_map(|journey| {
                let mean = journey.mean?.0;
                Some(journey.percentiles.map_or(mean, |times| times.p99.0))
            })
            .fold(0.0, f64::max);
        if slowest <= limit {
            continue;
        }
        let name = topology.name(component);
        let title = words!(
            "{provider} ends requests of {name} after {limit} s, and some take {slowest} s",
            provider = &provider.name,
            name,
            limit = fixed(limit, 0),
            slowest = fixed(slowest, 0)
        );
        findings.push(
            RULE.finding(vec![id.clone()], title)
                .number("limit_seconds", limit)
                .number("seconds", slowest),
        );
    }
    findings
}
