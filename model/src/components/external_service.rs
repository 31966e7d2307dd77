//! External service: something another company runs and you only call: payment, mail, maps.

use super::{Behaviour, ComponentType, Section, parameters};

pub(super) const TYPE: ComponentType = ComponentType {
    id: "external_service",
    name: "External service",
    purpose: "Something another company runs and you only call: payment, mail, maps.",
    section: Section::Outside,
    aliases: &["external", "payment", "api"],
    behaviour: Behaviour {
        is_external: true,
        ..Behaviour::PLAIN
    },
    parameters: &[
        parameters::service_time_ms(200.0),
        parameters::servers(10000.0),
        parameters::SCV,
    ],
    layers: &[],
    care: &[],
    managed_care: None,
};
