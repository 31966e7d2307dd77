//! Picks an offer and a number of instances for every component, so that the peak is carried.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::mapping::moved;
use super::offers::{Candidate, Spot, candidates};
use crate::analysis::cost::cost;
use crate::analysis::operating_point::{OperatingPoint, operating_point};
use crate::analysis::stations::{Station, stations};
use crate::analysis::traffic::{Conditions, Load, Resource, Traffic, busiest, traffic};
use crate::catalog::{Catalog, Offer};
use crate::commands::SetInstances;
use crate::order::Order as _;
use crate::plan::{Component, HostingKind, Id, Plan};
use crate::topology::{Need, Redundancy, Topology};

/// What every hosted component moves to, and who most of it is had from.
pub(super) struct Picked {
    /// The provider of the way.
    pub provider: Option<String>,
    /// In the order of the plan.
    pub choices: Vec<(Id, Choice)>,
}

/// What one component moves to.
#[derive(Clone, Debug)]
pub(super) struct Choice {
    /// The offer; none if there is none that carries it, so that it stays as it is.
    offer: Option<Spot>,
    /// How many of it.
    pub instances: usize,
    /// How many offers were looked at.
    pub considered: usize,
    /// How many the plan has now, or as few as it gets by with.
    pub enough: usize,
    month: Option<f64>,
}

impl Choice {
    /// The offer, in the catalogue that it was picked from.
    pub(super) fn offer<'a>(&self, catalog: &'a Catalog) -> Option<&'a Offer> {
        self.offer?.offer(catalog)
    }
}

/// Rounds in which instances are added until the peak is carried with all attempts and waits counted.
const ROUNDS: usize = 6;

/// Utilisations may exceed the ceiling by this share: rounding.
const ROUNDING: f64 = 1e-9;

/// The search for offers, one round at a time, so that others have their turn in between.
pub(super) struct Search {
    /// Independent of the order of the file: what is added up and compared is so by name.
    wants: Vec<Want>,
    ceiling: f64,
    /// Those that have anything, by name.
    providers: Vec<AtProvider>,
    /// How many of them are done.
    done: usize,
}

impl Search {
    pub(super) fn new(plan: &Plan, catalog: &Catalog, kind: HostingKind) -> Self {
        let topology = Topology::new(plan, catalog);
        let now = traffic(&topology, &Conditions::peak(&topology));
        let mut wants: Vec<Want> = (0..topology.components.len())
            .filter(|&component| {
                let behaviour = topology.components[component].kind.behaviour;
                !behaviour.is_source && !behaviour.is_external
            })
            .map(|component| want(&topology, &now, catalog, component, kind))
            .collect();
        wants.order_by(|a, b| a.id.cmp(&b.id));
        let mut providers: Vec<AtProvider> = catalog
            .providers
            .iter()
            .enumerate()
            .map(|(index, provider)| AtProvider::new(index, &provider.id, &wants))
            .filter(|one| one.lists.iter().any(|list| !list.is_empty()))
            .collect();
        providers.order_by(|a, b| a.id.cmp(&b.id));
        let ceiling = plan.assumptions.get("planning_ceiling").base;
        Self {
            wants,
            ceiling: ceiling.clamp(0.01, 1.0),
            providers,
            done: 0,
        }
    }

    /// Looks at one more offer of one provider for every component; `false` once there is nothing left to look at.
    pub(super) fn round(&mut self, plan: &Plan, catalog: &Catalog) -> bool {
        let Some(provider) = self.providers.get_mut(self.done) else {
            return false;
        };
        if !provider.round(plan, catalog, &self.wants, self.ceiling) {
            self.done += 1;
        }
        true
    }

    /// What is best of all that was looked at.
    pub(super) fn picked(&self, plan: &Plan, catalog: &Catalog) -> Picked {
        let home = most_complete(&self.wants, &self.providers);
        let mut choices: BTreeMap<&Id, Choice> = self
            .wants
            .iter()
            .enumerate()
            .map(|(index, want)| {
                let at_home = home.and_then(|home| home.best[index].clone());
                let elsewhere = || {
                    let all = self.providers.iter();
                    let all = all.filter_map(|provider| provider.best[index].as_ref());
                    all.min_by(|a, b| want.compare(catalog, a, b)).cloned()
                };
                let choice = at_home.or_else(elsewhere).unwrap_or(Choice {
                    offer: None,
                    instances: want.instances,
                    considered: want.candidates.len(),
                    enough: want.enough(),
                    month: None,
                });
                (&want.id, choice)
            })
            .collect();
        settle(plan, catalog, self.ceiling, &self.wants, &mut choices);
        let choices = plan
            .components
            .iter()
            .filter_map(|component| Some((component.id.clone(), choices.remove(&component.id)?)))
            .collect();
        Picked {
            provider: home.map(|home| home.id.clone()),
            choices,
        }
    }
}

/// What a component needs, and where it may go.
struct Want {
    id: Id,
    load: Load,
    /// How many times its load it gets when one of the alternatives to it is gone, where that is carried now.
    surge: f64,
    instances: usize,
    spare: usize,
    redundancy: Redundancy,
    serves_alone: bool,
    provider: Option<String>,
    region: Option<String>,
    offer: Option<String>,
    candidates: Vec<Candidate>,
}

impl Want {
    /// The fewest instances that it can have: one and those to spare, or what its redundancy counts with.
    fn fewest(&self) -> usize {
        match self.redundancy {
            Redundancy::Capacity => 1 + self.spare,
            _ => self.instances,
        }
    }

    /// Up to so many instances an offer counts as big enough.
    fn enough(&self) -> usize {
        self.instances.max(self.fewest())
    }

    /// The better of two choices first: enough of it, a known price, cheaper, then what the plan has now.
    fn compare(&self, catalog: &Catalog, a: &Choice, b: &Choice) -> std::cmp::Ordering {
        let month = |choice: &Choice| choice.month.unwrap_or(f64::INFINITY);
        let is_other = |choice: &Choice| {
            let offer = choice.offer(catalog);
            let differs = |now: &Option<String>, then: Option<&str>| now.as_deref() != then;
            (
                differs(&self.offer, offer.map(|offer| offer.id.as_str())),
                differs(&self.provider, offer.map(|offer| offer.provider.as_str())),
                differs(
                    &self.region,
                    offer.and_then(|offer| offer.region.as_deref()),
                ),
            )
        };
        let is_too_small = |choice: &Choice| choice.instances > self.enough();
        let id = |choice: &Choice| choice.offer(catalog).map(|offer| offer.id.as_str());
        is_too_small(a)
            .cmp(&is_too_small(b))
            .then(month(a).total_cmp(&month(b)))
            .then(is_other(a).cmp(&is_other(b)))
            .then_with(|| id(a).cmp(&id(b)))
    }

    /// How many instances of what a topology has it on carry its load; none if even the most do not.
    fn instances_of(&self, topology: &Topology, ceiling: f64) -> Option<usize> {
        let component = topology.component_index(&self.id)?;
        let utilisation = Resource::RATES
            .into_iter()
            .filter_map(|resource| {
                let demand = resource.demand(&self.load);
                let capacity = lasting(topology, component, resource)?;
                (demand > 0.0).then(|| demand / capacity)
            })
            .fold(0.0, f64::max);
        let at_ceiling = (utilisation / ceiling - ROUNDING).ceil().max(1.0);
        let unsaturated = (utilisation * self.surge).floor() + 1.0;
        let most = f64::from(SetInstances::MOST);
        if self.serves_alone {
            return (at_ceiling <= 1.0).then_some(self.instances);
        }
        let needed = match self.redundancy {
            Redundancy::Capacity => at_ceiling.max(unsaturated + self.spare as f64),
            _ => at_ceiling.max(self.instances as f64),
        };
        (needed <= most).then_some(needed as usize)
    }
}

/// What one instance carries of a resource for good.
fn lasting(topology: &Topology, component: usize, resource: Resource) -> Option<f64> {
    let resolved = &topology.components[component];
    let lent = match resource {
        Resource::Cpu => resolved.cpu_credit,
        Resource::Disk => resolved.disk.as_ref().and_then(|disk| disk.credit),
        _ => None,
    };
    let capacity = resource.capacity(topology, component)?;
    Some(
        lent.map_or(capacity, |(for_good, _)| for_good.min(capacity))
            .max(1e-9),
    )
}

fn want(
    topology: &Topology,
    now: &Traffic,
    catalog: &Catalog,
    component: usize,
    kind: HostingKind,
) -> Want {
    let resolved = &topology.components[component];
    // What waits to replace another has to carry what that carries.
    let worker = resolved.standby_for.unwrap_or(component);
    let load = asked(topology, now, worker);
    let utilisation = busiest(topology, component, &load, 1);
    let instances = resolved.instances;
    let needed = (utilisation.floor() as usize).saturating_add(1);
    let alternatives = surge(topology, component);
    let survives = utilisation * alternatives < instances as f64;
    Want {
        id: topology.id(component).clone(),
        load,
        surge: if survives { alternatives } else { 1.0 },
        instances,
        spare: instances.saturating_sub(needed),
        redundancy: resolved.redundancy,
        serves_alone: matches!(resolved.redundancy, Redundancy::PrimaryReplica { .. }),
        provider: resolved.offer.map(|offer| offer.provider.clone()),
        region: resolved.offer.and_then(|offer| offer.region.clone()),
        offer: resolved.offer.map(|offer| offer.id.clone()),
        candidates: candidates(topology.plan, catalog, resolved.source, kind),
    }
}

/// What a component gets at the peak, or over the day where nobody waits for its work.
fn asked(topology: &Topology, now: &Traffic, component: usize) -> Load {
    if now.waited_for[component] {
        return now.loads[component];
    }
    let journeys = topology.journeys.iter().zip(&now.journeys).enumerate();
    journeys
        .map(|(index, (journey, flow))| {
            now.load_per_request(topology, index, component)
                .times(journey.mean_share() * flow.arrival_rate.0)
        })
        .fold(Load::default(), Load::plus)
}

/// How many times its load a component gets when one of those that share its calls is gone.
fn surge(topology: &Topology, component: usize) -> f64 {
    let groups = topology.components[component]
        .callers
        .iter()
        .map(|&connection| &topology.groups[topology.connections[connection].group]);
    groups
        .filter(|group| group.divides && matches!(group.need, Need::AtLeast(_)))
        .map(|group| group.members.len())
        .filter(|&members| members > 1)
        .map(|members| members as f64 / (members - 1) as f64)
        .fold(1.0, f64::max)
}

/// The best choice of each component among the offers of one provider, as far as they were looked at.
struct AtProvider {
    id: String,
    /// What each component may move to here, in the order of its candidates.
    lists: Vec<Vec<Candidate>>,
    /// How many of these were looked at.
    seen: Vec<usize>,
    best: Vec<Option<Choice>>,
}

impl AtProvider {
    fn new(provider: usize, id: &str, wants: &[Want]) -> Self {
        let here = |want: &Want| {
            let all = want.candidates.iter().copied();
            all.filter(|one| one.spot.provider == provider).collect()
        };
        Self {
            id: id.to_owned(),
            lists: wants.iter().map(here).collect(),
            seen: vec![0; wants.len()],
            best: vec![None; wants.len()],
        }
    }

    /// The next offer for a component that may be better than the best so far.
    fn next(&mut self, index: usize, want: &Want) -> Option<Spot> {
        let candidate = self.lists[index].get(self.seen[index])?;
        // A bill is never below the list price, and the list prices rise.
        let least = candidate.list_month * want.fewest() as f64;
        let is_beaten = self.best[index].as_ref().is_some_and(|best| {
            best.instances <= want.enough() && best.month.is_some_and(|month| month <= least)
        });
        if is_beaten {
            return None;
        }
        self.seen[index] += 1;
        Some(candidate.spot)
    }

    /// Looks at one more offer for every component; `false` once none can be better.
    fn round(&mut self, plan: &Plan, catalog: &Catalog, wants: &[Want], ceiling: f64) -> bool {
        let mut trial: BTreeMap<&Id, (Spot, usize)> = BTreeMap::new();
        let mut tried = Vec::new();
        for (index, want) in wants.iter().enumerate() {
            if let Some(spot) = self.next(index, want) {
                trial.insert(&want.id, (spot, want.instances));
                tried.push((index, spot));
            } else if let Some(Choice {
                offer: Some(spot),
                instances,
                ..
            }) = &self.best[index]
            {
                trial.insert(&want.id, (*spot, *instances));
            }
        }
        if tried.is_empty() {
            return false;
        }
        let one_each = put(plan, catalog, &trial);
        let topology = Topology::new(&one_each, catalog);
        tried.retain(|&(index, spot)| {
            let instances = wants[index].instances_of(&topology, ceiling);
            match instances {
                Some(instances) => trial.insert(&wants[index].id, (spot, instances)),
                None => trial.remove(&wants[index].id),
            };
            instances.is_some()
        });
        let next = put(plan, catalog, &trial);
        let topology = Topology::new(&next, catalog);
        let at_peak = traffic(&topology, &Conditions::peak(&topology));
        let all = stations(&topology, &at_peak);
        let bill = cost(&topology, &at_peak);
        for (index, spot) in tried {
            let want = &wants[index];
            let Some(component) = topology.component_index(&want.id) else {
                continue;
            };
            if !has_room(&all[component]) {
                continue;
            }
            let choice = Choice {
                offer: Some(spot),
                instances: trial[&want.id].1,
                considered: want.candidates.len(),
                enough: want.enough(),
                month: bill.components[component].month().map(|month| month.0),
            };
            if self.best[index]
                .as_ref()
                .is_none_or(|best| want.compare(catalog, &choice, best).is_lt())
            {
                self.best[index] = Some(choice);
            }
        }
        true
    }
}

/// Whether memory and data fit.
fn has_room(station: &Station) -> bool {
    [Resource::Memory, Resource::Storage]
        .into_iter()
        .all(|resource| station.utilisation(resource).is_none_or(|used| used <= 1.0))
}

/// The provider that has what most components need; of several, the one whose bill is known most, then the
/// cheapest, then the one that the plan has most of now.
fn most_complete<'p>(wants: &[Want], providers: &'p [AtProvider]) -> Option<&'p AtProvider> {
    let worth = |one: &AtProvider| {
        let found = || one.best.iter().flatten();
        let months = found().filter_map(|choice| choice.month);
        let present = wants
            .iter()
            .filter(|want| want.provider.as_deref() == Some(&one.id));
        (
            found().count(),
            months.clone().count(),
            months.sum::<f64>(),
            present.count(),
        )
    };
    providers
        .iter()
        .map(|one| (one, worth(one)))
        .filter(|(_, worth)| worth.0 > 0)
        .min_by(|(one, a), (other, b)| {
            b.0.cmp(&a.0)
                .then(b.1.cmp(&a.1))
                .then(a.2.total_cmp(&b.2))
                .then(b.3.cmp(&a.3))
                .then(one.id.cmp(&other.id))
        })
        .map(|(one, _)| one)
}

/// Adds instances until the peak is carried with all attempts, waits and workers counted, or nothing more helps.
fn settle(
    plan: &Plan,
    catalog: &Catalog,
    ceiling: f64,
    wants: &[Want],
    choices: &mut BTreeMap<&Id, Choice>,
) {
    for _ in 0..ROUNDS {
        let trial = choices
            .iter()
            .filter_map(|(&id, choice)| Some((id, (choice.offer?, choice.instances))))
            .collect();
        let next = put(plan, catalog, &trial);
        let topology = Topology::new(&next, catalog);
        let point = operating_point(&topology, Conditions::peak(&topology));
        let mut grew = false;
        for want in wants.iter().filter(|want| !want.serves_alone) {
            let (Some(component), Some(choice)) = (
                topology.component_index(&want.id),
                choices.get_mut(&want.id),
            ) else {
                continue;
            };
            let used = short_of(&point, component);
            if choice.offer.is_some() && used > 1.0 - ROUNDING {
                let scaled = (choice.instances as f64 * used / ceiling).ceil();
                let more = (scaled.min(f64::from(SetInstances::MOST)) as usize)
                    .max(choice.instances + 1)
                    .min(SetInstances::MOST as usize);
                grew |= more > choice.instances;
                choice.instances = more;
            }
        }
        if !grew {
            return;
        }
    }
}

/// How many times over a component is used that is waited for; 0 where all is well.
fn short_of(point: &OperatingPoint, component: usize) -> f64 {
    let station = &point.stations[component];
    if !point.traffic.waited_for[component] || !station.saturated {
        return 0.0;
    }
    let workers = station
        .pool
        .filter(|pool| pool.capacity.0 > 0.0)
        .map(|pool| station.arrival_rate.0 / pool.capacity.0);
    station
        .rates()
        .map(|used| used.utilisation)
        .chain(workers)
        .filter(|used| used.is_finite())
        .fold(0.0, f64::max)
}

/// The plan with components moved.
fn put(plan: &Plan, catalog: &Catalog, to: &BTreeMap<&Id, (Spot, usize)>) -> Plan {
    let mut next = plan.clone();
    for component in &mut next.components {
        if let Some(&(spot, instances)) = to.get(&component.id)
            && let Some(offer) = spot.offer(catalog)
        {
            let changed: Component = moved(component, plan, catalog, offer, instances);
            *component = Rc::new(changed);
        }
    }
    next
}
