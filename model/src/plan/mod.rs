//! The document a person edits: a value that may hold nonsense, which [`crate::topology`] then names.

mod assumptions;
mod component;
mod connection;
mod fields;
pub mod format;
pub mod fragment;
mod hosting;
mod id;
mod journey;
mod own_prices;
mod place;
mod requirement;
mod shapes;
pub mod sketch;
pub mod sketch_text;
pub mod source_map;

use std::collections::BTreeSet;
use std::rc::Rc;

use serde_json::{Map, Value};

pub use assumptions::{ASSUMPTIONS, Assumption, AssumptionValue, Assumptions, Subject};
pub use component::{Component, Overrides, PrimaryReplica, Redundancy};
pub use connection::{Backoff, Connection, Mode, Need};
pub use hosting::{Burst, Disk, Engine, Extra, Hosting, HostingKind, Neighbour};
pub use id::Id;
pub use journey::{Demand, Journey, Population, Target};
pub use own_prices::{PRICES, RATES, SIZES};
pub use place::{Place, PlaceKind, Site};
pub use requirement::{Comparison, Requirement};

/// A hosting architecture: what is drawn, where it runs, and what is asked of it.
///
/// Everything that has many members is shared by pointer, so that a copy with one change costs little and
/// two plans can be compared part by part.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Plan {
    /// Shown as the heading.
    #[cfg_attr(
        feature = "schema",
        schemars(default, skip_serializing_if = "String::is_empty")
    )]
    pub title: String,
    /// Free text about the whole plan.
    #[cfg_attr(
        feature = "schema",
        schemars(default, skip_serializing_if = "String::is_empty")
    )]
    pub notes: String,
    /// Which catalogue the prices came from, and prices frozen in the plan.
    pub catalogue: Option<CatalogueStamp>,
    /// Who asks for what, how often.
    #[cfg_attr(
        feature = "schema",
        schemars(default, skip_serializing_if = "Vec::is_empty")
    )]
    pub journeys: Vec<Rc<Journey>>,
    /// Targets that the plan has to meet.
    #[cfg_attr(
        feature = "schema",
        schemars(default, skip_serializing_if = "Vec::is_empty")
    )]
    pub requirements: Vec<Requirement>,
    /// Estimates that differ from their defaults.
    #[cfg_attr(
        feature = "schema",
        schemars(default, skip_serializing_if = "Assumptions::is_empty")
    )]
    pub assumptions: Assumptions,
    /// Failure domains and sites.
    #[cfg_attr(
        feature = "schema",
        schemars(default, skip_serializing_if = "Vec::is_empty")
    )]
    pub places: Vec<Rc<Place>>,
    /// The boxes.
    #[cfg_attr(
        feature = "schema",
        schemars(default, skip_serializing_if = "Vec::is_empty")
    )]
    pub components: Vec<Rc<Component>>,
    /// The calls between them.
    #[cfg_attr(
        feature = "schema",
        schemars(default, skip_serializing_if = "Vec::is_empty")
    )]
    pub connections: Vec<Rc<Connection>>,
    /// Fields of the file that this version does not know; kept and written back.
    #[cfg_attr(feature = "schema", schemars(flatten))]
    pub unknown: Map<String, Value>,
}

/// Where the prices of a plan come from.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CatalogueStamp {
    /// The catalogue's date, `2026-11-21`.
    pub version: Option<String>,
    /// The currency of every amount in the plan, `USD`.
    pub currency: Option<String>,
    /// Monthly prices by offer that beat the catalogue's.
    #[cfg_attr(
        feature = "schema",
        schemars(default, skip_serializing_if = "Map::is_empty")
    )]
    pub prices: Map<String, Value>,
    /// What one unit of a currency is worth in the catalogue's own, where the plan knows better.
    #[cfg_attr(
        feature = "schema",
        schemars(default, skip_serializing_if = "Map::is_empty")
    )]
    pub rates: Map<String, Value>,
    /// Offers that no catalogue has: your own machines, quotes, prices you negotiated.
    #[cfg_attr(
        feature = "schema",
        schemars(default, skip_serializing_if = "Vec::is_empty")
    )]
    pub offers: Vec<OwnOffer>,
    /// Fields that this version does not know.
    #[cfg_attr(feature = "schema", schemars(flatten))]
    pub unknown: Map<String, Value>,
}

/// An offer that the plan brings along; amounts are in the plan's currency.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OwnOffer {
    /// Its id, as components name it; it beats an offer of the catalogue with the same.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub id: String,
    /// Its name on screen.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub name: String,
    /// The kind of hosting.
    pub kind: Option<HostingKind>,
    /// Component types that can run on it; all that need only a machine when empty.
    #[cfg_attr(
        feature = "schema",
        schemars(default, skip_serializing_if = "Vec::is_empty")
    )]
    pub component_types: Vec<String>,
    /// Processor cores.
    pub vcpu: Option<f64>,
    /// Memory in GiB.
    pub memory_gib: Option<f64>,
    /// Disk that is included, in GB.
    pub disk_gb: Option<f64>,
    /// Gigabytes that may leave it each month before egress is charged.
    pub transfer_gb: Option<f64>,
    /// For a month.
    pub month: Option<f64>,
    /// Once, before the start.
    pub upfront: Option<f64>,
    /// Who says so.
    pub source: Option<String>,
    /// When that was, `2026-11-21`.
    pub date: Option<String>,
    /// Fields that this version does not know.
    #[cfg_attr(feature = "schema", schemars(flatten))]
    pub unknown: Map<String, Value>,
}

impl Plan {
    /// Whether two plans say the same: they differ at most in where things stand in the drawing, and so their
    /// evaluations are the same.
    pub fn says_same_as(&self, other: &Self) -> bool {
        let bare = |component: &Rc<Component>| Component {
            position: None,
            pinned: None,
            ..(**component).clone()
        };
        let bare_place = |place: &Rc<Place>| Place {
            area: None,
            ..(**place).clone()
        };
        self.components.len() == other.components.len()
            && self.places.len() == other.places.len()
            && self.connections.len() == other.connections.len()
            && self
                .components
                .iter()
                .zip(&other.components)
                .all(|(a, b)| Rc::ptr_eq(a, b) || bare(a) == bare(b))
            && self
                .places
                .iter()
                .zip(&other.places)
                .all(|(a, b)| Rc::ptr_eq(a, b) || bare_place(a) == bare_place(b))
            && self
                .connections
                .iter()
                .zip(&other.connections)
                .all(|(a, b)| Rc::ptr_eq(a, b) || a == b)
            && self.title == other.title
            && self.notes == other.notes
            && self.catalogue == other.catalogue
            && self.journeys == other.journeys
            && self.requirements == other.requirements
            && self.assumptions == other.assumptions
            && self.unknown == other.unknown
    }

    /// The component of this id.
    pub fn component(&self, id: &str) -> Option<&Rc<Component>> {
        self.components.iter().find(|component| component.id == *id)
    }

    /// The connection of this id.
    pub fn connection(&self, id: &str) -> Option<&Rc<Connection>> {
        self.connections
            .iter()
            .find(|connection| connection.id == *id)
    }

    /// The place of this id.
    pub fn place(&self, id: &str) -> Option<&Rc<Place>> {
        self.places.iter().find(|place| place.id == *id)
    }

    /// The placement of a component that stands in this place, or in none; accounts have no walls and stay.
    pub fn placement_in(&self, component: &Component, place: Option<&Id>) -> Vec<Id> {
        let is_account = |id: &&Id| {
            let known = self.place(id);
            known.is_some_and(|place| place.kind == PlaceKind::Account)
        };
        let accounts = component.placement.iter().filter(is_account);
        place.into_iter().chain(accounts).cloned().collect()
    }

    /// The journey of this id.
    pub fn journey(&self, id: &str) -> Option<&Rc<Journey>> {
        self.journeys.iter().find(|journey| journey.id == *id)
    }

    /// Whether any component, connection, place or journey has this id.
    pub fn uses_id(&self, id: &str) -> bool {
        self.component(id).is_some()
            || self.connection(id).is_some()
            || self.place(id).is_some()
            || self.journey(id).is_some()
    }

    /// The names of all components, connections, places and journeys.
    pub fn ids(&self) -> BTreeSet<Id> {
        let mut ids = BTreeSet::new();
        ids.extend(self.components.iter().map(|one| one.id.clone()));
        ids.extend(self.connections.iter().map(|one| one.id.clone()));
        ids.extend(self.places.iter().map(|one| one.id.clone()));
        ids.extend(self.journeys.iter().map(|one| one.id.clone()));
        ids
    }

    /// A slug that nothing in the plan uses yet: `wish` itself, or `wish-2`, `wish-3`, ….
    pub fn free_id(&self, wish: &str) -> Id {
        Id::free(wish, |id| self.uses_id(id))
    }
}
