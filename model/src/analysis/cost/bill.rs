//! The bill of a whole plan: its sums, what each request costs, what outages cost, and what it comes to over time.

use super::months::{Months, months};
use super::{ChargeGroup, CostReport};
use crate::analysis::traffic::Traffic;
use crate::topology::Topology;
use crate::units::{HOURS_PER_YEAR, Money, PersonDays, Probability};

/// The bill of a whole plan. Every sum is of what has a price; [`Bill::not_priced`] says how many charges it lacks.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bill {
    /// What is paid to providers every month.
    pub paid_month: Money,
    /// What was paid on the first day, spread over the months of its use.
    pub spread_month: Money,
    /// What is paid on the first day.
    pub upfront: Money,
    /// The work of a month at the day rate.
    pub work_month: Money,
    /// What outages are expected to cost a month.
    pub outage_month: Money,
    /// What an hour costs in which the plan is down.
    pub outage_hour: Money,
    /// Hours of a month in which the journey is down that is down most.
    pub down_hours_month: f64,
    /// Requests of all journeys in a month.
    pub requests_month: f64,
    /// What a million requests cost the providers' bill, the spread money included; none without requests.
    pub per_million_requests: Option<Money>,
    /// Each kind of charge that there is, a month.
    pub groups: Vec<(ChargeGroup, Money)>,
    /// Charges that have no known price.
    pub not_priced: usize,
    /// What is paid over time.
    pub months: Months,
}

impl Bill {
    /// All of a month: what is paid, what is spread, the work, and what outages are expected to cost.
    pub fn loaded_month(&self) -> Money {
        self.paid_month + self.spread_month + self.work_month + self.outage_month
    }
}

/// What the bill of a plan needs of the other reports.
#[derive(Clone, Copy, Debug)]
pub struct Beside {
    /// Care per month.
    pub work: PersonDays,
    /// Share of time in which the journey is down that is down most.
    pub unavailability: Probability,
    /// Months of growth until something is full; none if that never happens.
    pub full: Option<f64>,
}

/// Sums up the bill of a plan.
pub fn bill(topology: &Topology, traffic: &Traffic, report: &CostReport, beside: Beside) -> Bill {
    let assume = |id| topology.plan.assumptions.get(id).base;
    let costs = &report.components;
    let known: Money = costs.iter().map(|cost| cost.known_month).sum();
    let paid_month: Money = costs.iter().map(|cost| cost.paid_month).sum();
    let work_month = Money(assume("day_rate")) * beside.work.0.max(0.0);
    let outage_hour = Money(assume("outage_cost_hour"));
    let down_hours_month = beside.unavailability.0 * HOURS_PER_YEAR / 12.0;
    let outage_month = outage_hour * down_hours_month;
    let of_group = |group: ChargeGroup| {
        let lines = costs.iter().flat_map(|cost| &cost.line_items);
        let lines = lines.filter(|line| line.charge.group() == group);
        lines.map(|line| line.month).sum::<Money>()
    };
    let groups = ChargeGroup::ALL.map(|group| (group, of_group(group)));
    Bill {
        paid_month,
        spread_month: Money((known.0 - paid_month.0).max(0.0)),
        upfront: costs.iter().map(|cost| cost.upfront).sum(),
        work_month,
        outage_month,
        outage_hour,
        down_hours_month,
        requests_month: report.requests_month,
        per_million_requests: (report.requests_month > 0.0)
            .then(|| known / (report.requests_month / 1e6)),
        groups: groups
            .into_iter()
            .filter(|(_, month)| month.0 > 0.0)
            .collect(),
        not_priced: costs.iter().map(|cost| cost.not_priced).sum(),
        months: months(
            topology,
            traffic,
            costs,
            work_month + outage_month,
            beside.full,
        ),
    }
}
