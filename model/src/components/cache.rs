//! Cache: keeps recent answers in memory so that slower things are asked less often.

use super::{Behaviour, ComponentType, Layer, Section, parameters};

pub(super) const TYPE: ComponentType = ComponentType {
    id: "cache",
    name: "Cache",
    purpose: "Keeps recent answers in memory so that slower things are asked less often.",
    section: Section::Data,
    aliases: &[],
    behaviour: Behaviour {
        caches: true,
        is_optional: true,
        ..Behaviour::PLAIN
    },
    parameters: &[
        parameters::hit_ratio(0.8),
        parameters::service_time_ms(0.05),
        parameters::servers(1.0),
        parameters::SCV,
        parameters::BALANCING,
        parameters::ROOM,
        parameters::MEMORY_MB,
        parameters::MEMORY_MB_PER_REQUEST,
        parameters::MAX_CONNECTIONS,
        parameters::CONTENTION,
        parameters::COHERENCY,
    ],
    layers: Layer::DATA,
    care: &[(Layer::DataService, "work_broker_days")],
    managed_care: Some("work_managed_service_days"),
};
