//! DNS: turns the name people type into the address of a machine.

use super::{Behaviour, ComponentType, Layer, Section, parameters};

pub(super) const TYPE: ComponentType = ComponentType {
    id: "dns",
    name: "DNS",
    purpose: "Turns the name people type into the address of a machine.",
    section: Section::Edge,
    aliases: &[],
    behaviour: Behaviour {
        distributes: true,
        is_spread_as_service: true,
        ..Behaviour::PLAIN
    },
    parameters: &[
        parameters::service_time_ms(0.1),
        parameters::servers(1000.0),
        parameters::SCV,
        parameters::TTL_SECONDS,
    ],
    layers: Layer::EDGE,
    care: &[(Layer::WebServer, "work_edge_days")],
    managed_care: Some("work_managed_service_days"),
};
