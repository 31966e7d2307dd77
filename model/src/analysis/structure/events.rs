//! What can fail, and how likely each of it is: instances, connections, places, and what befalls several at once.

use std::rc::Rc;

use crate::plan::Assumptions;
use crate::topology::{Origin, Redundancy, Topology};
use crate::units::Range;

/// Something that can fail, independently of every other event.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Its name in reports: `component:ID` where there is one instance, otherwise `ID#1`, `ID#2`, …;
    /// `connection:ID`, `place:ID`, `common_cause:ID`, `failover:ID`, `switchover:ID`,
    /// `repair_queue:ID`, `several:ID#N`.
    pub name: Rc<str>,
    /// What fails.
    pub subject: Subject,
    /// Share of time that it is failed.
    pub unavailability: Range,
}

/// What an event is about; numbers are indices of the topology.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// One instance of a component.
    Instance {
        /// The component.
        component: usize,
        /// Which one, from 0.
        instance: usize,
    },
    /// A connection.
    Connection(usize),
    /// A place.
    Place(usize),
    /// One cause that takes all instances of a component.
    CommonCause(usize),
    /// The switch from the primary to a replica fails.
    Failover(usize),
    /// A switch from the primary to a replica is going on.
    SwitchOver(usize),
    /// So many instances wait for repair at once that too few are left, beyond what chance alone brings down.
    RepairQueue(usize),
    /// At least so many instances are down by themselves, in plans of so many that they are only counted.
    Several {
        /// The component.
        component: usize,
        /// How many.
        count: usize,
    },
}

impl Event {
    pub(super) fn instance(topology: &Topology, component: usize, instance: usize) -> Self {
        let resolved = &topology.components[component];
        let id = topology.id(component);
        let name = if resolved.instances == 1 {
            format!("component:{id}")
        } else {
            format!("{id}#{}", instance + 1)
        };
        let unavailability = probability(resolved.unavailability.value);
        Self {
            name: name.into(),
            subject: Subject::Instance {
                component,
                instance,
            },
            unavailability: match common_cause_fraction(topology, component) {
                Some(beta) => combine(unavailability, beta, |q, beta| (1.0 - beta) * q),
                None => unavailability,
            },
        }
    }

    /// An instance that is not there yet.
    pub(super) fn spare(topology: &Topology, component: usize) -> Self {
        let instance = topology.components[component].instances;
        Self {
            name: format!("{}#{}", topology.id(component), instance + 1).into(),
            subject: Subject::Instance {
                component,
                instance,
            },
            unavailability: Range::exactly(1.0),
        }
    }

    /// So many of instances that are only counted; how often follows from where they stand.
    pub(super) fn several(topology: &Topology, component: usize, count: usize) -> Self {
        let id = topology.id(component);
        let (name, subject) = match count {
            1 => {
                let instance = 0;
                let one = Subject::Instance {
                    component,
                    instance,
                };
                (format!("{id}#1"), one)
            }
            _ => (
                format!("several:{id}#{count}"),
                Subject::Several { component, count },
            ),
        };
        Self {
            name: name.into(),
            subject,
            unavailability: Range::exactly(0.0),
        }
    }

    pub(super) fn connection(topology: &Topology, connection: usize) -> Self {
        let resolved = &topology.connections[connection];
        Self {
            name: format!("connection:{}", resolved.source.id).into(),
            subject: Subject::Connection(connection),
            unavailability: probability(Range::exactly(resolved.unavailability.0)),
        }
    }

    pub(super) fn place(topology: &Topology, place: usize) -> Self {
        let domain = &topology.domains[place];
        Self {
            name: format!("place:{}", domain.id).into(),
            subject: Subject::Place(place),
            unavailability: probability(domain.unavailability),
        }
    }

    /// The beta factor model of IEC 61508-6 annex D: a fraction β of the failures of identical instances takes
    /// all of them at once.
    pub(super) fn common_cause(topology: &Topology, component: usize) -> Option<Self> {
        let beta = common_cause_fraction(topology, component)?;
        let q = probability(topology.components[component].unavailability.value);
        Some(Self {
            name: format!("common_cause:{}", topology.id(component)).into(),
            subject: Subject::CommonCause(component),
            unavailability: combine(q, beta, |q, beta| beta * q),
        })
    }

    pub(super) fn failover(topology: &Topology, component: usize) -> Option<Self> {
        let resolved = &topology.components[component];
        let Redundancy::PrimaryReplica { coverage, .. } = resolved.redundancy else {
            return None;
        };
        (resolved.instances > 1).then(|| Self {
            name: format!("failover:{}", topology.id(component)).into(),
            subject: Subject::Failover(component),
            unavailability: probability(Range::exactly(1.0 - coverage.0)),
        })
    }

    /// Failures of the primary per hour × hours that a switch takes: a plan that states only a share of time,
    /// and so no rate, gets none.
    pub(super) fn switch_over(topology: &Topology, component: usize) -> Option<Self> {
        let resolved = &topology.components[component];
        let Redundancy::PrimaryReplica { detect, switch, .. } = resolved.redundancy else {
            return None;
        };
        let failures_per_hour = resolved.failures_per_hour?;
        let hours = (detect + switch).0 / 3600.0;
        (resolved.instances > 1).then(|| Self {
            name: format!("switchover:{}", topology.id(component)).into(),
            subject: Subject::SwitchOver(component),
            unavailability: probability(failures_per_hour.map(|rate| rate * hours)),
        })
    }
}

/// Instances of one component that wait for each other's repair.
#[derive(Clone, Copy, Debug)]
pub(super) struct RepairQueue {
    /// Share of time that one instance is down by itself.
    instance: Range,
    /// How many are repaired at the same time.
    crews: Range,
}

impl RepairQueue {
    /// None where there are crews enough for all of `count` instances.
    pub(super) fn new(topology: &Topology, component: usize, count: usize) -> Option<Self> {
        let resolved = &topology.components[component];
        let crews = resolved.repair_crews;
        let fewest = crews.low.min(crews.base).min(crews.high);
        let q = probability(resolved.unavailability.value);
        (fewest < count as f64).then(|| Self {
            instance: alone(topology, component, q),
            crews,
        })
    }

    /// Share of time that at least `fails_at` of `count` instances are down, beyond what it would be if repairs did
    /// not wait: an event of this probability beside independent instances gives the component its true one.
    ///
    /// Birth-death chain with failures at rate `(n - j) λ` and repairs at `min(j, crews) μ` while `j` are down,
    /// `λ ÷ μ = q ÷ (1 - q)`; `(P - P₀) ÷ (1 - P₀)` with `P₀` for as many crews as instances.
    pub(super) fn excess(self, count: usize, fails_at: usize) -> Range {
        combine(self.instance, self.crews, |q, crews| {
            let waiting = down_at_once(count, fails_at, q, crews);
            let independent = down_at_once(count, fails_at, q, count as f64);
            if independent >= 1.0 {
                return 0.0;
            }
            ((waiting - independent) / (1.0 - independent)).clamp(0.0, 1.0)
        })
    }

    pub(super) fn event(topology: &Topology, component: usize, excess: Range) -> Event {
        Event {
            name: format!("repair_queue:{}", topology.id(component)).into(),
            subject: Subject::RepairQueue(component),
            unavailability: excess,
        }
    }
}

/// How often one of several instances is down by itself, common causes aside.
fn alone(topology: &Topology, component: usize, q: Range) -> Range {
    match common_cause_of_several(topology, component) {
        Some(beta) => combine(q, beta, |q, beta| (1.0 - beta) * q),
        None => q,
    }
}

/// Probability that at least `fails_at` of `count` instances of a component are down by themselves.
pub(super) fn down_alone(
    topology: &Topology,
    component: usize,
    count: usize,
    fails_at: usize,
) -> Range {
    let q = probability(topology.components[component].unavailability.value);
    let alone = alone(topology, component, q);
    alone.map(|q| down_at_once(count, fails_at, q, count as f64))
}

/// Probability that at least `fails_at` of `count` units are down, of which `crews` are repaired at a time.
fn down_at_once(count: usize, fails_at: usize, q: f64, crews: f64) -> f64 {
    const LARGE: f64 = 1e200;
    if q >= 1.0 {
        return 1.0;
    }
    let ratio = q / (1.0 - q);
    let (mut weight, mut all, mut tail) = (1.0, 0.0, 0.0);
    for down in 0..=count {
        all += weight;
        if down >= fails_at {
            tail += weight;
        }
        if all > LARGE {
            (weight, all, tail) = (weight / LARGE, all / LARGE, tail / LARGE);
        }
        let repaired = (down as f64 + 1.0).min(crews.max(1.0));
        weight *= (count - down) as f64 * ratio / repaired;
    }
    (tail / all).min(1.0)
}

/// How often one more instance would be down; where there is one today, how often it would be down while that one
/// is, with common causes and the switch between them. Base estimates.
pub(super) fn unavailability_of_another(topology: &Topology, component: usize) -> f64 {
    let resolved = &topology.components[component];
    let q = probability(resolved.unavailability.value).base;
    let beta = common_cause_of_several(topology, component).map_or(0.0, |beta| beta.base);
    let (alone, together) = ((1.0 - beta) * q, beta * q);
    if resolved.instances > 1 || q <= 0.0 {
        return alone;
    }
    let either = |a: f64, b: f64| a + (1.0 - a) * b;
    let queue = RepairQueue::new(topology, component, 2);
    let waiting = queue.map_or(0.0, |queue| queue.excess(2, 2).base);
    let both = match resolved.redundancy {
        Redundancy::PrimaryReplica {
            detect,
            switch,
            coverage,
        } => {
            let failures = resolved.failures_per_hour.map_or(0.0, |rate| rate.base);
            let switching = (failures * (detect + switch).0 / 3600.0).min(1.0);
            either(alone * either(alone, 1.0 - coverage.0), switching)
        }
        _ => alone * alone,
    };
    (either(together, either(waiting, both)) / q).min(1.0)
}

/// The share of failures that hit all instances at once: where there are several of them and the plan does not
/// state how often one is down, or wherever the plan states the share itself.
fn common_cause_fraction(topology: &Topology, component: usize) -> Option<Range> {
    let are_several = topology.components[component].instances > 1;
    are_several.then(|| common_cause_of_several(topology, component))?
}

fn common_cause_of_several(topology: &Topology, component: usize) -> Option<Range> {
    const ID: &str = "common_cause_fraction";
    let resolved = &topology.components[component];
    let assumptions: &Assumptions = &topology.plan.assumptions;
    let beta = match assumptions.stated(ID) {
        Some(stated) => stated,
        None if resolved.unavailability.origin == Origin::Stated => return None,
        None => assumptions.get(ID),
    };
    let beta = probability(beta);
    (beta != Range::exactly(0.0)).then_some(beta)
}

fn combine(a: Range, b: Range, f: impl Fn(f64, f64) -> f64) -> Range {
    Range::new(f(a.low, b.low), f(a.base, b.base), f(a.high, b.high))
}

fn probability(range: Range) -> Range {
    range.map(|value| {
        if value.is_nan() {
            0.0
        } else {
            value.clamp(0.0, 1.0)
        }
    })
}
