//! What becomes of what is drawn while parts are taken away: how it looks, and the reason in a few words.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use model::order::Gather as _;
use model::plan::{Id, Plan};
use model::scenarios::{Aftermath, State, Why};

use super::scene::name_of;
use super::text::{fitted, measured};
use crate::texts;

/// What becomes of every part of the drawing.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Fates {
    /// Every component.
    pub cards: BTreeMap<Id, Rc<CardFate>>,
    /// Connections over which nothing is answered.
    pub dead_connections: BTreeSet<Id>,
    /// Places that are taken away, or lie in one that is.
    pub lost_places: BTreeSet<Id>,
}

/// What becomes of one card.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct CardFate {
    /// Its class.
    pub class: &'static str,
    /// The class of its colours.
    pub severity: &'static str,
    /// The icon before the reason.
    pub icon: &'static str,
    /// The reason, cut to what fits beneath a card; empty where nothing changes.
    pub label: String,
    /// How wide the label is with its icon.
    pub width: f64,
    /// What a screen reader says.
    pub spoken: String,
}

impl CardFate {
    /// Whether nothing is answered there any more.
    pub(super) fn is_down(&self) -> bool {
        self.severity == "severity--high"
    }
}

/// Room for the reason beneath a card, in canvas units.
const ROOM: f64 = 178.0;
/// What the icon and the padding of a label take.
const BESIDE: f64 = 32.0;

impl Fates {
    /// How an aftermath looks.
    pub(super) fn new(plan: &Plan, aftermath: &Aftermath) -> Self {
        let components = plan
            .components
            .iter()
            .map(|component| (component.id.as_str(), name_of(component)))
            .gather_map();
        let places = aftermath
            .places
            .iter()
            .map(|place| (place.id.as_str(), place.name.as_str()));
        let places = places.gather_map();
        let name = |why: &Why, id: &Id| -> String {
            let names = match why {
                Why::LostWith { .. } => &places,
                _ => &components,
            };
            let name = names.get(id.as_str()).copied().unwrap_or(id.as_str());
            name.to_owned()
        };
        let cards = aftermath
            .components
            .iter()
            .map(|(id, fate)| {
                let why = fate.why.as_ref();
                let words = why.map(|why| texts::words(&why.words(|id| name(why, id))));
                (id.clone(), Rc::new(card(fate.state, words)))
            })
            .gather_map();
        Self {
            cards,
            dead_connections: aftermath.dead_connections.clone(),
            lost_places: aftermath
                .places
                .iter()
                .filter(|place| place.is_lost)
                .map(|place| place.id.clone())
                .gather_set(),
        }
    }
}

fn card(state: State, words: Option<String>) -> CardFate {
    let (class, severity, icon) = match state {
        State::Down => ("is-down", "severity--high", "error"),
        State::Unserved => ("is-unserved", "severity--high", "error"),
        State::Degraded => ("is-degraded", "severity--medium", "medium"),
        State::Idle => ("is-idle", "severity--info", "info"),
        State::Survives => ("survives", "severity--good", "check"),
    };
    let spoken = match &words {
        Some(words) => format!("{}: {words}", texts::say(state.name())),
        None => texts::say(state.name()).to_owned(),
    };
    let label = words.map_or_else(String::new, |words| fitted(&words, ROOM, 12.0));
    CardFate {
        class,
        severity,
        icon,
        width: (measured(&label, 12.0) + BESIDE).round(),
        label,
        spoken,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::catalog::Catalog;
    use model::plan::sketch::sketch;
    use model::scenarios::{Scenario, aftermath};

    #[test]
    fn reasons_speak_of_names_and_fit_beneath_a_card() {
        let mut plan = sketch("place fra-1: zone\nusers -> app -> db@fra-1").unwrap();
        Rc::make_mut(&mut plan.components[2]).label = "Orders".to_owned();
        let scenario = Scenario::of_events(["place:fra-1"]);
        let fates = Fates::new(&plan, &aftermath(&plan, &Catalog::default(), &scenario));
        assert_eq!(fates.cards["db"].label, "lost with zone fra-1");
        assert_eq!(fates.cards["app"].label, "no path to Orders");
        assert_eq!(fates.cards["app"].spoken, "down: no path to Orders");
        assert!(fates.lost_places.contains("fra-1"));
        assert_eq!(fates.dead_connections.len(), 2);

        let long = "A name that nobody ever could read on a small card";
        Rc::make_mut(&mut plan.components[2]).label = long.to_owned();
        let fates = Fates::new(&plan, &aftermath(&plan, &Catalog::default(), &scenario));
        assert!(fates.cards["app"].width <= ROOM + BESIDE);
        assert!(fates.cards["app"].spoken.ends_with(long));
    }
}
