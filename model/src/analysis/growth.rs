//! How many months of growth a plan has left: until each resource is full, and until each target gives way.
//!
//! **Question.** If every journey goes on growing as it does, what gives way first, and when?
//!
//! **Model.** Each journey grows by its own share every month. A resource reaches the planning ceiling, then is
//! used up; a target is missed when the response time at the peak is longer, or when there is none any more.
//! Users who wait for their answers ask less often the more they are: they make a resource busy, but only others use
//! it up. Stored data grows by its own share until the disk is full.
//! Where nobody waits for the work of a component, the mean hour of its day counts instead of the peak.
//!
//! **Assumptions.** Growth stays as it is, and the day keeps its shape. What one request asks of a resource is
//! what it asks at today's peak.
//!
//! **Formula.** Resources: [`crate::analysis::queueing::growth`]. Targets: bisection over the operating point of
//! the whole plan, because response times only rise with the load.
//!
//! **Reference.** Gunther, *Guerrilla Capacity Planning* (2007), ch. 2.
//!
//! **Complexity.** `O(journeys × (components + connections))`, and 16 operating points where a population grows; each target takes about a dozen operating points,
//! and is left out where that is more than [`MOST_WORK`] steps.

mod forecast;

use crate::analysis::operating_point::{OperatingPoint, operating_point};
use crate::analysis::queueing::SATURATED;
use crate::analysis::queueing::growth::{MOST_MONTHS, first_month, months_until};
use crate::analysis::traffic::{Load, Resource, utilisation};
use crate::order::Order as _;
use crate::topology::{Redundancy, Topology};
use forecast::Forecast;

/// How long the plan lasts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GrowthReport {
    /// Per component, in the order of the topology: the resources that will be full some day.
    pub components: Vec<Vec<ResourceGrowth>>,
    /// Per journey, in the order of the topology.
    pub journeys: Vec<JourneyGrowth>,
    /// When components need one more of their instances at the peak, the earliest first.
    pub needed: Vec<NeededGrowth>,
}

/// When a component needs more of its instances.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NeededGrowth {
    /// In how many months.
    pub months: f64,
    /// The component.
    pub component: usize,
    /// How many of its instances the peak needs from then on.
    pub needed: usize,
}

/// How long a resource lasts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ResourceGrowth {
    /// The resource.
    pub resource: Resource,
    /// Months until it is as busy as the plan allows (assumption `planning_ceiling`); none if it never is.
    pub months_to_ceiling: Option<f64>,
    /// Months until it is used up; none if it never is.
    pub months_to_saturation: Option<f64>,
}

/// How long a journey lasts.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct JourneyGrowth {
    /// Months until the first resource on its path is used up; none if that never happens.
    pub months_to_saturation: Option<f64>,
    /// The component and its resource that is used up first.
    pub saturates: Option<(usize, Resource)>,
    /// Months until its target is missed; none without a target, if that never happens, or if the plan is too
    /// large to follow.
    pub months_to_target: Option<f64>,
    /// Whether there is a target that was not followed because the plan is too large.
    pub is_too_large: bool,
}

/// Steps that one target may take; a step is a component or connection of one journey in one operating point.
pub const MOST_WORK: usize = 4_000;

/// Operating points that one target takes at most.
const MOST_POINTS: usize = 16;

/// Months to which it is found when a target gives way.
const PRECISION: f64 = 0.05;

/// How long the plan lasts. `misses` says whether a journey misses its target at an operating point.
pub fn growth(
    topology: &Topology,
    at_peak: &OperatingPoint,
    misses: impl Fn(&OperatingPoint, usize) -> bool,
) -> GrowthReport {
    let forecast = Forecast::new(topology, at_peak, MOST_WORK);
    let components: Vec<Vec<ResourceGrowth>> = (0..topology.components.len())
        .map(|component| component_growth(topology, at_peak, &forecast, component))
        .collect();
    let journeys = (0..topology.journeys.len())
        .map(|journey| {
            let flow = &at_peak.traffic.journeys[journey];
            let first = first_saturated(topology, &flow.visits, &components, |_| true);
            let mut found = JourneyGrowth {
                months_to_saturation: first.map(|(months, _, _)| months),
                saturates: first.map(|(_, component, resource)| (component, resource)),
                ..JourneyGrowth::default()
            };
            let has_target = topology.journeys[journey].target.is_some();
            if has_target && forecast.grows() {
                found.is_too_large = steps(topology, at_peak, journey) > MOST_WORK;
                if !found.is_too_large {
                    let visits = &flow.synchronous_visits;
                    let waited_for = first_saturated(topology, visits, &components, |resource| {
                        !resource.is_fit()
                    });
                    let until = waited_for.map_or(MOST_MONTHS, |(months, _, _)| months);
                    found.months_to_target = if misses(at_peak, journey) {
                        Some(0.0)
                    } else {
                        months_to_target(until, |months| {
                            let then = forecast.conditions(topology, months);
                            misses(&operating_point(topology, then), journey)
                        })
                    };
                }
            }
            found
        })
        .collect();
    GrowthReport {
        components,
        journeys,
        needed: needed_growth(topology, at_peak, &forecast),
    }
}

/// How many times it is told that more instances are needed.
const MOST_NEEDED: usize = 12;

/// Months within which that is looked for.
const NEEDED_WITHIN: f64 = 60.0;

fn needed_growth(
    topology: &Topology,
    at_peak: &OperatingPoint,
    forecast: &Forecast,
) -> Vec<NeededGrowth> {
    let traffic = &at_peak.traffic;
    let mut steps: Vec<NeededGrowth> = Vec::new();
    if !forecast.grows() {
        return steps;
    }
    for (component, resolved) in topology.components.iter().enumerate() {
        if resolved.instances < 2 || resolved.redundancy != Redundancy::Capacity {
            continue;
        }
        let loads: Vec<(usize, Load)> = (0..topology.journeys.len())
            .filter(|&journey| traffic.journeys[journey].visits[component] > 0.0)
            .map(|journey| {
                let rate = traffic.journeys[journey].arrival_rate.0;
                let load = traffic.load_per_request(topology, journey, component);
                (journey, load.times(rate))
            })
            .collect();
        let uses: Vec<Vec<(usize, f64)>> = Resource::RATES
            .into_iter()
            .filter_map(|resource| {
                let used = loads.iter().map(|(journey, load)| {
                    let used = utilisation(topology, component, resource, load, 1)?;
                    Some((*journey, used))
                });
                used.collect()
            })
            .collect();
        for enough in 1..resolved.instances.min(MOST_NEEDED + 1) {
            let full = enough as f64 * SATURATED;
            let months = uses
                .iter()
                .filter_map(|used| forecast.months_until(full, used))
                .min_by(f64::total_cmp);
            steps.extend(
                months
                    .filter(|months| *months > 0.0 && *months <= NEEDED_WITHIN)
                    .map(|months| NeededGrowth {
                        months,
                        component,
                        needed: enough + 1,
                    }),
            );
        }
    }
    steps.order_by(|a, b| {
        let by_component = topology.id(a.component).cmp(topology.id(b.component));
        a.months.total_cmp(&b.months).then(by_component)
    });
    steps.truncate(MOST_NEEDED);
    steps
}

fn component_growth(
    topology: &Topology,
    at_peak: &OperatingPoint,
    forecast: &Forecast,
    component: usize,
) -> Vec<ResourceGrowth> {
    let rates = if forecast.grows() {
        rates_growth(topology, at_peak, forecast, component)
    } else {
        Vec::new()
    };
    let ceiling = topology.plan.assumptions.get("planning_ceiling").base;
    let growth = topology.components[component].footprint.storage_growth;
    let stored = at_peak.stations[component].utilisation(Resource::Storage);
    let storage = stored.map(|stored| ResourceGrowth {
        resource: Resource::Storage,
        months_to_ceiling: months_until(ceiling, stored, growth),
        months_to_saturation: months_until(1.0, stored, growth),
    });
    rates
        .into_iter()
        .chain(storage.filter(|_| growth > 0.0))
        .filter(|found| found.months_to_ceiling.is_some() || found.months_to_saturation.is_some())
        .collect()
}

/// What requests make of the resources that carry so much per second, and of workers.
fn rates_growth(
    topology: &Topology,
    at_peak: &OperatingPoint,
    forecast: &Forecast,
    component: usize,
) -> Vec<ResourceGrowth> {
    let traffic = &at_peak.traffic;
    let serving = traffic.serving[component];
    let is_waited_for = traffic.waited_for[component];
    let loads: Vec<(usize, Load)> = topology
        .journeys
        .iter()
        .enumerate()
        .filter(|(journey, _)| traffic.journeys[*journey].visits[component] > 0.0)
        .map(|(journey, resolved)| {
            let share = if is_waited_for {
                1.0
            } else {
                resolved.mean_share()
            };
            let rate = traffic.journeys[journey].arrival_rate.0 * share;
            let load = traffic.load_per_request(topology, journey, component);
            (journey, load.times(rate))
        })
        .collect();
    let ceiling = topology.plan.assumptions.get("planning_ceiling").base;
    let pool = at_peak.stations[component].pool;
    let share = |resource: Resource, load: &Load| match (resource, pool) {
        (Resource::Workers, Some(pool)) if pool.capacity.0 > 0.0 => {
            Some(load.arrival_rate / pool.capacity)
        }
        _ => utilisation(topology, component, resource, load, serving),
    };
    // Users wait for their answers, and use nothing up.
    let uses_up =
        |journey: usize| !is_waited_for || topology.journeys[journey].population.is_none();
    Resource::RATES
        .into_iter()
        .chain([Resource::Workers])
        .filter_map(|resource| {
            let used: Option<Vec<(usize, f64)>> = loads
                .iter()
                .map(|(journey, load)| Some((*journey, share(resource, load)?)))
                .collect();
            let mut used = used?;
            let months_to_ceiling = forecast.months_until(ceiling, &used);
            used.retain(|&(journey, _)| uses_up(journey));
            Some(ResourceGrowth {
                resource,
                months_to_ceiling,
                months_to_saturation: forecast.months_until(SATURATED, &used),
            })
        })
        .collect()
}

/// What is used up first of the components with visits: months, component and resource.
fn first_saturated(
    topology: &Topology,
    visits: &[f64],
    components: &[Vec<ResourceGrowth>],
    counts: impl Fn(Resource) -> bool,
) -> Option<(f64, usize, Resource)> {
    (0..topology.components.len())
        .filter(|&component| visits[component] > 0.0)
        .flat_map(|component| {
            components[component]
                .iter()
                .map(move |one| (component, one))
        })
        .filter(|(_, one)| counts(one.resource))
        .filter_map(|(component, one)| Some((one.months_to_saturation?, component, one.resource)))
        .min_by(|a, b| {
            a.0.total_cmp(&b.0)
                .then_with(|| topology.id(a.1).cmp(topology.id(b.1)))
                .then(a.2.cmp(&b.2))
        })
}

/// What it takes to follow the target of a journey.
fn steps(topology: &Topology, at_peak: &OperatingPoint, journey: usize) -> usize {
    let whole = topology.components.len() + topology.connections.len();
    let flow = &at_peak.traffic.journeys[journey];
    let called = flow.synchronous_calls.iter().filter(|&&calls| calls > 0.0);
    MOST_POINTS * (whole * topology.journeys.len() + 10 * called.count())
}

/// Months until a target is missed for the first time.
fn months_to_target(most: f64, misses_in: impl Fn(f64) -> bool) -> Option<f64> {
    let precision = PRECISION.max(most / f64::from(1_u16 << (MOST_POINTS - 2)));
    first_month(most, precision, |months| months > 0.0 && misses_in(months))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Reports;
    use crate::catalog::Catalog;
    use crate::plan::sketch::sketch;
    use proptest::prelude::*;

    fn report(text: &str) -> GrowthReport {
        let plan = sketch(text).unwrap();
        let catalog = Catalog::default();
        Reports::new(&Topology::new(&plan, &catalog)).growth
    }

    fn close(found: Option<f64>, expected: f64, tolerance: f64) {
        let found = found.unwrap();
        assert!(
            (found - expected).abs() <= tolerance,
            "{found}, not {expected}"
        );
    }

    #[test]
    fn a_resource_has_months_until_its_ceiling_and_its_end() {
        let found = report("users[rps=25 growth=5] -> app[service_time_ms=10]");
        let app = found.components[1][0];
        let months = |limit: f64| (limit / 0.25).ln() / 1.05_f64.ln();
        close(app.months_to_ceiling, months(0.7), 1e-9);
        close(app.months_to_saturation, months(1.0), 1e-9);
        assert_eq!(found.journeys[0].saturates, Some((1, Resource::Cpu)));
        close(found.journeys[0].months_to_saturation, months(1.0), 1e-9);
        assert_eq!(found.journeys[0].months_to_target, None);
    }

    #[test]
    fn every_journey_grows_on_its_own() {
        let two = "users[rps=20 growth=10] -> app[service_time_ms=10]\nold:users[rps=40] -> app";
        let found = report(two);
        close(
            found.components[1][0].months_to_saturation,
            3.0_f64.ln() / 1.1_f64.ln(),
            1e-5,
        );
        close(
            found.journeys[1].months_to_saturation,
            3.0_f64.ln() / 1.1_f64.ln(),
            1e-5,
        );
        let still = report("users[rps=20] -> app[service_time_ms=10]");
        assert!(still.components.iter().all(Vec::is_empty));
        assert_eq!(still.journeys[0], JourneyGrowth::default());
    }

    #[test]
    fn a_target_gives_way_before_the_machine_does() {
        // The 95th percentile of one exponential server is −ln 0.05 ÷ (100 − λ): 100 ms at λ = 70.04.
        let found = report("users[rps=25 growth=5 target_ms=100] -> app[service_time_ms=10]");
        let limit = 100.0 + 0.05_f64.ln() / 0.1;
        let months = (limit / 25.0).ln() / 1.05_f64.ln();
        close(found.journeys[0].months_to_target, months, PRECISION);
        let missed = report("users[rps=90 growth=5 target_ms=100] -> app[service_time_ms=10]");
        assert_eq!(missed.journeys[0].months_to_target, Some(0.0));
        let full = report("users[rps=190 growth=5 target_ms=100] -> app[service_time_ms=10]");
        assert_eq!(full.journeys[0].months_to_saturation, Some(0.0));
    }

    #[test]
    fn work_that_can_wait_counts_with_its_mean_hour() {
        let text = "users[rps=10 growth=5 profile=0.5*12,1*12 target_ms=100] -> app[service_time_ms=1] ~> worker[service_time_ms=100]";
        let found = report(text);
        let months = (1.0 / 0.75_f64).ln() / 1.05_f64.ln();
        close(found.components[2][0].months_to_saturation, months, 1e-9);
        // Nobody waits for the worker: the target holds for longer.
        let target = found.journeys[0].months_to_target.unwrap();
        assert!(target > months + 12.0, "{target}");
    }

    #[test]
    fn more_users_do_not_ask_as_many_times_more() {
        // One server of 10 ms is 70 % busy with 72.4 users who think for a second.
        let text =
            "users[population=50 think_s=1 growth=10 target_ms=200] -> app[service_time_ms=10]";
        let found = report(text);
        let app = found.components[1][0];
        close(
            app.months_to_ceiling,
            (72.4_f64 / 50.0).ln() / 1.1_f64.ln(),
            0.1,
        );
        assert_eq!(app.months_to_saturation, None);
        assert_eq!(found.journeys[0].months_to_saturation, None);
        // 115 users: as 50 of them for a target that they miss at once.
        let months = found.journeys[0].months_to_target.unwrap();
        let users = 50.0 * 1.1_f64.powf(months);
        let at = |users: f64| {
            report(&format!(
                "users[population={users} think_s=1 growth=10 target_ms=200] -> app[service_time_ms=10]"
            ))
        };
        assert_eq!(
            at((users + 1.0).round()).journeys[0].months_to_target,
            Some(0.0)
        );
        assert!(
            at((users - 1.0).round()).journeys[0]
                .months_to_target
                .unwrap()
                > 0.0
        );
    }

    #[test]
    fn only_others_use_up_what_users_share() {
        let text = "users[population=50 think_s=1 growth=10] -> app[service_time_ms=10]\nold:users[rps=40 growth=5] -> app";
        let found = report(text);
        let app = found.components[1][0];
        close(
            app.months_to_saturation,
            (1.0 / 0.4_f64).ln() / 1.05_f64.ln(),
            1e-6,
        );
        assert_eq!(app.months_to_ceiling, Some(0.0));
    }

    #[test]
    fn users_fill_what_nobody_waits_for() {
        let text = "users[population=40 think_s=1 growth=10] -> app[service_time_ms=1] ~> worker[service_time_ms=20]";
        let found = report(text);
        let months = found.components[2][0].months_to_saturation;
        // 50 jobs a second, with some milliseconds to answer.
        close(months, (50.0 * 1.001_f64 / 40.0).ln() / 1.1_f64.ln(), 0.1);
    }

    #[test]
    fn a_disk_is_full_when_the_data_has_grown_to_its_size() {
        let plan = "users -> db[offer=linode-nanode-1 data_gb=10 data_growth_percent_month=5]";
        let plan = sketch(plan).unwrap();
        let catalog = Catalog::embedded();
        let topology = Topology::new(&plan, &catalog);
        let size = topology.components[1].footprint.storage_room.unwrap() / 10e9;
        let found = Reports::new(&topology).growth;
        let [storage] = found.components[1][..] else {
            panic!("one resource")
        };
        assert_eq!(storage.resource, Resource::Storage);
        close(
            storage.months_to_saturation,
            size.ln() / 1.05_f64.ln(),
            1e-9,
        );
        close(
            storage.months_to_ceiling,
            (0.7 * size).ln() / 1.05_f64.ln(),
            1e-9,
        );
        assert_eq!(found.journeys[0].saturates, Some((1, Resource::Storage)));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn months_decrease_with_growth(rate in 1.0..60.0_f64, growth in 0.5..20.0_f64, more in 1.01..3.0_f64) {
            let path = |growth: f64| report(&format!("users[rps={rate} growth={growth} target_ms=120] -> app[service_time_ms=10] -> db[service_time_ms=2]"));
            let (slow, fast) = (path(growth), path(growth * more));
            let (slow, fast) = (slow.journeys[0], fast.journeys[0]);
            prop_assert!(fast.months_to_saturation.unwrap() <= slow.months_to_saturation.unwrap());
            prop_assert!(fast.months_to_target.unwrap() <= slow.months_to_target.unwrap() + PRECISION);
            prop_assert!(slow.months_to_target.unwrap() <= slow.months_to_saturation.unwrap() + PRECISION);
        }
    }
}
