//! Targets that a plan has to meet.

use std::fmt;

use serde_json::{Map, Value};

/// One target: a metric, a comparison and a value.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Requirement {
    /// The name of a metric.
    pub metric: String,
    /// How the metric is compared with the value.
    pub op: Comparison,
    /// A number, or a word such as `down`.
    pub value: Value,
    /// Fields that this version does not know.
    #[cfg_attr(feature = "schema", schemars(flatten))]
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Comparison {
    /// At most.
    #[default]
    #[cfg_attr(feature = "schema", schemars(rename = "<="))]
    AtMost,
    /// At least.
    #[cfg_attr(feature = "schema", schemars(rename = ">="))]
    AtLeast,
    /// Exactly.
    #[cfg_attr(feature = "schema", schemars(rename = "=="))]
    Equal,
}

impl Comparison {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::AtMost, Self::AtLeast, Self::Equal];

    /// The sign in plan files.
    pub fn symbol(self) -> &'static str {
        match self {
            Self::AtMost => "<=",
            Self::AtLeast => ">=",
            Self::Equal => "==",
        }
    }
}
