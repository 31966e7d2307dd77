//! Instances that are counted, and not told apart: in plans of so many that an event for each would be too much.
//!
//! **Model.** Instances of one class stand in the same places. How many are down by themselves matters only through
//! whether they are too many beside those that are gone with their places. For every number `t` of classes that
//! are gone, with their `b` instances, an event of its own says that: at least `f - b` of the `n - b` others are down.
//! These events are made to include each other, which changes nothing, because in every state of the places one of
//! them counts: `P(t) = 1 - (1 - P(t - 1)) (1 - q(t))`.
//!
//! **Assumptions.** The classes that are gone are the largest ones: instances are dealt in turn, so that their numbers
//! differ by one at most, unless a plan names a place twice; then this is a bound.

use super::events::{Event, down_alone};
use super::lanes::Lanes;
use crate::analysis::structure::fault_tree::FaultTree;
use crate::order::Order as _;
use crate::topology::Topology;
use crate::units::Range;

/// Instances of a plan up to which each of them has an event.
const MOST_TOLD_APART: usize = 100_000;

/// Instances of a component up to which each of them has an event in every plan.
pub(super) const MOST_ALONE: usize = 16;

/// Whether a plan has too many instances to tell those of large components apart.
pub(super) fn are_counted(topology: &Topology) -> bool {
    let instances = topology.components.iter().map(|c| c.instances);
    instances.sum::<usize>() > MOST_TOLD_APART
}

/// The instances of one component.
#[derive(Clone, Debug)]
pub(super) struct Counted {
    /// Per class, the places of which each takes it down; first as numbers of the topology.
    classes: Vec<Vec<usize>>,
    /// How many instances are gone with so many classes, from none on.
    gone_with: Vec<usize>,
    /// Per number of classes that are gone, the event that takes too many of the others.
    levels: Vec<usize>,
}

impl Counted {
    pub(super) fn new(
        topology: &Topology,
        component: usize,
        fails_at: usize,
        events: &mut Vec<Event>,
    ) -> Self {
        let mut classes: Vec<(Vec<usize>, usize)> = Vec::new();
        for (path, count) in topology.components[component].placement.paths() {
            match classes.iter_mut().find(|(other, _)| other == path) {
                Some(class) => class.1 += count,
                None => classes.push((path.clone(), count)),
            }
        }
        classes.retain(|(path, _)| !path.is_empty());
        classes.order_by_key(|&(_, count)| std::cmp::Reverse(count));
        let mut gone_with = vec![0];
        for (_, count) in &classes {
            gone_with.push(gone_with[gone_with.len() - 1] + count);
        }
        let mut levels = Vec::with_capacity(gone_with.len());
        for &gone in gone_with.iter().take_while(|&&gone| gone < fails_at) {
            events.push(Event::several(topology, component, fails_at - gone));
            levels.push(events.len() - 1);
        }
        let counted = Self {
            classes: classes.into_iter().map(|(path, _)| path).collect(),
            gone_with,
            levels,
        };
        let mut before = Range::exactly(0.0);
        for (&level, &gone) in counted.levels.iter().zip(&counted.gone_with) {
            let count = topology.components[component].instances - gone;
            let now = down_alone(topology, component, count, fails_at - gone);
            let more = |now: f64, before: f64| {
                let left = 1.0 - before;
                if left > 0.0 {
                    ((now - before) / left).clamp(0.0, 1.0)
                } else {
                    0.0
                }
            };
            events[level].unavailability = Range::new(
                more(now.low, before.low),
                more(now.base, before.base),
                more(now.high, before.high),
            );
            before = now;
        }
        counted
    }

    /// Says at which event the places begin.
    pub(super) fn find_places(&mut self, first_place: usize) {
        for place in self.classes.iter_mut().flatten() {
            *place += first_place;
        }
    }

    /// Every event that it looks at.
    pub(super) fn events(&self) -> impl Iterator<Item = usize> {
        self.classes.iter().flatten().chain(&self.levels).copied()
    }

    /// How many instances are gone with their places.
    pub(super) fn gone(&self, happened: &[bool]) -> usize {
        self.gone_with[self.classes_gone(happened)]
    }

    /// Whether too many are down, or gone with their places.
    pub(super) fn is_down(&self, happened: &[bool]) -> bool {
        let gone = self.classes_gone(happened);
        gone >= self.levels.len() || self.levels[..=gone].iter().any(|&level| happened[level])
    }

    fn classes_gone(&self, happened: &[bool]) -> usize {
        let is_gone = |class: &&Vec<usize>| class.iter().any(|&place| happened[place]);
        self.classes.iter().filter(is_gone).count()
    }

    /// The event that stands for so many instances that are taken away; none if they can be spared.
    pub(super) fn without(&self, fails_at: usize, taken: usize) -> Option<usize> {
        let mut levels = self.levels.iter().zip(&self.gone_with);
        let found = levels.find(|(_, gone)| fails_at <= **gone + taken);
        found.map(|(level, _)| *level)
    }

    /// In which states too many are down or gone.
    pub(super) fn is_down_in(&self, happened: &[Lanes]) -> Lanes {
        let any = |places: &Vec<usize>| {
            let places = places.iter().map(|&place| happened[place]);
            places.fold(Lanes::default(), Lanes::or)
        };
        let classes = self.classes.len();
        let gone: Vec<Lanes> = self.classes.iter().map(any).collect();
        let at_least = |count: usize| match count {
            0 => Lanes::ALL,
            _ => Lanes::at_least(count, classes, gone.iter().copied()),
        };
        let levels = self.levels.iter().enumerate();
        levels.fold(at_least(self.levels.len()), |down, (count, &level)| {
            down.or(at_least(count).and(happened[level]))
        })
    }

    /// The same as a gate; `leaf` is the gate of an event.
    pub(super) fn fails(
        &self,
        tree: &mut FaultTree,
        mut leaf: impl FnMut(&mut FaultTree, usize) -> usize,
    ) -> usize {
        let mut gone: Vec<usize> = Vec::with_capacity(self.classes.len());
        for class in &self.classes {
            let places: Vec<usize> = class.iter().map(|&place| leaf(tree, place)).collect();
            gone.push(tree.or(places));
        }
        let mut causes = vec![tree.at_least(self.levels.len(), gone.iter().copied())];
        for (count, &level) in self.levels.iter().enumerate() {
            let many = tree.at_least(count, gone.iter().copied());
            let level = leaf(tree, level);
            causes.push(tree.and([many, level]));
        }
        tree.or(causes)
    }
}
