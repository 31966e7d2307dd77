//! Causes of outages that nobody draws: the domain, the certificate, the account.

use std::collections::BTreeMap;

use super::{Context, Finding, Rule, Severity};
use crate::commands::{ChangePlace, Command, SetPlacement, Together};
use crate::plan::{Id, Place, PlaceKind};
use crate::topology::Topology;
use crate::words::{Words, list};

pub(super) const RULE: Rule = Rule {
    id: "undrawn-causes",
    severity: Severity::Info,
    why: "A domain that is not renewed, a certificate that runs out and an account that is locked take down everything behind them, however many machines there are.",
    advice: "Draw them as places of the kind account, put in how often you think they fail, and see what they take down.",
    limits: "Speaks up only where what is drawn is down less than nine hours a year: before, other things come first. The share of time that it puts in is the assumption for outages of an account, an editorial default.",
    bad: "place a: zone\nplace b: zone\nusers -> lb*2@a/b[offer=linode-nanode-1] -> app*3@a/b[offer=linode-dedicated-2]",
    good: "place a: zone\nplace b: zone\nplace names: account\nusers -> lb*2@a/b/names[offer=linode-nanode-1] -> app*3@a/b/names[offer=linode-dedicated-2]",
    check,
};

/// Share of time below which a journey's drawn causes are rare.
const RARE: f64 = 1e-3;

/// A cause, and the components that it takes down.
struct Cause {
    id: String,
    name: Words,
    takes: Vec<usize>,
}

fn check(context: &Context) -> Vec<Finding> {
    let topology = context.topology;
    let journeys = &context.reports.availability.journeys;
    if !journeys
        .iter()
        .any(|journey| !journey.reaches_nothing && journey.unavailability.0 < RARE)
    {
        return Vec::new();
    }
    let causes = causes(topology);
    if causes.is_empty() {
        return Vec::new();
    }
    let names = causes.iter();
    let names = names.map(|cause| words!("the {cause}", cause = cause.name.clone()));
    let title = words!("Nobody drew {causes}", causes = list(names));
    let mut subjects: Vec<Id> = Vec::new();
    for &component in causes.iter().flat_map(|cause| &cause.takes) {
        let id = topology.id(component);
        if !subjects.contains(id) {
            subjects.push(id.clone());
        }
    }
    let label = counted!(causes.len(); "Draw it as a place", "Draw all {count} as places");
    let command = draw(topology, &causes, title.clone());
    vec![RULE.finding(subjects, title).fix(label, command)]
}

/// What no component that it takes down stands in yet.
fn causes(topology: &Topology) -> Vec<Cause> {
    let has_account = |component: usize| {
        let paths = &topology.components[component].placement;
        let mut places = paths.iter().flatten();
        places.any(|&place| topology.domains[place].kind == PlaceKind::Account)
    };
    let counts = |component: &usize| {
        let behaviour = topology.components[*component].kind.behaviour;
        !behaviour.is_source && !behaviour.is_external && !has_account(*component)
    };
    let mut entries: Vec<usize> = Vec::new();
    let mut front: Vec<usize> = topology.journeys.iter().map(|one| one.entry).collect();
    let mut seen = vec![false; topology.components.len()];
    while let Some(component) = front.pop() {
        if std::mem::replace(&mut seen[component], true) {
            continue;
        }
        let resolved = &topology.components[component];
        let is_before = resolved.kind.behaviour.is_source || resolved.kind.id == "dns";
        if !resolved.kind.behaviour.is_source {
            entries.push(component);
        }
        if is_before {
            let calls = resolved.calls.iter();
            front.extend(calls.map(|&call| topology.connections[call].to));
        }
    }
    entries.sort_unstable();
    let is_dns = |component: &&usize| topology.components[**component].kind.id == "dns";
    let names: Vec<usize> = entries.iter().filter(is_dns).copied().collect();
    let answers: Vec<usize> = entries.iter().filter(|c| !is_dns(c)).copied().collect();
    let registered = if names.is_empty() { &answers } else { &names };
    let mut causes = Vec::new();
    let mut add = |id: &str, name: Words, takes: Vec<usize>| {
        let takes: Vec<usize> = takes.into_iter().filter(counts).collect();
        if !takes.is_empty() {
            let id = id.to_owned();
            causes.push(Cause { id, name, takes });
        }
    };
    add(
        "registrar",
        words!("registrar of the domain"),
        registered.clone(),
    );
    add("certificate", words!("certificate authority"), answers);
    let mut accounts: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (component, resolved) in topology.components.iter().enumerate() {
        if let Some(offer) = resolved.offer {
            accounts.entry(&offer.provider).or_default().push(component);
        }
    }
    for (provider, takes) in accounts {
        if let Some(provider) = topology.catalog.provider(provider).filter(|p| !p.is_own) {
            let id = format!("account-{}", provider.id);
            add(
                &id,
                words!("account with {provider}", provider = &provider.name),
                takes,
            );
        }
    }
    causes
}

/// The places, and the components in them.
fn draw(topology: &Topology, causes: &[Cause], title: Words) -> Together {
    let assumptions = &topology.plan.assumptions;
    let unavailability = assumptions.get("account_unavailability").base;
    let mut commands: Vec<Command> = Vec::new();
    let mut placements: BTreeMap<usize, Vec<Id>> = BTreeMap::new();
    for cause in causes {
        let id = topology.plan.free_id(&cause.id);
        for &component in &cause.takes {
            let stands = &topology.components[component].source.placement;
            let placement = placements.entry(component);
            placement.or_insert_with(|| stands.clone()).push(id.clone());
        }
        let mut name = cause.name.to_string();
        if let Some(first) = name.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        commands.push(
            ChangePlace {
                place: Place {
                    name,
                    unavailability: Some(unavailability),
                    area: None,
                    ..Place::new(id, PlaceKind::Account)
                },
            }
            .into(),
        );
    }
    for (component, placement) in placements {
        let component = topology.id(component).clone();
        commands.push(
            SetPlacement {
                component,
                placement,
            }
            .into(),
        );
    }
    Together { title, commands }
}
