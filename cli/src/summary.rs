//! What is known about a plan, on one screen of text.

use std::collections::BTreeSet;

use model::evaluate::{Cause, Evaluation, JourneyEvaluation, SinglePoint};
use model::export::figures;
use model::metrics::{self, Verdict};
use model::plan::{Plan, Requirement};

use crate::terminal::plain;

/// The figures of a plan in words.
pub(crate) fn summary(plan: &Plan, evaluation: &Evaluation) -> String {
    let mut blocks = Vec::new();
    if !plan.title.is_empty() {
        blocks.push(plain(&plan.title));
    }
    for journey in &evaluation.journeys {
        let lines = journey_lines(plan, journey);
        blocks.push(block(&plain(&journey.name), &lines));
    }
    blocks.push(block("Cost", &cost_lines(plan, evaluation)));
    blocks.push(block("Components", &component_lines(plan, evaluation)));
    let requirements = plan.requirements.iter();
    let requirements = requirements.map(|one| requirement(one, plan, evaluation).1);
    blocks.push(block("Requirements", &requirements.collect::<Vec<_>>()));
    let findings = evaluation.findings.iter();
    let findings = findings.map(|finding| {
        format!(
            "{:<7} {}",
            finding.severity.id(),
            plain(&finding.title.to_string())
        )
    });
    blocks.push(block("Findings", &findings.collect::<Vec<_>>()));
    blocks.push(match evaluation.problems.len() {
        0 => String::new(),
        1 => "1 problem in the plan, named on standard error".to_owned(),
        count => format!("{count} problems in the plan, named on standard error"),
    });
    blocks.retain(|block| !block.is_empty());
    blocks.join("\n\n") + "\n"
}

/// A requirement's verdict, and the line that says it.
pub(crate) fn requirement(
    requirement: &Requirement,
    plan: &Plan,
    evaluation: &Evaluation,
) -> (Verdict, String) {
    let verdict = metrics::check(requirement, plan, evaluation);
    let (word, detail) = match &verdict {
        Verdict::Met { actual } | Verdict::Missed { actual } => {
            let word = if matches!(verdict, Verdict::Met { .. }) {
                "met"
            } else {
                "missed"
            };
            let metric = metrics::metric(&requirement.metric);
            let shown =
                metric.map(|(metric, _)| figures::metric(metric, actual, figures::currency(plan)));
            (word, format!("it is {}", shown.unwrap_or_default()))
        }
        Verdict::Unknown(why) => ("unknown", why.to_string()),
    };
    (
        verdict,
        plain(&format!("{word:<7} {requirement} ({detail})")),
    )
}

/// More lines than these are counted, not shown: the whole stands in the report.
const MOST_LINES: usize = 40;

fn block(title: &str, lines: &[String]) -> String {
    if lines.is_empty() {
        return String::new();
    }
    let shown = lines[..lines.len().min(MOST_LINES)].join("\n  ");
    match lines.len() - lines.len().min(MOST_LINES) {
        0 => format!("{title}\n  {shown}"),
        left => format!("{title}\n  {shown}\n  and {left} more"),
    }
}

fn journey_lines(plan: &Plan, journey: &JourneyEvaluation) -> Vec<String> {
    let carries = match (journey.capacity, &journey.bottleneck) {
        (Some(capacity), Some(bottleneck)) => format!(
            "carries {}, then the {} of {} saturates",
            figures::rate(capacity),
            bottleneck.resource.id().replace('_', " "),
            name_of(plan, &bottleneck.component)
        ),
        _ => "nothing limits it".to_owned(),
    };
    let peak = figures::rate(journey.arrival_rate);
    let responds = match &journey.response {
        Some(response) => {
            let p95 = response
                .p95
                .map(|p95| format!(", 95 % faster than {}", figures::time(p95)));
            format!(
                "responds in {} on average{}",
                figures::time(response.mean),
                p95.unwrap_or_default()
            )
        }
        None if journey.saturated => {
            "is saturated: requests come faster than they can be answered".to_owned()
        }
        None => "response time not known".to_owned(),
    };
    let mut lines = vec![
        format!("{peak} at the peak; {carries}"),
        responds,
        format!(
            "available {}, down {} in a year",
            figures::availability(journey.unavailability),
            figures::journey_downtime(journey)
        ),
    ];
    lines.extend(
        journey
            .single_points
            .iter()
            .map(|point| single_point(plan, point)),
    );
    lines
}

fn single_point(plan: &Plan, point: &SinglePoint) -> String {
    let cause = match point.cause {
        Cause::Structural => "nothing takes over from it",
        Cause::Capacity => "what is left cannot carry the peak",
        Cause::Domain => "what could take over stands in it too",
    };
    let subject = match point.event.split_once(':') {
        Some(("component", id)) => name_of(plan, id),
        Some(("place", id)) if plan.place(id).is_none() => format!("provider {}", plain(id)),
        Some((kind, id)) => format!("{kind} {}", plain(id)),
        None => plain(&point.event),
    };
    format!("stops when {subject} fails: {cause}")
}

fn cost_lines(plan: &Plan, evaluation: &Evaluation) -> Vec<String> {
    let totals = &evaluation.totals;
    let money = |amount| figures::money(amount, figures::currency(plan));
    let missing = match totals.not_priced {
        0 => String::new(),
        1 => " (one component has no known price)".to_owned(),
        count => format!(" ({count} components have no known price)"),
    };
    let range = totals.exit_days;
    vec![
        format!(
            "{} per month{missing}, {} on the first day",
            money(totals.cost_month),
            money(totals.cost_upfront)
        ),
        format!(
            "{} days of work per month; with it {} per month",
            figures::number(totals.work_month.0),
            money(totals.cost_loaded_month)
        ),
        format!(
            "moving everything elsewhere takes {} days ({} to {}) and {}",
            figures::number(range.base),
            figures::number(range.low),
            figures::number(range.high),
            money(totals.exit_cost)
        ),
    ]
}

fn component_lines(plan: &Plan, evaluation: &Evaluation) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let drawn = plan.components.iter().map(|component| &component.id);
    let rows: Vec<(String, String)> = drawn
        .filter(|id| seen.insert(*id))
        .filter_map(|id| Some((id, evaluation.components.get(id)?)))
        .filter(|(_, component)| !component.resources.is_empty())
        .map(|(id, component)| {
            let count = if component.instances > 1 {
                format!(" ×{}", component.instances)
            } else {
                String::new()
            };
            let busiest = component.busiest().map(|(resource, share)| {
                format!(
                    "{} {}",
                    resource.id().replace('_', " "),
                    figures::percent(share)
                )
            });
            let cost = component
                .cost_month
                .map_or("no known price".to_owned(), |cost| {
                    format!(
                        "{} per month",
                        figures::money(cost, figures::currency(plan))
                    )
                });
            (
                format!("{}{count}", name_of(plan, id)),
                format!("{}, {cost}", busiest.unwrap_or_default()),
            )
        })
        .collect();
    let width = rows
        .iter()
        .map(|(name, _)| name.chars().count())
        .max()
        .unwrap_or(0)
        .min(40);
    rows.iter()
        .map(|(name, figures)| format!("{name:<width$}  {figures}"))
        .collect()
}

fn name_of(plan: &Plan, id: &str) -> String {
    let label = plan.component(id).map(|component| component.label.as_str());
    plain(label.filter(|label| !label.trim().is_empty()).unwrap_or(id))
}
