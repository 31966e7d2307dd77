//! More data lost, or longer gone, than the plan allows.

use serde_json::Value;

use super::{Context, Finding, Fix, Rule, Severity};
use crate::analysis::recovery::{Disruption, Recovery, Remedy, Step, Timeline};
use crate::commands::{SetHosting, SetSetting};
use crate::plan::{Comparison, Requirement};
use crate::words::{Words, fixed, text};

pub(super) const RULE: Rule = Rule {
    id: "recovery-target-missed",
    severity: Severity::High,
    why: "After the worst loss of this kind the plan cannot keep what is asked of it.",
    advice: "For less lost data: back up more often, keep a log of changes, or a copy that is not far behind. For a shorter outage: a replica that takes over in another place, setting up by script, a faster restore.",
    limits: "Takes the worst moment and the worst loss of its class, and the estimates of the plan for people and machines.",
    bad: "require rpo_hours.software <= 4\nusers -> app -> db[backup_interval_hours=24]",
    good: "require rpo_hours.software <= 4\nusers -> app -> db[backup_interval_hours=4]",
    check,
};

/// What is asked of a plan.
struct Target<'a> {
    requirement: &'a Requirement,
    is_data: bool,
    class: Option<&'a str>,
    hours: f64,
}

fn check(context: &Context) -> Vec<Finding> {
    let requirements = &context.topology.plan.requirements;
    let mut findings: Vec<Finding> = Vec::new();
    for target in requirements.iter().filter_map(target) {
        if let Some(finding) = missed(context, &target)
            && !findings.iter().any(|known| known.title == finding.title)
        {
            findings.push(finding);
        }
    }
    findings
}

fn target(requirement: &Requirement) -> Option<Target<'_>> {
    let metric = requirement.metric.as_str();
    let (name, class) = match metric.split_once('.') {
        Some((name, class)) => (name, Some(class)),
        None => (metric, None),
    };
    let is_data = match name {
        "rpo_hours" => true,
        "rto_hours" => false,
        _ => return None,
    };
    let hours = requirement.value.as_f64().filter(|hours| *hours >= 0.0)?;
    (requirement.op == Comparison::AtMost).then_some(Target {
        requirement,
        is_data,
        class,
        hours,
    })
}

/// The worst that misses a target.
fn missed(context: &Context, target: &Target) -> Option<Finding> {
    let topology = context.topology;
    let journeys = &context.reports.recovery.journeys;
    let hours = |recovery: &Recovery| {
        let timeline = if target.is_data {
            &recovery.data_loss
        } else {
            &recovery.outage
        };
        timeline.as_ref().map_or(f64::INFINITY, Timeline::hours)
    };
    let (actual, worst) = journeys
        .iter()
        .flatten()
        .filter(|one| target.class.is_none_or(|class| one.class.id() == class))
        .map(|one| (hours(one), one))
        .max_by(|a, b| a.0.total_cmp(&b.0))?;
    if actual <= target.hours {
        return None;
    }
    let component = if target.is_data {
        worst.loses
    } else {
        worst.waits_for
    }?;
    let name = topology.name(component);
    let loss = match worst.class {
        Disruption::Software => words!("a fault of software"),
        Disruption::Hardware => words!("the loss of a machine"),
        Disruption::Zone => words!("the loss of a zone"),
        Disruption::Region => words!("the loss of a region"),
    };
    let asked = in_hours(target.hours);
    let title = match (target.is_data, actual.is_finite()) {
        (true, true) => words!(
            "{name} loses {time} of data after {loss}",
            name,
            time = in_hours(actual),
            loss
        ),
        (true, false) => words!("{name} loses all data after {loss}", name, loss),
        (false, true) => words!(
            "{name} is gone for {time} after {loss}",
            name,
            time = in_hours(actual),
            loss
        ),
        (false, false) => words!("{name} does not come back after {loss}", name, loss),
    };
    let why = words!(
        "{why} {metric} {symbol} {asked} is asked.",
        why = text(RULE.why),
        metric = &target.requirement.metric,
        symbol = target.requirement.op.symbol(),
        asked
    );
    let mut finding = RULE
        .finding(vec![topology.id(component).clone()], title)
        .why(why)
        .number("hours", actual)
        .number("target_hours", target.hours);
    finding.fix = if target.is_data {
        less_loss(context, worst, component, target.hours)
    } else {
        shorter(context, worst, component, actual, target.hours)
    }
    .map(Box::new);
    Some(finding)
}

/// Backups, or their log, as often as is asked.
fn less_loss(context: &Context, worst: &Recovery, component: usize, hours: f64) -> Option<Fix> {
    let topology = context.topology;
    let resolved = &topology.components[component];
    let has_backup = resolved.protection.backup.is_some();
    if worst.remedy != Remedy::Backup || !has_backup || hours <= 0.0 {
        return None;
    }
    let name = topology.name(component);
    let change = |setting: &str, value: f64| SetSetting {
        component: topology.id(component).clone(),
        setting: setting.to_owned(),
        value: Some(Value::from(value)),
    };
    if hours < 1.0 && resolved.kind.parameter("log_minutes").is_some() {
        let minutes = hours * 60.0;
        let label = words!(
            "Keep a log of changes of {name} every {minutes} minutes",
            name,
            minutes = fixed(minutes, 1)
        );
        let command = change("log_minutes", minutes).into();
        return Some(Fix { label, command });
    }
    let label = words!("Back up {name} every {time}", name, time = in_hours(hours));
    let command = change("backup_interval_hours", hours.min(8766.0)).into();
    Some(Fix { label, command })
}

/// A script in place of hands, where that is enough.
fn shorter(
    context: &Context,
    worst: &Recovery,
    component: usize,
    actual: f64,
    hours: f64,
) -> Option<Fix> {
    let topology = context.topology;
    let terms = &worst.outage.as_ref()?.terms;
    let by_hand = Step::SetUp { is_scripted: false };
    let by_hand = terms.iter().find(|term| term.step == by_hand)?;
    let scripted = topology
        .plan
        .assumptions
        .get("set_up_scripted_minutes")
        .base
        / 60.0;
    if actual - by_hand.time.base / 3600.0 + scripted > hours {
        return None;
    }
    let source = topology.components[component].source;
    let mut hosting = source.hosting.clone()?;
    hosting.automated = Some(true);
    Some(Fix {
        label: words!("Set up {name} by script", name = topology.name(component)),
        command: SetHosting {
            component: source.id.clone(),
            hosting: Some(hosting),
        }
        .into(),
    })
}

fn in_hours(hours: f64) -> Words {
    match hours {
        hours if hours >= 48.0 => words!("{hours} days", hours = fixed(hours / 24.0, 0)),
        hours if hours >= 10.0 => words!("{hours} hours", hours = fixed(hours, 0)),
        hours if hours >= 1.0 => words!("{hours} hours", hours = fixed(hours, 1)),
        hours if hours * 60.0 >= 1.0 => words!("{hours} minutes", hours = fixed(hours * 60.0, 0)),
        hours => words!("{hours} seconds", hours = fixed(hours * 3600.0, 0)),
    }
}
