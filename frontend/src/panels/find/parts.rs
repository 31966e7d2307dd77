//! Every part of the plan, to be selected and brought into sight.

use model::components::component_type;
use model::plan::{Component, Id};

use super::Way;
use crate::panels::{Shown, distinct};
use crate::state::Message;
use crate::texts::say;
use crate::widgets::finder::Entry;

/// Components, then places, then connections.
pub(super) fn ways(shown: &Shown) -> Vec<Way> {
    let plan = &shown.plan;
    let way = |group, icon: &str, id: &Id, name: String, aside: String| Way {
        entry: Entry {
            group,
            icon: icon.to_owned().into(),
            name,
            aside,
            ..Entry::default()
        },
        message: Message::GoTo(id.clone()),
    };
    let mut ways: Vec<Way> = distinct(&plan.components, |component| &component.id)
        .map(|component| {
            let kind = component_type(&component.kind).map_or("external_service", |kind| kind.id);
            let name = crate::panels::name_of(component);
            way(
                t!("Component"),
                kind,
                &component.id,
                name,
                about(shown, component),
            )
        })
        .collect();
    ways.extend(distinct(&plan.places, |place| &place.id).map(|place| {
        let aside = say(place.kind.name()).to_owned();
        way(
            t!("Place"),
            "place",
            &place.id,
            shown.part_name(&place.id),
            aside,
        )
    }));
    let names: std::collections::BTreeMap<&Id, String> = plan
        .components
        .iter()
        .map(|component| (&component.id, crate::panels::name_of(component)))
        .collect();
    let name = |id: &Id| names.get(id).map_or(id.as_str(), String::as_str).to_owned();
    ways.extend(
        distinct(&plan.connections, |connection| &connection.id).map(|connection| {
            let words = t!(
                "{from} to {to}",
                from = name(&connection.from),
                to = name(&connection.to)
            );
            way(
                t!("Connection"),
                "arrow-right",
                &connection.id,
                words,
                String::new(),
            )
        }),
    );
    ways
}

/// What a component is, and where it runs: `SQL database · VPS · CCX13 · Hetzner`.
pub(super) fn about(shown: &Shown, component: &Component) -> String {
    let kind = component_type(&component.kind)
        .map_or(component.kind.as_str(), |kind| say(kind.name))
        .to_owned();
    let mut words = vec![kind];
    if let Some(hosting) = &component.hosting {
        words.extend(hosting.kind.map(|kind| say(kind.name()).to_owned()));
        if let Some(offer) = &hosting.offer {
            let known = shown.catalog.offer(offer);
            words.push(known.map_or_else(|| offer.clone(), |offer| offer.name.clone()));
            let provider = known.and_then(|offer| shown.catalog.provider(&offer.provider));
            words.extend(provider.map(|provider| provider.name.clone()));
        }
    }
    words.join(" · ")
}
