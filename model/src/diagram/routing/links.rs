//! What every connection joins, and which ports it uses while cards stand where they do.

use std::collections::BTreeMap;

use super::super::{Point, Rect};
use super::bundles::bundles;
use super::ports::spread_ports;
use super::side::{Side, facing};
use crate::order::Order as _;
use crate::plan::Plan;

/// One connection with its ports.
#[derive(Clone, Debug)]
pub(super) struct Link {
    pub from: usize,
    pub to: usize,
    pub leaves: Side,
    pub arrives: Side,
    pub start: Point,
    pub end: Point,
    /// Connections of the same bundle may run on top of each other.
    pub bundle: usize,
    pub twins: Twins,
}

/// What a connection joins, and what it shares its way with.
#[derive(Clone, Copy, Debug)]
pub(super) struct Joined {
    pub from: usize,
    pub to: usize,
    pub bundle: usize,
    pub twins: Twins,
}

/// The connections between the same two components, in either direction: they run side by side.
#[derive(Clone, Copy, Debug)]
pub(super) struct Twins {
    /// The number of the first of them.
    pub first: usize,
    /// Which of them this is.
    pub index: usize,
    /// How many there are.
    pub count: usize,
}

/// What every connection joins; none where an end is missing.
pub(super) fn joined(plan: &Plan) -> Vec<Option<Joined>> {
    let mut index: BTreeMap<&str, usize> = BTreeMap::new();
    for (component, source) in plan.components.iter().enumerate() {
        index.entry(&source.id).or_insert(component);
    }
    let ends: Vec<Option<(usize, usize)>> = plan
        .connections
        .iter()
        .map(|connection| {
            let from = *index.get(connection.from.as_str())?;
            let to = *index.get(connection.to.as_str())?;
            Some((from, to))
        })
        .collect();
    let twins = twins(&ends);
    let bundles = bundles(plan, &ends, &twins);
    let parts = ends.iter().zip(bundles).zip(twins);
    parts
        .map(|((ends, bundle), twins)| {
            let (from, to) = (*ends)?;
            Some(Joined {
                from,
                to,
                bundle,
                twins,
            })
        })
        .collect()
}

/// For every connection, those between the same two components.
fn twins(ends: &[Option<(usize, usize)>]) -> Vec<Twins> {
    let pair = |number: usize| ends[number].map(|(a, b)| (a.min(b), a.max(b)));
    let mut order: Vec<usize> = (0..ends.len()).collect();
    order.order_by_key(|&number| pair(number));
    let alone = |first| Twins {
        first,
        index: 0,
        count: 1,
    };
    let mut twins: Vec<Twins> = (0..ends.len()).map(alone).collect();
    for group in order.chunk_by(|&a, &b| pair(a) == pair(b)) {
        if pair(group[0]).is_none() {
            continue;
        }
        for (index, &number) in group.iter().enumerate() {
            twins[number] = Twins {
                first: group[0],
                index,
                count: group.len(),
            };
        }
    }
    twins
}

/// Where cards stand while some of them are moved.
#[derive(Clone, Copy)]
pub(super) struct Standing<'a> {
    pub cards: &'a [Rect],
    pub is_moved: &'a [bool],
    pub by: (f64, f64),
}

impl<'a> Standing<'a> {
    pub(super) fn still(cards: &'a [Rect]) -> Self {
        Self {
            cards,
            is_moved: &[],
            by: (0.0, 0.0),
        }
    }

    pub(super) fn card(self, index: usize) -> Rect {
        let card = self.cards[index];
        if !self.is_moved(index) {
            return card;
        }
        Rect {
            x: card.x + self.by.0,
            y: card.y + self.by.1,
            ..card
        }
    }

    pub(super) fn is_moved(self, index: usize) -> bool {
        self.is_moved.get(index) == Some(&true)
    }
}

/// Connections with their ports.
pub(super) fn links(joined: &[Option<Joined>], standing: Standing) -> Vec<Option<Link>> {
    let link = |joined: &Option<Joined>| {
        let Joined {
            from,
            to,
            bundle,
            twins,
        } = (*joined)?;
        if from.max(to) >= standing.cards.len() {
            return None;
        }
        let (a, b) = (standing.card(from), standing.card(to));
        // Those that run side by side face each other alike, in whichever direction they lead.
        let is_turned = twins.count > 1 && from > to;
        let (leaves, arrives) = if is_turned {
            let (arrives, leaves) = facing(b, a);
            (leaves, arrives)
        } else {
            facing(a, b)
        };
        Some(Link {
            from,
            to,
            leaves,
            arrives,
            start: leaves.middle(a),
            end: arrives.middle(b),
            bundle,
            twins,
        })
    };
    let mut links: Vec<Option<Link>> = joined.iter().map(link).collect();
    spread_ports(&mut links, standing);
    links
}
