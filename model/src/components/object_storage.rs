//! Object storage: keeps files of any size behind a web address, spread over many disks.

use super::{Behaviour, ComponentType, Layer, Section, parameters};

pub(super) const TYPE: ComponentType = ComponentType {
    id: "object_storage",
    name: "Object storage",
    purpose: "Keeps files of any size behind a web address, spread over many disks.",
    section: Section::Data,
    aliases: &["storage", "bucket", "objects"],
    behaviour: Behaviour {
        keeps_data: true,
        is_spread_as_service: true,
        ..Behaviour::PLAIN
    },
    parameters: &[
        parameters::service_time_ms(20.0),
        parameters::servers(100.0),
        parameters::SCV,
        parameters::data_gb(100.0),
        parameters::DATA_GROWTH_PERCENT_MONTH,
        parameters::BACKUP_INTERVAL_HOURS,
        parameters::BACKUP_LOCATION,
        parameters::RESTORE_MB_S,
        parameters::REPLICA_LAG_SECONDS,
    ],
    layers: Layer::DATA,
    care: &[(Layer::DataService, "work_store_days")],
    managed_care: Some("work_managed_service_days"),
};
