//! What a day looks like: load, utilisation, response times, and the work that waits for a quieter hour.
//!
//! **Question.** Hour by hour, how much is asked of the plan, how busy does that make it, and how late is what
//! nobody waits for?
//!
//! **Model.** Every journey follows its profile, and every day is like the last. What people wait for is in
//! steady state in every hour. What nobody waits for (asynchronous calls and background journeys) gets what is
//! left of a component; the rest is carried over as a fluid backlog, also over midnight. Units by the hour run
//! in the hours in which the others alone would be above the planning ceiling.
//!
//! **Assumptions.** The load jumps when the hour changes, so a ramp is as steep as it can be. What waits is
//! served first come, first served, and counted in jobs of the mean size of the day. What a component passes on
//! reaches the next one as drawn, also while the work is late. Where an hour has the load of the peak, it is the peak.
//!
//! **Formula.** Rates: peak × share. Backlog and age: [`crate::analysis::queueing::backlog`]. Response: the mean
//! of the hour's operating point.
//!
//! **Reference.** Newell, *Applications of Queueing Theory* (1982), ch. 2; static stability: AWS Builders'
//! Library.
//!
//! **Complexity.** `O(hours × journeys × (components + connections))` with as many hours as differ; beyond
//! [`MOST_WORK`] steps the loads of the hours are scaled from the peak, and there are no response times.

use crate::analysis::operating_point::{OperatingPoint, operating_point};
use crate::analysis::queueing::SATURATED;
use crate::analysis::queueing::backlog::{self, Hour, HourBacklog, ScaleOut, scale_out};
use crate::analysis::queueing::load_duration::{Split, cheapest_split};
use crate::analysis::stations::credit;
use crate::analysis::traffic::{Conditions, Load, Resource, load_per_request, utilisation};
use crate::plan::Mode;
use crate::topology::{Burst, Journey, Topology};
use crate::units::{HOURS_PER_DAY, HOURS_PER_MONTH, RequestsPerSecond, Seconds};

/// A day of the plan.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DayReport {
    /// Per journey, in the order of the topology.
    pub journeys: Vec<JourneyDay>,
    /// Per component, in the order of the topology.
    pub components: Vec<ComponentDay>,
    /// Whether any hour differs from the peak.
    pub has_profile: bool,
    /// Whether the plan is too large for response times by the hour.
    pub is_too_large: bool,
}

/// A day of one journey.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct JourneyDay {
    /// Requests per second, hour by hour from midnight.
    pub rates: Vec<RequestsPerSecond>,
    /// The mean response time, hour by hour; none where something that is waited for is used up. Empty where all
    /// hours are alike.
    pub responses: Vec<Option<Seconds>>,
}

/// A day of one component.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ComponentDay {
    /// How busy each resource is, hour by hour; work that is late counts when it is done. Empty where all hours
    /// are alike.
    pub utilisation: Vec<(Resource, Vec<f64>)>,
    /// What is used on credit for a part of the day.
    pub credits: Vec<Credit>,
    /// The work that nobody waits for, if it gets any.
    pub jobs: Option<Jobs>,
    /// Its units by the hour, if it has any.
    pub burst: Option<BurstDay>,
}

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

/// Units by the hour.
#[derive(Clone, Debug, PartialEq)]
pub struct BurstDay {
    /// How many there are.
    pub instances: usize,
    /// In which hours they run.
    pub runs: Vec<bool>,
    /// Hours of a month in which they are needed, if every day is like this one.
    pub hours_needed: f64,
    /// Hours of a month that are paid for.
    pub hours_paid: f64,
    /// What waits while they start, at the steepest step of the day; none where they never or always run.
    pub start: Option<BurstStart>,
    /// The cheapest number of own instances and units by the hour for this load; none without a price.
    pub cheapest: Option<Split>,
}

/// What waits while units by the hour start.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BurstStart {
    /// The hour that begins with the step.
    pub hour: usize,
    /// From the step until they serve.
    pub start_up: Seconds,
    /// What a load that stays at the step makes of it.
    pub backlog: ScaleOut,
}

/// Steps that all hours together may take; a step is a component or connection of one journey.
pub const MOST_WORK: usize = 4_000;

/// A day of the plan. `response` is the mean response time of a journey at an operating point.
pub fn day(
    topology: &Topology,
    at_peak: &OperatingPoint,
    response: impl Fn(&OperatingPoint, usize) -> Option<Seconds>,
) -> DayReport {
    let has_profile = topology
        .journeys
        .iter()
        .any(|journey| (0..HOURS_PER_DAY).any(|hour| share_of(journey, hour) < 1.0));
    let has_jobs = topology.journeys.iter().any(|journey| journey.background)
        || topology
            .connections
            .iter()
            .any(|connection| connection.mode == Mode::Async);
    let has_burst = topology.components.iter().any(|one| one.burst.is_some());
    if !has_profile && !has_jobs && !has_burst {
        return same_all_day(topology, at_peak);
    }
    let work = PerRequest::new(topology, at_peak);
    let rates: Vec<Vec<RequestsPerSecond>> = (0..HOURS_PER_DAY)
        .map(|hour| {
            let journeys = topology.journeys.iter().zip(&at_peak.traffic.journeys);
            journeys
                .map(|(journey, flow)| flow.arrival_rate * share_of(journey, hour))
                .collect()
        })
        .collect();
    let mut different: Vec<usize> = Vec::new();
    let same_as: Vec<usize> = (0..HOURS_PER_DAY)
        .map(|hour| {
            let known = different
                .iter()
                .position(|&known| rates[known] == rates[hour]);
            known.unwrap_or_else(|| {
                different.push(hour);
                different.len() - 1
            })
        })
        .collect();
    let size = topology.components.len() + topology.connections.len();
    let is_too_large = has_profile && different.len() * size * topology.journeys.len() > MOST_WORK;
    let hours: Vec<HourOfLoad> = different
        .iter()
        .map(|&hour| work.hour(topology, at_peak, &rates[hour], !is_too_large, &response))
        .collect();
    let hours: Vec<&HourOfLoad> = same_as.iter().map(|&same| &hours[same]).collect();
    DayReport {
        journeys: (0..topology.journeys.len())
            .map(|journey| JourneyDay {
                rates: rates.iter().map(|rates| rates[journey]).collect(),
                responses: hours.iter().map(|hour| hour.responses[journey]).collect(),
            })
            .collect(),
        components: (0..topology.components.len())
            .map(|component| component_day(topology, at_peak, component, &hours))
            .collect(),
        has_profile,
        is_too_large,
    }
}

/// The share of its peak that a journey has in an hour: a fixed number of users is there all day.
fn share_of(journey: &Journey, hour: usize) -> f64 {
    if journey.population.is_some() {
        1.0
    } else {
        journey.profile[hour]
    }
}

/// A day without a profile, and without work that could wait: there is nothing to say of any hour.
fn same_all_day(topology: &Topology, at_peak: &OperatingPoint) -> DayReport {
    DayReport {
        journeys: at_peak
            .traffic
            .journeys
            .iter()
            .map(|journey| JourneyDay {
                rates: vec![journey.arrival_rate; HOURS_PER_DAY],
                responses: Vec::new(),
            })
            .collect(),
        components: vec![ComponentDay::default(); topology.components.len()],
        has_profile: false,
        is_too_large: false,
    }
}

/// What one request of every journey asks of every component, as far as it does.
struct PerRequest {
    /// Per component: the journey, all it asks, and what of it somebody waits for.
    components: Vec<Vec<(usize, Load, Load)>>,
}

/// One hour, or several of the same load.
struct HourOfLoad {
    serving: Vec<usize>,
    /// Instances without the units by the hour.
    own: Vec<usize>,
    loads: Vec<Load>,
    /// The part of the loads that somebody waits for.
    waited_for: Vec<Load>,
    responses: Vec<Option<Seconds>>,
}

impl PerRequest {
    fn new(topology: &Topology, point: &OperatingPoint) -> Self {
        let mut components = vec![Vec::new(); topology.components.len()];
        for (journey, flow) in point.traffic.journeys.iter().enumerate() {
            for (component, found) in components.iter_mut().enumerate() {
                if flow.visits[component] <= 0.0 || point.traffic.serving[component] == 0 {
                    continue;
                }
                let all = load_per_request(topology, journey, &flow.calls, component);
                let nobody = topology.journeys[journey].background
                    || flow.synchronous_visits[component] <= 0.0;
                let waited_for = if nobody {
                    Load::default()
                } else if is_same(flow.visits[component], flow.synchronous_visits[component]) {
                    all
                } else {
                    load_per_request(topology, journey, &flow.synchronous_calls, component)
                };
                found.push((journey, all, waited_for));
            }
        }
        Self { components }
    }

    fn hour(
        &self,
        topology: &Topology,
        at_peak: &OperatingPoint,
        rates: &[RequestsPerSecond],
        is_followed: bool,
        response: &impl Fn(&OperatingPoint, usize) -> Option<Seconds>,
    ) -> HourOfLoad {
        let sum = |component: usize, part: fn(&(usize, Load, Load)) -> Load| {
            self.components[component]
                .iter()
                .map(|one| part(one).times(rates[one.0].0))
                .fold(Load::default(), Load::plus)
        };
        let components = 0..topology.components.len();
        let loads: Vec<Load> = components
            .clone()
            .map(|one| sum(one, |one| one.1))
            .collect();
        let own: Vec<usize> = components
            .clone()
            .map(|component| {
                at_peak.traffic.serving[component] - at_peak.conditions.extra(component)
            })
            .collect();
        let ceiling = topology.plan.assumptions.get("planning_ceiling").base;
        let extra: Vec<usize> = components
            .clone()
            .map(|component| match topology.components[component].burst {
                Some(burst)
                    if own[component] > 0
                        && busiest(topology, component, &loads[component], own[component])
                            > ceiling =>
                {
                    burst.instances
                }
                _ => 0,
            })
            .collect();
        let mut responses = vec![None; topology.journeys.len()];
        if is_followed {
            let is_peak = at_peak
                .traffic
                .journeys
                .iter()
                .zip(rates)
                .all(|(flow, rate)| flow.arrival_rate == *rate)
                && at_peak.conditions.extra == extra;
            let settled = (!is_peak).then(|| {
                let conditions = Conditions::peak(topology).at(rates.to_vec());
                operating_point(
                    topology,
                    Conditions {
                        extra: extra.clone(),
                        ..conditions
                    },
                )
            });
            let point = settled.as_ref().unwrap_or(at_peak);
            for (journey, found) in responses.iter_mut().enumerate() {
                *found = response(point, journey);
            }
        }
        HourOfLoad {
            serving: own
                .iter()
                .zip(&extra)
                .map(|(own, extra)| own + extra)
                .collect(),
            own,
            waited_for: components.map(|one| sum(one, |one| one.2)).collect(),
            loads,
            responses,
        }
    }
}

/// Whether two numbers of visits differ by rounding only.
fn is_same(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-12 * a
}

/// The utilisation of the busiest resource.
fn busiest(topology: &Topology, component: usize, load: &Load, serving: usize) -> f64 {
    Resource::RATES
        .into_iter()
        .filter_map(|resource| utilisation(topology, component, resource, load, serving))
        .fold(0.0, f64::max)
}

fn component_day(
    topology: &Topology,
    at_peak: &OperatingPoint,
    component: usize,
    hours: &[&HourOfLoad],
) -> ComponentDay {
    let rooms = rooms(topology, at_peak, component);
    let jobs = jobs(component, &rooms, hours);
    let late = jobs.as_ref().filter(|jobs| jobs.behind.is_some());
    let mut by_resource = Vec::new();
    for &(resource, one) in &rooms {
        let shares: Vec<f64> = hours
            .iter()
            .map(|hour| {
                let demand = resource.demand(&hour.loads[component]);
                share(demand, one * hour.serving[component] as f64)
            })
            .collect();
        if shares.iter().all(|&share| share <= 0.0) {
            continue;
        }
        let shares = match late {
            Some(jobs) => postponed(component, (resource, one), hours, jobs),
            None => shares,
        };
        by_resource.push((resource, shares));
    }
    ComponentDay {
        utilisation: by_resource,
        credits: rooms
            .iter()
            .filter_map(|&(resource, _)| credit_day(topology, component, resource, hours))
            .collect(),
        burst: topology.components[component]
            .burst
            .map(|burst| burst_day(topology, component, burst, hours)),
        jobs,
    }
}

/// What one instance of a component carries of every rate that it has.
fn rooms(topology: &Topology, at_peak: &OperatingPoint, component: usize) -> Vec<(Resource, f64)> {
    let serving = at_peak.traffic.serving[component];
    let pool = at_peak.stations[component].pool.filter(|_| serving > 0);
    let workers = pool.map(|pool| (Resource::Workers, pool.capacity.0 / serving as f64));
    Resource::RATES
        .into_iter()
        .filter_map(|resource| Some((resource, resource.capacity(topology, component)?)))
        .chain(workers)
        .collect()
}

/// The credit of one instance over a day, where a resource is sold so and used beyond its baseline.
fn credit_day(
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

/// Demand over capacity; 0 where there is neither.
fn share(demand: f64, capacity: f64) -> f64 {
    if demand > 0.0 && capacity > 0.0 {
        demand / capacity
    } else {
        0.0
    }
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

const SECONDS_PER_HOUR: f64 = 3600.0;

fn jobs(component: usize, rooms: &[(Resource, f64)], hours: &[&HourOfLoad]) -> Option<Jobs> {
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

/// How busy a resource is by the hour when late work counts in the hours in which it is done.
fn postponed(
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

fn burst_day(
    topology: &Topology,
    component: usize,
    burst: Burst,
    hours: &[&HourOfLoad],
) -> BurstDay {
    let runs: Vec<bool> = hours
        .iter()
        .map(|hour| hour.serving[component] > hour.own[component])
        .collect();
    let days = HOURS_PER_MONTH / HOURS_PER_DAY as f64;
    let starts = (0..runs.len())
        .filter(|&hour| runs[hour] && !runs[(hour + runs.len() - 1) % runs.len()])
        .filter_map(|hour| {
            let load = &hours[hour].loads[component];
            let rate = load.arrival_rate.0;
            let carried = |serving| rate / busiest(topology, component, load, serving);
            let backlog = scale_out(
                rate,
                carried(hours[hour].own[component]),
                carried(hours[hour].serving[component]),
                burst.start_up.value,
            )?;
            Some(BurstStart {
                hour,
                start_up: burst.start_up.value,
                backlog,
            })
        });
    BurstDay {
        instances: burst.instances,
        hours_needed: runs.iter().filter(|&&runs| runs).count() as f64 * days,
        hours_paid: burst.hours_month,
        start: starts.max_by(|a, b| {
            let delay = |start: &BurstStart| start.backlog.delay_at_peak.0;
            delay(a).total_cmp(&delay(b))
        }),
        cheapest: cheapest(topology, component, hours, days),
        runs,
    }
}

/// The cheapest split of this day's load into own instances and units by the hour.
fn cheapest(
    topology: &Topology,
    component: usize,
    hours: &[&HourOfLoad],
    days: f64,
) -> Option<Split> {
    let price = topology.components[component].offer?.price.as_ref()?;
    let month = price
        .month
        .or(price.per_hour.map(|hour| hour * HOURS_PER_MONTH))?;
    let hour = price.per_hour.unwrap_or(month / HOURS_PER_MONTH);
    let ceiling = topology.plan.assumptions.get("planning_ceiling").base;
    let load: Vec<(f64, f64)> = hours
        .iter()
        .map(|hour| {
            let one = busiest(topology, component, &hour.loads[component], 1);
            ((one / ceiling - 1e-9).ceil(), days)
        })
        .collect();
    cheapest_split(&load, month.0, hour.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Reports;
    use crate::catalog::Catalog;
    use crate::plan::sketch::sketch;
    use proptest::prelude::*;

    fn reports_of(text: &str, read: impl FnOnce(&Topology, &Reports)) {
        let plan = sketch(text).unwrap();
        let catalog = Catalog::default();
        let topology = Topology::new(&plan, &catalog);
        read(&topology, &Reports::new(&topology));
    }

    /// The jobs of the component of this name.
    fn jobs_of(text: &str, id: &str) -> Jobs {
        let mut found = None;
        reports_of(text, |topology, reports| {
            let component = topology.component_index(id).unwrap();
            found.clone_from(&reports.day.components[component].jobs);
        });
        found.unwrap()
    }

    fn close(found: f64, expected: f64) {
        assert!(
            (found - expected).abs() <= 1e-9 * expected.abs().max(1.0),
            "{found}, not {expected}"
        );
    }

    #[test]
    fn credit_is_saved_at_night_and_spent_in_the_evening() {
        // A t3.micro earns 12 minutes of a core an hour on two cores and keeps a day of them.
        let app = "app[offer=aws-t3-micro service_time_ms=20]";
        let credit_of = |rps: f64, profile: &str| {
            let plan = sketch(&format!("users[rps={rps} profile={profile}] -> {app}")).unwrap();
            let catalog = Catalog::embedded();
            let topology = Topology::new(&plan, &catalog);
            Reports::new(&topology).day.components[1].credits.clone()
        };
        assert!(credit_of(60.0, "0.1*24").is_empty());
        let [evening] = &credit_of(60.0, "0*20,1*4")[..] else {
            panic!("one credit")
        };
        assert_eq!(evening.resource, Resource::Cpu);
        assert_eq!(evening.gone_at, None);
        assert!(evening.levels[18] > 0.999 && evening.levels[23] < evening.levels[20]);
        let [all_day] = &credit_of(60.0, "0.1*4,1*20")[..] else {
            panic!("one credit")
        };
        // Nothing is left at midnight, and what the night saves does not last for the morning.
        assert!((4.0..6.0).contains(&all_day.gone_at.unwrap()));
        assert_eq!(all_day.levels[23], 0.0);
    }

    const NIGHT: &str = "users[rps=10 profile=0*20,1*2,0*2] -> app[service_time_ms=1] ~> queue[service_time_ms=0.1] -> worker";

    #[test]
    fn workers_do_the_evenings_work_at_night() {
        // Ten jobs a second for two hours, four can be done: 72,000 jobs last for five hours.
        let text = format!("{NIGHT}[service_time_ms=250]");
        let jobs = jobs_of(&text, "worker");
        close(jobs.arrivals_day, 72_000.0);
        close(jobs.capacity_day, 4.0 * 86_400.0);
        assert!(jobs.catches_up());
        close(jobs.hours[21].backlog_at_end, 43_200.0);
        close(jobs.hours[23].backlog_at_end, 14_400.0);
        close(jobs.hours[0].served, 14_400.0);
        let behind = jobs.behind.unwrap();
        close(behind.from, 20.0);
        close(behind.until, 1.0);
        close(behind.hours, 5.0);
        // The last job of 22:00 is done at 1:00.
        close(jobs.oldest.unwrap().0, 3.0 * 3600.0);
        reports_of(&text, |topology, reports| {
            let worker = topology.component_index("worker").unwrap();
            assert!(reports.at_peak.stations[worker].saturated && reports.catches_up(worker));
            assert!(!reports.capacity.journeys[0].saturated);
            // Twelve times as much fits as is asked in the mean hour.
            close(reports.capacity.journeys[0].capacity.unwrap().0, 48.0);
            let (resource, hours) = &reports.day.components[worker].utilisation[0];
            assert_eq!(*resource, Resource::Cpu);
            close(hours[19], 0.0);
            close(hours[21], 1.0);
            close(hours[23], 1.0);
            close(hours[1], 0.0);
        });
    }

    #[test]
    fn too_few_workers_never_catch_up() {
        let text = format!("{NIGHT}[service_time_ms=1500]");
        let jobs = jobs_of(&text, "worker");
        assert!(!jobs.catches_up() && jobs.oldest.is_none());
        close(jobs.growth_day.unwrap(), 72_000.0 - 57_600.0);
        reports_of(&text, |_, reports| {
            assert!(reports.capacity.journeys[0].saturated);
            assert!(reports.latency.journeys[0].mean.is_some());
        });
        let all_day = jobs_of(
            "users[rps=10] -> app[service_time_ms=1] ~> worker[service_time_ms=150]",
            "worker",
        );
        close(all_day.growth_day.unwrap(), (10.0 - 1.0 / 0.15) * 86_400.0);
    }

    #[test]
    fn jobs_get_what_people_leave() {
        // Visits keep the one server busy for half of every hour; the other half does 5 jobs a second.
        let text = "users[rps=50] -> app[service_time_ms=10]\nnight:users[rps=8 profile=1*12,0*12] -> mail:queue[service_time_ms=0.1] ~> app";
        let jobs = jobs_of(text, "app");
        close(jobs.capacity_day, 50.0 * 86_400.0);
        close(jobs.hours[11].backlog_at_end, 0.0);
        let tight = "users[rps=50] -> app[service_time_ms=10]\nnight:users[rps=80 profile=1*12,0*12] -> mail:queue[service_time_ms=0.1] ~> app";
        let jobs = jobs_of(tight, "app");
        close(jobs.hours[11].backlog_at_end, 30.0 * 12.0 * 3600.0);
        // Somebody waits for the same server: it is used up in these hours.
        reports_of(tight, |topology, reports| {
            let app = topology.component_index("app").unwrap();
            assert!(!reports.catches_up(app));
        });
    }

    #[test]
    fn every_hour_has_its_rate_and_its_response_time() {
        reports_of(
            "users[rps=90 profile=0.5*12,1*12] -> app[service_time_ms=10]",
            |_, reports| {
                let day = &reports.day.journeys[0];
                close(day.rates[0].0, 45.0);
                close(day.responses[0].unwrap().millis(), 10.0 / 0.55);
                close(day.responses[23].unwrap().millis(), 100.0);
                close(reports.day.components[1].utilisation[0].1[3], 0.45);
            },
        );
    }

    #[test]
    fn units_by_the_hour_come_when_they_are_needed_and_take_their_time() {
        // Two own instances carry 200 a second; from 18:00 there are 300, and two more after 180 s.
        let text = "users[rps=300 profile=0.2*18,1*4,0.2*2] -> lb[service_time_ms=0.01] -> app*2[service_time_ms=10 burst=2 burst_hours=40]";
        reports_of(text, |topology, reports| {
            let app = topology.component_index("app").unwrap();
            let burst = reports.day.components[app].burst.clone().unwrap();
            assert_eq!(burst.runs.iter().filter(|&&runs| runs).count(), 4);
            close(burst.hours_needed, 4.0 * 730.0 / 24.0);
            let start = burst.start.unwrap();
            assert_eq!(start.hour, 18);
            close(start.backlog.peak_backlog, 100.0 * 180.0);
            close(start.backlog.drain.unwrap().0, 180.0);
            let hours = &reports.day.components[app].utilisation[0].1;
            close(hours[17], 0.3);
            close(hours[18], 0.75);
            let station = &reports.at_peak.stations[app];
            assert!(!station.saturated);
            close(reports.capacity.journeys[0].capacity.unwrap().0, 400.0);
            // Nobody counts on them when an instance fails: two are needed and there are two.
            assert_eq!(reports.needed[app], 2);
            let events: Vec<&str> = reports.failures.journeys[0]
                .overloads()
                .map(|loss| &*loss.event)
                .collect();
            assert_eq!(events, ["component:app"]);
        });
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn a_day_keeps_count_of_every_job(
            rate in 0.0..50.0_f64,
            shares in proptest::collection::vec(0..=10_u8, 24),
            millis in 1.0..400.0_f64,
            more in 0.1..1.0_f64,
        ) {
            let profile: Vec<String> = shares.iter().map(|&share| (f64::from(share) / 10.0).to_string()).collect();
            let text = |millis: f64| format!(
                "users[rps={rate} profile={}] -> app[service_time_ms=1] ~> worker*2[service_time_ms={millis}]",
                profile.join(",")
            );
            if rate * shares.iter().map(|&share| f64::from(share)).sum::<f64>() <= 0.0 {
                return Ok(());
            }
            let jobs = jobs_of(&text(millis), "worker");
            let faster = jobs_of(&text(millis * more), "worker");
            prop_assert!(faster.catches_up() || !jobs.catches_up());
            if jobs.catches_up() {
                let served: f64 = jobs.hours.iter().map(|hour| hour.served).sum();
                prop_assert!((served - jobs.arrivals_day).abs() <= 1e-6 * jobs.arrivals_day);
                let mut waiting = jobs.hours[23].backlog_at_end;
                for (hour, share) in jobs.hours.iter().zip(&shares) {
                    let arrived = rate * f64::from(*share) / 10.0 * 3600.0;
                    prop_assert!((waiting + arrived - hour.served - hour.backlog_at_end).abs() <= 1e-3);
                    prop_assert!(hour.backlog >= hour.backlog_at_end && hour.backlog_at_end >= 0.0);
                    waiting = hour.backlog_at_end;
                }
                prop_assert!(faster.oldest.unwrap().0 <= jobs.oldest.unwrap().0 + 1e-3);
            } else {
                prop_assert!(jobs.arrivals_day * (1.0 + 1e-9) >= jobs.capacity_day);
            }
        }
    }
}
