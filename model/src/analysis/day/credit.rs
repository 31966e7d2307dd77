//! Credit that is saved in one hour and spent in another.

use super::hours::{HourOfLoad, SECONDS_PER_HOUR};
use crate::analysis::stations::credit;
use crate::analysis::traffic::Resource;
use crate::topology::Topology;
use crate::units::Seconds;

/// Credit over the day, when every day is like the last.
#[derive(Clone, Debug, PartialEq)]
pub struct Credit {
    /// What it is for.
    pub resource: Resource,
    /// How full it is at the end of every hour, 0 to 1.
    pub levels: Vec<f64>,
    /// Hour of the day at which it is gone for the first time; none if it lasts through the day.
    pub gone_at: Option<f64>,
}

/// The credit of one instance over a day, where a resource is sold so and used beyond its baseline.
pub(super) fn credit_day(
    topology: &Topology,
    component: usize,
    resource: Resource,
    hours: &[&HourOfLoad],
) -> Option<Credit> {
    let bucket = credit(topology, component, resource)?;
    let wanted: Vec<f64> = hours
        .iter()
        .map(|hour| {
            let serving = hour.serving[component].max(1) as f64;
            resource.demand(&hour.loads[component]) / serving
        })
        .collect();
    if bucket.size() <= 0.0 || wanted.iter().all(|&wanted| wanted <= bucket.baseline()) {
        return None;
    }
    let hour = Seconds(SECONDS_PER_HOUR);
    let ends_with = |level: f64| {
        wanted.iter().fold(level, |level, &wanted| {
            bucket.spend(level, wanted, hour).level
        })
    };
    let saved: f64 = wanted
        .iter()
        .map(|wanted| bucket.baseline() - wanted.min(bucket.burst()))
        .sum();
    // A day that saves ends as one that began full, a day that spends as one that began empty.
    let mut level = ends_with(if saved < 0.0 { 0.0 } else { bucket.size() });
    let mut gone_at = None;
    let levels = wanted.iter().enumerate().map(|(index, &wanted)| {
        let spent = bucket.spend(level, wanted, hour);
        if let (Some(after), None) = (spent.throttled_after, gone_at) {
            gone_at = Some(index as f64 + after.0 / SECONDS_PER_HOUR);
        }
        level = spent.level;
        level / bucket.size()
    });
    Some(Credit {
        resource,
        levels: levels.collect(),
        gone_at,
    })
}
