//! Growth that reaches the planning ceiling, or a target, within half a year.

use super::{Context, Finding, Rule, Severity};
use crate::words::{Words, fixed, text};

pub(super) const RULE: Rule = Rule {
    id: "outgrown-soon",
    severity: Severity::Medium,
    why: "Growth goes on while you order, move and test: the next step wants to be planned before it is needed.",
    advice: "Plan the next step now: another instance, a larger offer, a cache in front.",
    limits: "Takes growth to go on as it is, and the mix of requests to stay.",
    bad: "users[rps=60 growth=5] -> app[service_time_ms=10]",
    good: "users[rps=20 growth=5] -> app[service_time_ms=10]",
    check,
};

/// Months within which it is time to plan.
const SOON: f64 = 6.0;

fn check(context: &Context) -> Vec<Finding> {
    let topology = context.topology;
    let growth = &context.reports.growth;
    let is_soon = |months: &f64| *months > 0.0 && *months < SOON;
    let components = growth.components.iter().enumerate();
    let resources = components.filter_map(|(component, resources)| {
        let first = resources
            .iter()
            .filter_map(|one| Some((one, one.months_to_ceiling?)))
            .min_by(|a, b| a.1.total_cmp(&b.1));
        let (resource, to_ceiling) = first?;
        let to_end = resource.months_to_saturation;
        let name = topology.name(component);
        let what = words!(
            "the {resource} of {name}",
            resource = text(resource.resource.name()),
            name
        );
        let subjects = vec![topology.id(component).clone()];
        if is_soon(&to_ceiling) {
            let title = words!(
                "Growth brings {what} to its planning ceiling in {time}",
                what,
                time = in_months(to_ceiling)
            );
            let finding = RULE
                .finding(subjects, title)
                .number("months_to_ceiling", to_ceiling);
            return Some(match to_end {
                Some(end) => finding
                    .why(words!(
                        "It is used up in {time}. {why}",
                        time = in_months(end),
                        why = text(RULE.why)
                    ))
                    .number("months_to_saturation", end),
                None => finding,
            });
        }
        let end = to_end.filter(is_soon)?;
        let title = words!(
            "Growth uses up {what} in {time}",
            what,
            time = in_months(end)
        );
        Some(
            RULE.finding(subjects, title)
                .number("months_to_saturation", end),
        )
    });
    let journeys = topology.journeys.iter().zip(&growth.journeys);
    let targets = journeys.filter_map(|(journey, growth)| {
        let months = growth.months_to_target.filter(is_soon)?;
        let name = journey.source.map_or("", |source| &source.name);
        let name = if name.is_empty() { &journey.id } else { name };
        let title = words!(
            "{name}: the target holds for {time}",
            name,
            time = in_months(months)
        );
        Some(
            RULE.finding(vec![journey.id.clone()], title)
                .number("months_to_target", months),
        )
    });
    resources.chain(targets).collect()
}

fn in_months(months: f64) -> Words {
    match months {
        months if months < 1.0 => words!("less than a month"),
        months if months < 1.95 => words!("{months} months", months = fixed(months, 1)),
        months => words!("{months} months", months = fixed(months, 0)),
    }
}
