//! Queue: keeps jobs safe until a worker takes them, so that nobody has to wait.

use super::{Behaviour, ComponentType, Layer, Section, parameters};

pub(super) const TYPE: ComponentType = ComponentType {
    id: "queue",
    name: "Queue",
    purpose: "Keeps jobs safe until a worker takes them, so that nobody has to wait.",
    section: Section::Data,
    aliases: &[],
    behaviour: Behaviour {
        keeps_data: true,
        ..Behaviour::PLAIN
    },
    parameters: &[
        parameters::service_time_ms(0.05),
        parameters::servers(1.0),
        parameters::SCV,
        parameters::BALANCING,
        parameters::iops_per_request(1.0),
        parameters::iops(3000.0),
        parameters::DISK_KB_PER_REQUEST,
        parameters::BURST_IOPS,
        parameters::BURST_CREDITS,
        parameters::MEMORY_MB,
        parameters::MEMORY_MB_PER_REQUEST,
        parameters::MAX_CONNECTIONS,
    ],
    layers: Layer::DATA,
    care: &[(Layer::DataService, "work_broker_days")],
    managed_care: Some("work_managed_service_days"),
};
