//! A peak that lives on credit.

use super::{Context, Finding, Rule, Severity};
use crate::units::Seconds;
use crate::words::{Words, fixed, text};

pub(super) const RULE: Rule = Rule {
    id: "throttled-after-burst",
    severity: Severity::High,
    why: "The peak takes more than is given for good. Credit that quiet hours save up pays for it; when it is gone, the machine drops to its baseline in the middle of the peak.",
    advice: "Take a machine or a disk that gives what the peak needs for good, or make the peak shorter than the credit.",
    limits: "Silent where the credit lasts through the day of the journeys; without a day of theirs, counts from full credit and as if the peak lasted. Some offers do not throttle but charge for what is beyond the credit.",
    bad: "users[rps=60] -> app[offer=aws-t3-micro service_time_ms=20]",
    good: "users[rps=10] -> app[offer=aws-t3-micro service_time_ms=20]",
    check,
};

fn check(context: &Context) -> Vec<Finding> {
    let topology = context.topology;
    let stations = context.reports.at_peak.stations.iter().enumerate();
    stations
        .flat_map(|(component, station)| {
            let on_credit = station
                .rates()
                .filter(move |used| !context.lasts_the_day(component, used.resource))
                .filter_map(|used| used.throttled.map(|throttled| (used, throttled)));
            on_credit.map(move |(used, throttled)| {
                let left = throttled.sustained / used.demand;
                let title = words!(
                    "After {after} at the peak the {resource} of {name} drops to {left} % of what is asked",
                    after = lasting(throttled.after),
                    resource = text(used.resource.name()),
                    name = topology.name(component),
                    left = fixed(left * 100.0, 0)
                );
                RULE.finding(vec![topology.id(component).clone()], title)
                    .number("throttled_after_seconds", throttled.after.0)
                    .number("sustained", throttled.sustained)
                    .number("demand", used.demand)
            })
        })
        .collect()
}

fn lasting(time: Seconds) -> Words {
    match time.0 / 60.0 {
        minutes if minutes >= 100.0 => {
            words!("{minutes} hours", minutes = fixed(minutes / 60.0, 1))
        }
        minutes if minutes >= 2.0 => words!("{minutes} minutes", minutes = fixed(minutes, 0)),
        minutes => words!("{minutes} seconds", minutes = fixed(minutes * 60.0, 0)),
    }
}
