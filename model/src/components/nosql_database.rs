//! NoSQL database: keeps documents or key-value pairs and spreads them over many machines.

use super::{Behaviour, ComponentType, Layer, Section, parameters};

pub(super) const TYPE: ComponentType = ComponentType {
    id: "nosql_database",
    name: "NoSQL database",
    purpose: "Keeps documents or key-value pairs and spreads them over many machines.",
    section: Section::Data,
    aliases: &["nosql"],
    behaviour: Behaviour {
        keeps_data: true,
        ..Behaviour::PLAIN
    },
    parameters: &[
        parameters::service_time_ms(1.0),
        parameters::servers(1.0),
        parameters::SCV,
        parameters::BALANCING,
        parameters::ROOM,
        parameters::iops_per_request(1.0),
        parameters::iops(3000.0),
        parameters::read_ms(0.5),
        parameters::write_ms(1.0),
        parameters::ios_per_read(1.0),
        parameters::ios_per_write(2.0),
        parameters::data_gb(20.0),
        parameters::DATA_GROWTH_PERCENT_MONTH,
        parameters::BACKUP_INTERVAL_HOURS,
        parameters::BACKUP_LOCATION,
        parameters::LOG_MINUTES,
        parameters::RESTORE_MB_S,
        parameters::REPLICA_LAG_SECONDS,
        parameters::DISK_KB_PER_REQUEST,
        parameters::BURST_IOPS,
        parameters::BURST_CREDITS,
        parameters::MEMORY_MB,
        parameters::MEMORY_MB_PER_REQUEST,
        parameters::MAX_CONNECTIONS,
        parameters::CONTENTION,
        parameters::COHERENCY,
    ],
    layers: Layer::DATA,
    care: &[(Layer::DataService, "work_database_days")],
    managed_care: Some("work_managed_database_days"),
};
