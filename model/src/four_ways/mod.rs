//! The same architecture on bare metal, VPS, IaaS and PaaS: four whole plans, what each costs, and what was put where.
//!
//! **Question.** What would this drawing cost, take and give if all of it were hosted one way?
//!
//! **Model.** Every component that is hosted moves to the cheapest offer of the kind that is still sold and carries
//! the peak: at most as busy as the assumption `planning_ceiling` allows, what is lent for a while only not counted,
//! with room for its memory and its data, and with as many instances to spare as it has now. A way is one provider's
//! as far as that provider has what is needed: the one that covers most components, and of those the cheapest.
//! Where no offer is big enough there are more of the cheapest; where the kind has no offer at all, the component
//! stays as it is, and the mapping says so.
//!
//! **Assumptions.** List prices; what the plan states about bills, work and ways out belongs to the hosting that it
//! is left for, so it goes; stated times, sizes and failures stay. Units by the hour and commitments go: the peak is
//! carried by steady instances. What leaves its provider leaves that provider's places.
//!
//! **Formula.** Instances: the smallest n with utilisation ≤ ceiling, and below 1 without those to spare. Beyond the
//! peak: the capacity of the journey that is closest to its own, and the cheapest of one instance more and the next
//! larger offers of the same provider for what gives way first, each computed as a whole plan.
//!
//! **Complexity.** A few topologies and bills for each provider, then one evaluation.

mod headroom;
mod mapping;
mod offers;
mod pick;

use std::rc::Rc;

use crate::catalog::{Catalog, Date};
use crate::commands::{Command, Together};
use crate::evaluate::{Evaluation, evaluate};
use crate::plan::{HostingKind, Plan};
use crate::words::text;

use pick::{Picked, Search};

pub use headroom::{GrowthStep, Headroom, NextStep};
pub use mapping::{Mapping, Outcome};

/// A plan with everything hosted one way, as far as there are offers.
#[derive(Clone, Debug, PartialEq)]
pub struct Way {
    /// The kind of hosting.
    pub kind: HostingKind,
    /// Who most of it is had from; none if nothing moves.
    pub provider: Option<String>,
    /// What makes the plan this way, as one step.
    pub adopt: Command,
    /// The plan after that.
    pub plan: Rc<Plan>,
    /// Everything about that plan.
    pub evaluation: Evaluation,
    /// How far it reaches, and what the next step would cost; none if nothing limits it.
    pub headroom: Option<Headroom>,
    /// What becomes of each component that is hosted, in the order of the plan.
    pub mappings: Vec<Mapping>,
}

impl Way {
    /// Whether every journey gets all that its peak asks for.
    pub fn carries_peak(&self) -> bool {
        self.evaluation
            .journeys
            .iter()
            .all(|journey| !journey.saturated)
    }

    /// Components that are not hosted this way, because there is no such offer for them.
    pub fn exceptions(&self) -> impl Iterator<Item = &Mapping> {
        self.mappings
            .iter()
            .filter(|mapping| mapping.outcome.is_exception())
    }
}

/// The plan hosted one way. Never fails: what has no offer is named and stays.
pub fn way(plan: &Rc<Plan>, catalog: &Catalog, today: Option<Date>, kind: HostingKind) -> Way {
    let mut working_out = WorkingOut::new(plan, kind);
    loop {
        if let Some(way) = working_out.step(catalog, today) {
            return way;
        }
    }
}

/// A way that is being worked out a step at a time, so that a page can go on in between.
pub struct WorkingOut {
    plan: Rc<Plan>,
    kind: HostingKind,
    stage: Stage,
}

/// How far it has come.
enum Stage {
    /// Nothing is done.
    Begun,
    /// Offers are looked at.
    Searching(Search),
    /// It is known what moves where.
    Picked(Picked),
    /// It is known what comes of it.
    Evaluated(Box<Adopted>),
}

/// The plan with everything moved.
struct Adopted {
    picked: Picked,
    adopt: Command,
    plan: Rc<Plan>,
    evaluation: Evaluation,
}

impl WorkingOut {
    /// Begins to work out a way of a plan.
    pub fn new(plan: &Rc<Plan>, kind: HostingKind) -> Self {
        Self {
            plan: Rc::clone(plan),
            kind,
            stage: Stage::Begun,
        }
    }

    /// The next step; the way once it is complete, after which it begins anew. None takes much longer than an
    /// evaluation, and all have to be given the same catalogue and day.
    pub fn step(&mut self, catalog: &Catalog, today: Option<Date>) -> Option<Way> {
        let plan = &self.plan;
        self.stage = match std::mem::replace(&mut self.stage, Stage::Begun) {
            Stage::Begun => Stage::Searching(Search::new(plan, catalog, self.kind)),
            Stage::Searching(mut search) => {
                if search.round(plan, catalog) {
                    Stage::Searching(search)
                } else {
                    Stage::Picked(search.picked(plan, catalog))
                }
            }
            Stage::Picked(picked) => {
                let adopt = Command::from(Together {
                    title: words!("Move everything to {kind}", kind = text(self.kind.name())),
                    commands: mapping::commands(plan, catalog, &picked.choices),
                });
                // The commands name parts of this very plan, so none of them is refused.
                let next = adopt.apply(plan).unwrap_or_else(|_| Rc::clone(plan));
                let evaluation = evaluate(&next, catalog, today);
                Stage::Evaluated(Box::new(Adopted {
                    picked,
                    adopt,
                    plan: next,
                    evaluation,
                }))
            }
            Stage::Evaluated(adopted) => {
                let Adopted {
                    picked,
                    adopt,
                    plan: next,
                    evaluation,
                } = *adopted;
                return Some(Way {
                    kind: self.kind,
                    mappings: mapping::mappings(plan, catalog, self.kind, &picked, &evaluation),
                    headroom: headroom::headroom(&next, catalog, &evaluation),
                    provider: picked.provider,
                    adopt,
                    plan: next,
                    evaluation,
                });
            }
        };
        None
    }
}

/// All four ways, from most to least of your own work.
pub fn four_ways(plan: &Rc<Plan>, catalog: &Catalog, today: Option<Date>) -> [Way; 4] {
    HostingKind::ALL.map(|kind| way(plan, catalog, today, kind))
}
