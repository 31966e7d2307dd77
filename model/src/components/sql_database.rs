//! SQL database: keeps records in tables and promises that none is lost or half written.

use super::{Behaviour, ComponentType, Layer, Section, parameters};

pub(super) const TYPE: ComponentType = ComponentType {
    id: "sql_database",
    name: "SQL database",
    purpose: "Keeps records in tables and promises that none is lost or half written.",
    section: Section::Data,
    aliases: &["db", "database", "sql"],
    behaviour: Behaviour {
        keeps_data: true,
        ..Behaviour::PLAIN
    },
    parameters: &[
        parameters::service_time_ms(2.0),
        parameters::servers(1.0),
        parameters::SCV,
        parameters::BALANCING,
        parameters::ROOM,
        parameters::iops_per_request(2.0),
        parameters::iops(3000.0),
        parameters::read_ms(1.0),
        parameters::write_ms(2.0),
        parameters::ios_per_read(1.0),
        parameters::ios_per_write(4.0),
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
