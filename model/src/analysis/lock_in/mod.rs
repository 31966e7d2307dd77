//! What leaving takes: days, money, time, and what holds; a profile, never one score.
//!
//! **Question.** What would it take to run each component elsewhere, and what does one get for staying?
//!
//! **Model.** The work follows from whose interface it is and divides into facets; then the data has to be carried
//! out, both places are paid for a while, the switch is an interruption, and what was paid in advance is lost.
//!
//! **Assumptions.** Days per class of interface are editorial and come as low, base and high (`exit_…`); each
//! component is moved once, however many instances it has. A script for setting up lowers the facet of operations
//! alone. A container behind a common interface lowers interface, behaviour and operations of programs, balancers,
//! names and objects; for databases, caches and queues there is no such library, so it changes nothing there.
//!
//! **Formula.** Days = Σ over the facets of (days of the class × share), with `exit_days_per_100_gb` for the data
//! and `exit_scaling_days` for units by the hour. Money is the sum of days × day rate, data × egress price, months
//! of running both × monthly cost as far as that is not committed to anyway, hours of interruption × cost of an
//! hour's outage, half of what is committed to in advance (months ÷ 2 × monthly cost), and the share of one's own
//! hardware that is not used up. Expected cost = money × likelihood of leaving within 36 months, 1 where the
//! provider has closed. Transfer = data × 8 ÷ speed.
//!
//! **Reference.** The classes follow the facets of ISO/IEC 19941; switching cost and likelihood as in Hohpe's
//! articles on lock-in. Days have no published basis.
//!
//! **Complexity.** `O(components)`.

pub mod data_act;
mod facets;
mod holds;

pub use facets::{Facet, can_be_portable};
pub use holds::{Hold, LockInKind};

use crate::catalog::{Interface, Status};
use crate::plan::{Assumptions, Engine, HostingKind};
use crate::topology::{Component, Topology};
use crate::units::{Gigabytes, Money, Range};

/// What leaving takes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LockInReport {
    /// Per component; `None` for what has nothing to move or is hosted nowhere yet.
    pub components: Vec<Option<Exit>>,
    /// What holds the plan as a whole.
    pub holds: Vec<Hold>,
}

/// What it takes to move one component elsewhere.
#[derive(Clone, Debug, PartialEq)]
pub struct Exit {
    /// Whose interface it has.
    pub interface: Interface,
    /// Person-days.
    pub days: Range,
    /// The same facet by facet; empty where the plan states the days.
    pub facets: Vec<(Facet, Range)>,
    /// Data that has to be carried.
    pub data: Gigabytes,
    /// Seconds that it is under way.
    pub transfer: Range,
    /// Money, by what it is for; what costs nothing is left out.
    pub charges: Vec<(Charge, Money)>,
    /// All of it.
    pub cost: Money,
    /// How likely one leaves within 36 months.
    pub likelihood: f64,
    /// The cost × the likelihood.
    pub expected_cost: Money,
    /// What holds it, and what one gets for that.
    pub holds: Vec<Hold>,
}

/// What money for leaving goes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Charge {
    /// The days of work at the day rate.
    Work,
    /// Carrying the data out.
    Egress,
    /// Paying both places for a while.
    DualRunning,
    /// Being down during the switch.
    Cutover,
    /// What was committed to in advance.
    Commitment,
    /// Hardware that was bought and is left behind.
    Hardware,
}

impl Charge {
    /// All of them, in the order of the page.
    pub const ALL: [Self; 6] = [
        Self::Work,
        Self::Egress,
        Self::DualRunning,
        Self::Cutover,
        Self::Commitment,
        Self::Hardware,
    ];

    /// The word in reports.
    pub fn id(self) -> &'static str {
        match self {
            Self::Work => "work",
            Self::Egress => "egress",
            Self::DualRunning => "dual_running",
            Self::Cutover => "cutover",
            Self::Commitment => "commitment",
            Self::Hardware => "hardware",
        }
    }

    /// The words on screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Work => "Work",
            Self::Egress => "Carrying data out",
            Self::DualRunning => "Running both",
            Self::Cutover => "Interruption",
            Self::Commitment => "Commitments",
            Self::Hardware => "Hardware left behind",
        }
    }
}

impl Exit {
    /// What of the money goes to this.
    pub fn charge(&self, charge: Charge) -> Money {
        let mut charges = self.charges.iter();
        let found = charges.find(|(kind, _)| *kind == charge);
        found.map_or(Money(0.0), |(_, money)| *money)
    }
}

/// What is known about the money of one component.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Paid {
    /// Its monthly bill, where it is known.
    pub month: Option<Money>,
    /// What was paid on the first day.
    pub upfront: Money,
}

/// Computes what leaving takes for every component; `paid` is what is known about the money of one.
pub fn lock_in(topology: &Topology, paid: impl Fn(usize) -> Paid) -> LockInReport {
    let components = topology.components.iter().enumerate();
    LockInReport {
        components: components
            .map(|(index, component)| exit(topology, component, paid(index)))
            .collect(),
        holds: holds::shared_holds(topology),
    }
}

/// Person-days to move one component that has such an interface.
pub fn class_days(assumptions: &Assumptions, interface: Interface) -> Range {
    assumptions.get(facets::class_estimate(interface))
}

fn exit(topology: &Topology, component: &Component, paid: Paid) -> Option<Exit> {
    component.source.hosting.as_ref()?;
    Some(leaving(topology, component, component.hosting?, paid))
}

/// What it takes to move a component elsewhere that is hosted in such a way.
pub fn leaving(topology: &Topology, component: &Component, kind: HostingKind, paid: Paid) -> Exit {
    let assumptions = &topology.plan.assumptions;
    let interface = interface_of(component, kind);
    let data = component.data();
    let facets = facets::facets(assumptions, component, interface, data);
    let (facets, days) = if let Some(stated) = component.stated.exit_days {
        (Vec::new(), stated)
    } else {
        let sum = facets
            .iter()
            .fold(Range::exactly(0.0), |sum, (_, days)| sum + *days);
        (facets, sum)
    };
    let likelihood = likelihood(topology, component);
    let charges = charges(topology, component, days, data, paid);
    let cost = charges.iter().map(|(_, money)| *money).sum();
    Exit {
        interface,
        days,
        facets,
        data,
        transfer: assumptions
            .get("exit_mbit_s")
            .map(|speed| data.0 * 8000.0 / speed.max(1e-6)),
        charges,
        cost,
        likelihood,
        expected_cost: cost * likelihood,
        holds: holds::holds(topology, component, interface),
    }
}

/// What goes to what; nothing that costs nothing.
fn charges(
    topology: &Topology,
    component: &Component,
    days: Range,
    data: Gigabytes,
    paid: Paid,
) -> Vec<(Charge, Money)> {
    let assume = |id: &str| topology.plan.assumptions.get(id).base.max(0.0);
    let month = paid.month.unwrap_or(Money(0.0));
    let committed = component.stated.commitment.unwrap_or(0.0) / 2.0;
    let both = (assume("exit_dual_running_months") - committed).max(0.0);
    let interrupted = if component.kind.behaviour.keeps_data {
        assume("exit_cutover_hours")
    } else {
        0.0
    };
    let is_left_behind = component.hosting == Some(HostingKind::BareMetal) && paid.upfront.0 > 0.0;
    let left = if is_left_behind {
        paid.upfront * assume("exit_hardware_left")
    } else {
        Money(0.0)
    };
    [
        (Charge::Work, Money(assume("day_rate")) * days.base),
        (Charge::Egress, egress(topology, component, data)),
        (Charge::DualRunning, month * both),
        (
            Charge::Cutover,
            Money(assume("outage_cost_hour")) * interrupted,
        ),
        (Charge::Commitment, month * committed),
        (Charge::Hardware, left),
    ]
    .into_iter()
    .filter(|(_, money)| money.0 > 0.0)
    .collect()
}

/// What carrying data out of where a component stands is charged, by the list of the provider.
pub fn egress(topology: &Topology, component: &Component, data: Gigabytes) -> Money {
    let offer = component.offer;
    let own_rate = offer.and_then(|offer| offer.price.as_ref()?.per_gb_out);
    let provider = offer.and_then(|offer| topology.catalog.provider(&offer.provider));
    own_rate
        .map(|rate| rate * data.0)
        .or_else(|| Some(provider?.egress.as_ref()?.month_cost(data)))
        .unwrap_or(Money(0.0))
}

/// How likely one leaves within 36 months: certain where the provider has closed.
fn likelihood(topology: &Topology, component: &Component) -> f64 {
    let provider = component
        .offer
        .and_then(|offer| topology.catalog.provider(&offer.provider));
    match provider.map(|provider| provider.status) {
        Some(Status::Retired) => 1.0,
        _ => topology.plan.assumptions.get("exit_likelihood").base,
    }
}

/// Whose interface a component has: that of its software, or else of its offer, unless the plan says who runs it.
pub fn interface_of(component: &Component, kind: HostingKind) -> Interface {
    let offered = component
        .software
        .or(component.offer)
        .map(|offer| offer.interface);
    let hosting = component.source.hosting.as_ref();
    match hosting.and_then(|hosting| hosting.engine) {
        Some(Engine::Proprietary) => Interface::ProprietaryApi,
        Some(Engine::OpenHosted) => Interface::OpenSourceManaged,
        Some(Engine::SelfRun) => Interface::OpenStandard,
        None => offered.unwrap_or(match kind {
            HostingKind::Paas => Interface::OpenSourceManaged,
            _ => Interface::OpenStandard,
        }),
    }
}

#[cfg(test)]
mod tests;
