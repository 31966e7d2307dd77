//! Worker: runs your program on jobs that nobody waits for, taken from a queue.

use super::{Behaviour, ComponentType, Layer, Section, parameters};

pub(super) const TYPE: ComponentType = ComponentType {
    id: "worker",
    name: "Worker",
    purpose: "Runs your program on jobs that nobody waits for, taken from a queue.",
    section: Section::Compute,
    aliases: &["job"],
    behaviour: Behaviour {
        pulls_work: true,
        ..Behaviour::PLAIN
    },
    parameters: &[
        parameters::service_time_ms(500.0),
        parameters::servers(1.0),
        parameters::SCV,
        parameters::SHARED_BALANCING,
        parameters::POOL,
        parameters::ROOM,
        parameters::MAX_AGE_SECONDS,
        parameters::MEMORY_MB,
        parameters::MEMORY_MB_PER_REQUEST,
        parameters::CONTENTION,
        parameters::COHERENCY,
    ],
    layers: Layer::JOBS,
    care: &[(Layer::Runtime, "work_runtime_days")],
    managed_care: Some("work_platform_days"),
};
