//! How long a response takes at the peak, and where the time goes.

use super::super::figures;
use super::page::{Page, optional};
use super::text::text;
use crate::evaluate::{JourneyEvaluation, PercentileMethod, ResponseTimes};
use crate::units::Seconds;

/// So many components of a journey have a line of their own.
const MOST: usize = 10;
/// Smaller parts of the mean are left out.
const SMALL: f64 = 0.001;

pub(super) fn write(page: &mut Page) {
    let journeys = &page.evaluation.journeys;
    let rows: Vec<[String; 8]> = journeys.iter().map(|journey| row(page, journey)).collect();
    page.table_section(
        "Response times at the peak",
        [
            "Journey",
            "Mean:",
            "50 % within:",
            "95 % within:",
            "99 % within:",
            "99.9 % within:",
            "Target:",
            "Percentiles",
        ],
        rows,
    );
    let shares: Vec<[String; 5]> = journeys
        .iter()
        .flat_map(|journey| shares(page, journey))
        .collect();
    page.table(
        [
            "Journey",
            "The mean is spent at",
            "Time:",
            "Share:",
            "Of it in line:",
        ],
        shares,
    );
}

fn row(page: &Page, journey: &JourneyEvaluation) -> [String; 8] {
    let response = journey.response;
    let times = |time: fn(&ResponseTimes) -> Option<Seconds>| {
        optional(response.as_ref().and_then(time), figures::time)
    };
    let unknown = if journey.saturated {
        "**saturated**"
    } else {
        "not known"
    };
    let target = page.plan.journey(&journey.id);
    let target = target.and_then(|journey| journey.target.as_ref());
    let method = response.and_then(|response| response.method);
    [
        text(&journey.name),
        response.map_or(unknown.to_owned(), |response| figures::time(response.mean)),
        times(|response| response.p50),
        times(|response| response.p95),
        times(|response| response.p99),
        times(|response| response.p999),
        optional(target, |target| {
            let share = figures::number(target.percentile);
            format!(
                "{share} % within {}",
                figures::time(Seconds(target.seconds))
            )
        }),
        optional(method, |method| {
            match method {
                PercentileMethod::Inversion => "computed",
                PercentileMethod::Independent => "about: waits taken as independent",
                PercentileMethod::TwoMoments => "estimated from mean and variance",
            }
            .to_owned()
        }),
    ]
}

/// What the largest parts of the mean are spent on, and how much of each in line.
fn shares(page: &Page, journey: &JourneyEvaluation) -> Vec<[String; 5]> {
    let Some(mean) = journey.response.map(|response| response.mean.0) else {
        return Vec::new();
    };
    let line = |name: String, time: f64, waiting: Option<f64>| {
        [
            text(&journey.name),
            name,
            figures::time(Seconds(time)),
            figures::percent(time / mean),
            optional(waiting, figures::percent),
        ]
    };
    let seen = journey.shares.iter();
    let seen = seen.take_while(|(_, time)| time.0 > mean * SMALL);
    let mut rows: Vec<[String; 5]> = seen
        .take(MOST)
        .map(|(id, time)| {
            let station = page.evaluation.components.get(id);
            let waiting = station
                .and_then(|station| Some(station.waiting?.0 / station.residence?.0))
                .filter(|waiting| waiting.is_finite());
            line(page.name_of(id), time.0, waiting)
        })
        .collect();
    let rest = journey.shares.iter().skip(rows.len());
    let rest: f64 = rest.map(|(_, time)| time.0).sum();
    if rest > mean * SMALL {
        rows.push(line("the others".to_owned(), rest, None));
    }
    rows
}
