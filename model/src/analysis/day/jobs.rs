//! Work that nobody waits for: what of it waits for a quieter hour, and for how long.

use super::hours::{HourOfLoad, SECONDS_PER_HOUR, share};
use crate::analysis::queueing::SATURATED;
use crate::analysis::queueing::backlog::{self, Hour, HourBacklog};
use crate::analysis::traffic::Resource;
use crate::units::{HOURS_PER_DAY, Seconds};

/// The work of a component that nobody waits for.
#[derive(Clone, Debug, PartialEq)]
pub struct Jobs {
    /// What limits how much of it is done.
    pub resource: Resource,
    /// Jobs that arrive in a day.
    pub arrivals_day: f64,
    /// Jobs that could be done in a day, after all that is waited for.
    pub capacity_day: f64,
    /// By how many jobs the backlog grows every day; none where a day drains it.
    pub growth_day: Option<f64>,
    /// Hour by hour; empty where the backlog only grows.
    pub hours: Vec<JobsHour>,
    /// The longest that any job has waited.
    pub oldest: Option<Seconds>,
    /// The longest time of the day in which jobs wait; none where they never do or always will.
    pub behind: Option<Behind>,
}

/// The work that waits in one hour.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct JobsHour {
    /// The most jobs that wait at any moment of the hour.
    pub backlog: f64,
    /// Jobs that wait when it ends.
    pub backlog_at_end: f64,
    /// Jobs done in it.
    pub served: f64,
    /// The longest that any job has waited at any moment of the hour.
    pub oldest: Seconds,
}

/// A time of the day in which jobs wait.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Behind {
    /// Hour of the day at which it begins, 0 to 23.
    pub from: f64,
    /// Hour of the day at which nothing waits any more, 0 up to 24; before `from` it is the next day.
    pub until: f64,
    /// How many hours that is.
    pub hours: f64,
}

/// The work of a component that nobody waits for, by the resource of which it has least; none without such work.
pub(super) fn jobs(
    component: usize,
    rooms: &[(Resource, f64)],
    hours: &[&HourOfLoad],
) -> Option<Jobs> {
    let arrivals_day: f64 = hours
        .iter()
        .map(|hour| job_rate(hour, component) * SECONDS_PER_HOUR)
        .sum();
    if arrivals_day <= 0.0 {
        return None;
    }
    let mut worst: Option<Jobs> = None;
    for &(resource, one) in rooms {
        let left = left_over(component, (resource, one), hours);
        let arrived: f64 = left.iter().map(|hour| hour.arrival_rate).sum();
        let possible: f64 = left.iter().map(|hour| hour.capacity).sum();
        let job = arrived * SECONDS_PER_HOUR / arrivals_day;
        if job <= 0.0 {
            continue;
        }
        let is_late = left
            .iter()
            .any(|hour| hour.arrival_rate >= hour.capacity * SATURATED);
        let capacity_day = possible * SECONDS_PER_HOUR / job;
        let mut found = Jobs {
            resource,
            arrivals_day,
            capacity_day,
            growth_day: None,
            hours: vec![JobsHour::default(); hours.len()],
            oldest: Some(Seconds(0.0)),
            behind: None,
        };
        match backlog::day(&left).filter(|_| is_late) {
            Some(backlog::Day::Grows(work)) => {
                found.growth_day = Some(work / job);
                found.hours.clear();
                found.oldest = None;
            }
            Some(backlog::Day::Drains(days)) => {
                found.behind = behind(&days);
                let oldest = days.iter().map(|hour| hour.oldest.0).fold(0.0, f64::max);
                found.oldest = Some(Seconds(oldest));
                for (found, hour) in found.hours.iter_mut().zip(&days) {
                    *found = JobsHour {
                        backlog: hour.most / job,
                        backlog_at_end: hour.at_end / job,
                        served: hour.served / job,
                        oldest: hour.oldest,
                    };
                }
            }
            None => {
                for (found, hour) in found.hours.iter_mut().zip(hours) {
                    found.served = job_rate(hour, component) * SECONDS_PER_HOUR;
                }
            }
        }
        if worst
            .as_ref()
            .is_none_or(|worst| found.is_worse_than(worst))
        {
            worst = Some(found);
        }
    }
    worst
}

impl Jobs {
    /// Whether all of a day's work is done within a day.
    pub fn catches_up(&self) -> bool {
        self.growth_day.is_none()
    }

    fn is_worse_than(&self, other: &Self) -> bool {
        let age = |jobs: &Self| jobs.oldest.map_or(f64::INFINITY, |oldest| oldest.0);
        age(self)
            .total_cmp(&age(other))
            .then(other.capacity_day.total_cmp(&self.capacity_day))
            .is_gt()
    }
}

/// How busy a resource is by the hour when late work counts in the hours in which it is done.
pub(super) fn postponed(
    component: usize,
    (resource, one): (Resource, f64),
    hours: &[&HourOfLoad],
    jobs: &Jobs,
) -> Vec<f64> {
    let left = left_over(component, (resource, one), hours);
    let arrived: f64 = left.iter().map(|hour| hour.arrival_rate).sum();
    let job = arrived / jobs.arrivals_day;
    hours
        .iter()
        .zip(&jobs.hours)
        .map(|(hour, done)| {
            let capacity = one * hour.serving[component] as f64;
            let waited_for = share(resource.demand(&hour.waited_for[component]), capacity);
            (waited_for + share(done.served * job, capacity)).min(waited_for.max(1.0))
        })
        .collect()
}

/// The longest time of the day in which something waits.
fn behind(hours: &[HourBacklog]) -> Option<Behind> {
    let count = hours.len();
    let mut longest: Option<Behind> = None;
    for first in 0..count {
        let before = hours[(first + count - 1) % count].at_end;
        if before > 0.0 || hours[first].at_end <= 0.0 {
            continue;
        }
        let mut last = first;
        while last < first + count && hours[last % count].at_end > 0.0 {
            last += 1;
        }
        let drained = hours[last % count]
            .drained_after
            .map_or(0.0, |after| after.0);
        let end = last as f64 + drained / SECONDS_PER_HOUR;
        let found = Behind {
            from: first as f64,
            until: end % count as f64,
            hours: end - first as f64,
        };
        if longest.is_none_or(|longest| found.hours > longest.hours) {
            longest = Some(found);
        }
    }
    longest
}

/// What one component has left for work that nobody waits for, by the hour, in the unit of a resource of which
/// one instance has this much.
fn left_over(
    component: usize,
    (resource, one): (Resource, f64),
    hours: &[&HourOfLoad],
) -> [Hour; HOURS_PER_DAY] {
    let mut left = [Hour::default(); HOURS_PER_DAY];
    for (left, hour) in left.iter_mut().zip(hours) {
        let waited_for = resource.demand(&hour.waited_for[component]);
        let capacity = one * hour.serving[component] as f64;
        *left = Hour {
            arrival_rate: (resource.demand(&hour.loads[component]) - waited_for).max(0.0),
            capacity: (capacity - waited_for).max(0.0),
        };
    }
    left
}

/// Jobs of a component, per second and hour.
fn job_rate(hour: &HourOfLoad, component: usize) -> f64 {
    let all = hour.loads[component].arrival_rate.0;
    (all - hour.waited_for[component].arrival_rate.0).max(0.0)
}
