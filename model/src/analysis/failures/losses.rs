//! Everything that a plan can lose at once: one instance of each component, and each place.

use std::rc::Rc;

use super::Level;
use crate::analysis::structure::Structure;
use crate::analysis::traffic::Removed;
use crate::topology::Topology;

/// Something that can be lost.
pub(super) struct Loss {
    /// Its name in reports.
    pub(super) event: Rc<str>,
    /// How much it takes with it.
    pub(super) level: Level,
    /// The events of the structure that stand for it.
    pub(super) events: Vec<usize>,
    /// The instances that are gone with it.
    pub(super) removed: Removed,
    /// Whether it is a provider of DNS and of nothing else.
    pub(super) is_dns_only: bool,
}

/// Everything that can be lost: one instance of each component, then each place with something in it.
pub(super) fn losses(topology: &Topology, structure: &Structure) -> Vec<Loss> {
    let mut losses = Vec::with_capacity(topology.components.len() + topology.domains.len());
    for (component, resolved) in topology.components.iter().enumerate() {
        if resolved.kind.behaviour.is_source {
            continue;
        }
        let first = structure.first_instance(component);
        let event = match first {
            Some(only) if resolved.instances == 1 => structure.events[only].name.clone(),
            _ => format!("component:{}", topology.id(component)).into(),
        };
        losses.push(Loss {
            event,
            level: Level::Instance,
            events: first.into_iter().collect(),
            removed: Removed::instances(component, 1),
            is_dns_only: false,
        });
    }
    for (domain, removed) in topology.domains.iter().zip(Removed::domains(topology)) {
        if removed.components().next().is_none() {
            continue;
        }
        let event = format!("place:{}", domain.id);
        let is_dns = |component: usize| topology.components[component].kind.id == "dns";
        let is_dns_only = removed.components().all(is_dns);
        losses.push(Loss {
            events: structure.event(&event).into_iter().collect(),
            event: event.into(),
            level: Level::Place(domain.kind),
            is_dns_only,
            removed,
        });
    }
    losses
}
