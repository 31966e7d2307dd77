//! Copies of what is selected.

use std::collections::BTreeMap;
use std::rc::Rc;

use model::commands::{AddComponent, ChangeConnection, Command, Connect, Together};
use model::plan::{Component, Connection, Id, Plan};

use super::Selection;

/// Copies are put this far right of and below their originals.
const COPY_OFFSET: f64 = 32.0;

/// The edit that copies the selected components with the connections among them, and the copies.
pub(super) fn duplication(plan: &Plan, selection: &Selection) -> Option<(Command, Selection)> {
    let mut commands = Vec::new();
    let mut interim = plan.clone();
    let mut copy_of: BTreeMap<&Id, Id> = BTreeMap::new();
    for original in plan
        .components
        .iter()
        .filter(|c| selection.components.contains(&c.id))
    {
        let mut copy: Component = (**original).clone();
        copy.id = interim.free_id(&original.id);
        copy.position = original
            .position
            .map(|[x, y]| [x + COPY_OFFSET, y + COPY_OFFSET]);
        copy_of.insert(&original.id, copy.id.clone());
        interim.components.push(Rc::new(copy.clone()));
        commands.push(Command::from(AddComponent { component: copy }));
    }
    for original in &plan.connections {
        let (Some(from), Some(to)) = (copy_of.get(&original.from), copy_of.get(&original.to))
        else {
            continue;
        };
        let connect = Command::from(Connect {
            from: from.clone(),
            to: to.clone(),
        });
        let Ok(next) = connect.apply(&Rc::new(interim.clone())) else {
            continue;
        };
        let id = next.connections.last()?.id.clone();
        interim = (*next).clone();
        let cache = original.only_on_miss_of.as_ref();
        let connection = Connection {
            id,
            from: from.clone(),
            to: to.clone(),
            only_on_miss_of: cache.map(|cache| copy_of.get(cache).unwrap_or(cache).clone()),
            ..(**original).clone()
        };
        commands.push(connect);
        commands.push(Command::from(ChangeConnection { connection }));
    }
    let title = match (
        copy_of.len(),
        plan.components.iter().find(|c| copy_of.contains_key(&c.id)),
    ) {
        (0, _) | (_, None) => return None,
        (1, Some(only)) if only.label.is_empty() => format!("Duplicate {}", only.id),
        (1, Some(only)) => format!("Duplicate {}", only.label),
        (count, _) => format!("Duplicate {count} components"),
    };
    let copies = Selection {
        components: copy_of.into_values().collect(),
        ..Selection::default()
    };
    Some((Command::from(Together { title, commands }), copies))
}
