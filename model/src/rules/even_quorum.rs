//! A cluster with an even number of votes.

use super::{Context, Finding, Rule, Severity};
use crate::commands::{Command, SetInstances, SetRedundancy, Together};
use crate::plan::Redundancy;
use crate::words::Words;

pub(super) const RULE: Rule = Rule {
    id: "even-quorum",
    severity: Severity::Info,
    why: "Half of an even number of votes is no majority: the last vote costs as much as the others, and the cluster bears no more failures with it than without.",
    advice: "Run an odd number of votes: one less bears as many failures, one more bears another one.",
    limits: "Counts every instance as a vote, and looks only where a majority is asked for.",
    bad: "users -> lb*2 -> app*2 -> store:nosql-database*4[redundancy=quorum:3]",
    good: "users -> lb*2 -> app*2 -> store:nosql-database*3[redundancy=quorum:2]",
    check,
};

fn check(context: &Context) -> Vec<Finding> {
    let topology = context.topology;
    let components = topology.components.iter().enumerate();
    let even = components.filter(|(_, resolved)| {
        let votes = resolved.instances;
        let majority = (votes / 2 + 1) as f64;
        let quorum = resolved.source.redundancy.as_ref();
        votes % 2 == 0 && matches!(quorum, Some(Redundancy::Quorum(k)) if *k == majority)
    });
    even.map(|(component, resolved)| {
        let (name, votes) = (topology.name(component), resolved.instances);
        let borne = votes / 2 - 1;
        let title = words!(
            "{votes} votes of {name} bear no more failures than {fewer}",
            votes,
            name,
            fewer = votes - 1
        );
        let finding = RULE
            .finding(vec![topology.id(component).clone()], title)
            .number("votes", votes as f64)
            .number("failures_borne", borne as f64);
        // One alone has nothing to vote about, and those that are left have to carry the peak.
        let is_enough = votes > 2 && context.enough_for_the_peak(component) < votes;
        let votes = if is_enough { votes - 1 } else { votes + 1 };
        let title = words!("Run {votes} of {name}", votes, name);
        match context.run_instances(component, votes) {
            Some(run) => finding.fix(title.clone(), with_majority(run, title)),
            None => finding,
        }
    })
    .collect()
}

fn with_majority(run: SetInstances, title: Words) -> Together {
    let majority = f64::from(run.instances / 2 + 1);
    let redundancy = SetRedundancy {
        component: run.component.clone(),
        redundancy: Some(Redundancy::Quorum(majority)),
    };
    Together {
        title,
        commands: vec![Command::from(run), Command::from(redundancy)],
    }
}
