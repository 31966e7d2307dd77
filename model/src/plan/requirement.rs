//! Targets that a plan has to meet.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// One target: a metric, a comparison and a value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Requirement {
    /// The name of a metric.
    pub metric: String,
    /// How the metric is compared with the value.
    pub op: Comparison,
    /// A number, or a word such as `down`.
    pub value: Value,
    /// Fields that this version does not know.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

/// As a person would write it: `cost.month <= 100`.
impl fmt::Display for Requirement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} ", self.metric, self.op.symbol())?;
        match &self.value {
            Value::String(word) => f.write_str(word),
            other => other.fmt(f),
        }
    }
}

/// How a metric is compared with a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Comparison {
    /// At most.
    #[serde(rename = "<=")]
    AtMost,
    /// At least.
    #[serde(rename = ">=")]
    AtLeast,
    /// Exactly.
    #[serde(rename = "==")]
    Equal,
}

impl Comparison {
    /// The sign in plan files.
    pub fn symbol(self) -> &'static str {
        match self {
            Self::AtMost => "<=",
            Self::AtLeast => ">=",
            Self::Equal => "==",
        }
    }
}
