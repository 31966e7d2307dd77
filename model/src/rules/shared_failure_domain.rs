//! Copies that fail together because they stand in one place.

use std::collections::BTreeSet;

use super::{Context, Finding, Rule, Severity};
use crate::analysis::availability::Cause;
use crate::commands::{ChangePlace, Command, SetPlacement, Together};
use crate::plan::{Place, PlaceKind};
use crate::topology::{Need, Topology};
use crate::words::{Words, text};

pub(super) const RULE: Rule = Rule {
    id: "shared-failure-domain",
    severity: Severity::High,
    why: "Copies in one place fail together when the place does: they protect against one broken machine, not against this.",
    advice: "Spread the copies over places that do not fail together.",
    limits: "Knows only the places in the plan: two zones may share what nobody wrote down.",
    bad: "place box: host\nusers -> app*2@box",
    good: "place box-a: host\nplace box-b: host\nusers -> app*2@box-a/box-b",
    check,
};

fn check(context: &Context) -> Vec<Finding> {
    let topology = context.topology;
    let fatal = context.taking_down("place:", Cause::Domain);
    if fatal.is_empty() {
        return Vec::new();
    }
    let redundant = redundant(topology);
    let mut findings = Vec::new();
    for (domain, place) in topology.domains.iter().enumerate() {
        if !fatal.contains(place.id.as_str()) {
            continue;
        }
        let shared: Vec<&BTreeSet<usize>> = redundant
            .iter()
            .filter(|set| stand_in(topology, set, domain))
            .filter(|set| !is_inside_reported(topology, domain, set))
            .collect();
        let copies: BTreeSet<usize> = shared.iter().copied().flatten().copied().collect();
        if copies.is_empty() {
            continue;
        }
        let names: Vec<&str> = copies
            .iter()
            .map(|&component| topology.name(component))
            .collect();
        let title = match shared.as_slice() {
            [only] if only.len() > 1 => {
                words!(
                    "{names} all stand in {place}",
                    names = names.join(", "),
                    place = &place.name
                )
            }
            _ => words!(
                "All copies of {names} stand in {place}",
                names = names.join(", "),
                place = &place.name
            ),
        };
        let subjects = copies
            .iter()
            .map(|&component| topology.id(component).clone());
        let subjects = subjects.chain([place.id.clone()]).collect();
        let severity = match place.kind {
            PlaceKind::Provider | PlaceKind::Region | PlaceKind::Account => Severity::Info,
            _ => Severity::High,
        };
        let finding = RULE.finding(subjects, title).severity(severity);
        findings.push(match place.source {
            Some(source) if severity == Severity::High => {
                let (label, command) = spread(topology, source, &shared);
                finding.fix(label, command)
            }
            _ => finding,
        });
    }
    findings
}

/// What is there more than once: the instances of one component, or alternatives that are not all needed.
fn redundant(topology: &Topology) -> Vec<BTreeSet<usize>> {
    let several = (0..topology.components.len())
        .filter(|&component| topology.components[component].instances > 1)
        .map(|component| BTreeSet::from([component]));
    let mut seen: BTreeSet<BTreeSet<usize>> = BTreeSet::new();
    let alternatives = topology.groups.iter().filter_map(|group| {
        let targets = group.carriers();
        let targets: BTreeSet<usize> = targets.map(|m| topology.connections[m].to).collect();
        let is_choice = matches!(group.need, Need::AtLeast(needed) if needed < targets.len());
        let is_new = is_choice && targets.len() > 1 && seen.insert(targets.clone());
        is_new.then_some(targets)
    });
    several.chain(alternatives).collect()
}

/// Whether all instances of these components stand in a place.
fn stand_in(topology: &Topology, components: &BTreeSet<usize>, domain: usize) -> bool {
    components.iter().all(|&component| {
        let resolved = &topology.components[component];
        resolved.placement.len() == resolved.instances
            && resolved
                .placement
                .paths()
                .all(|(path, _)| path.contains(&domain))
    })
}

/// A wider place takes the same copies down as a narrower one in it: the narrowest says enough.
fn is_inside_reported(topology: &Topology, domain: usize, copies: &BTreeSet<usize>) -> bool {
    let Some(path) = copies
        .first()
        .and_then(|&first| topology.components[first].placement.first())
    else {
        return false;
    };
    let mut narrower = path.iter().take_while(|inner| **inner != domain);
    narrower.any(|&inner| stand_in(topology, copies, inner))
}

/// The edit that puts one copy of each of these into a second place of the same kind beside the first.
fn spread(topology: &Topology, place: &Place, shared: &[&BTreeSet<usize>]) -> (Words, Command) {
    let id = topology.plan.free_id(&place.id);
    let mut second = Place::new(id.clone(), place.kind);
    second.within.clone_from(&place.within);
    let mut commands = vec![Command::from(ChangePlace { place: second })];
    let mut names: Vec<&str> = Vec::new();
    for set in shared {
        let Some(&last) = set.last() else { continue };
        let component = topology.components[last].source;
        let mut placement = component.placement.clone();
        if set.len() > 1 {
            placement = topology.plan.placement_in(component, Some(&id));
        } else {
            // Instances are dealt in turn: the second one stands in the second place.
            placement.insert(placement.len().min(1), id.clone());
        }
        names.push(topology.name(last));
        commands.push(Command::from(SetPlacement {
            component: component.id.clone(),
            placement,
        }));
    }
    let kind = text(place.kind.noun());
    let names = names.into_iter().map(|name| Words::from(name.to_owned()));
    let names = names.reduce(|all, name| words!("{all} and one {name}", all, name));
    let label = words!(
        "Put one {names} in a second {kind}",
        names = names.unwrap_or_default(),
        kind
    );
    let title = label.clone();
    (label, Command::from(Together { title, commands }))
}
