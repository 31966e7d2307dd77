//! Memory or disk space that is not there.

use super::{Context, Finding, Rule, Severity};
use crate::analysis::traffic::Resource;
use crate::words::{fixed, text};

pub(super) const RULE: Rule = Rule {
    id: "does-not-fit",
    severity: Severity::Error,
    why: "Room is not waited for: what does not fit stops the program or loses writes.",
    advice: "Take an offer with more of it, or keep less there: archive, shorten what is kept, move it to object storage.",
    limits: "Counts every instance as keeping all the data; blind to compression and to what your program frees.",
    bad: "users -> db[offer=linode-nanode-1 data_gb=40]",
    good: "users -> db[offer=linode-nanode-1 data_gb=10]",
    check,
};

fn check(context: &Context) -> Vec<Finding> {
    let topology = context.topology;
    let stations = context.reports.at_peak.stations.iter().enumerate();
    stations
        .flat_map(|(component, station)| {
            let too_much = station.resources.iter().filter(|used| {
                matches!(used.resource, Resource::Memory | Resource::Storage)
                    && used.utilisation > 1.0
            });
            too_much.map(move |used| {
                let name = topology.name(component);
                let gigabytes = |bytes: f64| words!("{amount} GB", amount = fixed(bytes / 1e9, 1));
                let title = words!(
                    "{name} needs {demand} of {resource} and has {capacity}",
                    name,
                    demand = gigabytes(used.demand),
                    resource = text(used.resource.name()),
                    capacity = gigabytes(used.capacity)
                );
                RULE.finding(vec![topology.id(component).clone()], title)
                    .number("demand", used.demand)
                    .number("capacity", used.capacity)
                    .number("utilisation", used.utilisation)
            })
        })
        .collect()
}
