//! File storage: a shared folder that several servers can mount at once.

use super::{Behaviour, ComponentType, Layer, Section, parameters};

pub(super) const TYPE: ComponentType = ComponentType {
    id: "file_storage",
    name: "File storage",
    purpose: "A shared folder that several servers can mount at once.",
    section: Section::Data,
    aliases: &["files", "nfs"],
    behaviour: Behaviour {
        keeps_data: true,
        ..Behaviour::PLAIN
    },
    parameters: &[
        parameters::service_time_ms(2.0),
        parameters::servers(8.0),
        parameters::SCV,
        parameters::iops_per_request(2.0),
        parameters::iops(3000.0),
        parameters::data_gb(100.0),
        parameters::DATA_GROWTH_PERCENT_MONTH,
        parameters::BACKUP_INTERVAL_HOURS,
        parameters::BACKUP_LOCATION,
        parameters::RESTORE_MB_S,
        parameters::REPLICA_LAG_SECONDS,
        parameters::DISK_KB_PER_REQUEST,
        parameters::BURST_IOPS,
        parameters::BURST_CREDITS,
    ],
    layers: Layer::DATA,
    care: &[(Layer::DataService, "work_store_days")],
    managed_care: Some("work_managed_service_days"),
};
