//! Advice: each rule reads the reports, and says what is wrong, why it matters and what to do.

use std::collections::BTreeMap;

use crate::commands::Command;
use crate::plan::Id;

/// What a rule found, here, with these numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The id of the rule.
    pub rule: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// The components, connections, places or journeys concerned.
    pub subjects: Vec<Id>,
    /// What is wrong, in a few words.
    pub title: String,
    /// Why it matters, with the numbers of this plan.
    pub why: String,
    /// What to do.
    pub advice: String,
    /// The numbers that made the rule fire, in SI units.
    pub numbers: BTreeMap<&'static str, f64>,
    /// The edit that removes the finding, if there is one.
    pub fix: Option<Fix>,
}

/// An edit that removes a finding.
#[derive(Clone, Debug, PartialEq)]
pub struct Fix {
    /// What it does, as the label of a button.
    pub label: String,
    /// The edit.
    pub command: Command,
}

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Good to know.
    Info,
    /// It will hurt some day.
    Medium,
    /// It hurts with the first failure or the next growth.
    High,
    /// It does not work as drawn.
    Error,
}

impl Severity {
    /// The word in reports.
    pub fn id(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Error => "error",
        }
    }
}
