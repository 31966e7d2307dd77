//! Who asks for what, how often, and what they expect.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::Id;

/// A kind of request and the way it takes through the drawing.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Journey {
    /// The name that findings and requirements use.
    pub id: Id,
    /// The name on screen; without one, the id.
    #[cfg_attr(
        feature = "schema",
        schemars(default, skip_serializing_if = "String::is_empty")
    )]
    pub name: String,
    /// The component where it starts; the first client when absent.
    pub entry: Option<Id>,
    /// Requests per second in the busiest hour; 10 when absent.
    pub peak_rps: Option<f64>,
    /// So many users who ask, think and ask again, in place of `peak_rps`.
    pub population: Option<Population>,
    /// 24 shares of the peak, one per hour from midnight; all 1 when absent.
    #[cfg_attr(
        feature = "schema",
        schemars(default, skip_serializing_if = "Vec::is_empty")
    )]
    pub profile: Vec<f64>,
    /// Growth of the peak per month in percent; 0 when absent.
    pub growth_percent_month: Option<f64>,
    /// Bytes of one request from outside.
    pub request_bytes: Option<f64>,
    /// Bytes of one response to outside.
    pub response_bytes: Option<f64>,
    /// Share of the requests that a CDN or web server could answer from files, 0 to 1; 1 when absent.
    pub static_share: Option<f64>,
    /// What is asked of the response time.
    pub target: Option<Target>,
    /// Whether nobody waits for it.
    pub background: Option<bool>,
    /// Work at single components that differs from their settings.
    #[cfg_attr(
        feature = "schema",
        schemars(default, skip_serializing_if = "BTreeMap::is_empty")
    )]
    pub demands: BTreeMap<Id, Demand>,
    /// Fields that this version does not know.
    #[cfg_attr(feature = "schema", schemars(flatten))]
    pub unknown: Map<String, Value>,
}

/// A fixed number of users, or of jobs that are always under way.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Population {
    /// How many there are.
    pub users: f64,
    /// Mean seconds from an answer to the next question; 0 when absent.
    pub think_seconds: Option<f64>,
    /// Fields that this version does not know.
    #[cfg_attr(feature = "schema", schemars(flatten))]
    pub unknown: Map<String, Value>,
}

/// What is asked of the response time.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Target {
    /// The percentile, 0 to 100.
    pub percentile: f64,
    /// The longest acceptable time in seconds.
    pub seconds: f64,
    /// Fields that this version does not know.
    #[cfg_attr(feature = "schema", schemars(flatten))]
    pub unknown: Map<String, Value>,
}

/// The work of one journey at one component.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Demand {
    /// Mean milliseconds that one request keeps one server busy.
    pub service_time_ms: Option<f64>,
    /// Fields that this version does not know.
    #[cfg_attr(feature = "schema", schemars(flatten))]
    pub unknown: Map<String, Value>,
}
