//! Losses looked at again with the whole operating point and the distribution of the response time.

use std::collections::BTreeMap;

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
    /// What was computed, by loss.
    points: BTreeMap<usize, OperatingPoint>,
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
                    let of_level = found
                        .iter_mut()
                        .filter(|found| found.failure.level == level && !found.failure.is_dns_only);
                    let worst = of_level.reduce(|worst, next| {
                        if is_worse(&next.failure, &worst.failure) {
                            next
                        } else {
                            worst
                        }
                    });
                    if !worst.is_some_and(|worst| self.settle(worst)) {
                        break;
                    }
                }
            }
        }
    }

    fn all_of(&mut self, level: Level, found: &mut [Vec<Found>]) {
        for found in found.iter_mut().flatten() {
            if found.failure.level == level {
                self.settle(found);
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

    /// Computes a loss anew; says whether that was done.
    fn settle(&mut self, found: &mut Found) -> bool {
        let verdict = found.failure.verdict;
        let is_clear =
            verdict == Survival::Down || (verdict == Survival::Overloaded && !self.settles());
        if found.is_settled || is_clear {
            return false;
        }
        let cost = self.topology.components.len() + self.topology.connections.len();
        if self.work + cost > MOST_EXACT {
            return false;
        }
        self.work += cost;
        self.compute(found.loss);
        let Some(point) = self.points.get(&found.loss) else {
            return false;
        };
        found.is_settled = true;
        let (standing, busiest) = self.sweep.standing(point, found.journey);
        let failure = &mut found.failure;
        failure.verdict = match standing {
            Survival::Ok if found.loses_optional_part => Survival::Degraded,
            standing => standing,
        };
        failure.busiest = busiest;
        let time = if standing < Survival::Overloaded {
            (self.p95)(point, found.journey)
        } else {
            None
        };
        failure.p95 = time.map(|time| time.p95);
        failure.p95_is_exact = time.is_some_and(|time| time.is_exact);
        true
    }

    /// Finds where the plan settles after a loss.
    fn compute(&mut self, loss: usize) {
        if self.points.contains_key(&loss) {
            return;
        }
        let removed = self.sweep.removed(&self.losses[loss]);
        let conditions = self.base.conditions.clone().without(removed);
        let point = operating_point(self.topology, conditions);
        self.points.insert(loss, point);
    }
}
