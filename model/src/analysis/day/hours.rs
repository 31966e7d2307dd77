//! What every hour asks of every component, and how it answers.

use crate::analysis::operating_point::{OperatingPoint, operating_point};
use crate::analysis::traffic::{Conditions, Load, busiest, load_per_request};
use crate::topology::Topology;
use crate::units::{RequestsPerSecond, Seconds};

/// What one request of every journey asks of every component, as far as it does.
pub(super) struct PerRequest {
    /// Per component: the journey, all it asks, and what of it somebody waits for.
    components: Vec<Vec<(usize, Load, Load)>>,
}

/// One hour, or several of the same load.
pub(super) struct HourOfLoad {
    /// Requests per second of every journey.
    pub(super) rates: Vec<RequestsPerSecond>,
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

    /// An hour in which every journey has this share of its peak.
    pub(super) fn hour(
        &self,
        topology: &Topology,
        at_peak: &OperatingPoint,
        at_peak_takes: &[Option<Seconds>],
        shares: &[f64],
        is_followed: bool,
        response: &impl Fn(&OperatingPoint, usize) -> Option<Seconds>,
    ) -> HourOfLoad {
        let journeys = 0..topology.journeys.len();
        let own: Vec<usize> = (0..topology.components.len())
            .map(|component| {
                at_peak.traffic.serving[component] - at_peak.conditions.extra(component)
            })
            .collect();
        let is_at = |extra: &[usize]| {
            shares.iter().all(|&share| share >= 1.0) && at_peak.conditions.extra == extra
        };
        let settled = |extra: Vec<usize>| {
            let conditions = Conditions {
                extra,
                ..Conditions::peak(topology).times(topology, shares)
            };
            operating_point(topology, conditions)
        };
        let scaled = || {
            let each = at_peak.traffic.journeys.iter().zip(shares);
            each.map(|(flow, &share)| flow.arrival_rate * share)
                .collect()
        };
        let rates_of = |point: &OperatingPoint| -> Vec<RequestsPerSecond> {
            let each = point.traffic.journeys.iter();
            each.map(|flow| flow.arrival_rate).collect()
        };
        let nobody = vec![0; topology.components.len()];
        let is_closed = topology.journeys.iter().any(|one| one.population.is_some());
        let has_burst = at_peak.conditions.extra.iter().any(|&extra| extra > 0);
        // How much users ask follows from what there is: without the units by the hour first.
        let alone = (is_followed && is_closed && has_burst).then(|| settled(nobody.clone()));
        let rates = alone.as_ref().map_or_else(scaled, rates_of);
        let extra = Self::extra(topology, &self.loads(&rates), &own);
        let point = match alone {
            _ if !is_followed || is_at(&extra) => None,
            Some(alone) if extra == nobody => Some(alone),
            _ => Some(settled(extra.clone())),
        };
        let responses = match &point {
            _ if !is_followed => vec![None; journeys.len()],
            None => at_peak_takes.to_vec(),
            Some(point) => journeys.map(|journey| response(point, journey)).collect(),
        };
        let point = point.as_ref().unwrap_or(at_peak);
        let rates = if is_followed && is_closed {
            rates_of(point)
        } else {
            rates
        };
        HourOfLoad {
            serving: own
                .iter()
                .zip(&extra)
                .map(|(own, extra)| own + extra)
                .collect(),
            own,
            waited_for: self.sums(&rates, |one| one.2),
            loads: self.loads(&rates),
            responses,
            rates,
        }
    }

    /// Everything that is asked of every component.
    fn loads(&self, rates: &[RequestsPerSecond]) -> Vec<Load> {
        self.sums(rates, |one| one.1)
    }

    fn sums(
        &self,
        rates: &[RequestsPerSecond],
        part: fn(&(usize, Load, Load)) -> Load,
    ) -> Vec<Load> {
        let of_component = |found: &Vec<(usize, Load, Load)>| {
            found
                .iter()
                .map(|one| part(one).times(rates[one.0].0))
                .fold(Load::default(), Load::plus)
        };
        self.components.iter().map(of_component).collect()
    }

    /// The units by the hour that run: where the own instances alone would be above the planning ceiling.
    fn extra(topology: &Topology, loads: &[Load], own: &[usize]) -> Vec<usize> {
        let ceiling = topology.plan.assumptions.get("planning_ceiling").base;
        let components = topology.components.iter().enumerate();
        components
            .map(|(component, resolved)| match resolved.burst {
                Some(burst)
                    if own[component] > 0
                        && busiest(topology, component, &loads[component], own[component])
                            > ceiling =>
                {
                    burst.instances
                }
                _ => 0,
            })
            .collect()
    }
}

/// Whether two numbers of visits differ by rounding only.
fn is_same(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-12 * a
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
