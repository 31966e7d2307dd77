//! Data that takes longer to carry elsewhere than a switch may take.

use super::{Context, Finding, Rule, Severity};
use crate::analysis::lock_in::data_act::TRANSITION_DAYS;
use crate::words::fixed;

pub(super) const RULE: Rule = Rule {
    id: "heavy-data",
    severity: Severity::Medium,
    why: "Data this large stays where it is: whoever ends the contract ends it before the copy is done.",
    advice: "Keep a second copy elsewhere from the start, or ask for discs by post.",
    limits: "The speed of the copy is an assumption of the plan; 30 days are what the European Union's Data Act counts for a switch.",
    bad: "app -> files:object-storage[offer=aws-s3 data_gb=1000000]",
    good: "app -> files:object-storage[offer=aws-s3 data_gb=1000]",
    check,
};

fn check(context: &Context) -> Vec<Finding> {
    let topology = context.topology;
    context
        .exits()
        .filter_map(|(component, exit)| {
            let days = exit.transfer.base / 86_400.0;
            if days <= f64::from(TRANSITION_DAYS) {
                return None;
            }
            let name = topology.name(component);
            let title = words!(
                "Carrying the data of {name} elsewhere takes {days} days",
                name,
                days = fixed(days, 0)
            );
            let finding = RULE.finding(vec![topology.id(component).clone()], title);
            Some(finding.number("days", days).number("gb", exit.data.0))
        })
        .collect()
}
