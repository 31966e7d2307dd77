//! Formulas beside what was seen: every response time of a plan computed and simulated.

use super::{Estimate, Outcome, Progress, Settings, Simulation, SimulationReport};
use crate::analysis::latency::{JourneyLatency, latency};
use crate::analysis::operating_point::operating_point;
use crate::analysis::stations::Station;
use crate::analysis::traffic::{Conditions, Resource};
use crate::catalog::Catalog;
use crate::plan::{Id, Plan};
use crate::topology::{Problem, Topology};

/// A plan at its peak that is being computed and tried out.
#[derive(Clone, Debug)]
pub struct Trial {
    /// What is wrong with the plan as drawn.
    pub problems: Vec<Problem>,
    seed: u64,
    simulation: Simulation,
    names: Vec<String>,
    computed: Vec<ComputedJourney>,
    stations: Vec<Computed>,
}

/// What formulas and simulation say.
#[derive(Clone, Debug, PartialEq)]
pub struct TrialReport {
    /// Where the random numbers started.
    pub seed: u64,
    /// Whether the simulated figures are those of a steady state.
    pub outcome: Outcome,
    /// Simulated events.
    pub events: u64,
    /// Simulated requests that got their answer.
    pub requests: u64,
    /// How long all that would have taken.
    pub simulated_seconds: f64,
    /// Per journey, in the order of the plan.
    pub journeys: Vec<TriedJourney>,
    /// Per component, in the order of the plan.
    pub components: Vec<TriedComponent>,
}

/// One journey, computed and tried out.
#[derive(Clone, Debug, PartialEq)]
pub struct TriedJourney {
    /// Its id.
    pub id: Id,
    /// Its name on screen.
    pub name: String,
    /// Response times in seconds, in the order of [`Figure::ALL`].
    pub response: [Comparison; 5],
    /// Answers per second, those that say no included.
    pub throughput: Comparison,
    /// Share of the requests that failed.
    pub failed: Option<Estimate>,
}

/// One component, computed and tried out.
#[derive(Clone, Debug, PartialEq)]
pub struct TriedComponent {
    /// Its id.
    pub id: Id,
    /// Share of the servers that are busy.
    pub utilisation: Comparison,
    /// Mean seconds in line.
    pub waiting: Comparison,
}

/// A figure of the response time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    /// The mean.
    Mean,
    /// Half of the responses are faster.
    P50,
    /// 95 of 100 are.
    P95,
    /// 99 of 100 are.
    P99,
    /// 999 of 1,000 are.
    P999,
}

impl Figure {
    /// All of them, in the order of reports.
    pub const ALL: [Self; 5] = [Self::Mean, Self::P50, Self::P95, Self::P99, Self::P999];

    /// The name in files.
    pub fn id(self) -> &'static str {
        match self {
            Self::Mean => "mean",
            Self::P50 => "p50",
            Self::P95 => "p95",
            Self::P99 => "p99",
            Self::P999 => "p999",
        }
    }

    /// The name in sentences.
    pub fn name(self) -> &'static str {
        match self {
            Self::Mean => "mean",
            Self::P50 => "p50",
            Self::P95 => "p95",
            Self::P99 => "p99",
            Self::P999 => "p99.9",
        }
    }
}

/// A number from a formula beside the simulated one.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Comparison {
    /// What the formula says; none where it says nothing.
    pub formula: Option<f64>,
    /// What was seen; none where too little was.
    pub simulated: Option<Estimate>,
}

impl Comparison {
    /// Whether the formula's number is inside the simulated interval; none where one of them is missing.
    pub fn agrees(&self) -> Option<bool> {
        Some(self.simulated?.contains(self.formula?))
    }

    /// How far the formula is above what was seen, relative to that; none where one of them is missing or
    /// nothing was seen.
    pub fn deviation(&self) -> Option<f64> {
        let seen = self.simulated?.value;
        (seen > 0.0)
            .then_some(self.formula? / seen - 1.0)
            .filter(|deviation| deviation.is_finite())
    }
}

#[derive(Clone, Debug)]
struct ComputedJourney {
    response: [Option<f64>; 5],
    rate: f64,
}

#[derive(Clone, Copy, Debug)]
struct Computed {
    utilisation: Option<f64>,
    waiting: Option<f64>,
}

impl Trial {
    /// Computes a plan and gets it ready to be tried out.
    pub fn new(plan: &Plan, catalog: &Catalog, settings: Settings) -> Self {
        let catalog = catalog.for_plan(plan);
        let topology = Topology::new(plan, &catalog);
        let point = operating_point(&topology, Conditions::peak(&topology));
        let latency = latency(&topology, &point);
        let names = topology.journeys.iter().map(|journey| {
            let stated = journey.source.map(|source| source.name.as_str());
            stated
                .filter(|name| !name.is_empty())
                .unwrap_or(&journey.id)
                .to_owned()
        });
        Self {
            seed: settings.seed,
            names: names.collect(),
            computed: latency
                .journeys
                .iter()
                .zip(&point.traffic.journeys)
                .map(|(latency, traffic)| ComputedJourney {
                    response: response(latency),
                    rate: traffic.arrival_rate.0,
                })
                .collect(),
            stations: point.stations.iter().map(computed).collect(),
            simulation: Simulation::new(&topology, &point, settings),
            problems: topology.problems,
        }
    }

    /// Lets at most so many events happen.
    pub fn step(&mut self, most: u64) -> Progress {
        self.simulation.step(most)
    }

    /// Lets everything happen.
    pub fn finish(mut self) -> TrialReport {
        while !self.step(u64::MAX).ended {}
        self.report()
    }

    /// What has been seen so far, beside the formulas.
    pub fn report(&self) -> TrialReport {
        let SimulationReport {
            outcome,
            events,
            requests,
            simulated_seconds,
            journeys,
            components,
        } = self.simulation.report();
        let journeys = journeys.into_iter().zip(&self.computed).zip(&self.names);
        let components = components.into_iter().zip(&self.stations);
        TrialReport {
            seed: self.seed,
            outcome,
            events,
            requests,
            simulated_seconds,
            journeys: journeys
                .map(|((seen, computed), name)| {
                    let times = [seen.mean, seen.p50, seen.p95, seen.p99, seen.p999];
                    TriedJourney {
                        id: seen.id,
                        name: name.clone(),
                        response: std::array::from_fn(|figure| Comparison {
                            formula: computed.response[figure],
                            simulated: times[figure],
                        }),
                        throughput: Comparison {
                            formula: Some(computed.rate),
                            simulated: seen.throughput,
                        },
                        failed: seen.failed,
                    }
                })
                .collect(),
            components: components
                .map(|(seen, computed)| TriedComponent {
                    id: seen.id,
                    utilisation: Comparison {
                        formula: computed.utilisation,
                        simulated: seen.utilisation,
                    },
                    waiting: Comparison {
                        formula: computed.waiting,
                        simulated: seen.waiting,
                    },
                })
                .collect(),
        }
    }
}

fn response(latency: &JourneyLatency) -> [Option<f64>; 5] {
    let percentiles = latency.percentiles;
    [
        latency.mean,
        percentiles.map(|times| times.p50),
        percentiles.map(|times| times.p95),
        percentiles.map(|times| times.p99),
        percentiles.map(|times| times.p999),
    ]
    .map(|time| time.map(|time| time.0))
}

fn computed(station: &Station) -> Computed {
    Computed {
        utilisation: station.utilisation(Resource::Cpu),
        waiting: station.waiting.map(|time| time.0),
    }
}
