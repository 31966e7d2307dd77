//! How much data a loss takes, and how long it takes to get going again: RPO and RTO.
//!
//! **Question.** After a fault of software, hardware, a zone or a region: how old is what can be brought back, and
//! how long is each component, and each journey, gone?
//!
//! **Model.** A loss takes instances with their disks. A fault of software takes none, but every copy has it: only
//! a backup helps. What is lost comes back from the best that survives: a replica that takes over, a component that
//! stands by, the disk itself where it is behind the network, or the last backup. Of several ways back the one that
//! loses least counts; of those the quickest.
//!
//! **Assumptions.** The loss is the worst of its class, right before the next backup; a switch that is made by
//! itself works; what has to be rebuilt is rebuilt side by side; what nobody drew apart counts as one zone of its
//! region or provider, and one region of its provider; what was written after damage and before it was noticed is
//! not counted.
//!
//! **Formula.** Data loss: the interval of the backups or of their log, or the lag of the copy. Outage: notice +
//! decide + another machine + set up + data ÷ restore speed + changes ÷ replay speed + time to live of the DNS, as
//! far as each is needed. A journey loses what the component behind it loses that loses most, and is down as long
//! as the slowest component that it cannot do without: of alternatives, as many as are needed, the quickest.
//!
//! **Reference.** RPO and RTO with these four classes: AWS Resilience Hub; terms and ladder of strategies: AWS
//! Well-Architected, *Disaster recovery of workloads*.
//!
//! **Complexity.** `O(components × losses of a component)`, and per zone and region `O(components + connections)`,
//! at most `MOST_WORK` steps; the report says how many were left out.

mod journeys;
mod loss;
mod outcome;
mod step;

use crate::topology::Topology;
use crate::units::Seconds;

pub use loss::Disruption;
pub use outcome::Remedy;
pub use step::{Step, Term, Timeline};

use loss::{Loss, add_losses};
use outcome::{Outcome, Situation, Usual};

/// Steps over components and connections that all losses of zones, regions and hosts together may take.
const MOST_WORK: usize = 2_000_000;

/// How much data is lost, and for how long everything is gone.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RecoveryReport {
    /// Per component: one entry per class; empty for what keeps no data.
    pub components: Vec<Vec<Recovery>>,
    /// Per journey: one entry per class.
    pub journeys: Vec<Vec<Recovery>>,
    /// How many losses were not looked at because the plan is too large.
    pub unchecked: usize,
}

/// What the worst loss of one class does.
#[derive(Clone, Debug, PartialEq)]
pub struct Recovery {
    /// The class.
    pub class: Disruption,
    /// The data that is lost, as the time in which it was made; none if all of it is.
    pub data_loss: Option<Timeline>,
    /// Whose data that is; none if nothing is lost.
    pub loses: Option<usize>,
    /// How long it is gone; none for ever.
    pub outage: Option<Timeline>,
    /// What it waits for longest; none if it does not wait.
    pub waits_for: Option<usize>,
    /// Where the data that is lost, or else that is waited for, comes back from.
    pub remedy: Remedy,
}

/// Whether one thing alone takes a journey down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Single {
    /// One instance of a component.
    Component(usize),
    /// A place.
    Place(usize),
}

/// Computes what is lost and for how long. `needed` is how many instances of each component the peak needs,
/// `singles` what takes each journey down alone.
pub fn recovery(topology: &Topology, needed: &[usize], singles: &[Vec<Single>]) -> RecoveryReport {
    let time_to_live = time_to_live(topology);
    let situation = Situation {
        topology,
        needed,
        time_to_live: &time_to_live,
        usual: &Usual::new(&topology.plan.assumptions),
    };
    // Few components have more losses than there are classes.
    let room = topology.components.len() * Disruption::ALL.len();
    let mut known = Known {
        losses: Vec::with_capacity(room),
        outcomes: Vec::with_capacity(room),
        waits: Vec::with_capacity(room),
        worst: Vec::with_capacity(topology.components.len()),
    };
    for component in 0..topology.components.len() {
        let worst = Disruption::ALL.map(|class| known.worst(situation, class, component));
        known.worst.push(worst);
    }
    let components = known.worst.iter().enumerate().map(|(component, worst)| {
        let keeps_data = topology.components[component].keeps_data();
        let classes = worst.iter().filter(|_| keeps_data);
        classes
            .map(|worst| known.recovery(worst, component))
            .collect()
    });
    let components = components.collect();
    let (journeys, unchecked) = journeys::journeys(situation, &known, singles);
    RecoveryReport {
        components,
        journeys,
        unchecked,
    }
}

/// What every loss of one component does to it, one component and class after the other.
#[derive(Debug)]
struct Known {
    losses: Vec<Loss>,
    outcomes: Vec<Outcome>,
    /// Seconds that each loss takes.
    waits: Vec<f64>,
    /// By component and class.
    worst: Vec<[Worst; 4]>,
}

/// The worst losses of one class for one component.
#[derive(Clone, Copy, Debug)]
struct Worst {
    class: Disruption,
    /// The places of the first loss and after the last one.
    first: usize,
    end: usize,
    /// The places of those that lose most data and take longest.
    loses_most: usize,
    takes_longest: usize,
    lost_seconds: f64,
}

impl Known {
    fn data(&self, worst: &Worst) -> Option<&Outcome> {
        (worst.first < worst.end).then(|| &self.outcomes[worst.loses_most])
    }

    fn outage(&self, worst: &Worst) -> Option<&Outcome> {
        (worst.first < worst.end).then(|| &self.outcomes[worst.takes_longest])
    }

    /// Seconds that a loss takes a component, where it is one of those that touch it.
    fn wait(&self, class: Disruption, loss: Loss, component: usize) -> Option<f64> {
        let Worst { first, end, .. } = self.worst[component][class as usize];
        let mut places = first..end;
        let place = places.find(|&place| self.losses[place] == loss)?;
        Some(self.waits[place])
    }

    fn recovery(&self, worst: &Worst, component: usize) -> Recovery {
        let (data, outage) = (self.data(worst), self.outage(worst));
        let lost = worst.lost_seconds > 0.0;
        let waits = outage.is_some() && self.waits[worst.takes_longest] > 0.0;
        let told = if lost { data } else { outage };
        Recovery {
            class: worst.class,
            data_loss: data.map_or(Some(Timeline::default()), |worst| worst.data_loss.clone()),
            loses: lost.then_some(component),
            outage: outage.map_or(Some(Timeline::default()), |worst| worst.outage.clone()),
            waits_for: waits.then_some(component),
            remedy: told.map_or(Remedy::Unneeded, |worst| worst.remedy),
        }
    }

    /// Adds the losses of a class that touch a component, and finds the worst.
    fn worst(&mut self, situation: Situation, class: Disruption, component: usize) -> Worst {
        let first = self.losses.len();
        add_losses(situation.topology, class, component, &mut self.losses);
        let mut worst = Worst {
            class,
            first,
            end: self.losses.len(),
            loses_most: first,
            takes_longest: first,
            lost_seconds: 0.0,
        };
        for place in first..worst.end {
            let outcome = situation.outcome(class, self.losses[place], component);
            let (lost, wait) = (outcome.lost_seconds(), outcome.outage_seconds());
            self.outcomes.push(outcome);
            self.waits.push(wait);
            if place == first || lost.total_cmp(&worst.lost_seconds).is_ge() {
                (worst.loses_most, worst.lost_seconds) = (place, lost);
            }
            if wait.total_cmp(&self.waits[worst.takes_longest]).is_ge() {
                worst.takes_longest = place;
            }
        }
        worst
    }
}

/// How long resolvers keep the address that leads to each component: the longest of the DNS before it, or the
/// usual time where the plan draws none.
fn time_to_live(topology: &Topology) -> Vec<(Seconds, bool)> {
    let usual = crate::components::component_type("dns")
        .map_or(0.0, |dns| dns.default_number("ttl_seconds"));
    let mut drawn: Vec<Option<f64>> = vec![None; topology.components.len()];
    let later = |a: Option<f64>, b: Option<f64>| match (a, b) {
        (Some(a), Some(b)) => Some(a.max(b)),
        (a, b) => a.or(b),
    };
    // Callers come after callees.
    for circle in topology.order.iter().rev() {
        let mut longest = None;
        for &component in circle {
            let resolved = &topology.components[component];
            longest = later(longest, resolved.time_to_live.map(|time| time.0));
            for &caller in &resolved.callers {
                longest = later(longest, drawn[topology.connections[caller].from]);
            }
        }
        for &component in circle {
            drawn[component] = longest;
        }
    }
    let time = |drawn: Option<f64>| (Seconds(drawn.unwrap_or(usual)), drawn.is_some());
    drawn.into_iter().map(time).collect()
}
