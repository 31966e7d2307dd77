//! An exit drill: a provider ends on a day; what has to move, in which order, where to, and whether there is time.
//!
//! **Question.** If this provider is gone after that day, can everything be somewhere else by then?
//!
//! **Model.** What stands on its offers or in a place drawn as its own has to move. It is built again from the
//! inside out, what is called before what calls it; data is copied first, because it takes longest, and written
//! last, because it is in use until the switch. Work is shared by `exit_people` people, five days a week, while the
//! data is under way; then comes the switch.
//!
//! **Assumptions.** Those of [`crate::analysis::lock_in`]. Copies go one after the other over one line. What speaks
//! an open interface is copied while it runs and is down for `exit_cutover_hours`; what has a data model of its own
//! is written to by nobody while it is copied.
//!
//! **Formula.** Days needed = max(days of work ÷ people × 7 ÷ 5, longest provisioning + Σ transfers) + the switch.
//! The bill is what leaving costs, without what is charged for carrying data out where a rule forbids it.
//!
//! **Reference.** Real ends had 30 days' to 18 months' notice; the catalogue says which.
//!
//! **Complexity.** `O(components × (connections + offers))`.

mod candidates;
mod checklist;
mod stands;

pub use candidates::Candidate;
pub use checklist::{Phase, Step};
pub use stands::providers_in;

use crate::analysis::lock_in::{Charge, Paid, data_act, egress, leaving};
use crate::catalog::{Catalog, Date, Interface, Provider};
use crate::evaluate::{Evaluation, Exit};
use crate::order::Order as _;
use crate::plan::{HostingKind, Id, Plan};
use crate::topology::{Component, Topology};
use crate::units::{Money, Range};
use crate::words::{Words, text};

use stands::Standing;

const SECONDS_PER_DAY: f64 = 86_400.0;

/// Working days of a week.
const WORKING_DAYS: f64 = 5.0;

/// What is drilled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drill {
    /// The id of the provider that ends.
    pub provider: String,
    /// The day on which one hears of it.
    pub told: Date,
    /// The last day on which it works.
    pub ends: Date,
    /// Whether the customer sits in the European Union, where a law limits what a switch may cost.
    pub is_in_eu: bool,
}

/// What comes of it.
#[derive(Clone, Debug, PartialEq)]
pub struct DrillReport {
    /// The name of the provider.
    pub provider: String,
    /// Days from hearing of it to the last day.
    pub notice_days: i64,
    /// What has to move, in the order in which it is built again.
    pub moves: Vec<Move>,
    /// Everything that is to be done, in order.
    pub steps: Vec<Step>,
    /// Person-days.
    pub work: Range,
    /// Seconds that data is under way.
    pub transfer: Range,
    /// Hours that something is down during the switch.
    pub downtime_hours: Range,
    /// Days from hearing of it until everything is elsewhere; if things go well, and badly.
    pub needed_days: Range,
    /// Money.
    pub bill: Money,
    /// What of it is for carrying data out.
    pub egress: Money,
    /// What the price list would charge for that, where a law forbids it.
    pub waived_egress: Money,
    /// Whether there is time.
    pub verdict: Verdict,
    /// How one leaves this provider, as the catalogue says.
    pub options: Vec<String>,
}

/// One component that has to move.
#[derive(Clone, Debug, PartialEq)]
pub struct Move {
    /// The component.
    pub component: Id,
    /// Its name.
    pub name: String,
    /// What it stands on: the name of its offer, or the kind of hosting that is drawn there.
    pub stands_on: Words,
    /// How many of its instances stand there, and how many there are.
    pub instances: (usize, usize),
    /// How it is left.
    pub exit: Exit,
    /// Whether its data is copied while it runs.
    pub copies_live: bool,
    /// Hours that it is down during the switch; none where it keeps no data.
    pub downtime_hours: Option<Range>,
    /// What of the catalogue meets the same need, the best first.
    pub candidates: Vec<Candidate>,
}

impl Move {
    /// What it stands on, and how much of it where that is not all.
    pub fn whereabouts(&self) -> Words {
        let stands_on = self.stands_on.clone();
        match self.instances {
            (some, all) if some < all => {
                words!("{stands_on}, {some} of {all}", stands_on, some, all)
            }
            _ => stands_on,
        }
    }
}

/// Whether there is time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Even if things go badly.
    Met,
    /// If things go as expected.
    Likely,
    /// Only if things go well.
    Unlikely,
    /// Not even then.
    Missed,
}

impl Verdict {
    /// The word in reports.
    pub fn id(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Likely => "likely",
            Self::Unlikely => "unlikely",
            Self::Missed => "missed",
        }
    }

    /// The word on screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Met => "Met",
            Self::Likely => "Met if it goes as expected",
            Self::Unlikely => "Met only if all goes well",
            Self::Missed => "Missed",
        }
    }
}

/// An end that happened, and the notice that it had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastNotice {
    /// The name of the provider.
    pub provider: String,
    /// What ended, in a sentence.
    pub what: String,
    /// When.
    pub date: Date,
    /// Days from the announcement to the end.
    pub days: u32,
}

/// The ends in the catalogue whose notice is known, the shortest first.
pub fn past_notices(catalog: &Catalog) -> Vec<PastNotice> {
    let mut notices: Vec<PastNotice> = catalog
        .providers
        .iter()
        .flat_map(|provider| provider.history.iter().map(move |event| (provider, event)))
        .filter_map(|(provider, event)| {
            Some(PastNotice {
                provider: provider.name.clone(),
                what: event.what.clone(),
                date: event.date,
                days: event.notice_days?,
            })
        })
        .collect();
    notices.order_by_key(|notice| notice.days);
    notices
}

/// The drill of a plan; none if there is no such provider. `evaluation` is the one of this plan.
pub fn exit_drill(
    plan: &Plan,
    catalog: &Catalog,
    evaluation: &Evaluation,
    drill: &Drill,
) -> Option<DrillReport> {
    let provider = catalog.provider(&drill.provider)?;
    let topology = Topology::new(plan, catalog);
    let assume = |id: &str| plan.assumptions.get(id);
    let standing = Standing::new(&topology, provider);
    let order = building_order(&topology, |component| {
        standing.instances(&topology.components[component]) > 0
    });
    let cutover = assume("exit_cutover_hours");
    let mut moves = Vec::new();
    let (mut egress_cost, mut provisioning) = (Money(0.0), 0.0_f64);
    for component in order {
        let resolved = &topology.components[component];
        let id = topology.id(component);
        let found = evaluation.components.get(id);
        // What is only drawn there, on no kind of hosting, counts as a machine like any other.
        let exit = found
            .and_then(|one| one.exit.clone())
            .unwrap_or_else(|| leaving(&topology, resolved, kind_of(resolved), Paid::default()));
        egress_cost += egress(&topology, resolved, exit.data);
        let candidates = candidates::candidates(catalog, provider, resolved, &exit);
        let first = candidates.first();
        let wait = first.and_then(|candidate| candidate.provision_seconds);
        provisioning = provisioning.max(wait.unwrap_or(0.0) / SECONDS_PER_DAY);
        let copies_live = exit.interface <= Interface::OpenSourceManaged;
        let keeps_data = resolved.kind.behaviour.keeps_data && exit.data.0 > 0.0;
        let downtime_hours = keeps_data.then(|| {
            if copies_live {
                cutover
            } else {
                cutover + exit.transfer.map(|seconds| seconds / 3600.0)
            }
        });
        moves.push(Move {
            component: id.clone(),
            name: name_of(resolved),
            stands_on: stands_on(resolved, provider),
            instances: (standing.instances(resolved), resolved.instances),
            exit,
            copies_live,
            downtime_hours,
            candidates,
        });
    }
    let sum = |read: fn(&Move) -> Range| {
        let ranges = moves.iter().map(read);
        ranges.fold(Range::exactly(0.0), |sum, one| sum + one)
    };
    let work = sum(|one| one.exit.days);
    let transfer = sum(|one| one.exit.transfer);
    let downtime_hours = moves
        .iter()
        .filter_map(|one| one.downtime_hours)
        .fold(Range::exactly(0.0), longer);
    let needed_days = needed(
        work,
        assume("exit_people"),
        provisioning,
        transfer,
        downtime_hours,
    );
    let listed: Money = moves.iter().map(|one| one.exit.cost).sum();
    let charged: Money = moves
        .iter()
        .map(|one| one.exit.charge(Charge::Egress))
        .sum();
    let is_waived = drill.is_in_eu && !data_act::may_charge(drill.ends);
    let waived_egress = if is_waived { egress_cost } else { Money(0.0) };
    let notice_days = drill.told.days_until(drill.ends);
    let report = DrillReport {
        provider: provider.name.clone(),
        notice_days,
        steps: Vec::new(),
        work,
        transfer,
        downtime_hours,
        needed_days,
        bill: if is_waived { listed - charged } else { listed },
        egress: if is_waived { Money(0.0) } else { charged },
        waived_egress,
        verdict: verdict(needed_days, notice_days),
        options: provider.exit_options.clone(),
        moves,
    };
    let steps = checklist::steps(plan, &topology, &report, drill);
    Some(DrillReport { steps, ..report })
}

/// The kind of hosting of what moves.
fn kind_of(component: &Component) -> HostingKind {
    component.hosting.unwrap_or(HostingKind::Vps)
}

fn stands_on(component: &Component, provider: &Provider) -> Words {
    let provider = &provider.name;
    match (component.offer, component.hosting) {
        (Some(offer), _) => offer.name.clone().into(),
        (None, Some(kind)) => {
            words!("{kind} at {provider}", kind = text(kind.name()), provider)
        }
        (None, None) => words!("drawn at {provider}", provider),
    }
}

fn longer(a: Range, b: Range) -> Range {
    Range::new(a.low.max(b.low), a.base.max(b.base), a.high.max(b.high))
}

fn needed(work: Range, people: Range, waiting: f64, transfer: Range, downtime: Range) -> Range {
    let days = |work: f64, people: f64, transfer: f64, downtime: f64| {
        let working = work / people.max(0.1) * 7.0 / WORKING_DAYS;
        working.max(waiting + transfer / SECONDS_PER_DAY) + downtime / 24.0
    };
    Range::new(
        days(work.low, people.low, transfer.low, downtime.low),
        days(work.base, people.base, transfer.base, downtime.base),
        days(work.high, people.high, transfer.high, downtime.high),
    )
}

fn verdict(needed: Range, notice_days: i64) -> Verdict {
    let notice = notice_days as f64;
    if needed.high <= notice {
        Verdict::Met
    } else if needed.base <= notice {
        Verdict::Likely
    } else if needed.low <= notice {
        Verdict::Unlikely
    } else {
        Verdict::Missed
    }
}

/// What moves, from the inside out: what is called before what calls it, of several the one with most data first;
/// in a circle of calls the same among those that are left.
fn building_order(topology: &Topology, moves: impl Fn(usize) -> bool) -> Vec<usize> {
    let mut left: Vec<usize> = (0..topology.components.len()).collect();
    left.order_by(|a, b| {
        let data = |component: usize| topology.components[component].data().0;
        data(*b).total_cmp(&data(*a))
    });
    // How many of those that it calls have still to be built.
    let mut waits = vec![0_usize; topology.components.len()];
    let mut callers: Vec<Vec<usize>> = vec![Vec::new(); topology.components.len()];
    for connection in &topology.connections {
        if connection.from != connection.to {
            waits[connection.from] += 1;
            callers[connection.to].push(connection.from);
        }
    }
    let mut order = Vec::with_capacity(left.len());
    while !left.is_empty() {
        let ready = left.iter().position(|one| waits[*one] == 0);
        let next = left.remove(ready.unwrap_or(0));
        for caller in &callers[next] {
            waits[*caller] = waits[*caller].saturating_sub(1);
        }
        if moves(next) {
            order.push(next);
        }
    }
    order
}

fn name_of(component: &Component) -> String {
    let label = &component.source.label;
    if label.is_empty() {
        component.kind.name.to_owned()
    } else {
        label.clone()
    }
}

#[cfg(test)]
mod tests;
