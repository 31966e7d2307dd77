//! Work that nobody waits for, done late.

use super::{Context, Finding, Rule, Severity};
use crate::analysis::day::{Behind, Jobs};
use crate::units::Seconds;

pub(super) const RULE: Rule = Rule {
    id: "late-jobs",
    severity: Severity::Info,
    why: "More jobs arrive at the peak than are done, so they wait for quieter hours. That is what a queue is for, as long as nobody misses the result.",
    advice: "Say at the worker how old a job may get; run more workers if one gets older.",
    limits: "Counts jobs as a steady flow: single jobs wait a little even below the peak.",
    bad: "users[rps=10 profile=0.1*18,1*6] -> app[service_time_ms=1] ~> worker[service_time_ms=150]",
    good: "users[rps=10 profile=0.1*18,1*6] -> app[service_time_ms=1] ~> worker*2[service_time_ms=150]",
    check,
};

fn check(context: &Context) -> Vec<Finding> {
    let topology = context.topology;
    (0..topology.components.len())
        .filter_map(|component| {
            let jobs = context.unwaited_jobs(component)?;
            let (oldest, behind) = (jobs.oldest?, jobs.behind?);
            let name = topology.name(component);
            let title = format!("{name} is behind until {}", clock(behind.until));
            let finding = RULE
                .finding(vec![topology.id(component).clone()], title)
                .why(why(jobs, behind, oldest))
                .number("age_seconds", oldest.0)
                .number("backlog", most(jobs))
                .number("behind_hours", behind.hours);
            Some(match topology.components[component].max_age {
                Some(most) if oldest > most => Finding {
                    title: format!(
                        "Jobs of {name} get {} old, {} are allowed",
                        duration(oldest),
                        duration(most)
                    ),
                    advice: "Run enough workers for the peak, or make a job cheaper.".to_owned(),
                    ..finding.severity(Severity::Medium)
                },
                _ => finding,
            })
        })
        .collect()
}

fn why(jobs: &Jobs, behind: Behind, oldest: Seconds) -> String {
    format!(
        "From {} on jobs wait, up to {:.0} of them; the oldest is done {} after it came. {}",
        clock(behind.from),
        most(jobs),
        duration(oldest),
        RULE.why
    )
}

fn most(jobs: &Jobs) -> f64 {
    jobs.hours
        .iter()
        .map(|hour| hour.backlog)
        .fold(0.0, f64::max)
}

/// An hour of the day as a clock shows it.
fn clock(hour: f64) -> String {
    let minutes = (hour * 60.0).ceil() as u32 % (24 * 60);
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

fn duration(time: Seconds) -> String {
    match time.0 {
        seconds if seconds < 120.0 => format!("{seconds:.0} s"),
        seconds if seconds < 7200.0 => format!("{:.0} min", seconds / 60.0),
        seconds => format!("{:.1} h", seconds / 3600.0),
    }
}
