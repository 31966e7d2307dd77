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
        ..Behaviour::PLAIN
    },
    parameters: &[
        parameters::service_time_ms(20.0),
        parameters::servers(100.0),
        parameters::SCV,
        parameters::data_gb(100.0),
        parameters::BACKUP_INTERVAL_HOURS,
    ],
    layers: Layer::DATA,
    care_days_month: 0.3,
    managed_care_days_month: 0.05,
};
