//! The boxes of a plan.

use serde_json::{Map, Value};

use super::{Hosting, Id};

/// A box: what it is, where it runs, how many of it there are.
///
/// Counts are numbers as the file has them; [`crate::topology`] says which are not usable.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Component {
    /// The name that connections and findings use.
    pub id: Id,
    /// The id of its component type.
    #[cfg_attr(feature = "schema", schemars(rename = "type"))]
    pub kind: String,
    /// The name on screen; without one, the type's.
    #[cfg_attr(
        feature = "schema",
        schemars(default, skip_serializing_if = "String::is_empty")
    )]
    pub label: String,
    /// The top left corner on the canvas, in canvas units.
    pub position: Option<[f64; 2]>,
    /// Whether an arrangement of the drawing leaves it where it stands.
    pub pinned: Option<bool>,
    /// What it runs on; absent means not chosen yet.
    pub hosting: Option<Hosting>,
    /// How many instances there are; 1 when absent.
    pub instances: Option<f64>,
    /// The places its instances are dealt to, round robin.
    #[cfg_attr(
        feature = "schema",
        schemars(default, skip_serializing_if = "Vec::is_empty")
    )]
    pub placement: Vec<Id>,
    /// How many of its instances have to work; `capacity` when absent.
    pub redundancy: Option<Redundancy>,
    /// The component that this one takes over from; until then it carries nothing.
    pub standby_for: Option<Id>,
    /// Whether a copy of the data may become the one that is written to.
    pub promotable: Option<bool>,
    /// Parameters of the component type that differ from its defaults.
    #[cfg_attr(
        feature = "schema",
        schemars(default, skip_serializing_if = "Map::is_empty")
    )]
    pub settings: Map<String, Value>,
    /// Derived facts that the plan states itself.
    pub overrides: Option<Overrides>,
    /// Free text.
    #[cfg_attr(
        feature = "schema",
        schemars(default, skip_serializing_if = "String::is_empty")
    )]
    pub notes: String,
    /// Fields that this version does not know.
    #[cfg_attr(feature = "schema", schemars(flatten))]
    pub unknown: Map<String, Value>,
}

impl Component {
    /// Whether an arrangement of the drawing leaves it where it stands.
    pub fn is_pinned(&self) -> bool {
        self.pinned == Some(true) && self.position.is_some()
    }
}

/// Facts that the model would otherwise derive.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Overrides {
    /// Share of time that one instance is down, 0 to 1.
    pub unavailability: Option<f64>,
    /// Mean hours between two failures of one instance.
    pub mtbf_hours: Option<f64>,
    /// Mean hours from a failure of one instance to its repair.
    pub mttr_hours: Option<f64>,
    /// How many instances are repaired at the same time.
    pub repair_crews: Option<f64>,
    /// Money per month for all instances together.
    pub cost_month: Option<f64>,
    /// Money on the first day for all instances together.
    pub cost_upfront: Option<f64>,
    /// Person-days of care per month.
    pub work_days_month: Option<f64>,
    /// Person-days to move it elsewhere: low, base, high.
    pub exit_days: Option<[f64; 3]>,
    /// Fields that this version does not know.
    #[cfg_attr(feature = "schema", schemars(flatten))]
    pub unknown: Map<String, Value>,
}

/// How many instances of one component have to work.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(rename_all = "snake_case")
)]
pub enum Redundancy {
    /// Every one.
    All,
    /// As many as the peak needs, computed.
    Capacity,
    /// This many.
    K(f64),
    /// This many votes.
    Quorum(f64),
    /// The primary, or a replica that has taken over.
    PrimaryReplica(PrimaryReplica),
}

/// How a replica takes over from a primary.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PrimaryReplica {
    /// Seconds until the failure of the primary is noticed; 30 when absent.
    pub detect_seconds: Option<f64>,
    /// Seconds to switch to a replica; 60 when absent.
    pub switch_seconds: Option<f64>,
    /// Probability that the switch works, 0 to 1; 0.95 when absent.
    pub coverage: Option<f64>,
    /// Fields that this version does not know.
    #[cfg_attr(feature = "schema", schemars(flatten))]
    pub unknown: Map<String, Value>,
}
