//! A server behind the line of a home, whose contract forbids servers.

use super::{Context, Finding, Rule, Severity, count};
use crate::plan::{Id, Site};
use crate::topology::Topology;
use crate::units::HOURS_PER_MONTH;
use crate::words::text;

pub(super) const RULE: Rule = Rule {
    id: "server-on-a-home-line",
    severity: Severity::Medium,
    why: "The contract of a home's line usually forbids public servers, whatever they are good for: it is not a question of speed or money.",
    advice: "Let it stand in an office with a business line, in a rented place, or with a provider.",
    limits: "Contracts differ: read yours. How much traffic is noticed is an assumption of the plan.",
    bad: "place flat: site [site=home]\nusers -> app@flat[kind=bare_metal]",
    good: "place rack: site [site=colocation]\nusers -> app@rack[kind=bare_metal]",
    check,
};

fn check(context: &Context) -> Vec<Finding> {
    let topology = context.topology;
    let at_home: Vec<bool> = (0..topology.components.len())
        .map(|component| stands_at_home(topology, component))
        .collect();
    let subjects: Vec<Id> = (0..at_home.len())
        .filter(|component| at_home[*component])
        .map(|component| topology.id(component).clone())
        .collect();
    let Some(first) = at_home.iter().position(|home| *home) else {
        return Vec::new();
    };
    let noticed = topology.plan.assumptions.get("home_line_gb_month").base;
    let traffic = gb_month(context, &at_home);
    let amount = words!(
        "About {traffic} GB a month leave it; from about {noticed} GB a month on that is noticed.",
        traffic = count(traffic),
        noticed = count(noticed)
    );
    let name = topology.name(first);
    let (severity, title) = if traffic > noticed {
        let title = counted!(
            subjects.len();
            "{name} stands behind the line of a home, which will be noticed",
            "{count} components stand behind the line of a home, which will be noticed",
            name
        );
        (Severity::High, title)
    } else {
        let title = counted!(
            subjects.len();
            "{name} stands behind the line of a home, which may go unnoticed",
            "{count} components stand behind the line of a home, which may go unnoticed",
            name
        );
        (Severity::Medium, title)
    };
    let finding = RULE
        .finding(subjects, title)
        .severity(severity)
        .why(words!("{why} {amount}", why = text(RULE.why), amount))
        .number("gb_month", traffic)
        .number("noticed_gb_month", noticed);
    vec![finding]
}

/// Whether any instance stands in a site that is a home, and is not only asking from there.
fn stands_at_home(topology: &Topology, component: usize) -> bool {
    let resolved = &topology.components[component];
    if resolved.kind.layers.is_empty() {
        return false;
    }
    let is_home = |domain: &usize| {
        let place = topology.domains[*domain].source;
        place.and_then(|place| place.site) == Some(Site::Home)
    };
    let mut paths = resolved.placement.paths();
    paths.any(|(path, _)| path.iter().any(is_home))
        || resolved.offer.and_then(|offer| offer.site) == Some(Site::Home)
}

/// Gigabytes that leave the home in a month: answers to callers outside, and questions to what is outside.
fn gb_month(context: &Context, at_home: &[bool]) -> f64 {
    let topology = context.topology;
    let traffic = &context.reports.at_peak.traffic;
    let peak: f64 = traffic.journeys.iter().map(|one| one.arrival_rate.0).sum();
    let journeys = topology.journeys.iter().zip(&traffic.journeys);
    let mean: f64 = journeys
        .map(|(journey, flow)| flow.arrival_rate.0 * journey.mean_share())
        .sum();
    let mean_share = if peak > 0.0 { mean / peak } else { 0.0 };
    let sent =
        topology
            .connections
            .iter()
            .zip(&traffic.connections)
            .map(
                |(connection, sent)| match (at_home[connection.from], at_home[connection.to]) {
                    (false, true) => sent.response_bytes_per_second,
                    (true, false) => sent.request_bytes_per_second,
                    _ => 0.0,
                },
            );
    sent.sum::<f64>() * mean_share * HOURS_PER_MONTH * 3600.0 / 1e9
}
