//! What a day looks like: load, utilisation, response times, and the work that waits for a quieter hour.
//!
//! **Question.** Hour by hour, how much is asked of the plan, how busy does that make it, and how late is what
//! nobody waits for?
//!
//! **Model.** Every journey follows its profile, a population with as many of its users, and every day is like the
//! last. What people wait for is in
//! steady state in every hour. What nobody waits for (asynchronous calls and background journeys) gets what is
//! left of a component; the rest is carried over as a fluid backlog, also over midnight. Units by the hour run
//! in the hours in which the others alone would be above the planning ceiling.
//!
//! **Assumptions.** The load jumps when the hour changes, so a ramp is as steep as it can be. What waits is
//! served first come, first served, and counted in jobs of the mean size of the day. What a component passes on
//! reaches the next one as drawn, also while the work is late. Where an hour has the load of the peak, it is the peak.
//!
//! **Formula.** Rates: peak × share; of a population what the users of the hour settle at. Backlog and age: [`crate::analysis::queueing::backlog`]. Response: the mean
//! of the hour's operating point.
//!
//! **Reference.** Newell, *Applications of Queueing Theory* (1982), ch. 2; static stability: AWS Builders'
//! Library.
//!
//! **Complexity.** `O(hours × journeys × (components + connections))` with as many hours as differ; beyond
//! [`MOST_WORK`] steps the loads of the hours are scaled from the peak, and there are no response times.

mod burst;
mod credit;
mod hours;
mod jobs;

pub use burst::{BurstDay, BurstStart};
pub use credit::Credit;
pub use jobs::{Behind, Jobs, JobsHour};

use crate::analysis::operating_point::OperatingPoint;
use crate::analysis::traffic::Resource;
use crate::plan::Mode;
use crate::topology::Topology;
use crate::units::{HOURS_PER_DAY, RequestsPerSecond, Seconds};
use burst::burst_day;
use credit::credit_day;
use hours::{HourOfLoad, PerRequest, share};
use jobs::{jobs, postponed};

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

/// Steps that all hours together may take; a step is a component or connection of one journey.
pub const MOST_WORK: usize = 4_000;

/// A day of the plan. `at_peak_takes` is the mean response time of every journey at the peak, `response` that of a
/// journey at another operating point.
pub fn day(
    topology: &Topology,
    at_peak: &OperatingPoint,
    at_peak_takes: &[Option<Seconds>],
    response: impl Fn(&OperatingPoint, usize) -> Option<Seconds>,
) -> DayReport {
    let has_profile = topology
        .journeys
        .iter()
        .any(|journey| journey.profile.iter().any(|&share| share < 1.0));
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
    let shares: Vec<Vec<f64>> = (0..HOURS_PER_DAY)
        .map(|hour| {
            let journeys = topology.journeys.iter();
            journeys.map(|journey| journey.profile[hour]).collect()
        })
        .collect();
    let mut different: Vec<usize> = Vec::new();
    let same_as: Vec<usize> = (0..HOURS_PER_DAY)
        .map(|hour| {
            let known = different
                .iter()
                .position(|&known| shares[known] == shares[hour]);
            known.unwrap_or_else(|| {
                different.push(hour);
                different.len() - 1
            })
        })
        .collect();
    let size = topology.components.len() + topology.connections.len();
    let is_too_large = has_profile && different.len() * size * topology.journeys.len() > MOST_WORK;
    let different: Vec<HourOfLoad> = different
        .iter()
        .map(|&hour| {
            let shares = &shares[hour];
            work.hour(
                topology,
                at_peak,
                at_peak_takes,
                shares,
                !is_too_large,
                &response,
            )
        })
        .collect();
    let hours: Vec<&HourOfLoad> = same_as.iter().map(|&same| &different[same]).collect();
    DayReport {
        journeys: (0..topology.journeys.len())
            .map(|journey| JourneyDay {
                rates: hours.iter().map(|hour| hour.rates[journey]).collect(),
                responses: hours.iter().map(|hour| hour.responses[journey]).collect(),
            })
            .collect(),
        components: (0..topology.components.len())
            .map(|component| {
                let one_by_one = (&different[..], &same_as[..]);
                component_day(topology, at_peak, component, one_by_one, &hours)
            })
            .collect(),
        has_profile,
        is_too_large,
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

fn component_day(
    topology: &Topology,
    at_peak: &OperatingPoint,
    component: usize,
    (different, same_as): (&[HourOfLoad], &[usize]),
    hours: &[&HourOfLoad],
) -> ComponentDay {
    let rooms = rooms(topology, at_peak, component);
    let jobs = jobs(component, &rooms, hours);
    let late = jobs.as_ref().filter(|jobs| jobs.behind.is_some());
    let mut by_resource = Vec::new();
    for &(resource, one) in &rooms {
        let shares: Vec<f64> = different
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
            None => same_as.iter().map(|&same| shares[same]).collect(),
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
    fn an_hour_has_its_share_of_the_users() {
        let text = |users: f64, profile: &str| {
            format!(
                "users[population={users} think_s=1{profile}] -> app[service_time_ms=20] -> db[service_time_ms=5]"
            )
        };
        let mut alone = None;
        reports_of(&text(30.0, ""), |_, reports| {
            let latency = &reports.latency.journeys[0];
            alone = Some((reports.day.journeys[0].rates[0], latency.mean));
        });
        let (rate, response) = alone.unwrap();
        reports_of(&text(60.0, " profile=0.5*12,1*12"), |_, reports| {
            let day = &reports.day.journeys[0];
            close(day.rates[3].0, rate.0);
            assert_eq!(day.responses[3], response);
            // Twice the users do not ask twice as often.
            assert!(day.rates[13].0 > rate.0 && day.rates[13].0 < 1.9 * rate.0);
            let app = &reports.day.components[1].utilisation[0];
            close(app.1[3], rate.0 * 0.02);
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
