//! A component whose loss alone stops the service.

use super::{Context, Finding, Rule, Severity};
use crate::analysis::availability::Cause;
use crate::commands::{AddReplica, SetPromotable, SetRedundancy, Together};
use crate::plan::Redundancy;
use crate::topology;
use crate::units::HOURS_PER_YEAR;
use crate::words::{Words, fixed, text};

pub(super) const RULE: Rule = Rule {
    id: "single-point-of-failure",
    severity: Severity::High,
    why: "When it fails, everything behind it is down until someone has repaired it.",
    advice: "Run a second one in another failure domain, or accept the downtime in writing.",
    limits: "Blind to what a provider replicates out of sight: many managed services have a spare inside.",
    bad: "users -> lb*2 -> app*3 -> db",
    good: "users -> lb*2 -> app*3 -> db*2",
    check,
};

fn check(context: &Context) -> Vec<Finding> {
    let topology = context.topology;
    let fatal = context.taking_down("component:", Cause::Structural);
    (0..topology.components.len())
        .filter(|&component| {
            fatal.contains(topology.id(component).as_str())
                && !topology.components[component].kind.behaviour.is_external
        })
        .map(|component| finding(context, component))
        .collect()
}

fn finding(context: &Context, component: usize) -> Finding {
    let topology = context.topology;
    let resolved = &topology.components[component];
    let name = topology.name(component);
    let hours = resolved.unavailability.value.base * HOURS_PER_YEAR;
    let title = match resolved.instances {
        1 => words!("{name} carries everything alone", name),
        all => words!("All {all} instances of {name} are needed", all, name),
    };
    let why = words!(
        "{why} Expect about {time} a year.",
        why = text(RULE.why),
        time = hours_in_words(hours)
    );
    let id = topology.id(component).clone();
    let finding = RULE
        .finding(vec![id.clone()], title)
        .why(why)
        .number("hours_year", hours);
    let is_pair = matches!(
        resolved.redundancy,
        topology::Redundancy::PrimaryReplica { .. }
    );
    if resolved.instances > 1 && is_pair && !resolved.takes_over() {
        let mut finding = finding;
        finding.title = words!("No copy of {name} may take over", name);
        let promote = SetPromotable {
            component: id,
            promotable: None,
        };
        return finding.fix(words!("Let a copy of {name} take over", name), promote);
    }
    if resolved.instances > 1 {
        let any = SetRedundancy {
            component: id,
            redundancy: Some(Redundancy::Capacity),
        };
        return finding.fix("Need only as many as the peak does", any);
    }
    if resolved.kind.behaviour.keeps_data {
        let replica = AddReplica { component: id };
        return finding.fix(words!("Add a replica of {name}", name), replica);
    }
    // The peak may need both; the fix has to leave one to spare.
    let enough = context.enough_for_the_peak(component) + 1;
    let label = if enough == 2 {
        words!("Add a second {name}", name)
    } else {
        words!("Run {enough} of {name}", enough, name)
    };
    match context.run_instances(component, enough) {
        Some(command) if resolved.redundancy == topology::Redundancy::Capacity => {
            finding.fix(label, command)
        }
        Some(command) => {
            let any = SetRedundancy {
                component: command.component.clone(),
                redundancy: Some(Redundancy::Capacity),
            };
            let both = Together {
                title: label.clone(),
                commands: vec![command.into(), any.into()],
            };
            finding.fix(label, both)
        }
        None => finding,
    }
}

fn hours_in_words(hours: f64) -> Words {
    match hours {
        hours if hours >= 10.0 => words!("{hours} hours", hours = fixed(hours, 0)),
        hours if hours >= 1.0 => words!("{hours} hours", hours = fixed(hours, 1)),
        hours => words!("{hours} minutes", hours = fixed(hours * 60.0, 0)),
    }
}
