//! A cluster that loses its majority with one place.

use super::{Context, Finding, Rule, Severity};
use crate::analysis::availability::Cause;
use crate::commands::{ChangePlace, Command, SetPlacement, Together};
use crate::plan::{Id, Place, PlaceKind, Redundancy};
use crate::topology::Topology;
use crate::words::Words;

pub(super) const RULE: Rule = Rule {
    id: "quorum-in-one-place",
    severity: Severity::High,
    why: "The votes that are left when this place is gone are no quorum: they work, and may decide nothing. So many votes protect against machines that break, not against this.",
    advice: "Spread the votes so that no place holds more of them than the cluster can spare: over three places at least.",
    limits: "Counts every instance as a vote, and knows only the places in the plan. A region counts only where several are drawn for the cluster.",
    bad: "place a: zone\nplace b: zone\nusers -> lb*2@a/b -> app*2@a/b -> store:nosql-database*3@a/b[redundancy=quorum:2]",
    good: "place a: zone\nplace b: zone\nplace c: zone\nusers -> lb*2@a/b -> app*2@a/b -> store:nosql-database*3@a/b/c[redundancy=quorum:2]",
    check,
};

fn check(context: &Context) -> Vec<Finding> {
    let topology = context.topology;
    let fatal = context.taking_down("place:", Cause::Domain);
    let mut findings = Vec::new();
    for (component, resolved) in topology.components.iter().enumerate() {
        let votes = resolved.instances;
        let quorum = match resolved.source.redundancy {
            Some(Redundancy::Quorum(quorum)) if votes > 1 => quorum as usize,
            _ => continue,
        };
        let spared = votes.saturating_sub(quorum.max(1));
        if spared == 0 {
            // Then every single vote is missed: that is for other rules to say.
            continue;
        }
        let Some((domain, held)) = holds_too_many(topology, component, spared) else {
            continue;
        };
        let place = &topology.domains[domain];
        if held == votes && fatal.contains(place.id.as_str()) {
            // Copies that all stand in one place are found as such.
            continue;
        }
        let name = topology.name(component);
        let title = words!(
            "{held} of {votes} votes of {name} stand in {place}: without it there is no quorum",
            held,
            votes,
            name,
            place = &place.name
        );
        let subjects = vec![topology.id(component).clone(), place.id.clone()];
        let finding = RULE
            .finding(subjects, title)
            .number("votes", votes as f64)
            .number("in_the_place", held as f64)
            .number("spared", spared as f64);
        let fix = place
            .source
            .and_then(|source| spread(topology, component, source, votes.div_ceil(spared)));
        findings.push(match fix {
            Some(together) => finding.fix(together.title.clone(), together),
            None => finding,
        });
    }
    findings
}

/// The narrowest place that holds more of the votes than can be spared, and how many.
fn holds_too_many(topology: &Topology, component: usize, spared: usize) -> Option<(usize, usize)> {
    let placement = &topology.components[component].placement;
    let holds = |domain: usize| placement.count(|path| path.contains(&domain));
    let mut found: Vec<(usize, usize)> = Vec::new();
    for &domain in placement.paths().flat_map(|(path, _)| path) {
        let kind = topology.domains[domain].kind;
        let is_wide = matches!(kind, PlaceKind::Provider | PlaceKind::Account);
        if is_wide || found.iter().any(|&(other, _)| other == domain) {
            continue;
        }
        let held = holds(domain);
        let is_the_only_region = kind == PlaceKind::Region && held == placement.len();
        if !is_the_only_region {
            found.push((domain, held));
        }
    }
    found.retain(|&(_, held)| held > spared);
    // Of nested places that hold as many, the path names the narrower one first.
    found
        .into_iter()
        .reduce(|least, next| if next.1 < least.1 { next } else { least })
}

/// The edit that deals the votes to this many places of one kind; none if they stand in places of several kinds.
fn spread(topology: &Topology, component: usize, place: &Place, places: usize) -> Option<Together> {
    let source = topology.components[component].source;
    let stands_in = source.placement.iter();
    let stands_in: Vec<&Place> = stands_in
        .filter_map(|id| topology.plan.place(id))
        .map(|place| &**place)
        .filter(|place| place.kind != PlaceKind::Account)
        .collect();
    if stands_in.is_empty() || stands_in.iter().any(|other| other.kind != place.kind) {
        return None;
    }
    let mut placement: Vec<Id> = Vec::new();
    for other in stands_in {
        if !placement.contains(&other.id) && placement.len() < places {
            placement.push(other.id.clone());
        }
    }
    let mut commands = Vec::new();
    for number in placement.len() + 1..=places {
        let id = topology.plan.free_id(&format!("{}-{number}", place.id));
        let mut another = Place::new(id.clone(), place.kind);
        another.within.clone_from(&place.within);
        commands.push(Command::from(ChangePlace { place: another }));
        placement.push(id);
    }
    placement.extend(topology.plan.placement_in(source, None));
    commands.push(Command::from(SetPlacement {
        component: source.id.clone(),
        placement,
    }));
    let name = topology.name(component);
    let title = words!(
        "Spread {name} over {places}",
        name,
        places = of_kind(place.kind, places)
    );
    Some(Together { title, commands })
}

fn of_kind(kind: PlaceKind, count: usize) -> Words {
    match kind {
        PlaceKind::Provider => counted!(count; "{count} provider", "{count} providers"),
        PlaceKind::Region => counted!(count; "{count} region", "{count} regions"),
        PlaceKind::Zone => counted!(count; "{count} zone", "{count} zones"),
        PlaceKind::Rack => counted!(count; "{count} rack", "{count} racks"),
        PlaceKind::Host => counted!(count; "{count} host", "{count} hosts"),
        PlaceKind::Power => counted!(count; "{count} power supply", "{count} power supplies"),
        PlaceKind::Site => counted!(count; "{count} site", "{count} sites"),
        PlaceKind::Account => counted!(count; "{count} account", "{count} accounts"),
    }
}
