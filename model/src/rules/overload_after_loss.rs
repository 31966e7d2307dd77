//! A loss that the drawing survives and the load does not.

use std::collections::BTreeSet;

use super::{Context, Finding, Rule, Severity};
use crate::analysis::queueing::headroom::most_before_loss;
use crate::topology::Topology;
use crate::words::{fixed, text};

pub(super) const RULE: Rule = Rule {
    id: "overload-after-loss",
    severity: Severity::High,
    why: "What is lost is not needed by itself, but what is left cannot carry the load: the loss becomes an outage.",
    advice: "Size what is left for the load without it.",
    limits: "Looks at one loss at a time, at the peak.",
    bad: "users[rps=100] -> app*5[service_time_ms=20] -> cache[hit_ratio=0.9]\napp -[only_on_miss_of=cache]-> db[service_time_ms=20 servers=1]",
    good: "users[rps=100] -> app*5[service_time_ms=20] -> cache[hit_ratio=0.9]\napp -[only_on_miss_of=cache]-> db*4[service_time_ms=20 servers=1]",
    check,
};

fn check(context: &Context) -> Vec<Finding> {
    let topology = context.topology;
    let mut findings: Vec<Finding> = Vec::new();
    let mut told: BTreeSet<(&str, &str)> = BTreeSet::new();
    for journey in &context.reports.failures.journeys {
        for loss in journey.overloads() {
            let Some((busiest, _, utilisation)) = &loss.busiest else {
                continue;
            };
            let lost = loss
                .event
                .split_once(':')
                .map_or(&*loss.event, |(_, id)| id);
            let Some(victim) = topology.component_index(busiest) else {
                continue;
            };
            if *busiest == *lost {
                continue;
            }
            let lost_name = topology
                .component_index(lost)
                .map_or(lost, |component| topology.name(component));
            let victim_name = topology.name(victim);
            if !told.insert((lost_name, victim_name)) {
                continue;
            }
            let title = words!(
                "Without {lost}, {name} gets more than it can do",
                lost = lost_name,
                name = victim_name
            );
            let subjects = vec![lost.into(), busiest.clone()];
            let mut finding = RULE
                .finding(subjects, title)
                .number("utilisation", *utilisation);
            let resolved = &topology.components[victim];
            let gone = inside(topology, lost, victim);
            let left = resolved.instances - gone;
            let mut enough = (utilisation * left as f64 + 1.0).floor();
            if gone > 0 && left > 0 {
                let places = (resolved.instances as f64 / gone as f64).round().max(2.0) as usize;
                let most = most_before_loss(places, 1);
                enough = (enough / most).ceil();
                let why = words!(
                    "{why} In {places} such places no more than {most} % may be used at the peak, so that the others carry all of it.",
                    why = text(RULE.why),
                    places,
                    most = fixed(most * 100.0, 0)
                );
                finding = finding.why(why).number("most_before_loss", most);
            }
            let enough = enough as usize;
            findings.push(match context.run_instances(victim, enough) {
                Some(command) if resolved.serving == resolved.instances => finding.fix(
                    words!("Run {enough} of {name}", enough, name = victim_name),
                    command,
                ),
                _ => finding,
            });
        }
    }
    findings
}

/// How many instances of a component stand in the place of this id.
fn inside(topology: &Topology, place: &str, component: usize) -> usize {
    let mut domains = topology.domains.iter();
    let place = domains.position(|domain| domain.id == *place);
    let placement = &topology.components[component].placement;
    place.map_or(0, |place| placement.count(|path| path.contains(&place)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Reports;
    use crate::catalog::Catalog;
    use crate::plan::sketch::sketch;

    /// The titles, and the largest utilisation of static stability where there is one.
    fn found(text: &str) -> Vec<(String, Option<f64>)> {
        let plan = sketch(text).unwrap();
        let catalog = Catalog::default();
        let topology = Topology::new(&plan, &catalog);
        let reports = Reports::new(&topology);
        let findings = check(&Context {
            topology: &topology,
            reports: &reports,
            today: None,
        });
        let numbers = findings.into_iter().map(|finding| {
            let most = finding.numbers.get("most_before_loss").copied();
            (finding.title.to_string(), most)
        });
        numbers.collect()
    }

    #[test]
    fn three_zones_survive_the_loss_of_one_up_to_two_thirds() {
        let zones = "place a: zone\nplace b: zone\nplace c: zone\n";
        let plan = |rate: f64| {
            format!("{zones}users[rps={rate}] -> lb -> app*6@a/b/c[service_time_ms=10 servers=1]")
        };
        assert_eq!(found(&plan(399.0)), []);
        let findings = found(&plan(401.0));
        assert_eq!(findings.len(), 3);
        assert_eq!(findings[0].0, "Without a, app gets more than it can do");
        assert_eq!(findings[0].1, Some(2.0 / 3.0));
    }
}
