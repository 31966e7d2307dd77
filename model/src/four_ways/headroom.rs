//! How far a way reaches beyond the peak, what gives way first, and what the next step would cost.

use std::rc::Rc;

use super::offers::candidates;
use crate::analysis::capacity::{Bottleneck, capacity};
use crate::analysis::cost::cost;
use crate::analysis::operating_point::operating_point;
use crate::analysis::traffic::Conditions;
use crate::analysis::work::work;
use crate::catalog::{Catalog, Offer};
use crate::commands::SetInstances;
use crate::components::component_type;
use crate::evaluate::{Evaluation, JourneyEvaluation};
use crate::plan::{Component, Id, Plan};
use crate::topology::Topology;
use crate::units::{Money, PersonDays, RequestsPerSecond};

/// Larger offers that are tried: the cheapest of those that are dearer than the one it has.
const SIZES: usize = 3;

/// A step that lifts what is carried by less than this share lifts nothing.
const ROUNDING: f64 = 1e-6;

/// How far a way reaches.
#[derive(Clone, Debug, PartialEq)]
pub struct Headroom {
    /// The journey that comes closest to what fits.
    pub journey: Id,
    /// Its requests per second at the peak.
    pub peak: RequestsPerSecond,
    /// Its requests per second at which something gives way, the other journeys at their peaks.
    pub carries: RequestsPerSecond,
    /// What gives way first.
    pub gives_way: Bottleneck,
    /// The cheapest single step beyond that; none where neither one more nor a larger one of the same provider
    /// helps.
    pub next: Option<NextStep>,
}

/// One step beyond what a way carries.
#[derive(Clone, Debug, PartialEq)]
pub struct NextStep {
    /// What is changed about the component that gives way first.
    pub growth: GrowthStep,
    /// Requests per second of the same journey that fit then; none if nothing limits them any more.
    pub carries: Option<RequestsPerSecond>,
    /// Money a month that it adds; none where a price is not known.
    pub cost_month: Option<Money>,
    /// Money on the first day that it adds.
    pub cost_upfront: Money,
    /// Person-days a month that it adds.
    pub work_month: PersonDays,
}

/// How a component is made to carry more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GrowthStep {
    /// So many instances, one more than there are.
    Instances(usize),
    /// The next larger offer of the same provider, by its id.
    Offer(String),
}

/// The journey whose capacity is closest to its peak, before those of fixed numbers of users, who can only wait.
fn tightest(evaluation: &Evaluation) -> Option<(usize, &JourneyEvaluation)> {
    let key = |journey: &JourneyEvaluation| {
        let capacity = journey.capacity.map_or(f64::MAX, |capacity| capacity.0);
        let closeness = capacity / journey.arrival_rate.0;
        (journey.population.is_some(), closeness)
    };
    let journeys = evaluation.journeys.iter().enumerate();
    journeys
        .filter(|(_, journey)| journey.capacity.is_some() && journey.arrival_rate.0 > 0.0)
        .min_by(|(_, a), (_, b)| {
            let (a, b) = (key(a), key(b));
            a.0.cmp(&b.0).then(a.1.total_cmp(&b.1))
        })
}

/// How far a plan reaches; none if nothing limits it or nobody asks. `evaluation` is the one of this plan.
pub(super) fn headroom(
    plan: &Rc<Plan>,
    catalog: &Catalog,
    evaluation: &Evaluation,
) -> Option<Headroom> {
    let (index, journey) = tightest(evaluation)?;
    let gives_way = journey.bottleneck.clone()?;
    let carries = journey.capacity?;
    let component = plan.component(&gives_way.component)?;
    let instances = evaluation.components.get(&component.id)?.instances;
    let behaviour = component_type(&component.kind)?.behaviour;
    let is_yours = !behaviour.is_source && !behaviour.is_external;
    let mut steps: Vec<(GrowthStep, Component)> = Vec::new();
    if is_yours && instances < SetInstances::MOST as usize {
        let mut more = Component::clone(component);
        more.instances = Some((instances + 1) as f64);
        steps.push((GrowthStep::Instances(instances + 1), more));
    }
    for offer in larger(plan, catalog, component) {
        let mut moved = Component::clone(component);
        if let Some(hosting) = &mut moved.hosting {
            hosting.offer = Some(offer.id.clone());
        }
        steps.push((GrowthStep::Offer(offer.id.clone()), moved));
    }
    let before = Before {
        journey: index,
        carries: carries.0,
        evaluation,
    };
    let steps = steps
        .into_iter()
        .filter_map(|(growth, component)| before.step(plan, catalog, growth, component));
    let price = |step: &NextStep| step.cost_month.map_or(f64::MAX, |month| month.0);
    let next = steps.min_by(|a, b| price(a).total_cmp(&price(b)));
    Some(Headroom {
        journey: journey.id.clone(),
        peak: journey.arrival_rate,
        carries,
        gives_way,
        next,
    })
}

/// The next larger offers of the provider and the kind that a component has, the cheapest first.
fn larger<'a>(plan: &Plan, catalog: &'a Catalog, component: &Component) -> Vec<&'a Offer> {
    let hosting = component.hosting.as_ref();
    let now = hosting.and_then(|hosting| catalog.offer(hosting.offer.as_deref()?));
    let Some((now, kind)) = now.and_then(|now| Some((now, now.kind.hosting()?))) else {
        return Vec::new();
    };
    let all = candidates(plan, catalog, component, kind);
    let all = all.iter();
    let known = all.filter_map(|one| Some((one.spot.offer(catalog)?, one.list_month)));
    let own = known.clone().find(|(offer, _)| offer.id == now.id);
    let least = own.map_or(0.0, |(_, month)| month);
    known
        .filter(|(offer, _)| offer.provider == now.provider && offer.id != now.id)
        .filter(|(offer, month)| month.is_finite() && *month >= least && offer.vcpu >= now.vcpu)
        .map(|(offer, _)| offer)
        .take(SIZES)
        .collect()
}

/// What there is before a step.
struct Before<'e> {
    journey: usize,
    carries: f64,
    evaluation: &'e Evaluation,
}

impl Before<'_> {
    /// What a step brings and costs; none if it lifts nothing.
    fn step(
        &self,
        plan: &Rc<Plan>,
        catalog: &Catalog,
        growth: GrowthStep,
        changed: Component,
    ) -> Option<NextStep> {
        let id = changed.id.clone();
        let mut next = Plan::clone(plan);
        let component = next.components.iter_mut().find(|one| one.id == id);
        *component? = Rc::new(changed);
        let topology = Topology::new(&next, catalog);
        let point = operating_point(&topology, Conditions::peak(&topology));
        let journeys = capacity(&topology, &point).journeys;
        let carries = journeys.get(self.journey)?.capacity;
        if carries.is_some_and(|carries| carries.0 <= self.carries * (1.0 + ROUNDING)) {
            return None;
        }
        let bills = cost(&topology, &point.traffic).components;
        let month: Money = bills.iter().map(|bill| bill.known_month).sum();
        let upfront: Money = bills.iter().map(|bill| bill.upfront).sum();
        let was_priced = self.evaluation.components.get(&id)?.cost_month.is_some();
        let index = topology.component_index(&id)?;
        let is_priced = was_priced && bills[index].month().is_some();
        let totals = &self.evaluation.totals;
        Some(NextStep {
            growth,
            carries,
            cost_month: is_priced.then_some(month - totals.cost_month),
            cost_upfront: upfront - totals.cost_upfront,
            work_month: work(&topology).month() - totals.work_month,
        })
    }
}
