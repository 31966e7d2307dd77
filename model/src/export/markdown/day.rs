//! What a day looks like: its hours, the work that is late, units by the hour, and credit that runs out.

use super::super::figures;
use super::page::{NOTHING, Page, clock, optional};
use super::text::text;
use crate::evaluate::{BurstDay, ComponentDay, Jobs, JourneyDay};
use crate::order::Order as _;
use crate::units::RequestsPerSecond;

pub(super) fn write(page: &mut Page) {
    let evaluation = page.evaluation;
    let day = &evaluation.day;
    let components: Vec<(String, &ComponentDay)> = page
        .components()
        .filter_map(|(component, _)| {
            let known = day.components.get(&component.id)?;
            Some((page.name_of(&component.id), known))
        })
        .collect();
    let has_more = components.iter().any(|(_, day)| {
        day.burst.is_some() || !day.credits.is_empty() || day.jobs.as_ref().is_some_and(is_late)
    });
    if !day.has_profile && !has_more {
        return;
    }
    page.section("The day");
    if day.has_profile {
        let journeys = evaluation.journeys.iter().zip(&day.journeys);
        page.table(
            [
                "Journey",
                "Requests a day:",
                "Busiest hour:",
                "Rate then:",
                "Mean then:",
                "Quietest hour:",
                "Rate then:",
                "Mean then:",
                "Hours saturated:",
            ],
            journeys.map(|(journey, day)| hours(&journey.name, day)),
        );
    }
    if day.is_too_large {
        page.note("The plan is too large for response times by the hour.");
    }
    let busy = components.iter().map(|(name, day)| (name, day));
    let late: Vec<[String; 6]> = busy
        .clone()
        .filter_map(|(name, day)| Some(jobs(name, day.jobs.as_ref()?)))
        .collect();
    page.table(
        [
            "Work nobody waits for",
            "Jobs a day:",
            "Could be done:",
            "Limited by",
            "Behind",
            "Oldest job waits:",
        ],
        late,
    );
    let units: Vec<[String; 7]> = busy
        .clone()
        .filter_map(|(name, day)| Some(burst(name, day.burst.as_ref()?)))
        .collect();
    page.table(
        [
            "Units by the hour",
            "Units:",
            "Run in a day:",
            "Paid in a month:",
            "Start at",
            "Wait meanwhile:",
            "Longest delay:",
        ],
        units,
    );
    let credits: Vec<[String; 3]> = busy
        .flat_map(|(name, day)| {
            day.credits.iter().map(|credit| {
                let gone = credit.gone_at.map(|hour| format!("at {}", clock(hour)));
                [
                    name.clone(),
                    credit.resource.name().to_owned(),
                    gone.unwrap_or_else(|| "lasts through the day".to_owned()),
                ]
            })
        })
        .collect();
    page.table(["On credit", "Resource", "Used up"], credits);
}

/// Whether the work of a day is ever late.
fn is_late(jobs: &Jobs) -> bool {
    jobs.behind.is_some() || jobs.growth_day.is_some()
}

fn hours(name: &str, day: &JourneyDay) -> [String; 9] {
    let rate = |hour: usize| day.rates.get(hour).map_or(0.0, |rate| rate.0);
    let mut by_rate: Vec<usize> = (0..day.rates.len()).collect();
    by_rate.order_by(|&a, &b| rate(b).total_cmp(&rate(a)));
    let requests: f64 = (0..day.rates.len()).map(|hour| rate(hour) * 3600.0).sum();
    let at = |hour: Option<&usize>| {
        let mean = hour.and_then(|&hour| day.responses.get(hour).copied().flatten());
        [
            optional(hour, |&hour| clock(hour as f64)),
            optional(hour, |&hour| figures::rate(RequestsPerSecond(rate(hour)))),
            optional(mean, figures::time),
        ]
    };
    let [busiest, busiest_rate, busiest_mean] = at(by_rate.first());
    let [quietest, quietest_rate, quietest_mean] = at(by_rate.last());
    let saturated = day.responses.iter().filter(|mean| mean.is_none()).count();
    [
        text(name),
        figures::number(requests),
        busiest,
        busiest_rate,
        busiest_mean,
        quietest,
        quietest_rate,
        quietest_mean,
        optional((saturated > 0).then_some(saturated), |hours| {
            hours.to_string()
        }),
    ]
}

fn jobs(name: &str, jobs: &Jobs) -> [String; 6] {
    let behind = match (jobs.growth_day, jobs.behind) {
        (Some(growth), _) => format!("always: {} more every day", figures::number(growth)),
        (None, Some(behind)) => format!(
            "{} h, from {} to {}",
            figures::number(behind.hours),
            clock(behind.from),
            clock(behind.until)
        ),
        (None, None) => "never".to_owned(),
    };
    [
        name.to_owned(),
        figures::number(jobs.arrivals_day),
        figures::number(jobs.capacity_day),
        jobs.resource.name().to_owned(),
        behind,
        optional(jobs.oldest.filter(|oldest| oldest.0 > 0.0), figures::time),
    ]
}

fn burst(name: &str, burst: &BurstDay) -> [String; 7] {
    let hours = burst.runs.iter().filter(|&&runs| runs).count();
    let start = burst.start.as_ref();
    let [at, waiting, delay] = start.map_or_else(
        || [NOTHING, NOTHING, NOTHING].map(str::to_owned),
        |start| {
            let delay = start.backlog.longest_delay;
            [
                format!(
                    "{}, within {}",
                    clock(start.hour as f64),
                    figures::time(start.start_up)
                ),
                figures::number(start.backlog.peak_backlog),
                delay.map_or("grows without end".to_owned(), figures::time),
            ]
        },
    );
    [
        name.to_owned(),
        burst.instances.to_string(),
        format!("{hours} h"),
        format!("{} h", figures::number(burst.hours_paid)),
        at,
        waiting,
        delay,
    ]
}
