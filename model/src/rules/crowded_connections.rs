//! Pools of callers that let more work into a database at once than its processors do.

use super::{Context, Finding, Rule, Severity};
use crate::plan::Mode;
use crate::words::fixed;

/// So many connections for each server keep it busy; more only stand in each other's way.
const PER_SERVER: f64 = 4.0;

pub(super) const RULE: Rule = Rule {
    id: "crowded-connections",
    severity: Severity::Info,
    why: "A database does only as much at once as it has processors and disks; what more connections let in waits inside, holds locks and memory, and makes everything slower.",
    advice: "Make the pools smaller, or put a connection pooler in between: a common rule is twice the processors and a few for disks.",
    limits: "A rule of thumb. Connections that are mostly idle or wait for a slow network may be more.",
    bad: "users[rps=1] -> app*4[pool=50 service_time_ms=1] -> db[servers=4 service_time_ms=1]",
    good: "users[rps=1] -> app*4[pool=4 service_time_ms=1] -> db[servers=4 service_time_ms=1]",
    check,
};

fn check(context: &Context) -> Vec<Finding> {
    let topology = context.topology;
    let serving = &context.reports.at_peak.traffic.serving;
    let components = topology.components.iter().enumerate();
    components
        .filter(|(_, resolved)| resolved.kind.id == "sql_database")
        .filter_map(|(component, resolved)| {
            let pools: f64 = resolved
                .callers
                .iter()
                .map(|&connection| &topology.connections[connection])
                .filter(|edge| edge.mode != Mode::Async)
                .filter_map(|edge| {
                    let pool = topology.components[edge.from].pool?;
                    Some(pool as f64 * serving[edge.from] as f64)
                })
                .sum();
            let servers = resolved.servers.value.ceil() * serving[component] as f64;
            if servers <= 0.0 || pools <= PER_SERVER * servers {
                return None;
            }
            let title = words!(
                "{name} lets {pools} calls in at once and does {servers}",
                name = topology.name(component),
                pools = fixed(pools, 0),
                servers = fixed(servers, 0)
            );
            let finding = RULE
                .finding(vec![topology.id(component).clone()], title)
                .number("connections", pools)
                .number("servers", servers);
            Some(finding)
        })
        .collect()
}
