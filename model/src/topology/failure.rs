//! How often one instance is down by itself, and how long it takes to repair.

use super::{Numbers, Origin, Sourced};
use crate::components::ComponentType;
use crate::plan::{Assumptions, Component, HostingKind, Overrides};
use crate::units::{Range, Seconds};

/// Mean hours between failures and mean hours to repair that the planner assumes for a kind of hosting.
///
/// Editorial defaults: hardware and operating system of one machine fail about every two years where it is
/// yours and about once a year where it is a slice of somebody's; what differs most is how long the repair
/// takes: fetching a part, waiting for a ticket, starting another one by script, or nothing to do at all.
fn assumed_hours(hosting: Option<HostingKind>) -> (f64, f64) {
    match hosting {
        Some(HostingKind::BareMetal) => (17_520.0, 24.0),
        None | Some(HostingKind::Vps) => (8_760.0, 4.0),
        Some(HostingKind::Iaas) => (8_760.0, 1.0),
        Some(HostingKind::Paas) => (8_760.0, 0.5),
    }
}

/// Share of time that a service run by another company is assumed to be down.
const EXTERNAL_UNAVAILABILITY: f64 = 0.001;

/// Share of time that one instance is down: what the plan says, or else an estimate for its kind of hosting.
pub(super) fn unavailability(
    component: &Component,
    kind: &ComponentType,
    hosting: Option<HostingKind>,
    assumptions: &Assumptions,
    numbers: &mut Numbers,
) -> Sourced<Range> {
    let overrides = component.overrides.as_ref();
    if let Some(stated) = overrides.and_then(|overrides| overrides.unavailability) {
        let value = Range::exactly(numbers.clamped("unavailability", stated, 0.0, 1.0));
        return Sourced {
            value,
            origin: Origin::Stated,
        };
    }
    let mtbf = overrides.and_then(|overrides| overrides.mtbf_hours);
    let mttr = overrides.and_then(|overrides| overrides.mttr_hours);
    let (assumed_mtbf, assumed_mttr) = assumed_hours(hosting);
    if mtbf.is_some() || mttr.is_some() {
        let mtbf = numbers.or("mtbf_hours", mtbf, assumed_mtbf, 1e-6, 1e12);
        let mttr = numbers.or("mttr_hours", mttr, assumed_mttr, 0.0, 1e12);
        return Sourced {
            value: Range::exactly(mttr / (mtbf + mttr)),
            origin: Origin::Stated,
        };
    }
    if kind.behaviour.is_source {
        return Sourced {
            value: Range::exactly(0.0),
            origin: Origin::Default,
        };
    }
    let base = if kind.behaviour.is_external {
        EXTERNAL_UNAVAILABILITY
    } else {
        assumed_mttr / (assumed_mtbf + assumed_mttr)
    };
    let value = assumptions
        .get("failure_factor")
        .map(|factor| (base * factor).clamp(0.0, 1.0));
    Sourced {
        value,
        origin: Origin::Assumed,
    }
}

/// How long the repair of one instance takes, where the plan says so.
pub(super) fn repair_time(component: &Component) -> Option<Seconds> {
    let overrides = component.overrides.as_ref()?;
    let hours = overrides.mttr_hours?;
    let is_usable = (0.0..=1e12).contains(&hours);
    is_usable.then_some(Seconds(hours * 3600.0))
}

/// How many instances of a component are repaired at the same time: what the plan says of it, or else of all.
pub(super) fn repair_crews(
    component: &Component,
    assumptions: &Assumptions,
    numbers: &mut Numbers,
) -> Range {
    let overrides = component.overrides.as_ref();
    let stated = overrides.and_then(|overrides| overrides.repair_crews);
    let crews = match stated {
        Some(stated) => Range::exactly(numbers.clamped("repair_crews", stated, 1.0, 1000.0)),
        None => assumptions.get("repair_crews"),
    };
    crews.map(f64::floor)
}

/// Failures of one instance per hour; `None` where only a share of time is known.
pub(super) fn failures_per_hour(
    component: &Component,
    kind: &ComponentType,
    hosting: Option<HostingKind>,
    assumptions: &Assumptions,
) -> Option<Range> {
    let overrides = component.overrides.as_ref();
    let states = |field: fn(&Overrides) -> Option<f64>| overrides.and_then(field);
    if states(|overrides| overrides.unavailability).is_some() {
        return None;
    }
    let usable = |hours: f64| (1e-6..=1e12).contains(&hours).then_some(hours);
    let (assumed_mtbf, _) = assumed_hours(hosting);
    if let Some(mtbf) = states(|overrides| overrides.mtbf_hours) {
        return usable(mtbf).map(|mtbf| Range::exactly(1.0 / mtbf));
    }
    if states(|overrides| overrides.mttr_hours).is_some() {
        return Some(Range::exactly(1.0 / assumed_mtbf));
    }
    if kind.behaviour.is_source || kind.behaviour.is_external {
        return None;
    }
    let factor = assumptions.get("failure_factor");
    Some(factor.map(|factor| factor.max(0.0) / assumed_mtbf))
}
