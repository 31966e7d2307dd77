//! Copies that fail together because they stand in one place.

use std::collections::BTreeSet;

use super::{Context, Finding, Rule, Severity};
use crate::analysis::availability::Cause;
use crate::plan::PlaceKind;

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
    let mut findings = Vec::new();
    for (domain, place) in topology.domains.iter().enumerate() {
        if !fatal.contains(place.id.as_str()) {
            continue;
        }
        let copies: BTreeSet<usize> = (0..topology.components.len())
            .filter(|&component| {
                let resolved = &topology.components[component];
                let inside = resolved
                    .placement
                    .iter()
                    .filter(|path| path.contains(&domain))
                    .count();
                inside > 1 && inside == resolved.instances
            })
            .collect();
        if copies.is_empty() || is_inside_reported(context, domain, &copies) {
            continue;
        }
        let names: Vec<&str> = copies
            .iter()
            .map(|&component| topology.name(component))
            .collect();
        let title = format!("All copies of {} stand in {}", names.join(", "), place.name);
        let subjects = copies
            .iter()
            .map(|&component| topology.id(component).clone());
        let subjects = subjects.chain([place.id.clone()]).collect();
        let severity = match place.kind {
            PlaceKind::Provider | PlaceKind::Region | PlaceKind::Account => Severity::Info,
            _ => Severity::High,
        };
        findings.push(RULE.finding(subjects, title).severity(severity));
    }
    findings
}

/// A wider place takes the same copies down as a narrower one in it: the narrowest says enough.
fn is_inside_reported(context: &Context, domain: usize, copies: &BTreeSet<usize>) -> bool {
    let topology = context.topology;
    copies.iter().all(|&component| {
        let path = &topology.components[component].placement[0];
        let narrower = path.iter().take_while(|inner| **inner != domain);
        narrower.clone().any(|inner| {
            topology.components[component]
                .placement
                .iter()
                .all(|other| other.contains(inner))
        })
    })
}
