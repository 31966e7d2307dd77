//! A plan tried out: requests at random times on their way through it, event by event.
//!
//! **Question.** Do the formulas describe what would happen if every request were made?
//!
//! **Model.** What [`crate::analysis`] computes, done: requests of a journey arrive at random times; a balancer
//! that does not see the lines deals them to the instances, or all instances share a line; a visit waits for a
//! server, is served for a random time of the component's mean and variation (constant at 0, exponential at 1,
//! gamma otherwise, as in the percentiles) and makes its calls. Calls that nobody waits for leave the response
//! path, parallel ones run side by side, the others one after the other; `n + f` calls on average are `n`, and one
//! more with probability `f`; alternatives are drawn by their shares; a cache answers with its hit ratio. A worker is
//! held until its visit answers; who finds no room is refused at once. A caller that waits only so long gives an
//! attempt up, which goes on for nobody, and tries again as often as it may; without a required answer the request
//! fails, though its other calls are made. A population asks, waits for the answer, thinks and asks again.
//!
//! **Assumptions.** Those of a plan as drawn, and none of those that make a formula possible: no product form, no
//! independence between one visit and the next, no two-moment approximation. Round trips and transfers take
//! the time that the latency analysis gives them; disks and networks are rates that delay nothing.
//!
//! **Formula.** None; [`Estimate`] says how well each figure is known.
//!
//! **Reference.** Law, *Simulation Modeling and Analysis* (2015), ch. 1 and 9.
//!
//! **Complexity.** `O(log(visits on their way))` per event.

mod agenda;
mod estimate;
mod program;
mod random;
mod run;
mod trial;

use crate::analysis::operating_point::OperatingPoint;
use crate::analysis::queueing::SATURATED;
use crate::analysis::traffic::Resource;
use crate::plan::Id;
use crate::topology::Topology;

pub use estimate::Estimate;
pub use trial::{Comparison, Figure, Trial, TrialReport, TriedComponent, TriedJourney};

use program::Program;
use run::Run;

/// How to simulate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Where the random numbers start: the same seed gives the same figures.
    pub seed: u64,
    /// About how many requests are made, of all journeys together.
    pub requests: u64,
    /// Fewer requests are made where they would cause more events than this.
    pub most_events: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            seed: 1,
            requests: 1_000_000,
            most_events: 100_000_000,
        }
    }
}

/// More requests than this are not made.
pub const MOST_REQUESTS: u64 = 100_000_000;

/// A plan that is being tried out.
#[derive(Clone, Debug)]
pub struct Simulation {
    run: Run,
    most_events: u64,
    ids: Ids,
    ended: bool,
    /// What no line can show: a resource that is a rate is used up, or calls multiply themselves.
    used_up: Option<Id>,
}

#[derive(Clone, Debug)]
struct Ids {
    journeys: Vec<Id>,
    components: Vec<Id>,
}

/// How far a simulation has come.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Progress {
    /// Events so far.
    pub events: u64,
    /// How much of it is done, from 0 to 1.
    pub share: f64,
    /// Whether it has ended.
    pub ended: bool,
}

/// What a simulation has seen.
#[derive(Clone, Debug, PartialEq)]
pub struct SimulationReport {
    /// Whether the figures are those of a steady state.
    pub outcome: Outcome,
    /// Events: arrivals, ends of ways and ends of services.
    pub events: u64,
    /// Requests that got their answer.
    pub requests: u64,
    /// How long all that would have taken.
    pub simulated_seconds: f64,
    /// Per journey, in the order of the topology.
    pub journeys: Vec<SimulatedJourney>,
    /// Per component, in the order of the topology.
    pub components: Vec<SimulatedComponent>,
}

/// How a simulation ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Lines come and go: the figures are those of a steady state.
    Steady,
    /// Requests only become more and more: there is no steady state and no figure. The component is the one
    /// that gets more than it can do.
    GrowsWithoutEnd(Id),
    /// Nobody asks for anything.
    Idle,
    /// It was stopped before its time, by the number of events or from outside.
    Stopped,
}

/// What requests of a journey met. A figure is absent where too few of them were seen.
#[derive(Clone, Debug, PartialEq)]
pub struct SimulatedJourney {
    /// Its id.
    pub id: Id,
    /// Mean response time in seconds.
    pub mean: Option<Estimate>,
    /// Half of the responses were faster, in seconds.
    pub p50: Option<Estimate>,
    /// 95 of 100 responses were faster, in seconds.
    pub p95: Option<Estimate>,
    /// 99 of 100 responses were faster, in seconds.
    pub p99: Option<Estimate>,
    /// 999 of 1,000 responses were faster, in seconds.
    pub p999: Option<Estimate>,
    /// Answers per second, those that say no included.
    pub throughput: Option<Estimate>,
    /// Share of the requests that failed: one of their calls found no room, or no answer in time. Response times
    /// are those of the others.
    pub failed: Option<Estimate>,
}

/// What happened at a component. A figure is absent where nothing did.
#[derive(Clone, Debug, PartialEq)]
pub struct SimulatedComponent {
    /// Its id.
    pub id: Id,
    /// Share of the servers that were busy.
    pub utilisation: Option<Estimate>,
    /// Mean seconds in line.
    pub waiting: Option<Estimate>,
}

impl Simulation {
    /// Gets a plan ready, under the conditions of an operating point.
    pub fn new(topology: &Topology, point: &OperatingPoint, settings: Settings) -> Self {
        let program = Program::new(topology, point);
        let seconds = duration(&program, settings);
        Self {
            ids: Ids {
                journeys: program.journeys.iter().map(|one| one.id.clone()).collect(),
                components: program.stations.iter().map(|one| one.id.clone()).collect(),
            },
            most_events: settings.most_events.saturating_mul(2),
            used_up: used_up(topology, point),
            ended: seconds.is_none(),
            run: Run::new(program, settings.seed, seconds.unwrap_or(1.0)),
        }
    }

    /// Lets at most so many events happen.
    pub fn step(&mut self, most: u64) -> Progress {
        if !self.ended {
            let left = self.most_events.saturating_sub(self.run.events);
            self.ended = !self.run.step(most.min(left)) || left <= most;
        }
        Progress {
            events: self.run.events,
            share: if self.ended { 1.0 } else { self.run.share() },
            ended: self.ended,
        }
    }

    /// Lets everything happen.
    pub fn finish(mut self) -> SimulationReport {
        while !self.step(u64::MAX).ended {}
        self.report()
    }

    /// What has been seen so far.
    pub fn report(&self) -> SimulationReport {
        let outcome = self.outcome();
        let steady = outcome == Outcome::Steady;
        let estimate = |slices: &[f64]| Estimate::of(slices).filter(|_| steady);
        let journeys = self.ids.journeys.iter().zip(&self.run.journeys);
        let components = self.ids.components.iter().zip(&self.run.stations);
        SimulationReport {
            events: self.run.events,
            requests: self.run.requests,
            simulated_seconds: self.run.seconds(),
            journeys: journeys
                .map(|(id, sample)| {
                    let [p50, p95, p99, p999] = &sample.quantiles;
                    SimulatedJourney {
                        id: id.clone(),
                        mean: estimate(&sample.mean),
                        p50: estimate(p50),
                        p95: estimate(p95),
                        p99: estimate(p99),
                        p999: estimate(p999),
                        throughput: estimate(&sample.rate),
                        failed: estimate(&sample.failed),
                    }
                })
                .collect(),
            components: components
                .map(|(id, sample)| SimulatedComponent {
                    id: id.clone(),
                    utilisation: estimate(&sample.utilisation),
                    waiting: estimate(&sample.waiting),
                })
                .collect(),
            outcome,
        }
    }

    fn outcome(&self) -> Outcome {
        if let Some(id) = &self.used_up {
            return Outcome::GrowsWithoutEnd(id.clone());
        }
        if let Some(station) = self.run.grows_at() {
            return Outcome::GrowsWithoutEnd(self.ids.components[station].clone());
        }
        match (self.run.is_over(), self.ended) {
            (true, _) => Outcome::Steady,
            (false, true) if self.run.events == 0 => Outcome::Idle,
            (false, _) => Outcome::Stopped,
        }
    }
}

/// Simulated seconds until so many requests have come; none where nobody asks.
fn duration(program: &Program, settings: Settings) -> Option<f64> {
    let (mut rate, mut events) = (0.0, 0.0);
    for journey in &program.journeys {
        if journey.visit.is_some() {
            rate += journey.rate;
            // An arrival, and at most two events for a visit.
            events += (1.0 + 2.0 * journey.visits) * journey.rate;
        }
    }
    let requests = settings.requests.clamp(1, MOST_REQUESTS) as f64;
    let seconds = (requests / rate).min(settings.most_events as f64 / events);
    (rate > 0.0 && seconds.is_finite()).then_some(seconds)
}

/// A component that cannot keep up in a way that makes no line: a disk or a network that is full, a circle of
/// calls that multiplies itself.
fn used_up(topology: &Topology, point: &OperatingPoint) -> Option<Id> {
    (0..topology.components.len())
        .find(|&component| {
            let station = &point.stations[component];
            let full = station
                .rates()
                .filter(|used| !matches!(used.resource, Resource::Cpu | Resource::Workers))
                .any(|used| used.utilisation >= SATURATED);
            let multiplies = point
                .traffic
                .journeys
                .iter()
                .any(|journey| journey.multiplying.contains(&component));
            full || multiplies
        })
        .map(|component| topology.id(component).clone())
}

#[cfg(test)]
mod tests;
