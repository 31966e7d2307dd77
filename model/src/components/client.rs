//! Users: the people or programs whose requests the system has to answer.

use super::{Behaviour, ComponentType, Section};

pub(super) const TYPE: ComponentType = ComponentType {
    id: "client",
    name: "Users",
    purpose: "The people or programs whose requests the system has to answer.",
    section: Section::Edge,
    aliases: &["users", "visitors"],
    behaviour: Behaviour {
        is_source: true,
        distributes: true,
        ..Behaviour::PLAIN
    },
    parameters: &[],
    layers: &[],
    care: &[],
    managed_care: None,
};
