//! App server: runs your program: it computes the answer to every request.

use super::{Behaviour, ComponentType, Layer, Section, parameters};

pub(super) const TYPE: ComponentType = ComponentType {
    id: "app_server",
    name: "App server",
    purpose: "Runs your program: it computes the answer to every request.",
    section: Section::Compute,
    aliases: &["app"],
    behaviour: Behaviour::PLAIN,
    parameters: &[
        parameters::service_time_ms(20.0),
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
    layers: Layer::PROGRAM,
    care: &[
        (Layer::WebServer, "work_web_server_days"),
        (Layer::Runtime, "work_runtime_days"),
    ],
    managed_care: Some("work_platform_days"),
};
