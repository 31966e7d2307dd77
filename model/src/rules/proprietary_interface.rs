//! A component whose interface only one provider has.

use super::{Context, Finding, Rule, Severity};
use crate::catalog::Interface;
use crate::words::text;

pub(super) const RULE: Rule = Rule {
    id: "proprietary-interface",
    severity: Severity::Medium,
    why: "Nobody else offers this interface, so leaving means rewriting what talks to it.",
    advice: "Keep the calls to it in one place of your program, or take an open interface where the benefit is small.",
    limits: "Says what leaving takes, not whether you will ever want to: the benefit may be worth it.",
    bad: "users -> app -> queue[offer=aws-sqs]",
    good: "users -> app -> queue[offer=linode-dedicated-2 software=self-rabbitmq]",
    check,
};

fn check(context: &Context) -> Vec<Finding> {
    let topology = context.topology;
    context
        .exits()
        .filter_map(|(component, exit)| {
            if exit.interface != Interface::ProprietaryApi {
                return None;
            }
            let name = topology.name(component);
            let title = words!("{name} speaks one provider's language", name);
            let why = words!(
                "{why} Expect about {base} person-days, between {low} and {high}.",
                why = text(RULE.why),
                base = exit.days.base.round(),
                low = exit.days.low.round(),
                high = exit.days.high.round()
            );
            let finding = RULE
                .finding(vec![topology.id(component).clone()], title)
                .why(why);
            Some(finding.number("exit_days", exit.days.base))
        })
        .collect()
}
