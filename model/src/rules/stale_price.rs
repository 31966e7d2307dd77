//! A price that is older than half a year.

use super::{Context, Finding, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "stale-price",
    severity: Severity::Info,
    why: "Prices move: within one year the same machine has tripled at one provider.",
    advice: "Look the price up with the provider before you decide.",
    limits: "Says how old the price is, not whether it changed.",
    bad: "users -> app[offer=aws-m7i-large]",
    good: "users -> app[offer=linode-dedicated-2]",
    check,
};

fn check(context: &Context) -> Vec<Finding> {
    let topology = context.topology;
    let Some(today) = context.today else {
        return Vec::new();
    };
    (0..topology.components.len())
        .filter_map(|component| {
            let offer = topology.components[component].offer?;
            if !offer.is_price_old(today) {
                return None;
            }
            let age = offer.price_age_days(today);
            let name = topology.name(component);
            let title = words!(
                "The price of {name} is {age} months old",
                name,
                age = age / 30
            );
            let finding = RULE.finding(vec![topology.id(component).clone()], title);
            Some(finding.number("age_days", age as f64))
        })
        .collect()
}
