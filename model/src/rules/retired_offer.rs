//! An offer that cannot be had any more, or will not be for long.

use super::{Context, Finding, Rule, Severity};
use crate::catalog::Status;
use crate::words::text;

pub(super) const RULE: Rule = Rule {
    id: "retired-offer",
    severity: Severity::Medium,
    why: "What is retired cannot be ordered again, so a failed machine cannot be replaced by the same one.",
    advice: "Pick an offer that is still sold.",
    limits: "The catalogue has a date: what was withdrawn later is not known.",
    bad: "users -> app[offer=linode-1024-2017]",
    good: "users -> app[offer=linode-dedicated-2]",
    check,
};

fn check(context: &Context) -> Vec<Finding> {
    let topology = context.topology;
    (0..topology.components.len())
        .filter_map(|component| {
            let offer = topology.components[component].offer?;
            let provider = topology.catalog.provider_of(offer)?;
            let story = match (offer.status, provider.status) {
                (_, Status::Retired) => words!("was closed with its provider"),
                (Status::Retired | Status::HistoricalPrice, _) => {
                    words!("can no longer be ordered at this price")
                }
                (Status::Legacy, _) | (_, Status::Legacy) => {
                    words!("is kept for old customers only")
                }
                (Status::Sustaining, _) | (_, Status::Sustaining) => {
                    words!("gets repairs but nothing new any more")
                }
                (Status::Renamed, _) | (_, Status::Renamed) => {
                    words!("is sold under another name today")
                }
                _ => return None,
            };
            let name = topology.name(component);
            let title = words!(
                "{name} runs on {offer}, which {story}",
                name,
                offer = &offer.name,
                story
            );
            let subjects = vec![topology.id(component).clone()];
            let mut why = text(RULE.why);
            let story = provider
                .note
                .as_ref()
                .filter(|_| provider.status != Status::Active);
            if let Some(sentence) = story.or(offer.note.as_ref()) {
                why = words!("{why} {story}", why, story = sentence);
            }
            let mut finding = RULE.finding(subjects, title).why(why);
            if let Some(successor) = &provider.successor {
                finding = finding.advice(words!(
                    "{advice} What came after it: {successor}.",
                    advice = text(RULE.advice),
                    successor
                ));
            }
            Some(finding)
        })
        .collect()
}
