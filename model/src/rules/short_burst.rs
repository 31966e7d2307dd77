//! Units by the hour that are paid for fewer hours than they are needed.

use super::{Context, Finding, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "short-burst",
    severity: Severity::Medium,
    why: "The bill counts fewer hours than the load needs the extra units: the bill will be higher, or the peak is not carried.",
    advice: "Pay for the hours in which the load is above what you own, or own more.",
    limits: "Takes every day to be like this one: a peak on some days only needs fewer hours.",
    bad: "users[rps=300 profile=0.2*18,1*4,0.2*2] -> lb[service_time_ms=0.01] -> app*2[service_time_ms=10 burst=2 burst_hours=40]",
    good: "users[rps=300 profile=0.2*18,1*4,0.2*2] -> lb[service_time_ms=0.01] -> app*2[service_time_ms=10 burst=2 burst_hours=130]",
    check,
};

fn check(context: &Context) -> Vec<Finding> {
    let topology = context.topology;
    let days = context.reports.day.components.iter().enumerate();
    days.filter_map(|(component, day)| {
        let burst = day.burst.as_ref()?;
        if burst.hours_paid >= burst.hours_needed - 0.5 {
            return None;
        }
        let name = topology.name(component);
        let title = format!(
            "{name} needs its extra units {:.0} hours a month, not {:.0}",
            burst.hours_needed, burst.hours_paid
        );
        let finding = RULE
            .finding(vec![topology.id(component).clone()], title)
            .number("hours_needed_month", burst.hours_needed)
            .number("hours_paid_month", burst.hours_paid);
        Some(match &burst.cheapest {
            Some(cheapest) => finding
                .why(format!(
                    "{} At these prices {:.0} of your own and the rest by the hour are the cheapest.",
                    RULE.why, cheapest.owned
                ))
                .number("cheapest_own_instances", cheapest.owned),
            None => finding,
        })
    })
    .collect()
}
