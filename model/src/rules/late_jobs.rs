//! Work that nobody waits for, done late.

use super::{Context, Finding, Rule, Severity};
use crate::analysis::day::{Behind, Jobs};
use crate::units::Seconds;
use crate::words::{Words, fixed, text};

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
            let title = words!(
                "{name} is behind until {until}",
                name,
                until = clock(behind.until)
            );
            let finding = RULE
                .finding(vec![topology.id(component).clone()], title)
                .why(why(jobs, behind, oldest))
                .number("age_seconds", oldest.0)
                .number("backlog", most(jobs))
                .number("behind_hours", behind.hours);
            Some(match topology.components[component].max_age {
                Some(most) if oldest > most => Finding {
                    title: words!(
                        "Jobs of {name} get {oldest} old, {most} are allowed",
                        name,
                        oldest = duration(oldest),
                        most = duration(most)
                    ),
                    advice: words!("Run enough workers for the peak, or make a job cheaper."),
                    ..finding.severity(Severity::Medium)
                },
                _ => finding,
            })
        })
        .collect()
}

fn why(jobs: &Jobs, behind: Behind, oldest: Seconds) -> Words {
    words!(
        "From {from} on jobs wait, up to {jobs} of them; the oldest is done {oldest} after it came. {why}",
        from = clock(behind.from),
        jobs = fixed(most(jobs), 0),
        oldest = duration(oldest),
        why = text(RULE.why)
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

fn duration(time: Seconds) -> Words {
    match time.0 {
        seconds if seconds < 120.0 => words!("{seconds} s", seconds = fixed(seconds, 0)),
        seconds if seconds < 7200.0 => words!("{seconds} min", seconds = fixed(seconds / 60.0, 0)),
        seconds => words!("{seconds} h", seconds = fixed(seconds / 3600.0, 1)),
    }
}
