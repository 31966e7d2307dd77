//! Search: finds text quickly in an index that can be rebuilt from the database.

use super::{Behaviour, ComponentType, Layer, Section, parameters};

pub(super) const TYPE: ComponentType = ComponentType {
    id: "search",
    name: "Search",
    purpose: "Finds text quickly in an index that can be rebuilt from the database.",
    section: Section::Data,
    aliases: &["search_engine"],
    behaviour: Behaviour::PLAIN,
    parameters: &[
        parameters::service_time_ms(10.0),
        parameters::servers(1.0),
        parameters::SCV,
        parameters::BALANCING,
        parameters::ROOM,
        parameters::iops_per_request(4.0),
        parameters::iops(3000.0),
        parameters::data_gb(10.0),
        parameters::DATA_GROWTH_PERCENT_MONTH,
        parameters::DISK_KB_PER_REQUEST,
        parameters::BURST_IOPS,
        parameters::BURST_CREDITS,
        parameters::MEMORY_MB,
        parameters::MEMORY_MB_PER_REQUEST,
        parameters::CONTENTION,
        parameters::COHERENCY,
    ],
    layers: Layer::DATA,
    care: &[(Layer::DataService, "work_store_days")],
    managed_care: Some("work_managed_service_days"),
};
