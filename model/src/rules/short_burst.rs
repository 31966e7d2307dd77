//! Units by the hour that are paid for fewer hours than they are needed.

use super::{Context, Finding, Rule, Severity};
use crate::words::{fixed, text};

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
        let title = words!(
            "{name} needs its extra units {hours_needed} hours a month, not {hours_paid}",
            name,
            hours_needed = fixed(burst.hours_needed, 0),
            hours_paid = fixed(burst.hours_paid, 0)
        );
        let finding = RULE
            .finding(vec![topology.id(component).clone()], title)
            .number("hours_needed_month", burst.hours_needed)
            .number("hours_paid_month", burst.hours_paid);
        Some(match &burst.cheapest {
            Some(cheapest) => finding
                .why(words!(
                    "{why} At these prices {owned} of your own and the rest by the hour are the cheapest.",
                    why = text(RULE.why),
                    owned = fixed(cheapest.owned, 0)
                ))
                .number("cheapest_own_instances", cheapest.owned),
            None => finding,
        })
    })
    .collect()
}
