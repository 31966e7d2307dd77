//! Edits described by numbers, so that they fit whatever plan they meet.

use std::collections::{BTreeMap, BTreeSet};

use model::commands::{
    AddComponent, AddReplica, Bypass, ChangeConnection, ChangeJourney, ChangePlace, Command,
    Connect, Insert, MoveComponents, Paste, Reconnect, Remove, RemoveJourney, RemovePlace, Rename,
    Reorder, ReplacePlan, SetAssumption, SetCatalogue, SetHosting, SetInstances, SetNotes,
    SetOverrides, SetPinned, SetPlacement, SetPromotable, SetRedundancy, SetRequirements,
    SetSetting, SetTitle, Together,
};
use model::components;
use model::plan::fragment::fragment;
use model::plan::{
    ASSUMPTIONS, AssumptionValue, CatalogueStamp, Comparison, Component, Connection, Hosting,
    HostingKind, Id, Journey, Need, Overrides, Place, PlaceKind, Plan, Redundancy, Requirement,
};
use model::templates;

/// How many kinds of edits there are.
pub(crate) const CHOICES: u8 = 33;

/// The edit of a number for a plan, about its parts of two other numbers; none where it has no such part.
#[expect(clippy::too_many_lines, reason = "one short arm for each command")]
pub(crate) fn command(plan: &Plan, choice: u8, a: usize, b: usize, number: f64) -> Option<Command> {
    let component = |n: usize| {
        let count = plan.components.len().max(1);
        plan.components.get(n % count).map(|one| one.id.clone())
    };
    let connection = |n: usize| {
        let count = plan.connections.len().max(1);
        plan.connections.get(n % count)
    };
    let place = |n: usize| {
        let count = plan.places.len().max(1);
        plan.places.get(n % count)
    };
    Some(match choice % CHOICES {
        0 => AddComponent {
            component: Component {
                kind: components::ALL[a % components::ALL.len()].id.to_owned(),
                position: Some([number, 0.0]),
                ..Component::default()
            },
        }
        .into(),
        1 => Connect {
            from: component(a)?,
            to: component(b)?,
        }
        .into(),
        2 => MoveComponents {
            positions: BTreeMap::from([(component(a)?, [number, number])]),
        }
        .into(),
        3 => Remove {
            components: BTreeSet::from([component(a)?]),
            ..Remove::default()
        }
        .into(),
        4 => Remove {
            connections: BTreeSet::from([connection(a)?.id.clone()]),
            ..Remove::default()
        }
        .into(),
        5 => Rename {
            component: component(a)?,
            label: format!("\u{202e}«{number}»\n\"\\"),
        }
        .into(),
        6 => SetHosting {
            component: component(a)?,
            hosting: Some(Hosting {
                kind: Some(HostingKind::ALL[b % 4]),
                ..Hosting::default()
            }),
        }
        .into(),
        7 => SetInstances {
            component: component(a)?,
            instances: b as u32,
        }
        .into(),
        8 => SetSetting {
            component: component(a)?,
            setting: "service_time_ms".to_owned(),
            value: Some(serde_json::Value::from(number)),
        }
        .into(),
        9 => ChangeConnection {
            connection: Connection {
                need: Some(Need::K(number)),
                calls: Some(number),
                ..Connection::clone(connection(a)?)
            },
        }
        .into(),
        10 => RemovePlace {
            place: place(a)?.id.clone(),
        }
        .into(),
        11 => SetTitle {
            title: number.to_string(),
            notes: Some(b.to_string()),
        }
        .into(),
        12 => AddReplica {
            component: component(a)?,
        }
        .into(),
        13 => Reconnect {
            connection: connection(a)?.id.clone(),
            from: connection(a)?.from.clone(),
            to: component(b)?,
        }
        .into(),
        14 => Reconnect {
            connection: connection(a)?.id.clone(),
            from: component(b)?,
            to: connection(a)?.to.clone(),
        }
        .into(),
        15 => Insert {
            component: component(a)?,
            connection: connection(b)?.id.clone(),
        }
        .into(),
        16 => Bypass {
            component: component(a)?,
        }
        .into(),
        17 => Paste {
            fragment: fragment(plan, &BTreeSet::from([component(a)?, component(b)?])),
            by: [number, 24.0],
        }
        .into(),
        18 => SetRedundancy {
            component: component(a)?,
            redundancy: Some(Redundancy::K(number)),
        }
        .into(),
        31 => SetPinned {
            components: BTreeSet::from([component(a)?, component(b)?]),
            pinned: b.is_multiple_of(2),
        }
        .into(),
        19 => SetPromotable {
            component: component(a)?,
            promotable: Some(b.is_multiple_of(2)),
        }
        .into(),
        20 => SetPlacement {
            component: component(a)?,
            placement: vec![place(b)?.id.clone()],
        }
        .into(),
        21 => SetOverrides {
            component: component(a)?,
            overrides: Some(Overrides {
                cost_month: Some(number),
                ..Overrides::default()
            }),
        }
        .into(),
        22 => SetNotes {
            component: component(a)?,
            notes: number.to_string(),
        }
        .into(),
        23 => ChangeJourney {
            journey: Journey {
                entry: component(b),
                peak_rps: Some(number),
                ..Journey::clone(plan.journeys.get(a % plan.journeys.len().max(1))?)
            },
        }
        .into(),
        24 => RemoveJourney {
            journey: plan
                .journeys
                .get(a % plan.journeys.len().max(1))?
                .id
                .clone(),
        }
        .into(),
        25 => ChangePlace {
            place: Place {
                within: place(b).map(|place| place.id.clone()),
                area: Some([number, number, 10.0, 10.0]),
                ..Place::new(plan.free_id("place"), PlaceKind::ALL[a % 8])
            },
        }
        .into(),
        26 => SetAssumption {
            assumption: ASSUMPTIONS[a % ASSUMPTIONS.len()].id.to_owned(),
            value: Some(AssumptionValue::Exactly(number)),
        }
        .into(),
        27 => SetCatalogue {
            catalogue: Some(CatalogueStamp {
                currency: Some("EUR".to_owned()),
                ..CatalogueStamp::default()
            }),
        }
        .into(),
        28 => SetRequirements {
            requirements: vec![Requirement {
                metric: "cost.month".to_owned(),
                op: Comparison::AtMost,
                value: number.into(),
                unknown: serde_json::Map::default(),
            }],
        }
        .into(),
        29 => ReplacePlan {
            plan: templates::ALL[a % templates::ALL.len()].plan().ok()?,
        }
        .into(),
        30 => Reorder {
            components: BTreeSet::from([component(a)?]),
            before: component(b),
        }
        .into(),
        _ => Together {
            title: "Two edits".into(),
            commands: vec![
                command(plan, (a % 29) as u8, b, a, number)?,
                SetNotes {
                    component: component(b)?,
                    notes: Id::default().to_string(),
                }
                .into(),
            ],
        }
        .into(),
    })
}
