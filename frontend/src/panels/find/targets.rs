//! What the selected component can call.

use std::collections::BTreeSet;

use model::commands::{Command, Connect};
use model::components::component_type;
use model::plan::Id;

use super::{Way, parts};
use crate::panels::{Shown, distinct, name_of};
use crate::state::{Message, Selection};
use crate::widgets::finder::Entry;

/// Every other component, with the reason where it cannot be called.
pub(super) fn ways(shown: &Shown, selection: &Selection) -> Vec<Way> {
    let plan = &shown.plan;
    let Some(from) = selection.only_component() else {
        return Vec::new();
    };
    let called: BTreeSet<&Id> = plan
        .connections
        .iter()
        .filter(|connection| connection.from == *from)
        .map(|connection| &connection.to)
        .collect();
    distinct(&plan.components, |component| &component.id)
        .filter(|component| component.id != *from)
        .map(|component| {
            let kind = component_type(&component.kind);
            let obstacle = if kind.is_some_and(|kind| kind.behaviour.is_source) {
                t!("It sends requests and answers none")
            } else if called.contains(&component.id) {
                t!("Is called already")
            } else {
                ""
            };
            Way {
                entry: Entry {
                    group: t!("Component"),
                    icon: kind.map_or("external_service", |kind| kind.id).into(),
                    name: name_of(component),
                    aside: parts::about(shown, component),
                    obstacle: obstacle.into(),
                    ..Entry::default()
                },
                message: Message::Edit(Command::from(Connect {
                    from: from.clone(),
                    to: component.id.clone(),
                })),
            }
        })
        .collect()
}
