//! Data that has outgrown the way it comes back.

use super::{Context, Finding, Rule, Severity};
use crate::analysis::recovery::Step;
use crate::plan::Comparison;
use crate::words::fixed;

pub(super) const RULE: Rule = Rule {
    id: "slow-restore",
    severity: Severity::Medium,
    why: "Bringing the data back takes longer than the whole outage may last, however quickly somebody decides.",
    advice: "Restore faster: snapshots of disks, several streams, a faster line; or keep a copy that takes over, and archive what nobody asks for.",
    limits: "Takes the restore speed of the plan, which is a guess until it was tried; without a target a day counts as too long.",
    bad: "users -> app -> db[data_gb=20000 backup_interval_hours=24]",
    good: "users -> app -> db[data_gb=2000 backup_interval_hours=24]",
    check,
};

/// Hours that a restore may take where the plan asks for nothing.
const LONG: f64 = 24.0;

fn check(context: &Context) -> Vec<Finding> {
    let topology = context.topology;
    let asked = topology.plan.requirements.iter().filter(|requirement| {
        requirement.op == Comparison::AtMost && requirement.metric.starts_with("rto_hours")
    });
    let asked = asked.filter_map(|requirement| requirement.value.as_f64());
    let limit = asked.fold(f64::INFINITY, f64::min);
    let limit = if limit.is_finite() { limit } else { LONG };
    let components = context.reports.recovery.components.iter().enumerate();
    components
        .filter_map(|(component, classes)| {
            let outages = classes.iter().filter_map(|class| class.outage.as_ref());
            let restore = outages
                .flat_map(|outage| &outage.terms)
                .find(|term| matches!(term.step, Step::Restore { .. }))?;
            let hours = restore.time.base / 3600.0;
            (hours > limit).then(|| {
                let name = topology.name(component);
                let title = words!(
                    "{name}: it takes {hours} hours to {step}",
                    name,
                    hours = fixed(hours, 1),
                    step = restore.step.words()
                );
                RULE.finding(vec![topology.id(component).clone()], title)
                    .number("restore_hours", hours)
                    .number("limit_hours", limit)
            })
        })
        .collect()
}
