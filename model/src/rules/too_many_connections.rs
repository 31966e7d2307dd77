//! Callers that hold more connections open than may be.

use super::{Context, Finding, Rule, Severity};
use crate::analysis::traffic::Resource;
use crate::words::fixed;

pub(super) const RULE: Rule = Rule {
    id: "too-many-connections",
    severity: Severity::Error,
    why: "Every caller keeps its connections open; beyond the limit new ones are refused, most of all when everything restarts at once.",
    advice: "Make the pools smaller, put a connection pooler in between, or raise the limit with the memory for it.",
    limits: "Takes every worker of a caller to keep one connection. Where a caller does not limit its workers, only the calls on their way at the peak count: a pool holds more.",
    bad: "users -> app*4[pool=50] -> db[max_connections=100]",
    good: "users -> app*4[pool=20] -> db[max_connections=100]",
    check,
};

fn check(context: &Context) -> Vec<Finding> {
    let topology = context.topology;
    let stations = context.reports.at_peak.stations.iter().enumerate();
    stations
        .filter_map(|(component, station)| {
            let mut all = station.resources.iter();
            let used = all.find(|used| used.resource == Resource::Connections)?;
            if used.utilisation <= 1.0 {
                return None;
            }
            let title = words!(
                "{name} gets {demand} connections and takes {capacity}",
                name = topology.name(component),
                demand = fixed(used.demand, 0),
                capacity = fixed(used.capacity, 0)
            );
            let finding = RULE
                .finding(vec![topology.id(component).clone()], title)
                .number("demand", used.demand)
                .number("capacity", used.capacity)
                .number("utilisation", used.utilisation);
            Some(finding)
        })
        .collect()
}
