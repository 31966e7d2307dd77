//! Web server: answers with files and passes the rest on to the program behind it.

use super::{Behaviour, ComponentType, Layer, Section, parameters};

pub(super) const TYPE: ComponentType = ComponentType {
    id: "web_server",
    name: "Web server",
    purpose: "Answers with files and passes the rest on to the program behind it.",
    section: Section::Compute,
    aliases: &["web"],
    behaviour: Behaviour::PLAIN,
    parameters: &[
        parameters::service_time_ms(0.5),
        parameters::servers(1.0),
        parameters::SCV,
        parameters::BALANCING,
        parameters::POOL,
        parameters::ROOM,
        parameters::MEMORY_MB,
        parameters::MEMORY_MB_PER_REQUEST,
        parameters::CONTENTION,
        parameters::COHERENCY,
    ],
    layers: Layer::EDGE,
    care: &[(Layer::WebServer, "work_edge_days")],
    managed_care: Some("work_platform_days"),
};
