//! What still works after a few failures, computed from what depends on them alone.

use super::counted::Counted;
use super::{Enough, Structure};
use crate::analysis::turns::Turns;

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
    /// Per block, how much there is to look at.
    work_of: Vec<usize>,
    components_of: Vec<Vec<usize>>,
    /// Which journeys can be made while everything is there.
    journeys_up: Vec<bool>,
    /// Blocks that are still to be looked at.
    open: Turns,
    /// Sets that went down.
    down: Vec<usize>,
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
                let counted = own.counted.iter().flat_map(Counted::events);
                counted.for_each(&mut looks_at);
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
        let up = structure.sets_up(&happened, Enough::Any);
        Self {
            journeys_up: (0..structure.journeys.len())
                .map(|journey| structure.journey_is_up(journey, &up))
                .collect(),
            open: Turns::new(structure.blocks.len()),
            down: Vec::new(),
            up,
            structure,
            happened,
            looked_at_by,
            needed_by,
            block_of,
            work_of: structure
                .blocks
                .iter()
                .map(|block| {
                    block
                        .sets
                        .iter()
                        .map(|&set| structure.sets[set].size())
                        .sum()
                })
                .collect(),
            components_of,
        }
    }

    /// Whether a journey can be made while everything is there.
    pub fn is_up(&self, journey: usize) -> bool {
        self.journeys_up[journey]
    }

    /// What goes down once these events have happened; the room of an earlier answer is used again.
    pub fn without(&mut self, failed: &[usize], fallen: &mut Fallen) {
        fallen.clear();
        for &event in failed {
            if let Some(happened) = self.happened.get_mut(event) {
                *happened = true;
                for &set in &self.looked_at_by[event] {
                    self.open.insert(self.block_of[set]);
                }
            }
        }
        while let Some(block) = self.open.pop_first() {
            fallen.work += self.work_of[block];
            self.settle(block);
        }
        for &set in &self.down {
            fallen.components.extend(&self.components_of[set]);
        }
        let is_served = |component: usize| {
            let serving = &self.structure.serving[component];
            serving.iter().any(|&set| self.up[set])
        };
        let components = fallen.components.iter().copied();
        let unserved = components.filter(|&component| !is_served(component));
        fallen.unserved.extend(unserved);
        if !self.down.is_empty() {
            let is_down = |journey: &usize| {
                self.journeys_up[*journey] && !self.structure.journey_is_up(*journey, &self.up)
            };
            let journeys = 0..self.journeys_up.len();
            fallen.journeys.extend(journeys.filter(is_down));
        }
        for set in self.down.drain(..) {
            self.up[set] = true;
        }
        for &event in failed {
            if let Some(happened) = self.happened.get_mut(event) {
                *happened = false;
            }
        }
    }

    /// Finds what goes down in a block, and lets those that need it have their turn.
    fn settle(&mut self, block: usize) {
        let block = &self.structure.blocks[block];
        let known = self.down.len();
        for &set in &block.sets {
            if std::mem::replace(&mut self.up[set], false) {
                self.down.push(set);
            }
        }
        if self.down.len() == known {
            return;
        }
        self.structure
            .settle(block, &mut self.up, &self.happened, Enough::Any);
        let mut kept = known;
        for index in known..self.down.len() {
            let set = self.down[index];
            if self.up[set] {
                continue;
            }
            self.down[kept] = set;
            kept += 1;
            for &other in &self.needed_by[set] {
                self.open.insert(self.block_of[other]);
            }
        }
        self.down.truncate(kept);
    }
}

impl Fallen {
    fn clear(&mut self) {
        self.components.clear();
        self.unserved.clear();
        self.journeys.clear();
        self.work = 0;
    }
}
