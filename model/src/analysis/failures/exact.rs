//! Losses looked at again with the whole operating point and the distribution of the response time.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::losses::Loss;
use super::sweep::{Found, Sweep};
use super::{Level, MOST_EXACT, ResponseTime, Survival, is_worse};
use crate::analysis::operating_point::{OperatingPoint, operating_point};
use crate::plan::PlaceKind;
use crate::topology::Topology;

/// Exact response times that are had for losses of one level to one journey, until the worst of them is exact.
const MOST_OF_A_LEVEL: usize = 4;

/// What is computed anew, as far as it is affordable.
pub(super) struct Exact<'a, 't, P> {
    topology: &'t Topology<'t>,
    base: &'a OperatingPoint,
    losses: &'a [Loss],
    sweep: &'a mut Sweep<'t>,
    p95: &'a P,
    /// What was computed, by the state of the network.
    points: BTreeMap<usize, Rc<OperatingPoint>>,
    work: usize,
}

impl<'a, 't, P: Fn(&OperatingPoint, usize) -> Option<ResponseTime>> Exact<'a, 't, P> {
    pub(super) fn new(
        topology: &'t Topology<'t>,
        base: &'a OperatingPoint,
        losses: &'a [Loss],
        sweep: &'a mut Sweep<'t>,
        p95: &'a P,
    ) -> Self {
        Self {
            topology,
            base,
            losses,
            sweep,
            p95,
            points: BTreeMap::new(),
            work: 0,
        }
    }

    /// Looks at the worst loss of every level for every journey, then at all places, the widest first; at every
    /// loss where the load has to settle.
    pub(super) fn look(&mut self, found: &mut [Vec<Found>]) {
        self.worst(found);
        for kind in PlaceKind::ALL {
            self.all_of(Level::Place(kind), found);
        }
        if self.settles() {
            self.all_of(Level::Instance, found);
        }
    }

    fn worst(&mut self, found: &mut [Vec<Found>]) {
        for found in found {
            for level in Level::all() {
                for _ in 0..MOST_OF_A_LEVEL {
                    let of_level = (0..found.len()).filter(|&one| {
                        let failure = &found[one].failure;
                        failure.level == level && !failure.is_dns_only
                    });
                    let worst = of_level.reduce(|worst, next| {
                        if is_worse(&found[next].failure, &found[worst].failure) {
                            next
                        } else {
                            worst
                        }
                    });
                    if !worst.is_some_and(|worst| self.settle(found, worst)) {
                        break;
                    }
                }
            }
        }
    }

    fn all_of(&mut self, level: Level, found: &mut [Vec<Found>]) {
        for found in found {
            for one in 0..found.len() {
                if found[one].failure.level == level {
                    self.settle(found, one);
                }
            }
        }
    }

    /// Whether rates and attempts depend on how the stations stand the load.
    fn settles(&self) -> bool {
        let mut components = self.topology.components.iter();
        let mut journeys = self.topology.journeys.iter();
        components.any(|component| component.pool.is_some() || component.room.is_some())
            || journeys.any(|journey| journey.population.is_some())
            || self
                .base
                .conditions
                .attempts
                .iter()
                .any(|&attempts| attempts > 1.0)
    }

    /// Computes one of the losses of a journey anew, and with it all that leave the network in the same state;
    /// says whether that was done.
    fn settle(&mut self, found: &mut [Found], one: usize) -> bool {
        let Found {
            loss,
            journey,
            is_settled,
            ref failure,
            ..
        } = found[one];
        let is_clear = failure.verdict == Survival::Overloaded && !self.settles();
        let Some(state) = found[one].state.filter(|_| !is_settled && !is_clear) else {
            return false;
        };
        let cost = self.topology.components.len() + self.topology.connections.len();
        if self.work + cost > MOST_EXACT {
            return false;
        }
        self.work += cost;
        let point = self.point(state, loss);
        let (standing, busiest) = self.sweep.standing(&point, journey);
        let time = if standing < Survival::Overloaded {
            (self.p95)(&point, journey)
        } else {
            None
        };
        for same in found.iter_mut().filter(|found| found.state == Some(state)) {
            same.is_settled = true;
            same.failure.verdict = match standing {
                Survival::Ok if same.loses_optional_part => Survival::Degraded,
                standing => standing,
            };
            same.failure.busiest.clone_from(&busiest);
            same.failure.p95 = time.map(|time| time.p95);
            same.failure.p95_is_exact = time.is_some_and(|time| time.is_exact);
        }
        true
    }

    /// Where the plan settles after a loss that leaves the network in this state.
    fn point(&mut self, state: usize, loss: usize) -> Rc<OperatingPoint> {
        if let Some(known) = self.points.get(&state) {
            return known.clone();
        }
        let removed = self.sweep.removed(&self.losses[loss]);
        let conditions = self.base.conditions.clone().without(removed);
        let point = Rc::new(operating_point(self.topology, conditions));
        self.points.insert(state, point.clone());
        point
    }
}
