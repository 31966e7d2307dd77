//! Units by the hour: when they run, what waits while they start, and how many would cost least.

use super::hours::HourOfLoad;
use crate::analysis::queueing::backlog::{ScaleOut, scale_out};
use crate::analysis::queueing::load_duration::{Split, cheapest_split};
use crate::analysis::traffic::busiest;
use crate::topology::{Burst, Topology};
use crate::units::{HOURS_PER_DAY, HOURS_PER_MONTH, Seconds};

/// Units by the hour.
#[derive(Clone, Debug, PartialEq)]
pub struct BurstDay {
    /// How many there are.
    pub instances: usize,
    /// In which hours they run.
    pub runs: Vec<bool>,
    /// Hours of a month in which they are needed, if every day is like this one.
    pub hours_needed: f64,
    /// Hours of a month that are paid for.
    pub hours_paid: f64,
    /// What waits while they start, at the steepest step of the day; none where they never or always run.
    pub start: Option<BurstStart>,
    /// The cheapest number of own instances and units by the hour for this load; none without a price.
    pub cheapest: Option<Split>,
}

/// What waits while units by the hour start.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BurstStart {
    /// The hour that begins with the step.
    pub hour: usize,
    /// From the step until they serve.
    pub start_up: Seconds,
    /// What a load that stays at the step makes of it.
    pub backlog: ScaleOut,
}

/// The units by the hour of one component.
pub(super) fn burst_day(
    topology: &Topology,
    component: usize,
    burst: Burst,
    hours: &[&HourOfLoad],
) -> BurstDay {
    let runs: Vec<bool> = hours
        .iter()
        .map(|hour| hour.serving[component] > hour.own[component])
        .collect();
    let days = HOURS_PER_MONTH / HOURS_PER_DAY as f64;
    let starts = (0..runs.len())
        .filter(|&hour| runs[hour] && !runs[(hour + runs.len() - 1) % runs.len()])
        .filter_map(|hour| {
            let load = &hours[hour].loads[component];
            let rate = load.arrival_rate.0;
            let carried = |serving| rate / busiest(topology, component, load, serving);
            let backlog = scale_out(
                rate,
                carried(hours[hour].own[component]),
                carried(hours[hour].serving[component]),
                burst.start_up.value,
            )?;
            Some(BurstStart {
                hour,
                start_up: burst.start_up.value,
                backlog,
            })
        });
    BurstDay {
        instances: burst.instances,
        hours_needed: runs.iter().filter(|&&runs| runs).count() as f64 * days,
        hours_paid: burst.hours_month,
        start: starts.max_by(|a, b| {
            let delay = |start: &BurstStart| start.backlog.delay_at_peak.0;
            delay(a).total_cmp(&delay(b))
        }),
        cheapest: cheapest(topology, component, hours, days),
        runs,
    }
}

/// The cheapest split of this day's load into own instances and units by the hour.
fn cheapest(
    topology: &Topology,
    component: usize,
    hours: &[&HourOfLoad],
    days: f64,
) -> Option<Split> {
    let price = topology.components[component].offer?.price.as_ref()?;
    let month = price.by_month()?;
    let hour = price.per_hour.unwrap_or(month / HOURS_PER_MONTH);
    let ceiling = topology.plan.assumptions.get("planning_ceiling").base;
    let load: Vec<(f64, f64)> = hours
        .iter()
        .map(|hour| {
            let one = busiest(topology, component, &hour.loads[component], 1);
            ((one / ceiling - 1e-9).ceil(), days)
        })
        .collect();
    cheapest_split(&load, month.0, hour.0)
}
