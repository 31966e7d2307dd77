//! A program that keeps files of its own on a platform, where they do not last.

use super::{Context, Finding, Rule, Severity};
use crate::components::Section;
use crate::plan::{Disk, Engine, HostingKind};

pub(super) const RULE: Rule = Rule {
    id: "files-on-a-platform",
    severity: Severity::High,
    why: "A platform starts and stops programs where it likes, and gives each an empty disk: what a program writes there is gone with the next release, and its other instances never see it.",
    advice: "Put files into an object store or a file store, and draw the call to it.",
    limits: "Sees the disk that the plan states, not what the program does. Files that may be lost at any time are no fault.",
    bad: "users -> app[kind=paas disk=local]",
    good: "users -> app[kind=paas] -> files:object-storage[kind=paas]",
    check,
};

fn check(context: &Context) -> Vec<Finding> {
    let topology = context.topology;
    let keeps_files = |component: &usize| {
        let resolved = &topology.components[*component];
        let Some(hosting) = resolved.source.hosting.as_ref() else {
            return false;
        };
        let has_files = hosting.disk.is_some_and(|disk| disk != Disk::Ephemeral);
        resolved.kind.section == Section::Compute
            && resolved.hosting == Some(HostingKind::Paas)
            && hosting.engine != Some(Engine::SelfRun)
            && has_files
    };
    (0..topology.components.len())
        .filter(keeps_files)
        .map(|component| {
            let name = topology.name(component);
            let title = words!("{name} keeps files on a platform that keeps none", name);
            RULE.finding(vec![topology.id(component).clone()], title)
        })
        .collect()
}
