//! What a loss means to a journey: the most that any component behind it loses, and the slowest of those that it
//! cannot do without.

use std::collections::BTreeMap;

use super::loss::{Disruption, Loss, wide_losses};
use super::outcome::{Outcome, Remedy, Situation};
use super::step::Timeline;
use super::{Known, MOST_WORK, Recovery, Single};
use crate::order::Order as _;
use crate::plan::{Mode, PlaceKind};
use crate::topology::{DependencyGroup, Need, Redundancy, Topology};

/// Seconds until something works, and the component that takes them.
type Wait = (f64, usize);

/// What every journey loses and waits for, per class, and how many losses were not looked at.
pub(super) fn journeys(
    situation: Situation,
    known: &Known,
    singles: &[Vec<Single>],
) -> (Vec<Vec<Recovery>>, usize) {
    let topology = situation.topology;
    let worst = &known.worst;
    let mut sweep = Sweep::new(situation, known);
    let wide = [Disruption::Zone, Disruption::Region].map(|class| {
        let losses = wide_losses(topology, class).into_iter();
        let waits: Vec<(Loss, Vec<Wait>)> = losses
            .filter_map(|loss| Some((loss, sweep.whole(class, loss)?)))
            .collect();
        (class, waits)
    });
    let software = sweep.whole(Disruption::Software, Loss::Everything);
    let mut places: BTreeMap<usize, Option<Vec<Wait>>> = BTreeMap::new();
    let mut by_entry: BTreeMap<usize, Vec<Recovery>> = BTreeMap::new();
    let mut journeys = Vec::with_capacity(topology.journeys.len());
    for (journey, singles) in topology.journeys.iter().zip(singles) {
        let entry = journey.entry;
        if let Some(alike) = by_entry.get(&entry) {
            journeys.push(alike.clone());
            continue;
        }
        let (reached, required) = reached(topology, entry);
        let data = |class: usize| {
            let behind = (0..reached.len()).filter(|&c| reached[c]);
            let most = behind
                .map(|c| (worst[c][class].lost_seconds, c))
                .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(&a.1)));
            most.filter(|most| most.0 > 0.0)
        };
        let mut classes = Vec::with_capacity(4);
        for (index, class) in Disruption::ALL.into_iter().enumerate() {
            let outage: Option<(f64, usize, Outcome)> = match class {
                Disruption::Software => software.as_ref().map(|whole| {
                    let (time, slowest) = whole[entry];
                    (
                        time,
                        slowest,
                        situation.outcome(class, Loss::Everything, slowest),
                    )
                }),
                Disruption::Hardware => {
                    let is_single = |c: usize| singles.contains(&Single::Component(c));
                    let switches = |c: usize| {
                        let redundancy = topology.components[c].redundancy;
                        required[c] && matches!(redundancy, Redundancy::PrimaryReplica { .. })
                    };
                    let alone = (0..reached.len())
                        .filter(|&c| reached[c] && (is_single(c) || switches(c)))
                        .filter_map(|c| {
                            let outage = known.outage(&worst[c][index])?.clone();
                            Some((outage.outage_seconds(), c, outage))
                        });
                    let mut all: Vec<(f64, usize, Outcome)> = alone.collect();
                    for single in singles {
                        let Single::Place(place) = *single else {
                            continue;
                        };
                        if !is_machine(topology.domains[place].kind) {
                            continue;
                        }
                        let loss = Loss::Place(place);
                        let whole = places
                            .entry(place)
                            .or_insert_with(|| sweep.whole(class, loss));
                        if let Some(whole) = whole {
                            let (time, slowest) = whole[entry];
                            all.push((time, slowest, situation.outcome(class, loss, slowest)));
                        }
                    }
                    slowest(all)
                }
                Disruption::Zone | Disruption::Region => {
                    let (_, losses) = &wide[index - 2];
                    let all = losses.iter().map(|(loss, whole)| {
                        let (time, slowest) = whole[entry];
                        (time, slowest, situation.outcome(class, *loss, slowest))
                    });
                    slowest(all.collect())
                }
            };
            let outage = outage.filter(|outage| outage.0 > 0.0);
            let lost = data(index);
            let lost_as = lost.and_then(|(_, c)| known.data(&worst[c][index]));
            let remedy = lost_as.map(|worst| worst.remedy);
            let remedy = remedy.or(outage.as_ref().map(|outage| outage.2.remedy));
            classes.push(Recovery {
                class,
                data_loss: lost_as.map_or(Some(Timeline::default()), |w| w.data_loss.clone()),
                loses: lost.map(|(_, component)| component),
                waits_for: outage.as_ref().map(|outage| outage.1),
                outage: outage.map_or(Some(Timeline::default()), |outage| outage.2.outage),
                remedy: remedy.unwrap_or(Remedy::Unneeded),
            });
        }
        by_entry.insert(entry, classes.clone());
        journeys.push(classes);
    }
    (journeys, sweep.unchecked)
}

fn is_machine(kind: PlaceKind) -> bool {
    matches!(kind, PlaceKind::Host | PlaceKind::Rack | PlaceKind::Power)
}

fn slowest(all: Vec<(f64, usize, Outcome)>) -> Option<(f64, usize, Outcome)> {
    all.into_iter()
        .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(&a.1)))
}

/// Which components a journey reaches, and which it reaches through calls that all have to be answered.
fn reached(topology: &Topology, entry: usize) -> (Vec<bool>, Vec<bool>) {
    let walk = |follows: &dyn Fn(&DependencyGroup) -> bool| {
        let mut seen = vec![false; topology.components.len()];
        let mut open = vec![entry];
        while let Some(component) = open.pop() {
            if std::mem::replace(&mut seen[component], true) {
                continue;
            }
            for &group in &topology.components[component].groups {
                let group = &topology.groups[group];
                if follows(group) {
                    let members = group.members.iter();
                    open.extend(members.map(|&member| topology.connections[member].to));
                }
            }
        }
        seen
    };
    (walk(&|_| true), walk(&DependencyGroup::needs_all))
}

/// Follows one loss through the calls.
struct Sweep<'t> {
    situation: Situation<'t>,
    known: &'t Known,
    left: usize,
    unchecked: usize,
}

impl<'t> Sweep<'t> {
    fn new(situation: Situation<'t>, known: &'t Known) -> Self {
        Self {
            situation,
            known,
            left: MOST_WORK,
            unchecked: 0,
        }
    }

    /// Seconds that a loss takes a component by itself.
    fn wait(&self, class: Disruption, loss: Loss, component: usize) -> f64 {
        let known = self.known.wait(class, loss, component);
        known.unwrap_or_else(|| {
            let outcome = self.situation.outcome(class, loss, component);
            outcome.outage_seconds()
        })
    }

    /// How long each component is gone with all it needs; none if that is one loss too many.
    fn whole(&mut self, class: Disruption, loss: Loss) -> Option<Vec<Wait>> {
        let topology = self.situation.topology;
        let instances: usize = topology.components.iter().map(|c| c.instances).sum();
        let work = instances + topology.connections.len();
        if work > self.left {
            self.unchecked += 1;
            return None;
        }
        self.left -= work;
        let mut whole: Vec<Wait> = (0..topology.components.len())
            .map(|component| (self.wait(class, loss, component), component))
            .collect();
        // What a component waits for without itself: what a cache that may be missed reads through to.
        let mut below: Vec<Wait> = (0..whole.len()).map(|component| (0.0, component)).collect();
        for circle in &topology.order {
            for &component in circle {
                for &group in &topology.components[component].groups {
                    let wait =
                        group_wait(topology, &topology.groups[group], circle, &whole, &below);
                    longer(&mut below[component], wait);
                }
            }
            // In a circle everything is waited for.
            let mut longest = (0.0, circle[0]);
            for &component in circle {
                longer(&mut longest, below[component]);
                if circle.len() > 1 {
                    longer(&mut longest, whole[component]);
                }
            }
            for &component in circle {
                below[component] = longest;
                longer(&mut whole[component], longest);
            }
        }
        Some(whole)
    }
}

/// How long a group keeps its caller waiting: until as many of its targets work as it needs.
fn group_wait(
    topology: &Topology,
    group: &DependencyGroup,
    circle: &[usize],
    whole: &[Wait],
    below: &[Wait],
) -> Wait {
    let targets = group.carriers().map(|member| &topology.connections[member]);
    let outside = targets.filter(|connection| !circle.contains(&connection.to));
    match group.need {
        Need::Optional => {
            let mut wait = (0.0, group.from);
            for connection in outside {
                let is_cache = topology.components[connection.to].kind.behaviour.caches;
                if is_cache && connection.mode != Mode::Async {
                    longer(&mut wait, below[connection.to]);
                }
            }
            wait
        }
        Need::AtLeast(count) => {
            if group.needs_all() {
                let waits = outside.map(|connection| whole[connection.to]);
                let last = waits.max_by(|a, b| a.0.total_cmp(&b.0));
                return last.unwrap_or((0.0, group.from));
            }
            let mut waits: Vec<Wait> = outside.map(|connection| whole[connection.to]).collect();
            waits.order_by(|a, b| a.0.total_cmp(&b.0));
            let last = count.min(waits.len()).checked_sub(1);
            last.map_or((0.0, group.from), |last| waits[last])
        }
    }
}

fn longer(wait: &mut Wait, other: Wait) {
    if other.0 > wait.0 {
        *wait = other;
    }
}
