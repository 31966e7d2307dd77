//! What still works after a few failures, computed from what depends on them alone.

use std::collections::BTreeSet;

use super::{Enough, Structure};

/// Answers for one loss after the other what goes down with it.
///
/// A component works here as long as any of its instances does where only the load says how many are needed:
/// whether those that are left can carry it is not asked. Each question takes time in proportion to what
/// depends on the failures and goes down with them.
#[derive(Debug)]
pub struct Survivors<'s> {
    structure: &'s Structure,
    /// Which sets are up.
    up: Vec<bool>,
    happened: Vec<bool>,
    /// Per event, the sets that look at it.
    looked_at_by: Vec<Vec<usize>>,
    /// Per set, those that need it.
    needed_by: Vec<Vec<usize>>,
    block_of: Vec<usize>,
    components_of: Vec<Vec<usize>>,
}

/// What goes down with a loss that was up before it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fallen {
    /// Components, by index.
    pub components: Vec<usize>,
    /// Those of them for which nothing stands in.
    pub unserved: Vec<usize>,
    /// Journeys, by index.
    pub journeys: Vec<usize>,
    /// How much was looked at.
    pub work: usize,
}

impl<'s> Survivors<'s> {
    /// Everything is there.
    pub fn new(structure: &'s Structure) -> Self {
        let sets = structure.sets.len();
        let mut looked_at_by: Vec<Vec<usize>> = vec![Vec::new(); structure.events.len()];
        let mut needed_by: Vec<Vec<usize>> = vec![Vec::new(); sets];
        let mut components_of: Vec<Vec<usize>> = vec![Vec::new(); sets];
        let mut block_of = vec![0; sets];
        for (index, set) in structure.sets.iter().enumerate() {
            let mut looks_at = |event: usize| {
                if looked_at_by[event].last() != Some(&index) {
                    looked_at_by[event].push(index);
                }
            };
            for &component in &set.instances_of {
                let own = &structure.components[component];
                own.instances
                    .iter()
                    .flatten()
                    .copied()
                    .for_each(&mut looks_at);
                own.shared.iter().copied().for_each(&mut looks_at);
                own.failover.into_iter().for_each(&mut looks_at);
            }
            set.connections.iter().copied().for_each(&mut looks_at);
            for requirement in &set.requirements {
                for member in &requirement.members {
                    member.connection.into_iter().for_each(&mut looks_at);
                }
            }
            for needed in set.needs() {
                needed_by[needed].push(index);
            }
        }
        for (component, sets) in structure.serving.iter().enumerate() {
            components_of[sets[0]].push(component);
        }
        for (block, members) in structure.blocks.iter().enumerate() {
            for &set in &members.sets {
                block_of[set] = block;
            }
        }
        let happened = vec![false; structure.events.len()];
        Self {
            up: structure.sets_up(&happened, Enough::Any),
            structure,
            happened,
            looked_at_by,
            needed_by,
            block_of,
            components_of,
        }
    }

    /// Whether a journey can be made while everything is there.
    pub fn is_up(&self, journey: usize) -> bool {
        self.structure.journey_is_up(journey, &self.up)
    }

    /// What goes down once these events have happened.
    pub fn without(&mut self, failed: &[usize]) -> Fallen {
        let mut fallen = Fallen::default();
        let mut open: BTreeSet<usize> = BTreeSet::new();
        for &event in failed {
            if let Some(happened) = self.happened.get_mut(event) {
                *happened = true;
                open.extend(
                    self.looked_at_by[event]
                        .iter()
                        .map(|&set| self.block_of[set]),
                );
            }
        }
        let mut down: Vec<usize> = Vec::new();
        while let Some(block) = open.pop_first() {
            let block = &self.structure.blocks[block];
            let before: Vec<bool> = block.sets.iter().map(|&set| self.up[set]).collect();
            for &set in &block.sets {
                self.up[set] = false;
                fallen.work += self.structure.sets[set].size();
            }
            self.structure
                .settle(block, &mut self.up, &self.happened, Enough::Any);
            for (&set, was_up) in block.sets.iter().zip(before) {
                if was_up && !self.up[set] {
                    down.push(set);
                    let needed_by = self.needed_by[set].iter();
                    open.extend(needed_by.map(|&other| self.block_of[other]));
                }
            }
        }
        for &set in &down {
            fallen.components.extend(&self.components_of[set]);
        }
        let is_served = |component: &usize| {
            let serving = &self.structure.serving[*component];
            serving.iter().any(|&set| self.up[set])
        };
        let components = fallen.components.iter().copied();
        fallen.unserved = components
            .filter(|component| !is_served(component))
            .collect();
        if !down.is_empty() {
            let up_now: Vec<bool> = (0..self.structure.journeys.len())
                .map(|journey| self.is_up(journey))
                .collect();
            for &set in &down {
                self.up[set] = true;
            }
            fallen.journeys = (0..up_now.len())
                .filter(|&journey| !up_now[journey] && self.is_up(journey))
                .collect();
        }
        for &event in failed {
            if let Some(happened) = self.happened.get_mut(event) {
                *happened = false;
            }
        }
        fallen
    }
}
