//! CDN: answers from copies near the visitor, so that your own servers see fewer requests.

use super::{Behaviour, ComponentType, Layer, Section, parameters};

pub(super) const TYPE: ComponentType = ComponentType {
    id: "cdn",
    name: "CDN",
    purpose: "Answers from copies near the visitor, so that your own servers see fewer requests.",
    section: Section::Edge,
    aliases: &[],
    behaviour: Behaviour {
        distributes: true,
        caches: true,
        is_spread_as_service: true,
        ..Behaviour::PLAIN
    },
    parameters: &[
        parameters::hit_ratio(0.8),
        parameters::service_time_ms(1.0),
        parameters::servers(10000.0),
        parameters::SCV,
    ],
    layers: Layer::EDGE,
    care: &[(Layer::WebServer, "work_edge_days")],
    managed_care: Some("work_managed_service_days"),
};
