//! Data that costs more to carry out than a month of keeping it, while a law still lets a provider charge for it.

use super::{Context, Finding, Rule, Severity};
use crate::analysis::lock_in::Charge;
use crate::analysis::lock_in::data_act::{FREE_FROM, may_charge};
use crate::words::{Value, fixed};

pub(super) const RULE: Rule = Rule {
    id: "charged-way-out",
    severity: Severity::Info,
    why: "The data costs more to carry out than the component costs a month, by the list price.",
    advice: "If you are a customer in the European Union, a switch from 12 January 2027 on costs nothing; elsewhere ask for the fee to be waived, or keep data where carrying it out is free.",
    limits: "Silent from that day on. Regulation (EU) 2023/2854 speaks of a switch: traffic of a parallel use of several providers may still be charged.",
    bad: "app -> files:object-storage[offer=aws-s3 data_gb=5000]",
    good: "app -> files:object-storage[offer=aws-s3 data_gb=50]",
    check,
};

fn check(context: &Context) -> Vec<Finding> {
    let topology = context.topology;
    if !context.today.is_some_and(may_charge) {
        return Vec::new();
    }
    context
        .exits()
        .filter_map(|(component, exit)| {
            let egress = exit.charge(Charge::Egress);
            let month = context.reports.cost.components[component].month()?;
            if egress.0 <= month.0 || egress.0 <= 0.0 {
                return None;
            }
            let name = topology.name(component);
            let title = words!(
                "Carrying {amount} GB of {name} out costs more than a month of it, until {day} in any case",
                amount = fixed(exit.data.0, 0),
                name,
                day = Value::Date(FREE_FROM.to_owned())
            );
            let finding = RULE.finding(vec![topology.id(component).clone()], title);
            Some(finding.number("egress_cost", egress.0).number("cost_month", month.0))
        })
        .collect()
}
