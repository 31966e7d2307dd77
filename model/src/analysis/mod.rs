//! What a plan does: pure functions from the topology to one report each.
//!
//! Analyses are total and do not know each other; what several of them need is [`queueing`], [`traffic`],
//! [`stations`], the [`response`] of calls, and the [`operating_point`] at which all agree.

pub mod availability;
pub mod capacity;
pub mod cost;
pub mod day;
pub mod failures;
pub mod growth;
pub mod latency;
pub mod lock_in;
pub mod operating_point;
pub mod queueing;
pub mod recovery;
pub mod response;
pub mod stations;
pub mod structure;
pub mod traffic;
mod turns;
pub mod work;

use std::cell::RefCell;

use crate::topology::Topology;
use crate::units::Seconds;

/// What all analyses say about one plan, in the order in which they are computed.
#[derive(Clone, Debug)]
pub struct Reports {
    /// The plan with everything there and every journey at its peak.
    pub at_peak: operating_point::OperatingPoint,
    /// How many instances of each component the peak needs.
    pub needed: Vec<usize>,
    /// How long the plan lasts.
    pub growth: growth::GrowthReport,
    /// What a day looks like.
    pub day: day::DayReport,
    /// What gives way first.
    pub capacity: capacity::CapacityReport,
    /// How long responses take.
    pub latency: latency::LatencyReport,
    /// How often every journey is down, and why.
    pub availability: availability::AvailabilityReport,
    /// What growth does to each journey as its redundancy is used up.
    pub erosion: Vec<Vec<availability::Erosion>>,
    /// What happens when one thing is gone.
    pub failures: failures::FailureReport,
    /// How much data a loss takes, and how long it takes to get going again.
    pub recovery: recovery::RecoveryReport,
    /// What is charged.
    pub cost: cost::CostReport,
    /// What there is to do, and whose work it is.
    pub work: work::WorkReport,
    /// What leaving takes.
    pub lock_in: lock_in::LockInReport,
}

impl Reports {
    /// Runs all analyses.
    pub fn new(topology: &Topology) -> Self {
        let at_peak =
            operating_point::operating_point(topology, traffic::Conditions::peak(topology));
        let needed = traffic::needed_instances(topology, &at_peak.traffic);
        let availability = availability::availability(topology, &needed);
        let cost = cost::cost(topology, &at_peak.traffic);
        let response_times = latency::latency(topology, &at_peak);
        let journeys = response_times.journeys.iter();
        let means: Vec<Option<Seconds>> = journeys.clone().map(|journey| journey.mean).collect();
        let p95s: Vec<Option<failures::ResponseTime>> = journeys
            .map(|journey| {
                let times = journey.percentiles?;
                Some(failures::ResponseTime {
                    p95: times.p95,
                    is_exact: times.method == latency::PercentileMethod::Inversion,
                })
            })
            .collect();
        let growth = growth::growth(topology, &at_peak, |point, journey| {
            latency::misses_target(topology, point, journey)
        });
        let steps = growth.needed.iter();
        let steps: Vec<(f64, usize, usize)> = steps
            .map(|step| (step.months, step.component, step.needed))
            .collect();
        let erosion = availability::erosion(&availability, &steps);
        let slowest = RefCell::new(response::Slowests::new());
        Self {
            growth,
            erosion,
            day: day::day(topology, &at_peak, &means, |point, journey| {
                latency::mean_response(topology, point, journey)
            }),
            capacity: capacity::capacity(topology, &at_peak),
            failures: failures::failures(
                topology,
                &at_peak,
                &p95s,
                &availability.structure,
                |point, journey| {
                    let slowest = &mut slowest.borrow_mut();
                    let (p95, is_exact) = latency::p95_knowing(topology, point, journey, slowest)?;
                    Some(failures::ResponseTime { p95, is_exact })
                },
            ),
            latency: response_times,
            recovery: recovery::recovery(topology, &needed, &singles(topology, &availability)),
            availability,
            lock_in: lock_in::lock_in(topology, |component| lock_in::Paid {
                month: Some(cost.components[component].known_month),
                upfront: cost.components[component].upfront,
            }),
            cost,
            work: work::work(topology),
            at_peak,
            needed,
        }
    }

    /// Whether a component does all of a day's work within a day, and nobody waits for any of it: then it may
    /// get more at the peak than it can do.
    pub fn catches_up(&self, component: usize) -> bool {
        let jobs = self.day.components[component].jobs.as_ref();
        jobs.is_some_and(day::Jobs::catches_up) && !self.at_peak.traffic.waited_for[component]
    }
}

/// What takes each journey down alone, by numbers.
fn singles(
    topology: &Topology,
    availability: &availability::AvailabilityReport,
) -> Vec<Vec<recovery::Single>> {
    let structure = &availability.structure;
    let number = |point: &availability::SinglePoint| {
        if let Some(id) = point.event.strip_prefix("component:") {
            return topology
                .component_index(id)
                .map(recovery::Single::Component);
        }
        match structure.events[structure.event(&point.event)?].subject {
            structure::Subject::Place(place) => Some(recovery::Single::Place(place)),
            _ => None,
        }
    };
    let journeys = availability.journeys.iter();
    journeys
        .map(|journey| journey.single_points.iter().filter_map(number).collect())
        .collect()
}
