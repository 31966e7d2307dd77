//! What every hour asks of every component, and how it answers.

use crate::analysis::operating_point::{OperatingPoint, operating_point};
use crate::analysis::traffic::{Conditions, Load, Resource, load_per_request, utilisation};
use crate::topology::Topology;
use crate::units::{RequestsPerSecond, Seconds};

/// What one request of every journey asks of every component, as far as it does.
pub(super) struct PerRequest {
    /// Per component: the journey, all it asks, and what of it somebody waits for.
    components: Vec<Vec<(usize, Load, Load)>>,
}

/// One hour, or several of the same load.
pub(super) struct HourOfLoad {
    pub(super) serving: Vec<usize>,
    /// Instances without the units by the hour.
    pub(super) own: Vec<usize>,
    pub(super) loads: Vec<Load>,
    /// The part of the loads that somebody waits for.
    pub(super) waited_for: Vec<Load>,
    pub(super) responses: Vec<Option<Seconds>>,
}

impl PerRequest {
    pub(super) fn new(topology: &Topology, point: &OperatingPoint) -> Self {
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

    pub(super) fn hour(
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
pub(super) fn busiest(topology: &Topology, component: usize, load: &Load, serving: usize) -> f64 {
    Resource::RATES
        .into_iter()
        .filter_map(|resource| utilisation(topology, component, resource, load, serving))
        .fold(0.0, f64::max)
}

/// Demand over capacity; 0 where there is neither.
pub(super) fn share(demand: f64, capacity: f64) -> f64 {
    if demand > 0.0 && capacity > 0.0 {
        demand / capacity
    } else {
        0.0
    }
}

pub(super) const SECONDS_PER_HOUR: f64 = 3600.0;
