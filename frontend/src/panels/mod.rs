//! What stands around the drawing: each panel turns values into a picture and events into messages.

mod context_menu;
mod estimates;
mod exit_drill;
mod find;
mod findings;
mod foremost;
mod four_ways;
mod gains;
mod gallery;
mod header;
mod hosting_edits;
mod inspector;
mod miniature;
mod notices;
mod offer_facts;
mod offers;
mod outline;
pub(crate) mod palette;
mod quick_add;
mod resource_meter;
mod results;
mod shortcuts;
mod sketch;
mod strip;
mod take_away;
mod words;

use std::collections::BTreeSet;
use std::rc::Rc;

use model::catalog::Catalog;
use model::components;
use model::evaluate::Evaluation;
use model::export::figures;
use model::plan::{Component, Connection, Id, Plan};

use crate::texts::say;

pub(crate) use context_menu::context_menu;
pub(crate) use exit_drill::ExitDrill;
pub(crate) use find::Find;
pub(crate) use findings::Findings;
pub(crate) use four_ways::FourWays;
pub(crate) use gallery::Gallery;
pub(crate) use header::{HEADER_REST, HeaderProps, HeaderRest, header};
pub(crate) use inspector::Inspector;
pub(crate) use notices::{drop_target, empty_drawing, load_problem, toasts, welcome};
pub(crate) use offers::Offers;
pub(crate) use outline::{GRID_ID as OUTLINE_GRID, Outline};
pub(crate) use quick_add::quick_add;
pub(crate) use results::Results;
pub(crate) use shortcuts::Shortcuts;
pub(crate) use sketch::Sketch;
pub(crate) use strip::{Strip, StripProps};
pub(crate) use take_away::TakeAwayBar;

/// The id of the drawer that shows where a number comes from.
const RESULTS_ID: &str = "results";

/// What the panels show: a plan, all that is known about it, and where its offers come from.
///
/// Two are equal when they are the very same plan and evaluation, which costs nothing to find out.
#[derive(Clone, Debug)]
pub(crate) struct Shown {
    /// The plan.
    pub plan: Rc<Plan>,
    /// What is known about it.
    pub evaluation: Rc<Evaluation>,
    /// Where its offers come from.
    pub catalog: Rc<Catalog>,
}

impl PartialEq for Shown {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.plan, &other.plan)
            && Rc::ptr_eq(&self.evaluation, &other.evaluation)
            && Rc::ptr_eq(&self.catalog, &other.catalog)
    }
}

impl Shown {
    /// The currency of every amount.
    fn currency(&self) -> &str {
        figures::currency(&self.plan)
    }

    /// The name of a component on screen: its label, or else its type's; the id of what is not there.
    fn name(&self, id: &str) -> String {
        self.plan
            .component(id)
            .map_or_else(|| id.to_owned(), |component| name_of(component))
    }

    /// A connection in words.
    fn connection_name(&self, connection: &Connection) -> String {
        t!(
            "{from} to {to}",
            from = self.name(&connection.from),
            to = self.name(&connection.to)
        )
    }

    /// What parts of the plan are called, whatever they are.
    fn part_name(&self, id: &Id) -> String {
        if let Some(connection) = self.plan.connection(id) {
            return self.connection_name(connection);
        }
        if let Some(place) = self.plan.place(id) {
            let name = if place.name.is_empty() {
                id.as_str()
            } else {
                &place.name
            };
            return name.to_owned();
        }
        match self.plan.journey(id) {
            Some(journey) if !journey.name.is_empty() => journey.name.clone(),
            _ => self
                .catalog
                .provider(id)
                .filter(|_| self.plan.component(id).is_none())
                .map_or_else(|| self.name(id), |provider| provider.name.clone()),
        }
    }

    /// A basic event in words: `component:orders` is Orders, `app#2` is the second of Shop.
    fn event_name(&self, event: &str) -> String {
        if let Some(id) = event.strip_prefix("component:") {
            return self.name(id);
        }
        if let Some(id) = event.strip_prefix("place:") {
            return match self.plan.place(id) {
                Some(place) => self.part_name(&place.id),
                None => self.catalog.provider(id).map_or_else(
                    || id.to_owned(),
                    |provider| t!("{name} as a whole", name = provider.name),
                ),
            };
        }
        if let Some(id) = event.strip_prefix("connection:") {
            return t!(
                "the connection {name}",
                name = self.part_name(&Id::from(id))
            );
        }
        if let Some(id) = event.strip_prefix("common_cause:") {
            return t!("{name}, all at once", name = self.name(id));
        }
        if let Some(id) = event.strip_prefix("failover:") {
            return t!("the switch to a replica of {name}", name = self.name(id));
        }
        if let Some(id) = event.strip_prefix("switchover:") {
            return t!("{name} while it switches", name = self.name(id));
        }
        if let Some(id) = event.strip_prefix("repair_queue:") {
            return t!(
                "{name} while repairs wait for each other",
                name = self.name(id)
            );
        }
        if let Some((id, count)) = event
            .strip_prefix("several:")
            .and_then(|rest| rest.split_once('#'))
        {
            return t!("{count} of {name} at once", count, name = self.name(id));
        }
        match event.split_once('#') {
            Some((id, number)) => format!("{} {number}", self.name(id)),
            None => self.name(event),
        }
    }
}

/// The name of a component on screen: its label, or else its type's.
fn name_of(component: &Component) -> String {
    if !component.label.is_empty() {
        return component.label.clone();
    }
    components::component_type(&component.kind).map_or_else(
        || component.id.to_string(),
        |kind| say(kind.name).to_owned(),
    )
}

/// Those of one id once: of a second one of the same id nothing is computed, and an edit would reach the first.
fn distinct<'p, T>(
    parts: &'p [Rc<T>],
    id: impl Fn(&T) -> &Id + 'p,
) -> impl Iterator<Item = &'p Rc<T>> + 'p {
    let mut seen = BTreeSet::new();
    parts
        .iter()
        .filter(move |part| seen.insert(id(part).clone()))
}
