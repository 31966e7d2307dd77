//! The face of the crate: a plan and a catalogue become an evaluation, every stage on one page.

use std::collections::BTreeMap;
use std::mem::take;
use std::rc::Rc;

use crate::analysis::Reports;
pub use crate::analysis::availability::{Cause, CutSet, Importance, Simulated, SinglePoint};
use crate::analysis::availability::{Mending, Part};
pub use crate::analysis::capacity::Bottleneck;
pub use crate::analysis::cost::{
    Bill, ChargeGroup, ChargeKind, LineItem, Missing, Months, PriceOrigin,
};
use crate::analysis::day::DayReport;
pub use crate::analysis::day::{
    Behind, BurstDay, BurstStart, ComponentDay, Credit, Jobs, JobsHour, JourneyDay,
};
use crate::analysis::failures::JourneyFailures;
pub use crate::analysis::failures::{Failure, Level, Survival, WorstLoss};
pub use crate::analysis::latency::PercentileMethod;
pub use crate::analysis::lock_in::{Charge, Exit, Facet, Hold, LockInKind};
use crate::analysis::queueing::closed::Method;
use crate::analysis::recovery;
pub use crate::analysis::recovery::{Disruption, Remedy, Step, Term, Timeline};
pub use crate::analysis::stations::Throttled;
use crate::analysis::traffic::speed_factors;
pub use crate::analysis::traffic::{Resource, SpeedFactor};
pub use crate::analysis::work::{Task, TaskKind};
use crate::analysis::{cost, work};
use crate::catalog::{Catalog, Date};
use crate::components::Layer;
use crate::order::Order as _;
use crate::plan::{HostingKind, Id, Plan};
use crate::rules::{self, Context, Finding};
pub use crate::topology::{Dependency, Need};
use crate::topology::{DiskSpeed, Problem, Sourced, Topology};
use crate::units::{Money, PersonDays, Probability, Range, RequestsPerSecond, Seconds};

/// Computes everything about a plan. Never fails: what cannot be computed is absent, and a problem says why.
///
/// `today` is the day on which prices are looked at; without it nothing is said about their age.
pub fn evaluate(plan: &Plan, catalog: &Catalog, today: Option<Date>) -> Evaluation {
    let catalog = catalog.for_plan(plan);
    let topology = Topology::new(plan, &catalog);
    let reports = Reports::new(&topology);
    let findings = rules::check(&Context {
        topology: &topology,
        reports: &reports,
        today,
    });
    summarise(&topology, reports, findings)
}

/// Everything that is known about one plan.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Evaluation {
    /// What is wrong with the plan as drawn.
    pub problems: Vec<Problem>,
    /// One entry per journey, in the order of the plan.
    pub journeys: Vec<JourneyEvaluation>,
    /// One entry per component.
    pub components: BTreeMap<Id, ComponentEvaluation>,
    /// One entry per connection.
    pub connections: BTreeMap<Id, ConnectionEvaluation>,
    /// How many single losses were not looked at because the plan is too large.
    pub unchecked_losses: usize,
    /// How many losses of zones, regions and hosts were not followed to what comes back, for the same reason.
    pub unchecked_recoveries: usize,
    /// Which connections belong together, and how many of their targets are needed.
    pub dependencies: Vec<Dependency>,
    /// What a day looks like.
    pub day: Day,
    /// The whole plan.
    pub totals: Totals,
    /// Its money: sums, outages, months to come.
    pub bill: Bill,
    /// Advice, the most important first.
    pub findings: Vec<Finding>,
}

/// A day of the plan, in hours from midnight.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Day {
    /// Whether any hour differs from the peak.
    pub has_profile: bool,
    /// Whether the plan is too large for response times by the hour.
    pub is_too_large: bool,
    /// One entry per journey, in the order of the plan.
    pub journeys: Vec<JourneyDay>,
    /// One entry per component.
    pub components: BTreeMap<Id, ComponentDay>,
}

/// How long a journey can go on growing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Growth {
    /// By how many percent it grows every month: its rate, or the number of its users.
    pub percent_month: f64,
    /// Months until the first resource on its path is used up; none if that never happens.
    pub months_to_saturation: Option<f64>,
    /// What is used up first.
    pub saturates: Option<Bottleneck>,
    /// Months until its target is missed; none without a target, if that never happens, or if the plan is too
    /// large to follow.
    pub months_to_target: Option<f64>,
    /// Whether there is a target that was not followed because the plan is too large.
    pub is_too_large: bool,
}

/// One journey: what it carries, how long it takes, how often it is down.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct JourneyEvaluation {
    /// Its id.
    pub id: Id,
    /// Its name on screen.
    pub name: String,
    /// Requests per second at the peak.
    pub arrival_rate: RequestsPerSecond,
    /// Its users, where it has a fixed number of them: then the rate above follows from how fast they are answered.
    pub population: Option<PopulationEvaluation>,
    /// Whether something on its path gets more than it can do.
    pub saturated: bool,
    /// The load at which the first resource on its path saturates; none if nothing limits it.
    pub capacity: Option<RequestsPerSecond>,
    /// What saturates first.
    pub bottleneck: Option<Bottleneck>,
    /// The response time at the peak; none when saturated.
    pub response: Option<ResponseTimes>,
    /// How long it can go on growing.
    pub growth: Growth,
    /// What each component adds to the mean response time, the largest first.
    pub shares: Vec<(Id, Seconds)>,
    /// Share of the requests at the peak that fail after all attempts because something refuses them or takes too
    /// long; outages are not counted again.
    pub failed_share: f64,
    /// Share of time that it is down.
    pub unavailability: Probability,
    /// The same, if things go well and if they go badly.
    pub unavailability_range: Range,
    /// Whether the unavailability is exact; otherwise it is estimated, and lies within the range.
    pub exact: bool,
    /// What it loses of its data and how long it is down after the worst loss of each class.
    pub recovery: Vec<Recovery>,
    /// What drawing states says about it where it is not exact.
    pub simulated: Option<Simulated>,
    /// What single losses do to it at its peak: instances in the order of the plan, then places.
    pub failures: Vec<Failure>,
    /// The worst of them at each level at which the plan can lose anything.
    pub worst_losses: Vec<WorstLoss>,
    /// What takes it down by itself.
    pub single_points: Vec<SinglePoint>,
    /// Smallest sets of failures that take it down, by size and name.
    pub minimal_cut_sets: Vec<Vec<Rc<str>>>,
    /// Whether these are all there are of up to three events.
    pub cut_sets_complete: bool,
    /// The sets of events that take it down most often, common causes and failed switches among them.
    pub worst_cut_sets: Vec<CutSet>,
    /// How much each event matters, the one that costs most hours first.
    pub importance: Vec<Importance>,
    /// The parts that cost most hours, the worst first, up to ten.
    pub fix_first: Vec<Fix>,
    /// What growth does to it: each month at which a component needs one more of its instances.
    pub erosion: Vec<Erosion>,
}

/// A part of the plan that is worth mending.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fix {
    /// The part: `component:ID` with all its instances, `place:ID` or `connection:ID`.
    pub subject: String,
    /// Hours per year that the journey would be down less if the part never failed.
    pub hours_year_if_perfect: f64,
    /// What one more instance would bring; none for other parts than components, where it changes nothing, and in
    /// large plans.
    pub another: Option<Another>,
}

/// What one more instance of a component would bring and take.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Another {
    /// Hours per year that the journey would be down less.
    pub hours_year: f64,
    /// What it would cost a month; none without a price.
    pub cost_month: Option<Money>,
    /// Days of work a month.
    pub work_days_month: f64,
    /// Hours per year for each unit of currency a month; none if it costs nothing or has no price.
    pub hours_year_per_cost: Option<f64>,
    /// Hours per year for each day of work a month; none if it takes none.
    pub hours_year_per_work_day: Option<f64>,
}

/// A step at which growth uses up redundancy.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Erosion {
    /// In how many months.
    pub months: f64,
    /// The component that needs one more of its instances from then on.
    pub component: Id,
    /// How many of them the peak needs from then on.
    pub needed: usize,
    /// Share of time that the journey is down from then on.
    pub unavailability: Probability,
    /// The same in hours per year.
    pub downtime_hours_year: f64,
}

/// How long a response takes at the peak.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ResponseTimes {
    /// The mean.
    pub mean: Seconds,
    /// Half of the responses are faster; none where it cannot be computed.
    pub p50: Option<Seconds>,
    /// 95 of 100 responses are faster.
    pub p95: Option<Seconds>,
    /// 99 of 100 responses are faster.
    pub p99: Option<Seconds>,
    /// 999 of 1,000 responses are faster.
    pub p999: Option<Seconds>,
    /// How the percentiles were found; none where there are none.
    pub method: Option<PercentileMethod>,
}

impl ResponseTimes {
    /// Whether the percentiles say only about how long it takes.
    pub fn is_about(&self) -> bool {
        self.method
            .is_some_and(|method| method != PercentileMethod::Inversion)
    }
}

/// One component: its load, its cost, its work, its way out.
#[derive(Clone, Debug, PartialEq)]
pub struct ComponentEvaluation {
    /// Visits per second at the peak, of all journeys.
    pub arrival_rate: RequestsPerSecond,
    /// The kind of hosting, if chosen.
    pub hosting: Option<HostingKind>,
    /// The names of the offer and the software that it runs on, those that are chosen and known.
    pub offers: Vec<String>,
    /// How many there are.
    pub instances: usize,
    /// How many the peak needs.
    pub needed: usize,
    /// Parallel servers of one instance.
    pub servers: Sourced<f64>,
    /// Mean time one visit keeps one server busy.
    pub service_time: Sourced<Seconds>,
    /// Whether it gets more than it can do.
    pub saturated: bool,
    /// What makes its servers slower than the one that the service time is given for.
    pub speed_factors: Vec<SpeedFactor>,
    /// The disk of one instance, where its disk can limit it.
    pub disk: Option<DiskSpeed>,
    /// Time of one disk operation with its waiting at the peak; none where the service time counts it already.
    pub disk_operation: Option<Seconds>,
    /// What it can run out of, as far as the limit is known.
    pub resources: Vec<ResourceUse>,
    /// Its workers, where a request holds one for its whole stay.
    pub pool: Option<PoolUse>,
    /// Share of the visits that find no room and are refused; they do not count in the times.
    pub refused: f64,
    /// Mean time in line; none when saturated.
    pub waiting: Option<Seconds>,
    /// Mean time in line and in service; none when saturated.
    pub residence: Option<Seconds>,
    /// Visits per second at which its first resource saturates; none if nothing limits it.
    pub capacity: Option<RequestsPerSecond>,
    /// Share of time that one instance is down by itself.
    pub unavailability: Sourced<Range>,
    /// What of its data is lost and how long it is gone after the worst loss of each class; empty for what keeps
    /// no data.
    pub recovery: Vec<Recovery>,
    /// What is charged, and from where the price is.
    pub line_items: Vec<LineItem>,
    /// What is charged at a price that is not known.
    pub missing_prices: Vec<Missing>,
    /// Money per month; none where a price is not known.
    pub cost_month: Option<Money>,
    /// What is known of it: the sum of the lines.
    pub cost_known_month: Money,
    /// Money on the first day.
    pub cost_upfront: Money,
    /// What there is to do.
    pub tasks: Vec<Task>,
    /// Care per month.
    pub work_month: PersonDays,
    /// The layers that are yours.
    pub yours: Vec<Layer>,
    /// The layers that somebody else looks after.
    pub theirs: Vec<Layer>,
    /// Who that is; none where no offer is chosen, or where it is nobody.
    pub provider: Option<String>,
    /// What leaving takes; none for what has nothing to move.
    pub exit: Option<Exit>,
    /// The same money as months of its bill; none where the bill is not known or nothing.
    pub exit_months_of_bill: Option<f64>,
}

impl ComponentEvaluation {
    /// The busiest of the resources that carry so much per second.
    pub fn busiest(&self) -> Option<(Resource, f64)> {
        self.resources
            .iter()
            .filter(|used| !used.resource.is_fit())
            .map(|used| (used.resource, used.utilisation))
            .max_by(|a, b| a.1.total_cmp(&b.1))
    }

    /// How much of a resource is used, if the component has it and its limit is known.
    pub fn utilisation(&self, resource: Resource) -> Option<f64> {
        let mut all = self.resources.iter();
        all.find(|used| used.resource == resource)
            .map(|used| used.utilisation)
    }
}

/// How much of a resource is used.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ResourceUse {
    /// The resource.
    pub resource: Resource,
    /// What is asked of it, of all instances that carry load together.
    pub demand: f64,
    /// What these carry, or have room for.
    pub capacity: f64,
    /// Demand over capacity: from 1 on a rate is saturated, above 1 something does not fit.
    pub utilisation: f64,
    /// The unit of demand and capacity.
    pub unit: &'static str,
    /// What happens if the demand lasts, where it is above what is given for good.
    pub throttled: Option<Throttled>,
    /// Months of growth until it is as busy as the plan allows (assumption `planning_ceiling`); none if it never
    /// is.
    pub months_left: Option<f64>,
    /// Months of growth until it is used up; none if it never is.
    pub months_to_saturation: Option<f64>,
}

/// What the worst loss of one class does.
#[derive(Clone, Debug, PartialEq)]
pub struct Recovery {
    /// The class.
    pub class: Disruption,
    /// The data that is lost, as the time in which it was made (RPO); none if all of it is.
    pub data_loss: Option<Timeline>,
    /// The component whose data that is; none if nothing is lost.
    pub loses: Option<Id>,
    /// How long it is down (RTO); none for ever.
    pub outage: Option<Timeline>,
    /// The component that it waits for longest; none if it does not wait.
    pub waits_for: Option<Id>,
    /// Where the data that is lost, or else that is waited for, comes back from.
    pub remedy: Remedy,
}

/// A fixed number of users at the peak.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PopulationEvaluation {
    /// How many there are.
    pub users: usize,
    /// Mean time from an answer to the next question.
    pub think: Seconds,
    /// Requests per second that they reach at least and at most, whatever the distributions.
    pub limits: Option<[RequestsPerSecond; 2]>,
    /// From so many users on they get in each other's way.
    pub knee: Option<f64>,
    /// Share of what the bottleneck is good for that is used; none if nothing limits them.
    pub busy_share: Option<f64>,
    /// Whether their network is solved exactly, or approximated.
    pub exact: bool,
}

/// The workers of a component at the peak.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PoolUse {
    /// Workers of one instance.
    pub size: usize,
    /// Visits per second that the workers of all instances are good for.
    pub capacity_rps: RequestsPerSecond,
    /// Share of the workers that are held; 1 when more is asked than they are good for.
    pub busy_share: f64,
    /// Probability that all workers of an instance are held.
    pub all_busy_probability: f64,
}

/// One connection.
#[derive(Clone, Debug, PartialEq)]
pub struct ConnectionEvaluation {
    /// Calls per second at the peak, attempts that repeat others included.
    pub arrival_rate: RequestsPerSecond,
    /// Mean attempts per call: 1 and more.
    pub attempts: f64,
    /// Whether these attempts would keep an overload going that has begun.
    pub metastable: bool,
    /// Share of the attempts that fail: refused, late, or for what is behind.
    pub fails: f64,
}

/// The whole plan.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Totals {
    /// What is known of the money per month: the sum of all lines.
    pub cost_month: Money,
    /// How many components have no known price.
    pub not_priced: usize,
    /// Money on the first day.
    pub cost_upfront: Money,
    /// Money per month with the work at the day rate.
    pub cost_loaded_month: Money,
    /// Care per month.
    pub work_month: PersonDays,
    /// What of it comes once for the whole plan.
    pub shared_tasks: Vec<Task>,
    /// The layers that are yours anywhere.
    pub yours: Vec<Layer>,
    /// Person-days to move everything elsewhere.
    pub exit_days: Range,
    /// Money to move everything elsewhere, the work included.
    pub exit_cost: Money,
    /// The same × the likelihood of leaving within 36 months, component by component.
    pub exit_expected_cost: Money,
    /// What holds the plan as a whole, and what one gets for that.
    pub holds: Vec<Hold>,
}

fn summarise(topology: &Topology, mut reports: Reports, findings: Vec<Finding>) -> Evaluation {
    let failures = take(&mut reports.failures);
    let months: Vec<Option<Money>> = reports
        .cost
        .components
        .iter()
        .map(super::analysis::cost::ComponentCost::month)
        .collect();
    let connections = topology
        .connections_by_id()
        .map(|index| {
            let traffic = &reports.at_peak.traffic.connections[index];
            let calls = reports.at_peak.calls.get(index);
            let evaluation = ConnectionEvaluation {
                arrival_rate: traffic.arrival_rate,
                attempts: calls.map_or(1.0, |calls| calls.attempts),
                metastable: calls.is_some_and(|calls| calls.metastable),
                fails: calls.map_or(0.0, |calls| calls.failing),
            };
            (topology.connections[index].source.id.clone(), evaluation)
        })
        .collect();
    let problems = topology
        .problems
        .iter()
        .chain(&reports.at_peak.traffic.problems)
        .cloned()
        .collect();
    let journeys = failures
        .journeys
        .into_iter()
        .enumerate()
        .map(|(journey, failures)| journey_evaluation(topology, &reports, journey, failures))
        .collect();
    let (totals, bill) = (
        totals(topology, &reports, &months),
        bill(topology, &reports),
    );
    // From here on what the components are told is no longer in the reports.
    let components = topology
        .components_by_id()
        .map(|component| {
            let id = topology.id(component).clone();
            let month = months[component];
            (
                id,
                component_evaluation(topology, &mut reports, component, month),
            )
        })
        .collect();
    Evaluation {
        problems,
        dependencies: topology.dependencies().collect(),
        journeys,
        components,
        connections,
        unchecked_losses: failures.unchecked,
        unchecked_recoveries: reports.recovery.unchecked,
        totals,
        bill,
        findings,
        day: day(topology, reports.day),
    }
}

fn bill(topology: &Topology, reports: &Reports) -> Bill {
    let is_waited_for = |journey: &usize| !topology.journeys[*journey].background;
    let downs = (0..topology.journeys.len()).filter(is_waited_for);
    let downs = downs.map(|journey| reports.availability.journeys[journey].unavailability.0);
    let growing = reports.growth.journeys.iter();
    let beside = cost::Beside {
        work: reports.work.month(),
        unavailability: Probability(downs.fold(0.0, f64::max)),
        full: growing
            .filter_map(|journey| journey.months_to_saturation)
            .min_by(f64::total_cmp),
    };
    cost::bill(topology, &reports.at_peak.traffic, &reports.cost, beside)
}

fn day(topology: &Topology, mut report: DayReport) -> Day {
    let components = topology.components_by_id().map(|component| {
        let day = take(&mut report.components[component]);
        (topology.id(component).clone(), day)
    });
    Day {
        components: components.collect(),
        has_profile: report.has_profile,
        is_too_large: report.is_too_large,
        journeys: report.journeys,
    }
}

fn component_evaluation(
    topology: &Topology,
    reports: &mut Reports,
    component: usize,
    cost_month: Option<Money>,
) -> ComponentEvaluation {
    let resolved = &topology.components[component];
    let catches_up = reports.catches_up(component);
    let station = &reports.at_peak.stations[component];
    let cost = &mut reports.cost.components[component];
    let work = &mut reports.work.components[component];
    let work_month = work.month();
    let exit = take(&mut reports.lock_in.components[component]);
    ComponentEvaluation {
        arrival_rate: station.arrival_rate,
        hosting: resolved.hosting,
        offers: [resolved.offer, resolved.software]
            .into_iter()
            .flatten()
            .map(|offer| offer.name.clone())
            .collect(),
        instances: resolved.instances,
        needed: reports.needed[component],
        servers: resolved.servers,
        service_time: resolved.service_time,
        saturated: station.saturated && !catches_up,
        speed_factors: speed_factors(topology, component),
        disk: resolved.disk,
        disk_operation: station.disk_operation,
        resources: station
            .resources
            .iter()
            .map(|used| {
                let growth = &reports.growth.components[component];
                let growth = growth.iter().find(|one| one.resource == used.resource);
                ResourceUse {
                    resource: used.resource,
                    demand: used.demand,
                    capacity: used.capacity,
                    utilisation: used.utilisation,
                    unit: used.resource.unit(),
                    throttled: used.throttled,
                    months_left: growth.and_then(|growth| growth.months_to_ceiling),
                    months_to_saturation: growth.and_then(|growth| growth.months_to_saturation),
                }
            })
            .collect(),
        pool: station.pool.map(|pool| PoolUse {
            size: pool.size,
            capacity_rps: pool.capacity,
            busy_share: pool.busy_share,
            all_busy_probability: pool.all_busy_probability,
        }),
        refused: station.refused,
        waiting: station.waiting,
        residence: station.residence,
        capacity: reports.capacity.components[component].capacity,
        unavailability: resolved.unavailability,
        recovery: recoveries(topology, &reports.recovery.components[component]),
        line_items: take(&mut cost.line_items),
        missing_prices: take(&mut cost.missing),
        cost_month,
        cost_known_month: cost.known_month,
        cost_upfront: cost.upfront,
        tasks: take(&mut work.tasks),
        work_month,
        yours: take(&mut work.ledger.yours),
        theirs: take(&mut work.ledger.theirs),
        provider: take(&mut work.ledger.provider),
        exit_months_of_bill: exit
            .as_ref()
            .zip(cost_month.filter(|month| month.0 > 0.0))
            .map(|(exit, month)| exit.cost / month),
        exit,
    }
}

fn journey_evaluation(
    topology: &Topology,
    reports: &Reports,
    journey: usize,
    failures: JourneyFailures,
) -> JourneyEvaluation {
    let resolved = &topology.journeys[journey];
    let capacity = &reports.capacity.journeys[journey];
    let latency = &reports.latency.journeys[journey];
    let availability = &reports.availability.journeys[journey];
    let name = resolved
        .source
        .map(|source| source.name.as_str())
        .filter(|name| !name.is_empty());
    JourneyEvaluation {
        id: resolved.id.clone(),
        name: name.unwrap_or(&resolved.id).to_owned(),
        arrival_rate: reports.at_peak.conditions.rate(journey),
        population: population(reports, journey),
        saturated: capacity.saturated,
        capacity: capacity.capacity,
        bottleneck: capacity.bottleneck.clone(),
        response: latency.mean.map(|mean| ResponseTimes {
            mean,
            p50: latency.percentiles.map(|times| times.p50),
            p95: latency.percentiles.map(|times| times.p95),
            p99: latency.percentiles.map(|times| times.p99),
            p999: latency.percentiles.map(|times| times.p999),
            method: latency.percentiles.map(|times| times.method),
        }),
        growth: growth(topology, reports, journey),
        shares: latency.shares.clone(),
        failed_share: reports.at_peak.failed[journey],
        unavailability: availability.unavailability,
        unavailability_range: availability.unavailability_range,
        exact: availability.exact,
        recovery: recoveries(topology, &reports.recovery.journeys[journey]),
        simulated: availability.simulated,
        single_points: single_points(&availability.single_points, &failures),
        failures: failures.failures,
        worst_losses: failures.worst,
        minimal_cut_sets: availability.minimal_cut_sets.clone(),
        cut_sets_complete: availability.cut_sets_complete,
        worst_cut_sets: availability.worst_cut_sets.clone(),
        importance: availability.importance.clone(),
        fix_first: availability
            .mending
            .iter()
            .map(|mending| fix(topology, reports, mending))
            .collect(),
        erosion: reports.erosion[journey]
            .iter()
            .map(|step| Erosion {
                months: step.months,
                component: topology.id(step.component).clone(),
                needed: step.needed,
                unavailability: step.unavailability,
                downtime_hours_year: step.unavailability.hours_per_year(),
            })
            .collect(),
    }
}

fn fix(topology: &Topology, reports: &Reports, mending: &Mending) -> Fix {
    let another = |component: usize| {
        // Where even all instances are too few, one more may be needed as well.
        let hours_year = mending.hours_year_with_another?;
        if reports.at_peak.stations[component].saturated {
            return None;
        }
        let cost_month = cost::another(topology, &reports.at_peak.traffic, component);
        let work_days_month = work::another(topology, &topology.components[component]).0;
        let per = |amount: f64| (amount > 0.0).then(|| hours_year / amount);
        Some(Another {
            hours_year,
            cost_month,
            work_days_month,
            hours_year_per_cost: cost_month.and_then(|cost| per(cost.0)),
            hours_year_per_work_day: per(work_days_month),
        })
    };
    let (subject, another) = match mending.part {
        Part::Component(component) => (
            format!("component:{}", topology.id(component)),
            another(component),
        ),
        Part::Connection(connection) => {
            let id = &topology.connections[connection].source.id;
            (format!("connection:{id}"), None)
        }
        Part::Place(place) => (format!("place:{}", topology.domains[place].id), None),
    };
    Fix {
        subject,
        hours_year_if_perfect: mending.hours_year_if_perfect,
        another,
    }
}

fn recoveries(topology: &Topology, found: &[recovery::Recovery]) -> Vec<Recovery> {
    let id = |component: usize| topology.id(component).clone();
    let named = |found: &recovery::Recovery| Recovery {
        class: found.class,
        data_loss: found.data_loss.clone(),
        loses: found.loses.map(id),
        outage: found.outage.clone(),
        waits_for: found.waits_for.map(id),
        remedy: found.remedy,
    };
    found.iter().map(named).collect()
}

fn growth(topology: &Topology, reports: &Reports, journey: usize) -> Growth {
    let found = &reports.growth.journeys[journey];
    let resolved = &topology.journeys[journey];
    Growth {
        percent_month: resolved.growth * 100.0,
        months_to_saturation: found.months_to_saturation,
        saturates: found.saturates.map(|(component, resource)| Bottleneck {
            component: topology.id(component).clone(),
            resource,
        }),
        months_to_target: found.months_to_target,
        is_too_large: found.is_too_large,
    }
}

/// The users of a journey that has a fixed number of them.
fn population(reports: &Reports, journey: usize) -> Option<PopulationEvaluation> {
    let used = reports.at_peak.populations[journey].as_ref()?;
    let rate = reports.at_peak.conditions.rate(journey);
    let capacity = &reports.capacity.journeys[journey];
    let most = capacity.capacity.filter(|capacity| capacity.0 > 0.0);
    Some(PopulationEvaluation {
        users: used.population.users,
        think: used.population.think,
        limits: used.limits,
        knee: used.knee,
        busy_share: most.map(|most| (rate.0 / most.0).min(1.0)),
        exact: used.method == Method::Exact,
    })
}

/// What the drawing does not survive, and what the load does not survive.
fn single_points(drawn: &[SinglePoint], failures: &JourneyFailures) -> Vec<SinglePoint> {
    let mut points = drawn.to_vec();
    for loss in failures.overloads() {
        if !points.iter().any(|point| *point.event == *loss.event) {
            points.push(SinglePoint {
                event: loss.event.to_string(),
                cause: Cause::Capacity,
            });
        }
    }
    points.order_by(|a, b| a.event.cmp(&b.event));
    points
}

fn totals(topology: &Topology, reports: &Reports, months: &[Option<Money>]) -> Totals {
    let known = |cost: &cost::ComponentCost| cost.known_month;
    let cost_month: Money = reports.cost.components.iter().map(known).sum();
    let is_machine = |component: &usize| {
        let behaviour = topology.components[*component].kind.behaviour;
        !behaviour.is_source && !behaviour.is_external
    };
    let work_month = reports.work.month();
    let day_rate = Money(topology.plan.assumptions.get("day_rate").base.max(0.0));
    let exits = reports.lock_in.components.iter().flatten();
    Totals {
        cost_month,
        not_priced: (0..months.len())
            .filter(is_machine)
            .filter(|&component| months[component].is_none())
            .count(),
        cost_upfront: reports
            .cost
            .components
            .iter()
            .map(|cost| cost.upfront)
            .sum(),
        cost_loaded_month: cost_month + day_rate * work_month.0,
        work_month,
        shared_tasks: reports.work.shared.clone(),
        yours: Layer::ALL
            .into_iter()
            .filter(|layer| {
                reports
                    .work
                    .components
                    .iter()
                    .any(|work| work.ledger.yours.contains(layer))
            })
            .collect(),
        exit_days: exits
            .clone()
            .fold(Range::exactly(0.0), |sum, exit| sum + exit.days),
        exit_cost: exits.clone().map(|exit| exit.cost).sum(),
        exit_expected_cost: exits.map(|exit| exit.expected_cost).sum(),
        holds: reports.lock_in.holds.clone(),
    }
}
