//! The calls between the boxes of a plan.

use serde_json::{Map, Value};

use super::Id;

/// A directed call path: `from` calls `to`.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Connection {
    /// The name that findings use.
    pub id: Id,
    /// The component that calls.
    pub from: Id,
    /// The component that is called.
    pub to: Id,
    /// Mean calls per visit of `from`; 1 when absent.
    pub calls: Option<f64>,
    /// Connections of one caller with the same group belong together.
    pub group: Option<String>,
    /// How many targets of the group have to work.
    pub need: Option<Need>,
    /// Whether the caller waits; `sync` when absent.
    pub mode: Option<Mode>,
    /// Share of an `any` group's calls, relative to the other members; the number of instances when absent.
    pub weight: Option<f64>,
    /// A cache of the caller: only what it does not have is asked here.
    pub only_on_miss_of: Option<Id>,
    /// Database reads per call.
    pub reads: Option<f64>,
    /// Database writes per call.
    pub writes: Option<f64>,
    /// Bytes of one request.
    pub request_bytes: Option<f64>,
    /// Bytes of one response.
    pub response_bytes: Option<f64>,
    /// Attempts after the first one fails; 0 when absent.
    pub retries: Option<f64>,
    /// Retries per call that are allowed on average, as a share: 0.1 is one retry for ten calls; without limit
    /// when absent.
    pub retry_budget: Option<f64>,
    /// How long a caller waits before it tries again; `jittered` when absent.
    pub backoff: Option<Backoff>,
    /// Milliseconds after which the caller gives up; never when absent or 0.
    pub timeout_ms: Option<f64>,
    /// Milliseconds of one round trip; 0 when absent.
    pub rtt_ms: Option<f64>,
    /// Share of time that the connection itself is down, 0 to 1; 0 when absent.
    pub unavailability: Option<f64>,
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

/// How long a caller waits before it tries again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(rename_all = "snake_case")
)]
pub enum Backoff {
    /// Not at all, or all for the same time: callers come back together.
    None,
    /// Longer every time, and each caller for a time of its own.
    Jittered,
}

impl Backoff {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::None, Self::Jittered];

    /// The word in plan files.
    pub fn id(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Jittered => "jittered",
        }
    }
}

/// How many targets of a dependency group have to work.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(rename_all = "snake_case")
)]
pub enum Need {
    /// Each of them.
    All,
    /// One is enough.
    Any,
    /// This many are enough.
    K(f64),
    /// None: nice to have.
    Optional,
}

/// Whether and how the caller waits for an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(rename_all = "snake_case")
)]
pub enum Mode {
    /// The caller waits, one call after the other.
    Sync,
    /// The caller does not wait, and survives when nobody answers.
    Async,
    /// The caller waits for all its parallel calls together.
    Parallel,
}

impl Mode {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Sync, Self::Async, Self::Parallel];

    /// The word in plan files.
    pub fn id(self) -> &'static str {
        match self {
            Self::Sync => "sync",
            Self::Async => "async",
            Self::Parallel => "parallel",
        }
    }
}
