//! Data that is gone when the instance stops.

use super::{Context, Finding, Rule, Severity};
use crate::plan::Disk;

pub(super) const RULE: Rule = Rule {
    id: "ephemeral-data",
    severity: Severity::Error,
    why: "The disk of this offer is emptied whenever the instance stops or moves, and nothing else has the data.",
    advice: "Keep data in a database or object store that lasts, or take an offer with a lasting disk.",
    limits: "Blind to a copy that your own program keeps elsewhere.",
    bad: "users -> app -> db[offer=heroku-standard-1x]",
    good: "users -> app[offer=heroku-standard-1x] -> db[offer=linode-dedicated-2]",
    check,
};

fn check(context: &Context) -> Vec<Finding> {
    let topology = context.topology;
    let is_ephemeral = |component: &usize| {
        let resolved = &topology.components[*component];
        let stated = resolved
            .source
            .hosting
            .as_ref()
            .and_then(|hosting| hosting.disk);
        resolved.kind.behaviour.keeps_data
            && stated.or(resolved.offer.and_then(|offer| offer.disk)) == Some(Disk::Ephemeral)
    };
    (0..topology.components.len())
        .filter(is_ephemeral)
        .map(|component| {
            let name = topology.name(component);
            RULE.finding(
                vec![topology.id(component).clone()],
                words!("{name} forgets everything when it stops", name),
            )
        })
        .collect()
}
