//! Load balancer: deals requests to several servers and stops sending to one that fails.

use super::{Behaviour, ComponentType, Layer, Section, parameters};

pub(super) const TYPE: ComponentType = ComponentType {
    id: "load_balancer",
    name: "Load balancer",
    purpose: "Deals requests to several servers and stops sending to one that fails.",
    section: Section::Edge,
    aliases: &["lb", "balancer"],
    behaviour: Behaviour {
        distributes: true,
        ..Behaviour::PLAIN
    },
    parameters: &[
        parameters::service_time_ms(0.05),
        parameters::servers(1.0),
        parameters::SCV,
        parameters::BALANCING,
        parameters::ROOM,
    ],
    layers: Layer::EDGE,
    care: &[(Layer::WebServer, "work_edge_days")],
    managed_care: Some("work_managed_service_days"),
};
