//! A program that is not ready by the time at which its platform gives up.

use super::{Context, Finding, Rule, Severity};
use crate::words::fixed;

pub(super) const RULE: Rule = Rule {
    id: "slow-boot",
    severity: Severity::High,
    why: "A platform stops a program that is not ready in time and starts it again, so it never gets ready at all.",
    advice: "Load less at the start, or load it after the first request is answered.",
    limits: "Compares the start that the plan states for units by the hour with the limit that the catalogue names.",
    bad: "users -> app[offer=heroku-standard-1x burst=2 burst_hours=40 burst_start=90]",
    good: "users -> app[offer=heroku-standard-1x burst=2 burst_hours=40 burst_start=20]",
    check,
};

fn check(context: &Context) -> Vec<Finding> {
    let topology = context.topology;
    (0..topology.components.len())
        .filter_map(|component| {
            let resolved = &topology.components[component];
            let provider = topology.catalog.provider_of(resolved.offer?)?;
            let limit = provider.platform.as_ref()?.boot_limit_seconds?;
            let extra = resolved.source.hosting.as_ref()?.extra.as_ref()?;
            let start = extra.burst.as_ref()?.start_seconds?;
            if !(start.is_finite() && start > limit) {
                return None;
            }
            let name = topology.name(component);
            let title = words!(
                "{name} takes {start} s to start, and {provider} gives it {limit} s",
                name,
                start = fixed(start, 0),
                provider = &provider.name,
                limit = fixed(limit, 0)
            );
            let finding = RULE.finding(vec![topology.id(component).clone()], title);
            Some(
                finding
                    .number("seconds", start)
                    .number("limit_seconds", limit),
            )
        })
        .collect()
}
