//! What is written into a cell becomes an edit of the plan.

use std::rc::Rc;

use model::commands::{ChangeJourney, ChangePlace, Command, Rename, SetInstances};
use model::components::component_type;
use model::plan::{HostingKind, Journey, Place};

use super::rows::Part;
use crate::panels::Shown;
use crate::panels::hosting_edits::move_to;
use crate::state::{Message, Notice, Tone};
use crate::widgets::format;

/// Whether a component runs on something that can be chosen.
pub(super) fn is_hosted(shown: &Shown, component: usize) -> bool {
    let component = shown.plan.components.get(component);
    component
        .and_then(|component| component_type(&component.kind))
        .is_some_and(|kind| !kind.behaviour.is_source && !kind.behaviour.is_external)
}

/// Gives a part another name; none where it has no name of its own.
pub(super) fn rename(shown: &Shown, part: Part, name: String) -> Option<Message> {
    let plan = &shown.plan;
    let command = match part {
        Part::Component(index) => Command::from(Rename {
            component: plan.components.get(index)?.id.clone(),
            label: name,
        }),
        Part::Place(index) => Command::from(ChangePlace {
            place: Place {
                name,
                ..Place::clone(plan.places.get(index)?)
            },
        }),
        Part::Journey(index) => Command::from(ChangeJourney {
            journey: Journey {
                name,
                ..Journey::clone(plan.journeys.get(index)?)
            },
        }),
        Part::Connection(_) => return None,
    };
    Some(Message::Edit(command))
}

/// Sets how many instances there are.
pub(super) fn set_instances(shown: &Shown, component: usize, text: &str) -> Option<Message> {
    let component = shown.plan.components.get(component)?.id.clone();
    let number = format::parse(text).filter(|number| number.fract() == 0.0);
    Some(match number {
        // Of what is beyond any number of instances the edit says what is legal.
        Some(number) => Message::Edit(Command::from(SetInstances {
            component,
            instances: number.clamp(0.0, 1e6) as u32,
        })),
        None => Message::Notify(Notice::new(
            Tone::Refused,
            t!(
                "\"{text}\" is no number of instances. Write a whole number such as 2.",
                text
            ),
        )),
    })
}

/// Moves a component to another kind of hosting.
pub(super) fn set_hosting(shown: &Shown, component: usize, kind: &str) -> Option<Message> {
    let component = shown.plan.components.get(component)?;
    let kind = HostingKind::ALL
        .into_iter()
        .find(|known| known.id() == kind)?;
    let catalog = Rc::clone(&shown.catalog);
    Some(Message::Edit(move_to(&catalog, component, kind, None)))
}
